"""The page of what is due: one list, filters, snoozing with undo, and the keyboard for all of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from app.domain.due import DueFilter
from app.domain.due_kinds import DueKind
from app.domain.reminder_settings import ReminderSettings
from app.services import debts, due, purchases, reminders
from app.services.ledger import Ledger
from app.ui.debts.recording import PaymentDialog
from app.ui.due.filters import DueFilters
from app.ui.due.snoozing import SnoozeDialog
from app.ui.widgets.corner_card import CornerCard
from app.ui.window.main_window import MainWindow
from tests.helpers.ledgers import add_all, bought
from tests.ui.due.conftest import TODAY, Shown, declare, set_clock

NEXT = ["Phone", "Webcam", "Visa card", "Air purifier", "Visa card", "Visa card"]


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifiers)


def cell(shown: Shown, row: int, key: str) -> str:
    model = shown.page.table.table_model
    return str(model.index(row, model.column_of(key)).data())


def test_one_list_by_day(shown: Shown) -> None:
    assert shown.names() == NEXT
    assert [cell(shown, 0, key) for key in ("on", "kind", "party", "left")] == [
        "26 Nov 2026",
        "Warranty ends",
        "Kestrel",
        "5 days left",
    ]
    assert [cell(shown, row, "kind") for row in (1, 2)] == ["Return by", "Payment"]
    assert cell(shown, 2, "amount").endswith("25.00")
    assert shown.page.head.subtitle() == "3 dates within 30 days"
    assert shown.page.footer.counts_text() == "6 dates"
    assert shown.page.footer.totals_text().endswith("75.00")


def test_how_far_ahead_and_which_kinds(shown: Shown) -> None:
    span = shown.page.filters.span
    span.setCurrentIndex(0)
    span.activated.emit(0)
    shown.wait_for(*NEXT[:3])
    shown.page.filters.set(DueFilter(365, frozenset({DueKind.WARRANTY_END}), snoozed=False))
    shown.wait_for("Phone", "Air purifier")
    assert span.currentText() == "Next 365 days"
    assert [chip.value for chip in shown.page.filters.bar.chips()] == ["Warranty ends"]


def test_the_heading_counts_no_further_than_the_list_goes(shown: Shown, ledger: Ledger) -> None:
    ledger.run(reminders.save(ReminderSettings(days=(60,))))
    shown.qtbot.waitUntil(lambda: shown.page.head.subtitle().endswith("within 60 days"))
    shown.page.filters.look_ahead(30)
    shown.wait_for(*NEXT[:3])
    assert shown.page.head.subtitle() == "3 dates within 30 days"


def test_typing_filters_by_product_and_party(shown: Shown) -> None:
    shown.session.actions.run("edit.find")
    QTest.keyClicks(shown.page.filters.bar.field, "harbour")
    shown.wait_for("Visa card", "Visa card", "Visa card")
    QTest.keyClicks(shown.page.filters.bar.field, "xyz")
    shown.wait_for()
    texts = [label.text() for label in shown.page.findChildren(QLabel) if label.isVisible()]
    assert "No dates match these filters" in texts
    shown.session.actions.run("due.clear_filters")
    shown.wait_for(*NEXT)


def test_enter_opens_the_record(shown: Shown, ledger: Ledger) -> None:
    shown.page.table.setFocus()
    for name, page, arguments in (
        ("Webcam", "purchases", {"purchase": 3}),
        ("Phone", "warranties", {"warranty": 1}),
        ("Visa card", "debts", {"debt": 1}),
    ):
        shown.select(name)
        press(shown.page.table, Qt.Key.Key_Return)
        assert shown.window.host.current_id == page
        assert shown.window.host.current_page().opened[-1] == arguments  # type: ignore[union-attr]
        shown.window.show_page("due")


def test_snoozing_waking_and_undo_by_keyboard(shown: Shown, ledger: Ledger) -> None:
    shown.page.table.setFocus()
    shown.select("Phone")
    shown.qtbot.waitUntil(lambda: shown.session.actions.qaction("due.tomorrow").isEnabled())
    assert shown.session.actions.run("due.tomorrow")
    shown.wait_for(*NEXT[1:])
    assert shown.window.undo_bar.text() == "Snoozed “Phone”"
    shown.qtbot.waitUntil(lambda: shown.bell.number == 2)
    shown.session.actions.run("due.snoozed")
    shown.wait_for(*NEXT)
    assert cell(shown, 0, "left") == "Snoozed until 22 Nov 2026"
    assert shown.page.head.subtitle() == "2 dates within 30 days"
    shown.select("Phone")
    assert shown.session.actions.run("due.wake")
    shown.qtbot.waitUntil(lambda: cell(shown, 0, "left") == "5 days left")
    shown.session.bridge.undo()
    shown.qtbot.waitUntil(lambda: cell(shown, 0, "left").startswith("Snoozed"))
    shown.session.bridge.undo()
    shown.qtbot.waitUntil(lambda: shown.bell.number == 3)


def test_delete_means_not_again(shown: Shown, ledger: Ledger) -> None:
    shown.page.table.setFocus()
    shown.select("Webcam", "Phone")
    press(shown.page.table, Qt.Key.Key_Delete)
    shown.wait_for(*NEXT[2:])
    assert shown.window.undo_bar.text() == "No more reminders of 2 dates"
    for item in due.listing(ledger, DueFilter(30)):
        assert item.kind is DueKind.PAYMENT or item.snoozed_until == reminders.FOR_EVER


def test_snoozing_until_a_date(shown: Shown, ledger: Ledger) -> None:
    shown.select("Phone")
    shown.session.actions.run("due.date")
    dialog = shown.window.findChild(SnoozeDialog)
    assert isinstance(dialog, SnoozeDialog)
    dialog.fields.until.set_value(TODAY)
    dialog.save()
    assert dialog.fields.until.message == "Enter a day after today."
    dialog.fields.until.set_value(TODAY + timedelta(days=3))
    dialog.save()
    shown.wait_for(*NEXT[1:])
    (phone,) = [item for item in due.listing(ledger, DueFilter()) if item.title == "Phone"]
    assert phone.snoozed_until == TODAY + timedelta(days=3)


def test_recording_the_payment_of_a_day(shown: Shown, ledger: Ledger) -> None:
    shown.select("Phone")
    assert not shown.session.actions.run("due.payment")
    shown.select("Visa card")
    assert shown.session.actions.run("due.payment")
    shown.qtbot.waitUntil(lambda: shown.window.findChild(PaymentDialog) is not None)
    dialog = shown.window.findChild(PaymentDialog)
    assert isinstance(dialog, PaymentDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_the_page_follows_the_ledger(shown: Shown, ledger: Ledger) -> None:
    ledger.run(purchases.remove([1]))
    shown.wait_for(*NEXT[1:])
    ledger.run(debts.remove([1]))
    shown.wait_for("Webcam", "Air purifier")
    ledger.undo().result()
    ledger.undo().result()
    shown.wait_for(*NEXT)
    shown.qtbot.waitUntil(lambda: shown.bell.number == 3)


def test_rows_are_copied_for_a_spreadsheet(shown: Shown) -> None:
    shown.page.table.setFocus()
    shown.select("Webcam")
    QGuiApplication.clipboard().clear()
    press(shown.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    shown.qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    assert QGuiApplication.clipboard().text().split("\t")[:4] == [
        "2026-12-04",
        "Return by",
        "Webcam",
        "Brightwell",
    ]


def test_a_calendar_file_of_what_is_shown(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    shown.page.filters.set(DueFilter(365, frozenset({DueKind.WARRANTY_END})))
    shown.session.actions.run("due.export")
    shown.qtbot.waitUntil((tmp_path / "mine.ics").exists)
    events = Calendar.from_ical((tmp_path / "mine.ics").read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "Warranty ends: Phone",
        "Warranty ends: Air purifier",
    ]
    assert all(len(event.walk("VALARM")) == 3 for event in events)
    shown.qtbot.waitUntil(lambda: bool(shown.window.findChildren(CornerCard)))
    (card,) = shown.window.findChildren(CornerCard)
    assert card.text() == "Exported 2 dates\nmine.ics"
    card.dismiss()


def test_a_file_that_cannot_be_written_is_said(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, ledger: Ledger
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    shown.page.export_calendar()
    inside = str(ledger.path / "due.ics")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (inside, ""))
    shown.page.export_calendar()
    shown.qtbot.waitUntil(lambda: "the ledger's own folder" in shown.window.notice.text())
    assert not (ledger.path / "due.ics").exists()


def test_a_file_that_was_not_chosen_is_not_replaced(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine.ics").write_text("before")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "mine"), ""))
    shown.page.export_calendar()
    assert (
        shown.window.notice.text()
        == "A file mine.ics is there already. Choose it to replace it, or another name."
    )
    assert (tmp_path / "mine.ics").read_text() == "before"


def test_the_context_menu_has_all_of_it(shown: Shown) -> None:
    menu = shown.session.actions.context_menu(shown.page, shown.page.commands.context_ids())
    assert [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()] == [
        "Open",
        "Record this payment…",
        "Snooze until tomorrow",
        "Snooze for a week",
        "Snooze until a date…",
        "Not again",
        "Wake",
        "Copy",
        "Copy with headings",
    ]
    menu.deleteLater()


def test_every_column_sorts(shown: Shown) -> None:
    for column in shown.page.table.table_model.columns:
        for descending in (False, True):
            shown.page.table.sort_by(column.key, descending=descending)
            shown.settle()
            assert sorted(shown.names()) == sorted(NEXT)
    shown.page.table.sort_by("amount", descending=True)
    shown.settle()
    assert shown.names()[:2] == ["Phone", "Air purifier"]


def test_a_payment_that_was_missed_stands_first(shown: Shown, ledger: Ledger) -> None:
    set_clock(ledger, TODAY + timedelta(days=26))
    shown.page.refresh(None)
    shown.qtbot.waitUntil(lambda: shown.names()[:1] == ["Visa card"])
    assert cell(shown, 0, "left") == "2 days overdue"


def test_nothing_due_says_so_and_offers_to_look_further(shown: Shown, ledger: Ledger) -> None:
    ledger.run(purchases.remove([1, 2, 3]))
    ledger.run(debts.remove([1]))
    shown.wait_for()
    texts = [label.text() for label in shown.page.findChildren(QLabel) if label.isVisible()]
    assert "Nothing is due in the next 90 days" in texts
    shown.page.focus_first()
    press(shown.window.focusWidget(), Qt.Key.Key_Return)
    assert shown.page.filters.wanted.days == 365
    assert shown.window.focusWidget() is shown.page.filters.span


def test_ten_thousand_dates(shown: Shown, ledger: Ledger) -> None:
    batch = [
        bought(f"Part {number}", return_by=TODAY + timedelta(days=number % 80)) for number in range(10_000)
    ]
    ledger.run(add_all([batch]))
    shown.qtbot.waitUntil(lambda: shown.page.table.table_model.rowCount() == 10_006, timeout=20_000)
    shown.settle()
    press(shown.page.table, Qt.Key.Key_End)
    assert shown.page.table.currentIndex().row() == 10_005
    assert shown.bell.toolTip().startswith("What is due: 3,8")


def test_the_page_comes_back_as_it_was_left(shown: Shown) -> None:
    shown.page.filters.set(DueFilter(30, frozenset({DueKind.PAYMENT}), "visa", snoozed=True))
    shown.settle()
    assert DueFilters(shown.session, shown.page).wanted == shown.page.filters.wanted


def test_the_page_declares_itself(open_window: Callable[..., MainWindow]) -> None:
    window = open_window(declare)
    spec = window.session.pages.get("due")
    assert spec is not None
    assert (spec.title, spec.icon, spec.order) == ("What is due", "calendar-clock", 60)
