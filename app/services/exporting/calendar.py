"""What is due as a file for calendars (iCalendar, RFC 5545), which any calendar program opens."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app import __version__
from app.domain.due import DueItem
from app.domain.due_kinds import DueKind
from app.domain.money import Money
from app.domain.problems import Problem, Refused
from app.domain.reminder_settings import LONGEST
from app.domain.warranties import COVER_KINDS
from app.services.due import TITLES
from app.services.exporting.running import ExportReport
from app.services.exporting.sink import sink_for
from app.services.jobs import JobContext
from app.services.ledger import Ledger

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_EVENTS_AT_ONCE = 200
_END = b"END:VCALENDAR\r\n"
_PARTIES = {
    DueKind.RETURN_BY: "Retailer",
    DueKind.WARRANTY_END: "Provider",
    DueKind.PAYMENT: "Creditor",
    DueKind.LAST_INSTALMENT: "Creditor",
    DueKind.PROMOTION_END: "Creditor",
}
_AMOUNTS = {
    DueKind.RETURN_BY: "Paid",
    DueKind.WARRANTY_END: "Paid",
    DueKind.PAYMENT: "Minimum payment",
    DueKind.LAST_INSTALMENT: "Instalment",
    DueKind.PROMOTION_END: "Owed today",
}


def export_calendar(
    ledger: Ledger,
    items: Sequence[DueItem],
    target: Path | BinaryIO,
    reminders: Sequence[int] | None = None,
    context: JobContext | None = None,
) -> ExportReport:
    """Write things that are due as events of a whole day, and return what was written; `rows` are events.

    Each has a reminder so many days before as a number of `reminders` says, by default those of the ledger's
    settings; there may be none, and of what is snoozed none comes before its snooze ends. An item has the same
    identifier in every file, so that a calendar that is given a newer file does not show it twice. A file is there
    whole or not at all. Raises `Refused` for reminders or a target that cannot be, `EnvironmentProblem`, and
    `Cancelled` when the job was.
    """
    started = time.monotonic()
    running = context or JobContext()
    before = _checked(ledger.reminders.days if reminders is None else reminders)
    written_at = ledger.now()
    with sink_for(target, ledger.path) as sink:
        # Event by event: a calendar as one object takes a hundred times the memory of its text.
        sink.write(_calendar(ledger.profile.name).to_ical().removesuffix(_END))
        for done, item in enumerate(items):
            if done % _EVENTS_AT_ONCE == 0:
                running.check()
                running.progress(done, len(items))
            sink.write(_event(item, written_at, before).to_ical())
        sink.write(_END)
        running.check()
    path = str(target.absolute()) if isinstance(target, Path) else "-"
    return ExportReport(len(items), sink.size, sink.sha256, path, time.monotonic() - started)


def summary(item: DueItem) -> str:
    """Return the line by which a calendar shows an item."""
    if item.kind in (DueKind.PAYMENT, DueKind.LAST_INSTALMENT) and item.amount is not None:
        return f"{TITLES[item.kind]} of {Money(item.amount, item.currency)}: {item.title}"
    return f"{TITLES[item.kind]}: {item.title}"


def description(item: DueItem) -> str:
    """Return what else is known of an item, a line a fact; empty when that is nothing."""
    lines = []
    if item.party:
        lines.append(f"{_PARTIES[item.kind]}: {item.party}")
    if item.warranty_kind:
        kind = item.warranty_kind
        lines.append(f"Warranty: {kind.capitalize() if kind in COVER_KINDS else kind}")
    if item.rate is not None:
        lines.append(f"Rate from then on: {item.rate} %")
    if item.amount is not None:
        lines.append(f"{_AMOUNTS[item.kind]}: {Money(item.amount, item.currency)}")
    return "\n".join(lines)


def _checked(reminders: Sequence[int]) -> list[int]:
    for days in reminders:
        if not 0 <= days <= LONGEST:
            sentence = f"Remind 0 to {LONGEST} days before."
            raise Refused([Problem("reminders", sentence, str(days))])
    return sorted(set(reminders), reverse=True)


def _calendar(owner: str) -> "Calendar":
    from icalendar import Calendar

    name = f"Counterfoil – {owner}" if owner else "Counterfoil"
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Counterfoil//Counterfoil {__version__}//EN")
    calendar.add("calscale", "GREGORIAN")
    # The first is the standard's name of a calendar, the second the one that most programs read.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    return calendar


def _event(item: DueItem, written_at: datetime, before: Sequence[int]) -> "Event":
    from icalendar import Alarm, Event

    line, more = summary(item), description(item)
    event = Event()
    event.add("uid", str(item.identity))
    event.add("dtstamp", written_at)
    event.add("dtstart", item.on)
    event.add("dtend", item.on + timedelta(days=1))
    event.add("summary", line)
    if more:
        event.add("description", more)
    event.add("categories", [TITLES[item.kind]])
    # The day stays free: nobody is busy because a warranty ends.
    event.add("transp", "TRANSPARENT")
    for days in before:
        if item.snoozed_until is not None and days > item.days_from(item.snoozed_until):
            continue
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", line)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event
