"""How values are written on the screen: numbers, money, dates, sizes and time left, in the user's locale.

Pure functions of their arguments and Qt's default locale. Text fields are read by `app.domain.parsing`.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale

from app.domain.money import Money, exponent
from app.ui.i18n import tr, tr_n

MINUS = "\u2212"
NO_VALUE = "—"
"""What stands in a cell or figure that has no value."""

_NARROW_BLANK = "\u00a0"
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
_SPELLED_OUT = 2
_DAYS_IN_WORDS = 90
"""Up to so many days a span is told in days, beyond it in months."""
_YEAR = re.compile(r"[,،]?\s*(?:de\s+)?\b\d{4}\b\.?$")
_WEEKDAY = re.compile(r"^d{3,4}[,،.]?\s*|[,،]?\s*d{3,4}$")


def locale() -> QLocale:
    """Return the locale that values are written in; British English where the system names none."""
    default = QLocale()
    if default.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return default


def count(number: int) -> str:
    """Return a whole number with the locale's groups: "1,234", negative with a true minus."""
    digits = locale().toString(abs(number))
    return f"{MINUS}{digits}" if number < 0 else digits


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction (0.061) as per cent ("6.1%")."""
    here = locale()
    digits = here.toString(abs(fraction) * 100, "f", decimals)
    sign = MINUS if round(fraction * 100, decimals) < 0 else ""
    return f"{sign}{digits}{here.percent()}"


def share(fraction: Decimal) -> str:
    """Return a share (0.4249) as whole per cent ("42%"); all is said only of all, and nothing only of nothing."""
    whole = int((fraction * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if whole == 100 and fraction < 1:
        whole = 99
    if whole == 0 and fraction > 0:
        whole = 1
    return f"{count(whole)}{locale().percent()}"


def rate(per_cent: Decimal, least: int = 2) -> str:
    """Return a rate in per cent with at least so many decimals: "24.90%", "4.125%"."""
    places = max(least, -int(per_cent.normalize().as_tuple().exponent))
    return f"{figure(per_cent, places)}{locale().percent()}"


def figure(value: Decimal, places: int) -> str:
    """Return a number of 0 or more with so many decimals in the locale's way, exactly."""
    here = locale()
    whole, _, part = f"{value:.{places}f}".partition(".")
    zero = ord(here.zeroDigit()[0])
    fraction = "".join(chr(zero + int(digit)) for digit in part)
    return here.toString(int(whole)) + (f"{here.decimalPoint()}{fraction}" if fraction else "")


def money(value: Money) -> str:
    """Return an amount with its currency and that currency's digits: "$1,234.50", "−$89.00", "CHF 12.00"."""
    before, after = _around(locale().name(), currency_symbol(value.currency))
    sign = MINUS if value.minor < 0 else ""
    return f"{sign}{before}{_digits(abs(value.minor), value.currency)}{after}"


def whole_money(units: int, currency: str, suffix: str = "") -> str:
    """Return whole units of a currency as an axis names them: "$1,500", with the suffix "k" as "$10k"."""
    before, after = _around(locale().name(), currency_symbol(currency))
    sign = MINUS if units < 0 else ""
    return f"{sign}{before}{locale().toString(abs(units))}{suffix}{after}"


def amount(value: Money) -> str:
    """Return an amount without its currency, as an input field shows it: "1,234.50"."""
    sign = MINUS if value.minor < 0 else ""
    return f"{sign}{_digits(abs(value.minor), value.currency)}"


def gain(value: Money) -> str:
    """Return a change of an amount with its sign, plus or minus: "+$49.60"."""
    return f"+{money(value)}" if value.minor > 0 else money(value)


def currency_symbol(currency: str) -> str:
    """Return "$", "€" or "£", and the code of every other currency, which no reader can mistake."""
    return _SYMBOLS.get(currency, currency)


