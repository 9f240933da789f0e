"""The page as a user meets it: filters, selection, details, editing in place, undo, and what it remembers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.warranties import Cover
from app.services import names, purchases
from app.services.names import NameKind
from app.ui.actions import ActionRegistry
from app.ui.purchases.bulk.dialog import BulkDialog
from app.ui.purchases.bulk.report import RefusedDialog
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.purchases.page import PurchasesPage
from app.ui.session import Session
from tests.ui.purchases.conftest import TODAY, Window, declare_window_actions

MONITOR = Purchase(
    "27-inch 4K monitor",
    56700,
    "USD",
    date(2025, 3, 14),
    retailer="Brightwell",
    category="Electronics",
    tags=("office", "tax 2025"),
    paid_with="Visa",
    serial_number="BW27-081",
    covers=(Cover(date(2025, 3, 14), date(2029, 2, 20)),),
)
EARBUDS = Purchase(
    "Wireless earbuds",
    8900,
    "USD",
    date(2025, 8, 6),
    retailer="Brightwell",
    category="Electronics",
    status=PurchaseStatus.RETURNED,
    refunds=(Refund(date(2025, 8, 13), 8900, 1, "Taken back"),),
)
TAPE = Purchase("Kinesiology tape", 11860, "EUR", date(2024, 9, 19), retailer="Lindner", category="Practice")
KETTLE = Purchase("Kettle", 4490, "USD", date(2026, 11, 2), category="Household")

MakePage = Callable[[Sequence[Purchase]], PurchasesPage]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    declare_window_actions(session)

    def make(records: Sequence[Purchase] = (MONITOR, EARBUDS, TAPE, KETTLE)) -> PurchasesPage:
        for record in records:
            session.ledger.run(purchases.add(record))
        page = PurchasesPage(session)
        qtbot.addWidget(page)
        page.resize(1232, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("purchases")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page._recorded is not None and not page.table.table_model.busy)
        return page

    return make


def _products(page: PurchasesPage) -> list[str]:
    model = page.table.table_model
    column = model.column_of("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _settle(qtbot: QtBot, page: PurchasesPage) -> None:
    qtbot.waitUntil(lambda: not page.table.table_model.busy and page.table.table_model.complete)


def _select(page: PurchasesPage, *rows: int) -> None:
    """Select rows by themselves, whatever modifier keys an earlier test left pressed."""
    model, chosen = page.table.table_model, page.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    chosen.setCurrentIndex(model.index(rows[0], 0), flags.ClearAndSelect | flags.Rows)
    for row in rows[1:]:
        chosen.select(model.index(row, 0), flags.Select | flags.Rows)


def _press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifiers)


def _cell(page: PurchasesPage, row: int, key: str) -> str:
    model = page.table.table_model
    return str(model.index(row, model.column_of(key)).data())


def _edit(qtbot: QtBot, page: PurchasesPage, row: int, key: str) -> QWidget:
    model = page.table.table_model
    page.table.show_column(key, shown=True)
    page.table.setFocus()
    page.table.setCurrentIndex(model.index(row, model.column_of(key)))
    _press(page.table, Qt.Key.Key_F2)
    kinds = (QComboBox, QLineEdit)
    found = [kid for kid in page.table.viewport().children() if isinstance(kid, kinds)]
    assert len(found) == 1
    return found[0]


def _shown_dialog(session: Session, kind: type[Any]) -> Any:
    found = [child for child in session.window.findChildren(kind) if child.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_table_shows_what_was_bought_and_what_it_comes_to(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    assert _products(page) == ["Kettle", "Wireless earbuds", "27-inch 4K monitor", "Kinesiology tape"]
    assert page.frame.head.subtitle() == "4 recorded"
    assert page.footer.counts_text() == "4 purchases"
    qtbot.waitUntil(lambda: bool(page.footer.totals_text()))
    assert page.footer.totals_text() == "Total, refunds included $611.90   €118.60"
    assert _cell(page, 1, "net") == "$0.00"
    assert _cell(page, 1, "status") == "Returned"
    assert _cell(page, 2, "warranty") == "27 months left"
    assert _cell(page, 3, "warranty") == "—"


def test_typing_filters_and_clearing_shows_everything_again(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    qtbot.keyClicks(page.filters.bar.field, "BRIGHT")
    _settle(qtbot, page)
    qtbot.waitUntil(lambda: _products(page) == ["Wireless earbuds", "27-inch 4K monitor"])
    assert page.footer.counts_text() == "2 of 4 purchases"
    page.session.actions.run("purchases.clear_filters")
    qtbot.waitUntil(lambda: len(_products(page)) == 4)
    assert page.filters.bar.text() == ""


def test_nothing_found_says_so_and_offers_to_clear(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([KETTLE])
    page.filters.bar.set_text("zzz")
    qtbot.waitUntil(page.frame._no_match.isVisible)
    assert page.footer.counts_text() == "0 of 1 purchase"
    page.filters.clear()
    qtbot.waitUntil(page.table.isVisible)


def test_a_ledger_without_purchases_says_what_goes_here(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([])
    assert page.frame._empty.isVisible()
    assert not page.frame.new.isVisible()
    page._first_thing.click()
    dialog = _shown_dialog(page.session, PurchaseDialog)
    dialog.form.name.line.setText("Kettle")
    dialog.form.price.line.setText("20")
    dialog.save()
    qtbot.waitUntil(page.table.isVisible)
    qtbot.waitUntil(lambda: page.table.selected_count() == 1)
    assert _products(page) == ["Kettle"]


def test_chips_combine_and_can_be_removed_by_key(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    qtbot.waitUntil(lambda: "Electronics" in page.book.names(NameKind.CATEGORY))
    category = names.find(page.session.ledger, NameKind.CATEGORY, "electronics")
    assert category is not None
    page.filters.set(
        PurchaseFilter(
            categories=frozenset({category}), bought_from=date(2025, 1, 1), bought_to=date(2025, 12, 31)
        )
    )
    qtbot.waitUntil(lambda: len(_products(page)) == 2)
    chips = page.filters.bar.chips()
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Category is", "Electronics"),
        ("Bought in", "2025"),
    ]
    button = page.filters.bar.chip_button("bought")
    assert button is not None
    _press(button, Qt.Key.Key_Delete)
    assert [chip.key for chip in page.filters.bar.chips()] == ["category"]
    assert page.filters.wanted == PurchaseFilter(categories=frozenset({category}))


def test_the_detail_pane_follows_the_selection_and_escape_closes_it(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    assert not page.pane.isVisible()
    _select(page, 2)
    qtbot.waitUntil(page.pane.isVisible)
    assert page.pane.purchase is not None
    assert page.pane.purchase.name == "27-inch 4K monitor"
    page.pane.setFocus()
    _press(page.pane._scroll, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert QApplication.focusWidget() is page.table
    _select(page, 1)
    _settle(qtbot, page)
    assert not page.pane.isVisible()
    _press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.isVisible)
    qtbot.waitUntil(lambda: page.pane.purchase is not None and page.pane.purchase.name == "Wireless earbuds")


def test_a_narrow_page_hides_the_details_until_they_are_asked_for(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, KETTLE])
    _select(page, 1)
    qtbot.waitUntil(page.pane.isVisible)
    page.resize(968, 700)
    assert not page.pane.isVisible()
    _press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.isVisible)
    page.close_pane()
    page.open_pane()
    page.resize(968, 640)
    assert page.pane.isVisible()
    page.resize(1232, 640)
    assert page.pane.isVisible()


def test_several_selected_are_summed_up(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    _select(page, 2, 3)
    qtbot.waitUntil(lambda: page.footer.totals_text() == "Selected €118.60   $567.00")
    assert page.footer.counts_text() == "4 purchases · 2 selected"
    assert page.pane.isVisible()
    assert page.pane._edit.text() == "Edit 2 purchases…"


def test_delete_undo_and_redo(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    _select(page, 0, 1)
    _press(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(_products(page)) == 2)
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: len(_products(page)) == 4)
    page.session.bridge.redo()
    qtbot.waitUntil(lambda: len(_products(page)) == 2)
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
    editor = _edit(qtbot, page, 0, key)
    if isinstance(editor, QComboBox):
        editor.setEditText(text)
    else:
        editor.setText(text)
    _press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _cell(page, 0, key) == shown)


def test_the_status_is_chosen_in_place(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([KETTLE])
    editor = _edit(qtbot, page, 0, "status")
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("ORDERED"))
    _press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _cell(page, 0, "status") == "Ordered")


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
    before = _cell(page, 0, key)
    editor = _edit(qtbot, page, 0, key)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    _press(editor, Qt.Key.Key_Return)
    assert reason in editor.accessibleDescription()
    assert editor.isVisible()
    _press(editor, Qt.Key.Key_Escape)
    assert _cell(page, 0, key) == before


def test_many_are_edited_in_one_step_and_taken_back_in_one(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    _select(page, 0, 1, 2, 3)
    page.session.actions.run("purchases.bulk")
    dialog = _shown_dialog(page.session, BulkDialog)
    assert not dialog._change.isEnabled()
    dialog.field("retailer").setEditText("Everywhere")
    dialog.field("tags").set_tags(("new",))
    dialog.tick("tags").setChecked(True)
    dialog.field("untag").set_tags(("office",))
    dialog.tick("untag").setChecked(True)
    dialog._change.click()
    qtbot.waitUntil(lambda: {_cell(page, row, "retailer") for row in range(4)} == {"Everywhere"})
    found = [purchases.get(page.session.ledger, id) for id in page.table.table_model.vector]
    assert {purchase.tags for purchase in found if purchase} == {("new",), ("new", "tax 2025")}
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: _cell(page, 3, "retailer") == "Lindner")


def test_what_a_bulk_edit_cannot_change_is_listed_with_its_reason(
    qtbot: QtBot, make_page: MakePage, window: Window
) -> None:
    yen = Purchase("Fan", 3200, "JPY", date(2026, 1, 1))
    page = make_page([KETTLE, yen])
    page.table.selectAll()
    page.session.actions.run("purchases.bulk")
    dialog = _shown_dialog(page.session, BulkDialog)
    codes = dialog.field("currency")
    codes.setCurrentIndex(codes.findData("EUR"))
    codes.activated.emit(codes.currentIndex())
    dialog._change.click()
    qtbot.waitUntil(lambda: bool(page.session.window.findChildren(RefusedDialog)))
    assert window.problems == ["1 purchase could not be changed"]
    qtbot.waitUntil(lambda: _cell(page, 0, "net") == "€44.90")
    assert _cell(page, 1, "net").endswith("3,200")


def test_rows_are_copied_as_tab_separated_text(qtbot: QtBot, make_page: MakePage, window: Window) -> None:
    page = make_page([KETTLE])
    page.table.selectAll()
    assert page.session.actions.run("edit.copy")
    qtbot.waitUntil(lambda: window.told == ["1 row copied"])
    assert QApplication.clipboard().text() == "2026-11-02\tKettle\t\tReceived\t\t44.90\n"


def test_one_purchase_is_duplicated_through_the_form_and_several_at_once(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([MONITOR, KETTLE])
    _select(page, 1)
    page.session.actions.run("purchases.duplicate")
    qtbot.waitUntil(lambda: bool(page.session.window.findChildren(PurchaseDialog)))
    dialog = _shown_dialog(page.session, PurchaseDialog)
    assert dialog.form.name.text() == "27-inch 4K monitor"
    assert dialog.form.serial_number.text() == ""
    dialog.save()
    qtbot.waitUntil(lambda: len(_products(page)) == 3)
    page.table.selectAll()
    page.session.actions.run("purchases.duplicate")
    qtbot.waitUntil(lambda: len(_products(page)) == 6)


def test_filter_columns_and_pane_survive_a_restart(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    page = make_page([MONITOR, KETTLE])
    page.filters.set(PurchaseFilter(text="monitor", statuses=frozenset({PurchaseStatus.RECEIVED})))
    page.table.show_column("brand", shown=True)
    page.table.sort_by("name", descending=False)
    page.close_pane()
    page.leave()
    fresh = replace(session, actions=ActionRegistry(session.window))
    declare_window_actions(fresh)
    again = PurchasesPage(fresh)
    qtbot.addWidget(again)
    assert again.filters.wanted == page.filters.wanted
    assert again.filters.bar.text() == "monitor"
    assert "brand" in [column.key for column in again.table.shown_columns()]
    assert again.table.sorted_by() == ("name", False)
    assert not again._pane_wanted


def test_a_purchase_is_shown_even_where_the_filter_hides_it(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, KETTLE])
    page.filters.set(PurchaseFilter(text="kettle"))
    qtbot.waitUntil(lambda: _products(page) == ["Kettle"])
    monitor = purchases.ids(page.session.ledger, PurchaseFilter(text="monitor"), SortBy("name", False))[0]
    page.open(purchase=monitor)
    qtbot.waitUntil(lambda: page.table.current_id() == monitor)
    assert not page.filters.wanted


def test_a_filter_is_saved_applied_and_deleted(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, KETTLE])
    page.filters.set(PurchaseFilter(text="monitor"))
    page.saved._save("Screens")
    qtbot.waitUntil(lambda: page.saved.button.text() == "Screens")
    page.filters.clear()
    assert page.saved.button.text() == "All purchases"
    page.saved._fill()
    entry = next(action for action in page.saved._menu.actions() if action.text() == "Screens")
    entry.trigger()
    qtbot.waitUntil(lambda: _products(page) == ["27-inch 4K monitor"])
    page.saved._delete(page.saved._entries[0])
    qtbot.waitUntil(lambda: page.saved.button.text() == "Unsaved filter")


def test_markup_in_data_is_text(qtbot: QtBot, make_page: MakePage) -> None:
    nasty = Purchase(
        "<b>bold</b>", 100, "USD", TODAY, retailer="<img src=x>", notes="<a href=x>y</a>", tags=("<i>t</i>",)
    )
    page = make_page([nasty])
    _select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    labels = page.pane.findChildren(QLabel)
    assert any(label.text() == "<b>bold</b>" for label in labels)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())


def test_no_text_makes_the_details_wider_than_their_pane(qtbot: QtBot, make_page: MakePage) -> None:
    long = "x" * 490
    huge = Purchase(
        long,
        10**15 - 1,
        "USD",
        TODAY,
        retailer=long,
        brand=long,
        category=long,
        serial_number=long,
        notes=f"https://example.com/{long} and more words " * 5,
        tags=(long, "short"),
        covers=(Cover(TODAY, TODAY, kind=long, provider=long, policy_number=long),),
        refunds=(Refund(TODAY, 1, 1, long),),
    )
    page = make_page([huge])
    _select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    inside = page.pane._scroll.widget()
    qtbot.waitUntil(lambda: inside.width() == page.pane._scroll.viewport().width())
    assert inside.minimumSizeHint().width() <= inside.width()


def test_every_control_has_a_name(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR])
    _select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.text() or button.accessibleName() or button.toolTip(), button
    assert page.table.accessibleName() == "Purchases"
