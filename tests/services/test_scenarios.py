"""Scenarios: they show what they showed, whatever happens to the debts, and newer versions stand beside them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import Compounding, Conventions, OneOff, Pause, PlanDebt, Rounding
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer
from app.domain.months import Month
from app.domain.problems import Refused
from app.services import scenarios
from app.services.ledger import Ledger

START = Month(2026, 1)
CARD = PlanDebt(
    "Visa",
    500_000,
    Decimal("24.9"),
    PercentMinimum(Decimal(2), 2500, True),
    Decimal("0.9"),
    6,
    900_000,
    1,
    "a",
)
LOAN = PlanDebt("Auto “größer”", 900_000, Decimal("6.4"), TermMinimum(48), key="b")
WHOLE = Scenario(
    name="Main plan",
    currency="EUR",
    strategy="custom",
    start=START,
    debts=(CARD, LOAN),
    budget=90_000,
    one_offs=(OneOff(Month(2026, 3), 50_000, "b"), OneOff(Month(2026, 5), 10_000)),
    pauses=(Pause(Month(2026, 7), 2),),
    what_ifs=(
        NewRate("b", Decimal("5.125")),
        Transfer("a", "Card 2", Decimal(19), Decimal(0), 12, 3_000, FixedMinimum(5_000), 100_000),
        Consolidation(("a", "b"), "One", Decimal("7.5"), 10_000, TermMinimum(60)),
    ),
    conventions=Conventions(Compounding.DAILY, Rounding.HALF_EVEN, rollover=False),
    custom=("b", "a"),
)


def saved(ledger: Ledger, scenario: Scenario = WHOLE) -> int:
    id: int = ledger.run(scenarios.save(scenario)).result
    return id


def get(ledger: Ledger, id: int) -> Scenario:
    found = scenarios.get(ledger, id)
    assert found is not None
    return found


def test_a_scenario_comes_back_as_it_was_saved(ledger: Ledger) -> None:
    found = get(ledger, saved(ledger))
    assert found.uuid is not None
    assert found.series is not None
    assert replace(found, id=0, uuid=None, series=None, created_at=None, updated_at=None) == WHOLE


def test_a_refreshed_scenario_leaves_the_older_version_as_it_was(ledger: Ledger) -> None:
    first = saved(ledger)
    ledger.run(scenarios.put_in_use(first, date(2026, 1, 1)))
    before = get(ledger, first)
    cheaper = replace(CARD, balance=400_000)
    (second, name) = ledger.run(scenarios.save_version(first, [cheaper], Month(2026, 4))).result
    assert name == "Main plan"
    assert get(ledger, first).debts == before.debts
    newer = get(ledger, second)
    assert (newer.version, newer.debts, newer.start) == (2, (cheaper,), Month(2026, 4))
    # What lies in the past, or was meant for a debt that is gone, is not planned again.
    assert newer.one_offs == (OneOff(Month(2026, 5), 10_000),)
    assert [one.version for one in scenarios.versions(ledger, first)] == [2, 1]
    assert [one.id for one in scenarios.all_scenarios(ledger)] == [second]
    assert scenarios.count(ledger) == 1
    in_use = scenarios.in_use(ledger, "EUR")
    assert in_use is not None
    assert in_use.id == second


def test_one_scenario_of_a_currency_is_in_use(ledger: Ledger) -> None:
    first = saved(ledger)
    other = saved(ledger, replace(WHOLE, name="Other"))
    dollars = saved(ledger, replace(WHOLE, name="Dollars", currency="USD"))
    for id in (first, dollars, other):
        ledger.run(scenarios.put_in_use(id, date(2026, 2, 2)))
    used = {one.currency: one.id for one in scenarios.every_version(ledger) if one.in_use_since}
    assert used == {"EUR": other, "USD": dollars}
    ledger.run(scenarios.put_out_of_use(other))
    assert scenarios.in_use(ledger, "EUR") is None


def test_names_are_one_scenarios_own(ledger: Ledger) -> None:
    first = saved(ledger)
    with pytest.raises(Refused, match="already"):
        saved(ledger, replace(WHOLE, name=" main PLAN"))
    copy, _ = ledger.run(scenarios.duplicate(first)).result
    assert get(ledger, copy).name == "Main plan 2"
    with pytest.raises(Refused, match="already"):
        ledger.run(scenarios.rename(copy, "Main plan"))
    ledger.run(scenarios.rename(first, "MAIN plan"))
    assert get(ledger, first).name == "MAIN plan"
    with pytest.raises(Refused, match="Enter a name"):
        scenarios.rename(first, "  ")


def test_a_deleted_scenario_takes_its_versions_along_and_comes_back(ledger: Ledger) -> None:
    first = saved(ledger)
    ledger.run(scenarios.save_version(first, [CARD], Month(2026, 4)))
    assert ledger.run(scenarios.remove([first])).label == "Delete “Main plan”"
    assert scenarios.every_version(ledger) == []
    ledger.undo().result()
    assert len(scenarios.every_version(ledger)) == 2


def test_a_scenario_that_is_gone_is_said_to_be(ledger: Ledger) -> None:
    first = saved(ledger)
    ledger.run(scenarios.remove([first]))
    for command in (
        scenarios.save_version(first, [CARD], START),
        scenarios.duplicate(first),
        scenarios.rename(first, "New"),
        scenarios.put_in_use(first, date(2026, 1, 1)),
        scenarios.save(replace(WHOLE, id=first)),
    ):
        with pytest.raises(Refused, match="deleted meanwhile"):
            ledger.run(command)
