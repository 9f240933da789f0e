"""Pays debts off in an order, month by month, in units; months are counted from 0.

Only the debt that is the target is reckoned month by month: all others are on the course of their minimums, which is
known. When the target is paid off, what is left of the month's money goes on to the next debt in the same month.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import add

from app.domain.debts.courses import Accounts, Course, carry_on, plain_months
from app.domain.debts.plan import HORIZON, Order, PlanInput, Switch

_AHEAD = 24
"""For so many months at a time it is added up what the other debts take."""


@dataclass(frozen=True, slots=True)
class Money:
    """What there is to pay with, in units.

    With `rollover`, `budget` is what a month pays in all, or that month's minimums where those are more; without it,
    `extra` comes on top of the minimums of the debts still owed. `loose` is money paid once that goes by the order,
    by month; in `paused` months only minimums and money paid once are paid.
    """

    rollover: bool
    budget: int
    extra: int
    loose: dict[int, int]
    paused: frozenset[int]

    @property
    def beyond_minimums(self) -> bool:
        """Whether anything but minimums is ever paid by the order."""
        return self.rollover or self.extra > 0 or bool(self.loose)


def money_of(given: PlanInput, accounts: Accounts) -> Money:
    """Return what a plan has to pay with."""
    scale, least = accounts.scale, sum(accounts.first_minimums())
    budget = least + given.extra * scale if given.budget is None else given.budget * scale
    loose: dict[int, int] = {}
    for one_off in given.one_offs:
        month = given.start.until(one_off.month)
        if one_off.debt is None and 0 <= month < HORIZON:
            loose[month] = loose.get(month, 0) + one_off.amount * scale
    paused = frozenset(
        month
        for pause in given.pauses
        for month in range(given.start.until(pause.first), given.start.until(pause.first) + pause.months)
        if 0 <= month < HORIZON
    )
    return Money(given.conventions.rollover, budget, budget - least, loose, paused)


@dataclass(slots=True)
class Track:
    """One debt in one plan: its course until it became the target, and from then on its own closing balances.

    `since` is the month from which `own` and `interests` count, None as long as the debt is on its course;
    `own_end` is how many months it took from the plan's beginning to pay it off.
    """

    course: Course
    since: int | None = None
    own: list[int] = field(default_factory=list)
    interests: list[int] = field(default_factory=list)
    instalment: int = 0
    own_end: int | None = None

    @property
    def paid_in(self) -> int | None:
        """In how many months the debt is paid off, None for never."""
        return self.course.ended if self.since is None else self.own_end

    def closings(self) -> list[int]:
        """Return the balance after every month up to the horizon."""
        if self.since is None:
            return self.course.closings
        known = self.course.closings[: self.since] + self.own
        return known + [0] * (HORIZON - len(known))

    def interest_rows(self) -> list[int]:
        """Return the interest of every month up to the horizon."""
        if self.since is None:
            return self.course.interests
        known = self.course.interests[: self.since] + self.interests
        return known + [0] * (HORIZON - len(known))

    def total_interest(self) -> int:
        """Return the interest over the whole horizon."""
        return sum(self.course.interests[: self.since]) + sum(self.interests)


class Payoff:
    """One order being carried out. After `carry_out`, `tracks` has what became of every debt."""

    def __init__(
        self, accounts: Accounts, money: Money, order: Order, switches: Sequence[Switch] = ()
    ) -> None:
        self.accounts = accounts
        self.money = money
        self.tracks = [Track(course) for course in accounts.courses]
        self.orders = {switch.month - 1: switch.order for switch in switches}
        self.waiting = list(order)
        self._lumps: dict[int, list[tuple[int, int]]] = {}
        for debt, lumps in enumerate(accounts.lumps):
            for month, amount in lumps.items():
                self._lumps.setdefault(month, []).append((debt, amount))
        self._uncommon = sorted({*money.paused, *money.loose, *self._lumps})

    def fork(self, order: Sequence[int] = ()) -> "Payoff":
        """Return one that goes on from here in another order, while this one stays as it is."""
        branch = object.__new__(Payoff)
        branch.__dict__.update(self.__dict__)
        branch.tracks = self.tracks[:]
        branch.waiting = list(order)
        branch.orders = {}
        return branch

    def carry_out(self, month: int = 0, left: int = 0) -> None:
        """Pay until nothing is owed, or to the horizon; from a month on, with what the month before has left."""
        if self.money.beyond_minimums or any(self.accounts.lumps):
            if left:
                self._go_on(left, month - 1)
            while month < HORIZON:
                month = self._pay_next(month)

    def _pay_next(self, month: int) -> int:
        """Pay to the debt whose turn it is; return the month that comes next, the horizon when nothing is owed."""
        if month in self.orders:
            self._reorder(month)
        while self.waiting and not self.is_owed(self.waiting[0], month):
            del self.waiting[0]
        if not self.waiting:
            return HORIZON
        target = self.waiting[0]
        self.begin(target, month)
        until = min((late for late in self.orders if late > month), default=HORIZON)
        others = [self.tracks[debt].course.minimums for debt in self.waiting[1:]]
        month, left = self.pay(target, month, until, others)
        if left:
            self._go_on(left, month - 1)
        return month

    def begin(self, debt: int, month: int) -> None:
        """Let a debt be reckoned by itself from a month on, if it is not yet."""
        track = self.tracks[debt]
        if track.since is not None:
            return
        course = track.course
        changed = 0 < self.accounts.terms[debt].rate_changes < month
        instalment = course.instalments[1 if changed else 0] if month else 0
        self.tracks[debt] = Track(course, month, instalment=instalment)

    def take_over(self, debt: int) -> None:
        """Let a debt that is reckoned by itself go on without touching what another branch knows of it."""
        track = self.tracks[debt]
        self.tracks[debt] = replace(track, own=track.own[:], interests=track.interests[:])

    def is_owed(self, debt: int, month: int) -> bool:
        """Whether something of a debt is owed when a month begins."""
        track = self.tracks[debt]
        if track.since is not None:
            return track.own_end is None
        return track.course.ended is None or track.course.ended > month

    def balance(self, debt: int, month: int) -> int:
        """Return what is owed of a debt when a month begins."""
        track = self.tracks[debt]
        if track.own:
            return track.own[-1]
        return track.course.closings[month - 1] if month else self.accounts.terms[debt].balance

    def _reorder(self, month: int) -> None:
        """From this month on, take debts in the order of a switch; an old target goes back to its minimums."""
        self.waiting = [debt for debt in self.orders[month] if self.is_owed(debt, month)]
        for debt in self.waiting[1:]:
            if self.tracks[debt].since is not None:
                self.back_to_minimums(debt, month)

    def back_to_minimums(self, debt: int, month: int) -> None:
        """Pay a debt no more than its minimums from a month on, until its turn comes again."""
        track, terms, lumps = self.tracks[debt], self.accounts.terms[debt], self.accounts.lumps[debt]
        before = track.course
        course = Course(
            before.minimums[: track.since] + [0] * len(track.own),
            before.interests[: track.since] + track.interests,
            before.closings[: track.since] + track.own,
            instalments=before.instalments,
        )
        later = {late: amount for late, amount in lumps.items() if late >= month}
        carry_on(course, terms, later, self.balance(debt, month), track.instalment)
        self.tracks[debt] = Track(course)

    def pay(self, target: int, month: int, until: int, others: list[list[int]]) -> tuple[int, int | None]:
        """Pay to a target until it is paid off or a month comes; `others` are the minimums of the debts beside it.

        Return the month that comes next and, if the target is paid off, what the month before it has left.
        """
        plain = self.accounts.terms[target].is_plain
        uncommon = self._uncommon
        pay_plainly = self._plain_months if self.money.rollover else self._extra_months
        while month < until:
            if plain:
                stop = until
                if uncommon and uncommon[-1] >= month:
                    stop = min(until, uncommon[bisect_left(uncommon, month)])
                month = pay_plainly(target, month, stop, others)
                if month >= until:
                    break
            left = self._pay_month(target, month, sum(minimums[month] for minimums in others))
            month += 1
            if left is not None:
                return month, left
        return month, None

    def _plain_months(self, target: int, month: int, stop: int, others: list[list[int]]) -> int:
        """Pay months in which the whole rest of the budget goes to the target and does not pay it off."""
        track, terms = self.tracks[target], self.accounts.terms[target]
        balance = self.balance(target, month)
        track.instalment = terms.instalment(balance, month, track.instalment)
        stop = min(stop, terms.plain_until(month))
        if month < terms.rate_changes:
            stop = min(stop, terms.rate_changes)
        budget, half, denominator = self.money.budget, terms.half, terms.denominator
        nothing = terms.nothing
        least = terms.asks_at_most(balance, month, track.instalment)
        own, interests = track.own, track.interests
        while month < stop:
            until = min(month + _AHEAD, stop)
            taken = _sums([minimums[month:until] for minimums in others], until - month)
            for rate, other in zip(terms.numerators[month:until], taken, strict=True):
                interest = (balance * rate + half) // denominator
                due = balance + interest
                payment = budget - other
                balance = due - payment
                if payment < least or balance <= nothing:
                    return month
                own.append(balance)
                interests.append(interest)
                month += 1
        return month

    def _extra_months(self, target: int, month: int, stop: int, _others: list[list[int]]) -> int:
        """Pay months in which the target has its minimum and the whole extra, and is not paid off."""
        track, terms = self.tracks[target], self.accounts.terms[target]
        balance = self.balance(target, month)
        track.instalment = terms.instalment(balance, month, track.instalment)
        months = range(month, min(stop, terms.plain_until(month)))
        into: tuple[list[int], ...] = ([], track.interests, track.own)
        return month + plain_months(terms, balance, months, track.instalment, self.money.extra, into)

    def _pay_month(self, target: int, month: int, others: int) -> int | None:
        """Pay one month with everything that can happen in it; return what is left if the target is paid off."""
        track, terms = self.tracks[target], self.accounts.terms[target]
        balance = self.balance(target, month)
        track.instalment = terms.instalment(balance, month, track.instalment)
        least, left = terms.after_minimum(balance, month, track.instalment)
        interest = left + least - balance
        money = self._money(month, least + others)
        part = min(money, left)
        closing = terms.closing(left - part, month)
        track.own.append(closing)
        track.interests.append(closing - left + part if terms.payment_first else interest)
        if closing:
            return None
        track.own_end = month + 1
        return money - part

    def _money(self, month: int, minimums: int) -> int:
        """Return what a month has beyond its minimums."""
        money = 0
        if month not in self.money.paused:
            money = max(self.money.budget - minimums, 0) if self.money.rollover else self.money.extra
        money += self.money.loose.get(month, 0)
        for debt, amount in self._lumps.get(month, ()):
            track = self.tracks[debt]
            money += amount if track.since is not None else track.course.surplus.get(month, 0)
        return money

    def _go_on(self, money: int, month: int) -> None:
        """Give what a month has left to the debts that come next."""
        for debt in self.waiting:
            if money and self.is_owed(debt, month + 1):
                money = self.give(money, debt, month)

    def give(self, money: int, debt: int, month: int) -> int:
        """Give money to a debt that had its minimum in a month already; return what that leaves."""
        left = self._left_on_course(debt, month)
        self.begin(debt, month)
        track, terms = self.tracks[debt], self.accounts.terms[debt]
        track.instalment = terms.instalment(self.balance(debt, month), month, track.instalment)
        part = min(money, left)
        closing = terms.closing(left - part, month)
        track.own.append(closing)
        interest = closing - left + part if terms.payment_first else track.course.interests[month]
        track.interests.append(interest)
        if not closing:
            track.own_end = month + 1
        return money - part

    def _left_on_course(self, debt: int, month: int) -> int:
        """Return what is left of a debt in a month after its minimum and what was meant for it alone."""
        terms, course = self.accounts.terms[debt], self.tracks[debt].course
        if not terms.payment_first or not course.closings[month]:
            return course.closings[month]
        opening = course.closings[month - 1] if month else terms.balance
        return opening - course.minimums[month] - self.accounts.lumps[debt].get(month, 0)

    def months(self) -> int | None:
        """Return how many months it took, None when something is owed at the horizon."""
        ends = [track.paid_in for track in self.tracks]
        return None if None in ends else max((end for end in ends if end is not None), default=0)

    def balances(self, months: int) -> list[int]:
        """Return what was owed in all before the first month and after each of the months."""
        after = _sums([track.closings()[:months] for track in self.tracks], months)
        return [sum(terms.balance for terms in self.accounts.terms), *after]


def _sums(lists: list[list[int]], length: int) -> list[int]:
    if not lists:
        return [0] * length
    if len(lists) == 1:
        return lists[0]
    if len(lists) == 2:
        return list(map(add, lists[0], lists[1]))
    return list(map(sum, zip(*lists, strict=True)))
