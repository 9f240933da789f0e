"""Work that comes round: how often, and whether it is due."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.months import Month


class Every(StrEnum):
    """How often something is done."""

    OFF = "OFF"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


def is_due(every: Every, last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether something that was done at the instant `last` (None for never) is to be done again.

    Days, ISO weeks and months are those of `zone`. However many of them went by, it is due once. When `last` lies
    in the future the clock was set back since: it is due, for nobody can say how long it has been.
    """
    if every is Every.OFF:
        return False
    if last is None or last > now:
        return True
    before, today = last.astimezone(zone).date(), now.astimezone(zone).date()
    if every is Every.DAILY:
        return before != today
    if every is Every.WEEKLY:
        return before.isocalendar()[:2] != today.isocalendar()[:2]
    return Month.of(before) != Month.of(today)
