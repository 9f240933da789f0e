"""Values read from text: what people write is read exactly, anything else is refused in words."""

import contextlib
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.parsing import (
    NotUnderstood,
    guess_date_order,
    guess_decimal_mark,
    parse_amount,
    parse_boolean,
    parse_currency,
    parse_date,
    parse_instant,
    parse_money,
    parse_whole_number,
)

BERLIN = ZoneInfo("Europe/Berlin")


def sentence(error: pytest.ExceptionInfo[NotUnderstood]) -> str:
    text = str(error.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 200
    return text


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("139", ".", "139"),
        ("1234.50", ".", "1234.50"),
        ("1,234.50", ".", "1234.50"),
        ("12.345,67", ",", "12345.67"),
        ("12.345,67", None, "12345.67"),
        ("1 234,50", ",", "1234.50"),
        ("1\u00a0234,50", ",", "1234.50"),
        ("1\u202f234\u202f567,5", ",", "1234567.5"),
        ("1'234.50", ".", "1234.50"),
        ("1’234.50", ".", "1234.50"),
        ("12,34,567.00", ".", "1234567.00"),
        ("1,23,456", ".", "123456"),
        (".5", ".", "0.5"),
        ("5.", ".", "5"),
        ("(12.00)", ".", "-12.00"),
        ("12-", ".", "-12"),
        ("\u221212", ".", "-12"),
        ("-12", ".", "-12"),
        ("+12", ".", "12"),
        ("'-5.00'", ".", "-5.00"),
        ("$ 12", ".", "12"),
        ("-$12.50", ".", "-12.50"),
        ("$-12.50", ".", "-12.50"),
        ("$ (12.50)", ".", "-12.50"),
        ("(12.50 €)", ".", "-12.50"),
        ("12,50 € -", ",", "-12.50"),
        ("2.110,10 €", ",", "2110.10"),
        ("EUR 12.50", ".", "12.50"),
        ("12.50EUR", ".", "12.50"),
        ("CHF 12.-", ".", "12"),
        ("12,- €", ",", "12"),
        ("1.883,32-", ",", "-1883.32"),
        ("١٢٬٣٤٥٫٦٧", ".", "12345.67"),
        ("١٢٬٣٤٥٫٦٧", None, "12345.67"),
        ("१२३४.५०", ".", "1234.50"),
        ("\uff11\uff12\uff0e\uff15", ".", "12.5"),
        ("\u200f12.50\u200f", ".", "12.50"),
        ("12,50", None, "12.50"),
        ("0,123", None, "0.123"),
        ("1.234.567", None, "1234567"),
        ("-0.00", ".", "0.00"),
    ],
)
def test_amounts_are_read_exactly_however_they_are_written(text: str, mark: object, amount: str) -> None:
    assert parse_amount(text, mark) == Decimal(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mark", "part"),
    [
        ("NaN", ".", "“NaN” is not an amount; write one such as 1234.50."),
        ("Infinity", ".", "is not an amount"),
        ("-inf", ".", "is not an amount"),
        ("1e999", ".", "“1e999” has an exponent; write the amount in digits, such as 1234.50."),
        ("1E5", ".", "has an exponent"),
        ("1_000", ".", "is not an amount"),
        ("n/a", ".", "is not an amount"),
        ("", ".", "is not an amount"),
        ("-", ".", "is not an amount"),
        ("12 apples", ".", "is not an amount"),
        ("=1+1", ".", "is not an amount"),
        ("0x10", ".", "is not an amount"),
        ("½", ".", "is not an amount"),
        ("٣²", ".", "is not an amount"),
        ("USD 5 EUR", ".", "is not an amount"),
        ("--5", ".", "is not an amount"),
        ("(-5)", ".", "more than one sign"),
        ("123456789012345678901", ".", "has too many digits; an amount may have at most 20"),
        ("9" * 101, ".", "too long to be read as a value; use at most 100 characters"),
        ("1,23,4", ".", "marks in odd places; write the amount like 1,234.50"),
        ("10,50", ".", "marks in odd places"),
        ("10.50", ",", "marks in odd places; write the amount like 1.234,50"),
        ("1 23", ".", "marks in odd places"),
        ("1.2.3", None, "marks in odd places"),
        ("0,123", ".", "marks in odd places"),
        ("1,234", None, "“1,234” may mean 1234 or 1.234; say which mark separates the decimals."),
        ("1.234", None, "may mean 1234 or 1.234"),
        ("kr 5", ".", "is the sign of several currencies; choose the currency for the whole file"),
        ("a\x00b\x1b[31m", ".", "is not an amount"),
    ],
)
def test_what_is_not_an_amount_is_refused_in_one_sentence(text: str, mark: object, part: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_amount(text, mark)  # type: ignore[arg-type]
    assert part in sentence(error)
    assert "\x1b" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("12 €", "USD", "EUR"),
        ("$12", "EUR", "USD"),
        ("$12", "CAD", "CAD"),
        ("¥1200", "EUR", "JPY"),
        ("¥1200", "CNY", "CNY"),
        ("kr 12", "NOK", "NOK"),
        ("US$ 12", "CAD", "USD"),
        ("12 zł", "EUR", "PLN"),
        ("Rs.500", "INR", "INR"),
        ("12 chf", "EUR", "CHF"),
        ("12", "EUR", ""),
    ],
)
def test_the_currency_beside_an_amount_is_told(text: str, default: str, currency: str) -> None:
    assert parse_money(text, ".", default).currency == currency


