"""Changing purchases from the page: in their rows, many at once, copies, deleting, and all of it undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase
from app.services import purchases
from app.ui.purchases.bulk.dialog import BulkDialog
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.records.refused import RefusedDialog
from tests.ui.purchases.conftest import Window
from tests.ui.purchases.pages import (
    EARBUDS,
    KETTLE,
    MONITOR,
    TAPE,
    MakePage,
    cell,
    open_editor,
    press,
    products,
    select,
    shown_dialog,
)


def test_delete_undo_and_redo(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    select(page, 0, 1)
    press(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(products(page)) == 2)
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: len(products(page)) == 4)
    page.session.bridge.redo()
    qtbot.waitUntil(lambda: len(products(page)) == 2)
    qtbot.waitUntil(lambda: page.frame.head.subtitle() == "2 recorded")


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("name", "Kettle, red", "Kettle, red"),
        ("net", "49.5", "$49.50"),
        ("retailer", "Halden Home", "Halden Home"),
        ("brand", "Emberton", "Emberton"),
        ("category", "Kitchen", "Kitchen"),
        ("purchased_on", "12/1/2026", "1 Dec 2026"),
    ],
)
def test_a_cell_is_edited_in_place(
    qtbot: QtBot, make_page: MakePage, key: str, text: str, shown: str
) -> None:
    page = make_page([KETTLE])
    editor = open_editor(qtbot, page, 0, key)
    if isinstance(editor, QComboBox):
        editor.setEditText(text)
    else:
        editor.setText(text)
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(page, 0, key) == shown)


def test_the_status_is_chosen_in_place(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([KETTLE])
    editor = open_editor(qtbot, page, 0, "status")
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("ORDERED"))
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(page, 0, "status") == "Ordered")


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("name", " ", "Enter what was bought."),
        ("net", "12,oo", "Enter an amount such as 139.00."),
        ("net", "-5", "Enter an amount of 0 or more"),
        ("net", "5 EUR", "This amount is in EUR"),
        ("purchased_on", "30 February 2025", "no day 30"),
    ],
)
def test_a_wrong_value_stays_in_its_editor_with_the_reason(
    qtbot: QtBot, make_page: MakePage, key: str, text: str, reason: str
) -> None:
    page = make_page([KETTLE])
    before = cell(page, 0, key)
    editor = open_editor(qtbot, page, 0, key)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    press(editor, Qt.Key.Key_Return)
    assert reason in editor.accessibleDescription()
    assert editor.isVisible()
    press(editor, Qt.Key.Key_Escape)
    assert cell(page, 0, key) == before


def test_many_are_edited_in_one_step_and_taken_back_in_one(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    select(page, 0, 1, 2, 3)
    page.session.actions.run("purchases.bulk")
    dialog = shown_dialog(page.session, BulkDialog)
    assert not dialog._change.isEnabled()
    dialog.field("retailer").setEditText("Everywhere")
    dialog.field("tags").set_tags(("new",))
    dialog.tick("tags").setChecked(True)
    dialog.field("untag").set_tags(("office",))
    dialog.tick("untag").setChecked(True)
    dialog._change.click()
    qtbot.waitUntil(lambda: {cell(page, row, "retailer") for row in range(4)} == {"Everywhere"})
    found = [purchases.get(page.session.ledger, id) for id in page.table.table_model.vector]
    assert {purchase.tags for purchase in found if purchase} == {("new",), ("new", "tax 2025")}
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: cell(page, 3, "retailer") == "Lindner")


def test_what_a_bulk_edit_cannot_change_is_listed_with_its_reason(
    qtbot: QtBot, make_page: MakePage, window: Window
) -> None:
    yen = Purchase("Fan", 3200, "JPY", date(2026, 1, 1))
    page = make_page([KETTLE, yen])
    page.table.selectAll()
    page.session.actions.run("purchases.bulk")
    dialog = shown_dialog(page.session, BulkDialog)
    codes = dialog.field("currency")
    codes.setCurrentIndex(codes.findData("EUR"))
    codes.activated.emit(codes.currentIndex())
    dialog._change.click()
    qtbot.waitUntil(lambda: bool(page.session.window.findChildren(RefusedDialog)))
    assert window.problems == ["1 purchase could not be changed"]
    qtbot.waitUntil(lambda: cell(page, 0, "net") == "€44.90")
    assert cell(page, 1, "net").endswith("3,200")


def test_rows_are_copied_as_tab_separated_text(qtbot: QtBot, make_page: MakePage, window: Window) -> None:
    page = make_page([KETTLE])
    page.table.selectAll()
    assert page.session.actions.run("edit.copy")
    qtbot.waitUntil(lambda: window.told == ["1 row copied"])
    assert QApplication.clipboard().text() == "2026-11-02\tKettle\t\tReceived\t\t0\t44.90\n"


def test_one_purchase_is_duplicated_through_the_form_and_several_at_once(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([MONITOR, KETTLE])
    select(page, 1)
    page.session.actions.run("purchases.duplicate")
    qtbot.waitUntil(lambda: bool(page.session.window.findChildren(PurchaseDialog)))
    dialog = shown_dialog(page.session, PurchaseDialog)
    assert dialog.form.name.text() == "27-inch 4K monitor"
    assert dialog.form.serial_number.text() == ""
    dialog.save()
    qtbot.waitUntil(lambda: len(products(page)) == 3)
    page.table.selectAll()
    page.session.actions.run("purchases.duplicate")
    qtbot.waitUntil(lambda: len(products(page)) == 6)
