"""The swap of a ledger: finished or taken back, from whatever state a crash left."""

from pathlib import Path

import pytest

from app.storage.backup.recovery import JOURNAL, STAGING, is_under_way, recover
from app.storage.backup.swap import Staging
from app.storage.errors import LedgerInUse
from app.storage.lock import LedgerLock

HASH = "ab" * 32


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    (tmp_path / "counterfoil.db").write_text("old")
    (tmp_path / "counterfoil.db-wal").write_text("old log")
    return tmp_path


@pytest.fixture
def staging(ledger: Path) -> Staging:
    made = Staging(ledger)
    made.begin()
    made.database.write_text("new")
    made.attachment(HASH).write_text("attached")
    return made


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


OLD = {"counterfoil.db": "old", "counterfoil.db-wal": "old log"}
NEW = {"counterfoil.db": "new", f"uploads/ab/ab/{HASH}": "attached"}


def test_new_for_old(ledger: Path, staging: Staging) -> None:
    staging.commit()
    assert is_under_way(ledger)
    staging.finish()
    assert files(ledger) == NEW


def test_what_was_only_made_ready_is_thrown_away(ledger: Path, staging: Staging) -> None:
    recover(ledger)
    assert files(ledger) == OLD
    recover(ledger)
    assert files(ledger) == OLD


def test_taken_back_after_the_swap(ledger: Path, staging: Staging) -> None:
    staging.commit()
    (ledger / "counterfoil.db-wal").write_text("new log")
    staging.abandon()
    assert files(ledger) == OLD | {f"uploads/ab/ab/{HASH}": "attached"}


def test_taken_back_where_there_was_nothing(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.begin()
    staging.database.write_text("new")
    staging.commit()
    staging.abandon()
    assert files(tmp_path) == {}


def test_a_journal_that_cannot_be_read_is_no_dead_end(ledger: Path, staging: Staging) -> None:
    (ledger / JOURNAL).write_text("{")
    recover(ledger)
    assert files(ledger) == NEW


def test_a_restore_of_another_program_is_not_disturbed(ledger: Path, staging: Staging) -> None:
    lock = LedgerLock.acquire(ledger)
    try:
        recover(ledger)
        assert (ledger / STAGING).is_dir(), "the ledger is still the old one, and may be read"
        staging.commit()
        with pytest.raises(LedgerInUse):
            recover(ledger)
    finally:
        lock.release()
    recover(ledger)
    assert files(ledger) == NEW
