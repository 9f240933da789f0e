"""What a payoff plan is made from, and what comes out: plain values, with no database, window or clock behind them.

Money is in minor units of one currency, which the values themselves do not name: a plan never mixes two.
Months of a plan are numbered from 1; month 1 is the plan's start month.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.debts.minimum import Minimum
from app.domain.months import Month

HORIZON = 1200
"""A plan that is not through after so many months never ends."""


class Compounding(StrEnum):
    """How a month's interest follows from the annual rate."""

    MONTHLY = "monthly"
    """A twelfth of the rate on the month's opening balance."""
    DAILY = "daily"
    """A 365th of the rate a day, compounded over the days of the calendar month."""


class Rounding(StrEnum):
    """What happens to fractions of a minor unit."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    NONE = "none"
    """No monthly figure is rounded; figures are rounded once, when they are shown."""


class Timing(StrEnum):
    """Whether a month's interest is worked out before or after that month's payment."""

    INTEREST_FIRST = "interest first"
    PAYMENT_FIRST = "payment first"


@dataclass(frozen=True, slots=True)
class Conventions:
    """What published calculators differ in. The defaults are what the program uses by itself."""

    compounding: Compounding = Compounding.MONTHLY
    rounding: Rounding = Rounding.HALF_UP
    timing: Timing = Timing.INTEREST_FIRST
    rollover: bool = True
    """Whether money that a paid-off debt sets free goes to the next one."""


USUAL = Conventions()
"""The conventions that plans follow unless others are asked for."""


@dataclass(frozen=True, slots=True)
class PlanDebt:
    """One debt as a plan begins. Rates are per cent a year; `promo_months` counts from the plan's first month.

    `key` tells debts apart and stays with a debt from plan to plan; without one, the name does.
    """

    name: str
    balance: int
    apr: Decimal
    minimum: Minimum
    promo_apr: Decimal | None = None
    promo_months: int = 0
    credit_limit: int | None = None
    rank: int | None = None
    key: str = ""

    @property
    def identity(self) -> str:
        """What one-off payments and what-ifs name the debt by."""
        return self.key or self.name


@dataclass(frozen=True, slots=True)
class OneOff:
    """Money paid once, on top of everything else, in minor units; to the debt of that identity, else by the order."""

    month: Month
    amount: int
    debt: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Months in which only the minimums are paid; what the plan would add to them is spent on something else."""

    first: Month
    months: int


@dataclass(frozen=True, slots=True)
class PlanInput:
    """Everything that a plan follows from, except the order of the debts.

    `budget` is all that is paid in a month; where it is None, that is the sum of the first month's minimums and
    `extra`. One of the two is given, never both.
    """

    debts: tuple[PlanDebt, ...]
    start: Month
    extra: int = 0
    budget: int | None = None
    one_offs: tuple[OneOff, ...] = ()
    pauses: tuple[Pause, ...] = ()
    conventions: Conventions = USUAL


Order = tuple[int, ...]
"""Debts by their places in `PlanInput.debts`, the one that gets the extra first in front."""


@dataclass(frozen=True, slots=True)
class Switch:
    """From a month on (its number in the plan), debts are paid off in another order."""

    month: int
    order: Order


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """What happens to one debt in one month: `principal` is `payment` less `interest`, `closing` what is left."""

    number: int
    month: Month
    debt: int
    opening: int
    interest: int
    payment: int
    principal: int
    closing: int


@dataclass(frozen=True, slots=True)
class NeverEnds:
    """A debt that the plan does not pay off, and by how much a month more its payment would have to be."""

    debt: int
    short_by: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan comes to. Of a plan that never ends, the figures are those of its first `HORIZON` months.

    `payoffs` has the number of the month in which each debt is paid off, in the order of `input.debts`, None for
    never. `balances` is what is owed in all: before the first month, then after each.
    """

    strategy: str
    input: PlanInput
    order: Order
    switches: tuple[Switch, ...]
    months: int | None
    total_interest: int
    total_paid: int
    payoffs: tuple[int | None, ...]
    never: tuple[NeverEnds, ...]
    balances: tuple[int, ...]

    @property
    def debt_free(self) -> Month | None:
        """The month in which the last debt is paid off."""
        return None if self.months is None else self.month(max(self.months, 1))

    def month(self, number: int) -> Month:
        """Return the calendar month of a month of the plan."""
        return self.input.start.plus(number - 1)
