"""Axes: what their values mean, and how they are written on the axis, in the tooltip and in the table."""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.domain import money
from app.domain.money import Money
from app.domain.months import Month
from app.ui import formats
from app.ui.charts import ticks
from app.ui.charts.ticks import MOST, MOST_NAMES, Tick
from app.ui.i18n import tr


@dataclass(frozen=True)
class Axis:
    """How the values of an axis are written.

    `ticks(low, high, most)` gives its labels, `exact` a value as the tooltip and the table show it, `plain` as a
    spreadsheet reads it. `title` heads the column of an x axis. A `timely` axis has short tick lines.
    """

    title: str
    ticks: Callable[[float, float, int], list[Tick]]
    exact: Callable[[float], str]
    plain: Callable[[float], str]
    timely: bool = False
    least: float = 1.0
    """The smallest span that is worth an axis, in its values."""
    most: int = MOST
    """More labels than this are too many, even where they fit."""
    position: Callable[[dt.date], float] | None = None
    """Where a day stands on a time axis."""

    @classmethod
    def months(cls, start: Month) -> "Axis":
        """Return an axis of whole months after `start`, which itself is 0; a fraction is a day of the month."""
        return cls(
            tr("Month"),
            partial(ticks.months, start),
            partial(_month_exact, start),
            partial(_month_plain, start),
            timely=True,
            position=partial(_month_position, start),
        )

    @classmethod
    def dates(cls) -> "Axis":
        """Return an axis of calendar days, whose values are `date.toordinal()`."""
        return cls(
            tr("Date"),
            ticks.dates,
            lambda value: formats.date(dt.date.fromordinal(math.floor(value))),
            lambda value: dt.date.fromordinal(math.floor(value)).isoformat(),
            timely=True,
            position=lambda day: day.toordinal(),
        )

    @classmethod
    def money(cls, currency: str) -> "Axis":
        """Return an axis of amounts, whose values are minor units of `currency`. Raises `UnknownCurrency`."""
        unit = 10 ** money.exponent(currency)

        def labels(low: float, high: float, most: int) -> list[Tick]:
            large = max(abs(low), abs(high)) >= 10_000 * unit
            return ticks.numbers(low, high, most, unit, partial(_money_text, currency, large=large))

        return cls(
            currency,
            labels,
            lambda value: formats.money(Money(round(value), currency)),
            lambda value: money.plain(round(value), currency),
            least=unit,
        )

    @classmethod
    def count(cls, title: str = "") -> "Axis":
        """Return an axis of whole numbers."""
        return cls(
            title,
            lambda low, high, most: ticks.numbers(low, high, most, 1, lambda n, _step: formats.count(n)),
            lambda value: formats.count(round(value)),
            lambda value: str(round(value)),
        )

    @classmethod
    def percent(cls, title: str = "") -> "Axis":
        """Return an axis of fractions, written as per cent: 0.061 is "6.1%"."""
        return cls(
            title,
            lambda low, high, most: ticks.numbers(
                low, high, most, 0.01, lambda n, _step: formats.percent(n / 100, 0)
            ),
            lambda value: formats.percent(value, 1),
            lambda value: f"{value:.6g}",
            least=0.01,
        )

    @classmethod
    def names(cls, titles: Sequence[str], title: str = "") -> "Axis":
        """Return an axis of things side by side at 0, 1, 2, …, such as the bars of a chart."""
        named = tuple(titles)
        return cls(
            title,
            partial(ticks.names, named),
            lambda value: named[round(value)],
            lambda value: named[round(value)],
            most=MOST_NAMES,
        )


def _money_text(currency: str, units: int, step: int, *, large: bool) -> str:
    """An amount of an axis in as few digits as say it: "$1,500", "$10k", "$2M"."""
    if large and step % 1_000_000 == 0:
        return formats.whole_money(units // 1_000_000, currency, tr("M") if units else "")
    if large and step % 1000 == 0:
        return formats.whole_money(units // 1000, currency, tr("k") if units else "")
    return formats.whole_money(units, currency)


def _month_exact(start: Month, value: float) -> str:
    month, part = _month_at(start, value)
    return formats.date(part) if part is not None else formats.month(month.first_day)


def _month_plain(start: Month, value: float) -> str:
    month, part = _month_at(start, value)
    return part.isoformat() if part is not None else str(month)


def _month_at(start: Month, value: float) -> tuple[Month, dt.date | None]:
    """The month at a value, and the day where the value lies within the month."""
    whole = math.floor(value)
    month = start.plus(whole)
    day = round((value - whole) * month.days)
    return month, month.day(day + 1) if day else None


def _month_position(start: Month, day: dt.date) -> float:
    month = Month.of(day)
    return start.until(month) + (day.day - 1) / month.days
