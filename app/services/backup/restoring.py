"""Puts a backup in the place of a ledger, and takes that back."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.attachments import FileState
from app.domain.backups import ARCHIVE_ENDING, LeftOut
from app.services.backup.creating import write_restore_point
from app.services.backup.opening import Source, opened_backup
from app.services.backup.progress import Bytes
from app.services.jobs import JobContext
from app.storage.attachments.store import UPLOADS, AttachmentStore
from app.storage.backup.inspection import check_identity, open_copy, troubles, unpack_database
from app.storage.backup.problems import NothingThere, Unfit
from app.storage.backup.snapshot import table_counts
from app.storage.backup.source import checked
from app.storage.backup.staged import flush_staged, write_unflushed
from app.storage.backup.swap import Staging
from app.storage.database import DATABASE_NAME, SCHEMA_VERSION, Database, driver
from app.storage.errors import (
    Damaged,
    EnvironmentProblem,
    ForeignDatabase,
    NewerSchema,
    NoLedger,
    file_problems,
)
from app.storage.lock import LOCK_NAME, LedgerLock
from app.storage.migrate import migrate

RESTORE_POINTS = "restore-points"
"""The folder inside the ledger's that keeps the state before each of the latest restores."""

POINTS_KEPT = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `rows` are those of each table now.

    `restore_point` is the backup of what was there before, or the folder with a copy of a database that could not be
    read; None where there was nothing. `copied` attachments came from the backup, the others were there already.
    """

    rows: dict[str, int]
    restore_point: Path | None
    created_at: datetime
    copied: int
    left_out: tuple[LeftOut, ...]


def restore(
    path: Path, ledger: Path, context: JobContext | None = None, passphrase: str | None = None
) -> Restored:
    """Put what a backup holds in the place of the ledger in a folder, which nobody may have open; all or nothing.

    Everything is verified and made ready beside the present ledger, that one is backed up, and only then are they
    swapped. Raises `Unfit`, `Locked`, `WrongPassphrase`, `EnvironmentProblem` and `Cancelled`; the ledger is then as
    it was.
    """
    job = context or JobContext()
    source_path = path.expanduser().absolute()
    with _held(ledger):
        staging = Staging(ledger)
        staging.recover()
        try:
            with opened_backup(source_path, passphrase, lambda _count: job.check(), ledger) as source:
                staging.begin()
                copied = _stage(source, staging, AttachmentStore(ledger / UPLOADS), job)
                manifest = source.manifest
            before = _keep_present(ledger, staging, job)
            job.check()
            staging.commit()
            rows = _rows(ledger)
        except BaseException:
            staging.abandon()
            raise
        staging.finish()
        _thin_out(ledger)
    return Restored(rows, before, manifest.created_at, copied, manifest.left_out)


def restore_points(ledger: Path) -> list[Path]:
    """Return the backups of what a ledger was before each of its latest restores, the newest first."""
    folder = ledger / RESTORE_POINTS
    if not folder.is_dir():
        return []
    with file_problems(folder):
        found = [path for path in folder.glob(f"*{ARCHIVE_ENDING}") if not path.name.startswith(".")]
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def undo_restore(ledger: Path, context: JobContext | None = None) -> Restored:
    """Put the ledger back to what it was before its latest restore. Doing it again puts the restore back.

    Raises `NothingThere` without a restore, and otherwise as `restore` does.
    """
    points = restore_points(ledger)
    if not points:
        raise NothingThere(f"No restore of the ledger in {ledger} can be undone: there is no restore point.")
    return restore(points[0], ledger, context)


@contextmanager
def _held(ledger: Path) -> Iterator[None]:
    """Hold a ledger's lock for the length of the block, making its folder first; one left empty goes again."""
    made = not ledger.exists()
    with file_problems(ledger):
        ledger.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = LedgerLock.acquire(ledger)
    try:
        yield
    finally:
        lock.release()
        if made and {entry.name for entry in ledger.iterdir()} <= {LOCK_NAME}:
            with file_problems(ledger):
                (ledger / LOCK_NAME).unlink(missing_ok=True)
                ledger.rmdir()


def _stage(source: Source, staging: Staging, store: AttachmentStore, job: JobContext) -> int:
    """Make the new ledger ready, and return how many attachments came from the backup."""
    told = Bytes(job, source.manifest.bytes * 2, "Reading the backup")
    unpack_database(source, staging.database, told)
    _inspect(source, staging, told)
    _bring_up_to_date(staging, source)
    copied = []
    for member in source.manifest.attachments:
        if store.verify(member.sha256, member.size, told) is not FileState.AVAILABLE:
            copied.append(staging.attachment(member.sha256))
            write_unflushed(copied[-1], checked(source, member), told)
    flush_staged(copied)
    return len(copied)


def _inspect(source: Source, staging: Staging, told: Bytes) -> None:
    connection = open_copy(staging.database)
    try:
        check_identity(connection, source.manifest, source.path)
        found = next(troubles(connection, source.manifest, told), None)
    finally:
        connection.close()
    if found is not None:
        raise Unfit(f"{source.path} cannot be restored. {found} Use another backup.")


def _bring_up_to_date(staging: Staging, source: Source) -> None:
    if source.manifest.schema >= SCHEMA_VERSION:
        return
    database = Database(staging.database)
    try:
        copy = migrate(database)
    finally:
        database.close()
    if copy is not None:
        with file_problems(copy):
            copy.unlink(missing_ok=True)


def _keep_present(ledger: Path, staging: Staging, job: JobContext) -> Path | None:
    """Back the present ledger up, and return where; one that cannot be read is copied as it is."""
    if not (ledger / DATABASE_NAME).is_file():
        return None
    folder = ledger / RESTORE_POINTS
    with file_problems(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        database = Database(ledger / DATABASE_NAME, read_only=True)
        try:
            return write_restore_point(database, folder, job)
        finally:
            database.close()
    except (Damaged, ForeignDatabase, NewerSchema, NoLedger) as problem:
        _log.info("the ledger that is replaced cannot be read: %s", type(problem).__name__)
        kept = folder / f"unreadable-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        staging.keep_old(kept)
        return kept


def _rows(ledger: Path) -> dict[str, int]:
    """Open the ledger that has come, and return the rows of each table."""
    database = Database(ledger / DATABASE_NAME, read_only=True)
    try:
        with database.reading() as connection:
            return table_counts(driver(connection))
    finally:
        database.close()


def _thin_out(ledger: Path) -> None:
    try:
        for path in restore_points(ledger)[POINTS_KEPT:]:
            path.unlink(missing_ok=True)
    except (OSError, EnvironmentProblem) as error:
        _log.warning("old restore points could not be removed: %s", type(error).__name__)
