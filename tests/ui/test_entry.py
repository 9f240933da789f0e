"""What people type is read as their locale writes it, and the field says how where it could be doubted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from app.domain.money import Money
from app.domain.warranties import Duration
from app.ui import entry, formats

TODAY = date(2026, 11, 21)


@contextmanager
def _locale(name: str) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    try:
        yield
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "text", "minor", "noted"),
    [
        ("en_US", "139", 13900, False),
        ("en_US", "1,234.50", 123450, False),
        ("en_US", "1,234", 123400, True),
        ("en_US", "12,50", 1250, True),
        ("en_US", "$ 12.50", 1250, False),
        ("de_DE", "1.234", 123400, True),
        ("de_DE", "12,50 $", 1250, False),
        ("de_DE", "12.50", 1250, True),
    ],
)
def test_amounts_follow_the_locale(locale: str, text: str, minor: int, noted: bool) -> None:
    with _locale(locale):
        reading = entry.read_amount(text, "USD")
        assert reading.value == minor
        assert bool(reading.note) is noted
        if noted:
            assert formats.money(Money(minor, "USD")) in reading.note


def test_another_currency_is_taken_where_it_may_be_and_refused_elsewhere() -> None:
    with _locale("en_US"):
        assert entry.read_money("€12", "USD").value == Money(1200, "EUR")
        with pytest.raises(ValueError, match="This amount is in EUR"):
            entry.read_amount("€12", "USD")


@pytest.mark.parametrize("text", ["139,oo", "", "twelve", "--", "1e5", "NaN"])
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with _locale("en_US"), pytest.raises(ValueError, match=r"Enter an amount such as 139\.00\."):
        entry.read_amount(text, "USD")


def test_too_many_decimals_are_refused_in_words() -> None:
    with _locale("en_US"), pytest.raises(ValueError, match="JPY has no decimals"):
        entry.read_amount("12.5", "JPY")


@pytest.mark.parametrize(
    ("locale", "text", "day", "noted"),
    [
        ("en_US", "3/4/2025", date(2025, 3, 4), True),
        ("en_GB", "3/4/2025", date(2025, 4, 3), True),
        ("en_US", "31/3/2025", date(2025, 3, 31), True),
        ("en_US", "2025-03-31", date(2025, 3, 31), False),
        ("en_US", "14 Mar 2025", date(2025, 3, 14), False),
        ("de_DE", "3.4.2025", date(2025, 4, 3), False),
        ("en_GB", "today", TODAY, False),
        ("en_GB", "Yesterday", date(2026, 11, 20), False),
    ],
)
def test_dates_follow_the_locale(locale: str, text: str, day: date, noted: bool) -> None:
    with _locale(locale):
        reading = entry.read_date(text, TODAY)
        assert reading.value == day
        assert bool(reading.note) is noted


def test_a_day_that_does_not_exist_is_refused() -> None:
    with _locale("en_GB"), pytest.raises(ValueError, match="no day 30"):
        entry.read_date("30 February 2025", TODAY)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("24 months", Duration(months=24)),
        ("24", Duration(months=24)),
        ("2 years", Duration(years=2)),
        ("2y 6m", Duration(years=2, months=6)),
        ("2 years and 6 months", Duration(years=2, months=6)),
        ("90 days", Duration(days=90)),
        ("6 Wochen", Duration(days=42)),
        ("14 Mar 2027", None),
        ("2027-03-14", None),
        ("for ever", None),
        ("", None),
        ("0", None),
    ],
)
def test_lengths_of_time(text: str, duration: Duration | None) -> None:
    assert entry.read_duration(text) == duration


@pytest.mark.parametrize(
    ("locale", "text", "rate", "noted"),
    [
        ("en_US", "24.9", "24.9", False),
        ("en_US", "24.90 %", "24.9", False),
        ("en_US", "0%", "0", False),
        ("en_US", "4,125", "4125", False),
        ("de_DE", "4,125 %", "4.125", False),
        ("de_DE", "24.9", "24.9", True),
    ],
)
def test_rates_are_read_with_or_without_their_sign(locale: str, text: str, rate: str, noted: bool) -> None:
    with _locale(locale):
        reading = entry.read_rate(text)
    assert reading.value == Decimal(rate)
    assert bool(reading.note) == noted


@pytest.mark.parametrize("text", ["many", "5 USD", "1.2.3", "%"])
def test_what_is_no_rate_is_refused_with_an_example(text: str) -> None:
    with _locale("en_US"), pytest.raises(ValueError, match="Enter a rate such as 19\\.90%"):
        entry.read_rate(text)
