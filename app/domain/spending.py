"""Spending in figures: what was bought in a period, per currency, by month, retailer, brand, category and product.

Amounts are in minor units of their currency and net of refunds, which count in the period of the purchase that they
belong to, so that a figure and the purchases behind it always agree. Two currencies are never added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.domain.money import Money


@dataclass(frozen=True, slots=True)
class CurrencySpending:
    """What purchases in one currency come to. `average` and `median` are of the net amounts, rounded half up."""

    currency: str
    count: int
    gross: int
    refunded: int
    median: int
    largest: int

    @property
    def net(self) -> int:
        """The total less what came back."""
        return self.gross - self.refunded

    @property
    def average(self) -> int:
        """The net total divided by the number of purchases."""
        return rounded(Decimal(self.net) / self.count)


@dataclass(frozen=True, slots=True)
class MonthSpending:
    """One month (its first day): how many purchases, and their net total in each currency."""

    month: date
    count: int
    totals: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class NamedSpending:
    """What one retailer, brand or category comes to in one currency; no name stands for purchases without one.

    `share` is the per cent of the period's net total in that currency, with two decimals.
    """

    name: str
    count: int
    total: Money
    share: Decimal


@dataclass(frozen=True, slots=True)
class ProductSpending:
    """What one product comes to in one currency, whatever the case and accents of its name."""

    name: str
    count: int
    total: Money

    @property
    def average(self) -> Money:
        """The net total divided by the number of purchases, rounded half up."""
        return Money(rounded(Decimal(self.total.minor) / self.count), self.total.currency)


@dataclass(frozen=True, slots=True)
class CoverCounts:
    """How many warranties are in which state today; those of the purchases of the period."""

    active: int = 0
    expiring: int = 0
    expired: int = 0
    voided: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a period. Lists stand by currency, in the order of `currencies`, the largest total first."""

    count: int
    currencies: tuple[CurrencySpending, ...]
    by_month: tuple[MonthSpending, ...]
    by_retailer: tuple[NamedSpending, ...]
    by_brand: tuple[NamedSpending, ...]
    by_category: tuple[NamedSpending, ...]
    top_products: tuple[ProductSpending, ...]
    covers: CoverCounts


def rounded(amount: Decimal) -> int:
    """Return a whole number of minor units, rounded half up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def share(part: int, whole: int) -> Decimal:
    """Return `part` as per cent of `whole`, with two decimals, rounded half up; of nothing it is 0."""
    if whole == 0:
        return Decimal("0.00")
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def months(first: date, last: date) -> Iterator[date]:
    """Give the first day of every month that the period touches."""
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(index // 12, index % 12 + 1, 1)


def months_before(day: date, number: int) -> date:
    """Return the first day of the month that lies so many months before the month of a day."""
    index = day.year * 12 + day.month - 1 - number
    return date(index // 12, index % 12 + 1, 1)
