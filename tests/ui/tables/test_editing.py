"""Cells are edited in place; nothing that was typed is lost, and the table holds still meanwhile."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.columns import Column
from app.domain.money import Money
from app.ui.tables.view import LedgerTable
from tests.ui.tables.conftest import MakeTable, shown_texts
from tests.ui.tables.fakes import Bought, FakeSource

Key = Qt.Key


def _edit(qtbot: QtBot, table: LedgerTable, row: int, key: str) -> QLineEdit:
    """Open the editor of a cell with F2."""
    index = table.table_model.index(row, table.table_model.column_of(key))
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Key.Key_F2)
    field = table.indexWidget(index) or table.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    return field


def _is_open(table: LedgerTable) -> bool:
    return table.viewport().findChild(QLineEdit) is not None


def test_an_edited_cell_is_saved_and_shows_what_was_saved(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    assert field.text() == field.selectedText() == "Thing 8"

    qtbot.keyClicks(field, "Kettle")
    qtbot.keyClick(field, Key.Key_Return)
    assert source.edits == [(8, "name", "Kettle")]
    assert _is_open(table)
    source.finish_edit(name="Kettle, 2 litres")

    qtbot.waitUntil(lambda: not _is_open(table))
    assert shown_texts(table)[2] == "Kettle, 2 litres"
    assert table.hasFocus()


def test_f2_on_a_cell_that_cannot_be_edited_opens_the_first_that_can(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(10))
    field = _edit(qtbot, table, 2, "shop")

    assert field.text() == "Thing 8"
    assert field.accessibleName() == "Item"


def test_esc_gives_up_and_changes_nothing(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Kettle")

    qtbot.keyClick(field, Key.Key_Escape)

    qtbot.waitUntil(lambda: not _is_open(table))
    assert source.edits == []
    assert shown_texts(table)[2] == "Thing 8"


def test_a_text_that_did_not_change_is_not_saved(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")

    qtbot.keyClick(field, Key.Key_Return)

    qtbot.waitUntil(lambda: not _is_open(table))
    assert source.edits == []


def test_a_wrong_value_stays_in_its_editor_with_the_reason(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "price")
    qtbot.keyClicks(field, "139,oo")

    qtbot.keyClick(field, Key.Key_Return)

    assert source.edits == []
    assert field.text() == "139,oo"
    assert field.accessibleDescription() == "Enter an amount such as 139.00."
    assert "#b0261c" in field.styleSheet()

    field.setText("139.00")
    qtbot.keyClick(field, Key.Key_Return)
    assert field.accessibleDescription() == ""
    source.finish_edit(price=Money(13900, "USD"))
    qtbot.waitUntil(lambda: not _is_open(table))
    assert shown_texts(table, "price")[2] == "$139.00"


def test_a_wrong_value_is_not_lost_by_going_elsewhere(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    field = _edit(qtbot, table, 2, "price")
    qtbot.keyClicks(field, "nothing")

    where = table.visualRect(table.table_model.index(5, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QApplication.processEvents()

    assert _is_open(table)
    assert field.text() == "nothing"
    assert field.accessibleDescription()
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: not _is_open(table))


def test_a_good_value_is_saved_by_going_elsewhere(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Kettle")

    where = table.visualRect(table.table_model.index(5, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert source.edits == [(8, "name", "Kettle")]
    source.finish_edit(name="Kettle")
    qtbot.waitUntil(lambda: not _is_open(table))
    assert table.currentIndex().row() == 5


def test_a_refusal_while_saving_is_shown_at_the_editor(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Kettle")
    qtbot.keyClick(field, Key.Key_Return)

    source.refuse_edit("This name is taken.")

    qtbot.waitUntil(lambda: field.accessibleDescription() == "This name is taken.")
    assert field.text() == "Kettle"
    assert _is_open(table)


def test_a_mistake_of_the_program_while_saving_is_logged_and_keeps_the_text(
    qtbot: QtBot, make_table: MakeTable, expected_log: Callable[..., None]
) -> None:
    expected_log("A cell could not be saved")
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Kettle")
    qtbot.keyClick(field, Key.Key_Return)

    source.edit_futures.pop().set_exception(ZeroDivisionError())

    qtbot.waitUntil(lambda: "try again" in field.accessibleDescription())
    assert field.text() == "Kettle"


def test_a_refusal_after_the_editor_was_given_up_is_said(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Kettle")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: not _is_open(table))

    with qtbot.waitSignal(table.said) as said:
        source.refuse_edit("This name is taken.")

    assert said.args == ["This name is taken."]


def test_tab_saves_and_goes_on_to_the_next_cell_that_can_be_edited(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "price")
    qtbot.keyClicks(field, "5")

    qtbot.keyClick(field, Key.Key_Tab)
    source.finish_edit(price=Money(500, "USD"))

    qtbot.waitUntil(lambda: _texts(table) == ["Thing 7"])
    assert table.currentIndex().row() == 3
    qtbot.keyClick(table.viewport().findChild(QLineEdit), Key.Key_Backtab)
    qtbot.waitUntil(lambda: _texts(table) == ["5.00"])


def _texts(table: LedgerTable) -> list[str]:
    return [field.text() for field in table.viewport().findChildren(QLineEdit)]


def test_the_table_is_not_refreshed_while_an_editor_is_open(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Ket")
    source.count = 12
    table.table_model.refresh()
    for _ in range(10):
        QApplication.processEvents()

    assert table.table_model.rowCount() == 10
    assert field.text() == "Ket"
    qtbot.keyClicks(field, "tle")
    qtbot.keyClick(field, Key.Key_Escape)

    qtbot.waitUntil(lambda: table.table_model.rowCount() == 12)
    assert table.current_id() == 8


def test_rows_that_arrive_do_not_overwrite_what_is_being_typed(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    field = _edit(qtbot, table, 2, "name")
    qtbot.keyClicks(field, "Ket")

    table.table_model.forget_texts()

    assert field.text() == "Ket"


def test_a_column_can_bring_its_own_editor(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(10)
    table = make_table(source)

    def editor_for(column: Column, row: Bought, parent: QWidget) -> QWidget | None:
        if column.key != "name":
            return None
        box = QComboBox(parent)
        box.addItems([row.name, "Kettle", "Toaster"])
        return box

    table.cells.editor_for = editor_for
    index = table.table_model.index(1, 1)
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Key.Key_F2)
    box = table.viewport().findChild(QComboBox)
    assert box.currentText() == "Thing 9"

    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Return)

    assert source.edits == [(9, "name", "Kettle")]
    source.finish_edit(name="Kettle")
    qtbot.waitUntil(lambda: table.viewport().findChild(QComboBox) is None)


@pytest.mark.parametrize("row", [0, 9])
def test_tab_at_the_end_of_the_table_closes_the_editor(qtbot: QtBot, make_table: MakeTable, row: int) -> None:
    table = make_table(FakeSource(10))
    field = _edit(qtbot, table, row, "price" if row else "name")

    qtbot.keyClick(field, Key.Key_Tab if row else Key.Key_Backtab)

    qtbot.waitUntil(lambda: not _is_open(table))
    assert table.currentIndex().row() == row
