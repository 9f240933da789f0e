"""Where the labels of an axis stand, and what they say: round values, never more than fit."""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.months import Month
from app.ui import formats

MOST = 8
"""More labels than this are not on an axis of amounts or of time."""
MOST_NAMES = 12
"""So many things side by side, such as the months of a year, may all be named."""

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_DAY_STEPS = (1, 2, 7, 14)
_DAYS_BY_DAY = 70
_NEARLY = 1e-9


class Tick(NamedTuple):
    """One label of an axis, and the value that it stands at."""

    at: float
    text: str


def round_step(span: float, most: float, least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, … times `least` that divides `span` into `most` parts at most."""
    wanted = max(span / most / least, 1.0)
    power = 10.0 ** math.floor(math.log10(wanted) + _NEARLY)
    factor = next(factor for factor in (1, 2, 5, 10) if factor * power >= wanted * (1 - _NEARLY))
    return factor * power * least


def numbers(
    low: float, high: float, most: float, least: float, text: Callable[[int, int], str]
) -> list[Tick]:
    """Return labels at multiples of a round step.

    `least` is the smallest step, in the values of the axis. `text` is given how many of it a label stands for, and
    the step.
    """
    step = round_step(high - low, most, least)
    first, last = math.ceil(low / step - _NEARLY), math.floor(high / step + _NEARLY)
    units = round(step / least)
    return [Tick(number * step, text(number * units, units)) for number in range(first, last + 1)]


def months(start: Month, low: float, high: float, most: int) -> list[Tick]:
    """Return labels of an axis that counts months after `start`: years, or months where years are too few."""
    base = start.year * 12 + start.month - 1
    first, last = math.ceil(low - _NEARLY), math.floor(high + _NEARLY)
    for step in _MONTH_STEPS:
        begin = -(-(base + first) // step) * step
        marks = range(begin, base + last + 1, step)
        if len(marks) <= most:
            return [Tick(mark - base, _month_text(mark, step)) for mark in marks]
    return []


def dates(low: float, high: float, most: int) -> list[Tick]:
    """Return labels of an axis whose values are ordinals of days: years, months or days."""
    first, last = max(math.ceil(low - _NEARLY), 1), math.floor(high + _NEARLY)
    if last - first <= _DAYS_BY_DAY:
        for step in _DAY_STEPS:
            days = range(-(-first // step) * step, last + 1, step)
            if len(days) <= most:
                return [Tick(day, formats.date(dt.date.fromordinal(day))) for day in days]
    start, end = Month.of(dt.date.fromordinal(first)), Month.of(dt.date.fromordinal(last))
    begin = 0 if start.first_day.toordinal() >= first else 1
    return [
        Tick(start.plus(round(tick.at)).first_day.toordinal(), tick.text)
        for tick in months(start, begin, start.until(end), most)
    ]


def names(titles: Sequence[str], low: float, high: float, most: int) -> list[Tick]:
    """Return the names of things that stand side by side at 0, 1, 2, …; every second or third where many."""
    first, last = max(math.ceil(low), 0), min(math.floor(high), len(titles) - 1)
    step = max(1, math.ceil((last - first + 1) / most))
    return [Tick(at, titles[at]) for at in range(first, last + 1, step)]


def _month_text(mark: int, step: int) -> str:
    year, month = divmod(mark, 12)
    return f"{year:04d}" if step >= 12 else formats.month(dt.date(max(year, 1), month + 1, 1))
