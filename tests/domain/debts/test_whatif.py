"""What would change with another rate, a consolidation or a balance transfer."""

from decimal import Decimal

import pytest

from app.domain.debts.minimum import FixedMinimum, TermMinimum
from app.domain.debts.plan import OneOff, PlanDebt, PlanInput
from app.domain.debts.scenario import Consolidation, NewRate, Transfer, WhatIf
from app.domain.debts.whatif import apply
from app.domain.months import Month
from app.domain.problems import Refused

START = Month(2026, 1)
VISA = PlanDebt("Visa", 3_000_00, Decimal("24.9"), FixedMinimum(90_00), key="v")
STORE = PlanDebt("Store", 500_00, Decimal("29.9"), FixedMinimum(25_00))
CAR = PlanDebt("Car", 8_000_00, Decimal("6.5"), FixedMinimum(250_00))
GIVEN = PlanInput(
    (VISA, STORE, CAR), START, extra=50_00, one_offs=(OneOff(START, 10_00, "v"), OneOff(START, 20_00, "Car"))
)
LOAN = Consolidation(("v", "Store"), "Loan", Decimal("9.9"), 70_00, TermMinimum(36))
CARD = Transfer("v", "New card", Decimal("21.9"), Decimal(0), 18, 60_00, FixedMinimum(40_00), 2_000_00)


def test_a_new_rate_changes_nothing_else() -> None:
    after = apply(GIVEN, [NewRate("v", Decimal("12.5"))])
    assert [debt.apr for debt in after.debts] == [Decimal("12.5"), STORE.apr, CAR.apr]
    assert after.one_offs == GIVEN.one_offs


def test_a_consolidation_lends_what_is_owed_and_its_fee() -> None:
    after = apply(GIVEN, [LOAN])
    assert after.debts == (CAR, PlanDebt("Loan", 3_570_00, Decimal("9.9"), TermMinimum(36)))
    # Money for a debt that is no more goes by the order.
    assert after.one_offs == (OneOff(START, 10_00), OneOff(START, 20_00, "Car"))


def test_a_transfer_moves_a_part_or_all() -> None:
    after = apply(GIVEN, [CARD])
    assert [debt.balance for debt in after.debts] == [1_000_00, 500_00, 8_000_00, 2_060_00]
    assert (after.debts[3].promo_apr, after.debts[3].promo_months) == (0, 18)
    whole = apply(GIVEN, [Transfer("v", "New card", Decimal(20), Decimal(0), 6, 0, FixedMinimum(40_00))])
    assert [debt.name for debt in whole.debts] == ["Store", "Car", "New card"]


def test_one_follows_the_other() -> None:
    after = apply(GIVEN, [LOAN, NewRate("Loan", Decimal(5))])
    assert after.debts[1].apr == 5


@pytest.mark.parametrize(
    ("what_if", "words"),
    [
        (NewRate("Visa", Decimal(1)), "“Visa” is not in the plan"),
        (Consolidation((), "Loan", Decimal(1), 0, TermMinimum(3)), "at least one"),
        (Consolidation(("v",), "Car", Decimal(1), 0, TermMinimum(3)), "“Car” already"),
        (Consolidation(("v",), " ", Decimal(1), 0, TermMinimum(3)), "name"),
        (Consolidation(("v",), "Loan", Decimal(1), -1, TermMinimum(3)), "fee"),
        (Transfer("v", "X", Decimal(1), Decimal(0), 3, 0, FixedMinimum(0), 3_000_01), "at most the whole"),
        (Transfer("v", "X", Decimal(1), Decimal(0), 3, 0, FixedMinimum(0), 0), "more than 0"),
        (Transfer("v", "X", Decimal(1), Decimal(0), -3, 0, FixedMinimum(0)), "less than 0 months"),
    ],
)
def test_what_cannot_be_is_refused_in_words(what_if: WhatIf, words: str) -> None:
    with pytest.raises(Refused, match=words):
        apply(GIVEN, [what_if])
