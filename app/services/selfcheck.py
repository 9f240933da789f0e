"""Self-check: plans that others have published, worked out here and compared figure by figure."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from app.domain.debts.engine import schedule
from app.domain.debts.exchange import debts_from_json
from app.domain.debts.plan import Conventions, Plan, PlanInput, Rounding, ScheduleRow
from app.domain.debts.strategies import compare
from app.domain.money import plain, to_decimal, to_minor
from app.domain.months import Month

CASES = Path(__file__).resolve().parents[2] / "resources" / "self-check" / "published-cases.json"
CURRENCY = "USD"
"""The currency of all cases: one with two decimals."""
_START = Month(2026, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a case: what it is, what was published, what was found here, and whether the two agree."""

    what: str
    expected: str
    found: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case. `source` says who published it, `note` what is particular about it."""

    id: str
    title: str
    source: str
    note: str
    strategy: str
    figures: tuple[Figure, ...]

    @property
    def passed(self) -> bool:
        """Whether every figure is as published."""
        return all(figure.agrees for figure in self.figures)


def run_cases(path: Path = CASES) -> list[CaseResult]:
    """Work out every case and return what came of it, in the order of the file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return [_run(case) for case in told["cases"]]


def _run(case: Mapping[str, Any]) -> CaseResult:
    plan = compare(_input(case), [case["strategy"]])[0]
    worked_out = _WorkedOut(plan, schedule(plan))
    figures = tuple(
        figure for key, expected in case["expected"].items() for figure in _FIGURES[key](worked_out, expected)
    )
    return CaseResult(
        case["id"], case["title"], case["source"], case.get("note", ""), case["strategy"], figures
    )


def _input(case: Mapping[str, Any]) -> PlanInput:
    return PlanInput(
        debts_from_json(case["debts"], CURRENCY),
        _START,
        extra=_minor(case.get("extra", "0")),
        budget=_minor(case["budget"]) if "budget" in case else None,
        conventions=Conventions(rounding=Rounding(case["rounding"])),
    )


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    plan: Plan
    rows: list[ScheduleRow]

    def debt(self, name: str) -> list[ScheduleRow]:
        place = [debt.name for debt in self.plan.input.debts].index(name)
        return [row for row in self.rows if row.debt == place]


def _figure(what: str, expected: Any, found: Any) -> Figure:
    return Figure(what, str(expected), str(found), str(expected) == str(found))


def _months(worked_out: _WorkedOut, expected: int | None) -> Iterator[Figure]:
    def word(number: int | None) -> str:
        return "never" if number is None else str(number)

    yield _figure("Months", word(expected), word(worked_out.plan.months))


def _total_interest(worked_out: _WorkedOut, expected: str) -> Iterator[Figure]:
    yield _figure("Interest in all", expected, _text(worked_out.plan.total_interest))


def _total_interest_whole(worked_out: _WorkedOut, expected: int) -> Iterator[Figure]:
    exact = to_decimal(worked_out.plan.total_interest, CURRENCY)
    yield _figure("Interest in all, whole", expected, exact.quantize(Decimal(1), ROUND_HALF_UP))


def _total_interest_within(worked_out: _WorkedOut, expected: tuple[str, str]) -> Iterator[Figure]:
    published, allowed = expected
    found = worked_out.plan.total_interest
    agrees = abs(found - _minor(published)) <= _minor(allowed)
    yield Figure("Interest in all", f"{published} ± {allowed}", _text(found), agrees)


def _total_paid(worked_out: _WorkedOut, expected: str) -> Iterator[Figure]:
    yield _figure("Paid in all", expected, _text(worked_out.plan.total_paid))


def _first_payment(worked_out: _WorkedOut, expected: str) -> Iterator[Figure]:
    yield _figure("First payment", expected, _text(worked_out.rows[0].payment))


def _last_payment(worked_out: _WorkedOut, expected: str) -> Iterator[Figure]:
    yield _figure("Last payment", expected, _text(worked_out.rows[-1].payment))


def _balances(worked_out: _WorkedOut, expected: Mapping[str, list[str]]) -> Iterator[Figure]:
    for name, figures in expected.items():
        closing = [_text(row.closing) for row in worked_out.debt(name)]
        yield _series(f"Balances of {name}", figures, closing)


def _interest(worked_out: _WorkedOut, expected: Mapping[str, list[str]]) -> Iterator[Figure]:
    for name, figures in expected.items():
        borne = [_text(row.interest) for row in worked_out.debt(name)]
        yield _series(f"Interest of {name}", figures, borne)


def _series(what: str, expected: list[str], found: list[str]) -> Figure:
    return _figure(f"{what}, {len(expected)} months", ", ".join(expected), ", ".join(found[: len(expected)]))


def _payoffs(worked_out: _WorkedOut, expected: Mapping[str, int]) -> Iterator[Figure]:
    plan = worked_out.plan
    found = {debt.name: number for debt, number in zip(plan.input.debts, plan.payoffs, strict=True)}
    for name, number in expected.items():
        yield _figure(f"Month that pays off {name}", number, found[name])


def _paid_off_in_order(worked_out: _WorkedOut, expected: list[str]) -> Iterator[Figure]:
    order = [worked_out.plan.input.debts[debt].name for debt in worked_out.plan.order]
    yield _figure("Order", ", ".join(expected), ", ".join(order))


_FIGURES: Mapping[str, Callable[[_WorkedOut, Any], Iterator[Figure]]] = {
    "months": _months,
    "total_interest": _total_interest,
    "total_interest_whole": _total_interest_whole,
    "total_interest_within": _total_interest_within,
    "total_paid": _total_paid,
    "first_payment": _first_payment,
    "last_payment": _last_payment,
    "balances": _balances,
    "interest": _interest,
    "payoffs": _payoffs,
    "paid_off_in_order": _paid_off_in_order,
}
"""How each figure that a case may expect is found."""


def _minor(text: str) -> int:
    return to_minor(Decimal(text), CURRENCY)


def _text(minor: int) -> str:
    return plain(minor, CURRENCY)
