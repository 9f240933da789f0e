"""What can be said about debts and their plan: plain figures, each with what it follows from.

Money is in minor units of the `currency` that each insight names. The sentences are up to whoever shows them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.domain.debts.engine import first_minimums, monthly_total, schedule
from app.domain.debts.plan import Order, Plan, PlanInput, ScheduleRow
from app.domain.debts.solvers import extra_beating_promotion
from app.domain.debts.strategies import compare
from app.domain.money import exponent
from app.domain.months import Month

PROMOTION_MONTHS = 3
"""A promotion that ends within so many months of the plan is about to end."""
_STEP = 50
_LEAST_STEPS = 200
"""A step is never less than this part of what is paid in a month, so that it buys something in any currency."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures follow from: a strategy from a month on, with what is paid in an ordinary month in all.

    `scenario` names the saved one that is followed, "" for none; `balances_of` is the day of the newest balance.
    """

    strategy: str
    start: Month
    each_month: int
    scenario: str = ""
    balances_of: date | None = None


@dataclass(frozen=True, slots=True)
class MoreEachMonth:
    """What `amount` more a month buys. Of a plan that never ends without it, the gains are None."""

    currency: str
    amount: int
    debt_free: Month
    months_sooner: int | None
    interest_less: int | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class PromotionEnds:
    """A promotional rate that ends soon, by the plan.

    `ends` is its last month and `balance` what is then still owed; interest a month is `interest_now` at first and
    `interest_then` in the month after. `extra_in_time` is the smallest extra a month that pays the debt off by then
    if it gets all of the extra, None where none does. `debt` is the debt's identity in plans.
    """

    currency: str
    debt: str
    name: str
    promo_apr: Decimal
    apr: Decimal
    ends: Month
    balance: int
    interest_now: int
    interest_then: int
    extra_in_time: int | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class CostsMost:
    """The debt that costs most interest in the coming month, and its share of all interest, from 0 to 1."""

    currency: str
    debt: str
    name: str
    balance: int
    interest: int
    share: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class BelowInterest:
    """A minimum that does not cover the interest, and how much a month more it takes to get rid of the debt."""

    currency: str
    debt: str
    name: str
    minimum: int
    interest: int
    short_by: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """What is owed against what a saved plan says for this month.

    The plan has `planned_before` before the month's payments and `planned` after them. `ahead` is how much less is
    owed than after them; it is negative by how much more is owed than before them, and 0 anywhere between.
    """

    currency: str
    scenario: str
    month: Month
    planned_before: int
    planned: int
    actual: int
    ahead: int
    basis: Basis


Insight = MoreEachMonth | PromotionEnds | CostsMost | BelowInterest | AgainstPlan


def next_step(given: PlanInput, currency: str) -> int:
    """Return how much more a month is worth a thought, in minor units: 50, or 500, 5,000 … where 50 is next to nothing.

    In a currency without decimals it begins at 5,000.
    """
    digits = exponent(currency)
    step: int = _STEP * 10 ** (digits or 2)
    while step * _LEAST_STEPS < monthly_total(given):
        step *= 10
    return step


def with_more(given: PlanInput, amount: int) -> PlanInput:
    """Return what a plan with `amount` minor units a month more follows from."""
    if given.budget is not None:
        return replace(given, budget=given.budget + amount)
    return replace(given, extra=given.extra + amount)


def insights(plan: Plan, more: Plan, amount: int, currency: str, basis: Basis) -> list[Insight]:
    """Return what a plan tells, the most pressing first. `more` is the same plan with `amount` a month more."""
    rows = schedule(plan)
    found: list[Insight] = [
        *_below_interest(plan, rows, currency, basis),
        *_promotions(plan, rows, currency, basis),
        *_costs_most(plan, rows, currency, basis),
        *_more_each_month(plan, more, amount, currency, basis),
    ]
    return found


def against_plan(plan: Plan, month: Month, actual: int, currency: str, basis: Basis) -> AgainstPlan | None:
    """Compare what is owed in a month with a plan made earlier; None before the plan begins."""
    number = plan.input.start.until(month) + 1
    if number < 1:
        return None
    last = len(plan.balances) - 1
    before, planned = plan.balances[min(number - 1, last)], plan.balances[min(number, last)]
    ahead = planned - actual if actual < planned else min(before - actual, 0)
    return AgainstPlan(currency, basis.scenario, month, before, planned, actual, ahead, basis)


def _below_interest(
    plan: Plan, rows: Sequence[ScheduleRow], currency: str, basis: Basis
) -> Iterator[BelowInterest]:
    given = plan.input
    minimums = first_minimums(given)
    falling_behind = [
        row for row in rows if row.number == 1 and row.interest and minimums[row.debt] <= row.interest
    ]
    if not falling_behind:
        return
    by_minimums = compare(given, ["minimums"])[0]
    short = {never.debt: never.short_by for never in by_minimums.never}
    for row in falling_behind:
        debt, minimum = given.debts[row.debt], minimums[row.debt]
        # A debt that its minimums do pay off in the end has a lower rate at first or a growing minimum.
        if row.debt in short:
            yield BelowInterest(
                currency, debt.identity, debt.name, minimum, row.interest, short[row.debt], basis
            )


def _promotions(
    plan: Plan, rows: Sequence[ScheduleRow], currency: str, basis: Basis
) -> Iterator[PromotionEnds]:
    by_debt = {(row.debt, row.number): row for row in rows if row.number <= PROMOTION_MONTHS + 1}
    for place, debt in enumerate(plan.input.debts):
        if debt.promo_apr is None or not 1 <= debt.promo_months <= PROMOTION_MONTHS:
            continue
        first, after = by_debt.get((place, 1)), by_debt.get((place, debt.promo_months + 1))
        if first is None or after is None or debt.promo_apr >= debt.apr:
            continue
        yield PromotionEnds(
            currency,
            debt.identity,
            debt.name,
            debt.promo_apr,
            debt.apr,
            plan.month(debt.promo_months),
            after.opening,
            first.interest,
            after.interest,
            extra_beating_promotion(plan.input, _first(place, plan.order), place),
            basis,
        )


def _first(place: int, order: Order) -> Order:
    return (place, *(other for other in order if other != place))


def _costs_most(plan: Plan, rows: Sequence[ScheduleRow], currency: str, basis: Basis) -> Iterator[CostsMost]:
    first = [row for row in rows if row.number == 1 and row.interest > 0]
    if not first:
        return
    names = [debt.name for debt in plan.input.debts]
    row = min(first, key=lambda row: (-row.interest, names[row.debt]))
    share = Decimal(row.interest) / sum(one.interest for one in first)
    debt = plan.input.debts[row.debt]
    yield CostsMost(currency, debt.identity, debt.name, row.opening, row.interest, share, basis)


def _more_each_month(
    plan: Plan, more: Plan, amount: int, currency: str, basis: Basis
) -> Iterator[MoreEachMonth]:
    if more.months is None or more.debt_free is None or plan.months == 0:
        return
    if plan.months is None:
        yield MoreEachMonth(currency, amount, more.debt_free, None, None, basis)
        return
    sooner, less = plan.months - more.months, plan.total_interest - more.total_interest
    if sooner > 0 or less > 0:
        yield MoreEachMonth(currency, amount, more.debt_free, sooner, less, basis)
