"""Values on the screen, in the locale of the person who reads them."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.domain.money import Money, UnknownCurrency
from app.ui import formats

TODAY = dt.date(2025, 11, 20)


@pytest.fixture(autouse=True)
def _locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def speak(locale: str) -> None:
    QLocale.setDefault(QLocale(locale))


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (123450, "USD", "$1,234.50"),
        (-8900, "USD", "−$89.00"),
        (5, "EUR", "€0.05"),
        (0, "GBP", "£0.00"),
        (1200, "CHF", "CHF\u00a012.00"),
        (1234, "JPY", "JPY\u00a01,234"),
        (1234567, "KWD", "KWD\u00a01,234.567"),
        (10**15 - 1, "USD", "$9,999,999,999,999.99"),
    ],
)
def test_money_has_its_symbol_and_its_currency_s_digits(minor: int, currency: str, text: str) -> None:
    assert formats.money(Money(minor, currency)) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de_DE", "−1.234,50\u00a0€"),
        ("fr_FR", "−1\u202f234,50\u00a0€"),
        ("en_US", "−€1,234.50"),
        ("C", "−€1,234.50"),
    ],
)
def test_money_is_written_as_the_locale_does(locale: str, text: str) -> None:
    speak(locale)
    assert formats.money(Money(-123450, "EUR")) == text


def test_money_in_arabic_has_arabic_figures() -> None:
    speak("ar_EG")
    assert "١٬٢٣٤٫٥٠" in formats.money(Money(123450, "USD"))


def test_money_of_an_unknown_currency_is_refused() -> None:
    with pytest.raises(UnknownCurrency):
        formats.money(Money(1, "QQQ"))


@given(minor=st.integers(-(10**15) + 1, 10**15 - 1), currency=st.sampled_from(["USD", "JPY", "BHD"]))
def test_no_cent_is_lost_on_the_screen(minor: int, currency: str) -> None:
    shown = formats.amount(Money(minor, currency))
    digits = "".join(sign for sign in shown if sign.isdigit())
    assert int(digits) == abs(minor)
    assert shown.startswith("−") is (minor < 0)


def test_a_change_shows_its_plus() -> None:
    assert formats.gain(Money(4960, "USD")) == "+$49.60"
    assert formats.gain(Money(-4960, "USD")) == "−$49.60"
    assert formats.gain(Money(0, "USD")) == "$0.00"


def test_numbers_are_grouped() -> None:
    assert formats.count(1234567) == "1,234,567"
    assert formats.count(-12) == "−12"
    assert formats.percent(0.061) == "6.1%"
    assert formats.percent(-0.5, 0) == "−50%"
    assert formats.percent(-0.00001) == "0.0%"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_GB", "14 Mar 2025"),
        ("en_US", "14 Mar 2025"),
        ("C", "14 Mar 2025"),
        ("de_DE", "14. März 2025"),
        ("ja_JP", "2025年3月14日"),
    ],
)
def test_a_date_names_its_month(locale: str, text: str) -> None:
    speak(locale)
    assert formats.date(dt.date(2025, 3, 14)) == text


def test_longer_and_shorter_dates() -> None:
    assert formats.weekday_date(TODAY) == "Thursday, 20 November 2025"
    assert formats.month(TODAY) == "Nov 2025"
    assert formats.date_time(dt.datetime(2025, 11, 18, 9, 4, tzinfo=dt.UTC)) == "18 Nov 2025, 09:04"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2025, 11, 13), dt.date(2025, 11, 19), "13–19 Nov 2025"),
        (dt.date(2025, 10, 28), dt.date(2025, 11, 3), "28 Oct – 3 Nov 2025"),
        (dt.date(2024, 12, 30), dt.date(2025, 1, 2), "30 Dec 2024 – 2 Jan 2025"),
        (TODAY, TODAY, "20 Nov 2025"),
    ],
)
def test_a_range_does_not_repeat_itself(first: dt.date, last: dt.date, text: str) -> None:
    assert formats.date_range(first, last) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (dt.date(2028, 3, 14), "27 months left"),
        (dt.date(2026, 2, 4), "76 days left"),
        (dt.date(2026, 2, 19), "3 months left"),
        (dt.date(2025, 11, 21), "1 day left"),
        (TODAY, "ends today"),
        (dt.date(2025, 11, 17), "ended 3 days ago"),
        (dt.date(2025, 7, 1), "ended 4 months ago"),
        (dt.date(2022, 7, 1), "ended 3 years ago"),
        (None, "lifetime"),
        (dt.date.max, "lifetime"),
    ],
)
def test_time_left_in_one_unit(end: dt.date | None, text: str) -> None:
    assert formats.time_left(end, TODAY) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (dt.date(2028, 3, 14), "2 years 3 months left"),
        (dt.date(2026, 11, 20), "1 year left"),
        (dt.date(2026, 6, 20), "7 months left"),
        (dt.date(2025, 12, 3), "13 days left"),
        (dt.date(2025, 11, 17), "ended 3 days ago"),
        (None, "lifetime"),
    ],
)
def test_time_left_in_full(end: dt.date | None, text: str) -> None:
    assert formats.time_left_in_full(end, TODAY) == text


@given(days=st.integers(1, 4000))
def test_more_time_never_reads_as_less(days: int) -> None:
    def length(text: str) -> int:
        number, unit = text.split()[:2]
        return int(number) * (30 if unit.startswith("month") else 1)

    sooner = formats.time_left(TODAY + dt.timedelta(days), TODAY)
    later = formats.time_left(TODAY + dt.timedelta(days + 1), TODAY)
    assert length(sooner) <= length(later)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-2, "2 days ago"),
        (5, "in 5 days"),
        (-60, "21 Sep 2025"),
    ],
)
def test_days_as_seen_from_today(days: int, text: str) -> None:
    assert formats.relative_day(TODAY + dt.timedelta(days), TODAY) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (1023, "1,023 bytes"), (1024, "1.0 KB"), (188416, "184 KB"), (12582912, "12 MB")],
)
def test_file_sizes(size: int, text: str) -> None:
    assert formats.file_size(size).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("share", "text"),
    [("0", "0%"), ("0.0001", "1%"), ("0.425", "43%"), ("0.999", "99%"), ("1", "100%"), ("1.132", "113%")],
)
def test_a_share_is_whole_only_of_the_whole(share: str, text: str) -> None:
    assert formats.share(Decimal(share)) == text


@pytest.mark.parametrize(
    ("locale", "rate", "text", "short"),
    [
        ("en_GB", "24.9", "24.90%", "24.9%"),
        ("en_GB", "4.125", "4.125%", "4.125%"),
        ("en_GB", "0", "0.00%", "0%"),
        ("en_GB", "100", "100.00%", "100%"),
        ("de_DE", "24.90", "24,90%", "24,9%"),
    ],
)
def test_rates_keep_their_decimals(locale: str, rate: str, text: str, short: str) -> None:
    speak(locale)
    assert formats.rate(Decimal(rate)) == text
    assert formats.rate(Decimal(rate), least=0) == short


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en_GB", "14 Mar"), ("de_DE", "14. März"), ("es_ES", "14 de mar"), ("ja_JP", "2027年3月14日")],
)
def test_a_day_goes_without_its_year_where_the_locale_puts_that_last(locale: str, text: str) -> None:
    speak(locale)
    assert formats.day(dt.date(2027, 3, 14)) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (["a", "b", "c", "d"], "a, b or 2 more"),
    ],
)
def test_words_as_a_choice(words: list[str], text: str) -> None:
    assert formats.any_of(words) == text
