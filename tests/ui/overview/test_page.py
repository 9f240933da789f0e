"""The overview on a real ledger."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.debts import DebtFilter, Payment
from app.domain.purchases import PurchaseFilter
from app.domain.spending_periods import Preset, Question
from app.domain.warranties import CoverFilter
from app.services import debts, due, overview, plans, purchases, spending, warranties
from app.services.profile import save as save_profile
from app.ui.overview.board import Waiting
from app.ui.overview.choices import Card, Choices, Figure, Period
from app.ui.overview.page import OverviewPage
from app.ui.overview.reading import due_filter
from app.ui.session import Session
from app.ui.theme.theme import Appearance, Theme
from tests.helpers.ledgers import add_all, bought
from tests.ui.overview.ledgers import BOUGHT, OWED, MakePage
from tests.ui.purchases.conftest import TODAY, Window, declare_window_actions

MONEY = "USD"


def spoken(page: OverviewPage) -> list[str]:
    """Return what a screen reader says of the figures."""
    return [card.accessibleName() for card in page.shown.board.figures.cards.values()]


def rows(page: OverviewPage, card: Card) -> list[str]:
    widget = {
        Card.WARRANTIES: page.shown.warranties,
        Card.DUE: page.shown.due,
        Card.RECENT: page.shown.recent,
    }
    return [row.spoken for row in widget[card].list.rows.rows]


def wheel_down() -> QWheelEvent:
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    at, turned, phase = QPointF(20, 20), QPoint(0, -120), Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(at, at, QPoint(), turned, buttons, keys, phase, False)


def test_the_focus_goes_to_the_first_figure_whichever_answer_comes_first(
    make_page: MakePage, session: Session, qtbot: QtBot
) -> None:
    del make_page
    session.ledger.run(add_all([BOUGHT]))
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(1232, 1000)
    page.show()
    page.activateWindow()
    page.focus_first()
    qtbot.waitUntil(page.period_button.hasFocus)
    # What is owed is known before what was bought: there is something to show, but no card yet.
    page.answers.recorded = overview.recorded(session.ledger)
    page._show()
    assert page.focusWidget() is page.period_button
    page.refresh(None)
    qtbot.waitUntil(lambda: page.answers.complete)
    first = next(iter(page.shown.board.figures.cards.values()))
    assert page.focusWidget() is first


def test_the_focus_goes_on_to_a_first_figure_that_comes_late(
    make_page: MakePage, session: Session, qtbot: QtBot
) -> None:
    del make_page
    session.ledger.run(add_all([BOUGHT]))
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(1232, 1000)
    page.show()
    page.activateWindow()
    page.focus_first()
    qtbot.waitUntil(page.period_button.hasFocus)
    # What is covered is known first: its figure is the only one, and later the last.
    page.answers.recorded = overview.recorded(session.ledger)
    page.answers.covered = overview.covered(session.ledger)
    page._show()
    (only,) = page.shown.board.figures.cards.values()
    assert page.focusWidget() is only
    page.refresh(None)
    qtbot.waitUntil(lambda: page.answers.complete)
    first = next(iter(page.shown.board.figures.cards.values()))
    assert first is not only
    assert page.focusWidget() is first


# -- what is shown


def test_the_figures_say_what_happened_in_a_sentence_each(make_page: MakePage) -> None:
    page = make_page()
    assert page.head.subtitle() == "Friday, 20 November 2026"
    assert spoken(page) == [
        "Spent in November: $40.00, down $560.00 vs 1–20 Oct ($600.00)",
        "Owed in total: $5,000.00, no change since October",
        "Debt-free with Avalanche: Oct 2029, 23 months sooner than minimums only",
        "Warranties in force: 2, up 1 since October",
    ]


def test_every_figure_is_that_of_the_page_behind_it(make_page: MakePage, session: Session) -> None:
    page, ledger = make_page(), session.ledger
    cards = page.shown.board.figures.cards
    month = spending.analysis(ledger, Question(Preset.CUSTOM, date(2026, 11, 1), TODAY, MONEY))
    assert month.total is not None
    assert cards["spent_month.USD"].figure.value == f"${month.total.net / 100:,.2f}"
    (total,) = debts.totals(ledger, DebtFilter())
    assert cards["owed.USD"].figure.value == f"${total.balance / 100:,.2f}"
    plan = plans.plan_in_use(ledger, MONEY)
    assert plan is not None
    assert plan.debt_free is not None
    assert cards["debt_free.USD"].figure.value == plan.debt_free.first_day.strftime("%b %Y")
    counts = warranties.counts(ledger)
    assert cards["in_warranty"].figure.value == str(counts.active + counts.expiring)


def test_bars_are_stacked_by_category_and_add_up_to_the_spending_page(
    make_page: MakePage, session: Session
) -> None:
    chart = make_page().shown.spending
    assert chart is not None
    found = spending.analysis(session.ledger, Question())
    assert [entry.title for entry in chart.entries()] == ["No category", "Furniture", "Household"]
    table = chart.values()
    totals = [table.cells(at)[-1][1] for at in range(len(table))]
    assert totals == [f"{step.figures.net / 100:.2f}" for step in found.steps]
    assert table.cells(0)[0][0] == "Dec 2025"
    assert chart.reading(11).title == "Nov 2026, 1–20 Nov 2026"
    assert [tick.text for tick in chart.plot.ticks[0]][:3] == ["Dec", "Jan", "Feb"]


def test_the_debt_chart_compares_the_plan_in_use_with_snowball_and_minimums(make_page: MakePage) -> None:
    chart = make_page().shown.debts
    assert chart is not None
    assert [series.title for series in chart.series] == ["Avalanche", "Snowball", "Minimums only"]
    assert chart.selected == "avalanche"
    assert chart.series[0].ys[0] == 5000_00


def test_lists_tell_what_ends_is_due_and_was_bought(make_page: MakePage, session: Session) -> None:
    page = make_page()
    assert rows(page, Card.WARRANTIES) == ["Kettle, Corner, 4 Dec 2026, 14 days left"]
    assert page.shown.warranties.caption() == "1 in the next 90 days"
    listed = due.listing(session.ledger, due_filter())
    assert len(rows(page, Card.DUE)) == min(len(listed), 6)
    assert rows(page, Card.DUE)[:2] == [
        "Kettle, Return by, 2 Dec 2026, 12 days left",
        "Kettle, Warranty ends, 4 Dec 2026, 14 days left",
    ]
    assert "Visa, Payment, 5 Dec 2026, $60.00, 15 days left" in rows(page, Card.DUE)
    assert rows(page, Card.RECENT)[0] == "Kettle, Corner, 18 Nov 2026, $40.00"
    assert page.shown.recent.caption() == "4 recorded"


def test_currencies_are_never_added(make_page: MakePage) -> None:
    page = make_page((*BOUGHT, bought("Tea", 15_00, "EUR", purchased_on=date(2026, 11, 9))), ())
    assert spoken(page)[:2] == [
        "Spent in November, USD: $40.00, down $560.00 vs 1–20 Oct ($600.00)",
        "Spent in November, EUR: €15.00, up €15.00 vs 1–20 Oct (€0.00)",
    ]
    assert page.period_button.text() == "Last 12 months · USD"


def test_charts_can_be_of_another_currency(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page((*BOUGHT, bought("Tea", 15_00, "EUR", purchased_on=date(2026, 11, 9))), ())
    page.choose_currency("EUR")
    qtbot.waitUntil(lambda: page.answers.analysis is not None and page.answers.analysis.currency == "EUR")
    assert page.period_button.text() == "Last 12 months · EUR"


def test_one_total_is_asked_for_where_there_are_several_currencies(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page((*BOUGHT, bought("Tea", 15_00, "EUR", purchased_on=date(2026, 11, 9))), ())
    page.period_menu.aboutToShow.emit()
    offered = {action.text(): action for action in page.period_menu.actions()}
    offered["One total, in USD"].trigger()
    qtbot.waitUntil(lambda: spoken(page)[0].startswith("Spent in November, all in USD: $40.00"))
    assert "€15.00 is left out: there is no rate for EUR." in spoken(page)[0]


# -- a ledger without some of it


def test_an_empty_ledger_says_what_the_page_is_for_and_what_to_do(make_page: MakePage) -> None:
    page = make_page((), ())
    assert not page.has_cards
    assert not page.customise_button.isVisible()
    buttons = [made.text() for made in page.findChildren(QPushButton) if made.isVisible()]
    assert {"New purchase", "New debt"} <= set(buttons)
    page.focus_first()
    assert page._first_thing.hasFocus()


def test_cards_of_debts_are_left_out_where_there_are_none(make_page: MakePage) -> None:
    page = make_page(BOUGHT, ())
    assert [name.split(":")[0] for name in spoken(page)] == ["Spent in November", "Warranties in force"]
    assert page.shown.board.shown() == [
        page.shown.spending,
        page.shown.warranties,
        page.shown.due,
        page.shown.recent,
    ]


def test_a_ledger_of_debts_has_no_cards_of_purchases(make_page: MakePage) -> None:
    page = make_page((), OWED)
    assert [name.split(":")[0] for name in spoken(page)] == ["Owed in total", "Debt-free with Avalanche"]
    assert page.shown.board.shown() == [page.shown.debts, page.shown.due]
    assert not page.period_button.isVisible()


def test_a_figure_without_data_says_so(make_page: MakePage) -> None:
    page = make_page((bought("Desk", 600_00, "USD", purchased_on=date(2024, 10, 3)),), ())
    figure = page.shown.board.figures.cards["spent_month"].figure
    assert (figure.value, figure.against) == ("—", "Not enough data yet")


def test_a_plan_that_never_ends_is_called_so(make_page: MakePage) -> None:
    from app.domain.debts import FixedMinimum

    page = make_page((), (replace(OWED[0], minimum=FixedMinimum(5_00)),))
    figure = page.shown.board.figures.cards["debt_free.USD"].figure
    assert figure.value == "Never"
    assert "“Visa” grows" in figure.against


# -- live


def test_the_page_follows_the_ledger(make_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = make_page()
    session.ledger.run(purchases.add(bought("Cup", 2_50, "USD", purchased_on=TODAY)))
    qtbot.waitUntil(lambda: spoken(page)[0].startswith("Spent in November: $42.50"))
    assert rows(page, Card.RECENT)[0].startswith("Cup")
    visa = debts.all_debts(session.ledger)[1]
    session.ledger.run(debts.record_payment(Payment(visa.id, TODAY, 500_00)))
    qtbot.waitUntil(lambda: "down $500.00 since October" in spoken(page)[1])


def test_the_first_record_brings_the_cards(make_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = make_page((), ())
    session.ledger.run(purchases.add(BOUGHT[0]))
    qtbot.waitUntil(lambda: page.has_cards and page.shown.board.isVisible())


def test_the_focus_goes_to_the_first_card_once_there_is_one(
    session: Session, qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page((), ())
    page.focus_first()
    session.ledger.run(purchases.add(BOUGHT[0]))
    qtbot.waitUntil(lambda: page.has_cards and page.panes()[0].hasFocus())


def test_only_what_a_change_touches_is_read(make_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = make_page()
    before = page.answers.debts
    session.ledger.run(purchases.add(bought("Cup", 2_50, "USD", purchased_on=TODAY)))
    qtbot.waitUntil(lambda: rows(page, Card.RECENT)[0].startswith("Cup"))
    assert page.answers.debts is before


def test_a_new_budget_changes_the_outlook(make_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = make_page()
    session.ledger.run(save_profile(replace(session.ledger.profile, debt_budget=500_00)))
    chart = page.shown.debts
    assert chart is not None
    caption = "$500.00 a month, $320.00 of it above the minimums"
    qtbot.waitUntil(lambda: chart._caption.text() == caption)


# -- where a click leads


def test_a_figure_opens_the_page_behind_it(make_page: MakePage, window: Window, qtbot: QtBot) -> None:
    page = make_page()
    for card in page.shown.board.figures.cards.values():
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert [shown for shown, _ in window.shown] == ["spending", "debts", "plans", "warranties"]


def test_a_bar_opens_the_purchases_of_its_month(make_page: MakePage, window: Window) -> None:
    page = make_page()
    assert page.shown.spending is not None
    page.shown.spending.chosen.emit(10, "")
    wanted = PurchaseFilter(bought_from=date(2026, 10, 1), bought_to=date(2026, 10, 31), currency="USD")
    assert window.shown == [("purchases", {"filter": wanted})]
    assert page.answers.analysis is not None
    id = page.answers.analysis.figures.by_category[1].id
    page.shown.spending.chosen.emit(10, str(id))
    assert window.shown[-1] == ("purchases", {"filter": replace(wanted, categories=frozenset({id}))})


def test_the_debt_chart_opens_the_plans(make_page: MakePage, window: Window, qtbot: QtBot) -> None:
    chart = make_page().shown.debts
    assert chart is not None
    qtbot.keyClick(chart.plot, Qt.Key.Key_Return)
    assert window.shown == [("plans", {})]


def test_rows_open_their_records_and_show_all_their_pages(
    make_page: MakePage, window: Window, qtbot: QtBot
) -> None:
    page = make_page()
    shown = page.shown
    qtbot.keyClick(shown.warranties.list, Qt.Key.Key_Down)
    qtbot.keyClick(shown.warranties.list, Qt.Key.Key_Return)
    assert page.answers.covered is not None
    assert window.shown.pop() == ("warranties", {"warranty": page.answers.covered.rows[0].id})
    shown.due.list.opened.emit(2)
    assert window.shown.pop()[0] == "debts"
    shown.recent.list.opened.emit(0)
    assert page.answers.recent is not None
    assert window.shown.pop() == ("purchases", {"purchase": page.answers.recent[0].id})
    for card in (shown.warranties, shown.due, shown.recent):
        card.show_all.click()
    assert window.shown == [
        ("warranties", {"filter": CoverFilter(expiring_days=90)}),
        ("due", {}),
        ("purchases", {}),
    ]


# -- choices


def test_another_period_is_remembered(make_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = make_page()
    page.period_menu.aboutToShow.emit()
    offered = {action.text(): action for action in page.period_menu.actions()}
    assert [text for text, action in offered.items() if action.isChecked()] == ["Last 12 months"]
    offered["Last 30 days"].trigger()
    qtbot.waitUntil(
        lambda: page.shown.spending is not None and page.shown.spending.heading == "Spending by day"
    )
    held = Choices.from_json(session.state.get("overview"))
    assert held.period is Period.LAST_30_DAYS
    assert len(page.answers.analysis.steps if page.answers.analysis else ()) == 30


def test_cards_are_shown_in_the_order_of_the_user(make_page: MakePage, session: Session) -> None:
    page = make_page()
    arrangement = replace(
        page.choices.arrangement,
        figures=(Figure.FILES, Figure.OWED, *(set(Figure) - {Figure.FILES, Figure.OWED})),
        cards=(Card.RECENT, Card.DEBTS, Card.DUE, Card.SPENDING, Card.WARRANTIES),
        hidden=frozenset(set(Figure) - {Figure.FILES, Figure.OWED}) | {Card.SPENDING, Card.WARRANTIES},
    )
    page.arrange(arrangement)
    assert list(page.shown.board.figures.cards) == ["files", "owed.USD"]
    assert page.shown.board.shown() == [page.shown.recent, page.shown.debts, page.shown.due]
    assert Choices.from_json(session.state.get("overview")).arrangement == arrangement


def test_cards_stand_below_each_other_where_there_is_no_room(make_page: MakePage) -> None:
    page = make_page(width=816)
    first, second = page.shown.board.shown()[:2]
    assert first.y() < second.y()
    page.resize(1232, 900)
    assert page.shown.board._columns == 2


def test_before_charts_are_loaded_their_places_are_held(session: Session, qtbot: QtBot) -> None:
    declare_window_actions(session)
    session.ledger.run(purchases.add(BOUGHT[0]))
    page = OverviewPage(session)
    qtbot.addWidget(page)
    assert isinstance(page.shown.board.cards[Card.SPENDING], Waiting)
    page.refresh(None)
    qtbot.waitUntil(lambda: page.shown.board.cards[Card.SPENDING] is page.shown.spending)


def test_the_page_follows_the_theme(make_page: MakePage, look: Theme) -> None:
    page = make_page()
    before = page.grab().toImage().pixelColor(40, 200)
    look.set_appearance(Appearance.DARK)
    assert page.grab().toImage().pixelColor(40, 200) != before


def test_panes_go_from_figures_to_the_cards(make_page: MakePage) -> None:
    page = make_page()
    names = [pane.accessibleName() for pane in page.panes()]
    assert names[0].startswith("Spent in November")
    assert names[1:] == [
        "Spending by month",
        "Debt balance by strategy",
        "Warranties ending soon",
        "What is due",
        "Recent purchases",
        "Period: Last 12 months",
    ]


def test_the_wheel_over_a_list_scrolls_the_page_and_never_hides_a_row(make_page: MakePage) -> None:
    page = make_page()
    shown = page.shown.recent.list
    for _ in range(2):
        event = wheel_down()
        QApplication.sendEvent(shown.viewport(), event)
        assert not event.isAccepted()
    assert shown.verticalScrollBar().value() == 0
