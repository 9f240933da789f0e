"""The database file: how it is set up, what is refused, and that nothing foreign is touched."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.domain.profile import Profile
from app.services.ledger import create_ledger
from app.storage.database import (
    APPLICATION_ID,
    DATABASE_NAME,
    SCHEMA_VERSION,
    Database,
    Interrupt,
    _begin_writing,
    create_database,
    driver,
)
from app.storage.errors import (
    Damaged,
    EnvironmentProblem,
    ForeignDatabase,
    Interrupted,
    NewerSchema,
    NoLedger,
)

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12) SELECT count(*) FROM n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_ledger(tmp_path / "ledger", Profile())
    return tmp_path / "ledger" / DATABASE_NAME


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path)
    yield opened
    opened.close()


def pragma(connection: Connection, name: str) -> Any:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_writer_is_set_up_to_lose_nothing(database: Database) -> None:
    with database.writing() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") >= 1000
        assert pragma(connection, "application_id") == APPLICATION_ID == int.from_bytes(b"CFOI")
        assert pragma(connection, "user_version") == SCHEMA_VERSION


def test_readers_cannot_write(database: Database) -> None:
    with database.reading() as connection:
        assert pragma(connection, "query_only") == 1
        with pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM categories")


def test_a_reader_sees_one_state_while_the_writer_commits(database: Database) -> None:
    count = "SELECT count(*) FROM categories"
    with database.reading() as reader:
        before = reader.exec_driver_sql(count).scalar_one()
        with database.writing() as writer:
            writer.exec_driver_sql("DELETE FROM categories")
        assert reader.exec_driver_sql(count).scalar_one() == before
    with database.reading() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 0


def test_changes_of_the_schema_go_with_a_rollback(database: Database) -> None:
    def tables(connection: Connection) -> list[Any]:
        return connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()

    with database.reading() as reader:
        before = tables(reader)

    def change(writer: Connection) -> None:
        writer.exec_driver_sql("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
        writer.exec_driver_sql("ALTER TABLE tags ADD COLUMN colour TEXT")
        writer.exec_driver_sql("CREATE TEMP TABLE passing (id INTEGER)")
        writer.exec_driver_sql("PRAGMA user_version = 99")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.writing() as writer:
        change(writer)
    with database.writing() as writer:
        assert tables(writer) == before
        assert pragma(writer, "user_version") == SCHEMA_VERSION
        assert writer.exec_driver_sql("SELECT count(*) FROM sqlite_temp_master").scalar_one() == 0


def test_only_the_owner_may_look(path: Path) -> None:
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    opened = Database(path)
    try:
        with opened.writing() as connection:
            connection.exec_driver_sql("DELETE FROM tags")
        found = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    finally:
        opened.close()
    assert f"{DATABASE_NAME}-wal" in found
    assert set(found.values()) == {0o600}


def test_a_loose_umask_changes_nothing(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        create_ledger(tmp_path / "ledger", Profile())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in (tmp_path / "ledger").iterdir()} == {0o600}


def test_the_log_is_gone_after_a_clean_close(path: Path) -> None:
    opened = Database(path)
    with opened.writing() as connection:
        connection.exec_driver_sql("DELETE FROM tags")
    opened.close()
    assert [entry.name for entry in path.parent.iterdir() if "-" in entry.name] == []


def test_a_folder_without_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="There is no ledger in"):
        Database(tmp_path / DATABASE_NAME)


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE places (url TEXT); PRAGMA application_id = 7;")
    other.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ForeignDatabase, match="another program"):
            Database(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [DATABASE_NAME]


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match="Install the newer program"):
        Database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "garbage",
    [b"", b"x", b"not a database at all" * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 8192],
)
def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / DATABASE_NAME
    path.write_bytes(garbage)
    for read_only in (False, True):
        with pytest.raises((Damaged, ForeignDatabase), match=r"\.$"):
            Database(path, read_only=read_only)
    assert path.read_bytes() == garbage


def test_a_folder_in_place_of_the_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).mkdir()
    with pytest.raises(EnvironmentProblem):
        Database(tmp_path / DATABASE_NAME)


def test_a_ledger_that_cannot_be_filled_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME

    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_database(path, fail)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_stops_the_query_that_runs(database: Database) -> None:
    interrupt = Interrupt()
    running = threading.Event()

    def stop() -> None:
        running.wait(10)
        interrupt.cancel()

    thread = threading.Thread(target=stop)
    thread.start()

    def read(connection: Connection) -> None:
        driver(connection).create_function("running", 0, lambda: running.set() or 1)
        connection.exec_driver_sql(SLOW.replace("SELECT 1 ", "SELECT running() "))

    with pytest.raises(Interrupted), database.reading(interrupt) as connection:
        read(connection)
    thread.join()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1


def test_a_query_cancelled_before_it_began_is_not_begun(database: Database) -> None:
    interrupt = Interrupt()
    interrupt.cancel()
    with pytest.raises(Interrupted), database.reading(interrupt):
        pytest.fail("it was begun")


def test_what_was_cancelled_between_two_statements_is_rolled_back(database: Database) -> None:
    interrupt = Interrupt()

    def change(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM categories")
        interrupt.cancel()

    with pytest.raises(Interrupted), database.writing(interrupt) as connection:
        change(connection)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM categories").scalar_one() > 0


class Told:
    """A connection that fails to begin once, with a code, before or after it began in fact."""

    def __init__(self, raw: sqlite3.Connection, code: int, *, begins: bool) -> None:
        self.connection = SimpleNamespace(driver_connection=raw)
        self._raw, self._code, self._begins = raw, code, begins
        self.told: list[str] = []

    def exec_driver_sql(self, statement: str) -> None:
        self.told.append(statement)
        if len(self.told) > 1 or self._begins:
            self._raw.execute(statement)
        if len(self.told) == 1:
            error = sqlite3.DatabaseError("no more rows available")
            error.sqlite_errorcode = self._code
            raise DatabaseError(statement, (), error)


@pytest.mark.parametrize(("begins", "times"), [(False, 2), (True, 1)])
def test_a_begin_that_fails_with_the_code_of_success_is_looked_into(begins: bool, times: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        connection = Told(raw, sqlite3.SQLITE_DONE, begins=begins)
        _begin_writing(connection)  # type: ignore[arg-type]
        assert raw.in_transaction
        assert connection.told == ["BEGIN IMMEDIATE"] * times


def test_a_begin_that_fails_for_a_reason_fails() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        connection = Told(raw, sqlite3.SQLITE_BUSY, begins=False)
        with pytest.raises(DatabaseError):
            _begin_writing(connection)  # type: ignore[arg-type]
        assert connection.told == ["BEGIN IMMEDIATE"]
