"""Searches for the order, with switches at the ends of promotions, that costs the least interest.

A plan is built up debt by debt. What comes after a number of debts has been paid off depends on which they are, on
the month, and on what that month has left, not on how they were ordered: the others are on their minimums. So of
two beginnings that paid off the same debts, the one that took no less time, left no more money and cost no less
interest need not be followed: whatever comes after it comes out no better. That is exact, as a lower balance, or
more money, never makes a later balance higher. Nor need one be followed that cannot come out below the best plan
known. Of the 5,040 orders of seven debts, a few hundred beginnings are left.

At the end of a promotion the debt that is the target may go back to its minimums, and what is left be paid off in
any order, as long as the debt with the promotion is still owed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from operator import le, sub

from app.domain.debts.engine import PlanSet
from app.domain.debts.outlook import Outlook
from app.domain.debts.payoff import Payoff
from app.domain.debts.plan import HORIZON, Order, Plan, PlanInput, Switch
from app.domain.debts.strategies import BEST, STRATEGIES
from app.domain.text import name_key

EXHAUSTIVE_DEBTS = 7
"""Up to so many debts, no order is left out."""
MOST_TRIED = 3000
"""With more debts, so many plans are tried at the most, those first whose beginning promises the most."""

Progress = Callable[[int, int | None], None]
Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class BestFound:
    """The plan with the least interest that was found, and by what means.

    `tried` is how many plans were carried out, each from a beginning that others share. With `exhaustive`, every
    order was either tried or proven to be no better. `bound` is the most that would have been tried, None for no
    bound. `over_avalanche` and `over_snowball` are how much less interest it costs than these, in minor units.
    """

    plan: Plan
    tried: int
    exhaustive: bool
    bound: int | None
    over_avalanche: int
    over_snowball: int


def best(given: PlanInput, progress: Progress | None = None, check: Check | None = None) -> BestFound:
    """Return the plan with the least interest, of those the one with the fewest months, that the search finds.

    `progress` hears now and then how many plans were tried, of at most how many; what `check` raises ends the
    search. Raises `Refused` as `engine.run` does.
    """
    plans = PlanSet(given)
    known = {
        key: plans.run(strategy.order(given), strategy=BEST)
        for key, strategy in STRATEGIES.items()
        if not strategy.minimums_only
    }
    search = _Search(plans, min(known.values(), key=_cost), progress, check)
    search.run()
    found = min([search.found(), *known.values()], key=_cost)
    return BestFound(
        plan=found,
        tried=search.tried + len(known),
        exhaustive=search.exhausted,
        bound=None if search.complete else MOST_TRIED,
        over_avalanche=known["avalanche"].total_interest - found.total_interest,
        over_snowball=known["snowball"].total_interest - found.total_interest,
    )


def _cost(plan: Plan) -> tuple[int, int, int]:
    return (int(plan.months is None), plan.total_interest, plan.months or 0)


_NO_LIMIT = 10**10_000
"""More than the interest of any plan over the whole horizon."""
Segments = tuple[tuple[int, ...], ...]
"""The targets one after the other, a group for every switch."""
Standing = tuple[tuple[int, int] | int, ...]
"""What has to be no more for a beginning to be no worse: the month, minus what is left, interest, and balances."""


@dataclass(slots=True)
class _Beginning:
    """A plan up to a month: which debts are done, as bits, and what the month before it has left.

    `target` is the debt that was being paid off when a promotion ended, None between two targets. `away` are debts
    that were targets and went back to their minimums: the debt, the month, and what was owed then. `cost` is the
    interest so far of all that are done, away or the target.
    """

    payoff: Payoff
    month: int = 0
    left: int = 0
    done: int = 0
    target: int | None = None
    away: tuple[tuple[int, int, int], ...] = ()
    cost: int = 0
    targets: Segments = ((),)
    switched: tuple[int, ...] = ()

    def kind(self) -> tuple[object, ...]:
        """Return what beginnings have to have in common to be compared."""
        return (self.done, self.target, tuple(entry[:2] for entry in self.away))

    def standing(self) -> Standing:
        """Return what beginnings of one kind are compared by."""
        owed = () if self.target is None else (self.payoff.balance(self.target, self.month),)
        return ((self.month, -self.left), self.cost, *owed, *(entry[2] for entry in self.away))


class _Search:
    def __init__(self, plans: PlanSet, known: Plan, progress: Progress | None, check: Check | None) -> None:
        debts = plans.given.debts
        self._plans = plans
        self._accounts = plans.accounts
        self._fallback = known.order
        # Of equals the first one found stays, so that the order of names decides and not that of the input.
        self._by_name = sorted(range(len(debts)), key=lambda place: _name(plans.given, place))
        self._progress, self._check = progress, check
        self._promotions: dict[int, list[int]] = {}
        for debt, terms in enumerate(self._accounts.terms):
            if terms.rate_changes and debts[debt].promo_apr != debts[debt].apr:
                self._promotions.setdefault(terms.rate_changes, []).append(debt)
        self._ends = sorted(self._promotions.items())
        self._sums: dict[int, list[int]] = {}
        self._waiting: list[tuple[tuple[int, ...], int, _Beginning]] = []
        self._number = count()
        self._outlook = Outlook(self._accounts, plans.money)
        # The figure of a plan is rounded where its scale is finer.
        self._limit = _NO_LIMIT if known.months is None else (known.total_interest + 1) * self._accounts.scale
        self._best: tuple[tuple[int, int], _Beginning] | None = None
        self.complete = len(debts) <= EXHAUSTIVE_DEBTS
        self.exhausted = True
        self.tried = 0

    def run(self) -> None:
        """Follow beginnings until none is left, or the bound is reached."""
        fronts: dict[tuple[object, ...], list[Standing]] = {}
        self._keep(_Beginning(Payoff(self._accounts, self._plans.money, ())))
        while self._waiting:
            if not self.complete and self.tried >= MOST_TRIED:
                self.exhausted = False
                return
            _, _, beginning = heappop(self._waiting)
            front = fronts.setdefault(beginning.kind(), [])
            standing = beginning.standing()
            if any(all(map(le, other, standing)) for other in front):
                continue
            front.append(standing)
            for following in self._following(beginning):
                self._keep(following)
            self._tell()

    def found(self) -> Plan:
        """Return the best plan that was found, worked out in full."""
        if self._best is None:
            return self._plans.run(self._fallback, strategy=BEST)
        beginning = self._best[1]
        orders = [self._order(targets) for targets in beginning.targets]
        switches = tuple(
            Switch(month + 1, order) for month, order in zip(beginning.switched, orders[1:], strict=True)
        )
        return self._plans.run(orders[0], strategy=BEST, switches=switches)

    def _order(self, targets: tuple[int, ...]) -> Order:
        return (*targets, *(debt for debt in self._fallback if debt not in targets))

    def _tell(self) -> None:
        if self._check is not None:
            self._check()
        if self._progress is not None:
            self._progress(self.tried, None if self.complete else MOST_TRIED)

    def _keep(self, beginning: _Beginning) -> None:
        """Put a beginning where it is followed in its turn."""
        number = next(self._number)
        if self._outlook_of(beginning) > self._limit:
            return
        if self.complete:
            if not self._owed(beginning):
                self._compare(beginning, beginning.payoff)
            else:
                place = (beginning.month, beginning.done.bit_count(), -beginning.left, beginning.cost)
                heappush(self._waiting, (place, number, beginning))
            return
        rest = [
            debt for debt in self._fallback if not beginning.done >> debt & 1 and debt != beginning.target
        ]
        order = rest if beginning.target is None else [beginning.target, *rest]
        ahead = beginning.payoff.fork(order)
        if beginning.target is not None:
            ahead.take_over(beginning.target)
        ahead.carry_out(beginning.month, beginning.left)
        self.tried += 1
        promise = self._compare(beginning, ahead)
        heappush(self._waiting, (promise, number, beginning))

    def _outlook_of(self, old: _Beginning) -> int:
        away = {debt: month for debt, month, _ in old.away}
        return self._outlook.least(old.payoff, old.month, old.left, old.cost, old.done, away)

    def _compare(self, beginning: _Beginning, payoff: Payoff) -> tuple[int, int]:
        """Keep a plan that is through if it is the best so far; return its cost."""
        months = payoff.months()
        interest = sum(track.total_interest() for track in payoff.tracks)
        cost = (interest, HORIZON + 1 if months is None else months)
        if months is not None and (self._best is None or cost < self._best[0]):
            self._best = (cost, beginning)
            self._limit = min(self._limit, interest)
        return cost

    def _owed(self, beginning: _Beginning) -> list[int]:
        """Return the debts that can be the next target."""
        owed = beginning.payoff.is_owed
        return [
            debt for debt in self._by_name if not beginning.done >> debt & 1 and owed(debt, beginning.month)
        ]

    def _following(self, beginning: _Beginning) -> Iterable[_Beginning]:
        for debt in self._owed(beginning):
            if beginning.target not in (None, debt) and debt not in self._promotions[beginning.month]:
                continue
            following = self._onwards(beginning, debt)
            self.tried += self.complete
            if following is not None:
                yield following

    def _onwards(self, old: _Beginning, debt: int) -> _Beginning | None:
        """Return a beginning with one more debt paid off, or paid to until a promotion ends; None for never."""
        payoff, month, left, cost, away = old.payoff.fork(), old.month, old.left, old.cost, old.away
        targets, switched = old.targets, old.switched
        if old.target is not None and old.target != debt:
            away = (*away, (old.target, month, payoff.balance(old.target, month)))
            payoff.back_to_minimums(old.target, month)
            targets, switched = (*targets, ()), (*switched, month)
        if old.target == debt:
            payoff.take_over(debt)
        else:
            targets = (*targets[:-1], (*targets[-1], debt))
        counted = self._counted(old, payoff, debt)
        if left:
            left = payoff.give(left, debt, month - 1)
        done = not payoff.is_owed(debt, month)
        if not done:
            payoff.begin(debt, month)
            until = self._next_promotion(payoff, debt, month)
            month, unspent = payoff.pay(debt, month, until, self._others(payoff, old.done, away, debt))
            left, done = unspent or 0, unspent is not None
        if not done and month >= HORIZON:
            return None
        cost += payoff.tracks[debt].total_interest() - counted
        away = tuple(entry for entry in away if entry[0] != debt)
        bits = old.done | 1 << debt if done else old.done
        return _Beginning(payoff, month, left, bits, None if done else debt, away, cost, targets, switched)

    def _counted(self, old: _Beginning, payoff: Payoff, debt: int) -> int:
        """Return how much of a debt's interest is in the sum of a beginning already."""
        if debt == old.target:
            return payoff.tracks[debt].total_interest()
        until = next((month for away, month, _ in old.away if away == debt), 0)
        return sum(payoff.tracks[debt].course.interests[:until])

    def _next_promotion(self, payoff: Payoff, target: int, month: int) -> int:
        """Return the month from which another order may be better: when a promotion of a debt still owed is over."""
        for end, debts in self._ends:
            if end > month and any(debt == target or payoff.is_owed(debt, end) for debt in debts):
                return end
        return HORIZON

    def _others(
        self, payoff: Payoff, done: int, away: Iterable[tuple[int, int, int]], target: int
    ) -> list[list[int]]:
        """Return the minimums of all debts beside a target: those on their common course as one sum."""
        kept = [debt for debt, _, _ in away if debt != target]
        beside = done
        for debt in kept:
            beside |= 1 << debt
        return [self._all_but(beside, target), *(payoff.tracks[debt].course.minimums for debt in kept)]

    def _all_but(self, beside: int, target: int) -> list[int]:
        """Return the minimums of all debts in one sum, but for those beside (as bits) and a target."""
        if not self.complete:
            # With many debts one sum for each target takes more memory than working it out again takes time.
            return list(map(sub, self._sum(beside), self._accounts.courses[target].minimums))
        return self._sum(beside | 1 << target)

    def _sum(self, beside: int) -> list[int]:
        if beside not in self._sums:
            courses = self._accounts.courses
            if beside:
                lowest = beside & -beside
                minimums = courses[lowest.bit_length() - 1].minimums
                self._sums[beside] = list(map(sub, self._sum(beside ^ lowest), minimums))
            else:
                self._sums[0] = list(map(sum, zip(*(course.minimums for course in courses), strict=True)))
        return self._sums[beside]


def _name(given: PlanInput, place: int) -> tuple[str, str, str]:
    debt = given.debts[place]
    return name_key(debt.name), debt.name, debt.key
