"""What one does in an hour with purchases, by keyboard: enter, find, correct, change many, take back, come again."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, SortBy
from app.services import names, purchases
from app.services.ledger import open_ledger
from app.services.names import NameKind
from app.ui.names.dialogs import MergeDialog
from app.ui.palette.dialog import Palette
from app.ui.purchases.bulk.dialog import BulkDialog
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.spending.page import SpendingPage
from tests.journeys.conftest import Person, Sit

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


def _record(books: Path, *records: Purchase) -> None:
    ledger = open_ledger(books)
    for record in records:
        ledger.run(purchases.add(record))
    ledger.close()


def _only(person: Person) -> Purchase:
    (id,) = purchases.ids(person.ledger, PurchaseFilter(), SortBy())
    found = purchases.get(person.ledger, id)
    assert found is not None
    return found


def _shown(person: Person) -> list[str]:
    model = person.purchases.table.table_model
    return [model.index(row, model.column_of("name")).data() for row in range(model.rowCount())]


def test_a_purchase_is_entered_found_corrected_and_taken_back(sit_down: Sit, books: Path) -> None:
    with sit_down(books) as person:
        person.press("Ctrl+N")
        person.dialog(PurchaseDialog)
        person.type("Toaster")
        person.press("Tab")
        person.type("48,15")
        person.press("Tab", "Tab", "Tab")
        person.replace("27 Aug 2025")
        person.press("Ctrl+Return")
        person.wait(lambda: _shown(person) == ["Toaster"])
        saved = _only(person)
        assert (saved.price, saved.currency, saved.purchased_on) == (4815, "EUR", date(2025, 8, 27))

        person.wait(lambda: person.purchases.table.hasFocus() and person.purchases.table.selected_count())
        person.press("Right", "F2")
        person.replace("Toaster, white")
        person.press("Return")
        person.wait(lambda: _shown(person) == ["Toaster, white"])

        person.undo("Change")
        person.wait(lambda: _shown(person) == ["Toaster"])
        person.wait(person.window.actions_registry.qaction("edit.redo").isEnabled)
        person.press("Ctrl+Shift+Z")
        person.wait(lambda: _shown(person) == ["Toaster, white"])
        person.settle()
        person.press("Delete")
        person.wait(lambda: person.purchases.frame.is_empty)
        person.undo("Delete")
        person.wait(lambda: _shown(person) == ["Toaster, white"])


def test_the_palette_leads_to_a_record(sit_down: Sit, books: Path) -> None:
    _record(
        books,
        Purchase("Exercise bike", 34000, "EUR", date(2026, 1, 5)),
        Purchase("Kettle", 3000, "EUR", date(2026, 1, 6)),
    )
    with sit_down(books) as person:
        person.press("Ctrl+K")
        palette = person.window.findChild(Palette)
        assert palette is not None
        person.wait(palette.field.hasFocus)
        person.type("bike")
        person.wait(lambda: "Exercise bike" in palette.titles())
        person.press("Return")
        person.wait(lambda: person.purchases.pane.purchase is not None)
        assert person.purchases.pane.purchase is not None
        assert person.purchases.pane.purchase.name == "Exercise bike"


def test_many_are_changed_at_once_and_back(sit_down: Sit, books: Path) -> None:
    _record(books, *(Purchase(f"Pen {n}", 100, "EUR", date(2026, 1, 1 + n)) for n in range(5)))
    with sit_down(books) as person:
        person.press("Ctrl+A", "Ctrl+E")
        dialog = person.dialog(BulkDialog)
        assert isinstance(dialog, BulkDialog)
        person.press("Tab", "Tab", "Tab")
        person.type("Stationer")
        person.press("Escape") if QApplication.activePopupWidget() else None
        person.press("Return")
        person.wait(lambda: names.find(person.ledger, NameKind.RETAILER, "Stationer"))
        rows = purchases.rows(person.ledger, purchases.ids(person.ledger, PurchaseFilter(), SortBy()))
        assert {row.retailer for row in rows} == {"Stationer"}
        person.wait(lambda: QApplication.activeWindow() is person.window)
        person.undo("5 purchases")
        person.wait(lambda: names.find(person.ledger, NameKind.RETAILER, "Stationer") is None)


def test_two_spellings_of_a_retailer_become_one(sit_down: Sit, books: Path) -> None:
    _record(
        books,
        Purchase("Kettle", 100, "EUR", date(2026, 1, 1), retailer="Halden"),
        Purchase("Lamp", 100, "EUR", date(2026, 1, 2), retailer="Halden Home"),
    )
    with sit_down(books) as person:
        person.go("names")
        person.wait(lambda: person.names.tab.model.complete)
        person.press("Ctrl+F")
        person.type("halden")
        person.wait(lambda: person.names.tab.model.rowCount() == 2 and not person.names.tab.model.busy)
        person.press("F6", "Ctrl+A", "Ctrl+M")
        person.dialog(MergeDialog)
        person.press("Return")
        person.wait(lambda: person.names.tab.model.rowCount() == 1)
        person.wait(person.names.tab.table.hasFocus)
        person.press("Down", "Return")
        person.wait(lambda: person.window.host.current_id == "purchases")
        person.wait(lambda: sorted(_shown(person)) == ["Kettle", "Lamp"])
        assert [chip.label for chip in person.purchases.filters.bar.chips()] == ["Retailer is"]
        person.undo("Merge")
        person.wait(lambda: names.find(person.ledger, NameKind.RETAILER, "Halden") is not None)


def test_everything_is_as_it_was_left_when_one_comes_back(sit_down: Sit, books: Path) -> None:
    _record(
        books,
        Purchase("Kettle", 3000, "EUR", date(2026, 1, 5), status=PurchaseStatus.ORDERED),
        Purchase("Lamp", 3000, "EUR", date(2026, 1, 6)),
        Purchase("Ladle", 500, "EUR", date(2026, 1, 7)),
    )
    with sit_down(books) as person:
        person.press("Ctrl+F")
        person.type("l")
        person.wait(lambda: len(_shown(person)) == 3)
        person.type("a")
        person.wait(lambda: _shown(person) == ["Ladle", "Lamp"])
        person.press("Down")
        person.wait(person.purchases.pane.isVisible)
        person.press("Escape")
        person.purchases.table.sort_by("name", descending=True)
        person.wait(lambda: _shown(person) == ["Lamp", "Ladle"])
    with sit_down(books) as person:
        assert _shown(person) == ["Lamp", "Ladle"]
        assert person.purchases.filters.bar.text() == "la"
        person.press("Down")
        person.wait(lambda: person.purchases.table.selected_count() == 1)
        assert not person.purchases.pane.isVisible()
        person.press("Ctrl+Shift+F")
        person.wait(lambda: len(_shown(person)) == 3)


def test_from_a_month_of_spending_to_its_purchases_and_back(sit_down: Sit, books: Path) -> None:
    _record(
        books,
        Purchase("Kettle", 100, "EUR", datetime.now(ZoneInfo("Europe/Berlin")).date()),
        Purchase("Lamp", 300, "EUR", date(2020, 1, 2)),
    )
    with sit_down(books) as person:
        person.go("spending")
        person.wait(lambda: person.window.host.current_id == "spending")
        page = person.window.host.current_page()
        assert isinstance(page, SpendingPage)
        person.wait(lambda: page.found is not None and page.controls.preset.hasFocus())
        assert page.board.metrics.total.figure.value == "€1.00"
        person.press("F6", "F6", "End", "Return")
        person.wait(lambda: person.window.host.current_id == "purchases")
        person.wait(lambda: _shown(person) == ["Kettle"])
        person.press("Alt+Left")
        person.wait(lambda: person.window.host.current_id == "spending")
        # The list of periods: everything is the fourth.
        person.press("Down", "Down", "Down")
        person.wait(lambda: page.board.metrics.total.figure.value == "€4.00")
