"""Which plan's schedule is written: the one that is followed, another scenario, or another way to pay."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.debts import Debt, FixedMinimum
from app.domain.debts.scenario import Scenario
from app.domain.problems import Refused
from app.services import debts, plans, scenarios
from app.services.exporting.schedule_choice import ChosenPlan, chosen_plan
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger


def owing(ledger: Ledger, name: str, balance: int, apr: str, minimum: int, currency: str = "EUR") -> None:
    debt = Debt(name, currency, balance, date(2026, 1, 10), Decimal(apr), FixedMinimum(minimum))
    ledger.run(debts.add(debt))


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    owing(ledger, "Visa", 500_000, "24.9", 15_000)
    owing(ledger, "Auto", 300_000, "6", 10_000)
    owing(ledger, "Dollar", 200_000, "9", 10_000, "USD")
    return ledger


def saved(ledger: Ledger, name: str, extra: int, strategy: str = "snowball", currency: str = "EUR") -> int:
    start = plans.next_month(ledger)
    owed = plans.todays_debts(ledger, currency, start)
    id: int = ledger.run(scenarios.save(Scenario(name, currency, strategy, start, owed, extra))).result
    return id


def chosen(ledger: Ledger, **conditions: str) -> ChosenPlan:
    return chosen_plan(ledger, conditions.items())


def test_without_a_scenario_it_is_avalanche_from_todays_balances(filled: Ledger) -> None:
    found = chosen(filled)
    assert (found.currency, found.plan.strategy, found.live) == ("EUR", "avalanche", False)
    assert found.plan == plans.plan_in_use(filled, "EUR")


def test_the_scenario_in_use_is_followed(filled: Ledger) -> None:
    saved(filled, "Other", 1_000)
    filled.run(scenarios.put_in_use(saved(filled, "Main", 24_000), filled.today()))
    found = chosen(filled)
    assert (found.plan.strategy, found.plan.input.extra) == ("snowball", 24_000)
    assert found.plan == plans.plan_in_use(filled, "EUR")


def test_a_scenario_is_named_whatever_the_case_and_changed_as_asked(filled: Ledger) -> None:
    saved(filled, "Main Plan", 24_000)
    found = chosen(filled, scenario="main plan", extra="125.50", strategy="Avalanche", live="yes")
    assert (found.plan.strategy, found.plan.input.extra, found.live) == ("avalanche", 12_550, True)
    assert chosen(filled, scenario="main plan").plan.input.extra == 24_000


def test_the_currency_chooses_among_debts(filled: Ledger) -> None:
    assert [debt.name for debt in chosen(filled, currency="usd").plan.input.debts] == ["Dollar"]
    saved(filled, "In dollars", 0, currency="USD")
    assert chosen(filled, scenario="In dollars").currency == "USD"


def test_the_best_plan_is_searched_for(filled: Ledger) -> None:
    assert chosen(filled, strategy="best").plan.strategy == "best"
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        chosen_plan(filled, [("strategy", "best")], context)


def test_a_ledger_without_debts_has_an_empty_plan(ledger: Ledger) -> None:
    found = chosen(ledger)
    assert (found.currency, found.plan.months, found.plan.input.debts) == ("EUR", 0, ())


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("strategie", "x", "“strategie” is no condition; use one of scenario, strategy, extra"),
        ("strategy", "fastest", "“fastest” is no strategy; use one of avalanche"),
        ("scenario", "Nowhere", "There is no scenario “Nowhere”; the ledger has “Main”"),
        ("extra", "lots", "lots"),
        ("extra", "-5", "The extra is below zero"),
        ("extra", "1.234", "EUR has 2 decimals"),
        ("currency", "CHF", "Nothing is owed in “CHF”; there are debts in EUR, USD"),
        ("live", "maybe", "maybe"),
    ],
)
def test_what_cannot_be_is_refused_in_words(filled: Ledger, key: str, value: str, sentence: str) -> None:
    saved(filled, "Main", 0)
    with pytest.raises(Refused, match=sentence):
        chosen(filled, **{key: value})


def test_a_condition_that_is_given_twice_is_refused(filled: Ledger) -> None:
    with pytest.raises(Refused, match="“extra” is given twice"):
        chosen_plan(filled, [("extra", "1"), ("extra", "2")])
    saved(filled, "Main", 0)
    with pytest.raises(Refused, match="“Main” is a plan in EUR"):
        chosen(filled, scenario="Main", currency="USD")
