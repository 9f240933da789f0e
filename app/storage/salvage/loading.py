"""Puts the rows of a damaged database into a new one, sets aside what does not fit there, and counts both."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.profile import Profile
from app.storage import check
from app.storage import profile as stored_profile
from app.storage.database import driver
from app.storage.errors import Unreadable
from app.storage.salvage.records import Damage, Leaf, Row
from app.storage.salvage.shapes import Shape
from app.storage.salvage.source import Part, Source
from app.storage.tables import metadata
from app.storage.write import Write

_BATCH = 500
_BROKEN_AT_ONCE = 5000
_DOUBLE = "another row has the same number, identifier or name"
_WRONG = "a value that it cannot be without is wrong"
_ALONE = "what it belongs to could not be read"
_UNSHOWN = "no page could show it"

Aside = Callable[[str], object]
"""Takes a row that was set aside, as a line of JSON."""


@dataclass
class TableOutcome:
    """What became of one table.

    `read` rows are in the new database, `aside` were read and do not fit there, `lost` could not be read, None where
    nobody knows how many. Of those that were read, `references` let go of something that is not there any more, and
    `damaged` values were left out or have marks where text was broken.
    """

    table: str
    read: int = 0
    aside: int = 0
    lost: int | None = 0
    references: int = 0
    damaged: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that was in the table is in the new database as it was."""
        return self.lost == 0 and not (self.aside or self.references or self.damaged)


@dataclass
class _Loading:
    connection: sqlite3.Connection
    aside: Aside
    outcomes: dict[str, TableOutcome]
    seen: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    _waiting: list[tuple[Row, tuple[Any, ...]]] = field(default_factory=list)
    _shape: Shape | None = None

    def take(self, shape: Shape, leaf: Leaf) -> None:
        """Take the rows of a page in."""
        if self._shape is not shape:
            self.flush()
            self._shape = shape
        outcome = self.outcomes[shape.name]
        self.seen[shape.name] = self.seen.get(shape.name, 0) + len(leaf.rows)
        self.broken[shape.name] = self.broken.get(shape.name, 0) + leaf.broken
        for row in leaf.rows:
            taken = shape.take(row)
            if taken is None:
                self.set_aside(shape.name, row.rowid, row.values, _WRONG)
            else:
                outcome.damaged += taken.damaged
                self._waiting.append((row, taken.values))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Store the rows that wait: together, or one by one where they get in each other's way."""
        shape, waiting, self._waiting = self._shape, self._waiting, []
        if shape is None or not waiting:
            return
        marks = ", ".join("?" * len(shape.columns))
        insert = f"INSERT INTO {shape.name} ({', '.join(shape.columns)}) VALUES ({marks})"
        outcome = self.outcomes[shape.name]
        self.connection.execute("SAVEPOINT batch")
        try:
            self.connection.executemany(insert, (values for _, values in waiting))
            outcome.read += len(waiting)
        except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError):
            self.connection.execute("ROLLBACK TO batch")
            for row, values in waiting:
                try:
                    self.connection.execute(insert, values)
                    outcome.read += 1
                except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError):
                    self.set_aside(shape.name, row.rowid, row.values, _DOUBLE)
        self.connection.execute("RELEASE batch")

    def set_aside(self, table: str, rowid: int, values: Iterable[Any], why: str) -> None:
        """Write a row down that the new database cannot have."""
        self.outcomes[table].aside += 1
        line = {"table": table, "row": rowid, "why": why, "values": [_plain(value) for value in values]}
        self.aside(json.dumps(line, ensure_ascii=False))

    def remove(self, table: str, id: int, why: str) -> None:
        """Set a row aside that was stored already."""
        found = self.connection.execute(f"SELECT * FROM {table} WHERE rowid = ?", (id,)).fetchone()
        if found is not None:
            self.connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (id,))
            self.outcomes[table].read -= 1
            self.set_aside(table, id, found, why)


def load(connection: Connection, source: Source, aside: Aside) -> list[TableOutcome]:
    """Fill a new, empty database with what can be read of a damaged one, and return what became of each table.

    The profile is made anew where it is lost. Raises what `source` and `aside` raise.
    """
    raw = driver(connection)
    # Rows come in any order; what is still missing in the end is let go of below.
    raw.execute("PRAGMA defer_foreign_keys=ON")
    outcomes = {table.name: TableOutcome(table.name) for table in metadata.sorted_tables}
    loading = _Loading(raw, aside, outcomes)
    for shape, leaf in source.rows():
        loading.take(shape, leaf)
    loading.flush()
    _count_lost(source.parts, loading)
    _mend_references(loading)
    _drop_unshown(connection, loading)
    _keep_bytes(raw)
    _bring_up_to_date(connection, outcomes)
    return list(outcomes.values())


def roots_of(connection: Connection) -> dict[str, int]:
    """Return at which page each table of a database begins."""
    rows = connection.exec_driver_sql("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
    return {row[0]: row[1] for row in rows}


def _count_lost(parts: Mapping[str, Part], loading: _Loading) -> None:
    """Work out how many rows were not read: an index still knows how many there were."""
    for name, part in parts.items():
        seen, broken = loading.seen.get(name, 0), loading.broken.get(name, 0)
        if part.entries is not None:
            lost: int | None = max(part.entries - seen, broken)
        else:
            lost = None if part.gaps else broken
        loading.outcomes[name].lost = lost


def _mend_references(loading: _Loading) -> None:
    """Let go of references to what is not there; a row that is nothing without it is set aside."""
    raw = loading.connection
    optional = {
        (table.name, key.parent.name): key.ondelete == "SET NULL" or table.name == "attachments"
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.parent.nullable
    }
    while found := raw.execute("PRAGMA foreign_key_check").fetchmany(_BROKEN_AT_ONCE):
        for table, rowid, _parent, number in found:
            column = raw.execute(
                'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, number)
            ).fetchone()[0]
            if optional.get((table, column)):
                raw.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))
                loading.outcomes[table].references += 1
            else:
                loading.remove(table, rowid, _ALONE)
    owners = "purchase_id IS NULL AND cover_id IS NULL AND claim_id IS NULL AND debt_id IS NULL"
    for (id,) in raw.execute(f"SELECT id FROM attachments WHERE {owners}").fetchall():
        loading.remove("attachments", id, _ALONE)


def _drop_unshown(connection: Connection, loading: _Loading) -> None:
    for table, read in check.RECORDS:
        for (id,) in loading.connection.execute(f"SELECT id FROM {table}").fetchall():
            try:
                read(connection, id)
            except Unreadable:
                loading.remove(table, id, _UNSHOWN)


def _keep_bytes(raw: sqlite3.Connection) -> None:
    """Forget contents that no record refers to: the bytes then stay, as those that the ledger does not know.

    Opening a ledger frees the bytes of contents that are known and not referred to, and here the reference may be
    among what was lost.
    """
    raw.execute("DELETE FROM files WHERE id NOT IN (SELECT file_id FROM attachments)")


def _bring_up_to_date(connection: Connection, outcomes: Mapping[str, TableOutcome]) -> None:
    write = Write(connection, datetime.now(UTC))
    raw = driver(connection)
    if not outcomes["profile"].read:
        row = raw.execute(
            "SELECT currency FROM purchases GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        stored_profile.save(write, Profile(currency=row[0] if row else "EUR"))
        outcomes["profile"].lost = 1
    else:
        raw.execute("DELETE FROM profile WHERE id > (SELECT min(id) FROM profile)")
    check.repair(write)
    write.finish()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return None if value is Damage.GONE else value
