"""Ledgers to measure with. They are made once, and kept in the system's folder for temporary files."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from app.services import sample
from app.services.changes import Write
from app.services.jobs import JobContext
from app.services.sample.making import PROFILE, make_ledger
from app.services.sample.many_purchases import plant_many_purchases
from app.storage import migrations, settings
from app.storage.database import DATABASE_NAME

TODAY = date(2026, 11, 20)
SMALL, MIDDLE, LARGE, HUGE = 1_000, 10_000, 100_000, 1_000_000
_SEED = 1


def folder_of(rows: int) -> Path:
    """Return the folder of a ledger with so many purchases, made if it is not there. Nothing may change it."""
    folder = cache() / f"{rows}"
    if not (folder / DATABASE_NAME).exists():
        shutil.rmtree(folder, ignore_errors=True)
        make_ledger(folder, lambda write: _plant(write, rows), _SEED, TODAY)
    return folder


def _plant(write: Write, rows: int) -> None:
    plant_many_purchases(write, rows, _SEED, TODAY, JobContext())
    # The window opens on the page that was shown last.
    settings.put(write, "window.page", "purchases")


def cache() -> Path:
    """Return the folder of what is kept from run to run; another one whenever what makes the ledgers changes."""
    digest = hashlib.sha256()
    for package in (sample, migrations):
        for source in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            digest.update(source.read_bytes())
    folder = Path(tempfile.gettempdir()) / "counterfoil-benchmarks" / digest.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def copy_of(rows: int) -> Iterator[Path]:
    """Give a copy of a ledger for the length of the block, which may be changed."""
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        folder = Path(scratch) / "ledger"
        shutil.copytree(folder_of(rows), folder)
        yield folder


@contextmanager
def empty_copy() -> Iterator[Path]:
    """Give a ledger without purchases for the length of the block."""
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        folder = Path(scratch) / "ledger"
        make_ledger(folder, lambda _write: None, _SEED, TODAY)
        yield folder


@contextmanager
def plain_connection(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a ledger's database as any program would, with the durability that ours has."""
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        yield connection


__all__ = [
    "HUGE",
    "LARGE",
    "MIDDLE",
    "PROFILE",
    "SMALL",
    "TODAY",
    "cache",
    "copy_of",
    "empty_copy",
    "folder_of",
    "plain_connection",
]
