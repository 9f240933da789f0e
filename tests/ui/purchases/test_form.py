"""The form: everything by keyboard, problems at their fields, price and parts in step, warranties at once."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.warranties import Cover, Duration
from app.services import purchases
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.purchases.lists import NameBook
from app.ui.records.purpose import Purpose
from app.ui.session import Session
from tests.ui.purchases.conftest import TODAY


def _dialog(
    qtbot: QtBot, session: Session, book: NameBook, purpose: Purpose = Purpose.NEW, purchase: Any = None
) -> PurchaseDialog:
    dialog = PurchaseDialog(session, book, purpose, purchase)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def _type(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.selectAll()
        if field.completer() is not None:  # whose list would keep the keyboard to itself
            field.setText(text)
        else:
            qtbot.keyClicks(field, text)
    if isinstance(field, QLineEdit):
        field.editingFinished.emit()


def _save(qtbot: QtBot, dialog: PurchaseDialog) -> int:
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return int(saved.args[0])


def _all(session: Session) -> list[Purchase]:
    ids = purchases.ids(session.ledger, PurchaseFilter(), SortBy("name", False))
    return [found for id in ids if (found := purchases.get(session.ledger, id)) is not None]


def test_a_purchase_is_entered_and_saved_by_keyboard(qtbot: QtBot, session: Session, book: NameBook) -> None:
    dialog = _dialog(qtbot, session, book)
    form = dialog.form
    qtbot.keyClicks(form.name.line, "27-inch 4K monitor")
    _type(qtbot, form.price.line, "567")
    retailer = form.retailer.combo.lineEdit()
    assert retailer is not None
    _type(qtbot, retailer, "Brightwell Electronics")
    _type(qtbot, form.purchased_on.line, "3/14/2025")
    _type(qtbot, form.warranty.line, "36 months")
    assert form.price.text() == "567.00"
    assert form.purchased_on.text() == "14 Mar 2025"
    assert form.retailer.message == "A new retailer, added on Save"
    saved = purchases.get(session.ledger, _save(qtbot, dialog))
    assert saved is not None
    assert (saved.name, saved.price, saved.currency) == ("27-inch 4K monitor", 56700, "USD")
    assert saved.purchased_on == date(2025, 3, 14)
    assert saved.retailer == "Brightwell Electronics"
    assert [cover.ends_on for cover in saved.covers] == [date(2028, 3, 14)]
    assert not dialog.isVisible()


def test_an_ambiguous_date_says_how_it_was_read(qtbot: QtBot, session: Session, book: NameBook) -> None:
    form = _dialog(qtbot, session, book).form
    _type(qtbot, form.purchased_on.line, "3/4/2025")
    assert form.purchased_on.text() == "4 Mar 2025"
    assert form.purchased_on.message == "Read as 4 Mar 2025."
    _type(qtbot, form.price.line, "1,234")
    assert form.price.message == "Read as $1,234.00."


def test_problems_are_shown_at_their_fields_and_the_first_gets_the_focus(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    dialog = _dialog(qtbot, session, book)
    form = dialog.form
    _type(qtbot, form.price.line, "139,oo")
    assert form.price.message == "Enter an amount such as 139.00."
    form.tabs.setCurrentIndex(3)
    dialog.save()
    assert form.tabs.currentIndex() == 0
    assert form.name.message == "Enter what was bought."
    assert dialog.focusWidget() is form.name.line
    assert _all(session) == []


def test_a_problem_on_another_tab_is_brought_to_the_front(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    dialog = _dialog(qtbot, session, book)
    form = dialog.form
    form.name.line.setText("Kettle")
    form.price.line.setText("20")
    row = form.refunds.add(Refund(TODAY, 5000))
    dialog.save()
    assert form.tabs.currentIndex() == 1
    assert dialog.focusWidget() is row.amount.line
    assert "more than the price" in form.refunds._problem.text()
    assert not form.tabs.tabIcon(1).isNull()


def test_parts_fill_the_price_in_and_say_what_they_add_up_to(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    dialog = _dialog(qtbot, session, book)
    form = dialog.form
    form.name.line.setText("Desk chair")
    _type(qtbot, form.quantity.line, "2")
    _type(qtbot, form.parts.fields["unit_price"].line, "100")
    assert form.price.text() == "200.00"
    _type(qtbot, form.parts.fields["tax"].line, "16.50")
    assert form.price.text() == "216.50"
    assert "The parts add up to the price of $216.50." in form.parts._sum.text()
    _type(qtbot, form.price.line, "210")
    _type(qtbot, form.parts.fields["shipping"].line, "5")
    assert form.price.text() == "210.00"
    assert not form.parts._use.isHidden()
    dialog.save()
    assert form.price.state == "error"
    assert "add up to 221.50 USD" in form.price.message
    form.parts._use.click()
    saved = purchases.get(session.ledger, _save(qtbot, dialog))
    assert saved is not None
    assert saved.price == 22150
    assert saved.price_from_parts == 22150


def test_a_currency_written_beside_the_price_becomes_the_purchases(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    form = _dialog(qtbot, session, book).form
    _type(qtbot, form.price.line, "12 EUR")
    assert form.currency.value() == "EUR"
    assert form.price.text() == "12.00"


def test_every_field_survives_editing(qtbot: QtBot, session: Session, book: NameBook) -> None:
    whole = Purchase(
        name="Washing machine",
        price=44700,
        currency="EUR",
        purchased_on=date(2025, 1, 12),
        quantity=2,
        unit_price=20000,
        tax=3192,
        shipping=1608,
        discount=100,
        retailer="Halden Home",
        brand="Nordvask",
        category="Household",
        tags=("Personal", "office"),
        status=PurchaseStatus.RETURNED,
        return_by=date(2025, 2, 12),
        order_number="HH-1",
        order_line=3,
        model_number="NV",
        serial_number="S-1",
        paid_with="Visa",
        kept_at="Bathroom",
        notes="First line\nsecond line",
        covers=(
            Cover(
                date(2025, 1, 12), date(2027, 1, 12), Duration(years=2), "STATUTORY", "Shop", "P-1", "Motor"
            ),
            Cover(date(2025, 1, 12), None, None, "LIFETIME"),
            Cover(date(2025, 2, 1), date(2026, 2, 1), None, "Upholstery", voided=True),
        ),
        refunds=(Refund(date(2025, 2, 1), 1000, 1, "Dented"),),
        source="amazon",
    )
    id = session.ledger.run(purchases.add(whole)).result
    before = purchases.get(session.ledger, id)
    assert before is not None
    dialog = _dialog(qtbot, session, book, Purpose.EDIT, before)
    assert not dialog.has_changes()
    dialog.form.name.line.setText("Washing machine, new")
    _save(qtbot, dialog)
    after = purchases.get(session.ledger, id)
    assert after is not None
    changed = {
        name
        for name in Purchase.__dataclass_fields__
        if getattr(before, name) != getattr(after, name) and name != "updated_at"
    }
    assert changed == {"name"}


def test_the_quick_warranty_makes_changes_and_takes_away_the_one_cover(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    form = _dialog(qtbot, session, book).form
    form.warranty.line.setFocus()
    qtbot.keyClicks(form.warranty.line, "2 years")
    assert [card.end_text() for card in form.covers.cards()] == ["2 years"]
    assert "Warranties  1" in form.tabs.tabText(2).replace("&", "")
    _type(qtbot, form.purchased_on.line, "1/2/2026")
    assert form.covers.cards()[0].start() == date(2026, 1, 2)
    form.warranty.line.selectAll()
    qtbot.keyClick(form.warranty.line, Qt.Key.Key_Delete)
    assert form.covers.cards() == []
    qtbot.keyClicks(form.warranty.line, "lifetime")
    covers = form.covers.covers()
    assert covers is not None
    assert (covers[0].kind, covers[0].ends_on) == ("LIFETIME", None)


def test_several_warranties_are_edited_on_their_tab(qtbot: QtBot, session: Session, book: NameBook) -> None:
    form = _dialog(qtbot, session, book).form
    for text in ("12 months", "14 Mar 2099"):
        form.covers._add_clicked()
        form.covers.cards()[-1].ends.line.setText(text)
    assert not form.warranty.line.isEnabled()
    covers = form.covers.covers()
    assert covers is not None
    assert [cover.ends_on for cover in covers] == [date(2027, 11, 20), date(2099, 3, 14)]
    form.covers.cards()[1].ends.line.setText("14 Mar 2001")
    assert form.covers.covers() is None
    assert "ends before it starts" in form.covers.cards()[1].ends.message


def test_escape_closes_an_untouched_form_and_asks_once_something_was_typed(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    untouched = _dialog(qtbot, session, book)
    qtbot.keyClick(untouched, Qt.Key.Key_Escape)
    assert not untouched.isVisible()

    touched = _dialog(qtbot, session, book)
    touched.form.name.line.setText("Kettle")
    qtbot.keyClick(touched, Qt.Key.Key_Escape)
    assert touched.isVisible()
    assert touched._discard.isVisible()
    qtbot.keyClick(touched, Qt.Key.Key_Escape)
    assert touched.isVisible()
    assert not touched._discard.isVisible()
    qtbot.keyClick(touched, Qt.Key.Key_Escape)
    touched._discard.discard.click()
    assert not touched.isVisible()


def test_save_and_add_another_keeps_day_and_retailer(qtbot: QtBot, session: Session, book: NameBook) -> None:
    dialog = _dialog(qtbot, session, book)
    form = dialog.form
    for name in ("Kettle", "Toaster"):
        qtbot.keyClicks(form.name.line, name)
        form.price.line.setText("20")
        form.retailer.set_text("Halden Home")
        form.purchased_on.set_value(date(2026, 1, 2))
        with qtbot.waitSignal(dialog.saved):
            dialog.save_and_add()
        assert dialog.isVisible()
        assert form.name.text() == ""
        assert form.price.text() == ""
        assert form.retailer.text() == "Halden Home"
        assert f"“{name}” is saved." in dialog._notice.text()
    dialog.reject()
    assert not dialog.isVisible()
    assert [found.name for found in _all(session)] == ["Kettle", "Toaster"]


def test_a_purchase_deleted_meanwhile_is_told_in_the_dialog(
    qtbot: QtBot, session: Session, book: NameBook
) -> None:
    id = session.ledger.run(purchases.add(Purchase("Kettle", 100, "USD", TODAY))).result
    dialog = _dialog(qtbot, session, book, Purpose.EDIT, purchases.get(session.ledger, id))
    session.ledger.run(purchases.remove([id]))
    dialog.form.name.line.setText("Kettle, red")
    dialog.save()
    qtbot.waitUntil(dialog._notice.isVisible)
    assert "was deleted meanwhile" in dialog._notice.text()
    assert dialog.isVisible()


@pytest.mark.parametrize("markup", ["<b>bold</b>", "<img src=x>", "a & b"])
def test_markup_is_text(qtbot: QtBot, session: Session, book: NameBook, markup: str) -> None:
    dialog = _dialog(qtbot, session, book)
    dialog.form.name.line.setText(markup)
    dialog.form.price.line.setText("1")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_and_add()
    assert markup in dialog._notice.text()
