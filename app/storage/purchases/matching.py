"""Which purchases of the ledger the rows of a file may be, looked up for many rows in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from app.storage.database import driver
from app.storage.tables import purchases
from app.storage.write import Write

Key = tuple[int, str, int, str, str, int | None]
"""A row's number, day, price in minor units, currency, folded name, and the id of its retailer or None."""

_AT_ONCE = 500


class OrderLine(NamedTuple):
    """A purchase with what identifies it inside an order."""

    id: int
    source: str
    order_number: str
    order_line: int | None
    name_fold: str
    price: int


class Alike(NamedTuple):
    """A purchase that has the same day, price, currency, name and retailer as the row with this number."""

    row: int
    id: int
    order_number: str
    order_line: int | None


class Matcher:
    """Looks for purchases that were in the ledger before the present command added any.

    Lookups go through temporary tables, a batch of rows at a time, so that memory stays flat.
    """

    def __init__(self, write: Write) -> None:
        self._driver = driver(write.connection)
        self.first_new = write.next_id(purchases)
        self._has_orders = False
        self._has_keys = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return self.first_new == 1

    def retailers(self) -> dict[str, int]:
        """Return the ids of all retailers by their `name_key`."""
        return dict(self._driver.execute("SELECT name_key, id FROM retailers"))

    def by_uuid(self, uuids: Sequence[bytes]) -> dict[bytes, int]:
        """Return the ids of the purchases with these UUIDs, those that this command added among them."""
        found: Iterator[tuple[bytes, int]] = self._rows(
            "SELECT uuid, id FROM purchases WHERE uuid IN ({})", uuids
        )
        return dict(found)

    def taken_parts(self, uuids: Sequence[bytes]) -> dict[bytes, int]:
        """Return by UUID the purchases that covers and refunds with these UUIDs belong to."""
        query = "SELECT uuid, purchase_id FROM {table} WHERE uuid IN ({{}})"
        owners: Iterator[tuple[bytes, int]] = chain.from_iterable(
            self._rows(query.format(table=table), uuids) for table in ("covers", "refunds")
        )
        return dict(owners)

    def by_order(self, order_numbers: Sequence[str]) -> list[OrderLine]:
        """Return the lines of orders that were in the ledger before, in the order of their lines."""
        if self.is_empty or not order_numbers:
            return []
        if not self._has_orders:
            self._has_orders = True
            self._driver.execute(
                "CREATE TEMP TABLE known_orders AS SELECT id, order_number FROM purchases WHERE order_number <> ''"
            )
            self._driver.execute("CREATE INDEX temp.ix_known_orders ON known_orders (order_number)")
        rows = self._rows(
            """
            SELECT p.id, p.source, p.order_number, p.order_line, p.name_fold, p.price
            FROM temp.known_orders AS o JOIN purchases AS p ON p.id = o.id WHERE o.order_number IN ({})
            ORDER BY p.order_line, p.id
            """,
            order_numbers,
        )
        return [OrderLine(*row) for row in rows]

    def alike(self, keys: Iterable[Key]) -> list[Alike]:
        """Return the purchases that look like rows, by row and in the order in which they were entered."""
        if self.is_empty:
            return []
        if not self._has_keys:
            self._has_keys = True
            self._driver.execute(
                "CREATE TEMP TABLE sought (row INTEGER, day TEXT, price INTEGER, currency, name, shop INTEGER)"
            )
        self._driver.executemany("INSERT INTO temp.sought VALUES (?, ?, ?, ?, ?, ?)", keys)
        # The plus signs leave SQLite only the index on currency and price, which tells purchases apart best.
        rows = self._driver.execute(
            """
            SELECT s.row, p.id, p.order_number, p.order_line FROM temp.sought AS s
            CROSS JOIN purchases AS p ON p.currency = s.currency AND p.price = s.price
            AND +p.purchased_on = s.day AND +p.name_fold = s.name AND +p.retailer_id IS s.shop AND +p.id < ?
            ORDER BY s.row, p.id
            """,
            (self.first_new,),
        ).fetchall()
        self._driver.execute("DELETE FROM temp.sought")
        return [Alike(*row) for row in rows]

    def close(self) -> None:
        """Drop the temporary tables."""
        for name in ("known_orders", "sought"):
            self._driver.execute(f"DROP TABLE IF EXISTS temp.{name}")

    def _rows(self, query: str, values: Sequence[bytes] | Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Run a query for some values at a time; `{}` in it becomes as many marks."""
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            yield from self._driver.execute(query.format(", ".join("?" * len(part))), list(part))
