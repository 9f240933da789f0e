"""Dates and instants as people and programs write them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as dt_time
from functools import lru_cache
from typing import Literal

from app.domain.dates import EARLIEST, LATEST
from app.domain.parsing.calendar_words import FILLERS, MONTHS
from app.domain.parsing.trouble import NotUnderstood, shown, simplify
from app.domain.text import fold

DateOrder = Literal["ymd", "dmy", "mdy"]

PIVOT = 69
"""Two-digit years below this are of the 2000s, the others of the 1900s, as POSIX has it."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = re.compile(r"([0-9]{1,4})( ?[./\- ] ?)([0-9]{1,2})\2([0-9]{4}|[0-9]{1,2})\.?")
_COMPACT = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_EAST_ASIAN = re.compile(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]?")
_NO_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-]?")
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_TIME = re.compile(
    r"(?:T|,? +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)? ?([AaPp]\.?[Mm]\.?)?"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?$"
)
_MONTHS_IN_WORDS = "January February March April May June July August September October November December"
_MONTH_NAMES = _MONTHS_IN_WORDS.split()


def parse_date(text: str, order: DateOrder | None = None, zone: tzinfo | None = None) -> date:
    """Return the calendar day that a text says. Raises `NotUnderstood`.

    `order` says how `03/04/25` is meant; without it only dates that have one reading are read. ISO dates,
    dates with the year first and dates with the name of a month need none. A time behind the date is ignored,
    but where it has an offset from UTC and `zone` is given, the day is the one that the instant has there.
    """
    if _ISO.fullmatch(text):
        return _day(int(text[:4]), int(text[5:7]), int(text[8:]), text)
    return _parse_date(text, order, zone)


@lru_cache(maxsize=4096)
def _parse_date(text: str, order: DateOrder | None, zone: tzinfo | None) -> date:
    plain = simplify(text)
    time = _TIME.search(plain)
    if time is None:
        return _parse_day(plain.rstrip("Z"), order, text)
    day = _parse_day(plain[: time.start()], order, text)
    if zone is None or not time[6]:
        return day
    local = _combine(day, time, zone, text).astimezone(zone).date()
    return _day(local.year, local.month, local.day, text)


def parse_instant(text: str, zone: tzinfo = UTC, order: DateOrder | None = None) -> datetime:
    """Return the instant that a text says, in UTC with whole milliseconds. Raises `NotUnderstood`.

    A time without an offset is one in `zone`; a date without a time is its first moment there.
    """
    plain = simplify(text)
    time = _TIME.search(plain)
    day = _parse_day(plain[: time.start()] if time else plain, order, text)
    if time is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    return _combine(day, time, zone, text).astimezone(UTC)


def guess_date_order(samples: Iterable[str]) -> DateOrder | None:
    """Return the order of a column's dates, or None where it stays open, as `03/04/2025` alone leaves it.

    What is not a date has no say; dotted dates are taken for day first, as no one writes them otherwise.
    Where every date can be read in one way only, the order is "ymd". A few slips (one in ten) do not count.
    """
    seen: Counter[str] = Counter()
    for text in samples:
        if len(text) > 60 or _ISO.fullmatch(text):
            continue
        plain = simplify(text)
        time = _TIME.search(plain)
        match = _NUMBERS.fullmatch(plain[: time.start()] if time else plain)
        if match is not None:
            seen[_evident_order(match)] += 1
    days, months = seen["dmy"] + seen["dotted"], seen["mdy"]
    if days > 10 * months or (days and not months):
        return "dmy"
    if months > 10 * days or (months and not days):
        return "mdy"
    return None if days or seen["?"] else "ymd"


def _evident_order(match: re.Match[str]) -> str:
    """Return the order that a numeric date shows, "?" for none, "" where it has one reading in any order."""
    if len(match[1]) > 2:
        return ""
    first, second = int(match[1]), int(match[3])
    if first > 31:
        return "ymd"
    if first > 12 >= second:
        return "dmy"
    if second > 12 >= first:
        return "mdy"
    if "." in match[2]:
        return "dotted"
    return "" if first == second else "?"