def date(day: dt.date) -> str:
    """Return a calendar day: "14 Mar 2025", with the month's name in the locale."""
    return _month_names().toString(QDate(day.year, day.month, day.day), _date_pattern(locale().name()))


def day(of: dt.date) -> str:
    """Return a calendar day without its year, where that goes without saying: "14 Mar"."""
    written = date(of)
    return _YEAR.sub("", written) if _YEAR.search(written) else written


def weekday_date(day: dt.date) -> str:
    """Return a calendar day in full: "Thursday, 20 November 2025"."""
    here = locale()
    english = here.language() == QLocale.Language.English
    pattern = "dddd, d MMMM yyyy" if english else here.dateFormat(QLocale.FormatType.LongFormat)
    return here.toString(QDate(day.year, day.month, day.day), pattern)


def month(day: dt.date) -> str:
    """Return the month of a day: "Mar 2025"."""
    return _month_names().toString(QDate(day.year, day.month, day.day), "MMM yyyy")


def short_month(day: dt.date) -> str:
    """Return the month of a day where its year goes without saying: "Mar"."""
    return _month_names().toString(QDate(day.year, day.month, day.day), "MMM")


def date_range(first: dt.date, last: dt.date) -> str:
    """Return a span of days without what repeats: "13–19 Nov 2025", "28 Oct – 3 Nov 2025"."""
    if first == last:
        return date(last)
    if not _day_comes_first() or first.year != last.year:
        return f"{date(first)} – {date(last)}"
    here = locale()
    if first.month == last.month:
        return f"{here.toString(first.day)}–{date(last)}"
    begins = _month_names().toString(QDate(first.year, first.month, first.day), "d MMM")
    return f"{begins} – {date(last)}"


def day_range(first: dt.date, last: dt.date) -> str:
    """Return a span of days of one year without it, where that goes without saying: "1–20 Oct"."""
    if first == last or not _day_comes_first() or first.year != last.year:
        return day(first) if first == last else f"{day(first)} – {day(last)}"
    return _YEAR.sub("", date_range(first, last))


def date_time(moment: dt.datetime) -> str:
    """Return a moment in the zone it carries, to the minute: "18 Nov 2025, 21:04"."""
    clock = f"{moment.hour:02d}:{moment.minute:02d}"
    return tr("{date}, {time}").format(date=date(moment.date()), time=clock)


def time_left(end: dt.date | None, today: dt.date) -> str:
    """Return the time to a day in one unit: "27 months left", "ended 3 days ago"; None never ends."""
    if end is None or end == dt.date.max:
        return tr("lifetime")
    days = (end - today).days
    if days == 0:
        return tr("ends today")
    if days > 0:
        return _span(days, _months_between(today, end), _days_left, _months_left, None)
    return _span(-days, _months_between(end, today), _days_ago, _months_ago, _years_ago)


def time_left_in_full(end: dt.date | None, today: dt.date) -> str:
    """Return the time to a day in years and months: "2 years 3 months left"; otherwise as `time_left`."""
    if end is None or end == dt.date.max or (end - today).days <= _DAYS_IN_WORDS:
        return time_left(end, today)
    years, months = divmod(_months_between(today, end), 12)
    if not years:
        return time_left(end, today)
    whole = tr_n("{n} year", "{n} years", years)
    if not months:
        return tr("{span} left").format(span=whole)
    return tr("{years} {months} left").format(years=whole, months=tr_n("{n} month", "{n} months", months))


