"""Converting amounts by rates: exact, rounded once, by the rate that a reader would expect."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exchange_rates import (
    ECB,
    ConvertedTotal,
    ExchangeRate,
    RateTable,
    Tally,
    check_rate,
    useful_pairs,
)
from app.domain.money import CURRENCIES, MAX_MINOR, Money

MONDAY = date(2026, 11, 16)
CODES = ("USD", "EUR", "JPY", "KWD", "GBP")


def rate(base: str, currency: str, value: str, on: date = MONDAY, source: str = "") -> ExchangeRate:
    return ExchangeRate(on, base, currency, Decimal(value), source)


def converted(table: RateTable, money: Money, currency: str, day: date = MONDAY) -> str:
    found = table.convert(money, currency, day)
    return "" if found is None else str(found.money)


# -- exactness

any_rate = st.decimals("0.000001", 999999, places=6)
any_minor = st.integers(-(10**9), 10**9)


@given(any_minor, any_rate, st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_conversion_is_exact_and_rounded_half_up_once(
    minor: int, value: Decimal, base: str, currency: str
) -> None:
    if base == currency:
        return
    table = RateTable([ExchangeRate(MONDAY, base, currency, value)])
    found = table.convert(Money(minor, base), currency, MONDAY)
    exact = Fraction(minor, 10 ** CURRENCIES[base]) * Fraction(value) * 10 ** CURRENCIES[currency]
    assert found is not None
    assert abs(found.money.minor - exact) <= Fraction(1, 2)
    if abs(found.money.minor - exact) == Fraction(1, 2):
        assert abs(found.money.minor) > abs(exact)


@given(any_minor, any_rate)
def test_the_other_way_round_divides_exactly(minor: int, value: Decimal) -> None:
    table = RateTable([ExchangeRate(MONDAY, "EUR", "USD", value)])
    found = table.convert(Money(minor, "USD"), "EUR", MONDAY)
    exact = Fraction(minor) / Fraction(value)
    if found is None:
        assert abs(exact) > MAX_MINOR
    else:
        assert abs(found.money.minor - exact) <= Fraction(1, 2)


def test_half_a_cent_is_rounded_up_even_where_a_division_never_ends() -> None:
    # Three cents by six are exactly half a cent; a sixth cut short would make it less.
    table = RateTable([rate("EUR", "USD", "6")])
    assert converted(table, Money(3, "USD"), "EUR") == "0.01 EUR"
    assert converted(table, Money(-3, "USD"), "EUR") == "-0.01 EUR"


@pytest.mark.parametrize(
    ("money", "currency", "wanted"),
    [
        (Money(10000, "EUR"), "JPY", "16050 JPY"),
        (Money(16050, "JPY"), "EUR", "100.00 EUR"),
        (Money(10000, "EUR"), "KWD", "35.670 KWD"),
        (Money(1, "KWD"), "EUR", "0.00 EUR"),
        (Money(-1000, "EUR"), "JPY", "-1605 JPY"),
        (Money(0, "EUR"), "JPY", "0 JPY"),
    ],
)
def test_currencies_have_their_own_decimals(money: Money, currency: str, wanted: str) -> None:
    table = RateTable([rate("EUR", "JPY", "160.5"), rate("EUR", "KWD", "0.3567")])
    assert converted(table, money, currency) == wanted


@given(any_minor, any_rate, any_rate)
def test_a_cross_rate_is_rounded_only_at_the_end(minor: int, usd: Decimal, jpy: Decimal) -> None:
    table = RateTable([ExchangeRate(MONDAY, "EUR", "USD", usd), ExchangeRate(MONDAY, "EUR", "JPY", jpy)])
    found = table.convert(Money(minor, "USD"), "JPY", MONDAY)
    exact = Fraction(minor, 100) * Fraction(jpy) / Fraction(usd)
    if found is not None:
        assert abs(found.money.minor - exact) <= Fraction(1, 2)


def test_an_amount_that_nobody_can_keep_is_not_converted() -> None:
    table = RateTable([rate("EUR", "USD", "9999999999")])
    assert table.convert(Money(MAX_MINOR, "EUR"), "USD", MONDAY) is None


def test_a_currency_is_worth_itself() -> None:
    assert converted(RateTable([]), Money(1234, "EUR"), "EUR") == "12.34 EUR"


# -- which rate


def test_a_rate_holds_until_the_next_one() -> None:
    table = RateTable([rate("EUR", "USD", "1.1"), rate("EUR", "USD", "1.2", MONDAY + timedelta(4))])
    for days, wanted in ((0, "11.00 USD"), (3, "11.00 USD"), (4, "12.00 USD"), (400, "12.00 USD")):
        assert converted(table, Money(1000, "EUR"), "USD", MONDAY + timedelta(days)) == wanted


def test_before_the_first_rate_the_first_one_has_to_do_and_says_its_day() -> None:
    table = RateTable([rate("EUR", "USD", "1.2", MONDAY + timedelta(4)), rate("EUR", "USD", "1.1")])
    found = table.convert(Money(1000, "EUR"), "USD", MONDAY - timedelta(700))
    assert found is not None
    assert (str(found.money), found.on) == ("11.00 USD", MONDAY)
    total = table.total([(Money(1000, "EUR"), MONDAY - timedelta(700))], "USD")
    assert (total.first, total.last, total.early) == (MONDAY, MONDAY, 1)


def test_a_known_earlier_rate_goes_before_a_later_one_the_other_way_round() -> None:
    table = RateTable([rate("EUR", "USD", "1.1"), rate("USD", "EUR", "0.5", MONDAY + timedelta(9))])
    assert converted(table, Money(1000, "EUR"), "USD", MONDAY + timedelta(8)) == "11.00 USD"
    assert converted(table, Money(1000, "EUR"), "USD", MONDAY + timedelta(9)) == "20.00 USD"
    assert converted(table, Money(1000, "EUR"), "USD", MONDAY - timedelta(9)) == "11.00 USD"


@pytest.mark.parametrize("reverse", [False, True])
def test_the_own_rate_of_a_day_wins_however_it_was_entered(reverse: bool) -> None:
    own = rate("USD", "EUR", "0.5") if reverse else rate("EUR", "USD", "2")
    for rates in ([own, rate("EUR", "USD", "1.1", source=ECB)], [rate("EUR", "USD", "1.1", source=ECB), own]):
        assert converted(RateTable(rates), Money(1000, "EUR"), "USD") == "20.00 USD"


def test_an_own_rate_goes_before_a_cross_rate_of_its_day_and_gives_way_to_a_later_one() -> None:
    later = MONDAY + timedelta(1)
    table = RateTable(
        [
            rate("USD", "JPY", "100"),
            *(
                rate("EUR", code, value, day, ECB)
                for day in (MONDAY, later)
                for code, value in (("USD", "1"), ("JPY", "150"))
            ),
        ]
    )
    assert converted(table, Money(100, "USD"), "JPY") == "100 JPY"
    assert converted(table, Money(100, "USD"), "JPY", later) == "150 JPY"


def test_a_cross_rate_is_as_old_as_the_older_of_its_two() -> None:
    table = RateTable([rate("EUR", "USD", "1"), rate("EUR", "JPY", "150", MONDAY + timedelta(2))])
    found = table.rate("USD", "JPY", MONDAY + timedelta(5))
    assert found is not None
    assert found.on == MONDAY
    early = table.rate("USD", "JPY", MONDAY + timedelta(1))
    assert early is not None
    assert early.on == MONDAY + timedelta(2)


def test_no_rate_is_made_up_over_two_currencies() -> None:
    table = RateTable([rate("EUR", "USD", "1"), rate("GBP", "JPY", "200"), rate("USD", "GBP", "2")])
    assert table.rate("EUR", "JPY", MONDAY) is None
    assert table.rate("EUR", "GBP", MONDAY) is not None


# -- totals


def test_a_total_says_what_was_converted_by_which_rates_and_what_was_left_out() -> None:
    later = MONDAY + timedelta(3)
    table = RateTable([rate("EUR", "USD", "1.1"), rate("EUR", "USD", "1.2", later)])
    total = table.total(
        [
            (Money(1000, "USD"), date(2020, 1, 1)),
            (Money(1000, "EUR"), MONDAY),
            (Money(1000, "EUR"), later),
            (Money(500, "JPY"), MONDAY),
            (Money(700, "JPY"), MONDAY),
        ],
        "USD",
    )
    assert total == ConvertedTotal(
        Money(3300, "USD"), ("EUR",), (Money(1200, "JPY"),), MONDAY, later, early=0
    )


def test_without_foreign_amounts_nothing_was_converted() -> None:
    total = RateTable([]).total([(Money(5, "USD"), MONDAY)], "USD")
    assert total == ConvertedTotal(Money(5, "USD"))


@given(st.lists(st.tuples(any_minor, st.sampled_from(CODES), st.integers(-5, 5)), max_size=20))
def test_a_total_is_the_sum_of_its_parts(parts: list[tuple[int, str, int]]) -> None:
    table = RateTable([rate("EUR", code, "1.37") for code in ("USD", "JPY")])
    amounts = [(Money(minor, code), MONDAY + timedelta(days)) for minor, code, days in parts]
    tally = Tally(table, "USD")
    found = [tally.add(*amount) for amount in amounts]
    total = table.total(amounts, "USD")
    assert total.total.minor == sum(each for each in found if each is not None)
    assert {money.currency for money in total.missing} <= {"KWD", "GBP"}
    left_out = sum(money.minor for money, _ in amounts if money.currency in ("KWD", "GBP"))
    assert sum(money.minor for money in total.missing) == left_out


# -- which pairs are needed


def test_only_pairs_that_lead_from_one_currency_to_the_other_are_needed() -> None:
    ecb = [("EUR", code) for code in ("USD", "JPY", "GBP", "CHF")]
    assert useful_pairs(ecb, {"EUR", "JPY"}, "USD") == {("EUR", "USD"), ("EUR", "JPY")}
    assert useful_pairs(ecb, {"JPY"}, "EUR") == {("EUR", "JPY")}
    assert useful_pairs([*ecb, ("JPY", "USD")], {"JPY"}, "USD") == {
        ("JPY", "USD"),
        ("EUR", "USD"),
        ("EUR", "JPY"),
    }
    assert useful_pairs([], {"JPY"}, "USD") == set()


@given(
    st.sets(st.permutations(CODES).map(lambda codes: (codes[0], codes[1])), max_size=8),
    st.sampled_from(CODES),
    st.sampled_from(CODES),
)
def test_needed_pairs_convert_as_all_of_them_do(
    pairs: set[tuple[str, str]], base: str, currency: str
) -> None:
    rates = [rate(one, other, f"1.{number}") for number, (one, other) in enumerate(sorted(pairs), 1)]
    needed = useful_pairs(pairs, {base}, currency)
    few = RateTable(each for each in rates if (each.base, each.currency) in needed)
    assert few.rate(base, currency, MONDAY) == RateTable(rates).rate(base, currency, MONDAY)


# -- what can be saved


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (rate("EUR", "EUR", "1"), "currency", "different"),
        (rate("EUR", "XYZ", "1"), "currency", "currency code"),
        (rate("", "USD", "1"), "base", "currency code"),
        (rate("EUR", "USD", "0"), "rate", "greater than 0"),
        (rate("EUR", "USD", "-1"), "rate", "greater than 0"),
        (rate("EUR", "USD", "NaN"), "rate", "greater than 0"),
        (rate("EUR", "USD", "Infinity"), "rate", "greater than 0"),
        (rate("EUR", "USD", "1e999"), "rate", "10 digits"),
        (rate("EUR", "USD", "1e-13"), "rate", "10 digits"),
        (rate("EUR", "USD", "0." + "9" * 40), "rate", "10 digits"),
        (rate("EUR", "USD", "1", date(1899, 12, 31)), "on", "between 1900"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(wrong: ExchangeRate, field: str, words: str) -> None:
    problems = check_rate(wrong)
    assert [problem.field for problem in problems] == [field]
    assert words in problems[0].reason


def test_a_rate_has_ten_digits_on_each_side() -> None:
    assert not check_rate(rate("EUR", "USD", "9999999999.9999999999"))
    assert not check_rate(rate("EUR", "USD", "0.0000000001"))
    assert not check_rate(rate("EUR", "USD", "1.50000000000000000000"))
