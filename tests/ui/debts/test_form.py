"""The form: everything by keyboard, the four rules of a minimum, problems and doubts at their fields."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt, DebtKind, FixedMinimum, Payment, PercentMinimum, TermEnd
from app.services import debts
from app.ui.debts.form.dialog import DebtDialog
from app.ui.debts.form.minimum import FIXED, INTEREST, PERCENT, TERM
from app.ui.records.purpose import Purpose
from app.ui.session import Session
from tests.ui.debts.records import CAR, VISA, enter, press, the_debt

CONTROL = Qt.KeyboardModifier.ControlModifier


def _dialog(
    qtbot: QtBot, session: Session, purpose: Purpose = Purpose.NEW, debt: Debt | None = None
) -> DebtDialog:
    dialog = DebtDialog(session, purpose, debt)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def _save(qtbot: QtBot, dialog: DebtDialog) -> None:
    with qtbot.waitSignal(dialog.saved):
        press(dialog, Qt.Key.Key_Return, CONTROL)


def test_a_debt_is_entered_and_saved_by_keyboard(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    form = dialog.form
    qtbot.keyClicks(form.name.line, "Visa card")
    enter(form.creditor, "First Harbor Bank")
    enter(form.opening_balance, "10000")
    enter(form.opened_on, "3/1/2025")
    enter(form.owed_now, "9,050")
    enter(form.credit_limit, "12000")
    enter(form.due_day, "15")
    enter(form.apr, "24.9%")
    form.kind.set_value(DebtKind.CREDIT_CARD.value)
    form.minimum.rule.set_value(INTEREST)
    enter(form.minimum.percent, "1")
    enter(form.minimum.floor, "25")
    assert form.minimum.preview.text() == "This month: $278.29, of which $187.79 is interest."
    _save(qtbot, dialog)
    saved = the_debt(session, "Visa card")
    assert (saved.balance, saved.opening_balance, saved.opened_on) == (905_000, 1_000_000, date(2025, 3, 1))
    assert saved.minimum == PercentMinimum(Decimal(1), 2500, plus_interest=True)
    assert (saved.apr, saved.due_day, saved.credit_limit) == (Decimal("24.9"), 15, 1_200_000)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "debt",
    [
        VISA,
        CAR,
        replace(VISA, minimum=FixedMinimum(5000)),
        replace(VISA, minimum=PercentMinimum(Decimal("2.5"), 0)),
        replace(VISA, promo_apr=Decimal(0), promo_ends_on=date(2027, 3, 31), notes="a\nb"),
    ],
)
def test_saving_unchanged_changes_nothing(qtbot: QtBot, session: Session, debt: Debt) -> None:
    session.ledger.run(debts.add(debt))
    stored = the_debt(session, debt.name)
    dialog = _dialog(qtbot, session, Purpose.EDIT, stored)
    assert not dialog.has_changes()
    entered = dialog.form.debt()
    assert entered == stored


def test_what_is_missing_is_said_at_its_field_and_the_first_gets_the_focus(
    qtbot: QtBot, session: Session
) -> None:
    dialog = _dialog(qtbot, session)
    dialog.save()
    form = dialog.form
    assert form.name.message == "Enter a name for the debt."
    assert form.opening_balance.state == "error"
    assert form.apr.message == "Enter the rate per year, 0 for none."
    enter(form.name, "Loan")
    enter(form.opening_balance, "1000")
    dialog.save()
    assert form.tabs.currentIndex() == 1
    assert debts.count(session.ledger) == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("apr", "1001", "Enter a rate from 0 to 1,000 per cent."),
        ("apr", "4.1255", "Enter a rate with at most 3 decimals."),
        ("opening_balance", "-5", "Enter an amount of 0 or more."),
        ("due_day", "32", "Enter a day of the month from 1 to 31."),
        ("rank", "0", "Enter a rank from 1 to 9,999."),
        ("promo_apr", "2", "Enter the day on which the promotional rate ends."),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(
    qtbot: QtBot, session: Session, field: str, typed: str, sentence: str
) -> None:
    session.ledger.run(debts.add(VISA))
    dialog = _dialog(qtbot, session, Purpose.EDIT, the_debt(session, "Visa card"))
    form = dialog.form
    enter(getattr(form, field), typed)
    dialog.save()
    marked = form.promo_ends_on if field == "promo_apr" else getattr(form, field)
    assert (marked.state, marked.message) == ("error", sentence)


def test_a_minimum_below_the_interest_is_a_warning_that_does_not_stop(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    form = dialog.form
    enter(form.name, "Store card")
    enter(form.opening_balance, "900")
    enter(form.apr, "29.99")
    words = "Nothing is due this month, and $22.49 of interest is added to the balance."
    assert form.minimum.preview.text() == words
    assert form.minimum.amount.state == ""
    enter(form.minimum.amount, "15")
    assert form.minimum.amount.state == "warning"
    assert "month's interest of $22.49" in form.minimum.amount.message
    enter(form.credit_limit, "800")
    assert form.credit_limit.state == "warning"
    _save(qtbot, dialog)
    assert the_debt(session, "Store card").minimum == FixedMinimum(1500)


def test_a_fixed_term_is_entered_by_months_or_by_its_last_day(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    form, rule = dialog.form, dialog.form.minimum
    enter(form.due_day, "28")
    rule.rule.set_value(TERM)
    enter(rule.months, "12")
    assert rule.last.text() == "28 Oct 2027"
    enter(rule.last, "28 May 2029")
    assert rule.months.text() == "31"
    assert rule.value() == TermEnd(date(2029, 5, 28))
    enter(rule.months, "0")
    assert rule.value() is None
    assert rule.months.message == "Enter a number of months from 1 to 1,200."


def test_only_the_figures_of_the_chosen_rule_are_shown(qtbot: QtBot, session: Session) -> None:
    rule = _dialog(qtbot, session).form.minimum
    fields = {"amount": rule.amount, "percent": rule.percent, "floor": rule.floor, "last": rule.last}
    for chosen, wanted in (
        (FIXED, {"amount"}),
        (PERCENT, {"percent", "floor"}),
        (INTEREST, {"percent", "floor"}),
        (TERM, {"last"}),
    ):
        rule.rule.set_value(chosen)
        assert {name for name, field in fields.items() if not field.isHidden()} == wanted


def test_what_the_ledger_refuses_is_said_at_the_field(qtbot: QtBot, session: Session) -> None:
    session.ledger.run(debts.add(VISA))
    session.ledger.run(debts.record_payment(Payment(1, date(2025, 6, 1), 5000)))
    dialog = _dialog(qtbot, session, Purpose.EDIT, the_debt(session, "Visa card"))
    enter(dialog.form.opened_on, "7/1/2025")
    dialog.save()
    qtbot.waitUntil(lambda: dialog.form.opened_on.state == "error")
    assert "There are payments" in dialog.form.opened_on.message


def test_leaving_asks_before_it_discards(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    enter(dialog.form.name, "Loan")
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog._discard.isHidden()
    dialog._discard.discard.click()
    assert not dialog.isVisible()


def test_another_debt_can_follow_at_once(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    form = dialog.form
    form.currency.set_value("EUR")
    for name in ("First", "Second"):
        enter(form.name, name)
        enter(form.opening_balance, "100")
        enter(form.apr, "0")
        with qtbot.waitSignal(dialog.saved):
            dialog.save_and_add()
    assert [debt.currency for debt in debts.all_debts(session.ledger)] == ["EUR", "EUR"]
    assert form.name.text() == ""
    dialog.reject()
    assert not dialog.isVisible()


def test_return_saves_from_every_tab_after_the_buttons_had_the_focus(qtbot: QtBot, session: Session) -> None:
    dialog = _dialog(qtbot, session)
    form = dialog.form
    enter(form.name, "Store card")
    enter(form.opening_balance, "1200")
    enter(form.apr, "19.9")
    buttons = dialog.findChildren(QPushButton)
    next(one for one in buttons if one.isDefault()).setFocus()
    form.tabs.setCurrentIndex(1)
    form.minimum.amount.line.setFocus()
    form.minimum.amount.set_text("50")
    with qtbot.waitSignal(dialog.saved):
        press(form.minimum.amount.line, Qt.Key.Key_Return)
    assert the_debt(session, "Store card").minimum == FixedMinimum(5000)
