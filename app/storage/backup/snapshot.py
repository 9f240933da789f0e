"""A consistent copy of the database while the program is in use, and the list of files that belong to it."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from app.domain.backups import DATABASE, Member
from app.storage.backup.source import BLOCK
from app.storage.database import driver
from app.storage.errors import database_problems, file_problems

Told = Callable[[int], None]
"""Hears how many bytes were handled since it was called last; may raise to stop the work."""

_PAGES = 1024
_VERSIONS_AT = 18
_ROLLBACK_JOURNAL = b"\x01\x01"
_FILES = "SELECT sha256, size FROM files ORDER BY sha256"


@dataclass(frozen=True)
class Snapshot:
    """A database as it was at one moment: its bytes, rows by table, schema, and (SHA-256, size) of its attachments."""

    file: BinaryIO
    member: Member
    counts: dict[str, int]
    schema: int
    files: tuple[tuple[str, int], ...]


@contextmanager
def snapshot(connection: Connection, folder: Path, told: Told) -> Iterator[Snapshot]:
    """Copy the database behind a reading connection into `folder` for the length of the block.

    The connection is inside a transaction, so that the copy, the counts and the list of files are of one moment, and
    so that a writer meanwhile does not make the copy start again. Where the platform can, the copy has no name, and
    goes with the program however that ends. Raises `EnvironmentProblem`, and whatever `told` raises.
    """
    raw = driver(connection)
    counts = table_counts(raw)
    schema = raw.execute("PRAGMA user_version").fetchone()[0]
    files = tuple(raw.execute(_FILES)) if "files" in counts else ()
    beside = folder / f".{DATABASE}.{os.getpid()}-{threading.get_ident()}.part"
    try:
        with file_problems(folder), _copied(raw, beside, told) as file, file_problems(folder):
            yield Snapshot(file, _member(file, told), counts, schema, files)
    finally:
        # A backup that was made is not lost because something could not be cleared away after it.
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def _copied(raw: sqlite3.Connection, beside: Path, told: Told) -> Iterator[BinaryIO]:
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)
    with beside.open("r+b") as file:
        page_size = raw.execute("PRAGMA page_size").fetchone()[0]
        with database_problems(beside), closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            if os.name != "nt":
                beside.unlink()
            # It is thrown away when anything goes wrong, so it needs neither a journal nor to reach the disk.
            copy.execute("PRAGMA journal_mode=OFF")
            copy.execute("PRAGMA synchronous=OFF")
            left = 0

            def progress(_status: int, remaining: int, total: int) -> None:
                nonlocal left
                done = (left or total) - remaining
                left = remaining
                told(done * page_size)

            raw.backup(copy, pages=_PAGES, progress=progress)
        # A copy that is by itself: without this, opening it would first make a log beside it.
        file.seek(_VERSIONS_AT)
        file.write(_ROLLBACK_JOURNAL)
        file.flush()
        yield file


def _member(file: BinaryIO, told: Told) -> Member:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
        told(0)
    file.seek(0)
    return Member(DATABASE, size, digest.hexdigest())


def table_counts(raw: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table of records has; not those that SQLite and the search keep for themselves."""
    tables = [
        name
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
            " AND name NOT LIKE 'purchase@_search%' ESCAPE '@' AND name <> 'alembic_version' ORDER BY name"
        )
    ]
    return {table: raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
