"""What people type into fields, read as their locale writes it: amounts, dates, counts and lengths of time.

A reading has a note where the text could have meant something else, or was not written the locale's way, so
that the field can say how it was understood. Every reader raises `ValueError` with a sentence for the user.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from PySide6.QtCore import QLocale

from app.domain.money import Money, exponent, to_minor
from app.domain.parsing import (
    DateOrder,
    DecimalMark,
    NotUnderstood,
    ParsedAmount,
    parse_date,
    parse_money,
    parse_whole_number,
)
from app.domain.text import fold
from app.domain.warranties import Duration
from app.ui import formats
from app.ui.i18n import tr

T = TypeVar("T")

_YEARS = frozenset("y yr yrs year years j jahr jahre jahren a an ans ano anos anno anni".split())
_MONTHS = frozenset("m mo mon month months monat monate monaten mois mes meses mese mesi".split())
_WEEKS = frozenset("w wk week weeks woche wochen semaine semaines".split())
_DAYS = frozenset("d day days t tag tage tagen jour jours dia dias giorno giorni".split())
_LENGTH = re.compile(r"([0-9]{1,5}) *([^\W\d_]*)\.?,? *(?:(?:and|und|et|y|e) )?")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a text was understood as, and a note ("" for none) saying so where that needs saying."""

    value: T
    note: str = ""


def decimal_mark() -> DecimalMark:
    """Return the mark before the decimals in the user's locale."""
    return "." if formats.locale().decimalPoint() == "." else ","


def date_order() -> DateOrder:
    """Return the order in which the user's locale writes day, month and year in digits."""
    pattern = formats.locale().dateFormat(QLocale.FormatType.ShortFormat)
    places = sorted((pattern.find(letter), letter.lower()) for letter in "dMy")
    order = "".join(letter for _, letter in places)
    return {"mdy": "mdy", "ymd": "ymd"}.get(order, "dmy")  # type: ignore[return-value]


def read_money(text: str, currency: str) -> Reading[Money]:
    """Return an amount, in `currency` unless another one is written beside it."""
    parsed, doubtful = _parsed_money(text, currency)
    money = Money(to_minor(parsed.value, parsed.currency or currency), parsed.currency or currency)
    if not doubtful:
        return Reading(money)
    return Reading(money, tr("Read as {amount}.").format(amount=formats.money(money)))


def read_amount(text: str, currency: str) -> Reading[int]:
    """Return an amount in minor units of `currency`; one in another currency is refused."""
    reading = read_money(text, currency)
    if reading.value.currency != currency:
        words = tr("This amount is in {other}, not in {currency}; enter it in {currency}.")
        raise NotUnderstood(words.format(other=reading.value.currency, currency=currency))
    return Reading(reading.value.minor, reading.note)


def read_rate(text: str) -> Reading[Decimal]:
    """Return a rate in per cent, with or without a percent sign behind it."""
    plain = text.strip().removesuffix(formats.locale().percent()).removesuffix("%").strip()
    doubtful = False
    try:
        parsed = parse_money(plain, decimal_mark())
    except NotUnderstood:
        parsed, doubtful = _rate_in_any_way(plain), True
    if parsed.currency:
        raise NotUnderstood(_no_rate())
    if not doubtful:
        return Reading(parsed.value)
    return Reading(parsed.value, tr("Read as {rate}.").format(rate=formats.rate(parsed.value)))


def _rate_in_any_way(plain: str) -> ParsedAmount:
    try:
        return parse_money(plain, None)
    except NotUnderstood:
        raise NotUnderstood(_no_rate()) from None


def _no_rate() -> str:
    return tr("Enter a rate such as {example}.").format(example=formats.rate(Decimal("19.9")))


def read_date(text: str, today: dt.date) -> Reading[dt.date]:
    """Return a calendar day; "today" and "yesterday" are days too."""
    word = fold(text.strip())
    if word in (fold(tr("today")), fold(tr("yesterday"))):
        return Reading(today - dt.timedelta(days=int(word != fold(tr("today")))))
    try:
        day = parse_date(text, date_order())
    except NotUnderstood as refusal:
        try:
            day = parse_date(text, None)
        except NotUnderstood:
            raise refusal from None
        return Reading(day, _read_as(day))
    try:
        parse_date(text, None)
    except NotUnderstood:
        return Reading(day, _read_as(day))
    return Reading(day)


def read_count(text: str) -> Reading[int]:
    """Return a whole number."""
    return Reading(parse_whole_number(text, decimal_mark()))


def read_duration(text: str) -> Duration | None:
    """Return a length of time such as "24 months", "2 years 6 months" or "90 days"; None for anything else.

    A number alone is in months.
    """
    plain = fold(text.strip())
    years = months = days = 0
    at = 0
    while at < len(plain):
        match = _LENGTH.match(plain, at)
        if match is None:
            return None
        number, unit = int(match[1]), match[2]
        if unit in _YEARS:
            years += number
        elif unit in _MONTHS or (unit == "" and match[0] == plain):
            months += number
        elif unit in _WEEKS:
            days += 7 * number
        elif unit in _DAYS:
            days += number
        else:
            return None
        at = match.end()
    return Duration(years, months, days) or None


def _read_as(day: dt.date) -> str:
    return tr("Read as {date}.").format(date=formats.date(day))


def _parsed_money(text: str, currency: str) -> tuple[ParsedAmount, bool]:
    """Return an amount and whether it could be doubted: two readings, or not the locale's way of writing."""
    try:
        parsed = parse_money(text, decimal_mark(), currency)
    except NotUnderstood:
        try:
            return parse_money(text, None, currency), True
        except NotUnderstood:
            example = formats.amount(Money(139 * 10 ** exponent(currency), currency))
            raise NotUnderstood(tr("Enter an amount such as {example}.").format(example=example)) from None
    try:
        other = parse_money(text, None, currency)
    except NotUnderstood:
        return parsed, True
    return parsed, other.value != parsed.value