def relative_day(day: dt.date, today: dt.date) -> str:
    """Return a day as seen from `today`: "today", "yesterday", "3 days ago", "in 5 days", else the date."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: tr("yesterday"), 0: tr("today"), 1: tr("tomorrow")}[days]
    if abs(days) > 30:
        return date(day)
    return tr_n("in {n} day", "in {n} days", days) if days > 0 else tr_n("{n} day ago", "{n} days ago", -days)


def any_of(words: list[str]) -> str:
    """Return words as a choice: "Amazon", "Amazon or eBay", "Amazon, eBay or 3 more"."""
    if len(words) <= 1:
        return "".join(words)
    if len(words) <= _SPELLED_OUT + 1:
        return tr("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])
    rest = tr_n("{n} more", "{n} more", len(words) - _SPELLED_OUT)
    return tr("{first} or {last}").format(first=", ".join(words[:_SPELLED_OUT]), last=rest)


def all_of(words: list[str]) -> str:
    """Return words as a list: "EUR, GBP and JPY"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{words} and {last}").format(words=", ".join(words[:-1]), last=words[-1])


def file_size(size: int) -> str:
    """Return a size in bytes as "184 KB" or "1.4 MB"; a kilobyte is 1024 bytes here."""
    units = (tr("bytes"), tr("KB"), tr("MB"), tr("GB"), tr("TB"))
    value, step = float(size), 0
    while value >= 1023.5 and step < len(units) - 1:
        value, step = value / 1024, step + 1
    decimals = 1 if step and value < 9.95 else 0
    return f"{locale().toString(value, 'f', decimals)}{_NARROW_BLANK}{units[step]}"


def _month_names() -> QLocale:
    """The locale that months are named in; British Qt writes "Sept", which would not line up."""
    here = locale()
    if here.language() == QLocale.Language.English:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return here


def _digits(minor: int, currency: str) -> str:
    """The digits of an amount in the locale; made of whole numbers, so that no float rounds them."""
    here, places = locale(), exponent(currency)
    if places == 0:
        return here.toString(minor)
    whole, part = divmod(minor, 10**places)
    zero = ord(here.zeroDigit()[0])
    fraction = "".join(chr(zero + int(digit)) for digit in f"{part:0{places}d}")
    return f"{here.toString(whole)}{here.decimalPoint()}{fraction}"


@lru_cache(maxsize=64)
def _around(locale_name: str, symbol: str) -> tuple[str, str]:
    """What the locale puts before and after the digits of an amount with this symbol."""
    sample = QLocale(locale_name).toCurrencyString(1, symbol)
    zero = ord(QLocale(locale_name).zeroDigit()[0])
    at = sample.index(chr(zero + 1))
    before, after = sample[:at], sample[at + 1 :]
    if before and before[-1].isalpha():
        before += _NARROW_BLANK
    if after and after[0].isalpha():
        after = _NARROW_BLANK + after
    return before, after


@lru_cache(maxsize=8)
def _date_pattern(locale_name: str) -> str:
    """The locale's long date without weekday, with a short month; in English day, month, year."""
    here = QLocale(locale_name)
    if here.language() == QLocale.Language.English:
        return "d MMM yyyy"
    return _WEEKDAY.sub("", here.dateFormat(QLocale.FormatType.LongFormat)).replace("MMMM", "MMM").strip()


def _day_comes_first() -> bool:
    return _date_pattern(locale().name()) == "d MMM yyyy"


def _months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from `first` to `last`."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day else months


_Words = Callable[[int], str]


def _span(days: int, months: int, in_days: _Words, in_months: _Words, in_years: _Words | None) -> str:
    """The one unit that suits the length of a span."""
    if days <= _DAYS_IN_WORDS:
        return in_days(days)
    if in_years is not None and months >= 24:
        return in_years(months // 12)
    return in_months(max(months, _DAYS_IN_WORDS // 30))


def _days_left(n: int) -> str:
    return tr_n("{n} day left", "{n} days left", n)


def _months_left(n: int) -> str:
    return tr_n("{n} month left", "{n} months left", n)


def _days_ago(n: int) -> str:
    return tr_n("ended {n} day ago", "ended {n} days ago", n)


def _months_ago(n: int) -> str:
    return tr_n("ended {n} month ago", "ended {n} months ago", n)


def _years_ago(n: int) -> str:
    return tr_n("ended {n} year ago", "ended {n} years ago", n)
