"""What can be said about debts: the figures behind the sentences."""

from decimal import Decimal

import pytest

from app.domain.debts import FixedMinimum, PercentMinimum
from app.domain.debts.insights import (
    AgainstPlan,
    Basis,
    BelowInterest,
    CostsMost,
    Insight,
    MoreEachMonth,
    PromotionEnds,
    against_plan,
    insights,
    next_step,
    with_more,
)
from app.domain.debts.plan import PlanDebt, PlanInput
from app.domain.debts.strategies import compare
from app.domain.months import Month

START = Month(2025, 12)
BASIS = Basis("avalanche", START, 0)
VISA = PlanDebt("Visa", 1124018, Decimal("24.90"), FixedMinimum(33000))
EQUIPMENT = PlanDebt("Equipment", 386000, Decimal("9.75"), FixedMinimum(16400))
CAR = PlanDebt("Car", 641855, Decimal("6.40"), FixedMinimum(21200))
STUDENT = PlanDebt("Student", 976000, Decimal("4.53"), FixedMinimum(14800))
PICTURED = (VISA, EQUIPMENT, CAR, STUDENT)


def said(*debts: PlanDebt, currency: str = "USD", extra: int = 0, amount: int = 5000) -> list[Insight]:
    given = PlanInput(debts, START, extra)
    (plan,) = compare(given, ["avalanche"])
    (more,) = compare(with_more(given, amount), ["avalanche"])
    return insights(plan, more, amount, currency, BASIS)


def test_what_the_next_fifty_buys_is_as_pictured() -> None:
    (found,) = [one for one in said(*PICTURED, extra=24000) if isinstance(one, MoreEachMonth)]
    assert found == MoreEachMonth("USD", 5000, Month(2028, 7), 2, 42414, BASIS)


def test_more_may_make_a_plan_end() -> None:
    owed = PlanDebt("Loan", 1000000, Decimal(30), FixedMinimum(24500))
    (found,) = [one for one in said(owed) if isinstance(one, MoreEachMonth)]
    assert (found.months_sooner, found.interest_less) == (None, None)
    assert found.debt_free > START


def test_more_that_buys_nothing_is_not_told() -> None:
    soon_gone = PlanDebt("Loan", 1000, Decimal(0), FixedMinimum(1000))
    assert said(soon_gone) == []
    still_never = PlanDebt("Loan", 1000000, Decimal(30), FixedMinimum(10000))
    assert not [one for one in said(still_never) if isinstance(one, MoreEachMonth)]


def test_the_debt_that_costs_most_is_not_the_largest() -> None:
    (found,) = [one for one in said(*PICTURED) if isinstance(one, CostsMost)]
    assert (found.debt, found.name, found.balance, found.interest) == ("Visa", "Visa", 1124018, 23323)
    assert round(found.share, 4) == Decimal("0.6948")


def test_equal_costs_are_settled_by_name() -> None:
    twins = [PlanDebt(name, 100000, Decimal(12), FixedMinimum(5000)) for name in ("b", "a")]
    assert [one.name for one in said(*twins) if isinstance(one, CostsMost)] == ["a"]


def test_a_promotion_about_to_end_tells_what_the_balance_then_costs() -> None:
    card = PlanDebt("Card", 300000, Decimal(24), FixedMinimum(10000), Decimal(6), 2)
    (found,) = [one for one in said(card) if isinstance(one, PromotionEnds)]
    # 3,000.00 less two payments of 100.00, with interest of 15.00 and 14.58.
    assert (found.ends, found.balance) == (Month(2026, 1), 282958)
    assert (found.interest_now, found.interest_then) == (1500, 5659)
    # Two payments of 1,511.26: 3,015.00 less one leaves 1,503.74, which is 1,511.26 with interest of 7.52.
    assert found.extra_in_time == 141126


