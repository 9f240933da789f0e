"""The page of spending, on a real ledger."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.domain.spending_periods import Preset, Question, Step
from app.domain.warranties import CoverFilter, CoverStatus
from app.services import names, purchases, warranties
from app.services.names import NameKind
from app.services.spending import summary
from app.ui.session import Session
from app.ui.spending.choices import Choices, Measure
from app.ui.spending.controls import Controls
from app.ui.spending.page import SpendingPage
from app.ui.spending.ranked import OTHER, FullRanks
from app.ui.theme.theme import Appearance, Theme
from tests.helpers.ledgers import bought
from tests.ui.purchases.conftest import Window
from tests.ui.spending.bought import BOUGHT, MakePage

PERIOD = PurchaseFilter(bought_from=date(2025, 12, 1), bought_to=date(2026, 11, 20), currency="USD")


def choose(qtbot: QtBot, page: SpendingPage, combo: QComboBox, data: object) -> None:
    """Choose as a user does, and wait for the figures."""
    before = page.found
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.found is not before)


def table(card: FullRanks) -> list[list[str]]:
    values = card.values()
    return [[text for text, _plain in values.cells(at)] for at in range(len(values))]


# -- what is shown


def test_the_cards_tell_the_last_twelve_months_against_the_same_days_before(make_page: MakePage) -> None:
    page = make_page()
    metrics = page.board.metrics
    assert page.head.subtitle() == "1 Dec 2025 – 20 Nov 2026, compared with 1 Dec 2024 – 20 Nov 2025"
    assert metrics.total.accessibleName() == (
        "Spent, net of refunds: $715.00, +$415.00, vs $300.00, compared with 1 Dec 2024 – 20 Nov 2025"
    )
    assert [card.figure.value for card in metrics.cards] == ["$715.00", "3", "$238.33", "$75.00", "$600.00"]
    assert (metrics.count.figure.moved, metrics.count.figure.against) == ("+2", "vs 1")
    assert metrics.median.figure.way == -1


def test_less_spent_is_good_and_a_smaller_median_is_neither(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    total, median = page.board.metrics.total, page.board.metrics.median
    assert total._moved.property("tone") == "danger"
    assert median._moved.property("tone") == "secondary"
    choose(qtbot, page, page.controls.preset, Preset.LAST_YEAR)
    assert total.figure.value == "$1,200.00"
    choose(qtbot, page, page.controls.preset, Preset.THIS_YEAR)
    assert total.figure.moved == "+$415.00"


def test_the_chart_over_time_tells_every_figure(make_page: MakePage) -> None:
    chart = make_page().board.over_time
    assert chart.heading == "Spending by month"
    values = chart.values()
    assert values.titles == [
        "Month",
        "Total",
        "Purchases",
        "Before refunds",
        "Period before",
        "Purchases then",
        "Change",
    ]
    assert [text for text, _ in values.cells(10)] == [
        "Oct 2026",
        "$675.00",
        "2",
        "$700.00",
        "$300.00",
        "1",
        "+$375.00",
    ]
    assert next(text for text, _ in values.cells(11)) == "Nov 2026, 1–20 Nov 2026"
    reading = chart.reading(10)
    assert reading.title == "Oct 2026"
    assert [(line.title, line.text) for line in reading.lines] == [
        ("This period", "$675.00"),
        ("Purchases", "2"),
        ("Oct 2025", "$300.00"),
        ("Purchases then", "1"),
        ("Change", "+$375.00"),
    ]
    assert chart.accessibleDescription() == "Highest: Oct 2026 with $675.00."
    assert chart._caption.text() == (
        "$715.00 for 3 purchases · $740.00 before refunds of $25.00 · Nov 2026 is to date"
    )


def test_every_table_equals_the_summary(make_page: MakePage, session: Session) -> None:
    page = make_page()
    told = summary(session.ledger, PERIOD.bought_from, PERIOD.bought_to)
    dollars = [group for group in told.by_retailer if group.total.currency == "USD"]
    assert [row[0] for row in table(page.board.retailers)] == [group.name for group in dollars]
    assert table(page.board.retailers) == [
        ["Halden", "2", "94.41%", "$675.00"],
        ["Corner", "1", "5.59%", "$40.00"],
    ]
    assert table(page.board.brands)[0] == ["Sit", "1", "83.92%", "$600.00"]
    assert table(page.board.brands)[1][0] == "No brand"
    assert table(page.board.products) == [
        ["Desk", "1", "$600.00", "$600.00"],
        ["Lamp", "1", "$75.00", "$75.00"],
        ["Kettle", "1", "$40.00", "$40.00"],
    ]
    assert table(page.board.covers) == [["Active", "1"], ["Expiring", "1"], ["Ended", "0"], ["Voided", "0"]]
    timeline = page.board.timeline.values()
    assert [text for text, _ in timeline.cells(1)][:4] == ["Dec 2026", "1", "1", "0"]
    assert [row[0] for row in page.board.purchases.texts()] == ["Kettle", "Lamp", "Desk"]
    assert page.board.warranties.texts()[0] == ["Kettle", "Lifetime", "18 Nov 2026", "Lifetime"]


def test_what_does_not_fit_is_folded_and_opens_as_a_table(make_page: MakePage) -> None:
    many = [
        bought(f"Thing {n}", 100 + n, "USD", retailer=f"Shop {n}", purchased_on=date(2026, 5, 1))
        for n in range(12)
    ]
    page = make_page(many)
    card = page.board.retailers
    assert len(card.ranks) == 8
    assert card.ranks[-1].title == "Other"
    assert card.ranks[-1].value == sum(100 + n for n in range(5))
    assert len(table(card)) == 12
    card.chosen.emit(OTHER)
    assert card.table_shown
    assert card.pane is card.table
    assert len(page.board.products.ranks) == 10


def test_a_ledger_without_purchases_says_what_to_do(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(())
    assert page._stack.currentWidget() is page._empty
    assert page.export_button.isHidden()
    page.session.bridge.run_command(purchases.add(BOUGHT[0]))
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._full)
    assert page.board.metrics.total.figure.value == "$600.00"


def test_a_period_without_purchases_says_so_on_every_card(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(BOUGHT[3:5])
    choose(qtbot, page, page.controls.preset, Preset.THIS_YEAR)
    choose_days(qtbot, page, date(2020, 1, 1), date(2020, 1, 31))
    board = page.board
    for card in (*board.groups, board.products, board.covers, board.over_time, board.timeline):
        assert not card.has_data()
        assert card._empty.isVisibleTo(card)
    assert [card.figure.value for card in board.metrics.cards] == ["$0.00", "0", "—", "—", "—"]
    assert board.metrics.average.figure.against == "Not enough data yet"
    assert board.purchases.texts() == []


# -- what is asked


def choose_days(qtbot: QtBot, page: SpendingPage, first: date, last: date) -> None:
    if page.controls.preset.currentData() != Preset.CUSTOM:
        choose(qtbot, page, page.controls.preset, Preset.CUSTOM)
    before = page.found
    page.controls.first.set_date(first)
    page.controls.last.set_date(last)
    page.controls.last.returnPressed.emit()
    qtbot.waitUntil(lambda: page.found is not before)


def test_a_period_of_ones_own_begins_with_the_days_shown(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    choose(qtbot, page, page.controls.preset, Preset.CUSTOM)
    assert page.controls.first.text() == "1 Dec 2025"
    assert page.controls.last.text() == "20 Nov 2026"
    choose_days(qtbot, page, date(2026, 10, 1), date(2026, 10, 20))
    assert page.board.metrics.total.figure.then == "compared with 1–20 Sep 2026"
    assert page.board.metrics.count.figure.value == "2"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("1 Oct 2026", "1 Sep 2026", "This day is before the first one."),
        ("", "1 Sep 2026", "Enter a day."),
        ("soon", "1 Sep 2026", ""),
    ],
)
def test_days_that_cannot_be_are_told_at_the_field(
    make_page: MakePage, qtbot: QtBot, first: str, last: str, sentence: str
) -> None:
    page = make_page()
    choose(qtbot, page, page.controls.preset, Preset.CUSTOM)
    asked, controls = page.controls.choices, page.controls
    controls.first.setText(first)
    controls.last.setText(last)
    controls.last.returnPressed.emit()
    assert not controls.problem.isHidden()
    assert controls.problem.text()
    assert sentence in controls.problem.text()
    assert page.controls.choices == asked


def test_currencies_are_looked_at_one_by_one(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    assert [page.controls.currency.itemText(at) for at in range(2)] == ["USD", "EUR"]
    choose(qtbot, page, page.controls.currency, "EUR")
    assert page.board.metrics.total.figure.value == "€15.00"
    assert table(page.board.retailers) == [["Otto", "1", "100.00%", "€15.00"]]


def test_bars_by_week_and_by_number(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    choose(qtbot, page, page.controls.step, Step.WEEK)
    chart = page.board.over_time
    assert chart.heading == "Spending by week"
    assert page.found is not None
    assert page.found.steps[1].span.first.weekday() == 0
    choose(qtbot, page, page.controls.step, Step.QUARTER)
    assert next(text for text, _ in chart.values().cells(4)) == "Q4 2026, 1 Oct – 20 Nov 2026"
    choose(qtbot, page, page.controls.measure, Measure.COUNT)
    assert list(chart.shown[0].ys)[-1] == 3
    assert chart.values().cells(4)[1][0] == "$715.00"


def test_what_was_chosen_is_remembered(make_page: MakePage, qtbot: QtBot, session: Session) -> None:
    page = make_page()
    choose(qtbot, page, page.controls.preset, Preset.THIS_YEAR)
    choose(qtbot, page, page.controls.step, Step.QUARTER)
    remembered = Choices.from_json(session.state.get("spending"))
    assert remembered == page.controls.choices
    other = Controls(session.ledger, remembered)
    qtbot.addWidget(other)
    assert other.preset.currentText() == "This year"
    assert other.step.currentText() == "By quarter"


@pytest.mark.parametrize(
    "document",
    [None, [], {"preset": "never", "step": 7, "first": "x", "currency": None}, {"preset": "custom"}],
)
def test_what_cannot_be_understood_is_as_if_never_chosen(document: object) -> None:
    assert Choices.from_json(document) == Choices()


def test_choices_come_back_as_they_were() -> None:
    asked = Question(Preset.CUSTOM, date(2026, 1, 1), date(2026, 2, 1), "EUR", Step.DAY)
    choices = Choices(asked, Measure.COUNT)
    assert Choices.from_json(choices.to_json()) == choices


# -- what it leads to


def test_a_month_opens_its_purchases(make_page: MakePage, window: Window, qtbot: QtBot) -> None:
    page = make_page()
    plot = page.board.over_time.plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_End)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    month = ("purchases", {"filter": replace(PERIOD, bought_from=date(2026, 11, 1))})
    assert window.shown == [month]
    page.board.over_time.set_table_shown(True)
    table = page.board.over_time.table
    table.go_to(11, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.shown == [month, month]


def test_bars_and_rows_open_what_they_are_made_of(
    make_page: MakePage, window: Window, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    halden = names.find(session.ledger, NameKind.RETAILER, "Halden")
    assert halden is not None
    bars = page.board.retailers.pane
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert window.shown.pop() == ("purchases", {"filter": replace(PERIOD, retailers=frozenset({halden}))})
    page.board.brands.chosen.emit("0")
    assert window.shown.pop() == ("purchases", {"filter": replace(PERIOD, brands=frozenset({0}))})
    page.board.categories.set_table_shown(True)
    categories = page.board.categories.table
    categories.setFocus()
    qtbot.keyClick(categories, Qt.Key.Key_Return)
    assert window.shown.pop() == ("purchases", {"filter": replace(PERIOD, categories=frozenset({0}))})
    page.board.products.chosen.emit("Lamp")
    assert window.shown.pop() == ("purchases", {"filter": replace(PERIOD, text="Lamp")})
    covers = CoverFilter(bought_from=PERIOD.bought_from, bought_to=PERIOD.bought_to)
    page.board.covers.chosen.emit("EXPIRING")
    expiring = replace(covers, statuses=frozenset({CoverStatus.EXPIRING}))
    assert window.shown.pop() == ("warranties", {"filter": expiring})
    page.board.timeline.chosen.emit(1, "active")
    in_december = replace(covers, ends_from=date(2026, 12, 1), ends_to=date(2026, 12, 31))
    shown, given = window.shown.pop()
    assert (shown, replace(given["filter"], statuses=frozenset())) == ("warranties", in_december)


def test_figures_and_the_button_open_the_whole_period(
    make_page: MakePage, window: Window, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    qtbot.keyClick(page.board.metrics.total, Qt.Key.Key_Return)
    qtbot.mouseClick(page.board.metrics.largest, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.show_button, Qt.MouseButton.LeftButton)
    assert session.actions.run("spending.show_purchases")
    assert window.shown == [("purchases", {"filter": PERIOD})] * 4


def test_the_first_thing_to_do_has_the_focus_once_it_is_there(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    del make_page
    page = SpendingPage(session)
    qtbot.addWidget(page)
    page.refresh(None)
    page.show()
    page.focus_first()
    qtbot.waitUntil(lambda: page.found is not None)
    assert page.focusWidget() is page._first_thing


def test_lists_open_the_record_of_a_row(
    make_page: MakePage, window: Window, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    recent = page.board.purchases.list
    recent.setFocus()
    qtbot.keyClick(recent, Qt.Key.Key_Down)
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    id = window.shown.pop()[1]["purchase"]
    lamp = purchases.get(session.ledger, id)
    assert lamp is not None
    assert lamp.name == "Lamp"
    covers = page.board.warranties.list
    place = covers.visualRect(covers.grid.index(0, 0)).center()
    qtbot.mouseClick(covers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown, given = window.shown.pop()
    assert shown == "warranties"
    kettle = warranties.get(session.ledger, given["warranty"])
    assert kettle is not None
    assert kettle.product == "Kettle"


def test_the_purchases_of_the_period_are_offered_for_export(
    make_page: MakePage, session: Session, qtbot: QtBot
) -> None:
    from app.ui.exporting.dialog import ExportDialog

    page = make_page()
    page.export_button.click()
    dialog = session.window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog._offer.wanted == PERIOD
    dialog.reject()


# -- living with it


def test_a_change_of_the_ledger_shows_at_once(make_page: MakePage, qtbot: QtBot, session: Session) -> None:
    page = make_page()
    session.bridge.run_command(
        purchases.add(bought("Rug", 5000, "USD", purchased_on=date(2026, 11, 19), retailer="Corner"))
    )
    qtbot.waitUntil(lambda: page.board.metrics.count.figure.value == "4")
    assert page.board.purchases.texts()[0][0] == "Rug"


def test_every_part_can_be_reached_by_keys(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(width=760)
    panes = page.panes()
    assert len(panes) == 11
    for pane in panes:
        assert pane.accessibleName(), pane
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        assert pane.hasFocus()
        board = page.board
        if board.inside.isAncestorOf(pane):
            place = pane.mapTo(board.viewport(), pane.rect().topLeft())
            assert 0 <= place.y() < board.viewport().height(), pane.accessibleName()


def test_narrow_pages_have_one_column(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    retailers, brands = page.board.retailers, page.board.brands
    assert retailers.y() == brands.y()
    page.resize(820, 700)
    qtbot.waitUntil(lambda: retailers.y() < brands.y())
    assert page.board.horizontalScrollBar().maximum() == 0


def test_values_are_copied_and_colours_follow_the_theme(make_page: MakePage, look: Theme) -> None:
    page = make_page()
    page.board.retailers.copy_values()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[:2] == ["Retailer\tPurchases\tShare\tTotal", "Halden\t2\t94.41\t675.00"]
    look.set_appearance(Appearance.DARK)
    assert page.board.over_time.entries()[0].sample.color.name() == look.chart.categorical[0].color.lower()
