"""`check` on a damaged database: told as a finding, and saved as far as it can be with `--repair`."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.services.sample import make_sample
from tests.cli.conftest import Run

PAGE = 4096


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "ledger"
    make_sample(folder, today=date(2026, 11, 20))
    return folder


@pytest.fixture
def database(template: Path, ledger_path: Path) -> Path:
    shutil.copytree(template, ledger_path)
    return ledger_path / "counterfoil.db"


def zero(database: Path, table: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))


def test_damage_is_a_finding_and_what_can_be_read_is_saved(run: Run, database: Path) -> None:
    zero(database, "tags")
    document = run("--json", "check").document
    assert document["ok"] is False
    assert any("save the rows that can still be read" in one["repair"] for one in document["findings"])
    repaired = run("--json", "check", "--repair")
    assert repaired.status == 1
    whats = [one["what"] for one in repaired.document["findings"]]
    assert "7 of 7 rows of tags could not be read." in whats
    assert all(set(one) == {"what", "where", "repair"} for one in repaired.document["findings"])
    assert run("check").status == 0
    assert run("--json", "summary").document["spending"]["count"] > 0


def test_a_database_that_does_not_open_is_saved_too(run: Run, database: Path) -> None:
    with database.open("r+b") as file:
        file.write(bytes(100))
    told = run("check")
    assert told.status == 1
    assert "counterfoil.db: " in told.out
    assert told.err == ""
    assert run("check", "--repair").status == 0
    assert run("check").status == 0
    assert list(database.parent.glob("damaged-*/counterfoil.db"))


def test_damage_that_costs_nothing_is_mended_whole(run: Run, database: Path) -> None:
    zero(database, "ix_purchases_name_fold")
    assert run("check").status == 1
    repaired = run("check", "--repair")
    assert repaired.status == 0
    assert "rows were saved into a new database; the damaged files are kept in" in repaired.out
    assert "Nothing is wrong with this ledger any more." in repaired.out


def test_nothing_left_to_save_is_said(run: Run, database: Path) -> None:
    database.write_bytes(b"")
    answer = run("check", "--repair")
    assert answer.status == 1
    assert "Restore a backup of this ledger." in answer.err
    assert database.stat().st_size == 0


def test_an_index_that_does_not_match_is_built_again(run: Run, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = sql || ' WHERE id > 5' WHERE name = 'ix_purchases_name_fold'"
        )
        connection.execute("PRAGMA writable_schema=RESET")
        connection.execute("UPDATE purchases SET name_fold = 'x' WHERE id = 3")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ' WHERE id > 5', '') WHERE name = 'ix_purchases_name_fold'"
        )
    assert "Build the indexes again." in run("check").out
    assert run("check", "--repair").status == 0
    assert not list(database.parent.glob("damaged-*"))


def test_a_changed_byte_that_breaks_nothing_is_told_and_can_be_accepted(run: Run, database: Path) -> None:
    assert run("check", "--repair").status == 0
    data = database.read_bytes()
    at = data.index(b"Desk")
    database.write_bytes(data[:at] + b"Fesk" + data[at + 4 :])
    told = run("check")
    assert told.status == 1
    assert "no program says to have changed it" in told.out
    assert run("check", "--repair").status == 0
    assert run("check").status == 0
