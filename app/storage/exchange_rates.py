"""Exchange rates read from and written to the ledger.

There may be hundreds of thousands of them, so that readers ask for the pairs and days that they need.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection

from app.domain.exchange_rates import OWN, ExchangeRate
from app.storage.database import driver
from app.storage.errors import Unreadable
from app.storage.tables import exchange_rates
from app.storage.write import Area, Write

COLUMNS = ("rate_on", "base", "currency", "source", "rate")
_SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM exchange_rates"
_LATEST_BEHIND = """
    rate_on = (SELECT max(rate_on) FROM exchange_rates AS l
               WHERE l.base = r.base AND l.currency = r.currency AND l.source = r.source)
"""

StoredRate = tuple[str, str, str, str, str]
"""A rate as SQLite stores it: day, base, currency, source and the rate in plain digits."""


def stored(rate: ExchangeRate) -> StoredRate:
    """Return a rate as a row of the table, without its id."""
    return rate.on.isoformat(), rate.base, rate.currency, rate.source, f"{rate.rate:f}"


def insert(write: Write, rows: Iterable[StoredRate]) -> range:
    """Add rates and return their ids."""
    ids = write.insert(exchange_rates, COLUMNS, rows)
    write.touch(Area.RATES, ids)
    return ids


def replace(write: Write, rows: Sequence[tuple[int, StoredRate]]) -> None:
    """Bring rates up to date, each by its id."""
    if rows:
        write.update_each(exchange_rates, COLUMNS, [(id, *row) for id, row in rows])
        write.touch(Area.RATES, [id for id, _ in rows])


def delete(write: Write, ids: Collection[int]) -> int:
    """Remove rates and return how many there were."""
    write.touch(Area.RATES, ids)
    return write.delete(exchange_rates, write.choose_existing(exchange_rates, ids))


def delete_of(write: Write, source: str) -> int:
    """Remove all rates of a source and return how many there were."""
    write.touch(Area.RATES, None)
    chosen = write.choose_where("SELECT id FROM exchange_rates WHERE source = ?", (source,))
    return write.delete(exchange_rates, chosen)


def known(connection: Connection, source: str) -> dict[tuple[str, str, str], tuple[int, str]]:
    """Return id and rate of every rate of a source, by base, currency and day, as stored."""
    rows = driver(connection).execute(
        "SELECT base, currency, rate_on, id, rate FROM exchange_rates WHERE source = ?", (source,)
    )
    return {(base, currency, on): (id, rate) for base, currency, on, id, rate in rows}


def get(connection: Connection, id: int) -> ExchangeRate | None:
    """Return one rate, None when it is gone."""
    return next(_rates(connection, f"{_SELECT} WHERE id = ?", (id,)), None)


def find(connection: Connection, like: ExchangeRate) -> ExchangeRate | None:
    """Return the rate of the same pair, source and day, None where there is none."""
    where = "base = ? AND currency = ? AND source = ? AND rate_on = ?"
    values = like.base, like.currency, like.source, like.on.isoformat()
    return next(_rates(connection, f"{_SELECT} WHERE {where}", values), None)


def stream(connection: Connection, source: str | None = None) -> Iterator[ExchangeRate]:
    """Give rates, perhaps of one source only, by day and pair."""
    where, values = ("WHERE source = ?", (source,)) if source is not None else ("", ())
    return _rates(connection, f"{_SELECT} {where} ORDER BY rate_on, base, currency, source", values)


def listed(connection: Connection) -> list[ExchangeRate]:
    """Return every own rate, and of imported ones the latest of each pair, by pair, the latest first."""
    query = f"""
        SELECT id, {", ".join(COLUMNS)} FROM exchange_rates AS r WHERE source = ? OR {_LATEST_BEHIND}
        ORDER BY base, currency, rate_on DESC, source
    """
    return list(_rates(connection, query, (OWN,)))


def pairs(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of currencies that there are rates of."""
    found = connection.exec_driver_sql("SELECT DISTINCT base, currency FROM exchange_rates ORDER BY 1, 2")
    return [(base, currency) for base, currency in found]


def needed(
    connection: Connection, wanted: Iterable[tuple[str, str]], first: date, last: date
) -> Iterator[ExchangeRate]:
    """Give the rates of some pairs that amounts of some days are converted by.

    Those are the rates of the days, the last one before them, and where there is none of either, the first after.
    """
    query = f"""
        {_SELECT} WHERE base = ? AND currency = ?
        AND rate_on >= coalesce((SELECT max(rate_on) FROM exchange_rates
                                 WHERE base = ? AND currency = ? AND rate_on <= ?), '')
        AND rate_on <= max(?, coalesce((SELECT min(rate_on) FROM exchange_rates
                                        WHERE base = ? AND currency = ?), ''))
    """
    for pair in wanted:
        yield from _rates(connection, query, (*pair, *pair, first.isoformat(), last.isoformat(), *pair))


def count(connection: Connection, source: str | None = None) -> int:
    """Return how many rates there are, perhaps of one source only."""
    where, values = ("WHERE source = ?", (source,)) if source is not None else ("", ())
    query = f"SELECT count(*) FROM exchange_rates {where}"
    return int(connection.exec_driver_sql(query, values).scalar_one())


def _rates(connection: Connection, query: str, values: Sequence[Any]) -> Iterator[ExchangeRate]:
    for id, on, base, currency, source, rate in connection.exec_driver_sql(query, tuple(values)):
        try:
            yield ExchangeRate(date.fromisoformat(on), base, currency, Decimal(rate), source, id)
        except (ValueError, TypeError, InvalidOperation) as error:
            raise Unreadable(f"{rate!r} of {on!r} is no exchange rate") from error
