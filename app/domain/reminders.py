"""Reminders of what is due: which of it to tell of today."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from app.domain.due import DueItem, in_order
from app.domain.reminder_settings import ReminderSettings

FOR_EVER = date.max
"""Something snoozed until this day is not told of again."""


def reached(days_left: int, times: Iterable[int]) -> int | None:
    """Return the last reminder whose time has come with so many days left, None where none has."""
    return min((day for day in times if days_left <= day), default=None)


def to_tell(
    items: Iterable[DueItem],
    settings: ReminderSettings,
    snoozed: Mapping[UUID, date],
    told: Mapping[UUID, int],
    today: date,
) -> list[DueItem]:
    """Return what to remind of today, in the order of `in_order`.

    `told` has the reminder, in days ahead, that was given last of an item by its identity. A reminder whose day went
    by while the program was closed is caught up, once. What is snoozed until a later day is left out; when that day
    has come it is told of again, so what was told of it before is forgotten when it is snoozed.
    """
    return in_order(item for item in items if _is_to_tell(item, settings, snoozed, told, today))


def _is_to_tell(
    item: DueItem,
    settings: ReminderSettings,
    snoozed: Mapping[UUID, date],
    told: Mapping[UUID, int],
    today: date,
) -> bool:
    left = item.days_from(today)
    if left < 0 or item.kind not in settings.kinds:
        return False
    until, before = snoozed.get(item.identity), told.get(item.identity)
    if until is not None and (until > today or before is None):
        return until <= today
    time = reached(left, settings.days)
    return time is not None and (before is None or time < before)
