"""The page of payoff plans, on a real ledger."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.debts.plan import OneOff, Pause
from app.domain.months import Month
from app.services import debts, scenarios
from app.ui.plans.model import Part, Place
from app.ui.plans.page import PlansPage
from app.ui.session import Session
from tests.ui.plans.debts import CAR, GROWING, START, VISA, MakePage, debt
from tests.ui.plans.steps import row_texts, saved, settled
from tests.ui.purchases.conftest import Window

# -- what is shown


def test_the_debts_of_today_are_a_plan_at_once(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_extra(24000)
    settled(qtbot, page)
    assert page.head.scenarios.currentText() == "Main plan"
    assert page.strategies.caption() == "$31,278.73 owed, $1,094.00 a month from December"
    texts = row_texts(page, "avalanche")
    assert texts[0] == "Avalanche · Highest rate first"
    assert texts[1:3] == ["Sep 2029", "34"]
    assert texts[5].startswith("−$")
    assert texts[6] == "42 months"
    assert row_texts(page, "minimums")[5:] == ["—", "—"]
    assert page.schedule.caption() == "Avalanche, 34 payments · the extra $240 goes to Visa card first"


def test_a_ledger_without_debts_says_what_the_page_is_for(make_page: MakePage) -> None:
    page = make_page(())
    assert page._stack.currentWidget() is page._empty
    assert page.head.scenarios.isHidden()
    assert page.head.save.isHidden()


def test_when_all_is_paid_off_there_is_nothing_to_plan(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    from app.domain.debts import BalanceEntry, BalanceSource

    page = make_page((VISA,))
    entry = BalanceEntry(1, session.ledger.today(), 0, BalanceSource.STATEMENT)
    session.bridge.run_command(debts.record_balance(entry))
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._paid_off)


def test_a_plan_that_never_ends_says_what_it_takes(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page((GROWING, CAR))
    page.desk.set_extra(0)
    settled(qtbot, page)
    sentence = row_texts(page, "minimums")[1]
    assert sentence.startswith("Never ends. “Store card” grows; it takes $")
    assert sentence.endswith("a month more.")
    page.desk.set_strategy("minimums")
    qtbot.waitUntil(lambda: page.panel.result.accessibleName().startswith("Never ends."))


def test_a_budget_below_the_minimums_is_refused_at_the_field(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_budget(50000)
    qtbot.waitUntil(lambda: bool(page.panel.extra.refusal()))
    assert page.panel.extra.refusal() == "The minimum payments come to $854.00 a month; enter at least that."
    assert not page._refusal.isHidden()
    page.desk.set_budget(90000)
    settled(qtbot, page)
    assert page.panel.extra.refusal() == ""
    assert page._refusal.isHidden()


def test_a_budget_that_will_not_do_any_more_is_there_to_be_raised(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    session.state.put("plans.draft.USD", {"budget": 50000})
    session.ledger.run(debts.add(VISA))
    session.ledger.run(debts.add(CAR))
    page = PlansPage(session)
    qtbot.addWidget(page)
    page.refresh(None)
    qtbot.waitUntil(lambda: bool(page.panel.extra.refusal()))
    assert page.panel.extra.field.text() == "$500.00"
    assert "$542.00" in page.panel.extra.refusal()
    assert page._refusal.text() == page.panel.extra.refusal()
    page.panel.extra.field.setValue(60000)
    settled(qtbot, page)
    assert "$600.00 a month" in page.strategies.caption()


def test_currencies_are_planned_apart(make_page: MakePage, qtbot: QtBot) -> None:
    from dataclasses import replace

    page = make_page((VISA, replace(CAR, name="Autokredit", currency="EUR")))
    assert [page.head.currencies.itemText(at) for at in range(2)] == ["USD", "EUR"]
    page.desk.choose_currency("EUR")
    settled(qtbot, page)
    assert page.strategies.caption().startswith("€6,418.55 owed")


def test_many_debts_have_a_column_each(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page([debt(f"Debt {number:02d}", 100000 + number, "9.9", 4000) for number in range(40)])
    table = page.schedule.table
    assert table.months.columnCount() == 44
    assert table.horizontalScrollBar().maximum() > 0
    assert page.panel.order.model().rowCount() == 40


# -- changing it


def test_everything_follows_the_slider(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    slider = page.panel.extra.slider
    slider.setValue(slider.maximum())
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert page.desk.scenario.extra == 80000
    assert page.panel.extra.field.text() == "$800.00"
    assert "$1,654.00 a month" in page.strategies.caption()
    assert page.panel.hint.text().startswith("With $50 more: ")


def test_what_is_typed_counts_as_well(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    field = page.panel.extra.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "123.45")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert page.desk.scenario.extra == 12345


def test_a_budget_is_the_minimums_and_the_extra(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_extra(24000)
    settled(qtbot, page)
    page.panel.extra._set_whole(whole=True)
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert page.desk.scenario.budget == 109400
    assert row_texts(page, "avalanche")[2] == "34"
    page.panel.extra._set_whole(whole=False)
    settled(qtbot, page)
    assert (page.desk.scenario.extra, page.desk.scenario.budget) == (24000, None)


def test_strategies_are_chosen_with_the_keys(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    table = page.strategies.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert page.desk.scenario.strategy in ("custom", "snowball")
    qtbot.keyClick(table, Qt.Key.Key_End)
    settled(qtbot, page)
    assert page.desk.scenario.strategy == "minimums"


def test_the_user_chooses_what_is_compared(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_compared(("snowball", "hybrid", "utilisation"))
    settled(qtbot, page)

    def keys() -> list[str]:
        return [row.key for row in page.strategies.table.strategies.rows]

    qtbot.waitUntil(lambda: keys() == ["avalanche", "snowball", "hybrid", "utilisation"])
    assert page.session.state.get("plans.compared") == ["snowball", "hybrid", "utilisation"]


def test_debts_are_moved_with_the_keys_in_ones_own_order(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_strategy("custom")
    settled(qtbot, page)
    order = page.panel.order
    first, second = order.row(0).name, order.row(1).name
    order.setFocus()
    order.setCurrentIndex(order.model().index(1, 0))
    qtbot.keyClick(order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, page)
    qtbot.waitUntil(lambda: order.row(0).name == second)
    assert order.row(1).name == first


def test_other_orders_cannot_be_moved(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    order = page.panel.order
    order.setFocus()
    order.setCurrentIndex(order.model().index(1, 0))
    before = page.desk.scenario
    qtbot.keyClick(order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.desk.scenario == before


def test_a_what_if_has_a_card_that_says_what_it_wins(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_extra(24000)
    page.desk.put_item(Part.ONE_OFF, OneOff(START.plus(1), 200000))
    page.desk.put_item(Part.PAUSE, Pause(START, 6))
    settled(qtbot, page)
    won = page.panel.cards.card(Place(Part.ONE_OFF, 0))
    lost = page.panel.cards.card(Place(Part.PAUSE, 0))
    qtbot.waitUntil(lambda: "less interest" in won.effect())
    assert "more interest" in lost.effect()
    won.remove.click()
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert page.desk.scenario.one_offs == ()
    page.panel.reset.click()
    settled(qtbot, page)
    assert page.desk.scenario.pauses == ()
    assert page.panel.cards.isHidden()


def test_debts_are_left_out_of_a_plan_and_taken_in_again(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    every = frozenset(one.identity for one in page.desk.todays_debts())
    visa = next(one.identity for one in page.desk.todays_debts() if one.name == "Visa card")
    page.desk.set_debts(every - {visa})
    settled(qtbot, page)
    assert "$20,038.55 owed" in page.strategies.caption()
    page.desk.set_debts(every)
    settled(qtbot, page)
    assert "$31,278.73 owed" in page.strategies.caption()


# -- the best


def test_the_best_plan_is_searched_for_and_told_as_such(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.commands.find_best()
    qtbot.waitUntil(lambda: page.desk.best is not None)
    settled(qtbot, page)
    qtbot.waitUntil(lambda: "tried" in row_texts(page, "best")[0])
    assert row_texts(page, "best")[0].startswith("Best found · Best of ")
    page.desk.set_extra(1000)
    assert page.desk.best is None, "it was the best of another plan"
    page.search.stop()


# -- the rest


def test_the_schedule_is_copied_for_a_spreadsheet(make_page: MakePage, qtbot: QtBot, window: Window) -> None:
    page = make_page()
    page.desk.set_extra(24000)
    settled(qtbot, page)
    page.schedule.table.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 35
    assert lines[0].split("\t")[0] == "Month"
    assert lines[1].split("\t")[0] == "2026-12-01"
    assert "1094.00" in lines[1].split("\t")
    assert window.told[-1] == "Copied 34 months"


def test_the_assumptions_stand_below_the_figures(make_page: MakePage) -> None:
    page = make_page()
    assert page._foot.text().startswith("Interest monthly, rounded to the nearest cent")


def test_tab_goes_from_the_strategies_through_the_chart_to_the_schedule(
    make_page: MakePage, qtbot: QtBot
) -> None:
    page = make_page()
    qtbot.waitUntil(lambda: page.chart is not None and page.chart.legend.isVisible())
    assert page.chart is not None
    page.strategies.table.setFocus()
    cards: list[object] = []
    while not page.panel.isAncestorOf(page.focusWidget()):
        card = next(
            one
            for one in (page.strategies, page.chart, page.schedule, page.insights)
            if one.isAncestorOf(page.focusWidget())
        )
        if card not in cards:
            cards.append(card)
        page.focusNextChild()
    assert cards == [page.strategies, page.chart, page.schedule]


def test_the_assumptions_are_never_cut(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(width=700)
    settled(qtbot, page)
    foot = page._foot
    qtbot.waitUntil(
        lambda: foot.height() >= foot.heightForWidth(foot.width()) > foot.fontMetrics().height() * 1.5
    )


def test_insights_say_what_a_little_more_buys(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    qtbot.waitUntil(lambda: bool(page.insights.texts()))
    said = " ".join(page.insights.texts())
    assert "“Visa card” costs most" in said
    assert "$50 more a month" in said


def test_the_page_shows_a_scenario_that_is_asked_for(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    saved(qtbot, page)
    id = scenarios.all_scenarios(session.ledger)[0].id
    page.desk.choose(0)
    assert page.desk.saved is None
    page.open(scenario=id)
    qtbot.waitUntil(lambda: page.desk.saved is not None)
    assert page.desk.scenario is not None
    assert page.desk.scenario.start == Month(2026, 12)


def test_a_search_that_is_stopped_can_be_begun_again(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_compared((*page.desk.compared, "best"))
    page.search.stop()
    page.search.changed.emit()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: row_texts(page, "best")[1] == "Not searched for this plan yet")
    assert not page.strategies.search.isHidden()
    page.strategies.search.click()
    qtbot.waitUntil(lambda: page.desk.best is not None)
    qtbot.waitUntil(lambda: len(row_texts(page, "best")[3]) > 0)
    assert page.strategies.search.isHidden()


def test_a_strategy_without_figures_yet_has_a_row_that_can_be_painted(
    make_page: MakePage, qtbot: QtBot
) -> None:
    from app.ui.plans.strategy_rows import StrategyRow

    page = make_page()
    page.strategies.table.show_rows([StrategyRow("best", "Best found", "", sentence="")], "best")
    page.strategies.table.repaint()
    assert page.strategies.table.strategies.text(0, 1) == ""


def test_scenarios_are_found_by_their_name(make_page: MakePage, qtbot: QtBot, session: Session) -> None:
    from app.services.ledger import Interrupt
    from app.ui.plans.register import _badge, register

    page = make_page()
    assert _badge(session) is None
    saved(qtbot, page, "Sell the car")
    register(session)
    (provider,) = [one for one in session.records if one.id == "plans"]
    (found,) = provider.search("SELL", 5, Interrupt())
    assert found.title == "Sell the car"
    assert provider.search("house", 5, Interrupt()) == []
    badge = _badge(session)
    assert badge is not None
    assert badge.number == 1


def test_a_plan_without_any_debt_is_over(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_debts(frozenset())
    settled(qtbot, page)
    assert page.strategies.caption().startswith("$0.00 owed")
    assert page.schedule.table.months.rowCount() == 0
