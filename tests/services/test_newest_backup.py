"""Which backup a damaged ledger is best restored from."""

from pathlib import Path

import pytest

from app.domain.profile import Profile
from app.services import backup
from app.services.backup import latest
from app.services.backup.latest import LastBackup
from app.services.ledger import Ledger
from app.services.newest_backup import newest_backup
from app.storage.backup.marks import mark
from tests.helpers.ledgers import new_ledger


def backed_up(ledger: Ledger, target: Path) -> Path:
    made = backup.create(ledger, target)
    latest.note(ledger.path, LastBackup(made.created_at, made.path, made.files, made.bytes))
    return made.path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path


def test_the_newest_one_that_was_not_found_damaged(folder: Path, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "other", Profile("Kim")) as other:
        assert newest_backup(other.path) is None
        with new_ledger(tmp_path / "ours", Profile("Robin")) as ours:
            first, second = backed_up(ours, folder), backed_up(ours, folder)
            backed_up(other, folder)
            assert newest_backup(ours.path) == second
            mark(second, good=False)
            assert newest_backup(ours.path) == first


def test_an_unplugged_folder_has_none(folder: Path, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ours", Profile("Robin")) as ours:
        backed_up(ours, folder)
    folder.rename(tmp_path / "gone")
    assert newest_backup(tmp_path / "ours") is None
