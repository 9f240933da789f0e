"""The page as a user meets it: filters, selection, details, editing in place, undo, and what it remembers."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.warranties import Cover
from app.services import names, purchases
from app.services.names import NameKind
from app.ui.actions import ActionRegistry
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.purchases.page import PurchasesPage
from app.ui.session import Session
from tests.ui.purchases.conftest import TODAY, declare_window_actions
from tests.ui.purchases.pages import (
    EARBUDS,
    KETTLE,
    MONITOR,
    TAPE,
    MakePage,
    cell,
    press,
    products,
    select,
    settle,
    shown_dialog,
)


def test_the_table_shows_what_was_bought_and_what_it_comes_to(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    assert products(page) == ["Kettle", "Wireless earbuds", "27-inch 4K monitor", "Kinesiology tape"]
    assert page.frame.head.subtitle() == "4 recorded"
    assert page.footer.counts_text() == "4 purchases"
    qtbot.waitUntil(lambda: bool(page.footer.totals_text()))
    assert page.footer.totals_text() == "Total, refunds included $611.90   €118.60"
    assert cell(page, 1, "net") == "$0.00"
    assert cell(page, 1, "status") == "Returned"
    assert cell(page, 2, "warranty") == "27 months left"
    assert cell(page, 3, "warranty") == "—"


def test_typing_filters_and_clearing_shows_everything_again(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    qtbot.keyClicks(page.filters.bar.field, "BRIGHT")
    settle(qtbot, page)
    qtbot.waitUntil(lambda: products(page) == ["Wireless earbuds", "27-inch 4K monitor"])
    assert page.footer.counts_text() == "2 of 4 purchases"
    page.session.actions.run("purchases.clear_filters")
    qtbot.waitUntil(lambda: len(products(page)) == 4)
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
    dialog = shown_dialog(page.session, PurchaseDialog)
    dialog.form.name.line.setText("Kettle")
    dialog.form.price.line.setText("20")
    dialog.save()
    qtbot.waitUntil(page.table.isVisible)
    qtbot.waitUntil(lambda: page.table.selected_count() == 1)
    qtbot.waitUntil(lambda: products(page) == ["Kettle"])


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
    qtbot.waitUntil(lambda: len(products(page)) == 2)
    chips = page.filters.bar.chips()
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Category is", "Electronics"),
        ("Bought in", "2025"),
    ]
    button = page.filters.bar.chip_button("bought")
    assert button is not None
    press(button, Qt.Key.Key_Delete)
    assert [chip.key for chip in page.filters.bar.chips()] == ["category"]
    assert page.filters.wanted == PurchaseFilter(categories=frozenset({category}))


def test_the_detail_pane_follows_the_selection_and_escape_closes_it(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    assert not page.pane.isVisible()
    select(page, 2)
    qtbot.waitUntil(page.pane.isVisible)
    assert page.pane.purchase is not None
    assert page.pane.purchase.name == "27-inch 4K monitor"
    page.pane.setFocus()
    press(page.pane._scroll, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert QApplication.focusWidget() is page.table
    select(page, 1)
    settle(qtbot, page)
    assert not page.pane.isVisible()
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.isVisible)
    qtbot.waitUntil(lambda: page.pane.purchase is not None and page.pane.purchase.name == "Wireless earbuds")


def test_a_narrow_page_hides_the_details_until_they_are_asked_for(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, KETTLE])
    select(page, 1)
    qtbot.waitUntil(page.pane.isVisible)
    page.resize(968, 700)
    assert not page.pane.isVisible()
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.isVisible)
    page.close_pane()
    page.open_pane()
    page.resize(968, 640)
    assert page.pane.isVisible()
    page.resize(1232, 640)
    assert page.pane.isVisible()


def test_several_selected_are_summed_up(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR, EARBUDS, TAPE, KETTLE])
    select(page, 2, 3)
    qtbot.waitUntil(lambda: page.footer.totals_text() == "Selected €118.60   $567.00")
    assert page.footer.counts_text() == "4 purchases · 2 selected"
    assert page.pane.isVisible()
    assert page.pane._edit.text() == "Edit 2 purchases…"


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
    qtbot.waitUntil(lambda: products(page) == ["Kettle"])
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
    qtbot.waitUntil(lambda: products(page) == ["27-inch 4K monitor"])
    page.saved._delete(page.saved._entries[0])
    qtbot.waitUntil(lambda: page.saved.button.text() == "Unsaved filter")


def test_markup_in_data_is_text(qtbot: QtBot, make_page: MakePage) -> None:
    nasty = Purchase(
        "<b>bold</b>", 100, "USD", TODAY, retailer="<img src=x>", notes="<a href=x>y</a>", tags=("<i>t</i>",)
    )
    page = make_page([nasty])
    select(page, 0)
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
    select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    inside = page.pane._scroll.widget()
    qtbot.waitUntil(lambda: inside.width() == page.pane._scroll.viewport().width())
    assert inside.minimumSizeHint().width() <= inside.width()


def test_every_control_has_a_name(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([MONITOR])
    select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.text() or button.accessibleName() or button.toolTip(), button
    assert page.table.accessibleName() == "Purchases"
