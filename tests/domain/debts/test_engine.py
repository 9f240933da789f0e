"""The payoff engine against a plain Decimal one that was written apart from it, and against what has to hold."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.debts.engine import (
    BudgetTooLow,
    PlanSet,
    first_minimums,
    monthly_total,
    run,
    schedule,
)
from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import (
    HORIZON,
    Compounding,
    Conventions,
    OneOff,
    Order,
    Pause,
    Plan,
    PlanDebt,
    PlanInput,
    Rounding,
    Switch,
    Timing,
)
from app.domain.debts.strategies import STRATEGIES, compare
from app.domain.months import Month
from app.domain.problems import Refused
from tests.domain.debts.generated import START, inputs, orders
from tests.domain.debts.reference import Reference, shown

calmly = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
NO_ROLLOVER = Conventions(rollover=False)


def debt(name: str, balance: int, apr: str = "0", minimum: int = 0) -> PlanDebt:
    return PlanDebt(name, balance, Decimal(apr), FixedMinimum(minimum))


def plan_of(*debts: PlanDebt, order: Order | None = None, **more: object) -> Plan:
    return run(PlanInput(debts, START, **more), order or tuple(range(len(debts))))  # type: ignore[arg-type]


def rows_of(plan: Plan, place: int = 0) -> list[tuple[int, int, int, int]]:
    return [(r.opening, r.interest, r.payment, r.closing) for r in schedule(plan) if r.debt == place]


def agree(plan: Plan) -> None:
    """Hold every figure of a plan against the reference."""
    expected = Reference(plan.input, plan.order, plan.switches).run()
    assert plan.payoffs == tuple(expected.payoffs)
    assert plan.months == expected.months
    assert plan.balances == tuple(shown(balance) for balance in expected.balances)
    assert plan.total_interest == shown(expected.total_interest)
    assert plan.total_paid == shown(expected.total_paid)
    found = [
        (r.number, r.debt, r.opening, r.interest, r.payment, r.principal, r.closing) for r in schedule(plan)
    ]
    assert found == [
        (
            r.number,
            r.debt,
            shown(r.opening),
            shown(r.interest),
            shown(r.payment),
            shown(r.payment - r.interest) if r.payment >= r.interest else -shown(r.interest - r.payment),
            shown(r.closing),
        )
        for r in expected.rows
    ]


@calmly
@given(st.data(), inputs())
def test_every_figure_is_that_of_the_reference(data: st.DataObject, given: PlanInput) -> None:
    order = data.draw(orders(len(given.debts)))
    months = data.draw(st.lists(st.integers(2, 30), max_size=2, unique=True))
    switches = tuple(Switch(month, data.draw(orders(len(given.debts)))) for month in sorted(months))
    agree(run(given, order, switches=switches))


@calmly
@given(st.data(), inputs(most=3))
def test_a_budget_is_the_minimums_and_an_extra(data: st.DataObject, given: PlanInput) -> None:
    assume(given.conventions.rounding is not Rounding.NONE)
    order = data.draw(orders(len(given.debts)))
    budgeted = run(replace(given, extra=0, budget=monthly_total(given)), order)
    extra = run(given, order)
    assert budgeted.balances == extra.balances
    agree(budgeted)


@calmly
@given(st.data(), inputs())
def test_what_was_paid_is_what_was_owed_and_the_interest(data: st.DataObject, given: PlanInput) -> None:
    assume(given.conventions.rounding is not Rounding.NONE)
    plan = run(given, data.draw(orders(len(given.debts))))
    owed = sum(debt.balance for debt in given.debts)
    assert plan.total_paid == owed + plan.total_interest - plan.balances[-1]
    assert (plan.balances[-1] == 0) == (plan.months is not None)
    rows = schedule(plan)
    assert sum(row.interest for row in rows) == plan.total_interest
    assert sum(row.payment for row in rows) == plan.total_paid
    assert all(row.opening + row.interest - row.payment == row.closing for row in rows)
    assert all(row.principal == row.payment - row.interest for row in rows)


@calmly
@given(st.data(), inputs())
def test_the_order_of_the_input_never_matters(data: st.DataObject, given: PlanInput) -> None:
    places = data.draw(orders(len(given.debts)))
    other = replace(given, debts=tuple(given.debts[place] for place in places))
    for one, two in zip(compare(given, list(STRATEGIES)), compare(other, list(STRATEGIES)), strict=True):
        assert [given.debts[place].name for place in one.order] == [
            other.debts[place].name for place in two.order
        ]
        assert (one.months, one.total_interest, one.balances) == (
            two.months,
            two.total_interest,
            two.balances,
        )


@calmly
@given(st.data(), inputs(), st.integers(0, 100_00))
def test_more_money_never_leaves_more_owed(data: st.DataObject, given: PlanInput, more: int) -> None:
    order = data.draw(orders(len(given.debts)))
    less = run(given, order)
    greater = run(replace(given, extra=given.extra + more), order)
    # Instalments that a promotion's end sets anew are lower for who owes less, so that later more may be owed.
    assume(not any(isinstance(d.minimum, TermMinimum) and d.promo_apr is not None for d in given.debts))
    if given.conventions.rollover and not _minimums_rise(given):
        assert all(after <= before for after, before in zip(greater.balances, less.balances, strict=False))


def _minimums_rise(given: PlanInput) -> bool:
    return any(not isinstance(debt.minimum, FixedMinimum) for debt in given.debts)


@calmly
@given(st.data(), inputs(most=3))
def test_what_a_plan_falls_short_by_ends_it(data: st.DataObject, given: PlanInput) -> None:
    order = data.draw(orders(len(given.debts)))
    given = replace(given, extra=given.extra // 100)
    plan = run(given, order)
    assert {never.debt for never in plan.never} == {n for n, end in enumerate(plan.payoffs) if end is None}
    if not plan.never or not (given.conventions.rollover or given.extra or given.one_offs):
        return
    most = max(never.short_by for never in plan.never)
    assert run(replace(given, extra=given.extra + most), order).months is not None
    assert run(replace(given, extra=given.extra + most - 1), order).months is None


def test_a_debt_on_its_minimum_falls_short_by_what_it_takes_alone() -> None:
    plan = compare(
        PlanInput((debt("A", 1000_00, "12", 5_00), debt("B", 500_00, "12", 600_00)), START), ["minimums"]
    )[0]
    (never,) = plan.never
    assert never.debt == 0
    # Interest is 10.00 a month; with one cent more than that it takes a little over 76 years.
    assert never.short_by == 5_01
    assert run(PlanInput((debt("A", 1000_00, "12", 10_01),), START), (0,)).months is not None


def test_without_debts_nothing_is_owed() -> None:
    plan = run(PlanInput((), START), ())
    assert (plan.months, plan.balances, plan.total_paid, plan.debt_free) == (0, (0,), 0, START)
    assert schedule(plan) == []


def test_zero_rate_zero_minimum_and_zero_balance_are_ordinary() -> None:
    plan = plan_of(debt("A", 0), debt("B", 100_00), extra=30_00)
    assert plan.payoffs == (0, 4)
    assert plan.balances == (100_00, 70_00, 40_00, 10_00, 0)
    assert rows_of(plan, 0) == []
    assert monthly_total(plan.input) == 30_00


def test_the_closing_payment_takes_the_interest_and_the_rest_goes_on_in_the_same_month() -> None:
    plan = plan_of(debt("A", 100_00, "12", 10_00), debt("B", 200_00, "12", 10_00), extra=41_00)
    # A: 100 + 1 - 51 = 50; 50 + 0.50 is closed with 50.50 of 51, and 0.50 goes on to B.
    assert rows_of(plan, 0) == [(100_00, 1_00, 51_00, 50_00), (50_00, 50, 50_50, 0)]
    assert rows_of(plan, 1)[:2] == [(200_00, 2_00, 10_00, 192_00), (192_00, 1_92, 10_50, 183_42)]
    # From then on B has the whole budget of 61.
    assert rows_of(plan, 1)[2] == (183_42, 1_83, 61_00, 124_25)


def test_without_rollover_a_freed_minimum_is_not_used() -> None:
    plan = plan_of(
        debt("A", 100_00, "0", 50_00), debt("B", 300_00, "0", 20_00), extra=30_00, conventions=NO_ROLLOVER
    )
    # A is closed in the second month by 20 of minimum and extra; what is left of the extra, 30, goes on to B.
    assert rows_of(plan, 0) == [(100_00, 0, 80_00, 20_00), (20_00, 0, 20_00, 0)]
    assert [payment for _, _, payment, _ in rows_of(plan, 1)] == [
        20_00,
        50_00,
        50_00,
        50_00,
        50_00,
        50_00,
        30_00,
    ]


def test_a_budget_below_the_minimums_is_refused_with_the_figure_that_would_do() -> None:
    given = PlanInput((debt("A", 100_00, "0", 30_00), debt("B", 100_00, "0", 20_00)), START, budget=49_99)
    with pytest.raises(BudgetTooLow) as refused:
        run(given, (0, 1))
    assert refused.value.needed == 50_00
    assert refused.value.in_words("EUR").endswith("50.00 EUR.")
    assert run(replace(given, budget=50_00), (0, 1)).months == 4


def test_minimums_that_rise_above_the_budget_are_paid_all_the_same() -> None:
    loan = PlanDebt("A", 12_000_00, Decimal(12), TermMinimum(24), promo_apr=Decimal(0), promo_months=12)
    rows = rows_of(plan_of(loan))
    assert [row[2] for row in rows[:12]] == [500_00] * 12
    # 6,000 over 12 months at 1 % a month.
    assert [row[2] for row in rows[12:23]] == [533_09] * 11
    assert len(rows) == 24
    assert rows[-1][3] == 0


def test_a_pause_pays_only_minimums() -> None:
    plan = plan_of(debt("A", 100_00, "0", 10_00), extra=20_00, pauses=(Pause(START.plus(1), 2),), one_offs=())
    assert [row[2] for row in rows_of(plan)] == [30_00, 10_00, 10_00, 30_00, 20_00]


def test_money_paid_once_goes_to_its_debt_and_what_is_too_much_goes_on() -> None:
    one_offs = (OneOff(START.plus(1), 60_00, "B"), OneOff(START.plus(-1), 500_00))
    plan = plan_of(debt("A", 200_00, "0", 10_00), debt("B", 50_00, "0", 5_00), one_offs=one_offs)
    assert [row[2] for row in rows_of(plan, 1)] == [5_00, 45_00]
    # 60 and the minimum of 5 close B with 45; of the rest, 20 and the minimum of 10 go to A, which has 15 then on.
    assert [row[2] for row in rows_of(plan, 0)][:3] == [10_00, 30_00, 15_00]


def test_money_for_a_debt_that_is_paid_off_goes_by_the_order() -> None:
    one_off = OneOff(START.plus(3), 40_00, "B")
    plan = plan_of(
        debt("A", 200_00, "0", 10_00), debt("B", 10_00, "0", 5_00), order=(1, 0), one_offs=(one_off,)
    )
    assert [row[2] for row in rows_of(plan, 0)][:5] == [10_00, 10_00, 15_00, 55_00, 15_00]


@pytest.mark.parametrize(
    ("one_off", "words"),
    [(OneOff(START, 1, "C"), "“C”"), (OneOff(START, -1), "below zero")],
)
def test_money_that_cannot_be_paid_is_refused(one_off: OneOff, words: str) -> None:
    with pytest.raises(Refused, match=words):
        plan_of(debt("A", 100_00, "0", 10_00), one_offs=(one_off,))


def test_debts_of_the_same_identity_are_refused() -> None:
    with pytest.raises(Refused, match="Two debts"):
        plan_of(debt("A", 1), debt("A", 2))


def test_an_order_names_every_debt_once() -> None:
    with pytest.raises(ValueError, match="not an order"):
        plan_of(debt("A", 1), debt("B", 2), order=(0, 0))


@pytest.mark.parametrize(
    ("rounding", "interest"), [(Rounding.HALF_UP, 3), (Rounding.HALF_EVEN, 2), (Rounding.NONE, 3)]
)
def test_a_tie_is_rounded_as_said(rounding: Rounding, interest: int) -> None:
    # 2.50 at 12 % a year is 2.5 minor units a month.
    plan = plan_of(debt("A", 2_50, "12", 5_00), conventions=Conventions(rounding=rounding))
    assert plan.total_interest == interest


def test_with_no_rounding_thirds_come_to_wholes() -> None:
    # Three months of one and two thirds of a minor unit are five, and no figure is rounded on the way.
    cards = tuple(debt(name, 100, "20", 0) for name in "ABC")
    given = PlanInput(cards, START, extra=305, conventions=Conventions(rounding=Rounding.NONE))
    plan = run(given, (0, 1, 2))
    assert (plan.months, plan.total_interest, plan.total_paid) == (1, 5, 305)


def test_daily_compounding_follows_the_days_of_the_month() -> None:
    daily = Conventions(compounding=Compounding.DAILY)
    given = PlanInput((debt("A", 10_000_00, "36.5"),), Month(2028, 1), conventions=daily)
    # (1 + 0.001) ** 31 - 1 = 3.147 %, then 29 days in February of a leap year: 2.941 %.
    rows = rows_of(run(given, (0,)))
    assert rows[0][1] == 314_70
    assert rows[1][1] == 303_35


def test_payment_first_takes_interest_on_what_is_left() -> None:
    rows = rows_of(
        plan_of(debt("A", 100_00, "12", 60_00), conventions=Conventions(timing=Timing.PAYMENT_FIRST))
    )
    assert rows == [(100_00, 40, 60_00, 40_40), (40_40, 0, 40_40, 0)]


def test_an_instalment_paid_first_is_that_of_an_annuity_due() -> None:
    loan = PlanDebt("A", 10_000_00, Decimal(12), TermMinimum(12))
    due = Conventions(timing=Timing.PAYMENT_FIRST)
    assert first_minimums(PlanInput((loan,), START)) == [888_49]
    assert first_minimums(PlanInput((loan,), START, conventions=due)) == [879_69]


def test_an_instalment_stays_as_it_is_when_more_is_paid() -> None:
    loan = PlanDebt("A", 1_200_00, Decimal(0), TermMinimum(12))
    plan = plan_of(loan, one_offs=(OneOff(START, 300_00),))
    assert [row[2] for row in rows_of(plan)] == [400_00] + [100_00] * 8


def test_a_plan_that_never_ends_stops_at_the_horizon() -> None:
    plan = plan_of(debt("A", 100_00, "12", 0))
    assert plan.months is None
    assert plan.debt_free is None
    assert len(plan.balances) == HORIZON + 1
    assert len(schedule(plan)) == HORIZON
    (never,) = plan.never
    assert run(replace(plan.input, extra=never.short_by), (0,)).months is not None


def test_a_share_is_taken_of_the_opening_balance() -> None:
    card = PlanDebt("A", 10_000_00, Decimal("21.9"), PercentMinimum(Decimal(1), 25_00, plus_interest=True))
    assert first_minimums(PlanInput((card,), START)) == [282_50]
    assert first_minimums(PlanInput((replace(card, balance=20_00),), START)) == [20_37]


def test_plans_of_one_set_are_those_made_alone() -> None:
    given = PlanInput((debt("A", 500_00, "5", 10_00), debt("B", 400_00, "19", 10_00)), START, extra=33_00)
    shared = PlanSet(given)
    for order in ((0, 1), (1, 0), (0, 1)):
        assert shared.run(order) == run(given, order)