def test_currencies_are_known_by_code_and_sign() -> None:
    assert parse_currency(" eur ") == "EUR"
    assert parse_currency("€") == "EUR"
    assert parse_currency("$", "AUD") == "AUD"
    for text in ("EURO PIE", "XXX", "", "kr"):
        with pytest.raises(NotUnderstood) as error:
            parse_currency(text)
        sentence(error)


AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@given(
    amount=AMOUNTS,
    group=st.sampled_from(["", "'", " ", "\u00a0", "\u202f", "other"]),
    mark=st.sampled_from([".", ","]),
    dress=st.sampled_from(["{}", "{} €", "EUR {}", "$ {}", " {} "]),
)
def test_a_written_amount_reads_as_itself(amount: Decimal, group: str, mark: str, dress: str) -> None:
    separator = {"other": "," if mark == "." else "."}.get(group, group)
    written = f"{amount:,.2f}".translate(str.maketrans({",": separator, ".": mark}))
    assert parse_amount(dress.format(written), mark) == amount  # type: ignore[arg-type]


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_and_never_slow(text: str) -> None:
    started = time.perf_counter()
    for parse in (parse_amount, parse_date, parse_instant, parse_boolean, parse_whole_number, parse_currency):
        with contextlib.suppress(NotUnderstood):
            value = parse(text)  # type: ignore[operator]
            assert not isinstance(value, Decimal) or value.is_finite()
    guess_decimal_mark([text])
    guess_date_order([text])
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text", [" " * 98 + "x", "$" + " " * 48 + "1" + " " * 48 + "(", "1" * 99 + "x", "1," * 49]
)
def test_hostile_amounts_are_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(NotUnderstood):
        parse_amount(text, ".")
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    ("samples", "mark"),
    [
        (["1,234"], None),
        (["1,234", "500"], None),
        (["1,234", "1,5"], ","),
        (["1,234", "12.50"], "."),
        (["1.234,50"], ","),
        (["1,234,567"], "."),
        (["1'234.50"], "."),
        (["12", "500"], "."),
        ([], "."),
        (["n/a", "", "12,50"], ","),
        (["12,50"] * 40 + ["12.50"], ","),
        (["12,50", "12.50"], None),
        (["2.110,10 €", "527,55 €", "1e999", "n/a"], ","),
    ],
)
def test_the_decimal_mark_of_a_column_is_guessed_or_left_open(samples: list[str], mark: str | None) -> None:
    assert guess_decimal_mark(samples) == mark


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2025-03-31", None, date(2025, 3, 31)),
        ("2025/3/31", None, date(2025, 3, 31)),
        ("2025.03.31", None, date(2025, 3, 31)),
        ("20250331", None, date(2025, 3, 31)),
        ("31.03.2025", None, date(2025, 3, 31)),
        ("31. 3. 2025", "dmy", date(2025, 3, 31)),
        ("09.04.25", "dmy", date(2025, 4, 9)),
        ("04/09/25", "mdy", date(2025, 4, 9)),
        ("03/04/2025", "dmy", date(2025, 4, 3)),
        ("03/04/2025", "mdy", date(2025, 3, 4)),
        ("03/31/2025", "ymd", date(2025, 3, 31)),
        ("25-03-31", "ymd", date(2025, 3, 31)),
        ("31/12/68", "dmy", date(2068, 12, 31)),
        ("31/12/69", "dmy", date(1969, 12, 31)),
        ("3. März 2025", None, date(2025, 3, 3)),
        ("3 mars 2025", None, date(2025, 3, 3)),
        ("1er août 2025", None, date(2025, 8, 1)),
        ("3 de marzo de 2025", None, date(2025, 3, 3)),
        ("Montag, 3. März 2025", None, date(2025, 3, 3)),
        ("Mar 3, 2025", None, date(2025, 3, 3)),
        ("March 3rd, 2025", None, date(2025, 3, 3)),
        ("3-Mar-25", None, date(2025, 3, 3)),
        ("2025 Mar 3", None, date(2025, 3, 3)),
        ("2025年3月4日", None, date(2025, 3, 4)),
        ("٣١/١٢/٢٠٢٤", "dmy", date(2024, 12, 31)),
        ("2024-02-29", None, date(2024, 2, 29)),
        ("2025-03-31 23:59:59", None, date(2025, 3, 31)),
        ("31/03/2025 7:30 PM", "dmy", date(2025, 3, 31)),
        ("1900-01-01", None, date(1900, 1, 1)),
        ("2199-12-31", None, date(2199, 12, 31)),
    ],
)
def test_dates_are_read_however_they_are_written(text: str, order: object, day: date) -> None:
    assert parse_date(text, order) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order", "part"),
    [
        ("31.02.25", "dmy", "“31.02.25” does not exist: February 2025 has no day 31; mend the date."),
        ("30 February 2025", None, "February 2025 has no day 30"),
        ("2023-02-29", None, "February 2023 has no day 29"),
        ("31.02.", "dmy", "has no year; write a whole date such as 2025-03-31"),
        ("0000-01-01", None, "lies outside the years 1900 to 2199; mend the year"),
        ("9999-12-31", None, "lies outside the years 1900 to 2199"),
        ("03/25/2025", "dmy", "has no month 25; check the order of day and month"),
        ("2025-13-01", None, "has no month 13"),
        ("03/04/2025", None, "has two readings; say whether the day or the month comes first"),
        ("03/04/2025", "ymd", "has two readings"),
        ("03.04/2025", "dmy", "is not a date; write one such as 2025-03-31"),
        ("2025-W03", None, "is not a date"),
        ("tomorrow", None, "is not a date"),
        ("45123", None, "is not a date"),
        ("", None, "is not a date"),
        ("2025-03-31T25:00:00Z", None, "no such time"),
        ("2025-03-31T10:00:00+99:00", None, "no such offset"),
    ],
)
def test_what_is_not_a_date_is_refused_in_one_sentence(text: str, order: object, part: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_date(text, order, BERLIN)  # type: ignore[arg-type]
    assert part in sentence(error)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_written_date_reads_as_itself(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(day.strftime("%d.%m.%Y"), "dmy") == day
    assert parse_date(day.strftime("%m/%d/%Y"), "mdy") == day
    assert parse_date(day.strftime("%d %B %Y")) == day


def test_the_day_of_an_instant_is_the_one_in_the_given_zone() -> None:
    assert parse_date("2024-11-09T23:30:00Z", zone=BERLIN) == date(2024, 11, 10)
    assert parse_date("2024-11-09T23:30:00Z", zone=ZoneInfo("America/New_York")) == date(2024, 11, 9)
    assert parse_date("2024-11-09T23:30:00Z") == date(2024, 11, 9)
    assert parse_date("2024-11-09T23:30:00", zone=BERLIN) == date(2024, 11, 9)
    assert parse_date("2024-11-09", zone=BERLIN) == date(2024, 11, 9)
    assert parse_date("1900-01-01T00:30:00+01:00", zone=BERLIN) == date(1900, 1, 1)


def test_instants_become_utc_with_milliseconds() -> None:
    assert parse_instant("2024-11-09T19:30:00Z") == datetime(2024, 11, 9, 19, 30, tzinfo=UTC)
    assert parse_instant("2024-11-09T19:30:00.1239+02:00") == datetime(
        2024, 11, 9, 17, 30, 0, 123000, tzinfo=UTC
    )
    assert parse_instant("2024-07-09 19:30", BERLIN) == datetime(2024, 7, 9, 17, 30, tzinfo=UTC)
    assert parse_instant("2024-07-09", BERLIN) == datetime(2024, 7, 8, 22, 0, tzinfo=UTC)
    assert parse_instant("11/9/24, 7:30 PM", UTC, "mdy") == datetime(2024, 11, 9, 19, 30, tzinfo=UTC)
    with pytest.raises(NotUnderstood, match="no such hour"):
        parse_instant("2024-11-09 13:30 PM")


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["03/04/2025"], None),
        (["03/04/2025", "25/04/2025"], "dmy"),
        (["03/04/2025", "04/25/2025"], "mdy"),
        (["03.04.2025"], "dmy"),
        (["2025-03-04", "2025-04-25"], "ymd"),
        (["03/03/2025"], "ymd"),
        (["3 March 2025"], "ymd"),
        ([], "ymd"),
        (["25/04/2025", "04/25/2025"], None),
        (["25/04/2025"] * 40 + ["04/25/2025"], "dmy"),
        (["03/04/2025 10:00", "25/04/2025 10:00"], "dmy"),
        (["n/a", "x" * 500], "ymd"),
    ],
)
def test_the_order_of_a_columns_dates_is_guessed_or_left_open(samples: list[str], order: str | None) -> None:
    assert guess_date_order(samples) == order


@pytest.mark.parametrize("text", ["true", "TRUE", "yes", "Ja", "oui", "Sí", "1", "x", "wahr", "✓"])
def test_yes_is_read_in_several_languages(text: str) -> None:
    assert parse_boolean(text) is True


@pytest.mark.parametrize("text", ["false", "No", "nein", "non", "0", "falsch", "faux"])
def test_no_is_read_in_several_languages(text: str) -> None:
    assert parse_boolean(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="neither yes nor no"):
        parse_boolean(text)


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), (" 3 ", 3), ("3.00", 3), ("-2", -2), ("1,000,000", 1000000)]
)
def test_whole_numbers_are_read(text: str, number: int) -> None:
    assert parse_whole_number(text) == number


@pytest.mark.parametrize("text", ["2.5", "two", "", "1e9", "$3", "1" * 30, "1" * 5000])
def test_what_is_not_a_whole_number_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_whole_number(text)
    assert "not a whole number; write one such as 2" in sentence(error)
