"""The frame around pages: moving between them, refreshing, undoing, telling, remembering."""

import threading
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.problems import Refused
from app.services.changes import Change, Command
from app.services.jobs import JobContext
from app.services.ledger import DiskFull, Ledger
from app.ui.session import DropHandler
from app.ui.window.done import done_text
from app.ui.window.host import NoSuchPage
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import FakePage, FakeShell, OpenWindow, toaster


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """Press a chord where the focus is."""
    qtbot.keySequence(window.focusWidget() or window, keys)


def page(window: MainWindow) -> FakePage:
    return cast("FakePage", window.host.current_page())


def add(qtbot: QtBot, window: MainWindow, command: Command | None = None) -> None:
    """Change the ledger and wait until the window has heard of it."""
    with qtbot.waitSignal(window.bridge.changed):
        window.bridge.run_command(command or toaster())


def test_the_first_page_is_shown_and_no_other_is_made(window: MainWindow) -> None:
    assert window.windowTitle() == "Purchases — Counterfoil"
    assert window.sidebar.current() == "purchases"
    assert window.host.count() == 1
    assert page(window).refreshed == [None]
    assert page(window).table.hasFocus()


def test_pages_by_number_and_history(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "Ctrl+2")
    assert (window.host.current_id, window.windowTitle()) == ("names", "Names — Counterfoil")
    window.show_page("purchases", purchase=7)
    assert page(window).opened[-1] == {"purchase": 7}
    press(qtbot, window, "Alt+Left")
    assert window.host.current_id == "names"
    press(qtbot, window, "Alt+Left")
    assert page(window).opened[-1] == {}
    assert not window.session.actions.run("view.back")
    press(qtbot, window, "Alt+Right")
    press(qtbot, window, "Alt+Right")
    assert page(window).opened[-1] == {"purchase": 7}
    assert not window.session.actions.run("view.forward")


def test_a_page_nobody_declared_is_an_error_of_the_program(window: MainWindow) -> None:
    with pytest.raises(NoSuchPage):
        window.show_page("dreams")


def test_only_a_visible_page_whose_data_changed_is_refreshed(qtbot: QtBot, window: MainWindow) -> None:
    purchases_page = page(window)
    window.show_page("names")
    names_page = page(window)
    assert purchases_page.left == 1
    add(qtbot, window)
    assert (purchases_page.refreshed, names_page.refreshed) == ([None], [None])
    window.show_page("purchases")
    assert purchases_page.refreshed == [None, None]
    add(qtbot, window)
    assert [change.label for change in purchases_page.refreshed if change] == ["Add “Toaster”"]


def test_the_sidebar_counts(qtbot: QtBot, window: MainWindow) -> None:
    model = window.sidebar._model

    def spoken() -> list[object]:
        return [
            model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
            for row in range(model.rowCount())
        ]

    qtbot.waitUntil(lambda: "Purchases, 0" in spoken())
    add(qtbot, window)
    qtbot.waitUntil(lambda: "Purchases, 1" in spoken())


def test_undo_and_redo_by_keyboard_and_bar(qtbot: QtBot, window: MainWindow, ledger: Ledger) -> None:
    undo = window.session.actions.qaction("edit.undo")
    redo = window.session.actions.qaction("edit.redo")
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("&Undo", False, False)
    add(qtbot, window)
    assert window.undo_bar.text() == "Added “Toaster”"
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "&Undo Add “Toaster”"
    assert window.mirror.stack.undoText() == "Add “Toaster”"
    with qtbot.waitSignal(window.bridge.changed):
        press(qtbot, window, "Ctrl+Z")
    assert window.undo_bar.isHidden()
    assert window.status.text.text() == "Undone: Add “Toaster”"
    qtbot.waitUntil(redo.isEnabled)
    assert redo.text() == "&Redo Add “Toaster”"
    with qtbot.waitSignal(window.bridge.changed):
        press(qtbot, window, "Ctrl+Shift+Z")
    assert window.status.text.text() == "Done again: Add “Toaster”"
    assert ledger.undo_label == "Add “Toaster”"
    window.undo_bar.show_message("Added “Toaster”")
    with qtbot.waitSignal(window.bridge.changed):
        window.undo_bar.undo_requested.emit()
    assert window.mirror.agrees()


def test_an_ampersand_in_a_name_is_no_mnemonic(qtbot: QtBot, window: MainWindow) -> None:
    add(qtbot, window, Command("Delete “Salt & pepper”", toaster().run))
    assert window.session.actions.qaction("edit.undo").text() in ("&Undo", "&Undo Delete “Salt && pepper”")
    window.session.actions.refresh()
    assert window.session.actions.qaction("edit.undo").text() == "&Undo Delete “Salt && pepper”"


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("Delete 12 purchases", "Deleted 12 purchases"),
        ("Change the profile", "Changed the profile"),
        ("Tidy up", "Tidy up"),
        ("Import", "Import"),
    ],
)
def test_how_the_undo_bar_names_changes(label: str, sentence: str) -> None:
    assert done_text(label)[0] == sentence


def _fails_with(error: Exception) -> Command:
    def run(_write: object) -> None:
        raise error

    return Command("Fail", run)


@pytest.mark.parametrize("error", [Refused("The name is too long."), DiskFull("The disk is full.")])
def test_a_refusal_is_told_above_the_page_until_closed(
    qtbot: QtBot, window: MainWindow, error: Exception
) -> None:
    with qtbot.waitSignal(window.bridge.failed):
        window.bridge.run_command(_fails_with(error))
    assert window.notice.text() == str(error)
    assert window.notice.isVisible()
    close = window.notice.findChildren(QPushButton)[-1]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert window.notice.isHidden()


