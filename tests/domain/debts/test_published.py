"""Figures that others published, worked out again: every expectation of every case has to hold."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.debts.engine import schedule
from app.domain.debts.exchange import debts_from_json
from app.domain.debts.plan import Conventions, Plan, PlanInput, Rounding, ScheduleRow
from app.domain.debts.strategies import compare
from app.domain.money import plain, to_minor
from app.domain.months import Month

CASES = json.loads((Path(__file__).parents[2] / "data/debts/published-cases.json").read_text("utf-8"))[
    "cases"
]
EUR = "EUR"


@dataclass
class Outcome:
    plan: Plan
    rows: list[ScheduleRow]

    def column(self, name: str, debt: str | None = None) -> list[str]:
        places = [d.name for d in self.plan.input.debts]
        place = 0 if debt is None else places.index(debt)
        return [plain(getattr(row, name), EUR) for row in self.rows if row.debt == place]


def minor(text: str) -> int:
    return to_minor(Decimal(text), EUR)


def worked_out(case: Mapping[str, Any]) -> Outcome:
    given = PlanInput(
        debts_from_json(case["debts"], EUR),
        Month(2026, 1),
        extra=minor(case.get("extra", "0")),
        budget=minor(case["budget"]) if "budget" in case else None,
        conventions=Conventions(rounding=Rounding(case["rounding"])),
    )
    plan = compare(given, [case["strategy"]])[0]
    return Outcome(plan, schedule(plan))


def whole(plan: Plan) -> int:
    return int((Decimal(plan.total_interest) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def prefix(found: list[str], expected: list[str]) -> bool:
    return found[: len(expected)] == expected


def by_name(outcome: Outcome) -> dict[str, int | None]:
    names = [debt.name for debt in outcome.plan.input.debts]
    return dict(zip(names, outcome.plan.payoffs, strict=True))


CHECKS: dict[str, Callable[[Outcome, Any], bool]] = {
    "months": lambda o, expected: o.plan.months == expected,
    "total_interest": lambda o, expected: plain(o.plan.total_interest, EUR) == expected,
    "total_paid": lambda o, expected: plain(o.plan.total_paid, EUR) == expected,
    "total_interest_whole": lambda o, expected: whole(o.plan) == expected,
    "total_interest_about": lambda o, expected: (
        abs(o.plan.total_interest - minor(expected[0])) <= minor(expected[1])
    ),
    "balances": lambda o, expected: [plain(balance, EUR) for balance in o.plan.balances[1:]] == expected,
    "interests": lambda o, expected: o.column("interest") == expected,
    "interest_rows": lambda o, expected: o.column("interest") == expected,
    "order": lambda o, expected: [o.plan.input.debts[debt].name for debt in o.plan.order] == expected,
    "payoff": lambda o, expected: by_name(o) == expected,
    "rows_card_balance": lambda o, expected: prefix(o.column("closing", "Credit Card"), expected),
    "rows_loan_balance": lambda o, expected: prefix(o.column("closing", "Student Loan"), expected),
    "first_payment": lambda o, expected: o.column("payment")[0] == expected,
    "final_payment": lambda o, expected: o.column("payment")[-1] == expected,
}


@pytest.mark.parametrize(
    ("case", "expectation"),
    [(case, expectation) for case in CASES for expectation in case["expect"]],
    ids=lambda value: value if isinstance(value, str) else value["id"],
)
def test_a_published_figure_comes_out(case: Mapping[str, Any], expectation: str) -> None:
    outcome = worked_out(case)
    assert CHECKS[expectation](outcome, case["expect"][expectation]), outcome.plan


def test_no_case_is_left_out() -> None:
    assert len(CASES) == 12
