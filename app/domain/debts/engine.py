"""The payoff engine: what an order of debts comes to, month by month, in whole minor units.

Every month: interest; then every minimum, never more than is owed; then money paid once, first to the debt that it
is meant for; then what is left of the budget to the first debt in the order, going on to the next in the same month.

- With rollover a month pays the budget, so that the minimum of a debt that is paid off goes to the next one. Should
  the minimums of a later month come to more (a share of a growing balance, an instalment after a promotion), they
  are paid all the same: a creditor does not ask what was planned. Without rollover a month pays the minimums of the
  debts still owed, and the extra.
- In a paused month only the minimums are paid, and money paid once.
- Money paid once before the plan begins is passed over: the balances have it already.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from app.domain.debts.courses import Accounts, accounts_of
from app.domain.debts.payoff import Money, Payoff, Track, money_of
from app.domain.debts.plan import (
    HORIZON,
    NeverEnds,
    Order,
    Plan,
    PlanInput,
    ScheduleRow,
    Switch,
)
from app.domain.debts.terms import to_minor_units
from app.domain.money import MAX_MINOR, plain
from app.domain.problems import Problem, Refused


class BudgetTooLow(Refused):
    """The budget does not cover the minimums of the first month; `needed` minor units would."""

    def __init__(self, needed: int) -> None:
        self.needed = needed
        super().__init__([Problem("budget", f"{_TOO_LOW} (in minor units: {needed}).", str(needed))])

    def in_words(self, currency: str) -> str:
        """Return the sentence with the figure as an amount of the currency."""
        return f"{_TOO_LOW}: {plain(self.needed, currency)} {currency}."


_TOO_LOW = "The budget is below the minimums of the first month; a month takes at least their sum"


class PlanSet:
    """Plans of the same debts and the same money, which share what they have in common."""

    def __init__(self, given: PlanInput) -> None:
        self.given = given
        self.accounts = accounts_of(given)
        self.money = money_of(given, self.accounts)
        _check(given, self.accounts)

    def run(self, order: Order, *, strategy: str = "", switches: tuple[Switch, ...] = ()) -> Plan:
        """Return the plan of an order."""
        payoff = self.carried_out(order, switches)
        return self._plan(payoff, order, strategy, switches)

    def carried_out(self, order: Order, switches: tuple[Switch, ...] = ()) -> Payoff:
        """Return an order carried out, in units."""
        if sorted(order) != list(range(len(self.given.debts))):
            raise ValueError(f"{order} is not an order of {len(self.given.debts)} debts")
        payoff = Payoff(self.accounts, self.money, order, switches)
        payoff.carry_out()
        return payoff

    def with_more(self, more: int, order: Order, switches: tuple[Switch, ...] = ()) -> Payoff:
        """Return an order carried out with so many minor units more a month."""
        money, units = self.money, more * self.accounts.scale
        richer = Money(money.rollover, money.budget + units, money.extra + units, money.loose, money.paused)
        payoff = Payoff(self.accounts, richer, order, switches)
        payoff.carry_out()
        return payoff

    @cached_property
    def _opening(self) -> int:
        return sum(terms.balance for terms in self.accounts.terms)

    def _plan(self, payoff: Payoff, order: Order, strategy: str, switches: tuple[Switch, ...]) -> Plan:
        scale, months = self.accounts.scale, payoff.months()
        balances = payoff.balances(HORIZON if months is None else months)
        interest = sum(track.total_interest() for track in payoff.tracks)
        return Plan(
            strategy=strategy,
            input=self.given,
            order=order,
            switches=switches,
            months=months,
            total_interest=to_minor_units(interest, scale),
            total_paid=to_minor_units(self._opening + interest - balances[-1], scale),
            payoffs=tuple(track.paid_in for track in payoff.tracks),
            never=() if months is not None else self._never(payoff, order, switches),
            balances=tuple(balances)
            if scale == 1
            else tuple(to_minor_units(balance, scale) for balance in balances),
        )

    def _never(self, payoff: Payoff, order: Order, switches: tuple[Switch, ...]) -> tuple[NeverEnds, ...]:
        unpaid = [debt for debt, track in enumerate(payoff.tracks) if track.paid_in is None]
        if not self.money.beyond_minimums:
            return tuple(NeverEnds(debt, self._short_alone(debt)) for debt in unpaid)
        known: dict[int, list[int | None]] = {}

        def paid_in(more: int) -> list[int | None]:
            if more not in known:
                known[more] = [track.paid_in for track in self.with_more(more, order, switches).tracks]
            return known[more]

        def short_by(debt: int) -> int:
            return smallest(lambda more: paid_in(more)[debt] is not None, guess) or 0

        guess = sum(self._shortfall(debt) for debt in unpaid)
        return tuple(NeverEnds(debt, short_by(debt)) for debt in unpaid)

    def _short_alone(self, debt: int) -> int:
        """Return what a debt of which only the minimum is paid takes on top of it every month."""
        accounts = self.accounts
        alone = Accounts(
            accounts.scale, (accounts.terms[debt],), (accounts.courses[debt],), (accounts.lumps[debt],)
        )

        def ends(more: int) -> bool:
            payoff = Payoff(alone, Money(False, 0, more * accounts.scale, {}, frozenset()), (0,))
            payoff.carry_out()
            return payoff.months() is not None

        return smallest(ends, self._shortfall(debt)) or 0

    def _shortfall(self, debt: int) -> int:
        """Return about by how much the level instalment over the whole horizon is above the first minimum."""
        terms = self.accounts.terms[debt]
        rate, base = terms.numerators[-1], terms.denominator
        grown, whole = (base + rate) ** HORIZON, base**HORIZON
        level = terms.balance * rate * grown // (base * (grown - whole)) if rate else terms.balance // HORIZON
        return max(level - self.accounts.courses[debt].minimums[0], 0) // self.accounts.scale


def smallest(is_enough: Callable[[int], bool], guess: int = 0, limit: int = 1000 * MAX_MINOR) -> int | None:
    """Return the smallest amount from 0 on that is enough, None when not even the limit is.

    What is enough is taken to stay enough when there is more. The search begins at `guess`.
    """
    guess = min(max(guess, 0), limit)
    step = 1
    if is_enough(guess):
        low, high = guess, guess
        while low > 0:
            low = max(high - step, 0)
            if not is_enough(low):
                break
            high, step = low, step * 4
        else:
            return 0
        if low == high:
            return high
    else:
        low = high = guess
        while True:
            if low >= limit:
                return None
            high = min(low + step, limit)
            if is_enough(high):
                break
            low, step = high, step * 4
    while high - low > 1:
        middle = (low + high) // 2
        if is_enough(middle):
            high = middle
        else:
            low = middle
    return high


def _check(given: PlanInput, accounts: Accounts) -> None:
    if given.extra < 0:
        raise Refused("The extra is below zero; enter what is paid on top of the minimums, or 0.")
    if any(one_off.amount < 0 for one_off in given.one_offs):
        raise Refused("A one-off payment is below zero; enter an amount that is paid.")
    if given.budget is None:
        return
    if given.extra:
        raise Refused(
            "A plan has either a monthly budget or an extra on top of the minimums; enter one of them."
        )
    least = sum(accounts.first_minimums())
    if given.budget * accounts.scale < least:
        raise BudgetTooLow(-(-least // accounts.scale))


def run(given: PlanInput, order: Order, *, strategy: str = "", switches: tuple[Switch, ...] = ()) -> Plan:
    """Return the plan that comes of paying debts off in an order.

    Raises `BudgetTooLow`, and `Refused` for one-off payments to debts that are not in the plan, for debts of the
    same identity and for amounts below zero.
    """
    return PlanSet(given).run(order, strategy=strategy, switches=switches)


def schedule(plan: Plan) -> list[ScheduleRow]:
    """Return every month of every debt as long as it is owed, by month, then by the debt's place."""
    payoff = PlanSet(plan.input).carried_out(plan.order, plan.switches)
    scale = payoff.accounts.scale
    rows: list[ScheduleRow] = []
    for debt, track in enumerate(payoff.tracks):
        rows += _rows(plan, debt, track, payoff.accounts.terms[debt].balance, scale)
    return sorted(rows, key=lambda row: (row.number, row.debt))


