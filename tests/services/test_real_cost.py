"""What a purchase on a debt costs with the interest of the plan in use."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.debts import Debt, FixedMinimum
from app.domain.debts.engine import schedule
from app.domain.debts.scenario import Scenario
from app.domain.money import Money
from app.domain.months import Month
from app.domain.purchases import DebtReference, Purchase, Refund
from app.services import bought_on, debts, plans, scenarios
from app.services.ledger import Ledger
from app.services.real_cost import DebtInterest, RealCost, interest_on, real_cost, with_interest
from tests.helpers.ledgers import bought


def debt(ledger: Ledger, name: str = "Visa card", **fields: Any) -> DebtReference:
    given: dict[str, Any] = {
        "currency": "EUR",
        "opening_balance": 100_000,
        "opened_on": date(2025, 1, 1),
        "apr": Decimal(12),
        "minimum": FixedMinimum(10_000),
        **fields,
    }
    id = ledger.run(debts.add(Debt(name, **given))).result
    return next(found for found in bought_on.choices(ledger) if found.id == id)


def cost(ledger: Ledger, purchase: Purchase) -> RealCost:
    found = real_cost(ledger, purchase)
    assert found is not None
    return found


def follow(ledger: Ledger, debts_of: tuple[Any, ...], **fields: Any) -> None:
    """Put a scenario of some debts in use."""
    scenario = Scenario("Main plan", "EUR", "avalanche", Month(2027, 1), debts_of, **fields)
    ledger.run(scenarios.put_in_use(ledger.run(scenarios.save(scenario)).result, date(2026, 12, 1)))


def test_a_purchase_bears_its_share_of_the_interest_on_its_debt(ledger: Ledger) -> None:
    visa = debt(ledger)
    debt(ledger, "Other", apr=Decimal(30))
    plan = plans.plan_in_use(ledger, "EUR")
    assert plan is not None
    place = [one.name for one in plan.input.debts].index("Visa card")
    interest = sum(row.interest for row in schedule(plan) if row.debt == place)
    assert interest > 0
    found = cost(ledger, bought(price=100_000, debt=visa))
    assert (found.price, found.interest) == (Money(100_000, "EUR"), Money(interest, "EUR"))
    assert found.total == Money(100_000 + interest, "EUR")
    assert found.source == DebtInterest(Fraction(interest, 100_000))


def test_what_came_back_bears_no_interest(ledger: Ledger) -> None:
    visa = debt(ledger)
    refund = Refund(date(2026, 4, 1), 60_000)
    part = cost(ledger, bought(price=100_000, refunds=(refund,), debt=visa))
    assert part == cost(ledger, bought(price=40_000, debt=visa))


def test_a_purchase_in_another_currency_bears_the_same_share() -> None:
    source = DebtInterest(Fraction(1, 8))
    found = with_interest(bought(price=1001, currency="JPY"), source)
    assert (found.interest, found.total) == (Money(125, "JPY"), Money(1126, "JPY"))
    assert with_interest(bought(price=4), source).interest == Money(1, "EUR")
    assert with_interest(bought(price=3), source).interest == Money(0, "EUR")


def test_the_plan_in_use_tells_the_interest(ledger: Ledger) -> None:
    visa = debt(ledger)
    purchase = bought(price=100_000, debt=visa)
    before = cost(ledger, purchase)
    follow(ledger, plans.todays_debts(ledger, "EUR"), extra=50_000)
    after = cost(ledger, purchase)
    assert after.source.scenario == "Main plan"
    assert before.interest is not None
    assert after.interest is not None
    assert after.interest < before.interest


def test_a_debt_that_is_paid_off_bears_nothing_more(ledger: Ledger) -> None:
    found = cost(ledger, bought(debt=debt(ledger, opening_balance=0)))
    assert (found.interest, found.total, found.source.paid_off) == (Money(0, "EUR"), Money(4900, "EUR"), True)


def test_a_debt_that_is_never_paid_off_has_no_figure(ledger: Ledger) -> None:
    found = cost(ledger, bought(debt=debt(ledger, minimum=FixedMinimum(0))))
    assert (found.interest, found.total, found.source.never) == (None, None, True)


def test_a_scenario_may_leave_the_debt_out(ledger: Ledger) -> None:
    visa = debt(ledger)
    debt(ledger, "Other")
    others = tuple(one for one in plans.todays_debts(ledger, "EUR") if one.name == "Other")
    follow(ledger, others)
    found = cost(ledger, bought(debt=visa))
    assert (found.total, found.source.left_out, found.source.scenario) == (None, True, "Main plan")


def test_a_plan_that_cannot_be_made_says_why(ledger: Ledger) -> None:
    visa = debt(ledger)
    snapshot = tuple(replace(one, minimum=FixedMinimum(20_000)) for one in plans.todays_debts(ledger, "EUR"))
    follow(ledger, snapshot, budget=500)
    found = cost(ledger, bought(debt=visa))
    assert found.total is None
    assert "200.00" in found.source.refusal


def test_without_a_debt_there_is_nothing_to_tell(ledger: Ledger) -> None:
    visa = debt(ledger)
    ledger.run(debts.remove([visa.id]))
    assert real_cost(ledger, bought()) is None
    assert real_cost(ledger, bought(debt=visa)) is None
    assert interest_on(ledger, visa.id) is None
