"""The page of backups, the menu entries, the dialog of files, the tab of the settings and the status bar."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.backups import Retention
from app.domain.recurrence import Every
from app.services import backup
from app.services.backup import BackupSettings, LastBackup, automatic
from app.services.ledger import Ledger
from app.ui.backups import commands, register, words
from app.ui.backups.file_dialog import FileDialog
from app.ui.backups.page import BackupsPage
from app.ui.backups.settings_tab import BackupsTab
from app.ui.backups.status import BackupStatus
from app.ui.window.ledger_actions import open_settings
from app.ui.window.main_window import MainWindow
from tests.ui.importing.driving import cells
from tests.ui.window.conftest import FakeShell


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window(register.register)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> BackupsPage:
    shown = window.show_page("backups")
    assert isinstance(shown, BackupsPage)
    qtbot.waitUntil(lambda: shown.headline.text() != "")
    return shown


@pytest.fixture
def store(ledger: Ledger, tmp_path: Path) -> Path:
    """A folder of backups that the ledger knows."""
    folder = tmp_path / "disk"
    folder.mkdir()
    ledger.run(automatic.save(ledger, BackupSettings(folder=str(folder))))
    return folder


def kinds(page: BackupsPage) -> list[str]:
    return [row[3].text for row in cells(page.table)]


def until_backups(qtbot: QtBot, page: BackupsPage, count: int) -> None:
    qtbot.waitUntil(lambda: page.table.grid.rowCount() == count, timeout=20_000)


def select(page: BackupsPage, row: int = 0) -> None:
    page.table.go_to(row, 0)
    page.session.actions.refresh()


def test_without_a_backup_the_page_offers_to_make_one(page: BackupsPage, window: MainWindow) -> None:
    assert page.headline.text() == "No backup yet"
    assert page._empty.isVisible()
    assert page.schedule.text() == "No backups are made by themselves."


def test_back_up_now_asks_for_a_folder_once(
    qtbot: QtBot, page: BackupsPage, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "letter.txt").write_text("Dear Robin")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(documents))
    page.now.click()
    until_backups(qtbot, page, 1)
    assert automatic.read(ledger).folder == str(documents / "Counterfoil backups")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("asked again"))
    page.now.click()
    until_backups(qtbot, page, 2)
    assert page.headline.text().startswith("Last backup just now · 1 file · ")
    assert kinds(page) == ["In the folder", "In the folder"]


def test_the_status_bar_says_when_and_leads_to_the_page(
    qtbot: QtBot, window: MainWindow, store: Path, ledger: Ledger
) -> None:
    qtbot.waitUntil(lambda: window.status.findChild(BackupStatus) is not None)
    status = window.status.findChild(BackupStatus)
    assert status is not None
    assert status.said() == "No backup yet"
    assert window.status.ledger.isHidden()
    assert status.parentWidget().toolTip() == window.status.ledger.text()
    window.actions_registry.run("backups.now")
    qtbot.waitUntil(lambda: status.said().startswith("Last backup just now · 1 file"), timeout=20_000)
    status.click()
    assert isinstance(window.host.current_page(), BackupsPage)


def test_a_backup_is_verified_and_damage_is_told(
    qtbot: QtBot, page: BackupsPage, store: Path, window: MainWindow
) -> None:
    commands.back_up_now(page.session)
    until_backups(qtbot, page, 1)
    select(page)
    page.session.actions.run("backups.verify")
    qtbot.waitUntil(lambda: cells(page.table)[0][4].text == "Verified", timeout=20_000)
    assert "is good: 1 file" in window.status.text.text()
    for kept in (path for path in store.rglob("*") if path.is_file() and path.parent != store):
        content = bytearray(kept.read_bytes())
        content[len(content) // 2 :] = b"\0" * (len(content) - len(content) // 2)
        kept.write_bytes(content)
    select(page)
    page.session.actions.run("backups.verify")
    qtbot.waitUntil(lambda: cells(page.table)[0][4].text == "Damaged", timeout=20_000)


def test_a_snapshot_is_written_out_as_one_file(
    qtbot: QtBot, page: BackupsPage, store: Path, tmp_path: Path
) -> None:
    commands.back_up_now(page.session)
    until_backups(qtbot, page, 1)
    select(page)
    page.session.actions.run("backups.write_out")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FileDialog)
    target = tmp_path / "out.counterfoil"
    dialog.place.set_path(target)
    dialog.go.click()
    qtbot.waitUntil(target.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not page.session.ledger.jobs.running())
    assert backup.verify(target).ok


def test_enter_restores_the_backup_of_the_row(
    qtbot: QtBot, page: BackupsPage, store: Path, shell: FakeShell
) -> None:
    commands.back_up_now(page.session)
    until_backups(qtbot, page, 1)
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    select(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    asked, path = shell.asked[-1]
    assert asked == "restore"
    assert path.name.endswith(".snapshot")


def test_a_folder_that_is_gone_is_told(qtbot: QtBot, page: BackupsPage, store: Path, tmp_path: Path) -> None:
    commands.back_up_now(page.session)
    until_backups(qtbot, page, 1)
    store.rename(tmp_path / "unplugged")
    page.refresh(None)
    qtbot.waitUntil(page.note.isVisible)
    assert str(store) in page.note.text()
    assert page.headline.text().startswith("Last backup just now")


def test_backups_that_vanished_are_begun_again_only_when_asked(
    qtbot: QtBot, page: BackupsPage, store: Path, tmp_path: Path, window: MainWindow
) -> None:
    commands.back_up_now(page.session)
    until_backups(qtbot, page, 1)
    store.rename(tmp_path / "unplugged")
    store.mkdir()
    commands.back_up_now(page.session)
    qtbot.waitUntil(window.notice.isVisible, timeout=20_000)
    assert not list(store.iterdir())
    commands.start(page.session, store, anew=True)
    qtbot.waitUntil(lambda: any(store.glob("*.snapshot")), timeout=20_000)
    qtbot.waitUntil(lambda: not page.session.ledger.jobs.running())


def test_a_file_is_locked_only_with_the_same_passphrase_twice(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(tmp_path / "sheet")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (next(answers), ""))
    window.actions_registry.run("backups.file")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FileDialog)
    assert dialog.warning.isHidden()
    dialog.place.set_path(tmp_path / "mine")
    dialog.lock.click()
    assert dialog.warning.isVisible()
    dialog.go.click()
    assert dialog.first_field.state == "error"
    qtbot.keyClicks(dialog.passphrase, "sesame")
    qtbot.keyClicks(dialog.again, "sesam")
    dialog.go.click()
    assert dialog.again_field.message == "The two passphrases differ. Type it once more."
    qtbot.keyClicks(dialog.again, "e")
    dialog.go.click()
    # Whoever thinks better of the place of the recovery sheet is asked again.
    assert dialog.isVisible()
    dialog.go.click()
    target = tmp_path / "mine.counterfoil"
    qtbot.waitUntil(target.exists, timeout=60_000)
    qtbot.waitUntil(lambda: not window.session.ledger.jobs.running(), timeout=60_000)
    with pytest.raises(backup.Locked):
        backup.verify(target)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["", "there.counterfoil", "missing/new.counterfoil", "books/x.counterfoil"])
def test_a_place_that_cannot_be_is_refused_at_its_field(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, ledger_path: Path
) -> None:
    (tmp_path / "there.counterfoil").touch()
    window.actions_registry.run("backups.file")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FileDialog)
    dialog.place.set_path(tmp_path / name if name else None)
    dialog.go.click()
    assert dialog.isVisible()
    assert dialog.place.state == "error"
    dialog.reject()


def test_settings_say_when_where_and_how_many(
    qtbot: QtBot, window: MainWindow, ledger: Ledger, tmp_path: Path
) -> None:
    open_settings(window.session, "backups")
    dialog = QApplication.activeModalWidget()
    tab = dialog.tab("backups")  # type: ignore[union-attr]
    assert isinstance(tab, BackupsTab)
    tab.every.setCurrentIndex(tab.every.findData(Every.WEEKLY))
    assert tab.show_problems()
    assert "Choose the folder" in tab.folder.message
    tab.folder.set_path(ledger.path / "inside")
    assert tab.show_problems()
    tab.folder.set_path(tmp_path / "disk")
    for number in tab.keep.values():
        number.setValue(0)
    assert tab.show_problems()
    assert tab.fields["last"].state == "error"
    tab.keep["last"].setValue(3)
    dialog.save()  # type: ignore[union-attr]
    wanted = BackupSettings(Every.WEEKLY, str(tmp_path / "disk"), Retention(3, 0, 0, 0))
    qtbot.waitUntil(lambda: automatic.read(ledger) == wanted)


def test_a_backup_that_is_dropped_is_restored(window: MainWindow, shell: FakeShell, tmp_path: Path) -> None:
    handler = window.session.drops[0]
    path = tmp_path / "mine.counterfoil"
    assert handler.accepts(path)
    assert handler.words([path]) == "Restore from mine.counterfoil"
    handler.open([path])
    assert shell.asked[-1] == ("restore", path)


def test_the_last_restore_can_be_undone_from_the_menu(
    open_window: Callable[..., MainWindow], ledger_path: Path, shell: FakeShell
) -> None:
    points = ledger_path / "restore-points"
    points.mkdir()
    (points / "books-20260101-120000.counterfoil").touch()
    window = open_window(register.register)
    window.actions_registry.refresh()
    assert window.actions_registry.qaction("backups.undo_restore").isEnabled()
    window.actions_registry.run("backups.undo_restore")
    assert shell.asked[-1][1].parent == points


BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=60), "19 Sept 2026"),
        (timedelta(days=-1), "tomorrow"),
    ],
)
def test_when_the_last_backup_was(before: timedelta, said: str, look: object) -> None:
    assert words.ago((NOON - before).astimezone(UTC), NOON).replace("Sep ", "Sept ") == said


@pytest.mark.parametrize(
    ("every", "days", "said"),
    [
        (Every.DAILY, 0, "A backup is made every day; the next one tomorrow."),
        (Every.DAILY, 1, "A backup is made every day; the next one as soon as possible."),
        (Every.WEEKLY, 1, "A backup is made every week; the next one in 5 days."),
        (Every.MONTHLY, 3, "A backup is made every month; the next one in 13 days."),
    ],
)
def test_the_schedule_in_words(every: Every, days: int, said: str, look: object) -> None:
    last = LastBackup(NOON - timedelta(days=days, hours=1), Path("/disk/x.snapshot"), 1, 1)
    assert words.schedule(BackupSettings(every, "/disk"), last, NOON) == said
