"""When the owner of a ledger wants to be reminded of what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.due_kinds import DueKind
from app.domain.problems import Problem
from app.domain.warranties import REMINDER_DAYS

USUAL_DAYS = (30, 7, 1)
MOST_TIMES = 10
LONGEST = 3650
"""No reminder is given more than ten years ahead."""


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """When to remind, in days before a thing is due, and of which kinds. `notify` lets a notice appear by itself."""

    days: tuple[int, ...] = USUAL_DAYS
    kinds: frozenset[DueKind] = frozenset(DueKind)
    notify: bool = True

    @property
    def window(self) -> int:
        """How many days ahead something counts as soon, and a cover as expiring: the earliest reminder."""
        return max(self.days, default=REMINDER_DAYS)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain JSON values."""
        return {"days": list(self.days), "kinds": sorted(self.kinds), "notify": self.notify}

    @classmethod
    def from_json(cls, document: object) -> "ReminderSettings":
        """Return the settings that `to_json` wrote; the usual ones for anything else."""
        if not isinstance(document, Mapping):
            return cls()
        try:
            read = cls(
                tuple(int(day) for day in document["days"]),
                frozenset(DueKind(kind) for kind in document["kinds"]),
                bool(document["notify"]),
            )
        except (KeyError, TypeError, ValueError):
            return cls()
        return cls() if check_settings(read) else read


def check_settings(settings: ReminderSettings) -> list[Problem]:
    """Return what keeps reminder settings from being saved."""
    if len(settings.days) > MOST_TIMES:
        return [Problem("days", f"Enter at most {MOST_TIMES} reminders.")]
    if any(not 0 <= day <= LONGEST for day in settings.days):
        return [Problem("days", f"Enter numbers of days from 0 to {LONGEST}, for example 30, 7, 1.")]
    return []
