"""The page as a user meets it: what it shows, filters, the selection, editing in place, and what it remembers."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.debts import BalanceEntry, BalanceSource, DebtFilter, DebtKind, Payment
from app.domain.purchases import DebtReference, Purchase
from app.services import debts, purchases
from app.services.ledger import Interrupt
from app.ui.actions import ActionRegistry
from app.ui.debts.page import DebtsPage
from app.ui.debts.register import _search
from app.ui.records.link import RecordLink
from app.ui.records.popup import ChoicePopup, OneOfPopup
from app.ui.session import Session
from app.ui.widgets.pill import Pill
from tests.ui.debts.records import (
    CAR,
    DENTIST,
    GROWS,
    OMA,
    PROMO,
    VISA,
    MakePage,
    cell,
    names,
    press,
    select,
    the_debt,
)
from tests.ui.purchases.conftest import declare_window_actions

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_the_table_shows_what_is_owed_and_what_that_asks_for(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR, OMA])
    assert names(page) == ["Car loan", "Oma", "Visa card"]
    assert page.frame.head.subtitle() == "3 recorded"
    assert cell(page, 2, "balance") == "$10,000.00"
    assert cell(page, 2, "apr") == "24.90%"
    assert cell(page, 2, "minimum") == "$307.50"
    assert cell(page, 2, "next_due") == "15 Dec"
    assert cell(page, 1, "next_due") == "30 Nov"
    assert cell(page, 2, "utilisation") == "83%"
    qtbot.waitUntil(lambda: "Owed" in page.footer.totals_text())
    assert page.footer.counts_text() == "3 debts"
    assert page.footer.totals_text().endswith("Owed $22,000.00   €1,800.00")
    assert "83% of limits used" in page.footer.totals_text()


def test_progress_is_told_in_words_too(make_page: MakePage) -> None:
    page = make_page([VISA])
    page.session.ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 250_000)))
    page.refresh(None)
    page.table.grab()
    assert cell(page, 0, "progress", SPOKEN) in ("0% paid", "25% paid")


def test_a_promotional_rate_names_its_end(make_page: MakePage) -> None:
    page = make_page([PROMO])
    assert cell(page, 0, "apr") == "1.9% until Jan 2027"


def test_paid_off_and_never_ending_debts_are_marked_in_words(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([GROWS, replace(DENTIST, opening_balance=0)])
    qtbot.waitUntil(lambda: cell(page, 1, "payoff") == "Never")
    assert cell(page, 0, "payoff") == "Paid off"
    assert cell(page, 0, "minimum") == "—"


def test_every_open_debt_has_its_month_under_the_plan_in_use(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([DENTIST])
    qtbot.waitUntil(lambda: cell(page, 0, "payoff") == "May 2027")
    page.table.sort_by("payoff", descending=True)
    qtbot.waitUntil(lambda: not page.table.table_model.busy)
    assert names(page) == ["Dentist"]


def test_computed_columns_sort(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR, DENTIST])
    page.table.sort_by("minimum", descending=True)
    qtbot.waitUntil(lambda: names(page) == ["Car loan", "Visa card", "Dentist"])
    page.table.sort_by("next_due", descending=False)
    qtbot.waitUntil(lambda: names(page) == ["Car loan", "Visa card", "Dentist"])


def test_filters_combine_and_clearing_shows_everything(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR, OMA, replace(DENTIST, opening_balance=0)])
    page.filters.set(DebtFilter(kinds=frozenset({DebtKind.CREDIT_CARD, DebtKind.FAMILY})))
    qtbot.waitUntil(lambda: names(page) == ["Oma", "Visa card"])
    page.filters.set(replace(page.filters.wanted, currency="EUR", paid_off=False))
    qtbot.waitUntil(lambda: names(page) == ["Oma"])
    words = [(chip.label, chip.value) for chip in page.filters.bar.chips()]
    assert words == [
        ("Kind is", "Credit card or Family"),
        ("Debt is", "open"),
        ("Currency is", "EUR"),
    ]
    for key in ("kind", "state", "currency"):
        page.filters.remove(key)
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    qtbot.keyClicks(page.filters.bar.field, "harbor")
    qtbot.waitUntil(lambda: names(page) == ["Visa card"])
    page.filters.bar.set_text("zzz")
    qtbot.waitUntil(page.frame._no_match.isVisible)
    page.session.actions.run("debts.clear_filters")
    qtbot.waitUntil(lambda: len(names(page)) == 4)


def test_open_debts_only_is_one_key_away_and_ticked(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, replace(DENTIST, opening_balance=0)])
    page.session.actions.run("debts.open_only")
    qtbot.waitUntil(lambda: names(page) == ["Visa card"])
    page.session.actions.refresh()
    assert page.session.actions.qaction("debts.open_only").isChecked()
    page.session.actions.run("debts.open_only")
    qtbot.waitUntil(lambda: len(names(page)) == 2)


def test_the_popups_of_filters_choose_by_keyboard(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, OMA])
    popup = page.filters.popup("state")
    assert isinstance(popup, OneOfPopup)
    popup.open_below(page.filters.bar.add_button)
    press(popup.list, Qt.Key.Key_Down)
    press(popup.list, Qt.Key.Key_Return)
    assert page.filters.wanted.paid_off is True
    page.filters.clear()
    choice = page.filters.popup("kind")
    assert isinstance(choice, ChoicePopup)
    choice.open_below(page.filters.bar.add_button)
    press(choice.list, Qt.Key.Key_Return)
    assert page.filters.wanted.kinds == {DebtKind.CREDIT_CARD}


def test_a_ledger_without_debts_says_what_goes_here(make_page: MakePage) -> None:
    page = make_page([])
    assert page.frame.is_empty
    assert "No debts yet" in [label.text() for label in page.findChildren(QLabel)]
    assert page._first_thing.text() == "New debt"
    assert not page.frame.new.isVisible()


def test_the_pane_shows_a_debt_in_full_and_follows_the_data(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([PROMO, VISA])
    select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    qtbot.waitUntil(lambda: "Transfer card" in _words(page))
    words = _words(page)
    assert "Transfer card" in words
    assert "$3,000.00" in words
    assert "0% of $3,000.00 paid off" in words
    assert "1.9% until 31 Jan 2027" in words
    assert [pill.text() for pill in _pills(page)] == ["Promotion ends 31 Jan 2027", "Over the limit"]
    page.session.bridge.run_command(debts.record_payment(Payment(1, date(2026, 11, 20), 300_000)))
    qtbot.waitUntil(lambda: "100% of $3,000.00 paid off" in _words(page))
    qtbot.waitUntil(lambda: [pill.text() for pill in _pills(page)] == ["Paid off"])


def test_the_pane_leads_to_what_was_bought_on_the_debt(
    qtbot: QtBot, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page([VISA])
    select(page, 0)
    qtbot.waitUntil(lambda: "Visa card" in _words(page))
    assert page.pane.findChildren(RecordLink) == []
    bought = Purchase("Kettle", 4900, "EUR", date(2026, 11, 1), debt=DebtReference("Visa card", id=1))
    page.session.bridge.run_command(purchases.add(bought))
    qtbot.waitUntil(lambda: [link.name() for link in page.pane.findChildren(RecordLink)] == ["1 purchase"])
    shown: list[tuple[str, object]] = []
    monkeypatch.setattr(page.session.navigation, "show_page", lambda id, **given: shown.append((id, given)))
    page.pane.findChildren(RecordLink)[0].click()
    assert shown == [("purchases", {"debt": 1})]


def test_several_selected_are_summed_up(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR, OMA])
    select(page, 0, 1)
    qtbot.waitUntil(lambda: page.footer.totals_text().endswith("Selected €1,800.00   $12,000.00"))
    qtbot.waitUntil(lambda: "2 debts selected" in _words(page))
    assert page.footer.counts_text() == "3 debts · 2 selected"


def test_a_page_too_narrow_for_both_opens_the_pane_only_when_asked(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA], width=1000)
    select(page, 0)
    page.table.setFocus()
    assert not page.pane.isVisible()
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.isVisible)
    press(page.pane._scroll, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert QApplication.focusWidget() is page.table


def test_deleting_several_is_one_step_and_undone_with_their_payments(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA, CAR])
    ledger = page.session.ledger
    ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 5000, "Autopay")))
    page.table.selectAll()
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: debts.count(ledger) == 0)
    qtbot.waitUntil(lambda: ledger.undo_label == "Delete 2 debts")
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: debts.count(ledger) == 2)
    assert [payment.note for payment in debts.payments(ledger, the_debt(page.session, "Visa card").id)] == [
        "Autopay"
    ]


def test_a_copy_begins_with_what_is_owed_now(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    page.session.ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 100_000)))
    select(page, 0)
    page.session.actions.run("debts.duplicate")
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    balances = [debt.opening_balance for debt in debts.all_debts(page.session.ledger)]
    assert balances == [1_000_000, 900_000]


def test_rows_are_copied_as_tab_separated_text(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    page.table.selectAll()
    QApplication.clipboard().clear()
    page.session.actions.run("debts.copy_headed")
    qtbot.waitUntil(lambda: bool(QApplication.clipboard().text()))
    heading, row, _ = QApplication.clipboard().text().split("\n")
    assert heading.split("\t")[:2] == ["Debt", "Balance"]
    values = dict(zip(heading.split("\t"), row.split("\t"), strict=True))
    assert values["Balance"] == "10000.00"
    assert values["Next due"] == "2026-12-15"
    assert values["APR"] == "24.90%"


def test_name_rate_creditor_due_day_and_order_are_edited_in_place(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    editing = page.table.table_model.editing
    assert editing is not None
    for key, typed in (
        ("name", "Visa ··4471"),
        ("apr", "19.99 %"),
        ("creditor", "Harbor"),
        ("due_day", "31"),
        ("rank", "1"),
    ):
        editing.edit(1, key, typed).result()
    changed = debts.get(page.session.ledger, 1)
    assert changed is not None
    assert (changed.name, str(changed.apr), changed.creditor) == ("Visa ··4471", "19.99", "Harbor")
    assert (changed.due_day, changed.rank) == (31, 1)
    row = page.table.table_model.row_at(0)
    assert editing.problem(row, "due_day", "32") == "Enter a day of the month from 1 to 31."
    assert editing.problem(row, "apr", "many") == "Enter a rate such as 19.90%."
    assert editing.problem(row, "name", " ") == "Enter a name for the debt."


def test_a_debt_is_shown_even_where_the_filter_hides_it(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA, CAR])
    page.filters.set(DebtFilter(text="loan"))
    qtbot.waitUntil(lambda: names(page) == ["Car loan"])
    page.open(debt=the_debt(page.session, "Visa card").id)
    qtbot.waitUntil(lambda: page.table.selected_count() == 1 and not page.filters.wanted)
    assert page.table.current_id() == the_debt(page.session, "Visa card").id


def test_the_palette_finds_debts_by_name_and_creditor(make_page: MakePage) -> None:
    page = make_page([VISA, CAR])
    hits = _search(page.session, "harbor", 5, Interrupt())
    assert [(hit.title, hit.detail) for hit in hits] == [("Visa card", "$10,000.00")]


def test_filter_columns_and_pane_survive_a_restart(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    page = make_page([VISA, CAR])
    page.filters.set(DebtFilter(text="visa", kinds=frozenset({DebtKind.CREDIT_CARD}), paid_off=False))
    page.table.show_column("creditor", shown=True)
    page.table.sort_by("balance", descending=True)
    page.close_pane()
    page.leave()
    fresh = replace(session, actions=ActionRegistry(session.window))
    declare_window_actions(fresh)
    again = DebtsPage(fresh)
    qtbot.addWidget(again)
    assert again.filters.wanted == page.filters.wanted
    assert "creditor" in [column.key for column in again.table.shown_columns()]
    assert again.table.sorted_by() == ("balance", True)
    assert not again._pane_wanted


def test_history_lists_what_was_paid_and_what_that_left(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    ledger = page.session.ledger
    ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 5000, "Autopay")))
    ledger.run(debts.record_balance(BalanceEntry(1, date(2026, 4, 1), 1_003_000, BalanceSource.STATEMENT)))
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane._history is not None and page.pane._history.list.count() == 3)
    assert page.pane._history is not None
    lines = page.pane._history.list
    spoken = [lines.item(row).data(SPOKEN) for row in range(3)]
    assert spoken == [
        "Statement, 1 Apr 2026, $10,030.00",
        "Payment, 1 Mar 2026 · Autopay, −$50.00, leaves $9,950.00",
        "Opening balance, 1 Mar 2025, $10,000.00",
    ]


def test_tab_goes_through_the_pane_from_top_to_bottom(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([VISA])
    page.session.ledger.run(debts.record_payment(Payment(1, date(2026, 3, 1), 5000)))
    page.refresh(None)
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane._chart is not None and page.pane._chart.isVisible())
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.pane.setFocus()
    passed = []
    for _ in range(40):
        press(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused)
        if focused is page.pane._delete:
            break
    names_passed = [widget.objectName() for widget in passed if widget.objectName()]
    assert names_passed[:2] == ["payment", "balance"]
    assert "history" in names_passed
    assert passed.index(page.pane._edit) > [widget.objectName() for widget in passed].index("history")


def test_what_stands_out_is_said_in_pills(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([replace(GROWS, credit_limit=80_000)])
    select(page, 0)
    qtbot.waitUntil(lambda: len(_pills(page)) == 2)
    assert [pill.text() for pill in _pills(page)] == ["Over the limit", "Minimum below the interest"]


def test_the_table_paints_bars_without_a_word_in_the_log(make_page: MakePage) -> None:
    page = make_page([VISA, GROWS])
    page.table.show_column("rank", shown=True)
    assert not page.table.grab().isNull()
    assert page.table.rowAt(QPoint(0, 5).y()) == 0


def _words(page: DebtsPage) -> list[str]:
    return [label.text() for label in page.pane.findChildren(QLabel) if not label.isHidden()]


def _pills(page: DebtsPage) -> list[Pill]:
    return [pill for pill in page.pane.findChildren(Pill) if not pill.isHidden()]
