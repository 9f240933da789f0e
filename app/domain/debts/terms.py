"""A debt's terms as whole numbers: what interest a month brings and what the creditor asks for, without fractions.

Amounts are counted in units: minor units, or, where no monthly figure is rounded, minor units times a power of ten
(the scale). Months are counted from 0 here. A rate is a numerator a month over one denominator for the debt.
"""

from decimal import Decimal
from functools import lru_cache
from math import gcd, lcm

from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import HORIZON, Compounding, Conventions, PlanDebt, Rounding, Timing
from app.domain.months import Month

DAILY_DIGITS = 18
"""With daily compounding, a month's factor (1 + APR / 36500) ** days - 1 is rounded half-up to so many decimals."""
_DISCOUNT = 10**40
"""With daily compounding, the sum of discount factors behind a level instalment is kept to 40 decimals, cut off."""
_GUARD = 10**9
"""Where no figure is rounded, what is closer than this part of a minor unit to a tie, or to 0, counts as that."""


def scale_for(debts: tuple[PlanDebt, ...], rounding: Rounding) -> int:
    """Return how many units a minor unit has: 1, or what keeps 1,200 months exact where nothing is rounded.

    What is cut off in one month grows with interest: the scale has the digits of that growth over the whole
    horizon and 16 more, so that a figure differs from the exact one by less than a thousand-millionth part.
    """
    if rounding is not Rounding.NONE:
        return 1
    rates = [rate for debt in debts for rate in (debt.apr, debt.promo_apr) if rate is not None]
    digits = _growth_digits(max(rates, default=Decimal(0))) + 16
    return int(10**digits)


