"""The seal of a closed ledger: every changed bit is noticed, and nothing that people do is taken for damage."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.domain.profile import Profile
from app.services import purchases
from app.services.ledger import create_ledger, open_ledger
from app.storage.seal import SEAL_NAME, SealKeeper, SealState
from tests.helpers.ledgers import add_all, bought, new_ledger, opened


def nobody(_done: int, _total: int) -> None:
    """Hear nothing of the progress."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "ledger"
    with new_ledger(path) as ledger:
        ledger.run(purchases.add(bought("Kettle")))
    return path


def state(folder: Path, *, read_only: bool = True) -> SealState:
    with opened(folder, read_only=read_only) as ledger:
        return ledger.seal.verify(nobody)


def flip(folder: Path, bit: int) -> None:
    with (folder / "counterfoil.db").open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def test_a_new_ledger_is_sealed(tmp_path: Path) -> None:
    create_ledger(tmp_path / "new", Profile())
    assert state(tmp_path / "new") is SealState.SOUND


def test_a_closed_ledger_is_sealed_and_the_seal_holds(folder: Path) -> None:
    assert (folder / SEAL_NAME).stat().st_mode & 0o777 == 0o600
    assert state(folder) is SealState.SOUND
    assert state(folder, read_only=False) is SealState.SOUND


@pytest.mark.parametrize("flips", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_every_flipped_bit_is_noticed(flips: int, folder: Path) -> None:
    random = Random(9)
    database = folder / "counterfoil.db"
    bits = database.stat().st_size * 8
    noticed = 0
    for _ in range(flips):
        bit = random.randrange(bits)
        flip(folder, bit)
        keeper = SealKeeper(database)
        noticed += keeper.verify(nobody) is SealState.DIFFERENT
        keeper.close(sealing=False)
        flip(folder, bit)
    assert noticed == flips
    assert state(folder) is SealState.SOUND


def test_the_counter_of_changes_does_not_hide_a_flipped_bit(folder: Path) -> None:
    for bit in [*range(24 * 8, 28 * 8), *range(92 * 8, 96 * 8)]:
        flip(folder, bit)
        keeper = SealKeeper(folder / "counterfoil.db")
        assert keeper.verify(nobody) is SealState.DIFFERENT
        keeper.close(sealing=False)
        flip(folder, bit)


def test_a_cut_file_is_noticed(folder: Path) -> None:
    with (folder / "counterfoil.db").open("r+b") as file:
        file.truncate(file.seek(0, 2) - 4096)
    keeper = SealKeeper(folder / "counterfoil.db")
    assert keeper.verify(nobody) is SealState.DIFFERENT
    keeper.close(sealing=False)


def test_what_was_noticed_is_not_forgotten_by_working_on(folder: Path) -> None:
    flip(folder, 8 * (folder / "counterfoil.db").stat().st_size - 8 * 2000)
    with opened(folder) as ledger:
        assert ledger.seal.verify(nobody) is SealState.DIFFERENT
        ledger.run(purchases.add(bought("Lamp")))
    assert state(folder) is SealState.DIFFERENT
    with opened(folder) as ledger:
        ledger.seal.accept()
    assert state(folder) is SealState.SOUND


def test_changes_break_the_seal_before_they_are_made_and_a_crash_leaves_none(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from app.services import purchases; from app.services.ledger import open_ledger\n"
        "from tests.helpers.ledgers import bought\n"
        "ledger = open_ledger(Path(sys.argv[1]))\n"
        "assert (ledger.path / 'counterfoil.seal').exists()\n"
        "ledger.run(purchases.add(bought('Lamp')))\n"
        "os._exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert ended.returncode == 9
    assert not (folder / SEAL_NAME).exists()
    assert state(folder) is SealState.UNSEALED
    with opened(folder) as ledger:
        ledger.run(purchases.add(bought("Toaster")))
    assert state(folder) is SealState.SOUND


def test_looking_without_changing_keeps_the_seal(folder: Path) -> None:
    before = (folder / SEAL_NAME).read_bytes()
    with opened(folder, read_only=True) as ledger:
        purchases.count(ledger)
    open_ledger(folder).close()
    assert (folder / SEAL_NAME).read_bytes() == before


def test_a_seal_that_is_no_seal_is_none(folder: Path, expected_log: Callable[..., None]) -> None:
    import logging

    for text in ("", "{}", "[1]", "x" * 10_000, '{"size": "a"}'):
        (folder / SEAL_NAME).write_text(text)
        expected_log("the seal of a ledger could not be read", level=logging.WARNING)
        assert state(folder) is SealState.UNSEALED


def test_another_program_that_changes_the_ledger_in_the_ordinary_way_is_no_damage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "counterfoil.db")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        with connection:
            connection.execute("UPDATE purchases SET notes = 'by hand'")
    assert state(folder) is SealState.CHANGED


def test_a_copied_ledger_is_as_sound_as_the_first(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    assert state(tmp_path / "copy") is SealState.SOUND


def test_changes_while_the_file_is_read_are_not_taken_for_damage(folder: Path) -> None:
    with opened(folder) as ledger:

        def change(_done: int, _total: int) -> None:
            ledger.run(add_all([[bought("Lamp", notes="x" * 90_000) for _ in range(60)]]))

        assert ledger.seal.verify(change) is not SealState.DIFFERENT
    assert state(folder) is SealState.SOUND


def test_the_locks_of_sqlite_survive_that_the_file_is_read(folder: Path) -> None:
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "try:\n    connection.execute('PRAGMA locking_mode=EXCLUSIVE')\n"
        "    connection.execute('BEGIN EXCLUSIVE')\n    print('taken')\n"
        "except sqlite3.OperationalError as error:\n    print(error)\n"
    )

    def other() -> str:
        command = [sys.executable, "-c", code, str(folder / "counterfoil.db")]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    with opened(folder) as ledger, ledger._database.writing() as connection:
        connection.exec_driver_sql("UPDATE purchases SET notes = 'locked'")
        assert ledger.seal.verify(nobody) is SealState.SOUND
        assert other() == "database is locked"
