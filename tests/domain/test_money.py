"""Money is exact, whatever the currency, and never guesses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import (
    CURRENCIES,
    MAX_MINOR,
    AmountError,
    CurrencyMismatch,
    Money,
    MoneyError,
    UnknownCurrency,
    exponent,
    plain,
    to_decimal,
    to_minor,
)

currencies = st.sampled_from(sorted(CURRENCIES))
minor_units = st.integers(-MAX_MINOR, MAX_MINOR)


@given(minor_units, currencies)
def test_minor_units_survive_the_way_through_decimals_and_text(minor: int, currency: str) -> None:
    assert to_minor(to_decimal(minor, currency), currency) == minor
    assert to_minor(Decimal(plain(minor, currency)), currency) == minor


@given(st.lists(minor_units, max_size=20), currencies)
def test_a_sum_is_the_sum_of_the_decimals(amounts: list[int], currency: str) -> None:
    total = sum((Money(minor, currency) for minor in amounts), Money(0, currency))
    assert total.decimal() == sum((to_decimal(minor, currency) for minor in amounts), Decimal(0))


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (123450, "EUR", "1234.50"),
        (-5, "USD", "-0.05"),
        (0, "GBP", "0.00"),
        (1234, "JPY", "1234"),
        (1, "KWD", "0.001"),
        (-12_345, "CLF", "-1.2345"),
    ],
)
def test_plain_has_the_digits_of_the_currency(minor: int, currency: str, text: str) -> None:
    assert plain(minor, currency) == text
    assert str(Money(minor, currency)) == f"{text} {currency}"


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("NaN", "EUR"),
        ("sNaN", "EUR"),
        ("Infinity", "EUR"),
        ("-Infinity", "EUR"),
        ("1.005", "EUR"),
        ("0.5", "JPY"),
        ("12.3400000000000000000000000000000000001", "EUR"),
        ("1e-1000000", "EUR"),
        ("1e999", "EUR"),
        ("1e1000000", "EUR"),
        ("10000000000000.00", "EUR"),
        ("99999999999999999999", "EUR"),
        ("-10000000000000.00", "EUR"),
    ],
)
def test_amounts_that_a_currency_cannot_hold_are_refused_in_words(amount: str, currency: str) -> None:
    with pytest.raises(AmountError, match=r"^[A-Z].*\.$"):
        to_minor(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("amount", "minor"),
    [
        ("0", 0),
        ("-0", 0),
        ("0e1000000", 0),
        ("1.50000", 150),
        ("1e3", 100_000),
        ("9999999999999.99", MAX_MINOR),
    ],
)
def test_other_ways_to_write_an_amount_are_the_same_amount(amount: str, minor: int) -> None:
    assert to_minor(Decimal(amount), "EUR") == minor


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XXX", "ZZZ", "€"])
def test_a_code_that_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency, match="EUR or USD"):
        exponent(code)


def test_two_currencies_never_meet_in_one_sum() -> None:
    euros, yen = Money(100, "EUR"), Money(100, "JPY")
    for act in (lambda: euros + yen, lambda: euros - yen, lambda: euros < yen, lambda: euros >= yen):
        with pytest.raises(CurrencyMismatch, match="cannot be added"):
            act()
    assert euros != yen


def test_money_adds_compares_and_turns_round() -> None:
    small, large = Money.of("0.10", "EUR"), Money.of("0.20", "EUR")
    assert small + large == Money(30, "EUR")
    assert small - large == -small
    assert small < large
    assert large > small
    assert small <= Money(10, "EUR") >= small


def test_every_problem_with_money_is_one_family() -> None:
    for kind in (AmountError, CurrencyMismatch, UnknownCurrency):
        assert issubclass(kind, MoneyError)
        assert issubclass(kind, ValueError)


def test_the_list_of_currencies_is_the_standard() -> None:
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    assert {code: CURRENCIES[code] for code in ("EUR", "USD", "JPY", "BHD", "UYW", "ISK", "XCG")} == {
        "EUR": 2,
        "USD": 2,
        "JPY": 0,
        "BHD": 3,
        "UYW": 4,
        "ISK": 0,
        "XCG": 2,
    }
