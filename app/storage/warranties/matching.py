"""Which purchases and covers of the ledger the rows of a file mean."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from app.domain.text import fold, name_key
from app.storage.database import driver
from app.storage.tables import covers
from app.storage.write import Write

Key = tuple[int, str, str, str | None, str]
"""What two covers have in common that are taken for the same: purchase, kind, start, end, provider."""

_AT_ONCE = 500


class Meant(NamedTuple):
    """A purchase that a row may mean."""

    id: int
    purchased_on: date
    name: str


def purchase_by_uuid(connection: Connection, uuid: UUID) -> Meant | None:
    """Return the purchase with a UUID, or None without such a one."""
    query = "SELECT id, purchased_on, name FROM purchases WHERE uuid = ?"
    return next(_meant(connection, query, uuid.bytes), None)


def purchases_named(connection: Connection, name: str) -> list[Meant]:
    """Return the purchases of a product, whatever the case and accents of its name."""
    query = "SELECT id, purchased_on, name FROM purchases WHERE name_fold = ? ORDER BY id"
    return list(_meant(connection, query, fold(name)))


def _meant(connection: Connection, query: str, value: bytes | str) -> Iterator[Meant]:
    for id, day, name in driver(connection).execute(query, (value,)):
        yield Meant(id, date.fromisoformat(day), name)


def cover_key(purchase_id: int, kind: str, starts_on: str, ends_on: str | None, provider: str) -> Key:
    """Return what a cover is told apart by."""
    return purchase_id, fold(kind), starts_on, ends_on, name_key(provider)


class CoverMatcher:
    """Looks for covers and claims by what the rows of a file say of them, many in one statement."""

    def __init__(self, write: Write) -> None:
        self._driver = driver(write.connection)
        self.first_new = write.next_id(covers)

    def by_uuid(self, uuids: Sequence[bytes]) -> dict[bytes, tuple[int, int]]:
        """Return id and purchase of the covers with these UUIDs, those that this command added among them."""
        query = "SELECT uuid, id, purchase_id FROM covers WHERE uuid IN ({})"
        return {uuid: (id, purchase_id) for uuid, id, purchase_id in self._rows(query, uuids)}

    def of_purchases(self, purchase_ids: Sequence[int]) -> list[tuple[int, Key]]:
        """Return id and key of the covers that purchases had before, in the order in which they were entered."""
        query = (
            "SELECT id, purchase_id, kind, starts_on, ends_on, provider FROM covers WHERE purchase_id IN ({})"
        )
        found = [(id, cover_key(*told)) for id, *told in self._rows(query, purchase_ids)]
        return sorted((row for row in found if row[0] < self.first_new), key=lambda row: row[0])

    def taken_claims(self, uuids: Sequence[bytes]) -> set[bytes]:
        """Return those of the UUIDs that claims have."""
        return {uuid for (uuid,) in self._rows("SELECT uuid FROM claims WHERE uuid IN ({})", uuids)}

    def _rows(self, query: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Run a query for some values at a time; `{}` in it becomes as many marks."""
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            yield from self._driver.execute(query.format(", ".join("?" * len(part))), list(part))
