"""Plans of the ledger's debts: what they begin with, which one is followed, and what really was owed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.debts import BalanceEntry, BalanceSource, Debt, FixedMinimum, Payment, TermEnd, TermMinimum
from app.domain.debts.plan import PlanInput
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.domain.profile import Profile
from app.services import debts, plans, profile, scenarios
from app.services.ledger import Ledger

OPENED = date(2026, 1, 10)
START = Month(2026, 7)


def owing(name: str, balance: int, apr: str, minimum: int, currency: str = "EUR") -> Debt:
    return Debt(name, currency, balance, OPENED, Decimal(apr), FixedMinimum(minimum))


def added(ledger: Ledger, debt: Debt) -> int:
    id: int = ledger.run(debts.add(debt)).result
    return id


@pytest.mark.parametrize(
    ("ends_on", "months"),
    [
        (date(2026, 6, 30), 0),
        (date(2026, 7, 1), 0),
        (date(2026, 7, 31), 1),
        (date(2026, 8, 30), 1),
        (date(2027, 6, 30), 12),
        (date(2020, 1, 1), 0),
    ],
)
def test_a_month_is_promotional_if_it_ends_while_the_promotion_lasts(ends_on: date, months: int) -> None:
    debt = replace(owing("Card", 1000, "20", 10), balance=1000, promo_apr=Decimal(0), promo_ends_on=ends_on)
    assert plans.plan_debts([debt], START)[0].promo_months == months


def test_a_fixed_term_has_the_instalments_that_are_left() -> None:
    debt = replace(owing("Car", 1000, "6", 10), balance=1000, minimum=TermEnd(date(2027, 6, 15)))
    assert plans.plan_debts([debt], START)[0].minimum == TermMinimum(12)
    assert plans.plan_debts([debt], Month(2028, 1))[0].minimum == TermMinimum(1)


def test_what_is_paid_off_is_not_planned() -> None:
    assert plans.plan_debts([owing("Done", 0, "6", 10)], START) == ()


def test_the_profiles_budget_is_what_a_plan_begins_with(ledger: Ledger) -> None:
    added(ledger, owing("Visa", 500_000, "24.9", 15_000))
    added(ledger, owing("Auto", 300_000, "6", 10_000))
    added(ledger, owing("Dollar", 300_000, "6", 10_000, "USD"))
    ledger.run(profile.save(Profile(currency="EUR", debt_budget=40_000)))
    assert plans.currencies(ledger) == ["EUR", "USD"]
    given = plans.todays_input(ledger, "EUR")
    assert [debt.name for debt in given.debts] == ["Auto", "Visa"]
    assert given.extra == 15_000
    assert given.start == plans.next_month(ledger)
    assert plans.todays_input(ledger, "USD").extra == 0
    assert plans.todays_input(ledger, "EUR", extra=500).extra == 500


def test_the_scenario_in_use_says_when_debts_are_paid_off(ledger: Ledger) -> None:
    visa = added(ledger, owing("Visa", 120_000, "0", 10_000))
    first = plans.next_month(ledger)
    assert plans.payoff_months(ledger) == {visa: first.plus(11)}
    snapshot = plans.todays_debts(ledger, "EUR")
    scenario = Scenario("Fast", "EUR", "snowball", first, snapshot, extra=10_000)
    id = ledger.run(scenarios.save(scenario)).result
    ledger.run(scenarios.put_in_use(id, ledger.today()))
    assert plans.payoff_months(ledger) == {visa: first.plus(5)}
    # The scenario keeps showing what it showed.
    ledger.run(debts.record_payment(Payment(visa, ledger.today(), 60_000)))
    assert plans.payoff_months(ledger) == {visa: first.plus(5)}


def test_a_debt_that_never_ends_has_no_month(ledger: Ledger) -> None:
    visa = added(ledger, owing("Visa", 1_000_000, "30", 10_000))
    assert plans.payoff_months(ledger) == {visa: None}
    assert plans.interest_share(ledger, visa) is None


def test_the_custom_order_is_the_users(ledger: Ledger) -> None:
    for name in ("A", "B", "C"):
        added(ledger, owing(name, 100_000, "10", 1_000))
    given = plans.todays_input(ledger, "EUR", extra=10_000)
    wanted = [given.debts[place].identity for place in (2, 0)]
    (plan,) = plans.compute(given, ["custom"], wanted)
    assert plan.order == (2, 0, 1)
    both = plans.compute(given, ["snowball", "custom"], wanted)
    assert [one.strategy for one in both] == ["snowball", "custom"]


def test_actual_balances_add_up_day_by_day(ledger: Ledger) -> None:
    visa = added(ledger, owing("Visa", 100_000, "10", 1_000))
    auto = added(ledger, replace(owing("Auto", 50_000, "10", 1_000), opened_on=date(2026, 2, 1)))
    added(ledger, owing("Dollar", 70_000, "10", 1_000, "USD"))
    ledger.run(debts.record_payment(Payment(visa, date(2026, 3, 1), 10_000)))
    ledger.run(debts.record_payment(Payment(auto, date(2026, 3, 1), 5_000)))
    ledger.run(debts.record_balance(BalanceEntry(visa, date(2026, 4, 1), 0, BalanceSource.STATEMENT)))
    assert plans.actual_balances(ledger, "EUR") == [
        (OPENED, 100_000),
        (date(2026, 2, 1), 150_000),
        (date(2026, 3, 1), 135_000),
        (date(2026, 4, 1), 45_000),
    ]
    identity = str(debts.rows(ledger, [auto])[0].uuid)
    assert plans.actual_balances(ledger, "EUR", [identity]) == [
        (date(2026, 2, 1), 50_000),
        (date(2026, 3, 1), 45_000),
    ]


def test_every_unit_owed_bears_the_same_interest(ledger: Ledger) -> None:
    visa = added(ledger, owing("Visa", 100_000, "12", 101_000))
    free = added(ledger, owing("Family", 100_000, "0", 10_000))
    assert plans.interest_share(ledger, visa) == Fraction(1, 100)
    assert plans.interest_share(ledger, free) == 0


def test_a_scenarios_input_is_its_own_snapshot() -> None:
    debt = plans.plan_debts([replace(owing("Visa", 5, "1", 1), balance=5)], START)
    scenario = Scenario("S", "EUR", "avalanche", START, debt, extra=9)
    assert plans.input_of(scenario) == PlanInput(debt, START, 9)
