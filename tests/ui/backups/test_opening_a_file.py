"""A backup file that the program is started with, by a double click."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.services.backup.flow import Step
from app.ui import application, opening
from app.ui.application import WindowOptions
from app.ui.opening import AlreadyOpen
from app.ui.program import Program
from app.ui.window.main_window import MainWindow
from tests.ui.backups.conftest import wizard_of


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[WindowOptions]:
    """What the window is started with, instead of a window."""
    found: list[WindowOptions] = []

    def run(options: WindowOptions) -> int:
        found.append(options)
        return 0

    monkeypatch.setattr(application, "run_window", run)
    return found


def test_the_file_of_a_backup_is_restored(
    started: list[WindowOptions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Mine.COUNTERFOIL").touch()
    assert bootstrap.main(["--ledger", "books", "Mine.COUNTERFOIL"]) == 0
    assert started[0].backup == tmp_path / "Mine.COUNTERFOIL"
    assert started[0].ledger == Path("books")


def test_a_folder_is_a_ledger_whatever_it_is_called(started: list[WindowOptions], tmp_path: Path) -> None:
    (tmp_path / "books.counterfoil").mkdir()
    assert bootstrap.main([str(tmp_path / "books.counterfoil")]) == 0
    assert started[0].backup is None
    assert started[0].ledger == tmp_path / "books.counterfoil"


def test_the_wizard_comes_with_the_ledger_that_was_open_last(
    qtbot: QtBot, program: Program, ledger_path: Path, saved: Path
) -> None:
    program.preferences.remember_ledger(ledger_path)
    program.start(None, sample=False, backup=saved)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    qtbot.waitUntil(lambda: wizard_of(program).flow.step is Step.PREVIEW, timeout=60_000)


def test_a_window_that_is_open_takes_the_file_of_a_second_start(
    qtbot: QtBot, program: Program, ledger_path: Path, saved: Path
) -> None:
    program.start(ledger_path, sample=False)
    qtbot.waitUntil(lambda: program._calls is not None)
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(opening.open_here, ledger_path, saved)
        qtbot.waitUntil(outcome.done)
    assert isinstance(outcome.result(), AlreadyOpen)
    qtbot.waitUntil(lambda: program._desk is not None and program._desk.wizard is not None)
    assert wizard_of(program).flow.backup == saved
