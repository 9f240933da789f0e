"""Exchange rates as a kind of record that files can hold, a row each.

The central bank's files, with a column a currency, are told so by `bank_rates`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.exchange_rates import ExchangeRate, check_rate, check_source
from app.domain.problems import Problem
from app.domain.rate_fields import RATE_FIELDS
from app.services.changes import Area, Write
from app.services.exchange_rates import count
from app.services.importing.bank_rates import one_rate_a_row
from app.services.importing.kind import ImportKind, Known, Make, Match, Refusal, Setting, Wrong
from app.services.importing.mapping import Target
from app.services.importing.presets import Values
from app.services.importing.presets.counterfoil import own_presets
from app.services.importing.samples import HeaderIndex, header_words
from app.storage import exchange_rates as stored

_REPEATED = Refusal("on", "An earlier row has a rate of these two for this day; remove one of them.")

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate of a file. It has no UUID: pair, source and day tell rates apart."""

    rate: ExchangeRate
    uuid: None = None

    @property
    def on(self) -> date:
        """The day since which the rate holds."""
        return self.rate.on


def rate_maker(_setting: Setting) -> Make:
    """Return what makes rates of the rows of one file."""

    def make(values: Values) -> RateRow:
        missing = [target for target in TARGETS if target.required and values.get(target.key) in (None, "")]
        if missing:
            title = missing[0].title.lower()
            raise Wrong.field(missing[0].key, f"The {title} is missing; enter it, or remove the row.")
        source = values.get("source", "")
        rate = ExchangeRate(
            values["on"], values["base"].upper(), values["currency"].upper(), values["rate"], source
        )
        problems = [*check_rate(rate), *check_source(source)]
        if problems:
            raise Wrong(*problems)
        return RateRow(rate)

    return make


class RateKeeper:
    """Stores the rates of one file. There is one of a pair, source and day: a second one takes its place."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._known: dict[str, dict[_Key, tuple[int, str]]] = {}
        self._seen: set[tuple[str, _Key]] = set()

    def match(self, batch: Sequence[RateRow]) -> list[Match]:
        """Return for each rate of a batch what it is in the ledger."""
        return [self._match(row.rate) for row in batch]

    def insert(self, batch: Sequence[RateRow]) -> None:
        """Add rates; one that is there already gets the figure of its row."""
        new: dict[tuple[str, _Key], ExchangeRate] = {}
        for row in batch:
            there = self._there(row.rate)
            if there is None:
                new[row.rate.source, _key(row.rate)] = row.rate
            else:
                stored.replace(self._write, [(there, stored.stored(row.rate))])
        ids = stored.insert(self._write, [stored.stored(rate) for rate in new.values()])
        for id, ((source, key), rate) in zip(ids, new.items(), strict=True):
            self._of(source)[key] = (id, f"{rate.rate:f}")

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give rates the figures of their rows."""
        stored.replace(self._write, [(known.id, stored.stored(known.ready.record.rate)) for known in batch])
        return [()] * len(batch)

    def finish(self) -> None:
        """Nothing is left to do."""

    def _match(self, rate: ExchangeRate) -> Match:
        key = (rate.source, _key(rate))
        if key in self._seen:
            return _REPEATED
        self._seen.add(key)
        return self._there(rate)

    def _there(self, rate: ExchangeRate) -> int | None:
        found = self._of(rate.source).get(_key(rate))
        return None if found is None else found[0]

    def _of(self, source: str) -> dict[_Key, tuple[int, str]]:
        if source not in self._known:
            self._known[source] = stored.known(self._write.connection, source)
        return self._known[source]


def _key(rate: ExchangeRate) -> _Key:
    return rate.base, rate.currency, rate.on.isoformat()


TARGETS = (
    Target("on", "Date", "date", required=True),
    Target("base", "Base currency", required=True),
    Target("currency", "Currency", required=True),
    Target("rate", "Rate", "rate", required=True),
    Target("source", "Source"),
)

RATES = ImportKind(
    key="rates",
    one="exchange rate",
    many="exchange rates",
    area=Area.RATES,
    targets=TARGETS,
    headers=HeaderIndex(
        header_words(
            {
                "on": "date, day, datum, fecha",
                "base": "base, base currency, from currency, basiswährung, devise de base, moneda base",
                "currency": "quote currency, target currency, to currency, currency, währung, devise, moneda",
                "rate": "exchange rate, rate, wechselkurs, kurs, taux de change, tipo de cambio",
                "source": "source, quelle",
            }
        )
    ),
    presets=own_presets(
        RATE_FIELDS,
        headers=("Date", "Base", "Currency", "Rate"),
        attributes=("on", "base", "currency", "rate"),
    ),
    maker=rate_maker,
    keeper=RateKeeper,
    count=count,
    reshaped=one_rate_a_row,
    asks_currency=False,
)
