"""Looks into the database of a backup without ever changing it: integrity, references, schema, rows."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.domain.backups import DATABASE, Manifest
from app.storage.backup.problems import Unfit
from app.storage.backup.snapshot import Told, table_counts
from app.storage.backup.source import BackupSource, checked
from app.storage.backup.staged import write_staged
from app.storage.database import APPLICATION_ID, SCHEMA_VERSION
from app.storage.errors import Damaged, EnvironmentProblem, database_problems, file_problems, from_sqlite

_STEPS = 100_000
_CACHE_KIB = 65_536
_FOUND = 20
_OWN_KINDS = ("table", "index")


@contextmanager
def unpacked_database(source: BackupSource, folder: Path, told: Told) -> Iterator[sqlite3.Connection]:
    """Unpack a backup's database into a folder for the length of the block, and open it for reading.

    Where the platform can, the copy has no name. Raises `Unfit` and `EnvironmentProblem`.
    """
    with file_problems(folder), tempfile.TemporaryDirectory(prefix=".counterfoil-", dir=folder) as private:
        place = Path(private) / DATABASE
        with place.open("wb") as file:
            for block in checked(source, source.manifest.database):
                file.write(block)
                told(len(block))
        with closing(open_copy(place)) as connection:
            if os.name != "nt":
                place.unlink()
            yield connection


def unpack_database(source: BackupSource, place: Path, told: Told) -> None:
    """Write a backup's database to a file and flush it to the disk. Raises `Unfit` and `EnvironmentProblem`."""
    with file_problems(place):
        place.unlink(missing_ok=True)
    write_staged(place, checked(source, source.manifest.database), told)


def open_copy(place: Path) -> sqlite3.Connection:
    """Open a database that nothing else uses, for reading; nothing is made beside it."""
    with database_problems(place):
        return _opened(place)


def _opened(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{place.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA trusted_schema=0")
    connection.execute("PRAGMA cell_size_check=1")
    # Looking up each row in each index is much quicker when the pages of a table are not read again and again.
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    return connection


def check_identity(connection: sqlite3.Connection, manifest: Manifest, path: Path) -> None:
    """Raise `Unfit` for a database that is not one of ours, or of a newer program."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        kinds = {kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise unreadable(error, path) from error
    if application != APPLICATION_ID:
        raise Unfit(
            f"{path} is refused: its database is one of another program. Choose a Counterfoil backup."
        )
    check_schema(schema, path)
    if schema != manifest.schema:
        raise Unfit(
            f"{path} is refused: its database has another schema than its list says. Use another backup."
        )
    for kind in sorted(kinds - set(_OWN_KINDS)):
        raise Unfit(f"{path} is refused: its database has a {kind}, which no Counterfoil database has.")


def unreadable(error: sqlite3.DatabaseError, path: Path) -> Exception:
    """Return what is said of a backup's database that cannot be read: a failing disk, or damage."""
    found = from_sqlite(error, path)
    if isinstance(found, EnvironmentProblem) and not isinstance(found, Damaged):
        return found
    return Unfit(f"{path} is damaged: its database cannot be read. Use another backup.")


def check_schema(schema: int, path: Path) -> None:
    """Raise `Unfit` when a backup was made by a newer program."""
    if schema > SCHEMA_VERSION:
        raise Unfit(
            f"{path} was made by a newer Counterfoil (schema {schema}, this one knows {SCHEMA_VERSION})."
            " Install the newer program to use it."
        )


def troubles(connection: sqlite3.Connection, manifest: Manifest, told: Told) -> Iterator[str]:
    """Give in words what is wrong inside a backup's database."""
    stopped: list[BaseException] = []

    def look() -> bool:
        try:
            told(0)
        except BaseException as error:  # noqa: BLE001 - it is raised again outside of SQLite
            stopped.append(error)
            return True
        return False

    connection.set_progress_handler(look, _STEPS)
    try:
        for (message,) in connection.execute(f"PRAGMA integrity_check({_FOUND})").fetchall():
            if message != "ok":
                yield f"The database is damaged: {' '.join(message.split())}."
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_FOUND):
            yield f"Row {row} of {table} refers to something in {parent} that is not there."
        counts = table_counts(connection)
        for table in sorted(counts.keys() | manifest.counts.keys()):
            if counts.get(table) != manifest.counts.get(table):
                yield f"The table {table} has {counts.get(table, 0):,} rows, not {manifest.counts.get(table, 0):,}."
    except sqlite3.DatabaseError as error:
        if stopped:
            raise stopped[0] from error
        found = unreadable(error, Path(DATABASE))
        if not isinstance(found, Unfit):
            raise found from error
        yield f"The database is damaged: {error}."
    finally:
        connection.set_progress_handler(None, 0)