def test_what_is_in_time_is_with_the_debt_first_in_the_order() -> None:
    card = PlanDebt("Card", 300000, Decimal(24), FixedMinimum(10000), Decimal(6), 2)
    dearer = PlanDebt("Dearer", 900000, Decimal(29), FixedMinimum(30000))
    (found,) = [one for one in said(card, dearer) if isinstance(one, PromotionEnds)]
    assert found.extra_in_time == 141126


@pytest.mark.parametrize(
    "card",
    [
        PlanDebt("Later", 300000, Decimal(24), FixedMinimum(10000), Decimal(6), 4),
        PlanDebt("Over", 300000, Decimal(24), FixedMinimum(10000), Decimal(6), 0),
        PlanDebt("Dearer", 300000, Decimal(5), FixedMinimum(10000), Decimal(6), 2),
        PlanDebt("Gone before", 15000, Decimal(24), FixedMinimum(10000), Decimal(6), 2),
    ],
    ids=lambda debt: debt.name,
)
def test_other_promotions_are_not_about_to_end(card: PlanDebt) -> None:
    assert not [one for one in said(card) if isinstance(one, PromotionEnds)]


def test_a_minimum_below_its_interest_tells_what_it_takes() -> None:
    loan = PlanDebt("Loan", 1000000, Decimal(30), FixedMinimum(10000))
    found, *_ = said(loan)
    assert isinstance(found, BelowInterest)
    assert (found.name, found.minimum, found.interest) == ("Loan", 10000, 25000)
    given = PlanInput((loan,), START, found.short_by)
    assert compare(given, ["avalanche"])[0].months is not None
    given = PlanInput((loan,), START, found.short_by - 1)
    assert compare(given, ["avalanche"])[0].months is None


def test_a_minimum_that_covers_its_interest_is_not_told() -> None:
    card = PlanDebt("Card", 1000000, Decimal(24), PercentMinimum(Decimal(1), 2500, plus_interest=True))
    assert not [one for one in said(card, *PICTURED) if isinstance(one, BelowInterest)]


@pytest.mark.parametrize(
    ("month", "actual", "ahead"),
    [
        (START, 3052039, 0),  # what the plan says for the end of December
        (START, 3127873, 0),  # December's payments are still to come
        (START, 3050000, 2039),
        (START, 3200000, -72127),
        (Month(2026, 1), 3052039, 0),
        (Month(2026, 1), 3052040, -1),
        (Month(2040, 1), 0, 0),
        (Month(2040, 1), 500, -500),
    ],
)
def test_plan_against_actual(month: Month, actual: int, ahead: int) -> None:
    (plan,) = compare(PlanInput(PICTURED, START, 24000), ["avalanche"])
    found = against_plan(plan, month, actual, "USD", BASIS)
    assert isinstance(found, AgainstPlan)
    assert (found.actual, found.ahead) == (actual, ahead)


def test_a_plan_that_has_not_begun_is_not_compared() -> None:
    (plan,) = compare(PlanInput(PICTURED, START, 24000), ["avalanche"])
    assert against_plan(plan, Month(2025, 11), 3127873, "USD", BASIS) is None


@pytest.mark.parametrize(
    ("currency", "monthly", "step"),
    [
        ("USD", 109400, 5000),
        ("EUR", 900000, 5000),
        ("HUF", 35000000, 500000),
        ("JPY", 120000, 5000),
        ("KWD", 300000, 50000),
        ("USD", 0, 5000),
    ],
)
def test_the_next_step_is_fifty_or_its_like(currency: str, monthly: int, step: int) -> None:
    owed = PlanDebt("Loan", monthly * 50, Decimal(5), FixedMinimum(monthly))
    assert next_step(PlanInput((owed,), START), currency) == step


def test_more_adds_to_a_budget_too() -> None:
    given = PlanInput(PICTURED, START, budget=109400)
    assert with_more(given, 5000).budget == 114400
    assert with_more(PlanInput(PICTURED, START, 100), 5000).extra == 5100
