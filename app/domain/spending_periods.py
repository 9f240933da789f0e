"""The periods that spending is looked at in: which days, cut into which steps, and what came before them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app.domain.dates import EARLIEST, LATEST
from app.domain.months import Month

MOST_STEPS = 400
"""More bars than this cannot be told apart; such a period is cut into longer steps."""

ONE_TOTAL = "*"
"""Asked for in place of a currency: everything converted into the owner's."""

_MONTHS = 12


class Span(NamedTuple):
    """A first and a last day, both included; it is empty where the last lies before the first."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return max((self.last - self.first).days + 1, 0)


class Preset(StrEnum):
    """The periods that have a name."""

    LAST_12_MONTHS = "last_12_months"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    ALL = "all"
    CUSTOM = "custom"


class Step(StrEnum):
    """What a period is cut into; weeks begin on Monday, as ISO 8601 has it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_LEAST_DAYS = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 28, Step.QUARTER: 90, Step.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Shift:
    """How far back a period is compared: whole months, or days."""

    months: int = 0
    days: int = 0

    def back(self, day: date) -> date:
        """Return the day so much earlier; in a month that does not have it, its last one."""
        return Month.of(day).plus(-self.months).day(day.day) - timedelta(days=self.days)

    def span(self, of: Span) -> Span:
        """Return the same days so much earlier; what ends with a month ends with one there too."""
        last = self.back(of.last)
        if self.months and of.last == Month.of(of.last).last_day:
            last = Month.of(last).last_day
        return Span(self.back(of.first), last)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of spending. `first` and `last` are of a custom period.

    `currency` is a code, "" for the ledger's first, or `ONE_TOTAL`.
    """

    preset: Preset = Preset.LAST_12_MONTHS
    first: date | None = None
    last: date | None = None
    currency: str = ""
    step: Step = Step.MONTH


def span_of(asked: Question, today: date, recorded: Span | None) -> Span:
    """Return the days that a question is about; `recorded` has the first and the last purchase.

    What is still going on ends today, except where everything is asked for.
    """
    match asked.preset:
        case Preset.LAST_12_MONTHS:
            return Span(Month.of(today).plus(1 - _MONTHS).first_day, today)
        case Preset.THIS_YEAR:
            return Span(date(today.year, 1, 1), today)
        case Preset.LAST_YEAR:
            return Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case Preset.ALL:
            return Span(recorded.first, max(recorded.last, today)) if recorded else Span(today, today)
    first = asked.first or (recorded.first if recorded else today)
    last = min(asked.last or max(today, first), LATEST)
    return Span(max(min(first, last), EARLIEST), max(last, EARLIEST))


def shift_of(asked: Question, span: Span) -> Shift | None:
    """Return how far back a period is compared; None for everything, which nothing came before.

    Years are compared with the year before. A period of one's own that begins with a month is compared with as
    many months before it, and any other with as many days.
    """
    if asked.preset is Preset.ALL:
        return None
    if asked.preset is not Preset.CUSTOM:
        return Shift(months=_MONTHS)
    if span.first.day == 1:
        return Shift(months=Month.of(span.first).until(Month.of(span.last)) + 1)
    return Shift(days=span.days)


def steps_for(span: Span) -> list[Step]:
    """Return what a period can be cut into without too many pieces, the shortest first."""
    return [step for step in Step if span.days // _LEAST_DAYS[step] <= MOST_STEPS] or [Step.YEAR]


def begins(day: date, step: Step) -> date:
    """Return the first day of the step that a day lies in."""
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day - timedelta(days=day.weekday())
        case Step.MONTH:
            return day.replace(day=1)
        case Step.QUARTER:
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year, 1, 1)


def next_step(start: date, step: Step) -> date:
    """Return the first day of the step after the one that begins on `start`."""
    if step in (Step.DAY, Step.WEEK):
        return start + timedelta(days=_LEAST_DAYS[step])
    months = {Step.MONTH: 1, Step.QUARTER: 3}.get(step, _MONTHS)
    return Month.of(start).plus(months).first_day


def cut(span: Span, step: Step) -> list[Span]:
    """Return the steps of a period in order; the first and the last have only the days that it has."""
    found = []
    start = span.first
    while start <= span.last:
        following = next_step(begins(start, step), step)
        found.append(Span(start, min(following - timedelta(days=1), span.last)))
        start = following
    return found


def cut_before(steps: list[Span], before: Span, shift: Shift) -> list[Span]:
    """Return what each step is compared with: together all days of the period before, each of them once."""
    starts = [shift.back(step.first) for step in steps]
    ends = [after - timedelta(days=1) for _, after in pairwise(starts)]
    return [Span(first, last) for first, last in zip(starts, [*ends, before.last], strict=True)]
