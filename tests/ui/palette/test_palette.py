"""The command palette, by keyboard."""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.ledger import Interrupt
from app.ui.palette.dialog import Palette
from app.ui.session import FoundRecord, RecordProvider
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import FakeShell, toaster


def opened(qtbot: QtBot, window: MainWindow) -> Palette:
    """Open the palette by its shortcut."""
    qtbot.keySequence(window.focusWidget(), "Ctrl+K")
    palette = next(found for found in window.findChildren(Palette) if found.isVisible())
    assert palette.field.hasFocus()
    return palette


def chosen(palette: Palette) -> str:
    entry = palette.model.entry(palette.list.currentIndex().row())
    return entry.title if entry else ""


def test_a_command_is_found_and_run_and_the_focus_returns(qtbot: QtBot, window: MainWindow) -> None:
    before = window.focusWidget()
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "next")
    assert palette.titles() == []
    palette.field.clear()
    qtbot.keyClicks(palette.field, "dens")
    assert palette.titles() == ["Density: Compact", "Density: Comfortable"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == "Density: Comfortable"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.session.preferences.raw("density") == "comfortable"
    assert window.focusWidget() is before


def test_what_was_used_last_is_offered_first(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "comfortable")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened(qtbot, window).titles()[0] == "Density: Comfortable"


def test_escape_and_a_click_beside_it_close_it(qtbot: QtBot, window: MainWindow) -> None:
    before = window.focusWidget()
    palette = opened(qtbot, window)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is before
    palette = opened(qtbot, window)
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not palette.isVisible()


def test_pages_are_found(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "names")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.host.current_id == "names"


def test_keys_reach_nothing_behind_it(qtbot: QtBot, window: MainWindow, shell: FakeShell) -> None:
    palette = opened(qtbot, window)
    qtbot.keySequence(palette.field, "Ctrl+O")
    qtbot.keySequence(palette.field, "Ctrl+2")
    assert shell.asked == []
    assert window.host.current_id == "purchases"


def test_the_arrows_go_round_and_skip_headings(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "a")
    titles = palette.titles()
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert chosen(palette) == titles[-1]
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert chosen(palette) == titles[0]
    qtbot.keyClick(palette.field, Qt.Key.Key_PageDown)
    assert chosen(palette) == titles[-1]
    qtbot.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert chosen(palette) == titles[0]


def test_records_come_later_and_stale_ones_never(qtbot: QtBot, window: MainWindow) -> None:
    go_on = threading.Event()
    asked: list[str] = []
    opened_records: list[str] = []

    def search(text: str, limit: int, interrupt: Interrupt) -> Sequence[FoundRecord]:
        asked.append(text)
        if text == "zz":
            go_on.wait(5)
        return [
            FoundRecord(f"Record {text}", "€45.00", "receipt-text", lambda: opened_records.append(text))
        ] * (limit + 3)

    window.session.records.append(RecordProvider("fake", "Records", search))
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "zz")
    qtbot.waitUntil(lambda: "zz" in asked)
    qtbot.keyClicks(palette.field, "z")
    qtbot.waitUntil(lambda: palette.titles() == ["Record zzz"] * 6)
    go_on.set()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened_records == ["zzz"]


def test_an_undoable_change_can_be_undone_from_it(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.bridge.changed):
        window.bridge.run_command(toaster())
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.field, "undo")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.status.text.text() == "Undone: Add “Toaster”")


def test_it_stays_inside_a_small_window_at_any_text_size(qtbot: QtBot, window: MainWindow) -> None:
    window.session.theme.set_text_percent(200)
    window.resize(1024, 680)
    palette = opened(qtbot, window)
    QApplication.processEvents()
    card = palette.findChild(type(palette._card), "card")
    assert window.rect().contains(card.geometry())
