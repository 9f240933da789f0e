"""The search for the cheapest plan against trying everything."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.debts.engine import PlanSet, run
from app.domain.debts.minimum import FixedMinimum, PercentMinimum
from app.domain.debts.plan import Plan, PlanDebt, PlanInput, Switch
from app.domain.debts.search import EXHAUSTIVE_DEBTS, MOST_TRIED, best
from app.domain.debts.strategies import STRATEGIES, compare
from app.domain.months import Month
from app.domain.problems import Refused
from tests.domain.debts.generated import START, inputs

HOUSEHOLD = PlanInput(
    (
        PlanDebt("Teaser", 5_000_00, Decimal("28.9"), FixedMinimum(100_00), Decimal(0), 10),
        PlanDebt("Card", 4_000_00, Decimal("19.9"), FixedMinimum(90_00)),
        PlanDebt("Store", 1_500_00, Decimal("24.9"), PercentMinimum(Decimal(3), 25_00)),
        PlanDebt("Car", 6_000_00, Decimal("5.9"), FixedMinimum(180_00)),
    ),
    Month(2026, 3),
    extra=300_00,
)


def cost(plan: Plan) -> tuple[bool, int, int]:
    # Of plans that never end, none is better than another.
    return (True, 0, 0) if plan.months is None else (False, plan.total_interest, plan.months)


def everything(given: PlanInput) -> Iterator[Plan]:
    """Every order, and every switch to a debt that is owed when its promotion ends, with every order after it."""
    plans = PlanSet(given)
    places = range(len(given.debts))
    ends: dict[int, list[int]] = {}
    for place, debt in enumerate(given.debts):
        if debt.promo_apr not in (None, debt.apr) and debt.promo_months:
            ends.setdefault(debt.promo_months + 1, []).append(place)
    choices: list[list[Switch | None]] = []
    for month, ended in sorted(ends.items()):
        switches: list[Switch | None] = [None]
        switches += [Switch(month, order) for order in permutations(places) if order[0] in ended]
        choices.append(switches)
    for order in permutations(places):
        for chosen in product(*choices):
            plan = plans.run(order, switches=tuple(switch for switch in chosen if switch))
            ends_in = [plan.payoffs[switch.order[0]] for switch in plan.switches]
            if all(end is None or end >= s.month for end, s in zip(ends_in, plan.switches, strict=True)):
                yield plan


@settings(deadline=None, max_examples=25)
@given(inputs(most=3))
def test_nothing_that_can_be_tried_is_better(given: PlanInput) -> None:
    _compare_with_everything(given)


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_no_order_of_five_debts_is_better(data: st.DataObject) -> None:
    given = data.draw(inputs(most=5))
    found = best(replace(given, one_offs=(), pauses=())).plan
    plans = PlanSet(found.input)
    assert cost(found) <= min(cost(plans.run(order)) for order in permutations(range(len(given.debts))))


def _compare_with_everything(given: PlanInput) -> None:
    found = best(given)
    assert found.exhaustive
    assert cost(found.plan) == min(cost(plan) for plan in everything(given))
    again = run(given, found.plan.order, strategy="best", switches=found.plan.switches)
    assert again == found.plan


def test_a_promotion_makes_the_highest_rate_dearer() -> None:
    found = best(HOUSEHOLD)
    avalanche, snowball = compare(HOUSEHOLD, ["avalanche", "snowball"])
    names = [HOUSEHOLD.debts[place].name for place in found.plan.order]
    assert names[0] == "Store"
    assert (avalanche.total_interest, found.plan.total_interest) == (2_215_07, 1_964_77)
    assert found.over_avalanche == 250_30
    assert found.over_snowball == snowball.total_interest - found.plan.total_interest
    assert (found.exhaustive, found.bound) == (True, None)


@settings(deadline=None, max_examples=25)
@given(st.data(), inputs(most=4))
def test_the_order_of_the_input_never_matters(data: st.DataObject, given: PlanInput) -> None:
    places = data.draw(st.permutations(range(len(given.debts))))
    other = replace(given, debts=tuple(given.debts[place] for place in places))
    one, two = best(given), best(other)
    assert cost(one.plan) == cost(two.plan)
    assert [given.debts[place].name for place in one.plan.order] == [
        other.debts[place].name for place in two.plan.order
    ]


def test_with_many_debts_the_search_keeps_to_its_bound() -> None:
    debts = tuple(
        PlanDebt(
            f"Debt {number:02}",
            (number * 7919 % 900 + 100) * 100,
            Decimal(29) if number % 3 == 0 else Decimal(number * 37 % 280) / 10,
            FixedMinimum(20_00),
            Decimal(0) if number % 3 == 0 else None,
            12 if number % 3 == 0 else 0,
        )
        for number in range(EXHAUSTIVE_DEBTS + 3)
    )
    given = PlanInput(debts, START, extra=150_00)
    told: list[tuple[int, int | None]] = []
    found = best(given, lambda done, total: told.append((done, total)))
    assert found.bound == MOST_TRIED
    assert found.tried <= MOST_TRIED + len(debts) + len(STRATEGIES)
    others = [plan.total_interest for plan in compare(given, [k for k in STRATEGIES if k != "minimums"])]
    assert found.plan.total_interest < min(others)
    assert told[-1] == (found.tried - len(others), MOST_TRIED)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


class Stopped(Exception):
    pass


def test_many_debts_take_little_memory() -> None:
    debts = tuple(
        PlanDebt(f"Card {number}", 1000_00 + number, Decimal(10 + number % 7), FixedMinimum(60_00))
        for number in range(60)
    )

    def stop() -> None:
        raise InterruptedError

    tracemalloc.start()
    try:
        with pytest.raises(InterruptedError):
            best(PlanInput(debts, START, extra=100_00), check=stop)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


def test_a_search_can_be_stopped() -> None:
    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        best(HOUSEHOLD, check=stop)


def test_a_budget_that_is_too_low_is_refused() -> None:
    with pytest.raises(Refused, match="below the minimums"):
        best(replace(HOUSEHOLD, extra=0, budget=1))


def test_without_an_end_the_search_says_so() -> None:
    found = best(PlanInput((PlanDebt("A", 100_00, Decimal(12), FixedMinimum(0)),), START))
    assert found.plan.months is None
    assert [never.debt for never in found.plan.never] == [0]


def test_without_debts_there_is_nothing_to_search() -> None:
    assert best(PlanInput((), START)).plan.months == 0
