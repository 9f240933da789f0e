"""The smallest payments that reach a goal: the figure does it, and one minor unit less does not."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.debts.engine import first_minimums, run, smallest
from app.domain.debts.minimum import FixedMinimum
from app.domain.debts.plan import PlanDebt, PlanInput, Rounding
from app.domain.debts.solvers import extra_beating_promotion, payment_by, smallest_ending_extra
from app.domain.months import Month
from tests.domain.debts.generated import START, inputs, orders

calmly = settings(deadline=None, max_examples=30)
CARD = PlanDebt("Card", 1_200_00, Decimal(24), FixedMinimum(20_00), Decimal(0), 12)
LOAN = PlanDebt("Loan", 600_00, Decimal(0), FixedMinimum(50_00))


def test_the_payment_that_is_through_by_a_month() -> None:
    assert payment_by(PlanInput((LOAN,), START), (0,), START.plus(5)) == 100_00
    assert payment_by(PlanInput((LOAN,), START), (0,), START.plus(6)) == 85_72
    # Its minimums do it by themselves.
    assert payment_by(PlanInput((LOAN,), START), (0,), START.plus(20)) == 50_00
    assert payment_by(PlanInput((LOAN,), START), (0,), START.plus(-1)) is None


def test_the_extra_that_beats_a_promotion() -> None:
    given = PlanInput((CARD, LOAN), START)
    assert extra_beating_promotion(given, (0, 1), 0) == 80_00
    # The other way round it takes the same: neither costs interest, and the loan's minimum goes on to the card.
    assert extra_beating_promotion(given, (1, 0), 0) == 80_00
    assert extra_beating_promotion(given, (0, 1), 1) is None


def test_the_extra_with_which_a_plan_ends() -> None:
    never = PlanDebt("Never", 1_000_00, Decimal(12), FixedMinimum(5_00))
    assert smallest_ending_extra(PlanInput((LOAN,), START), (0,)) == 0
    assert smallest_ending_extra(PlanInput((never,), START, extra=99_00), (0,)) == 5_01


@calmly
@given(st.data(), inputs(most=3), st.integers(0, 60))
def test_one_less_does_not_do(data: st.DataObject, given: PlanInput, month: int) -> None:
    assume(given.conventions.rounding is not Rounding.NONE and not given.pauses)
    order = data.draw(orders(len(given.debts)))
    least = sum(first_minimums(given))
    payment = payment_by(given, order, START.plus(month))
    assert payment is not None

    def months(budget: int) -> int:
        return run(replace(given, extra=0, budget=budget), order).months or 10_000

    if any(debt.balance for debt in given.debts):
        assert months(payment) <= month + 1
        assert payment == least or months(payment - 1) > month + 1
    extra = smallest_ending_extra(given, order)
    assert extra is not None
    assert run(replace(given, extra=extra), order).months is not None
    assert extra == 0 or run(replace(given, extra=extra - 1), order).months is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_smallest_is_found_from_any_guess(threshold: int, guess: int) -> None:
    assert smallest(lambda amount: amount >= threshold, guess) == threshold


def test_what_is_never_enough_is_told() -> None:
    assert smallest(lambda _amount: False, limit=100) is None
    assert smallest(lambda amount: amount >= 100, limit=100) == 100


def test_a_month_far_away_is_no_goal() -> None:
    assert payment_by(PlanInput((LOAN,), START), (0,), Month(9000, 1)) == 50_00
