"""Payoff plans as the command line prints them: one document or a few tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.output import table
from app.domain.debts.assumptions import assumptions
from app.domain.debts.engine import monthly_total, schedule
from app.domain.debts.plan import Plan
from app.domain.debts.search import BestFound
from app.domain.debts.strategies import MINIMUMS, STRATEGIES
from app.domain.money import plain
from app.domain.months import Month
from app.services.exporting.schedule import row_document


@dataclass(frozen=True)
class Answer:
    """A plan, the plan of minimums only that it is measured by, and how it was found where it was searched for."""

    currency: str
    plan: Plan
    baseline: Plan
    search: BestFound | None = None

    @property
    def title(self) -> str:
        """What the strategy is called."""
        if self.search is not None:
            return f"Best of {self.search.tried:,} plans tried"
        return STRATEGIES[self.plan.strategy].title

    def money(self, minor: int) -> str:
        """Return an amount of the plan's currency as a plain decimal text."""
        return plain(minor, self.currency)

    def name(self, debt: int) -> str:
        """Return the name of a debt by its place in the plan."""
        return self.plan.input.debts[debt].name


def document(answer: Answer, *, with_schedule: bool) -> dict[str, Any]:
    """Return a plan as the JSON object of one strategy. The figures of a plan that never ends are null."""
    plan, money = answer.plan, answer.money
    ends = plan.months is not None
    told: dict[str, Any] = {
        "strategy": plan.strategy,
        "currency": answer.currency,
        "months": plan.months,
        "debt_free": _month(plan.debt_free),
        "total_interest": money(plan.total_interest) if ends else None,
        "total_paid": money(plan.total_paid) if ends else None,
        "payoffs": [
            {"debt": answer.name(debt), "month": number, "date": _date(plan, number)}
            for debt, number in _payoffs(plan)
        ],
    }
    if plan.never:
        told["never"] = [
            {"debt": answer.name(never.debt), "short_by": money(never.short_by)} for never in plan.never
        ]
    if answer.search is not None:
        told |= _search(answer, answer.search)
    told["assumptions"] = _assumed(answer)
    if with_schedule:
        names = [debt.name for debt in plan.input.debts]
        told["schedule"] = [row_document(row, names, answer.currency) for row in schedule(plan)]
    return told


def _search(answer: Answer, found: BestFound) -> dict[str, Any]:
    return {
        "tried": found.tried,
        "exhaustive": found.exhaustive,
        "bound": found.bound,
        "over_avalanche": answer.money(found.over_avalanche),
        "over_snowball": answer.money(found.over_snowball),
    }


def _payoffs(plan: Plan) -> list[tuple[int, int | None]]:
    """Return the debts with the month that pays each off, the first one first and those never paid off last."""
    places = {debt: place for place, debt in enumerate(plan.order)}
    return sorted(
        enumerate(plan.payoffs),
        key=lambda payoff: (payoff[1] is None, payoff[1] or 0, places.get(payoff[0], 0)),
    )


def _date(plan: Plan, number: int | None) -> str | None:
    """Return the month of a payoff; None for never, and for a debt that was paid off before the plan."""
    return str(plan.month(number)) if number else None


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)


def words(answers: Sequence[Answer], *, with_schedule: bool) -> str:
    """Return plans for people: the strategies compared, when each debt is paid off, and what was assumed."""
    if not answers:
        return "Nothing is owed."
    currencies = list(dict.fromkeys(answer.currency for answer in answers))
    parts = [
        _of_currency([answer for answer in answers if answer.currency == currency], with_schedule)
        for currency in currencies
    ]
    return "\n\n".join(parts)


def _of_currency(answers: Sequence[Answer], with_schedule: bool) -> str:
    # Of several, one that has more than the minimums to pay.
    first = next((answer for answer in answers if answer.plan.strategy != MINIMUMS), answers[0])
    owed, each_month = first.plan.balances[0], monthly_total(first.plan.input)
    start = first.plan.input.start
    parts = [
        f"{first.money(owed)} {first.currency} owed, {first.money(each_month)} a month from {start}.",
        table([_HEADING, *(_strategy(answer) for answer in answers)]),
        table(_payoff_table(answers)),
    ]
    never = [sentence for answer in answers for sentence in _never(answer)]
    if never:
        parts.append("\n".join(never))
    if with_schedule:
        parts += [f"{answer.title}\n{table(_schedule_table(answer))}" for answer in answers]
    parts.append("\n".join(_assumptions(answers)))
    return "\n\n".join(parts)


_HEADING = ("Strategy", "Debt-free", "Months", "Interest", "Total paid", "Saved", "Sooner by")


def _strategy(answer: Answer) -> tuple[str, ...]:
    plan, baseline = answer.plan, answer.baseline
    if plan.months is None:
        return (answer.title, "never", "-", "-", "-", "-", "-")
    saved, sooner = "-", "-"
    if baseline.months is not None and plan.strategy != baseline.strategy:
        saved = answer.money(baseline.total_interest - plan.total_interest)
        sooner = str(baseline.months - plan.months)
    return (
        answer.title,
        str(plan.debt_free),
        str(plan.months),
        answer.money(plan.total_interest),
        answer.money(plan.total_paid),
        saved,
        sooner,
    )


def _payoff_table(answers: Sequence[Answer]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("Paid off", *(answer.plan.strategy for answer in answers))]
    for debt, _ in _payoffs(answers[0].plan):
        rows.append((answers[0].name(debt), *(_payoff_word(answer.plan, debt) for answer in answers)))
    return rows


def _payoff_word(plan: Plan, debt: int) -> str:
    number = plan.payoffs[debt]
    return "never" if number is None else _date(plan, number) or "before"


def _never(answer: Answer) -> list[str]:
    return [
        f"{answer.title} never ends: “{answer.name(never.debt)}” "
        f"takes {answer.money(never.short_by)} {answer.currency} a month more."
        for never in answer.plan.never
    ]


def _schedule_table(answer: Answer) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("Month", "Debt", "Opening", "Interest", "Payment", "Principal", "Closing")
    ]
    for row in schedule(answer.plan):
        amounts = (row.opening, row.interest, row.payment, row.principal, row.closing)
        rows.append((str(row.month), answer.name(row.debt), *(answer.money(part) for part in amounts)))
    return rows


def _assumed(answer: Answer) -> dict[str, str]:
    """Return what a plan takes for granted, with what it pays in an ordinary month."""
    each_month = answer.money(monthly_total(answer.plan.input))
    return {"each month": each_month, **assumptions(answer.plan)}


def _assumptions(answers: Sequence[Answer]) -> list[str]:
    """Return what was assumed: once what all plans have in common, then what is different in each."""
    each = [_assumed(answer) for answer in answers]
    lines = [
        f"{name}: {value}" for name, value in each[0].items() if all(one.get(name) == value for one in each)
    ]
    common = set(lines)
    for answer, one in zip(answers, each, strict=True):
        own = [f"{name}: {value}" for name, value in one.items() if f"{name}: {value}" not in common]
        if own:
            lines.append(f"{answer.title}: {'; '.join(own)}")
    return lines
