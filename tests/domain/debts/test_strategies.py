"""The orders in which debts are paid off."""

from decimal import Decimal

import pytest

from app.domain.debts.assumptions import assumptions
from app.domain.debts.minimum import FixedMinimum
from app.domain.debts.plan import Conventions, OneOff, Pause, PlanDebt, PlanInput, Rounding
from app.domain.debts.strategies import STRATEGIES, compare
from app.domain.months import Month
from app.domain.problems import Refused

START = Month(2026, 1)
DEBTS = (
    PlanDebt("Visa", 4_000_00, Decimal(24), FixedMinimum(100_00), credit_limit=5_000_00, rank=2),
    PlanDebt("Store", 300_00, Decimal(19), FixedMinimum(25_00), credit_limit=1_000_00),
    PlanDebt("Car", 9_000_00, Decimal(6), FixedMinimum(310_00), rank=1),
    PlanDebt(
        "Promo", 2_000_00, Decimal(29), FixedMinimum(40_00), Decimal(0), 6, credit_limit=2_100_00, rank=3
    ),
)


def names(key: str, debts: tuple[PlanDebt, ...] = DEBTS) -> list[str]:
    given = PlanInput(debts, START)
    return [debts[place].name for place in STRATEGIES[key].order(given)]


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("avalanche", "Promo Visa Store Car"),
        ("snowball", "Store Promo Visa Car"),
        ("hybrid", "Store Promo Visa Car"),
        ("cash-flow", "Store Car Visa Promo"),
        ("utilisation", "Promo Visa Store Car"),
        ("highest-payment", "Car Visa Promo Store"),
        ("shortest-term", "Store Car Visa Promo"),
        ("custom", "Car Visa Promo Store"),
        ("minimums", "Car Promo Store Visa"),
    ],
)
def test_the_order_of_a_strategy(key: str, order: str) -> None:
    assert names(key) == order.split()
    assert names(key, DEBTS[::-1]) == order.split()


def test_what_is_alike_is_ordered_by_name_and_then_by_key() -> None:
    def twin(name: str, key: str) -> PlanDebt:
        return PlanDebt(name, 100_00, Decimal(5), FixedMinimum(10_00), credit_limit=200_00, key=key)

    debts = (twin("b", "1"), twin("A", "3"), twin("A", "2"))
    for strategy in STRATEGIES.values():
        order = strategy.order(PlanInput(debts, START))
        assert [debts[place].key for place in order] == ["2", "3", "1"]


def test_small_in_hybrid_is_a_tenth_of_all_that_is_owed() -> None:
    def debt(name: str, balance: int, apr: int) -> PlanDebt:
        return PlanDebt(name, balance, Decimal(apr), FixedMinimum(0))

    assert names("hybrid", (debt("A", 900_00, 9), debt("B", 100_00, 1))) == ["B", "A"]
    assert names("hybrid", (debt("A", 900_00, 9), debt("B", 100_01, 1))) == ["A", "B"]


def test_minimums_only_leaves_everything_else_out() -> None:
    given = PlanInput(
        DEBTS,
        START,
        budget=2_000_00,
        one_offs=(OneOff(START, 500_00, "Car"),),
        pauses=(Pause(START, 3),),
    )
    plan = compare(given, ["minimums"])[0]
    assert plan.input == PlanInput(DEBTS, START, conventions=Conventions(rollover=False))
    assert plan.balances[1] == 153_00_00 - 475_00 + 80_00 + 4_75 + 45_00


def test_an_unknown_strategy_is_refused() -> None:
    with pytest.raises(Refused, match="“fastest” is not a strategy"):
        compare(PlanInput(DEBTS, START), ["fastest"])


def test_plans_say_what_they_take_for_granted() -> None:
    given = PlanInput(DEBTS, START, extra=100_00, conventions=Conventions(rounding=Rounding.HALF_EVEN))
    avalanche, minimums = (assumptions(plan) for plan in compare(given, ["avalanche", "minimums"]))
    assert avalanche["order"].endswith("fixed when the plan begins: Promo, Visa, Store, Car")
    assert "after promotions" in avalanche["order"]
    assert avalanche["rounding"].startswith("half-even")
    assert avalanche["rollover"].startswith("on")
    assert minimums["rollover"].startswith("off")
    assert set(avalanche) >= {"compounding", "rounding", "order", "baseline", "timing", "rollover"}