@lru_cache(maxsize=64)
def _growth_digits(apr: Decimal) -> int:
    top, bottom = apr.as_integer_ratio()
    # A day more than the longest month has, as a bound for daily compounding too.
    growth = (36500 * bottom + top * 32) ** HORIZON // (36500 * bottom) ** HORIZON
    digits = len(str(growth)) if growth < 10**4000 else 4000
    return -(-digits // 16) * 16


def to_minor_units(units: int, scale: int) -> int:
    """Return units as minor units, rounded half-up once."""
    if scale == 1:
        return units
    return (units + scale // 2 + scale // _GUARD) // scale


@lru_cache(maxsize=512)
def _daily_factor(apr: Decimal, days: int) -> int:
    top, bottom = apr.as_integer_ratio()
    base = 36500 * bottom
    whole, grown = base**days, (base + top) ** days
    return int((2 * 10**DAILY_DIGITS * (grown - whole) + whole) // (2 * whole))


@lru_cache(maxsize=512)
def _monthly_rates(apr: Decimal, promo: Decimal, promo_months: int) -> tuple[list[int], int]:
    (top, bottom), (promo_top, promo_bottom) = (rate.as_integer_ratio() for rate in (apr, promo))
    divisor = lcm(bottom, promo_bottom) * 1200
    usual, early = top * (divisor // bottom) // 1200, promo_top * (divisor // promo_bottom) // 1200
    common = gcd(usual, early, divisor)
    # Twice over, so that half of the denominator is a whole number.
    usual, early, divisor = 2 * usual // common, 2 * early // common, 2 * divisor // common
    return [early] * promo_months + [usual] * (HORIZON - promo_months), divisor


@lru_cache(maxsize=512)
def _daily_rates(apr: Decimal, promo: Decimal, promo_months: int, start: Month) -> tuple[list[int], int]:
    rates = [
        _daily_factor(promo if number < promo_months else apr, start.plus(number).days)
        for number in range(HORIZON)
    ]
    return rates, 10**DAILY_DIGITS


class Terms:
    """The terms of one debt under a plan's conventions, ready to be reckoned with in units.

    `numerators[month] / denominator` is the rate of a month. `rate_changes` is the month from which the usual rate
    holds after a promotion, 0 without one. Of an instalment debt, `term` is how many months it has, else 0. A debt
    of no more than `nothing` is paid off: 0, or, where nothing is rounded, a thousand-millionth of a minor unit, so
    that shares of what is left come to an end.
    """

    __slots__ = (
        "_aprs",
        "_daily",
        "_factors",
        "_start",
        "balance",
        "by_share",
        "cuts",
        "denominator",
        "fixed",
        "floor",
        "half",
        "half_even",
        "nothing",
        "numerators",
        "payment_first",
        "plus_interest",
        "rate_changes",
        "share",
        "share_of",
        "term",
    )  # fmt: skip

    def __init__(self, debt: PlanDebt, start: Month, conventions: Conventions, scale: int) -> None:
        promo = debt.apr if debt.promo_apr is None else debt.promo_apr
        months = 0 if debt.promo_apr is None else min(max(debt.promo_months, 0), HORIZON)
        self._daily = conventions.compounding is Compounding.DAILY
        if self._daily:
            self.numerators, self.denominator = _daily_rates(debt.apr, promo, months, start)
        else:
            self.numerators, self.denominator = _monthly_rates(debt.apr, promo, months)
        self.balance = debt.balance * scale
        self.cuts = conventions.rounding is Rounding.NONE
        self.nothing = scale // _GUARD
        self.half = 0 if self.cuts else self.denominator // 2
        self.half_even = conventions.rounding is Rounding.HALF_EVEN
        self.payment_first = conventions.timing is Timing.PAYMENT_FIRST
        self.rate_changes = months if months < HORIZON else 0
        self.fixed = self.floor = self.share = self.term = 0
        self.share_of = 1
        self.by_share = self.plus_interest = False
        self._start, self._aprs = start, (promo, debt.apr)
        self._factors: dict[int, tuple[int, int]] = {}
        rule = debt.minimum
        if isinstance(rule, FixedMinimum):
            self.fixed = rule.amount * scale
        elif isinstance(rule, PercentMinimum):
            top, bottom = rule.percent.as_integer_ratio()
            self.by_share, self.share, self.share_of = True, top, 100 * bottom
            self.floor, self.plus_interest = rule.floor * scale, rule.plus_interest
        elif isinstance(rule, TermMinimum):
            self.term = min(max(rule.months, 1), HORIZON)

    def rounded(self, top: int, bottom: int) -> int:
        """Return a fraction as whole units, by the plan's rounding."""
        if self.cuts:
            return top // bottom
        whole, rest = divmod(2 * top + bottom, 2 * bottom)
        return whole - (whole & 1) if self.half_even and rest == 0 else whole

    def interest(self, balance: int, month: int) -> int:
        """Return a month's interest on a balance."""
        top = balance * self.numerators[month]
        if not self.half_even:
            return (top + self.half) // self.denominator
        return self.rounded(top, self.denominator)

    @property
    def is_plain(self) -> bool:
        """Whether the quick ways of reckoning hold: interest first, and no tie that goes to the even number."""
        return not self.payment_first and not self.half_even

    def plain_until(self, month: int) -> int:
        """Return the month before which the rule of the minimum stays as it is in this month."""
        if not self.term:
            return HORIZON
        last = self.term - 1
        return min(last, self.rate_changes) if month < self.rate_changes else last

    def instalment(self, balance: int, month: int, before: int) -> int:
        """Return the level instalment from this month on, given the one before it.

        A lender sets it when the loan begins and again when its rate changes, each time from what is owed then, the
        new rate and the months that are left, and leaves it alone in between, whatever else is paid.
        """
        if month < self.term and month in (0, self.rate_changes):
            if month not in self._factors:
                self._factors[month] = self._level(month)
            top, bottom = self._factors[month]
            return self.rounded(balance * top, bottom)
        return before

    def minimum(self, balance: int, interest: int, month: int, instalment: int) -> int:
        """Return what the creditor asks for in a month, never more than is owed."""
        owed = balance if self.payment_first else balance + interest
        if self.by_share:
            asked = self.rounded(balance * self.share, self.share_of)
            if self.plus_interest:
                asked += interest
            asked = max(asked, self.floor)
        elif self.term:
            asked = instalment if month < self.term - 1 else owed
        else:
            asked = self.fixed
        return min(asked, owed)

    def after_minimum(self, balance: int, month: int, instalment: int) -> tuple[int, int]:
        """Return a month's minimum and what is left to be paid in that month after it."""
        interest = self.interest(balance, month)
        least = self.minimum(balance, interest, month, instalment)
        return least, (balance if self.payment_first else balance + interest) - least

    def closing(self, left: int, month: int) -> int:
        """Return the balance at a month's end, given what was left when all payments were made."""
        if left <= self.nothing:
            return 0
        return left + self.interest(left, month) if self.payment_first else left

    def asks_at_most(self, balance: int, month: int, instalment: int) -> int:
        """Return a payment from which on no minimum is higher until a rate changes.

        Where the minimum is a share, it is one from which on the balance does not grow either.
        """
        if not self.by_share:
            return instalment if self.term else self.fixed
        top = max(self.numerators[month : month + 12]) if self._daily else self.numerators[month]
        interest = balance * top // self.denominator + 1
        asked = balance * self.share // self.share_of + 1 + interest * self.plus_interest
        return max(asked, interest, self.floor)

    def _level(self, month: int) -> tuple[int, int]:
        """Return by what fraction of the balance a debt is paid off in level instalments from this month on."""
        left = self.term - month
        if self._daily:
            return self._level_by_days(month)
        rate, base = self.numerators[month], self.denominator
        if rate == 0:
            return 1, left
        common = gcd(rate, base)
        rate, base = rate // common, base // common
        grown, whole = (base + rate) ** (left - 1), base**left
        below = grown * (base + rate) - whole
        return (rate * grown, below) if self.payment_first else (rate * grown * (base + rate), base * below)

    def _level_by_days(self, month: int) -> tuple[int, int]:
        apr = self._aprs[0 if month < self.rate_changes else 1]
        total = 0
        for number in reversed(range(month, self.term)):
            rate = _daily_factor(apr, self._start.plus(number).days)
            if self.payment_first:
                total = total * self.denominator // (self.denominator + rate) + _DISCOUNT
            else:
                total = (total + _DISCOUNT) * self.denominator // (self.denominator + rate)
        return _DISCOUNT, total
