"""The rules by which a creditor sets the least that is to be paid in a month."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FixedMinimum:
    """The same amount every month, in minor units."""

    amount: int


@dataclass(frozen=True, slots=True)
class PercentMinimum:
    """A share of the balance in per cent, but at least `floor` minor units.

    With `plus_interest` the month's interest comes on top of the share, before the floor is looked at.
    """

    percent: Decimal
    floor: int = 0
    plus_interest: bool = False


@dataclass(frozen=True, slots=True)
class TermMinimum:
    """The level instalment that pays the debt off in so many months; the last one takes what is left."""

    months: int


Minimum = FixedMinimum | PercentMinimum | TermMinimum

NOTHING_DUE = FixedMinimum(0)
"""The rule of a debt whose creditor asks for nothing in particular."""
