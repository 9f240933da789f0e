"""One program a ledger, and the dead let go."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.profile import Profile
from app.services.ledger import LedgerInUse, create_ledger, open_ledger
from app.storage.lock import LOCK_NAME
from tests.helpers.ledgers import opened

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from app.services.ledger import open_ledger
ledger = open_ledger(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_ledger(tmp_path / "ledger", Profile())
    return tmp_path / "ledger"


def hold(folder: Path) -> "subprocess.Popen[str]":
    """Open the ledger in another process, which keeps it until it is killed or its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_opening_is_refused_in_words(folder: Path) -> None:
    with opened(folder):
        with pytest.raises(LedgerInUse, match="open in another Counterfoil"):
            open_ledger(folder)
        with opened(folder, read_only=True) as reader:
            assert reader.read_only
    with opened(folder) as again:
        assert not again.read_only


def test_another_program_keeps_it_until_it_is_killed(folder: Path) -> None:
    with hold(folder) as child:
        with pytest.raises(LedgerInUse):
            open_ledger(folder)
        child.kill()
        child.wait()
        assert (folder / LOCK_NAME).exists()
        with opened(folder):
            pass


def test_another_program_lets_go_when_it_ends(folder: Path) -> None:
    with hold(folder) as child:
        child.communicate()
    with opened(folder):
        pass


def test_a_lock_file_left_over_locks_nobody_out(folder: Path) -> None:
    (folder / LOCK_NAME).write_text("4711\n")
    with opened(folder):
        pass


def test_a_ledger_that_cannot_be_opened_is_not_kept_locked(folder: Path) -> None:
    database = folder / "counterfoil.db"
    good = database.read_bytes()
    database.write_bytes(b"garbage" * 1000)
    for _ in range(2):
        with pytest.raises(Exception, match="not a Counterfoil ledger"):
            open_ledger(folder)
    database.write_bytes(good)
    with opened(folder):
        pass
