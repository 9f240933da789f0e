"""What the page works out, without a window."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.debts.engine import BudgetTooLow
from app.domain.debts.plan import OneOff, Pause
from app.domain.debts.scenario import NewRate, Scenario
from app.ui.plans import model
from app.ui.plans.model import Part, Place, Wanted, work_out
from tests.ui.plans.debts import GROWING, START, VISA, scenario


def view_of(given: Scenario, *compared: str) -> model.PlanView:
    return work_out(Wanted(given, compared or model.FIRST_COMPARED))


def test_every_strategy_is_offered_with_the_best_first_and_minimums_last() -> None:
    keys = model.all_keys()
    assert keys[0] == "best"
    assert keys[-1] == "minimums"
    assert len(keys) == 10


def test_strategies_are_compared_with_minimums_only() -> None:
    view = view_of(scenario())
    assert [outcome.key for outcome in view.outcomes] == ["avalanche", "custom", "snowball", "minimums"]
    avalanche = view.chosen
    assert avalanche.key == "avalanche"
    assert avalanche.plan.months == 34
    assert avalanche.interest_saved == view.baseline.total_interest - avalanche.plan.total_interest
    assert avalanche.months_saved == 76 - 34
    assert view.outcomes[-1].interest_saved is None


def test_the_followed_strategy_is_there_though_it_is_not_compared() -> None:
    view = view_of(scenario(strategy="hybrid"), "snowball")
    assert [outcome.key for outcome in view.outcomes] == ["snowball", "hybrid"]
    assert view.chosen.key == "hybrid"


def test_each_month_is_the_minimums_and_the_extra() -> None:
    view = view_of(scenario())
    assert (view.minimums, view.each_month, view.owed) == (85400, 109400, 3127873)


def test_the_schedule_adds_up_month_by_month() -> None:
    view = view_of(scenario())
    assert len(view.schedule) == 34
    first = view.schedule[0]
    assert first.month == START
    assert first.payments == (57000, 16400, 21200, 14800)
    assert first.paid == 109400
    assert first.balance == view.owed + first.interest - first.paid
    assert first.target == 0
    last = view.schedule[-1]
    assert last.balance == 0
    assert last.payments[0] is None, "the card is paid off long before"
    assert sum(month.interest for month in view.schedule) == view.chosen.plan.total_interest


def test_nothing_stands_out_in_a_schedule_of_minimums() -> None:
    assert {month.target for month in view_of(scenario(strategy="minimums")).schedule} == {None}


def test_a_little_more_each_month_ends_earlier() -> None:
    view = view_of(scenario())
    assert view.more == 5000
    assert view.with_more is not None
    assert view.with_more.months == 32
    assert view_of(scenario(strategy="minimums")).with_more is None


def test_a_budget_below_the_minimums_is_refused_with_the_figure_that_would_do() -> None:
    with pytest.raises(BudgetTooLow) as refused:
        view_of(scenario(extra=0, budget=50000))
    assert refused.value.needed == 85400


def test_a_plan_that_never_ends_says_how_much_is_missing() -> None:
    view = view_of(scenario((VISA, GROWING), extra=0, strategy="minimums"), "minimums")
    plan = view.chosen.plan
    assert plan.months is None
    assert [plan.input.debts[one.debt].name for one in plan.never] == ["Store card"]
    assert plan.never[0].short_by > 0
    assert len(view.schedule) == model.NEVER_SHOWN


def test_a_one_off_payment_tells_what_it_wins() -> None:
    given = scenario(one_offs=(OneOff(START.plus(2), 200000),))
    (effect,) = view_of(given).effects
    without = view_of(scenario()).chosen.plan
    assert effect.place == Place(Part.ONE_OFF, 0)
    assert effect.money == without.total_interest - view_of(given).chosen.plan.total_interest
    assert (effect.months or 0) > 0


def test_a_pause_tells_what_it_loses() -> None:
    (effect,) = view_of(scenario(pauses=(Pause(START, 6),))).effects
    assert (effect.money or 0) < 0
    assert (effect.months or 0) < 0


def test_each_what_if_is_told_apart_from_the_others() -> None:
    given = scenario(what_ifs=(NewRate("Visa card", Decimal("9.9")),), one_offs=(OneOff(START, 100000),))
    rate, payment = view_of(given).effects
    assert rate.place == Place(Part.WHAT_IF, 0)
    assert payment.place == Place(Part.ONE_OFF, 0)
    alone = view_of(scenario(one_offs=given.one_offs)).chosen.plan
    assert rate.money == alone.total_paid - view_of(given).chosen.plan.total_paid


def test_a_what_if_is_added_changed_and_taken_away() -> None:
    given = model.with_item(scenario(), Part.PAUSE, Pause(START, 3))
    assert given.pauses == (Pause(START, 3),)
    given = model.with_item(given, Part.PAUSE, Pause(START, 5), 0)
    assert given.pauses == (Pause(START, 5),)
    assert model.without(given, Place(Part.PAUSE, 0)).pauses == ()


def test_debts_move_within_the_users_own_order() -> None:
    given = scenario(strategy="custom", custom=("Student loan", "Car loan", "Visa card", "Equipment loan"))
    order = model.custom_order(given, view_of(given).given)
    assert order == ["Student loan", "Car loan", "Visa card", "Equipment loan"]
    assert model.moved(order, 2, 0) == ("Visa card", "Student loan", "Car loan", "Equipment loan")
    assert model.moved(order, 3, 9)[-1] == "Equipment loan"
    plan = view_of(given).chosen.plan
    assert [plan.input.debts[at].name for at in plan.order] == order


def test_the_best_plan_is_stood_in_for_until_it_is_found() -> None:
    view = view_of(scenario(strategy="best"), "best", "avalanche")
    assert view.outcome("best") is None
    assert view.chosen.key == "avalanche"


def test_what_a_search_found_is_shown() -> None:
    from app.domain.debts.search import best
    from app.services import plans

    given = scenario(strategy="best")
    found = best(plans.input_of(given))
    view = work_out(Wanted(given, ("best", "avalanche"), found))
    assert view.chosen.key == "best"
    assert view.chosen.plan.total_interest <= view.outcomes[1].plan.total_interest


def test_the_name_of_a_scenario_changes_nothing_of_what_is_best() -> None:
    from app.ui.plans.drafts import is_same_question

    given = scenario()
    assert is_same_question(given, replace(given, name="Other", strategy="snowball", id=4))
    assert not is_same_question(given, replace(given, extra=1))
