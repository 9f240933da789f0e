"""Saved scenarios on the page: versions, changes, use and deletion."""

from pytestqt.qtbot import QtBot

from app.services import debts, scenarios
from app.ui.plans.forms.scenario import NameDialog
from app.ui.session import Session
from tests.ui.plans.debts import MakePage
from tests.ui.plans.steps import saved, settled


def test_a_plan_is_saved_and_keeps_its_balances(make_page: MakePage, qtbot: QtBot, session: Session) -> None:
    page = make_page()
    page.desk.set_extra(24000)
    settled(qtbot, page)
    saved(qtbot, page)
    stored = scenarios.all_scenarios(session.ledger)
    assert [(one.name, one.extra) for one in stored] == [("Main plan", 24000)]
    session.ledger.run(debts.remove([1]))
    qtbot.waitUntil(lambda: len(page.desk.todays_debts()) == 3)
    settled(qtbot, page)
    assert "$31,278.73 owed" in page.strategies.caption()


def test_changes_of_a_scenario_are_kept_apart_until_they_are_saved(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    saved(qtbot, page)
    page.desk.set_extra(30000)
    settled(qtbot, page)
    assert page.head.pill.text() == "Not saved"
    assert page.head.save.text() == "Save changes"
    page.desk.choose(0)
    assert page.desk.saved is None
    page.desk.choose(scenarios.all_scenarios(session.ledger)[0].id)
    assert page.desk.scenario is not None
    assert page.desk.scenario.extra == 30000
    page.commands.save()
    qtbot.waitUntil(lambda: not page.desk.is_changed)
    assert scenarios.all_scenarios(session.ledger)[0].extra == 30000


def test_a_scenario_is_put_in_use_renamed_copied_and_deleted(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    saved(qtbot, page)
    page.commands.toggle_use()
    qtbot.waitUntil(lambda: page.head.pill.text() == "In use since Nov 2026")
    page.commands.rename()
    dialog = session.window.findChildren(NameDialog)[-1]
    dialog.form.name.set_text("Slow plan")
    dialog.save()
    qtbot.waitUntil(lambda: page.head.scenarios.currentText() == "Slow plan")
    page.commands.duplicate()
    qtbot.waitUntil(lambda: page.head.scenarios.currentText() == "Slow plan 2")
    assert page.head.pill.isHidden()
    page.commands.delete()
    qtbot.waitUntil(lambda: page.head.scenarios.currentText() == "Slow plan")
    settled(qtbot, page)
    assert scenarios.count(session.ledger) == 1


def test_a_refreshed_scenario_has_a_newer_version_and_the_older_can_be_reached(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    from app.domain.debts import BalanceEntry, BalanceSource

    page = make_page()
    saved(qtbot, page)
    entry = BalanceEntry(1, session.ledger.today(), 900000, BalanceSource.STATEMENT)
    session.ledger.run(debts.record_balance(entry))
    qtbot.waitUntil(lambda: any(one.balance == 900000 for one in page.desk.todays_debts()))
    page.commands.refresh()
    qtbot.waitUntil(lambda: page.desk.saved is not None and page.desk.saved.version == 2)
    settled(qtbot, page)
    assert "$29,038.55 owed" in page.strategies.caption()
    combo = page.head.scenarios
    texts = [combo.itemText(at) for at in range(combo.count())]
    assert texts == ["Main plan", "Main plan, version 1 (Dec 2026)", "Today’s debts"]
    page.head.chosen.emit(int(combo.itemData(1)))
    settled(qtbot, page)
    assert "$31,278.73 owed" in page.strategies.caption()
    assert page.head.pill.text() == "Earlier version"


def test_what_was_owed_is_drawn_over_a_saved_plan(
    make_page: MakePage, qtbot: QtBot, session: Session
) -> None:
    page = make_page()
    saved(qtbot, page)
    qtbot.waitUntil(lambda: bool(page._actual))
    assert page._actual[-1][1] == 3127873
