"""What all writers of a schedule share: the sums of each debt, and how they tell how far they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.debts.plan import Plan, ScheduleRow

ROWS_AT_ONCE = 500
"""After so many rows, progress is told."""

Told = Callable[[int, int], None]
"""Hears of progress: how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class DebtTotal:
    """What a plan comes to for one debt, in minor units; `months` is the month that pays it off, None for never."""

    debt: int
    months: int | None
    interest: int
    paid: int


def debt_totals(plan: Plan, rows: Sequence[ScheduleRow]) -> list[DebtTotal]:
    """Return the sums of a schedule for each debt, the first one paid off in front and those never paid off last."""
    interest, paid = ([0] * len(plan.input.debts) for _ in range(2))
    for row in rows:
        interest[row.debt] += row.interest
        paid[row.debt] += row.payment
    places = {debt: place for place, debt in enumerate(plan.order)}
    ranked = sorted(
        range(len(plan.input.debts)),
        key=lambda debt: (
            (payoff := plan.payoffs[debt]) is None,
            payoff or 0,
            places.get(debt, len(places)),
        ),
    )
    return [DebtTotal(debt, plan.payoffs[debt], interest[debt], paid[debt]) for debt in ranked]
