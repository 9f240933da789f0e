"""The page as a user meets it: rows and their states, filters, the timeline, the pane, changing many, undo."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from app.domain.warranties import CoverFilter, CoverStatus, Duration
from app.services import saved, warranties
from app.services.ledger import Interrupt
from app.services.saved import Shelf
from app.ui.pages import BadgeKind
from app.ui.records.link import RecordLink
from app.ui.records.popup import ChoicePopup, OneOfPopup
from app.ui.records.ranges import DaysPopup
from app.ui.records.refused import RefusedDialog
from app.ui.session import Session
from app.ui.warranties.bulk import CoverBulkDialog
from app.ui.warranties.page import WarrantiesPage
from app.ui.warranties.popups import WithinPopup
from app.ui.warranties.register import _badge, _search
from tests.ui.purchases.conftest import Window
from tests.ui.purchases.pages import open_editor
from tests.ui.warranties.records import (
    KETTLE,
    LAPTOP,
    PHONE,
    MakePage,
    cell,
    lines,
    press,
    select,
    shown,
    the_cover,
    with_claim,
)

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

ALL = ["Phone Limited", "Laptop Limited", "Phone Extended", "Kettle Lifetime", "Kettle Limited"]


def words(page: WarrantiesPage) -> list[str]:
    """Return every text of the pane."""
    return [label.text() for label in page.pane.findChildren(QLabel) if not label.isHidden()]


def links(page: WarrantiesPage) -> list[str]:
    """Return what the links of the pane say."""
    return [link.name() for link in page.pane.findChildren(RecordLink)]


def test_what_ends_soonest_stands_first_and_what_has_ended_last(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page()
    assert lines(page) == ALL
    assert [cell(page, row, "days_left") for row in range(5)] == [
        "5 days left",
        "51 days left",
        "24 months left",
        "Lifetime",
        "Ended May 2025",
    ]
    assert cell(page, 3, "ends_on") == "—"
    assert page.frame.head.subtitle() == "5 recorded"
    qtbot.waitUntil(lambda: page.footer.counts_text() == "5 warranties · 1 expiring")
    assert page.footer.totals_text() == "3 active, 1 expiring, 1 ended"


def test_filters_combine_and_say_so_in_chips(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page()
    page.filters.set(CoverFilter(kinds=frozenset({"LIMITED", "LIFETIME"}), providers=frozenset({""})))
    qtbot.waitUntil(lambda: lines(page) == ["Phone Limited", "Laptop Limited", "Kettle Limited"])
    page.filters.set(replace(page.filters.wanted, statuses=frozenset({CoverStatus.ACTIVE}), expiring_days=60))
    qtbot.waitUntil(lambda: lines(page) == ["Laptop Limited"])
    assert [(chip.label, chip.value) for chip in page.filters.bar.chips()] == [
        ("Status is", "Active"),
        ("Expiring within", "60 days"),
        ("Kind is", "Lifetime or Limited"),
        ("Provider is", "No provider"),
    ]
    qtbot.waitUntil(lambda: page.footer.counts_text() == "1 of 5 warranties")
    page.filters.clear()
    qtbot.keyClicks(page.filters.bar.field, "brightwell")
    qtbot.waitUntil(lambda: lines(page) == ["Phone Limited", "Phone Extended"])
    page.filters.bar.set_text("zzz")
    qtbot.waitUntil(page.frame._no_match.isVisible)


def test_every_condition_is_chosen_in_its_popup(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page()
    for key, _text in page.filters.kinds():
        popup = page.filters.popup(key)
        assert popup is not None
        popup.open_below(page.filters.bar.add_button)
        if isinstance(popup, ChoicePopup | OneOfPopup):
            press(popup.list, Qt.Key.Key_Return)
        elif isinstance(popup, WithinPopup):
            assert popup.days.value() == 30
            press(popup.days, Qt.Key.Key_Return)
        elif isinstance(popup, DaysPopup):
            press(popup.presets, Qt.Key.Key_Return)
        page.filters.remove(key) if key != "status" else None
    assert page.filters.wanted == CoverFilter(statuses=frozenset({CoverStatus.ACTIVE}))


def test_an_open_claim_stands_out_and_can_be_asked_for(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page()
    with_claim(session, "Laptop")
    qtbot.waitUntil(lambda: cell(page, 1, "claims") == "1 open")
    page.filters.set(CoverFilter(claim=True))
    qtbot.waitUntil(lambda: lines(page) == ["Laptop Limited"])


def test_the_badge_asks_for_attention_while_something_expires(make_page: MakePage, session: Session) -> None:
    make_page([LAPTOP])
    badge = _badge(session)
    assert badge is not None
    assert (badge.number, badge.kind) == (1, BadgeKind.COUNT)
    session.ledger.run(warranties.set_field(1, "duration", Duration(months=23)))
    badge = _badge(session)
    assert badge is not None
    assert (badge.number, badge.kind) == (1, BadgeKind.ATTENTION)


def test_the_palette_finds_a_warranty(make_page: MakePage, session: Session, window: Window) -> None:
    make_page()
    found = _search(session, "p-7", 5, Interrupt())
    assert [(one.title, one.detail) for one in found] == [
        ("Phone: Extended warranty of Brightwell", "24 months left")
    ]


def test_a_month_of_the_timeline_filters_the_table_and_once_more_shows_all(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page()
    chart = page.strip.chart
    assert chart is not None
    assert [(month.expiring, month.expired) for month in chart.months[:3]] == [(1, 1), (0, 2), (1, 2)]
    chart.chosen.emit(2, "expiring")
    qtbot.waitUntil(lambda: lines(page) == ["Laptop Limited"])
    assert [(chip.label, chip.value) for chip in page.filters.bar.chips()] == [("Ends in", "Jan 2027")]
    qtbot.waitUntil(lambda: "whatever the filter" in chart._caption.text())
    assert chart.months[0].expiring == 1
    chart.chosen.emit(2, "active")
    qtbot.waitUntil(lambda: lines(page) == ALL)


def test_the_timeline_can_be_put_away_and_stays_so(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page()
    assert page.strip.isVisible()
    page.strip.button.click()
    assert not page.strip.isVisible()
    assert session.state.get("warranties.timeline") is False
    session.actions.run("warranties.timeline")
    assert page.strip.isVisible()


def test_the_pane_names_what_else_covers_the_product(
    qtbot: QtBot, make_page: MakePage, window: Window
) -> None:
    page = make_page()
    select(page, 0)
    qtbot.waitUntil(lambda: "Phone" in words(page))
    assert "5 days left" in words(page)
    assert links(page) == ["Extended warranty of Brightwell, until 25 Nov 2028", "Phone"]
    page.pane.findChildren(RecordLink)[1].click()
    assert window.shown.pop() == ("purchases", {"purchase": 1})
    page.pane.findChildren(RecordLink)[0].click()
    qtbot.waitUntil(lambda: "2 years left" in words(page))
    assert "P-7" in words(page)
    select(page, 1)
    qtbot.waitUntil(lambda: "Laptop" in words(page))
    assert links(page) == ["Laptop"]


def test_kind_and_end_are_edited_in_the_row(qtbot: QtBot, make_page: MakePage, session: Session) -> None:
    page = make_page()
    on_any_page: Any = page
    editor = open_editor(qtbot, on_any_page, 1, "ends_on")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "2 years"
    editor.setText("3 years")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: the_cover(session, "Laptop").cover.ends_on == date(2028, 1, 10))
    assert session.ledger.undo_label == "Change a warranty of “Laptop”"


def test_voiding_keeps_the_dates_and_is_taken_back(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page()
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.row is not None)
    session.actions.run("warranties.void")
    qtbot.waitUntil(lambda: the_cover(session, "Phone").cover.voided)
    assert the_cover(session, "Phone").cover.ends_on == date(2026, 11, 25)
    qtbot.waitUntil(lambda: page.pane.row is not None and page.pane.row.cover.voided)
    session.actions.refresh()
    assert session.actions.qaction("warranties.void").text() == "Take &void back"
    session.actions.run("warranties.void")
    qtbot.waitUntil(lambda: not the_cover(session, "Phone").cover.voided)


def test_a_click_beside_the_words_of_the_pane_leaves_the_focus_in_the_table(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page()
    select(page, 0)
    page.table.setFocus()
    qtbot.waitUntil(lambda: page.pane.row is not None and page.pane.isVisible())
    body = page.pane.findChild(QScrollArea)
    assert isinstance(body, QScrollArea)
    qtbot.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert page.table.hasFocus()
    assert body.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_several_are_changed_in_one_step_and_what_cannot_be_is_listed(
    qtbot: QtBot, make_page: MakePage, session: Session, window: Window
) -> None:
    page = make_page()
    page.table.selectAll()
    qtbot.waitUntil(lambda: "3 active, 1 expiring, 1 ended" in words(page))
    session.actions.run("warranties.bulk")
    dialog = shown(qtbot, session, CoverBulkDialog)
    qtbot.keyClicks(dialog._by, "soon")
    dialog._change.click()
    assert dialog.by.message == "Enter a length such as 12 months."
    dialog._by.selectAll()
    qtbot.keyClicks(dialog._by, "6 months")
    dialog._change.click()
    refused = shown(qtbot, session, RefusedDialog)
    refused.reject()
    assert window.problems == ["1 warranty could not be changed"]
    assert the_cover(session, "Laptop").cover.ends_on == date(2027, 7, 10)
    session.ledger.undo().result()
    assert the_cover(session, "Laptop").cover.ends_on == date(2027, 1, 10)


def test_deleting_takes_claims_along_and_is_undone(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page()
    with_claim(session, "Phone")
    page.table.selectAll()
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.frame.is_empty)
    assert "No warranties yet" in [label.text() for label in page.findChildren(QLabel)]
    session.ledger.undo().result()
    qtbot.waitUntil(lambda: lines(page) == ALL)
    assert the_cover(session, "Phone").open_claims == 1


def test_the_only_row_is_selected_with_an_arrow_key(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([LAPTOP])
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Laptop" in words(page))


def test_a_filter_is_saved_and_chosen_again(qtbot: QtBot, make_page: MakePage, session: Session) -> None:
    page = make_page()
    wanted = CoverFilter(kinds=frozenset({"LIFETIME"}))
    session.bridge.run_command(saved.save(Shelf.FILTERS, "warranties", "For ever", wanted.to_json()))
    page.filters.set(wanted)
    qtbot.waitUntil(lambda: page.saved.button.accessibleName() == "Saved filters: For ever")
    assert not saved.listing(session.ledger, Shelf.FILTERS, "purchases")


def test_what_other_pages_ask_for_is_shown(qtbot: QtBot, make_page: MakePage, session: Session) -> None:
    page = make_page()
    page.open(filter=CoverFilter(statuses=frozenset({CoverStatus.EXPIRED})))
    qtbot.waitUntil(lambda: lines(page) == ["Kettle Limited"])
    page.open(warranty=the_cover(session, "Laptop").id)
    qtbot.waitUntil(lambda: "Laptop" in words(page))


def test_a_ledger_without_warranties_says_what_goes_here(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    page = WarrantiesPage(session)
    qtbot.addWidget(page)
    page.refresh(None)
    qtbot.waitUntil(lambda: page._recorded == 0 and page.frame.is_empty)
    assert page._first_thing.text() == "New warranty…"
    assert not page.frame.new.isVisible()


def test_rows_are_copied_as_tab_separated_text(qtbot: QtBot, make_page: MakePage, window: Window) -> None:
    from PySide6.QtGui import QGuiApplication

    page = make_page([PHONE, KETTLE])
    select(page, 0)
    page.session.actions.run("edit.copy")
    qtbot.waitUntil(lambda: window.told != [])
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Phone\tLimited\t\t2026-11-25\t5 days left\t")
