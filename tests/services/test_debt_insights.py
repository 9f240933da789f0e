"""Insights of a ledger: today's debts, the scenario that is followed, and what became of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.debts import Debt, FixedMinimum, Payment
from app.domain.debts.insights import AgainstPlan, CostsMost, Insight, MoreEachMonth
from app.domain.debts.plan import OneOff
from app.domain.debts.scenario import Consolidation, Scenario
from app.domain.months import Month
from app.domain.profile import Profile
from app.services import debts, plans, scenarios
from app.services.insights import insights_of
from app.services.ledger import Ledger
from tests.helpers.ledgers import new_ledger

TODAY = date(2026, 3, 20)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger", Profile(currency="EUR", debt_budget=40000)) as opened:
        monkeypatch.setattr(type(opened), "today", lambda _ledger: TODAY)
        yield opened


def owe(ledger: Ledger, name: str, balance: int, currency: str = "EUR", **fields: Any) -> int:
    given = {"apr": Decimal(12), "minimum": FixedMinimum(10000), **fields}
    id: int = ledger.run(debts.add(Debt(name, currency, balance, date(2026, 1, 1), **given))).result
    return id


def follow(ledger: Ledger, **fields: Any) -> Scenario:
    """Save a scenario of today's debts that began in February, and put it in use."""
    start = Month(2026, 2)
    snapshot = plans.todays_debts(ledger, "EUR", start)
    given = {"strategy": "snowball", "extra": 20000, **fields}
    id = ledger.run(
        scenarios.save(Scenario("Slow and steady", "EUR", start=start, debts=snapshot, **given))
    ).result
    ledger.run(scenarios.put_in_use(id, date(2026, 1, 20)))
    found = scenarios.get(ledger, id)
    assert found is not None
    return found


def of_kind(found: list[Insight], kind: type) -> list[Any]:
    return [one for one in found if isinstance(one, kind)]


def test_nothing_is_said_where_nothing_is_owed(ledger: Ledger) -> None:
    assert insights_of(ledger) == []
    owe(ledger, "Paid", 0)
    assert insights_of(ledger) == []


def test_without_a_scenario_it_is_avalanche_with_the_profiles_budget(ledger: Ledger) -> None:
    owe(ledger, "Card", 500000)
    owe(ledger, "Loan", 500000, "USD")
    found = insights_of(ledger)
    assert [one.currency for one in of_kind(found, CostsMost)] == ["EUR", "USD"]
    euro, dollar = of_kind(found, MoreEachMonth)
    assert (euro.basis.strategy, euro.basis.each_month, euro.basis.scenario) == ("avalanche", 40000, "")
    assert dollar.basis.each_month == 10000
    assert euro.basis.start == Month(2026, 4)
    assert euro.basis.balances_of == date(2026, 1, 1)


def test_the_scenario_in_use_is_followed_from_today_on(ledger: Ledger) -> None:
    card = owe(ledger, "Card", 500000)
    owe(ledger, "Loan", 300000)
    follow(ledger)
    ledger.run(debts.record_payment(Payment(card, date(2026, 3, 1), 100000)))
    found = insights_of(ledger)
    (more,) = of_kind(found, MoreEachMonth)
    assert more.basis.scenario == "Slow and steady"
    assert (more.basis.strategy, more.basis.each_month) == ("snowball", 40000)
    assert of_kind(found, CostsMost)[0].balance == 400000
    (compared,) = of_kind(found, AgainstPlan)
    assert compared.month == Month(2026, 3)
    assert compared.actual == 700000
    # 8,000.00 bear 80.00 in February; 400.00 are paid, then the same again from 7,680.00.
    assert (compared.planned_before, compared.planned) == (768000, 735680)
    assert compared.ahead == 35680


def test_another_scenario_can_be_asked_about(ledger: Ledger) -> None:
    owe(ledger, "Card", 500000)
    asked = follow(ledger, strategy="best", extra=5000)
    ledger.run(scenarios.put_out_of_use(asked.id))
    found = insights_of(ledger, asked)
    assert {one.basis.scenario for one in found} == {"Slow and steady"}
    assert of_kind(found, MoreEachMonth)[0].basis.each_month == 15000


def test_a_debt_that_is_gone_cannot_be_compared(ledger: Ledger) -> None:
    gone = owe(ledger, "Card", 500000)
    owe(ledger, "Loan", 300000)
    key = next(str(debt.uuid) for debt in debts.all_debts(ledger) if debt.id == gone)
    follow(ledger, one_offs=(OneOff(Month(2026, 6), 10000, key),))
    ledger.run(debts.remove([gone]))
    found = insights_of(ledger)
    assert of_kind(found, AgainstPlan) == []
    assert len(of_kind(found, CostsMost)) == 1


def test_a_plan_with_another_loan_is_not_compared(ledger: Ledger) -> None:
    owe(ledger, "Card", 500000)
    (snapshot,) = plans.todays_debts(ledger, "EUR")
    loan = Consolidation((snapshot.identity,), "One loan", Decimal(5), 1000, FixedMinimum(10000))
    follow(ledger, what_ifs=(loan,))
    assert of_kind(insights_of(ledger), AgainstPlan) == []


def test_a_budget_that_no_longer_covers_the_minimums_is_set_aside(ledger: Ledger) -> None:
    owe(ledger, "Card", 500000)
    follow(ledger, extra=0, budget=15000)
    owe(ledger, "New loan", 900000)
    (more,) = of_kind(insights_of(ledger), MoreEachMonth)
    assert (more.basis.scenario, more.basis.each_month) == ("", 40000)


def test_it_can_be_cancelled(ledger: Ledger) -> None:
    for number in range(4):
        owe(ledger, f"Card {number}", 500000 + number, apr=Decimal(10 + number))
    asked = follow(ledger, strategy="best")

    class Stopped(Exception):
        pass

    def check() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        insights_of(ledger, asked, check)
