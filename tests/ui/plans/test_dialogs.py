"""The dialogs of the page: what-ifs, names, conventions, comparing and exporting."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import Compounding, OneOff, Pause, Rounding, Timing
from app.domain.debts.scenario import Consolidation, NewRate, Transfer
from app.domain.months import Month
from app.services import scenarios
from app.services.ledger import Interrupt
from app.ui.exporting.schedule_dialog import ScheduleDialog
from app.ui.plans.compare import CompareDialog, compared, rows_of
from app.ui.plans.forms.conventions import ConventionsDialog
from app.ui.plans.forms.scenario import NameDialog
from app.ui.plans.forms.what_if import (
    ConsolidationDialog,
    OneOffDialog,
    PauseDialog,
    RateDialog,
    TransferDialog,
    dialog_for,
    kind_of,
)
from app.ui.session import Session
from app.ui.theme.theme import Theme
from tests.ui.plans.debts import START, VISA, MakePage, scenario
from tests.ui.plans.steps import saved, settled

# -- what-ifs


def test_a_one_off_payment_is_entered(qtbot: QtBot, look: Theme) -> None:
    dialog = OneOffDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.accept()
    assert dialog.amount.state == "error"
    dialog.amount.set_text("1,500")
    dialog.month.set_month(Month(2027, 4))
    dialog.accept()
    assert dialog.result_item == OneOff(Month(2027, 4), 150000)


def test_return_adds_a_what_if_after_the_buttons_had_the_focus(qtbot: QtBot, look: Theme) -> None:
    dialog = OneOffDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._take.setFocus()
    dialog.amount.line.setFocus()
    dialog.amount.set_text("1500")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.amount.line, Qt.Key.Key_Return)


def test_a_pause_lasts_at_least_a_month(qtbot: QtBot, look: Theme) -> None:
    dialog = PauseDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.months.set_text("0")
    dialog.accept()
    assert dialog.months.message == "Enter 1 to 1200 months."
    dialog.months.set_text("4")
    dialog.accept()
    assert dialog.result_item == Pause(START, 4)


def test_a_new_rate_is_entered(qtbot: QtBot, look: Theme) -> None:
    dialog = RateDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.debt.set_value("Car loan")
    dialog.rate.set_text("3.9%")
    dialog.accept()
    assert dialog.result_item == NewRate("Car loan", Decimal("3.9"))


def test_a_consolidation_names_its_debts(qtbot: QtBot, look: Theme) -> None:
    dialog = ConsolidationDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.rate.set_text("7.5")
    dialog.accept()
    assert dialog._notice.text() == "Tick the debts that the new loan pays off."
    dialog.ticks.set_ticked(frozenset({"Visa card", "Equipment loan"}))
    dialog.fee.set_text("120")
    dialog.minimum.months.set_text("48")
    dialog.accept()
    assert dialog.result_item == Consolidation(
        ("Visa card", "Equipment loan"), "New loan", Decimal("7.5"), 12000, TermMinimum(48)
    )


def test_a_transfer_has_a_promotion_and_a_fee(qtbot: QtBot, look: Theme) -> None:
    dialog = TransferDialog(scenario(), None, None)
    qtbot.addWidget(dialog)
    dialog.amount.set_text("5000")
    dialog.rate.set_text("21.9")
    dialog.fee.set_text("150")
    dialog.minimum.kind.set_value("fixed")
    dialog.minimum.amount.set_text("100")
    dialog.accept()
    assert dialog.result_item == Transfer(
        "Visa card", "New card", Decimal("21.9"), Decimal(0), 12, 15000, FixedMinimum(10000), 500000
    )


@pytest.mark.parametrize(
    "item",
    [
        OneOff(START, 5000, "Car loan"),
        Pause(START.plus(300), 2),
        NewRate("Visa card", Decimal("9.125")),
        Consolidation(("Visa card",), "Loan", Decimal(5), 0, FixedMinimum(20000)),
        Transfer("Visa card", "Card", Decimal(20), Decimal(1), 9, 0, PercentMinimum(Decimal(2), 2500, True)),
    ],
)
def test_a_what_if_is_shown_as_it_was_entered(qtbot: QtBot, look: Theme, item: object) -> None:
    dialog = dialog_for(kind_of(item), scenario(), item)
    qtbot.addWidget(dialog)
    dialog.accept()
    assert dialog.result_item == item


def test_a_what_if_is_added_and_changed_on_the_page(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.commands.add("one-off")
    dialog = page.session.window.findChildren(OneOffDialog)[-1]
    dialog.amount.set_text("2,000")
    dialog.accept()
    settled(qtbot, page)
    assert page.desk.scenario is not None
    assert [one.amount for one in page.desk.scenario.one_offs] == [200000]
    next(iter(page.panel.cards._cards.values())).change.click()
    dialog = page.session.window.findChildren(OneOffDialog)[-1]
    assert dialog.amount.text() == "2,000.00"
    dialog.amount.set_text("3,000")
    dialog.accept()
    settled(qtbot, page)
    assert [one.amount for one in page.desk.scenario.one_offs] == [300000]


# -- conventions and names


def test_conventions_are_chosen(qtbot: QtBot, look: Theme) -> None:
    dialog = ConventionsDialog(scenario().conventions, None)
    qtbot.addWidget(dialog)
    assert dialog.conventions() == scenario().conventions
    dialog.compounding.set_value("daily")
    dialog.rounding.set_value("none")
    dialog.timing.set_value("payment first")
    dialog.rollover.setChecked(False)
    chosen = dialog.conventions()
    assert (chosen.compounding, chosen.rounding) == (Compounding.DAILY, Rounding.NONE)
    assert (chosen.timing, chosen.rollover) == (Timing.PAYMENT_FIRST, False)


def test_other_conventions_are_said_below_the_figures(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.commands.set_conventions()
    dialog = page.session.window.findChildren(ConventionsDialog)[-1]
    dialog.compounding.set_value("daily")
    dialog.accept()
    qtbot.waitUntil(lambda: page._foot.text().startswith("Interest daily"))


def test_a_name_that_is_taken_is_refused_at_its_field(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    saved(qtbot, page, "Main plan")
    page.commands.save_as()
    dialog = session.window.findChildren(NameDialog)[-1]
    assert dialog.form.name.text() == "Main plan 2"
    dialog.form.name.set_text("main plan")
    dialog.save()
    qtbot.waitUntil(lambda: dialog.form.name.state == "error")
    dialog.reject()
    assert scenarios.count(session.ledger) == 1


# -- comparing


def test_scenarios_stand_side_by_side_with_their_differences(look: Theme) -> None:
    slow, quick = scenario(), scenario(extra=50000)
    rows = rows_of([compared(slow, Interrupt()), compared(quick, Interrupt())])
    texts = {row[0].text: [cell.text for cell in row[1:]] for row in rows}
    assert texts["Each month"] == ["$1,094.00", "$1,354.00"]
    assert texts["Debt-free"][0] == "Sep 2029"
    months = [int(text) for text in texts["Months"]]
    assert texts["Difference in months"] == ["—", f"−{months[0] - months[1]}"]
    assert texts["Difference in interest"][1].startswith("−$")


def test_a_scenario_without_a_plan_says_why(look: Theme) -> None:
    rows = rows_of([compared(scenario(extra=0, budget=1), Interrupt())])
    assert "minimums" in rows[2][1].text


def test_ticked_scenarios_are_compared(make_page: MakePage, qtbot: QtBot, session: Session) -> None:
    page = make_page()
    saved(qtbot, page, "One")
    page.commands.duplicate()
    qtbot.waitUntil(lambda: page.head.scenarios.currentText() == "One 2")
    page.commands.compare()
    dialog = session.window.findChildren(CompareDialog)[-1]
    qtbot.waitUntil(lambda: dialog.table.grid.columnCount() == 3)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: dialog.table.grid.columnCount() == 2)
    assert dialog._note.text() == "Tick at least two scenarios."
    dialog.reject()


# -- exporting


def test_the_schedule_is_written_to_a_file(
    make_page: MakePage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    page = make_page((VISA,))
    page.commands.export()
    dialog = session.window.findChildren(ScheduleDialog)[-1]
    path = dialog.form.place.path()
    assert path is not None
    assert path.name == "main-plan-schedule.csv"
    target = tmp_path / "schedule.csv"
    dialog.form.place.set_path(target)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert target.read_text("utf-8-sig").startswith("Month,Debt,Currency")
    dialog.accept()


# -- dragging


def test_a_debt_is_dragged_in_ones_own_order(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.desk.set_strategy("custom")
    settled(qtbot, page)
    order = page.panel.order
    names = [order.row(at).name for at in range(4)]
    order.setCurrentIndex(order.model().index(3, 0))
    top = QPointF(order.visualRect(order.model().index(0, 0)).topLeft())
    event = QDropEvent(
        top,
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    order.dropEvent(event)
    settled(qtbot, page)
    qtbot.waitUntil(lambda: order.row(0).name == names[3])
    assert [order.row(at).name for at in range(4)] == [names[3], *names[:3]]


def test_the_panes_are_there_for_the_keyboard(make_page: MakePage) -> None:
    page = make_page()
    panes: list[QWidget] = page.panes()
    assert [pane.accessibleName() for pane in panes] == ["Scenario", "Strategies", "Schedule", "What if"]