def _parse_day(plain: str, order: DateOrder | None, text: str) -> date:
    plain = plain.strip().rstrip(",")
    match = _NUMBERS.fullmatch(plain)
    if match is not None:
        return _numeric_day(match, order, text)
    match = _COMPACT.fullmatch(plain) or _EAST_ASIAN.fullmatch(plain)
    if match is not None:
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if _NO_YEAR.fullmatch(plain):
        raise NotUnderstood(f"{shown(text)} has no year; write a whole date such as 2025-03-31.")
    return _worded_day(plain, text)


def _numeric_day(match: re.Match[str], order: DateOrder | None, text: str) -> date:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) > 2:
        return _day(first, second, third, text)
    if order is None or (order == "ymd" and len(match[4]) == 4):
        evident = _evident_order(match)
        if evident == "?":
            raise NotUnderstood(
                f"{shown(text)} has two readings; say whether the day or the month comes first."
            )
        order = "mdy" if evident == "mdy" else "ymd" if evident == "ymd" else "dmy"
    if order == "ymd":
        return _day(_full_year(match[1]), second, third, text)
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(_full_year(match[4]), month, day, text)


def _worded_day(plain: str, text: str) -> date:
    """Read a date that has the name of a month: `3. März 2025`, `Mar 3, 2025`, `3-Mar-25`."""
    month = 0
    numbers: list[str] = []
    for word in _WORDS.findall(plain):
        if word.isdigit():
            numbers.append(word)
            continue
        key = fold(word)
        if key in MONTHS and not month:
            month = MONTHS[key]
        elif key not in FILLERS:
            raise _not_a_date(text)
    if not month or len(numbers) != 2:
        raise _not_a_date(text)
    year, day = numbers if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    if len(day) > 2 or len(year) not in (2, 4):
        raise _not_a_date(text)
    return _day(_full_year(year), month, int(day), text)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _day(year: int, month: int, day: int, text: str) -> date:
    if not EARLIEST.year <= year <= LATEST.year:
        raise NotUnderstood(
            f"{shown(text)} lies outside the years {EARLIEST.year} to {LATEST.year}; mend the year."
        )
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise NotUnderstood(
                f"{shown(text)} has no month {month}; check the order of day and month."
            ) from None
        raise NotUnderstood(
            f"{shown(text)} does not exist: {_MONTH_NAMES[month - 1]} {year} has no day {day}; mend the date."
        ) from None


def _combine(day: date, time: re.Match[str], zone: tzinfo, text: str) -> datetime:
    """Return the moment of a day that the parts of a time say, in the time's own offset or else in `zone`."""
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[5]:
        if not 1 <= hour <= 12:
            raise NotUnderstood(f"{shown(text)} has no such hour; write the time as 14:30.")
        hour = hour % 12 + (12 if time[5][0] in "Pp" else 0)
    milliseconds = int(((time[4] or "") + "000")[:3])
    try:
        # A leap second is told as the last moment of its minute.
        clock = dt_time(hour, minute, min(second, 59), milliseconds * 1000)
    except ValueError:
        raise NotUnderstood(f"{shown(text)} has no such time; write the time as 14:30.") from None
    offset = time[6]
    if offset is None:
        return datetime.combine(day, clock, zone)
    if offset in ("Z", "UTC", "GMT"):
        return datetime.combine(day, clock, UTC)
    away = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    if away >= timedelta(hours=24):
        raise NotUnderstood(f"{shown(text)} has no such offset from UTC; write the time with a Z instead.")
    return datetime.combine(day, clock, timezone(-away if offset[0] == "-" else away))


def _not_a_date(text: str) -> NotUnderstood:
    return NotUnderstood(f"{shown(text)} is not a date; write one such as 2025-03-31.")
