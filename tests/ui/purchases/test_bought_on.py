"""The debt a purchase was bought on: in its details, the form, the filters, and many purchases at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt, FixedMinimum
from app.domain.purchases import DebtReference, PurchaseFilter
from app.services import bought_on, debts, purchases
from app.ui.formats import NO_VALUE
from app.ui.purchases.bulk.dialog import BulkDialog
from app.ui.purchases.filters.chips import DEBT
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.purchases.lists import NameBook
from app.ui.purchases.page import PurchasesPage
from app.ui.records.facts import LaterFact
from app.ui.records.link import RecordLink
from app.ui.records.popup import ChoicePopup
from app.ui.records.purpose import Purpose
from app.ui.session import Session
from tests.ui.purchases.conftest import Window
from tests.ui.purchases.pages import (
    KETTLE,
    TAPE,
    MakePage,
    cell,
    open_editor,
    press,
    products,
    select,
    settle,
    shown_dialog,
)

AddDebt = Callable[..., DebtReference]


@pytest.fixture
def add_debt(session: Session) -> AddDebt:
    """Adds a debt of 1,000 dollars at 12 per cent a year, and returns what a purchase says of it."""

    def add(name: str = "Visa card ··4471", **fields: Any) -> DebtReference:
        given: dict[str, Any] = {
            "currency": "USD",
            "opening_balance": 100_000,
            "opened_on": date(2026, 1, 1),
            "apr": Decimal(12),
            "minimum": FixedMinimum(10_000),
            **fields,
        }
        id = session.ledger.run(debts.add(Debt(name, **given))).result
        return next(debt for debt in bought_on.choices(session.ledger) if debt.id == id)

    return add


def link(page: PurchasesPage) -> RecordLink | None:
    found = [made for made in page.pane.findChildren(RecordLink) if made.isVisible()]
    return found[0] if found else None


def cost(page: PurchasesPage) -> str:
    found = [fact for fact in page.pane.findChildren(LaterFact) if fact.isVisible()]
    return found[0].text() if found else ""


def wait_for_debts(qtbot: QtBot, page: PurchasesPage, *names: str) -> None:
    """Wait until the first rows show these debts."""
    qtbot.waitUntil(lambda: tuple(cell(page, row, "debt") for row in range(len(names))) == names)


def test_the_details_name_the_debt_and_open_it(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt, window: Window
) -> None:
    visa = add_debt()
    page = make_page([replace(KETTLE, debt=visa)])
    select(page, 0)
    qtbot.waitUntil(lambda: link(page) is not None)
    shown = link(page)
    assert shown is not None
    assert shown.name() == "Visa card ··4471"
    shown.click()
    assert window.shown == [("debts", {"debt": visa.id})]


def test_the_details_say_what_it_really_costs_and_keep_up(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt, session: Session
) -> None:
    visa = add_debt()
    page = make_page([replace(KETTLE, debt=visa)])
    select(page, 0)
    plan = "the avalanche plan from today’s balances"
    qtbot.waitUntil(lambda: plan in cost(page))
    assert cost(page).startswith("$47")
    (fact,) = (fact for fact in page.pane.findChildren(LaterFact) if fact.isVisible())
    assert "same interest until the debt is paid off" in fact.toolTip()
    session.bridge.run_command(debts.set_field(visa.id, "apr", Decimal(0)))
    qtbot.waitUntil(lambda: cost(page) == f"$44.90 with $0.00 interest under {plan}")
    session.bridge.run_command(debts.set_field(visa.id, "minimum", FixedMinimum(0)))
    qtbot.waitUntil(lambda: cost(page) == f"Not known: {plan} never pays the debt off")


def test_a_purchase_on_a_debt_that_is_paid_off_costs_its_price(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt
) -> None:
    page = make_page([replace(KETTLE, debt=add_debt(opening_balance=0))])
    select(page, 0)
    qtbot.waitUntil(lambda: cost(page) == "$44.90, as the debt is paid off")


def test_a_debt_that_is_renamed_or_deleted_is_shown_as_it_is_now(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt, session: Session
) -> None:
    visa = add_debt()
    page = make_page([replace(KETTLE, debt=visa)])
    select(page, 0)
    qtbot.waitUntil(lambda: cell(page, 0, "debt") == visa.name)
    session.bridge.run_command(debts.set_field(visa.id, "name", "Old card"))
    qtbot.waitUntil(lambda: cell(page, 0, "debt") == "Old card")
    qtbot.waitUntil(lambda: getattr(link(page), "name", str)() == "Old card")
    session.bridge.run_command(debts.remove([visa.id]))
    qtbot.waitUntil(lambda: cell(page, 0, "debt") == NO_VALUE)
    qtbot.waitUntil(lambda: link(page) is None)
    session.bridge.undo()
    qtbot.waitUntil(lambda: getattr(link(page), "name", str)() == "Old card")


def test_the_page_opens_with_what_was_bought_on_a_debt(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt
) -> None:
    visa = add_debt()
    page = make_page([KETTLE, replace(TAPE, debt=visa)])
    page.open(debt=visa.id)
    qtbot.waitUntil(lambda: products(page) == [TAPE.name])
    (chip,) = page.filters.bar.chips()
    assert (chip.key, chip.label, chip.value) == (DEBT, "Bought on", visa.name)
    page.filters.remove(DEBT)
    qtbot.waitUntil(lambda: len(products(page)) == 2)


def test_a_filter_offers_the_debts_and_none(qtbot: QtBot, make_page: MakePage, add_debt: AddDebt) -> None:
    visa = add_debt()
    page = make_page([KETTLE, replace(TAPE, debt=visa)])
    qtbot.waitUntil(lambda: len(page.book.debts()) == 1)
    popup = page.filters.popup(DEBT)
    assert isinstance(popup, ChoicePopup)
    popup.list.model().setData(
        popup.list.model().index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    )
    assert page.filters.wanted == PurchaseFilter(debts=frozenset({0}))
    popup.close()
    settle(qtbot, page)
    assert products(page) == [KETTLE.name]


def test_the_form_keeps_changes_and_takes_the_debt_away(
    qtbot: QtBot, session: Session, book: NameBook, add_debt: AddDebt
) -> None:
    visa, amex = add_debt(), add_debt("Amex")
    qtbot.waitUntil(lambda: len(book.debts()) == 2)
    id = session.ledger.run(purchases.add(replace(KETTLE, debt=visa))).result
    for chosen in (visa, amex, None):
        dialog = PurchaseDialog(session, book, Purpose.EDIT, purchases.get(session.ledger, id))
        if chosen is not visa:
            dialog.form.debt.set_value(chosen)
        with qtbot.waitSignal(dialog.saved):
            dialog.save()
        stored = purchases.get(session.ledger, id)
        assert stored is not None
        assert stored.debt == chosen
        dialog.deleteLater()


def test_the_form_says_that_the_debt_was_deleted_meanwhile(
    qtbot: QtBot, session: Session, book: NameBook, add_debt: AddDebt
) -> None:
    visa = add_debt()
    id = session.ledger.run(purchases.add(replace(KETTLE, debt=visa))).result
    dialog = PurchaseDialog(session, book, Purpose.EDIT, purchases.get(session.ledger, id))
    qtbot.addWidget(dialog)
    dialog.show()
    session.ledger.run(debts.remove([visa.id]))
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.form.debt.state))
    assert "is not in the ledger; choose another one, or none" in dialog.form.debt.message
    dialog.form.debt.set_value(None)
    with qtbot.waitSignal(dialog.saved):
        dialog.save()


def test_the_debt_is_chosen_in_place(qtbot: QtBot, make_page: MakePage, add_debt: AddDebt) -> None:
    visa = add_debt()
    page = make_page([KETTLE])
    qtbot.waitUntil(lambda: len(page.book.debts()) == 1)
    for text, shown in ((visa.name, visa.name), ("None", NO_VALUE)):
        editor = open_editor(qtbot, page, 0, "debt")
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(text)
        press(editor, Qt.Key.Key_Return)
        wait_for_debts(qtbot, page, shown)
        qtbot.waitUntil(lambda: not page.table.viewport().findChildren(QComboBox))


def test_many_are_put_on_a_debt_at_once(
    qtbot: QtBot, make_page: MakePage, add_debt: AddDebt, session: Session
) -> None:
    visa = add_debt()
    page = make_page([KETTLE, TAPE])
    qtbot.waitUntil(lambda: len(page.book.debts()) == 1)
    for chosen, shown in ((visa, visa.name), (None, NO_VALUE)):
        select(page, 0, 1)
        session.actions.run("purchases.bulk")
        dialog = shown_dialog(session, BulkDialog)
        dialog.field("debt").choose(chosen)
        dialog.tick("debt").setChecked(True)
        dialog._change.click()
        wait_for_debts(qtbot, page, shown, shown)
        qtbot.waitUntil(lambda: not session.window.findChildren(BulkDialog))
