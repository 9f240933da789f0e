"""The columns of exported exchange rates, in their order, and which of them a list is asked for."""

from dataclasses import dataclass
from datetime import date

from app.domain.exchange import ExchangeField
from app.domain.exchange_rates import ExchangeRate

RATE_FIELDS = (
    ExchangeField("Date", "on", "date"),
    ExchangeField("Base", "base", "word"),
    ExchangeField("Currency", "currency", "word"),
    ExchangeField("Rate", "rate", "figure"),
    ExchangeField("Source", "source", "word"),
)


@dataclass(frozen=True, slots=True)
class RateFilter:
    """Which rates: those between a currency and any other, of some days. All have to hold."""

    currency: str = ""
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self != RateFilter()

    def lets_through(self, rate: ExchangeRate) -> bool:
        """Tell whether a rate is wanted."""
        return (
            self.currency in ("", rate.base, rate.currency)
            and (self.first is None or rate.on >= self.first)
            and (self.last is None or rate.on <= self.last)
        )


@dataclass(frozen=True, slots=True)
class SortBy:
    """What a list of rates is ordered by: a field's name and the direction."""

    key: str = "on"
    descending: bool = False
