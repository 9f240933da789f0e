"""Covers on a purchase: how long they last, what state they are in on a day, and what makes one valid."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.domain.dates import EARLIEST, LATEST
from app.domain.problems import Problem
from app.domain.text import NAME_LIMIT, NOTE_LIMIT

COVER_KINDS = ("LIMITED", "EXTENDED", "LIFETIME", "STATUTORY", "PARTS", "LABOUR", "ACCIDENTAL")
"""The kinds of cover that the program names itself; any other text is welcome."""

LIFETIME = "LIFETIME"
REMINDER_DAYS = 30
"""How many days before its end a cover counts as expiring, unless the settings say otherwise."""


class CoverStatus(StrEnum):
    """The state of a cover on a day; always derived, never stored."""

    ACTIVE = "ACTIVE"
    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"
    VOIDED = "VOIDED"


def own_kind(text: str) -> str:
    """Return a kind of the program's own in its capitals, and any other text as it is."""
    return text.upper() if text.upper() in COVER_KINDS else text


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar units, as in "24 months from purchase"."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.days)

    def __add__(self, more: "Duration") -> "Duration":
        years, months = divmod(self.total_months + more.total_months, 12)
        return Duration(years, months, self.days + more.days)

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return self.years * 12 + self.months


def add_duration(start: date, duration: Duration) -> date:
    """Return the day that lies `duration` after `start`.

    Years and months come first, then days. A day that the month does not have becomes its last one:
    one month after 31 January is 28 or 29 February. Raises `OverflowError` outside the years 1 to 9999.
    """
    month_index = start.year * 12 + start.month - 1 + duration.total_months
    year, month = divmod(month_index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("The warranty would end outside the years 1 to 9999.")
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_day)) + timedelta(days=duration.days)


@dataclass(frozen=True, slots=True)
class Cover:
    """One warranty on a purchase. `ends_on` is the last day covered, and none for a lifetime.

    Where `duration` is given the end was derived from it, and follows when the start changes.
    """

    starts_on: date
    ends_on: date | None = None
    duration: Duration | None = None
    kind: str = "LIMITED"
    provider: str = ""
    policy_number: str = ""
    notes: str = ""
    voided: bool = False
    uuid: UUID | None = None
    id: int = 0

    @property
    def last_day(self) -> date:
        """The last day covered; for a lifetime the last day there is."""
        return date.max if self.ends_on is None else self.ends_on

    def in_force(self, day: date) -> bool:
        """Tell whether something that happens on a day is covered."""
        return not self.voided and self.starts_on <= day <= self.last_day


class Horizon(NamedTuple):
    """The day on which states are judged, and how many days before its end a cover counts as expiring."""

    today: date
    window: int = REMINDER_DAYS

    @property
    def soon(self) -> date:
        """The last day that counts as soon."""
        return self.today + timedelta(days=self.window)


def cover_for(starts_on: date, duration: Duration, kind: str = "LIMITED") -> Cover:
    """Return the cover that lasts `duration` from a day, with its end derived."""
    return Cover(starts_on, add_duration(starts_on, duration), duration, kind)


def cover_status(cover: Cover, today: date, reminder_days: int = REMINDER_DAYS) -> CoverStatus:
    """Return the state of a cover on a day; the day it ends on is still covered."""
    if cover.voided:
        return CoverStatus.VOIDED
    return status_until(cover.last_day, today, reminder_days)


def status_until(last_day: date, today: date, reminder_days: int = REMINDER_DAYS) -> CoverStatus:
    """Return the state of a cover that is in force up to and including `last_day`."""
    if last_day < today:
        return CoverStatus.EXPIRED
    if (last_day - today).days <= reminder_days:
        return CoverStatus.EXPIRING
    return CoverStatus.ACTIVE


def furthest(covers: Iterable[Cover]) -> date | None:
    """Return the last day that any cover not voided reaches (`date.max` for a lifetime), or None without one."""
    return max((cover.last_day for cover in covers if not cover.voided), default=None)


def check_cover(cover: Cover) -> list[Problem]:
    """Return what keeps a cover from being saved."""
    problems = []
    if not cover.kind.strip():
        problems.append(Problem("kind", "Say what kind of warranty this is, for example Limited."))
    if cover.kind == LIFETIME and cover.ends_on is not None:
        problems.append(
            Problem("ends_on", "A lifetime warranty has no end; remove the date or choose another kind.")
        )
    if cover.kind != LIFETIME and cover.ends_on is None:
        problems.append(Problem("ends_on", "Enter when the warranty ends, or how long it lasts."))
    if not EARLIEST <= cover.starts_on <= LATEST:
        problems.append(Problem("starts_on", f"Enter a start between {EARLIEST.year} and {LATEST.year}."))
    if cover.ends_on is not None and cover.ends_on > LATEST:
        problems.append(
            Problem("ends_on", f"Enter an end up to {LATEST.year}; for ever is a lifetime warranty.")
        )
    if cover.ends_on is not None and cover.ends_on < cover.starts_on:
        problems.append(Problem("ends_on", "The warranty ends before it starts; change one of the dates."))
    return [*problems, *_too_long(cover)]


_TEXTS = {"kind": "kind of warranty", "provider": "provider", "policy_number": "policy number"}


def _too_long(cover: Cover) -> list[Problem]:
    problems = [
        Problem(field, f"The {words} is too long; use at most {NAME_LIMIT} characters.")
        for field, words in _TEXTS.items()
        if len(getattr(cover, field)) > NAME_LIMIT
    ]
    if len(cover.notes) > NOTE_LIMIT:
        problems.append(Problem("notes", f"The notes are too long; use at most {NOTE_LIMIT:,} characters."))
    return problems
