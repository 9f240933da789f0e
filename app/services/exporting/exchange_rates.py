"""Exchange rates as a kind of record that is listed and written to files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from app.domain.exchange_rates import ExchangeRate
from app.domain.rate_fields import RATE_FIELDS, RateFilter, SortBy
from app.services.exporting.kind import ExportKind, Selection
from app.services.exporting.records import RecordTable
from app.services.filtering import Condition, currency_value, read_conditions
from app.services.ledger import Ledger, Reader
from app.storage import exchange_rates as stored

_CONDITIONS: dict[str, Condition] = {"currency": ("currency", currency_value)}

_SORTS: Mapping[str, Callable[[ExchangeRate], Any]] = {
    "on": lambda rate: (rate.on, rate.base, rate.currency),
    "base": lambda rate: (rate.base, rate.currency, rate.on),
    "currency": lambda rate: (rate.currency, rate.base, rate.on),
    "rate": lambda rate: (rate.rate, rate.on),
}


def conditions(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> RateFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be."""
    return read_conditions(ledger, pairs, RateFilter(), _CONDITIONS)


def _between(wanted: RateFilter, first: date | None, last: date | None) -> RateFilter:
    return replace(wanted, first=first, last=last)


@dataclass(frozen=True)
class _RateTable(RecordTable):
    """Rates, of which there may be hundreds of thousands; all of them are counted without being read."""

    counted: Callable[[], int] | None = None

    def count(self) -> int:
        """Return how many rates there are."""
        return super().count() if self.counted is None else self.counted()


def _table(reader: Reader, chosen: Selection) -> RecordTable:
    every = chosen.ids is None and not chosen.wanted
    return _RateTable(
        lambda: _chosen(reader, chosen), getattr, counted=(lambda: stored.count(reader)) if every else None
    )


def _chosen(reader: Reader, chosen: Selection) -> Iterator[ExchangeRate]:
    if chosen.ids is not None:
        found = (stored.get(reader, id) for id in chosen.ids)
        return (rate for rate in found if rate is not None)
    wanted: RateFilter = chosen.wanted
    rates = (rate for rate in stored.stream(reader) if wanted.lets_through(rate))
    if chosen.sort is None or chosen.sort == SortBy():
        return rates
    return iter(sorted(rates, key=_SORTS[chosen.sort.key], reverse=chosen.sort.descending))


def _ids(reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
    return [rate.id for rate in islice(_chosen(reader, chosen), offset, offset + limit)]


def _count(ledger: Ledger, wanted: RateFilter) -> int:
    chosen = Selection(ledger.horizon(), wanted)
    return ledger.read(lambda reader: _table(reader, chosen).count())


RATES = ExportKind(
    key="rates",
    one="exchange rate",
    many="exchange rates",
    title="Exchange rates",
    fields=RATE_FIELDS,
    table=_table,
    count=_count,
    everything=RateFilter(),
    conditions=conditions,
    sorts=tuple(_SORTS),
    order=SortBy,
    usual_order=SortBy(),
    ids=_ids,
    shown=("on", "base", "rate", "currency", "source"),
    between=_between,
)
