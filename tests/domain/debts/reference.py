"""The payoff engine once more, as plainly as it can be written: Decimal amounts in minor units, one month at a time.

It knows nothing of the quick engine and shares no code with it, only the plain values that both are given.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import (
    Compounding,
    Order,
    PlanDebt,
    PlanInput,
    Rounding,
    Switch,
    Timing,
)

MONTHS = 1200
ZERO = Decimal(0)
NOTHING = Decimal("1e-9")
PRECISION = 420
"""Amounts of a plan that never ends grow to hundreds of digits."""


@dataclass
class Row:
    """One month of one debt."""

    number: int
    debt: int
    opening: Decimal
    interest: Decimal
    payment: Decimal
    closing: Decimal


@dataclass
class Result:
    """What came out of it."""

    rows: list[Row] = field(default_factory=list)
    payoffs: list[int | None] = field(default_factory=list)
    balances: list[Decimal] = field(default_factory=list)
    total_interest: Decimal = ZERO
    total_paid: Decimal = ZERO

    @property
    def months(self) -> int | None:
        ends = [end for end in self.payoffs if end is not None]
        return max(ends, default=0) if len(ends) == len(self.payoffs) else None


def shown(amount: Decimal) -> int:
    """Round a figure once, to be shown; what is nearly a tie is one."""
    return int((amount + NOTHING).quantize(Decimal(1), ROUND_HALF_UP))


class Reference:
    """Carries out one order."""

    def __init__(
        self, given: PlanInput, order: Order, switches: Sequence[Switch] = (), precision: int = PRECISION
    ) -> None:
        self.given = given
        self.precision = precision
        self.order = list(order)
        self.switches = {switch.month: list(switch.order) for switch in switches}
        self.rounding = given.conventions.rounding
        self.first = given.conventions.timing is Timing.PAYMENT_FIRST

    def run(self) -> Result:
        with localcontext(Context(prec=self.precision, Emax=999999, Emin=-999999)):
            return self._run()

    def _run(self) -> Result:
        debts = self.given.debts
        balances = [Decimal(debt.balance) for debt in debts]
        instalments = [ZERO for _ in debts]
        result = Result([], [0 if balance == 0 else None for balance in balances], [sum(balances, ZERO)])
        budget = extra = ZERO
        for number in range(1, MONTHS + 1):
            if not any(balances):
                break
            self.order = self.switches.get(number, self.order)
            opening = list(balances)
            interest = [
                self._interest(debt, balance, number) for debt, balance in zip(debts, balances, strict=True)
            ]
            for place, debt in enumerate(debts):
                instalments[place] = self._instalment(debt, balances[place], number, instalments[place])
            least = [
                self._minimum(debt, balances[place], interest[place], instalments[place], number)
                for place, debt in enumerate(debts)
            ]
            if number == 1:
                budget, extra = self._money(sum(least, ZERO))
            left = [
                balance if self.first else balance + more
                for balance, more in zip(balances, interest, strict=True)
            ]
            for place, amount in enumerate(least):
                left[place] -= amount
            self._pay(number, left, self._spare(number, budget, extra, sum(least, ZERO)))
            left = [ZERO if abs(amount) < NOTHING else amount for amount in left]
            for place, debt in enumerate(debts):
                if not opening[place]:
                    continue
                if self.first:
                    interest[place] = self._interest(debt, left[place], number)
                    balances[place] = left[place] + interest[place]
                else:
                    balances[place] = left[place]
                payment = opening[place] + interest[place] - balances[place]
                result.rows.append(
                    Row(number, place, opening[place], interest[place], payment, balances[place])
                )
                result.total_interest += interest[place]
                result.total_paid += payment
                if not balances[place]:
                    result.payoffs[place] = number
            result.balances.append(sum(balances, ZERO))
        return result

    def _money(self, least: Decimal) -> tuple[Decimal, Decimal]:
        if self.given.budget is not None:
            return Decimal(self.given.budget), self.given.budget - least
        return least + self.given.extra, Decimal(self.given.extra)

    def _spare(self, number: int, budget: Decimal, extra: Decimal, least: Decimal) -> Decimal:
        month = self.given.start.plus(number - 1)
        for pause in self.given.pauses:
            if 0 <= pause.first.until(month) < pause.months:
                return ZERO
        if self.given.conventions.rollover:
            return max(budget - least, ZERO)
        return extra

    def _pay(self, number: int, left: list[Decimal], spare: Decimal) -> None:
        month = self.given.start.plus(number - 1)
        for place, debt in enumerate(self.given.debts):
            meant = sum(
                (o.amount for o in self.given.one_offs if o.month == month and o.debt == debt.identity), ZERO
            )
            part = min(Decimal(meant), left[place])
            left[place] -= part
            spare += meant - part
        spare += sum(o.amount for o in self.given.one_offs if o.month == month and o.debt is None)
        for place in self.order:
            part = min(spare, left[place])
            left[place] -= part
            spare -= part

    def _round(self, amount: Decimal) -> Decimal:
        if self.rounding is Rounding.NONE:
            return amount
        way = ROUND_HALF_UP if self.rounding is Rounding.HALF_UP else ROUND_HALF_EVEN
        return amount.quantize(Decimal(1), way)

    def _apr(self, debt: PlanDebt, number: int) -> Decimal:
        if debt.promo_apr is not None and number <= debt.promo_months:
            return debt.promo_apr
        return debt.apr

    def _rate(self, apr: Decimal, number: int) -> Decimal:
        if self.given.conventions.compounding is Compounding.MONTHLY:
            return apr / 1200
        month = self.given.start.plus(number - 1)
        days = calendar.monthrange(month.year, month.month)[1]
        return ((1 + apr / 36500) ** days - 1).quantize(Decimal("1e-18"), ROUND_HALF_UP)

    def _interest(self, debt: PlanDebt, balance: Decimal, number: int) -> Decimal:
        if self.given.conventions.compounding is Compounding.MONTHLY:
            # Divided once, at the end, so that a tie stays one.
            return self._round(balance * self._apr(debt, number) / 1200)
        return self._round(balance * self._rate(self._apr(debt, number), number))

    def _minimum(
        self, debt: PlanDebt, balance: Decimal, interest: Decimal, instalment: Decimal, number: int
    ) -> Decimal:
        owed = balance if self.first else balance + interest
        rule = debt.minimum
        if isinstance(rule, FixedMinimum):
            asked = Decimal(rule.amount)
        elif isinstance(rule, PercentMinimum):
            asked = self._round(balance * rule.percent / 100)
            if rule.plus_interest:
                asked += interest
            asked = max(asked, Decimal(rule.floor))
        else:
            asked = owed if number >= rule.months else instalment
        return min(asked, owed)

    def _instalment(self, debt: PlanDebt, balance: Decimal, number: int, before: Decimal) -> Decimal:
        rule = debt.minimum
        if not isinstance(rule, TermMinimum) or number > rule.months:
            return before
        ends = debt.promo_apr is not None and 0 < debt.promo_months < MONTHS
        if number != 1 and not (ends and number == debt.promo_months + 1):
            return before
        # What one unit paid at the end of every month that is left is worth today.
        apr = self._apr(debt, number)
        worth, discount = ZERO, Decimal(1)
        for later in range(number, rule.months + 1):
            if self.first:
                worth += discount
            discount /= 1 + self._rate(apr, later)
            if not self.first:
                worth += discount
        # Dividing by rounded factors spoils ties by a digit or two at the very end.
        return self._round((balance / worth).quantize(Decimal(1).scaleb(-self.precision // 3)))
