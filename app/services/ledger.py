"""An open ledger: the handle through which everything is read, changed and taken back."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from app.domain.problems import Refused
from app.domain.profile import Profile, check_profile
from app.domain.reminder_settings import ReminderSettings
from app.domain.warranties import Horizon
from app.services.changes import Area, Change, ChangeHub, Command
from app.services.jobs import JobRunner
from app.services.undo import Entry, UndoStack
from app.storage import derived, seeds
from app.storage import profile as stored_profile
from app.storage import settings as stored_settings
from app.storage.attachments import sweeping
from app.storage.attachments.copies import Copies
from app.storage.attachments.store import UPLOADS, AttachmentStore
from app.storage.backup.recovery import is_under_way, recover
from app.storage.database import DATABASE_NAME, SCHEMA_VERSION, Database, Interrupt, create_database
from app.storage.errors import (
    Damaged,
    DiskFailure,
    DiskFull,
    EnvironmentProblem,
    ForeignDatabase,
    Interrupted,
    LedgerExists,
    LedgerInUse,
    NewerSchema,
    NoLedger,
    NotWritable,
    file_problems,
)
from app.storage.files import private_folder
from app.storage.lock import LedgerLock
from app.storage.migrate import migrate
from app.storage.seal import SealKeeper
from app.storage.write import Step, Write, temporary_tables

__all__ = [
    "Damaged",
    "DiskFailure",
    "DiskFull",
    "EnvironmentProblem",
    "ForeignDatabase",
    "Interrupt",
    "Interrupted",
    "Ledger",
    "LedgerExists",
    "LedgerInUse",
    "NewerSchema",
    "NoLedger",
    "NotWritable",
    "Reader",
    "create_ledger",
    "is_ledger",
    "open_ledger",
]

_log = logging.getLogger(__name__)

T = TypeVar("T")
_LOOK_SECONDS = 0.2
REMINDERS_KEY = "reminders"
"""The setting that holds the owner's `ReminderSettings`."""
Reader = Connection
"""What a reading function is given; only `app.services` and `app.storage` look inside."""


class Ledger:
    """An open ledger. Every method may be called from any thread.

    Writes run one after another on a thread of their own; reads run where they are asked for, each on a
    consistent view of the data.
    """

    def __init__(self, path: Path, database: Database, lock: LedgerLock | None, seal: SealKeeper) -> None:
        self.path = path
        self.seal = seal
        self.hub = ChangeHub()
        self.jobs = JobRunner()
        self.store = AttachmentStore(path / UPLOADS)
        self.copies = Copies()
        self._database = database
        self._lock = lock
        self._undo = UndoStack()
        # Temporary tables that no undo needs any more; the next transaction drops them.
        self._stale: list[str] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._state_lock = threading.Lock()
        self._closed = False
        self._profile = self.read(stored_profile.read)
        self._reminders = self.read(_read_reminders)
        self._sweep()

    @property
    def read_only(self) -> bool:
        """Whether the ledger was opened for reading only."""
        return self._database.read_only

    @property
    def profile(self) -> Profile:
        """The ledger's owner, as last saved."""
        return self._profile

    @property
    def reminders(self) -> ReminderSettings:
        """When the owner wants to be reminded, as last saved; also what counts as ending soon."""
        return self._reminders

    @property
    def undo_label(self) -> str | None:
        """The name of the change that can be taken back, or None."""
        return self._undo.undo_label

    @property
    def redo_label(self) -> str | None:
        """The name of the change that can be done again, or None."""
        return self._undo.redo_label

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the present day in the profile's timezone."""
        return self._profile.day_of(self.now())

    def horizon(self) -> Horizon:
        """Return the present day and how many days ahead of its end a warranty counts as expiring."""
        return Horizon(self.today(), self._reminders.window)

    def read(self, query: Callable[[Reader], T], interrupt: Interrupt | None = None) -> T:
        """Run a reading function on this thread. Raises `EnvironmentProblem`, and `Interrupted` when cancelled."""
        with self._database.reading(interrupt) as connection:
            return query(connection)

    def submit(self, command: Command, interrupt: Interrupt | None = None) -> "Future[Change]":
        """Run a command on the writer's thread. The future gives its `Change` once that is on the disk.

        It raises `Refused` or `EnvironmentProblem` when nothing was changed, and `Interrupted` when cancelled.
        """
        return self._writer.submit(self._perform, command, interrupt)

    def run(self, command: Command, interrupt: Interrupt | None = None) -> Change:
        """Run a command and wait for it. A Ctrl+C while waiting rolls it back, unless it was done already."""
        stop = interrupt or Interrupt()
        future: Future[Change] | None = None
        try:
            future = self.submit(command, stop)
            # A wait without an end is not woken by a Ctrl+C on every platform, nor by one that comes as it begins.
            while not future.done():
                wait([future], timeout=_LOOK_SECONDS)
            return future.result()
        except KeyboardInterrupt:
            stop.cancel()
            if future is not None and future.exception() is None:
                return future.result()
            raise

    def undo(self) -> "Future[Change | None]":
        """Take back the last change; gives None when there is nothing to take back."""
        return self._writer.submit(self._take_back, "undo")

    def redo(self) -> "Future[Change | None]":
        """Do the last undone change again; gives None when there is none."""
        return self._writer.submit(self._take_back, "redo")

    def close(self) -> None:
        """Finish what is being written, cancel jobs, and let go of the folder."""
        with self._state_lock:
            if self._closed:
                return
            self._closed = True
        self.jobs.close()
        self._writer.shutdown(wait=True)
        try:
            self._sweep()
            self.copies.close()
        finally:
            self._database.close()
            self.seal.close(sealing=not self.read_only)
            if self._lock is not None:
                self._lock.release()

    def _sweep(self) -> None:
        """Free the bytes of files that nothing refers to, while there is nothing that an undo could bring back."""
        if self.read_only:
            return
        try:
            gone = sweeping.sweep(self._database, self.store)
        except EnvironmentProblem as problem:
            _log.warning("files that nothing refers to stay for now: %s", type(problem).__name__)
            return
        if gone:
            from app.services.attachments.cache import forget_previews

            forget_previews(gone)

    def _perform(self, command: Command, interrupt: Interrupt | None) -> Change:
        with self._database.writing(interrupt) as connection:
            write = Write(connection, self.now())
            write.forget(self._stale)
            result = command.run(write)
            steps = tuple(write.steps)
            derived.refresh(write, steps)
            write.finish()
        label = command.label_of(result) if command.label_of else command.label
        told = command.result_of(result) if command.result_of else result
        undoable = command.undoable and bool(steps)
        if undoable:
            self._stale = self._undo.pushed(Entry(label, steps, _ids(write)))
        else:
            self._stale = temporary_tables(steps)
        return self._announce(Change(label, frozenset(write.areas), _ids(write), told, undoable))

    def _take_back(self, kind: str) -> Change | None:
        entry = self._undo.last_done() if kind == "undo" else self._undo.last_undone()
        if entry is None:
            return None
        with self._database.writing() as connection:
            write = Write(connection, self.now())
            write.forget(self._stale)
            write.take_back(entry.steps)
            steps: tuple[Step, ...] = tuple(write.steps)
            derived.refresh(write, steps)
            write.finish()
        inverse = replace(entry, steps=steps)
        self._stale = self._undo.undone(inverse) if kind == "undo" else self._undo.redone(inverse)
        areas = frozenset(write.areas | entry.ids.keys())
        return self._announce(Change(entry.label, areas, entry.ids, None, True, kind))

    def _announce(self, change: Change) -> Change:
        if Area.PROFILE in change.areas:
            self._profile = self.read(stored_profile.read)
        if Area.SETTINGS in change.areas:
            self._reminders = self.read(_read_reminders)
        self.hub.publish(change)
        return change


