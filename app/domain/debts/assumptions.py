"""What a plan takes for granted, in words, to be printed wherever its figures are."""

from app.domain.debts.minimum import TermMinimum
from app.domain.debts.plan import Compounding, Plan, Rounding, Timing
from app.domain.debts.strategies import BEST, MINIMUMS, STRATEGIES

_COMPOUNDING = {
    Compounding.MONTHLY: "monthly: a twelfth of the annual rate on the month's opening balance",
    Compounding.DAILY: "daily: a 365th of the annual rate a day, compounded over the days of each month",
}
_ROUNDING = {
    Rounding.HALF_UP: "half-up: every monthly figure to the smallest unit of the currency",
    Rounding.HALF_EVEN: "half-even: every monthly figure to the smallest unit of the currency",
    Rounding.NONE: "none: no monthly figure is rounded, and what is shown is rounded once",
}
_TIMING = {
    Timing.INTEREST_FIRST: "interest first, then the month's payment",
    Timing.PAYMENT_FIRST: "the month's payment first, then interest on what is left",
}


def assumptions(plan: Plan) -> dict[str, str]:
    """Return what a plan takes for granted: the names of assumptions and what is assumed, both in plain words."""
    given = plan.input
    told = {
        "compounding": _COMPOUNDING[given.conventions.compounding],
        "rounding": _ROUNDING[given.conventions.rounding],
        "timing": _TIMING[given.conventions.timing],
        "order": _order(plan),
        "rollover": _rollover(plan),
        "minimums": "never more than is owed; a share is taken of the month's opening balance",
        "baseline": "minimums only, without rollover",
    }
    if any(isinstance(debt.minimum, TermMinimum) for debt in given.debts):
        told["instalments"] = "level; set when the plan begins, and again when a promotional rate ends"
    if given.pauses:
        told["pauses"] = "only minimums and one-off payments are paid in them"
    return told


def _order(plan: Plan) -> str:
    if plan.strategy == MINIMUMS:
        return "none, as nothing but minimums is paid"
    names = ", ".join(plan.input.debts[debt].name for debt in plan.order)
    if plan.strategy == BEST:
        words = "found by the search"
    elif plan.strategy in STRATEGIES:
        words = STRATEGIES[plan.strategy].words
        words = words[:1].lower() + words[1:]
    else:
        words = "as given"
    if plan.strategy == "avalanche" and any(debt.promo_apr is not None for debt in plan.input.debts):
        words += ", by the rates after promotions"
    told = f"{words}; fixed when the plan begins: {names}"
    for switch in plan.switches:
        later = ", ".join(plan.input.debts[debt].name for debt in switch.order)
        told += f"; from {plan.month(switch.month)} on: {later}"
    return told


def _rollover(plan: Plan) -> str:
    if plan.input.conventions.rollover:
        return "on: what a paid-off debt sets free goes to the next one in the same month"
    return "off: what a paid-off debt sets free is not used for the next one"
