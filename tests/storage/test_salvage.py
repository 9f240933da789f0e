"""What is read of a damaged database: at least what SQLite itself still gives, whichever way it is asked."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.services.sample import make_sample
from app.storage.salvage.source import Source
from app.storage.tables import metadata

PAGE = 4096
Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("salvage") / "ledger"
    make_sample(folder, today=date(2026, 11, 20))
    return folder / "counterfoil.db"


@pytest.fixture(scope="module")
def roots(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))


def salvaged(path: Path, roots: dict[str, int]) -> set[Row]:
    source = Source(path, roots, lambda _done, _total: None)
    try:
        return {
            (shape.name, *taken.values)
            for shape, leaf in source.rows()
            for taken in map(shape.take, leaf.rows)
            if taken is not None
        }
    finally:
        source.close()


def read_by_sqlite(path: Path) -> set[Row]:
    """Ask SQLite for every table forwards, backwards and row by row, going on after whatever it refuses."""
    found: set[Row] = set()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for table in metadata.tables:
            every = f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid"
            one = f"SELECT * FROM {table} WHERE rowid = ?"
            queries = [(every, ()), (f"{every} DESC", ()), *((one, (id,)) for id in range(1, 121))]
            for query, parameters in queries:
                with suppress(sqlite3.Error, UnicodeDecodeError):
                    for row in connection.execute(query, parameters):
                        found.add((table, *row))
    return found


def damaged(data: bytes, seed: int) -> bytes:
    random, changed = Random(seed), bytearray(data)
    pages = len(data) // PAGE

    def overwrite(make: Any) -> None:
        for _ in range(random.choice([1, 3, 10])):
            at = random.randrange(pages) * PAGE
            changed[at : at + PAGE] = make()

    kind = random.choice(["flip", "zero", "garbage", "cut", "head"])
    if kind == "flip":
        for _ in range(random.choice([1, 5, 50, 200])):
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    elif kind == "zero":
        overwrite(lambda: bytes(PAGE))
    elif kind == "garbage":
        overwrite(lambda: random.randbytes(PAGE))
    elif kind == "cut":
        del changed[random.randrange(PAGE, len(changed)) :]
    else:
        changed[:100] = bytes(100)
    return bytes(changed)


def test_a_sound_database_is_read_whole(database: Path, roots: dict[str, int]) -> None:
    assert salvaged(database, roots) == read_by_sqlite(database)


@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(12, 400), marks=pytest.mark.long)])
def test_what_sqlite_still_gives_of_a_damaged_database_is_read_too(
    seeds: range, database: Path, roots: dict[str, int], tmp_path: Path
) -> None:
    stored = read_by_sqlite(database)
    image = tmp_path / "counterfoil.db"
    ours = theirs = 0
    for seed in seeds:
        image.write_bytes(damaged(database.read_bytes(), seed))
        found, given = salvaged(image, roots) & stored, read_by_sqlite(image) & stored
        assert given - found == set(), f"seed {seed}"
        ours, theirs = ours + len(found), theirs + len(given)
    assert ours > theirs


def test_a_database_without_its_first_page_is_read_by_the_tables_it_always_has(
    database: Path, roots: dict[str, int], tmp_path: Path
) -> None:
    image = tmp_path / "counterfoil.db"
    image.write_bytes(bytes(PAGE) + database.read_bytes()[PAGE:])
    assert salvaged(image, roots) == read_by_sqlite(database)


def test_deleted_rows_do_not_come_back(database: Path, roots: dict[str, int], tmp_path: Path) -> None:
    image = tmp_path / "counterfoil.db"
    shutil.copyfile(database, image)
    with closing(sqlite3.connect(image)) as connection, connection:
        connection.execute("DELETE FROM purchases WHERE id > 10")
    with closing(sqlite3.connect(image)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    assert sum(row[0] == "purchases" for row in salvaged(image, roots)) == 10


@pytest.fixture
def with_log(database: Path, tmp_path: Path) -> Iterator[Path]:
    """A database with changes that are only in its log, as a crash leaves it."""
    live = tmp_path / "live" / "counterfoil.db"
    live.parent.mkdir()
    shutil.copyfile(database, live)
    with closing(sqlite3.connect(live, isolation_level=None)) as connection:
        connection.execute("UPDATE purchases SET notes = 'from the log'")
        connection.execute("BEGIN")
        connection.execute("UPDATE purchases SET notes = 'never finished'")
        image = tmp_path / "counterfoil.db"
        for name in ("counterfoil.db", "counterfoil.db-wal"):
            shutil.copyfile(live.with_name(name), image.with_name(name))
        yield image


def notes(rows: set[Row]) -> set[str]:
    place = 1 + list(metadata.tables["purchases"].columns.keys()).index("notes")
    return {row[place] for row in rows if row[0] == "purchases"}


def test_what_only_the_log_has_is_read(with_log: Path, roots: dict[str, int]) -> None:
    assert notes(salvaged(with_log, roots)) == {"from the log"}


def test_a_log_that_is_damaged_counts_up_to_its_last_good_transaction(
    with_log: Path, database: Path, roots: dict[str, int]
) -> None:
    log = with_log.with_name("counterfoil.db-wal")
    data = bytearray(log.read_bytes())
    data[32 + 24 + 100] ^= 1
    log.write_bytes(data)
    assert salvaged(with_log, roots) == read_by_sqlite(database)