def _rows(plan: Plan, debt: int, track: Track, balance: int, scale: int) -> list[ScheduleRow]:
    rows = []
    months = HORIZON if track.paid_in is None else track.paid_in
    for number, closing, interest in zip(
        range(1, months + 1), track.closings(), track.interest_rows(), strict=False
    ):
        figures = (balance, interest, balance + interest - closing, balance - closing, closing)
        opening, shown, payment, principal, left = (to_minor_units(units, scale) for units in figures)
        rows.append(ScheduleRow(number, plan.month(number), debt, opening, shown, payment, principal, left))
        balance = closing
    return rows


def first_minimums(given: PlanInput) -> list[int]:
    """Return what every creditor asks for in the first month, in minor units, by debt."""
    accounts = accounts_of(given)
    return [to_minor_units(least, accounts.scale) for least in accounts.first_minimums()]


def monthly_total(given: PlanInput) -> int:
    """Return what an ordinary month pays in all, in minor units: the budget, or the first minimums and the extra."""
    if given.budget is not None:
        return given.budget
    accounts = accounts_of(given)
    return to_minor_units(sum(accounts.first_minimums()), accounts.scale) + given.extra


def months_alone(given: PlanInput) -> list[int]:
    """Return how many months the minimums alone take to pay every debt off, one more than the horizon for never."""
    accounts = accounts_of(minimums_only(given))
    return [HORIZON + 1 if course.ended is None else course.ended for course in accounts.courses]


def minimums_only(given: PlanInput) -> PlanInput:
    """Return the baseline: the same debts, with no money beyond the minimums, and none rolling over."""
    conventions = replace(given.conventions, rollover=False)
    return replace(given, extra=0, budget=None, one_offs=(), pauses=(), conventions=conventions)
