"""The orders in which debts are paid off. A strategy is one function that puts debts in order.

Orders are made once, from the debts as the plan begins. What is alike is ordered by name, then by key, so that
no result depends on the order in which debts are given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from app.domain.debts.engine import PlanSet, first_minimums, minimums_only, months_alone
from app.domain.debts.plan import Order, Plan, PlanDebt, PlanInput
from app.domain.problems import Refused
from app.domain.text import name_key

BEST = "best"
"""The key of the plan that the search finds; it is no strategy of this module."""
MINIMUMS = "minimums"
SMALL_PART = 10
"""Hybrid counts a balance as small when it is at most one part in so many of all that is owed."""

Rank = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to order debts: its key, its title, what it does in a few words, and the function.

    With `minimums_only` nothing but the minimums is paid, whatever the plan has beyond them.
    """

    key: str
    title: str
    words: str
    order: Callable[[PlanInput], Order]
    minimums_only: bool = False

    def applied_to(self, given: PlanInput) -> PlanInput:
        """Return what this strategy makes of a plan's input."""
        return minimums_only(given) if self.minimums_only else given


def _ordered(given: PlanInput, rank: Callable[[int, PlanDebt], tuple[Rank, ...]]) -> Order:
    def key(place: int) -> tuple[tuple[Rank, ...], str, str, str]:
        debt = given.debts[place]
        return rank(place, debt), name_key(debt.name), debt.name, debt.key

    return tuple(sorted(range(len(given.debts)), key=key))


def avalanche(given: PlanInput) -> Order:
    """Highest rate first; of a debt with a promotion, the rate after it."""
    return _ordered(given, lambda _place, debt: (-debt.apr,))


def snowball(given: PlanInput) -> Order:
    """Lowest balance first."""
    return _ordered(given, lambda _place, debt: (debt.balance,))


def hybrid(given: PlanInput) -> Order:
    """Small balances first, the smallest in front; then the highest rate. Small is a tenth of all that is owed."""
    total = sum(debt.balance for debt in given.debts)

    def rank(_place: int, debt: PlanDebt) -> tuple[Rank, ...]:
        small = debt.balance * SMALL_PART <= total
        return (0, debt.balance) if small else (1, -debt.apr)

    return _ordered(given, rank)


def cash_flow(given: PlanInput) -> Order:
    """Lowest cash-flow index first: the balance divided by the first month's minimum; without a minimum, last."""
    minimums = first_minimums(given)

    def rank(place: int, debt: PlanDebt) -> tuple[Rank, ...]:
        least = minimums[place]
        return (0, Fraction(debt.balance, least)) if least else (1, debt.balance)

    return _ordered(given, rank)


def utilisation(given: PlanInput) -> Order:
    """Highest share of the credit limit first; without a limit, last."""

    def rank(_place: int, debt: PlanDebt) -> tuple[Rank, ...]:
        return (0, Fraction(-debt.balance, debt.credit_limit)) if debt.credit_limit else (1, 0)

    return _ordered(given, rank)


def highest_payment(given: PlanInput) -> Order:
    """Highest minimum of the first month first."""
    minimums = first_minimums(given)
    return _ordered(given, lambda place, _debt: (-minimums[place],))


def shortest_term(given: PlanInput) -> Order:
    """The debt first that its minimums alone pay off the soonest; those that they never pay off, last."""
    months = months_alone(given)
    return _ordered(given, lambda place, _debt: (months[place],))


def custom(given: PlanInput) -> Order:
    """The user's own order, by rank; debts without a rank come last."""
    return _ordered(given, lambda _place, debt: (0, debt.rank) if debt.rank is not None else (1, 0))


def by_name(given: PlanInput) -> Order:
    """By name: where only minimums are paid, the order is only how debts are listed."""
    return _ordered(given, lambda _place, _debt: ())


_ALL = (
    Strategy("avalanche", "Avalanche", "Highest rate first", avalanche),
    Strategy("snowball", "Snowball", "Lowest balance first", snowball),
    Strategy("hybrid", "Hybrid", "Balances under a tenth of the total first, then the highest rate", hybrid),
    Strategy("cash-flow", "Cash-flow index", "Lowest balance for its minimum first", cash_flow),
    Strategy("utilisation", "Highest utilisation", "Fullest credit limit first", utilisation),
    Strategy("highest-payment", "Highest payment", "Highest minimum first", highest_payment),
    Strategy("shortest-term", "Shortest term", "Soonest paid off by its minimums first", shortest_term),
    Strategy("custom", "Custom order", "Your own ranks", custom),
    Strategy(MINIMUMS, "Minimums only", "No extra, and nothing rolls over", by_name, minimums_only=True),
)
STRATEGIES: Mapping[str, Strategy] = MappingProxyType({strategy.key: strategy for strategy in _ALL})
"""Every strategy by its key, in the order in which they are offered."""


def compare(given: PlanInput, keys: Sequence[str]) -> list[Plan]:
    """Return the plans of strategies, in the order of their keys. Raises `Refused` as `engine.run` does."""
    unknown = [key for key in keys if key not in STRATEGIES]
    if unknown:
        raise Refused(f"“{unknown[0][:40]}” is not a strategy; there are {', '.join(STRATEGIES)}.")
    sets: dict[PlanInput, PlanSet] = {}
    plans = []
    for key in keys:
        strategy = STRATEGIES[key]
        applied = strategy.applied_to(given)
        plan_set = sets.get(applied)
        if plan_set is None:
            plan_set = sets[applied] = PlanSet(applied)
        plans.append(plan_set.run(strategy.order(applied), strategy=key))
    return plans
