"""Spending in figures: what was bought in a period, per currency, by month, retailer, brand, category and product.

Amounts are in minor units of their currency and net of refunds, which count in the period of the purchase that they
belong to, so that a figure and the purchases behind it always agree. Two currencies are never added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.domain.exchange_rates import ConvertedTotal
from app.domain.money import Money
from app.domain.spending_periods import Span, Step


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

    `share` is the per cent of the period's net total in that currency, with two decimals. `id` is that of the name
    in the ledger, 0 for none.
    """

    name: str
    count: int
    total: Money
    share: Decimal
    id: int = 0


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


@dataclass(frozen=True, slots=True)
class Figures:
    """How many purchases were made, and what they came to in minor units before refunds and what came back."""

    count: int = 0
    gross: int = 0
    refunded: int = 0

    @property
    def net(self) -> int:
        """The total less what came back."""
        return self.gross - self.refunded

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.count + other.count, self.gross + other.gross, self.refunded + other.refunded)


@dataclass(frozen=True, slots=True)
class StepSpending:
    """One day, week, month, quarter or year of a period, and what it is compared with, None for nothing."""

    span: Span
    figures: Figures
    before_span: Span | None = None
    before: Figures | None = None

    @property
    def change(self) -> int | None:
        """How much more was spent than in the step before, net; None where there is none."""
        return None if self.before is None else self.figures.net - self.before.net


@dataclass(frozen=True, slots=True)
class CoverMonth:
    """How warranties stand in one month (its first day), as far as is known today.

    `expiring` of them end in it, `expired` did before, and `active` go on after it. Voided ones do not count.
    """

    month: date
    active: int
    expiring: int
    expired: int


COVER_MONTHS = 12
"""How many months a timeline of warranties shows, the present one first."""


def cover_months(ends: Sequence[tuple[date | None, int]], today: date) -> tuple[CoverMonth, ...]:
    """Return how warranties stand in the coming months.

    `ends` are the months (their first days) in which they end, None for lifetimes, and how many do in each.
    """
    found = []
    first = today.replace(day=1)
    last = months_before(first, 1 - COVER_MONTHS)
    for month in months(first, last):
        expired = sum(number for end, number in ends if end is not None and end < month)
        expiring = sum(number for end, number in ends if end == month)
        active = sum(number for _, number in ends) - expired - expiring
        found.append(CoverMonth(month, active, expiring, expired))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RecentCover:
    """A warranty that began lately, and the purchase that it covers; without an end it is for a lifetime."""

    id: int
    purchase_id: int
    product: str
    kind: str
    provider: str
    starts_on: date
    ends_on: date | None
    voided: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """Spending of a period in one currency.

    `figures` has the same figures as a summary of the same days, of this currency only; its warranties are those
    of all purchases of the period, as are `cover_months`. `total` is None without a purchase. `currencies` are
    those that something was ever bought in. The period before is None where everything is looked at.

    `own_currency` is the owner's, which one total would be in; "" where nothing was bought in any other. Where that
    was asked for, `converted` tells how the period's figures came about and `before_converted` those it is compared
    with; each purchase counts by the rate of its day, and what has no rate is left out.
    """

    span: Span
    currency: str
    currencies: tuple[str, ...]
    step: Step
    possible_steps: tuple[Step, ...]
    figures: Summary
    total: CurrencySpending | None
    before_span: Span | None
    before: CurrencySpending | None
    steps: tuple[StepSpending, ...]
    cover_months: tuple[CoverMonth, ...]
    recent_covers: tuple[RecentCover, ...]
    own_currency: str = ""
    converted: ConvertedTotal | None = None
    before_converted: ConvertedTotal | None = None


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
