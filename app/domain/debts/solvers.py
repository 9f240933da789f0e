"""The smallest payment that reaches a goal, found by carrying plans out exactly with more and with less.

What reaches a goal is taken to reach it with more money too. Every answer was carried out, and one minor unit less
was carried out and fell short.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.debts.engine import PlanSet, smallest
from app.domain.debts.payoff import Payoff
from app.domain.debts.plan import Order, PlanInput
from app.domain.months import Month


def payment_by(given: PlanInput, order: Order, month: Month) -> int | None:
    """Return the smallest monthly budget, in minor units, with which nothing is owed at the end of a month.

    None when no budget does it, because the month lies before the plan begins. Pauses and money paid once are kept.
    Where nothing has to be added to the first month's minimums, these are the answer.
    """
    number = given.start.until(month) + 1
    if number < 1:
        return None
    plans = PlanSet(replace(given, extra=0, budget=None))
    least = -(-sum(plans.accounts.first_minimums()) // plans.accounts.scale)
    extra = _smallest_extra(plans, order, lambda payoff: _through(payoff.months(), number))
    return None if extra is None else least + extra


def smallest_ending_extra(given: PlanInput, order: Order) -> int | None:
    """Return the smallest extra on top of the first month's minimums, in minor units, with which a plan ends."""
    plans = PlanSet(replace(given, extra=0, budget=None))
    return _smallest_extra(plans, order, lambda payoff: payoff.months() is not None)


def extra_beating_promotion(given: PlanInput, order: Order, debt: int) -> int | None:
    """Return the smallest extra, in minor units, with which a debt is paid off in the last month of its promotion.

    None when the debt has no promotion, or when no extra does it.
    """
    terms = given.debts[debt]
    if terms.promo_apr is None or terms.promo_months < 1:
        return None
    plans = PlanSet(replace(given, extra=0, budget=None))
    return _smallest_extra(
        plans, order, lambda payoff: _through(payoff.tracks[debt].paid_in, terms.promo_months)
    )


def _smallest_extra(plans: PlanSet, order: Order, reached: Callable[[Payoff], bool]) -> int | None:
    return smallest(lambda extra: reached(plans.with_more(extra, order)))


def _through(months: int | None, number: int) -> bool:
    return months is not None and months <= number
