"""The ledger's SQLite file: one connection that writes, a few that read, and how both are set up."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from app.domain.text import fold
from app.storage.errors import (
    Damaged,
    ForeignDatabase,
    Interrupted,
    NewerSchema,
    NoLedger,
    database_problems,
    file_problems,
)
from app.storage.files import sync_folder

APPLICATION_ID = 0x43464F49
"""Marks our databases ("CFOI"), so that `file` and the program itself tell them from others."""

SCHEMA_VERSION = 4
"""The `user_version` of a database that has every revision in `migrations/versions`."""

DATABASE_NAME = "counterfoil.db"
READERS = 4
_BUSY_MILLISECONDS = 5000
_SMALLEST_DATABASE = 512
_BEGIN = "BEGIN IMMEDIATE"
_WENT_WELL = (sqlite3.SQLITE_OK, sqlite3.SQLITE_ROW, sqlite3.SQLITE_DONE)
_STEPS_BETWEEN_LOOKS = 100_000
"""How many instructions of SQLite, a few milliseconds of work, lie between two looks at whether to go on."""


class Interrupt:
    """Stops the query that was started with it, from any thread; later ones with it are not even begun."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: sqlite3.Connection | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Stop the query, which then raises `Interrupted` where it runs."""
        with self._lock:
            self.cancelled = True
            if self._running is not None:
                self._running.interrupt()

    @contextmanager
    def watching(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let `cancel` reach what runs on the connection inside the block, or else make it raise at its end."""
        with self._lock:
            if self.cancelled:
                raise Interrupted
            self._running = connection
        # `interrupt` reaches only a statement that runs at that instant; this reaches those that follow it too.
        connection.set_progress_handler(lambda: self.cancelled, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)
            with self._lock:
                self._running = None
        if self.cancelled:
            raise Interrupted


class Database:
    """An open database file. Reads may come from any thread, writes from one at a time.

    `before_change` is called before every transaction that may change the file.
    """

    def __init__(
        self, path: Path, *, read_only: bool = False, before_change: Callable[[], None] | None = None
    ) -> None:
        self.path = path
        self._before_change = before_change
        self.read_only = read_only
        if not path.is_file():
            raise NoLedger(
                f"There is no ledger in {path.parent}. Make one with “new”, “demo” or “import” first."
            )
        self._reading = _reading_engine(path)
        self._writing = None if read_only else _writing_engine(path)
        try:
            with database_problems(path):
                self._check_identity()
        except BaseException:
            self.close()
            raise

    def _check_identity(self) -> None:
        if self.path.stat().st_size < _SMALLEST_DATABASE:
            raise Damaged(f"{self.path} is empty or cut short. Restore a backup of this ledger.")
        # Through a reader: a database of another program must not even be switched to our journal.
        with self._reading.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            self.schema_version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if application != APPLICATION_ID:
            raise ForeignDatabase(f"{self.path} is a database of another program. Open another folder.")
        if self.schema_version > SCHEMA_VERSION:
            raise NewerSchema(
                f"{self.path} was written by a newer Counterfoil (schema {self.schema_version}, this one knows "
                f"{SCHEMA_VERSION}). Install the newer program to open it."
            )

    @contextmanager
    def reading(self, interrupt: Interrupt | None = None) -> Iterator[Connection]:
        """Give a connection with a consistent view of the data for the length of the block.

        Raises `EnvironmentProblem`, and `Interrupted` when `interrupt` was cancelled meanwhile.
        """
        with database_problems(self.path), self._reading.connect() as connection, connection.begin():
            if interrupt is None:
                yield connection
            else:
                with interrupt.watching(driver(connection)):
                    yield connection

    @contextmanager
    def writing(self, interrupt: Interrupt | None = None) -> Iterator[Connection]:
        """Give the writing connection inside one transaction, committed when the block ends well.

        Raises `EnvironmentProblem` when the machine is in the way; then nothing was changed, unless its
        sentence says otherwise.
        """
        if self._writing is None:
            raise RuntimeError("the ledger was opened for reading only")
        if self._before_change is not None:
            self._before_change()
        with database_problems(self.path), self._writing.begin() as connection:
            if interrupt is None:
                yield connection
            else:
                with interrupt.watching(driver(connection)):
                    yield connection

    def close(self) -> None:
        """Close every connection; the writer last, since the last one out moves the log into the file."""
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection behind an SQLAlchemy one, for what only the driver can do."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("the ledger is an SQLite database")
    return raw


def _reading_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        _set(connection, busy_timeout=_BUSY_MILLISECONDS, foreign_keys=1, query_only=1, cache_size=-8192)
        connection.create_function("fold", 1, _fold_or_none, deterministic=True)
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=READERS, max_overflow=8
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _writing_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        _set(
            connection,
            busy_timeout=_BUSY_MILLISECONDS,
            foreign_keys=1,
            journal_mode="WAL",
            synchronous="FULL",
            cache_size=-32768,
            trusted_schema=0,
        )
        connection.create_function("fold", 1, _fold_or_none, deterministic=True)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    # The driver begins nothing by itself, so that DDL is inside the transaction too and goes with a rollback.
    event.listen(engine, "begin", _begin_writing)
    return engine


def _begin_writing(connection: Connection) -> None:
    """Begin a transaction that writes.

    On a busy machine the first statement after an interrupted one was seen to fail, twice in some thousand runs, with
    the code of a statement that went well. Whether it began a transaction is asked then, and if not, it is told again.
    """
    try:
        connection.exec_driver_sql(_BEGIN)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", None) not in _WENT_WELL:
            raise
        if not driver(connection).in_transaction:
            connection.exec_driver_sql(_BEGIN)


def _set(connection: sqlite3.Connection, **pragmas: Any) -> None:
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}")


def _fold_or_none(text: str | None) -> str | None:
    return None if text is None else fold(text)


def create_database(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make a database file with the present schema and what `fill` puts into it, whole or not at all.

    Raises `EnvironmentProblem`.
    """
    from app.storage.migrate import bring_up

    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with file_problems(path), database_problems(path):
        try:
            beside.touch(mode=0o600)
            engine = _writing_engine(beside)
            try:
                with engine.begin() as connection:
                    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                    bring_up(connection)
                    fill(connection)
            finally:
                engine.dispose()
            beside.replace(path)
            sync_folder(path.parent)
        finally:
            for rest in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
                rest.unlink(missing_ok=True)
