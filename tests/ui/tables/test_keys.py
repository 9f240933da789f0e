"""Everything that a table does can be done with the keyboard alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.ledger import DiskFailure
from app.ui.tables.copying import MOST_ROWS
from app.ui.tables.view import LedgerTable
from tests.ui.tables.conftest import MakeTable, shown_texts, shows_rows
from tests.ui.tables.fakes import FakeSource

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def _row(table: LedgerTable) -> int:
    return table.currentIndex().row()


def _go_down(qtbot: QtBot, table: LedgerTable) -> None:
    """Make the second row current, with keys only."""
    qtbot.keyClick(table, Key.Key_Home)
    qtbot.keyClick(table, Key.Key_Down)


def _copied(qtbot: QtBot, table: LedgerTable, key: Qt.Key = Key.Key_C, modifier: object = CTRL) -> str:
    with qtbot.waitSignal(table.said):
        qtbot.keyClick(table, key, modifier)
    return QGuiApplication.clipboard().text()


def test_the_keys_go_through_the_rows(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10_000))
    page = table.visible_rows()[1]

    qtbot.keyClick(table, Key.Key_Down)
    assert _row(table) == 0
    qtbot.keyClick(table, Key.Key_Down)
    assert _row(table) == 1
    qtbot.keyClick(table, Key.Key_PageDown)
    assert page - 1 <= _row(table) <= page + 2
    qtbot.keyClick(table, Key.Key_End)
    assert _row(table) == 9999
    qtbot.keyClick(table, Key.Key_PageUp)
    assert _row(table) < 9999
    qtbot.keyClick(table, Key.Key_Home)
    assert _row(table) == 0
    qtbot.keyClick(table, Key.Key_End, SHIFT)
    assert table.selected_count() == 10_000


def test_enter_opens_the_current_record(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    _go_down(qtbot, table)

    for key in (Key.Key_Return, Key.Key_Enter):
        with qtbot.waitSignal(table.opened) as opened:
            qtbot.keyClick(table, key)
        assert opened.args == [9]


def test_a_double_click_opens_too(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    where = table.visualRect(table.table_model.index(4, 2)).center()

    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert opened.args == [6]


def test_delete_asks_to_delete_only_what_is_selected(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    asked: list[int] = []
    table.delete_requested.connect(lambda: asked.append(table.selected_count()))

    table.clearSelection()
    qtbot.keyClick(table, Key.Key_Delete)
    assert asked == []
    qtbot.keyClick(table, Key.Key_A, CTRL)
    qtbot.keyClick(table, Key.Key_Delete)
    assert asked == [10]


def test_delete_of_everything_waits_until_everything_is_known(qtbot: QtBot, make_table: MakeTable) -> None:
    from tests.ui.tables.fakes import ByHand

    executor = ByHand()
    table = make_table(FakeSource(5000), executor, loaded=False)
    asked: list[int] = []
    table.delete_requested.connect(lambda: asked.append(len(table.selected_ids())))
    table.table_model.load()
    executor.run()
    QApplication.processEvents()
    qtbot.keyClick(table, Key.Key_A, CTRL)
    qtbot.keyClick(table, Key.Key_Delete)
    assert asked == []

    while executor.waiting:
        executor.run()
        QApplication.processEvents()

    assert asked == [5000]


def test_esc_reduces_the_selection_to_the_current_row_and_then_goes_to_the_page(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(10))
    _go_down(qtbot, table)
    qtbot.keyClick(table, Key.Key_A, CTRL)

    qtbot.keyClick(table, Key.Key_Escape)
    assert list(table.selected_ids()) == [9]
    assert not _accepts(table, Key.Key_Escape, "\x1b")
    assert not _accepts(table, Key.Key_X, "x")
    assert not _accepts(table, Key.Key_X, "X", SHIFT)
    assert _accepts(table, Key.Key_Down, "")


def _accepts(table: LedgerTable, key: Qt.Key, text: str, modifier: object = None) -> bool:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.KeyPress, key, modifier or Qt.KeyboardModifier.NoModifier, text)
    table.keyPressEvent(event)
    return event.isAccepted()


def test_typing_letters_does_not_search_through_all_rows(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(1_000_000)
    table = make_table(source)
    source.asked.clear()

    qtbot.keyClicks(table, "thing 5")

    assert source.asked == []
    assert _row(table) <= 0


def test_the_ring_shows_the_current_cell_after_a_key_and_not_after_a_click(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(50))
    _go_down(qtbot, table)
    qtbot.keyClick(table, Key.Key_Right)
    table.viewport().repaint()
    assert table.rings(1, table.currentIndex().column())

    where = table.visualRect(table.table_model.index(3, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    table.viewport().repaint()
    assert not table.rings(3, 1)


def test_copied_rows_are_tab_separated_and_plain(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(9))
    table.show_column("tags", shown=True)
    qtbot.keyClick(table, Key.Key_Home)
    qtbot.keyClick(table, Key.Key_Down, SHIFT)

    assert _copied(qtbot, table) == (
        "2000-01-10\tThing 9\tNorthwind Office\t\t13 months left\t\t1\t-4.37\n"
        "2000-01-09\tThing 8\tBrightwell Electronics\tDebit\t\toffice, tax 2025\t0\t-4.44\n"
    )


def test_the_titles_are_copied_when_asked_for(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(9))
    qtbot.keyClick(table, Key.Key_Down)

    text = _copied(qtbot, table, modifier=CTRL | SHIFT)

    assert text.splitlines()[0] == "Bought\tItem\tShop\tPaid with\tWarranty\tReceipt\tAmount"
    assert len(text.splitlines()) == 2


def test_columns_are_copied_as_they_are_arranged(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(9))
    for key in ("bought", "shop", "paid_with", "warranty", "receipt"):
        table.show_column(key, shown=False)
    table.horizontalHeader().moveSection(table.horizontalHeader().visualIndex(7), 0)
    qtbot.keyClick(table, Key.Key_Home)

    assert _copied(qtbot, table) == "-4.37\tThing 9\n"


def test_line_breaks_and_tabs_in_a_value_do_not_tear_the_copied_table(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(1)
    row = source.rows([1])[0]
    source.changed[1] = type(row)(1, "two\nlines\tand a tab", row.shop, row.paid_with, row.bought, row.price)
    table = make_table(source)
    qtbot.keyClick(table, Key.Key_Home)

    assert "\ttwo lines and a tab\t" in _copied(qtbot, table)


def test_what_was_copied_is_said_and_too_much_is_refused(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(MOST_ROWS + 1))
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(table, Key.Key_A, CTRL)

    with qtbot.waitSignal(table.said) as said:
        qtbot.keyClick(table, Key.Key_C, CTRL)
    assert said.args == ["100,001 rows are too many for the clipboard. Copy at most 100,000, or export them."]
    assert QGuiApplication.clipboard().text() == "before"

    qtbot.keyClick(table, Key.Key_Home)
    with qtbot.waitSignal(table.said) as said:
        qtbot.keyClick(table, Key.Key_C, CTRL)
    assert said.args == ["1 row copied"]


def test_a_copy_that_fails_leaves_the_clipboard_and_is_told(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(9)
    table = make_table(source)
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(table, Key.Key_Down)
    source.failing = DiskFailure("The disk cannot be read.")

    with qtbot.waitSignal(table.table_model.failed):
        qtbot.keyClick(table, Key.Key_C, CTRL)

    assert QGuiApplication.clipboard().text() == "before"


def test_the_row_under_the_mouse_is_lit_and_put_out(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(50))
    hover = "#f3f1ed"

    qtbot.mouseMove(table.viewport(), table.visualRect(table.table_model.index(3, 1)).center())
    qtbot.waitUntil(lambda: _fill(table, 3) == hover)
    qtbot.mouseMove(table.viewport(), table.visualRect(table.table_model.index(5, 1)).center())
    qtbot.waitUntil(lambda: (_fill(table, 3), _fill(table, 5)) == (None, hover))


def _fill(table: LedgerTable, row: int) -> str | None:
    table.viewport().repaint()
    fill = table.row_fill(row)
    return None if fill is None else fill.name()


def test_a_selection_without_the_focus_is_grey(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(50))
    _go_down(qtbot, table)
    assert _fill(table, 1) == "#d5e8ee"

    table.clearFocus()
    assert _fill(table, 1) == "#e6e4de"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
@pytest.mark.parametrize("rows", [0, 50])
def test_the_menu_of_a_heading_is_gone_through_with_keys(
    qtbot: QtBot, make_table: MakeTable, rows: int
) -> None:
    table = make_table(FakeSource(rows))
    table.columns_menu().deleteLater()
    header = table.horizontalHeader()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), header.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(header.viewport(), event)
    menu = QApplication.activePopupWidget()

    assert menu is not None
    qtbot.keyClick(menu, Key.Key_A)
    assert table.sorted_by() == ("bought", False)
    qtbot.waitUntil(lambda: not table.table_model.busy)
    assert shown_texts(table)[:1] == ["Thing 1"][:rows]
    assert shows_rows(table)
