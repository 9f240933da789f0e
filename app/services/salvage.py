"""Saves what can still be read of a ledger whose database is damaged."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.domain.problems import Refused
from app.services.jobs import JobContext
from app.storage.backup.swap import Staging
from app.storage.database import DATABASE_NAME, Database, create_database, driver
from app.storage.errors import NoLedger, file_problems
from app.storage.findings import Finding
from app.storage.lock import LedgerLock
from app.storage.salvage.aside import ROWS, KeptAside
from app.storage.salvage.loading import TableOutcome, load, roots_of
from app.storage.salvage.source import Source, Told

__all__ = ["Salvaged", "TableOutcome", "losses", "salvage", "summary"]

_MADE_WITH_EVERY_LEDGER = frozenset({"profile", "settings", "jobs", "categories"})


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a salvage did. `tables` are those that had rows, or may have had; `kept` is where the damaged files are."""

    tables: tuple[TableOutcome, ...]
    kept: Path

    @property
    def is_whole(self) -> bool:
        """Whether everything that was in the damaged database is in the new one, as far as can be known."""
        return all(table.is_whole for table in self.tables)

    @property
    def rows(self) -> int:
        """How many rows the new database has."""
        return sum(table.read for table in self.tables)


def salvage(ledger: Path, context: JobContext | None = None) -> Salvaged:
    """Put a new database, with all that can be read of the damaged one, in its place; nobody may have it open.

    The damaged files are kept aside, in a folder inside the ledger's, before they are replaced; the attached files
    stay where they are. Raises `Refused` when nothing can be read, `EnvironmentProblem` and `Cancelled`; the ledger
    is then as it was.
    """
    job = context or JobContext()
    if not (ledger / DATABASE_NAME).is_file():
        raise NoLedger(
            f"There is no {DATABASE_NAME} in {ledger}. Restore a backup there, or open another folder."
        )
    lock = LedgerLock.acquire(ledger)
    try:
        staging = Staging(ledger)
        staging.recover()
        kept = KeptAside(ledger, f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
        try:
            job.progress(0, None, "Keeping the damaged files")
            kept.copy(lambda _count: job.check())
            staging.begin()
            tables = _build(staging.database, kept, job)
            job.check()
            kept.keep()
            staging.commit()
            Database(ledger / DATABASE_NAME, read_only=True).close()
        except BaseException:
            staging.abandon()
            kept.discard()
            raise
        staging.finish()
        return Salvaged(tuple(table for table in tables if table.read or not table.is_whole), kept.folder)
    finally:
        lock.release()


def _build(target: Path, kept: KeptAside, job: JobContext) -> list[TableOutcome]:
    tables: list[TableOutcome] = []

    def told(done: int, total: int) -> None:
        job.progress(done, total, "Reading what can be read")

    def fill(connection: Connection) -> None:
        # Totals and the search index take a while too.
        with (
            job.interrupt.watching(driver(connection)),
            _source(kept.database, connection, told) as source,
            kept.rows.open("x", encoding="utf-8") as file,
        ):
            tables.extend(load(connection, source, lambda line: file.write(f"{line}\n")))

    with file_problems(kept.rows):
        create_database(target, fill)
        if not kept.rows.stat().st_size:
            kept.rows.unlink()
    if not any(table.read for table in tables if table.table not in _MADE_WITH_EVERY_LEDGER):
        raise Refused(
            f"Nothing can be read of the database in {target.parent.parent.parent}, so nothing was changed."
            " Restore a backup of this ledger."
        )
    return tables


@contextmanager
def _source(path: Path, connection: Connection, told: Told) -> Iterator[Source]:
    source = Source(path, roots_of(connection), told)
    try:
        yield source
    finally:
        source.close()


def summary(done: Salvaged) -> str:
    """Return in a sentence what a salvage did."""
    return f"{done.rows:,} rows were saved into a new database; the damaged files are kept in {done.kept}."


def losses(done: Salvaged) -> list[Finding]:
    """Return what could not be saved, as a check finds it."""
    repair = "Restore a backup that has them, if there is one."
    return [
        Finding(what, f"{table.table}, {done.kept.name}", repair)
        for table in done.tables
        for what in _lost_of(table)
    ]


def _lost_of(table: TableOutcome) -> Iterator[str]:
    name = table.table
    if table.lost is None:
        yield f"Rows of {name} could not be read, and nobody knows how many; {table.read:,} were."
    elif table.lost:
        yield f"{table.lost:,} of {table.lost + table.read + table.aside:,} rows of {name} could not be read."
    if table.aside:
        yield f"{table.aside:,} rows of {name} do not fit into the new database and were written to {ROWS}."
    if table.references:
        yield f"{table.references:,} rows of {name} let go of something that could not be read."
    if table.damaged:
        yield f"{table.damaged:,} values of {name} were damaged and are empty or marked now."
