"""Rehearses a restore: what is in a backup against what is in the ledger, table by table. Nothing is changed."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.backups import DATABASE
from app.services.backup.opening import opened_backup
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.backup.inspection import check_identity, unpacked_database, unreadable
from app.storage.backup.snapshot import table_counts
from app.storage.database import SCHEMA_VERSION, driver

NAMES_SHOWN = 5
_BETWEEN_CHECKS = 1000


@dataclass(frozen=True, slots=True)
class TableChange:
    """What a restore does to one table: rows now and after, and how many are removed, come back and are changed.

    The names are those of the first records of each sort, where records of the table have names.
    """

    table: str
    now: int
    after: int
    removed: int = 0
    comes_back: int = 0
    changed: int = 0
    removed_names: tuple[str, ...] = ()
    comes_back_names: tuple[str, ...] = ()
    changed_names: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the restore leaves the table as it is."""
        return not (self.removed or self.comes_back or self.changed)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a restore would do. `older_schema` tells that the backup is brought up to date on the way.

    `attachments_missing` are in the backup's database, but their bytes were missing when it was made.
    """

    path: Path
    created_at: datetime
    name: str
    tables: tuple[TableChange, ...]
    attachments: int
    attachments_missing: int
    bytes: int
    older_schema: bool

    @property
    def is_same(self) -> bool:
        """Whether the ledger holds just what the backup does."""
        return all(table.is_same for table in self.tables)


def rehearse(
    path: Path, ledger: Ledger | None, context: JobContext | None = None, passphrase: str | None = None
) -> Rehearsal:
    """Compare a backup with the ledger that it would replace; None stands for one that is not there or unreadable.

    Raises `Unfit`, `Locked`, `WrongPassphrase`, `EnvironmentProblem` and `Cancelled`.
    """
    job = context or JobContext()

    def told(_count: int) -> None:
        job.check()

    scratch = Path(tempfile.gettempdir())
    with (
        opened_backup(path, passphrase, told) as source,
        unpacked_database(source, scratch, told) as backup,
    ):
        manifest = source.manifest
        check_identity(backup, manifest, source.path)
        try:
            if ledger is None:
                tables = _compare(None, backup, job)
            else:
                tables = ledger.read(lambda reader: _compare(driver(reader), backup, job))
        except sqlite3.DatabaseError as error:
            raise unreadable(error, source.path) from error
        return Rehearsal(
            source.path,
            manifest.created_at,
            manifest.name,
            tables,
            sum(member.name != DATABASE for member in manifest.members),
            len(manifest.left_out),
            manifest.bytes,
            manifest.schema < SCHEMA_VERSION,
        )


def _compare(
    here: sqlite3.Connection | None, backup: sqlite3.Connection, job: JobContext
) -> tuple[TableChange, ...]:
    now = table_counts(here) if here is not None else {}
    after = table_counts(backup)
    found = []
    for number, table in enumerate(sorted(now | after)):
        job.progress(number, len(now | after), table)
        if here is None or table not in now or table not in after:
            count_now, count_after = now.get(table, 0), after.get(table, 0)
            found.append(TableChange(table, count_now, count_after, count_now, count_after))
        else:
            found.append(_compare_table(table, here, backup, job))
    return tuple(found)


@dataclass
class _Sort:
    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: Any) -> None:
        self.count += 1
        if name is not None and len(self.names) < NAMES_SHOWN:
            self.names.append(str(name))


def _compare_table(
    table: str, here: sqlite3.Connection, backup: sqlite3.Connection, job: JobContext
) -> TableChange:
    ours, theirs = _columns(here, table), _columns(backup, table)
    common = [column for column in ours if column in theirs]
    key = next(column for column in ("uuid", "key", "id", *common) if column in common)
    name = common.index("name") if "name" in common else None
    removed, returning, changed = _Sort(), _Sort(), _Sort()
    now = after = 0
    for number, (mine, other) in enumerate(
        _pairs(_rows(here, table, key, common), _rows(backup, table, key, common))
    ):
        if number % _BETWEEN_CHECKS == 0:
            job.check()
        now += mine is not None
        after += other is not None
        row = mine or other or ()
        shown = None if name is None else row[name + 1]
        if other is None:
            removed.add(shown)
        elif mine is None:
            returning.add(shown)
        elif mine != other:
            changed.add(shown)
    return TableChange(
        table,
        now,
        after,
        removed.count,
        returning.count,
        changed.count,
        tuple(removed.names),
        tuple(returning.names),
        tuple(changed.names),
    )


def _columns(connection: sqlite3.Connection, table: str) -> Mapping[str, int]:
    return {row[1]: row[0] for row in connection.execute(f'PRAGMA table_info("{table}")')}


_Row = tuple[Any, ...]


def _rows(connection: sqlite3.Connection, table: str, key: str, columns: Sequence[str]) -> Iterator[_Row]:
    listed = ", ".join(f'"{column}"' for column in (key, *columns))
    return iter(connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY "{key}"'))  # noqa: S608 - our names


def _pairs(ours: Iterator[_Row], theirs: Iterator[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Give the rows of two ordered sequences side by side, by their first value."""
    mine, other = next(ours, None), next(theirs, None)
    while mine is not None or other is not None:
        if other is None or (mine is not None and mine[0] < other[0]):
            yield mine, None
            mine = next(ours, None)
        elif mine is None or other[0] < mine[0]:
            yield None, other
            other = next(theirs, None)
        else:
            yield mine, other
            mine, other = next(ours, None), next(theirs, None)
