"""Purchases in several currencies as if all had been paid in one, for the length of a question."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from app.domain.money import Money, exponent
from app.storage.database import driver
from app.storage.purchases.spending import Period

_TABLE = "temp.in_one_currency"
_SOURCE = """
    (SELECT purchases.id, name_fold, purchased_on, retailer_id, brand_id, category_id, '{currency}' AS currency,
            coalesce(c.gross, price) AS price, coalesce(c.gross - c.net, refunded) AS refunded
     FROM {source} LEFT JOIN {table} AS c ON c.id = purchases.id
     WHERE purchases.currency = '{currency}' OR c.id IS NOT NULL)
"""


def foreign(
    connection: Connection, first: date, last: date, currency: str
) -> Iterator[tuple[int, date, Money, Money]]:
    """Give id, day, gross and net amount of the purchases of some days that were paid in another currency."""
    query = """
        SELECT id, purchased_on, currency, price, refunded FROM purchases
        WHERE purchased_on BETWEEN ? AND ? AND +currency <> ?
    """
    values = (first.isoformat(), last.isoformat(), currency)
    for id, day, code, price, refunded in driver(connection).execute(query, values):
        yield id, date.fromisoformat(day), Money(price, code), Money(price - refunded, code)


def foreign_currencies(connection: Connection, first: date, last: date, currency: str) -> list[str]:
    """Return in which other currencies something was paid on some days."""
    query = "SELECT DISTINCT currency FROM purchases WHERE purchased_on BETWEEN ? AND ? AND +currency <> ?"
    values = (first.isoformat(), last.isoformat(), currency)
    return [code for (code,) in connection.exec_driver_sql(query, values)]


@contextmanager
def converted(connection: Connection, rows: Iterator[tuple[int, int, int]]) -> Iterator[None]:
    """Let `period_in` know ids, gross and net amounts of converted purchases for the length of the block.

    They are kept in a temporary table of the reading connection, so that they need no memory.
    """
    raw = driver(connection)
    with _temporary_writing(connection):
        raw.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        raw.execute(f"CREATE TEMP TABLE {_TABLE[5:]} (id INTEGER PRIMARY KEY, gross INTEGER, net INTEGER)")
        raw.executemany(f"INSERT INTO {_TABLE} VALUES (?, ?, ?)", rows)
    try:
        yield
    finally:
        with _temporary_writing(connection):
            raw.execute(f"DROP TABLE IF EXISTS {_TABLE}")


def period_in(currency: str, within: Period) -> Period:
    """Return a period of purchases of any currency as one of purchases in one, inside `converted`.

    What could not be converted is left out. Raises `UnknownCurrency`.
    """
    exponent(currency)
    source = _SOURCE.format(currency=currency, source=within.source, table=_TABLE)
    return within._replace(source=source)


@contextmanager
def _temporary_writing(connection: Connection) -> Iterator[None]:
    # A reader may write nothing, not even a temporary table; its file is opened for reading only all the same.
    raw = driver(connection)
    raw.execute("PRAGMA query_only=0")
    try:
        yield
    finally:
        raw.execute("PRAGMA query_only=1")
