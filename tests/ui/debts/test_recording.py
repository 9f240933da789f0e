"""Recording payments and statement balances, and changing what was recorded, from the page."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.debts import BalanceEntry, BalanceSource, Payment
from app.services import debts
from app.ui.debts.form.dialog import DebtDialog
from app.ui.debts.page import DebtsPage
from app.ui.debts.recording import BalanceDialog, PaymentDialog
from tests.ui.debts.records import CAR, DENTIST, OMA, VISA, MakePage, enter, press, select, shown, the_debt
from tests.ui.purchases.conftest import TODAY


def _payment_dialog(qtbot: QtBot, page: DebtsPage) -> PaymentDialog:
    page.session.actions.run("debts.payment")
    dialog = shown(qtbot, page.session, PaymentDialog)
    assert isinstance(dialog, PaymentDialog)
    return dialog


def test_a_payment_begins_with_the_minimum_and_today_and_is_one_undoable_step(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA, DENTIST])
    select(page, 1)
    dialog = _payment_dialog(qtbot, page)
    fields = dialog.fields
    assert fields.debt.name == "Visa card"
    assert fields.amount.text() == "307.50"
    assert fields.paid_on.text() == "20 Nov 2026"
    assert QApplication.focusWidget() is None or fields.amount.line.selectedText() in ("", "307.50")
    enter(fields.note, "Autopay")
    dialog.save()
    qtbot.waitUntil(lambda: the_debt(page.session, "Visa card").balance == 969_250)
    ledger = page.session.ledger
    assert [payment.note for payment in debts.payments(ledger, 1)] == ["Autopay"]
    qtbot.waitUntil(lambda: ledger.undo_label == "Add a payment to “Visa card”")
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: the_debt(page.session, "Visa card").balance == 1_000_000)
    assert debts.payments(ledger, 1) == []


def test_the_balance_after_a_payment_is_taken_from_the_statement(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    select(page, 0)
    dialog = _payment_dialog(qtbot, page)
    enter(dialog.fields.amount, "500")
    enter(dialog.fields.after, "9,612.40")
    dialog.save()
    qtbot.waitUntil(lambda: the_debt(page.session, "Visa card").balance == 961_240)


def test_another_debt_is_chosen_and_brings_its_currency_and_minimum(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA, OMA])
    dialog = _payment_dialog(qtbot, page)
    assert dialog.fields.debt.name == "Oma"
    dialog.fields.which.set_value("1")
    assert dialog.fields.amount.text() == "307.50"
    dialog.fields.which.set_value("2")
    assert dialog.fields.amount.currency == "EUR"
    assert dialog.fields.amount.text() == "50.00"


def test_doubtful_payments_are_warned_about_and_impossible_ones_refused(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA])
    select(page, 0)
    dialog = _payment_dialog(qtbot, page)
    enter(dialog.fields.amount, "20000")
    assert (
        dialog.fields.amount.message == "This is more than the $10,000.00 that is owed. You can still save."
    )
    enter(dialog.fields.amount, "0")
    dialog.save()
    assert dialog.fields.amount.message == "Enter what was paid, an amount of more than 0."
    enter(dialog.fields.amount, "10")
    enter(dialog.fields.paid_on, "1/1/2020")
    dialog.save()
    qtbot.waitUntil(lambda: dialog.fields.paid_on.state == "error")
    assert debts.payments(page.session.ledger, 1) == []


def test_a_statement_that_says_nothing_is_owed_pays_the_debt_off(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    select(page, 0)
    page.session.actions.run("debts.balance")
    dialog = shown(qtbot, page.session, BalanceDialog)
    enter(dialog.fields.balance, "0")
    dialog.save()
    qtbot.waitUntil(lambda: the_debt(page.session, "Visa card").paid_off_on == TODAY)


def test_without_an_open_debt_there_is_nothing_to_pay(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([])
    page.session.actions.run("debts.payment")
    told = page.session.notices.told  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: told == ["There is no open debt; add one first."])


def _with_history(qtbot: QtBot, make_page: MakePage) -> DebtsPage:
    page = make_page([VISA])
    ledger = page.session.ledger
    ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 5000, "Autopay")))
    ledger.run(debts.record_balance(BalanceEntry(1, date(2026, 4, 1), 990_000, BalanceSource.STATEMENT)))
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane._history is not None and page.pane._history.list.count() == 3)
    return page


def test_an_entry_of_the_history_is_changed_with_enter(qtbot: QtBot, make_page: MakePage) -> None:
    page = _with_history(qtbot, make_page)
    history = page.pane._history
    assert history is not None
    history.list.setCurrentRow(1)
    press(history.list, Qt.Key.Key_Return)
    payment = shown(qtbot, page.session, PaymentDialog)
    assert payment.fields.amount.text() == "50.00"
    enter(payment.fields.amount, "60")
    payment.save()
    qtbot.waitUntil(lambda: [found.amount for found in debts.payments(page.session.ledger, 1)] == [6000])
    qtbot.waitUntil(lambda: not page.session.window.findChildren(PaymentDialog))
    page.pane._history.list.setCurrentRow(0)  # type: ignore[union-attr]
    press(page.pane._history.list, Qt.Key.Key_Return)  # type: ignore[union-attr]
    balance = shown(qtbot, page.session, BalanceDialog)
    enter(balance.fields.balance, "9,950")
    balance.save()
    qtbot.waitUntil(lambda: the_debt(page.session, "Visa card").balance == 995_000)


def test_the_opening_balance_is_changed_in_the_form(qtbot: QtBot, make_page: MakePage) -> None:
    page = _with_history(qtbot, make_page)
    assert page.pane._history is not None
    page.pane._history.list.setCurrentRow(2)
    assert not page.pane._history._delete.isEnabled()
    press(page.pane._history.list, Qt.Key.Key_Return)
    assert shown(qtbot, page.session, DebtDialog).form.name.text() == "Visa card"


def test_an_entry_is_deleted_with_its_key_and_the_keyboard_stays_in_the_list(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = _with_history(qtbot, make_page)
    assert page.pane._history is not None
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.pane._history.list.setFocus()
    page.pane._history.list.setCurrentRow(0)
    press(page.pane._history.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.pane._history.list.count() == 2)  # type: ignore[union-attr]
    assert the_debt(page.session, "Visa card").balance == 995_000
    assert QApplication.focusWidget() is page.pane._history.list
    press(page.pane._history.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.pane._history.list.count() == 1)  # type: ignore[union-attr]
    assert debts.payments(page.session.ledger, 1) == []
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: len(debts.payments(page.session.ledger, 1)) == 1)


def test_several_debts_are_paid_one_at_a_time_with_one_dialog(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR])
    page.table.selectAll()
    dialog = _payment_dialog(qtbot, page)
    page.session.actions.run("debts.payment")
    assert shown(qtbot, page.session, PaymentDialog) is dialog
    assert dialog.fields.which.combo.count() == 2


def test_the_pane_scrolls_to_the_line_that_the_keyboard_is_on_and_stays_there(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA])
    for month in range(1, 10):
        page.session.ledger.run(debts.record_payment(Payment(1, date(2026, month, 1), 5000)))
    page.resize(1232, 420)
    page.refresh(None)
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane._history is not None and page.pane._history.list.count() == 10)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    lines = page.pane._history.list  # type: ignore[union-attr]
    lines.setFocus()
    for _ in range(3):
        press(lines, Qt.Key.Key_Down)
    bar = page.pane._scroll.verticalScrollBar()
    assert lines.currentRow() == 3
    assert bar.value() > 0
    assert not lines.visibleRegion().intersected(lines.visualRect(lines.currentIndex())).isEmpty()
    press(lines, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.pane._history.list.count() == 9)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert page.pane._history.list.currentRow() == 3  # type: ignore[union-attr]
