"""Shares, rounding and months of spending figures."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.spending import CurrencySpending, months, months_before, rounded, share


@pytest.mark.parametrize(
    ("amount", "whole"), [("0.5", 1), ("1.5", 2), ("2.4999", 2), ("-0.4", 0), ("10", 10)]
)
def test_minor_units_are_rounded_half_up(amount: str, whole: int) -> None:
    assert rounded(Decimal(amount)) == whole


def test_shares_are_per_cent_with_two_decimals() -> None:
    assert share(1, 3) == Decimal("33.33")
    assert share(2, 3) == Decimal("66.67")
    assert share(5, 0) == Decimal("0.00")


def test_the_average_is_of_what_was_paid_in_the_end() -> None:
    assert CurrencySpending("EUR", count=3, gross=1000, refunded=0, median=0, largest=0).average == 333
    assert CurrencySpending("EUR", count=2, gross=1001, refunded=500, median=0, largest=0).average == 251


def test_months_of_a_period() -> None:
    assert list(months(date(2025, 11, 30), date(2026, 2, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months_before(date(2026, 1, 31), 11) == date(2025, 2, 1)
    assert months_before(date(2026, 12, 1), 11) == date(2026, 1, 1)
