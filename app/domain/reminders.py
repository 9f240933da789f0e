"""Reminders of what is due: which of it to tell of today, and what is kept of what was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.due import OVERDUE_DAYS, DueItem, in_order
from app.domain.reminder_settings import ReminderSettings

__all__ = ["Told", "ToldItem", "reached", "to_tell"]


@dataclass(frozen=True, slots=True)
class ToldItem:
    """The last reminder of an item: so many days ahead it was, the day it was given, and the day of the item."""

    ahead: int
    given_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of, by identity, and the last day on which something was."""

    items: Mapping[UUID, ToldItem] = field(default_factory=dict)
    day: date | None = None

    def adding(self, items: Iterable[DueItem], settings: ReminderSettings, today: date) -> "Told":
        """Return what is remembered once these items were told of today; what is long past is forgotten."""
        oldest = today - timedelta(days=min(OVERDUE_DAYS, (today - date.min).days))
        kept = {identity: told for identity, told in self.items.items() if told.due_on >= oldest}
        for item in items:
            left = item.days_from(today)
            time = reached(left, settings.days)
            kept[item.identity] = ToldItem(left if time is None else time, today, item.on)
        return Told(kept, today)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "items": {
                str(identity): [told.ahead, told.given_on.isoformat(), told.due_on.isoformat()]
                for identity, told in self.items.items()
            },
        }

    @classmethod
    def from_json(cls, document: object) -> "Told":
        """Return what `to_json` wrote; nothing told for anything else."""
        if not isinstance(document, Mapping):
            return cls()
        try:
            items = {
                UUID(identity): ToldItem(int(ahead), date.fromisoformat(given), date.fromisoformat(due))
                for identity, (ahead, given, due) in document["items"].items()
            }
            day = document["day"]
            return cls(items, date.fromisoformat(day) if day else None)
        except (AttributeError, KeyError, TypeError, ValueError):
            return cls()


def reached(days_left: int, times: Iterable[int]) -> int | None:
    """Return the last reminder whose time has come with so many days left, None where none has."""
    return min((day for day in times if days_left <= day), default=None)


def to_tell(
    items: Iterable[DueItem],
    settings: ReminderSettings,
    snoozed: Mapping[UUID, date],
    told: Told,
    today: date,
) -> list[DueItem]:
    """Return what to remind of today, in the order of `in_order`.

    A reminder whose day went by while the program was closed is caught up, once; of several only the last. What is
    snoozed until a later day is left out, and told of when that day has come. The day of an item may be past, as
    that of a payment which was missed.
    """
    return in_order(item for item in items if _is_to_tell(item, settings, snoozed, told, today))


def _is_to_tell(
    item: DueItem,
    settings: ReminderSettings,
    snoozed: Mapping[UUID, date],
    told: Told,
    today: date,
) -> bool:
    if item.kind not in settings.kinds:
        return False
    before, until = told.items.get(item.identity), snoozed.get(item.identity)
    if until is not None and until > today:
        return False
    if until is not None and (before is None or before.given_on < until):
        return True
    time = reached(item.days_from(today), settings.days)
    return time is not None and (before is None or time < before.ahead)