def test_a_bug_goes_to_the_reporter(qtbot: QtBot, window: MainWindow, shell: FakeShell) -> None:
    window.bridge.run_command(_fails_with(ZeroDivisionError()))
    qtbot.waitUntil(lambda: bool(shell.reported))
    assert isinstance(shell.reported.pop(), ZeroDivisionError)
    assert window.notice.isHidden()


def test_a_long_job_is_shown_and_can_be_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    started = threading.Event()

    def work(context: JobContext) -> None:
        context.progress(12, 18)
        started.set()
        while not threading.Event().wait(0.01):
            context.check()

    window.bridge.start_job("Reading receipts", work)
    assert not window.status.progress.isVisible()
    assert started.wait(5)
    qtbot.waitUntil(window.status.progress.isVisible)
    assert not window.status.text.isVisible()
    cancel = window.status.progress.findChild(QPushButton)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.status.text.text() == "Cancelled: Reading receipts")
    assert not window.status.progress.isVisible()
    assert window.status.text.isVisible()


def test_a_short_job_is_not_shown_and_its_result_arrives(qtbot: QtBot, window: MainWindow) -> None:
    results: list[int] = []
    window.bridge.start_job("Adding", lambda _context: 1 + 1, results.append)
    qtbot.waitUntil(lambda: results == [2])
    assert not window.status.progress.isVisible()


def test_a_failed_job_is_told(qtbot: QtBot, window: MainWindow) -> None:
    def work(_context: JobContext) -> None:
        raise DiskFull("The disk is full.")

    window.bridge.start_job("Copying", work)
    qtbot.waitUntil(lambda: window.notice.text() == "The disk is full.")


def test_a_part_that_failed_can_be_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    shown: list[bool] = []
    window.session.notices.partly_failed("2 of 18 receipts could not be read", lambda: shown.append(True))
    assert window.status.failure.isVisible()
    qtbot.mouseClick(window.status.show_failure, Qt.MouseButton.LeftButton)
    assert shown == [True]
    assert not window.status.failure.isVisible()


def test_checking_the_ledger_says_that_it_is_in_order(qtbot: QtBot, window: MainWindow) -> None:
    assert window.session.actions.run("tools.check")
    qtbot.waitUntil(lambda: window.status.text.text() == "The ledger is in order")


def test_the_window_remembers_page_splitter_and_size(
    qtbot: QtBot, open_window: OpenWindow, ledger: Ledger
) -> None:
    first = open_window()
    first.resize(1024, 700)
    first.show_page("names")
    page(first).splitter.setSizes([300, 100])
    page(first).splitter.splitterMoved.emit(300, 1)
    sizes = page(first).splitter.sizes()
    first.close()
    ledger.submit(Command("Wait", lambda _write: None, undoable=False)).result()
    second = open_window()
    assert second.host.current_id == "names"
    assert second.size() == QSize(1024, 700)
    assert page(second).splitter.sizes() == sizes


def test_a_narrow_window_shows_icons_only(window: MainWindow) -> None:
    window.resize(1400, 800)
    assert not window.sidebar.is_icon_only()
    window.resize(1024, 680)
    assert window.sidebar.is_icon_only()


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow) -> None:
    visited = []
    for _ in range(4):
        press(qtbot, window, "F6")
        visited.append(window.focusWidget())
    current = page(window)
    assert visited == [window.toolbar.search, window.sidebar.focusProxy(), current.field, current.table]
    press(qtbot, window, "Shift+F6")
    assert current.field.hasFocus()


def test_text_fields_come_before_the_page_when_copying(qtbot: QtBot, window: MainWindow) -> None:
    copied: list[str] = []
    actions = window.session.actions
    assert not actions.run("edit.copy")
    actions.handle("edit.copy", "purchases", lambda: copied.append("rows"))
    assert actions.run("edit.copy")
    field = page(window).field
    field.setText("toaster")
    field.setFocus()
    field.selectAll()
    assert actions.run("edit.copy")
    assert copied == ["rows"]
    field.clear()
    assert actions.run("edit.paste")
    assert field.text() == "toaster"
    assert actions.run("edit.select_all")
    assert actions.run("edit.cut")
    assert field.text() == ""
    window.show_page("names")
    assert not actions.run("edit.copy")


def _enter(window: MainWindow, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dragEnterEvent(event)
    return event.isAccepted()


def _files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_dropped_files_go_to_whoever_can_open_them(window: MainWindow) -> None:
    opened: list[list[str]] = []
    window.session.drops.append(
        DropHandler(
            lambda path: path.suffix == ".csv",
            lambda paths: f"Import {paths[0].name}",
            lambda paths: opened.append([path.name for path in paths]),
        )
    )
    assert not _enter(window, _files(Path("/media/disk/song.mp3")))
    mixed = _files(Path("/media/disk/a.csv"), Path("/media/disk/b.mp3"))
    assert not _enter(window, mixed)
    web = QMimeData()
    web.setUrls([QUrl("https://example.invalid/a.csv")])
    assert not _enter(window, web)
    good = _files(Path("/media/disk/a.csv"))
    assert _enter(window, good)
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            good,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert opened == [["a.csv"]]


def test_changes_after_closing_reach_nobody(window: MainWindow, ledger: Ledger, qtbot: QtBot) -> None:
    heard: list[Change] = []
    window.bridge.changed.connect(heard.append)
    window.close()
    ledger.run(toaster())
    QCoreApplication.processEvents()
    assert heard == []