def _read_reminders(reader: Reader) -> ReminderSettings:
    return ReminderSettings.from_json(stored_settings.read(reader, REMINDERS_KEY))


def _ids(write: Write) -> dict[Area, frozenset[int] | None]:
    return {area: None if ids is None else frozenset(ids) for area, ids in write.ids.items()}


def is_ledger(path: Path) -> bool:
    """Tell whether a folder holds a ledger."""
    return (path / DATABASE_NAME).is_file() or is_under_way(path)


def begin_write(connection: Reader) -> Write:
    """Return what a transaction that was just begun changes the ledger through."""
    return Write(connection, datetime.now(UTC))


def create_ledger(
    path: Path,
    profile: Profile,
    fill: Callable[[Write], None] | None = None,
    begin: Callable[[Reader], Write] = begin_write,
) -> None:
    """Make a ledger in a folder, whole or not at all: its profile, a starter set of names, and what `fill` adds.

    `begin` says when the records count as made and how they are identified. Raises `Refused` for a profile that
    cannot be, `LedgerExists`, other `EnvironmentProblem`s, and whatever `fill` raises.
    """
    problems = check_profile(profile)
    if problems:
        raise Refused(problems)
    if is_ledger(path):
        raise LedgerExists(f"There is a ledger in {path} already. Open it, or choose another folder.")

    def plant(connection: Reader) -> None:
        write = begin(connection)
        stored_profile.save(write, profile)
        seeds.plant(write)
        if fill is not None:
            fill(write)
        derived.refresh(write, write.steps)

    with file_problems(path), private_folder(path):
        create_database(path / DATABASE_NAME, plant)
    SealKeeper(path / DATABASE_NAME).close(sealing=True)


def open_ledger(path: Path, *, read_only: bool = False) -> Ledger:
    """Open the ledger in a folder, bringing an older one up to date.

    A ledger opened for writing is locked against other programs; one that is only read is so while it is brought up
    to date. Raises `EnvironmentProblem`.
    """
    recover(path)
    if not is_ledger(path):
        raise NoLedger(f"There is no ledger in {path}. Make one with “new”, “demo” or “import” first.")
    if read_only and _is_older(path):
        open_ledger(path).close()
    lock = None if read_only else LedgerLock.acquire(path)
    try:
        seal = SealKeeper(path / DATABASE_NAME)
        database = Database(path / DATABASE_NAME, read_only=read_only, before_change=seal.break_seal)
        if not read_only:
            migrate(database)
        return Ledger(path, database, lock, seal)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _is_older(path: Path) -> bool:
    database = Database(path / DATABASE_NAME, read_only=True)
    database.close()
    return database.schema_version < SCHEMA_VERSION
