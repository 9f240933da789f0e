"""The dialog of a check tells what is wrong, and mends it one by one or all at once."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.attachments import FileState
from app.services import attachments, backup
from app.services.ledger import Ledger
from app.storage.seal import SealState
from app.ui.checking.dialog import CheckDialog
from app.ui.checking.register import look_at_ledger
from app.ui.window.main_window import MainWindow
from tests.helpers.files import add_purchase, attach, written


def checked(qtbot: QtBot, dialog: CheckDialog) -> CheckDialog:
    qtbot.waitUntil(dialog.again_button.isEnabled, timeout=10_000)
    return dialog


@pytest.fixture
def orphan(ledger_path: Path) -> Path:
    name = "cd" + "0" * 62
    return written(ledger_path / "uploads" / "cd" / "00" / name, b"nobody's")


def test_a_ledger_in_order_is_said_to_be(qtbot: QtBot, window: MainWindow) -> None:
    window.session.actions.run("tools.check")
    dialog = checked(qtbot, window.findChild(CheckDialog))
    assert dialog.heading.text() == "The ledger is in order"
    assert dialog.rows == []
    dialog.reject()


def test_what_is_wrong_is_mended_one_by_one(qtbot: QtBot, orphan: Path, window: MainWindow) -> None:
    dialog = checked(qtbot, CheckDialog(window.session))
    assert dialog.heading.text() == "1 problem was found"
    (row,) = dialog.rows
    assert row.accessibleName().startswith("No record refers to this file.")
    assert orphan.exists()
    row.buttons[0].click()
    qtbot.waitUntil(lambda: dialog.heading.text() == "The ledger is in order", timeout=10_000)
    assert not orphan.exists()
    dialog.reject()


def test_all_is_mended_at_once(
    qtbot: QtBot, orphan: Path, ledger: Ledger, window: MainWindow, tmp_path: Path
) -> None:
    (one,) = attach(ledger, add_purchase(ledger), written(tmp_path / "a.txt", b"one"))
    ledger.store.place(one.sha256).unlink()
    dialog = checked(qtbot, CheckDialog(window.session))
    assert [button.text() for button in dialog.rows[0].buttons] == ["From a backup…", "Mark only"]
    dialog.show()
    assert dialog.all_button.isVisible()
    dialog.all_button.click()
    qtbot.waitUntil(lambda: dialog.heading.text() == "1 problem was found", timeout=10_000)
    assert [button.text() for button in dialog.rows[0].buttons] == ["From a backup…"]
    dialog.reject()


def test_a_missing_file_comes_from_a_backup(
    qtbot: QtBot, ledger: Ledger, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = add_purchase(ledger)
    (one,) = attach(ledger, owner, written(tmp_path / "a.txt", b"one"))
    made = backup.create(ledger, tmp_path / "one.counterfoil")
    ledger.store.place(one.sha256).unlink()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made.path), ""))
    dialog = checked(qtbot, CheckDialog(window.session))
    dialog.rows[0].buttons[0].click()
    qtbot.waitUntil(lambda: dialog.heading.text() == "The ledger is in order", timeout=10_000)
    assert dialog.outcome.text() == "1 file is there again."
    assert [file.state for file in attachments.listing(ledger, owner)] == [FileState.AVAILABLE]
    dialog.reject()


def test_a_broken_seal_is_told_in_the_window(
    qtbot: QtBot, ledger: Ledger, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.seal, "verify", lambda _told: SealState.DIFFERENT)
    look_at_ledger(window.session)
    qtbot.waitUntil(lambda: "no program says to have changed it" in window.notice.text())
    dialog = checked(qtbot, CheckDialog(window.session))
    assert [button.text() for button in dialog.rows[0].buttons] == ["Restore a backup…", "Keep as it is"]
    dialog.reject()


def test_a_lost_folder_of_files_is_told_in_the_window(
    qtbot: QtBot, ledger: Ledger, window: MainWindow, tmp_path: Path
) -> None:
    attach(ledger, add_purchase(ledger), written(tmp_path / "a.txt", b"one"))
    shutil.rmtree(ledger.store.folder)
    look_at_ledger(window.session)
    qtbot.waitUntil(lambda: "The folder of attached files is not there any more" in window.notice.text())


def test_closing_the_dialog_stops_the_check(qtbot: QtBot, window: MainWindow) -> None:
    dialog = CheckDialog(window.session)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.session.ledger.jobs.running())
    assert window.notice.text() == ""
