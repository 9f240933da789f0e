"""Reminders of what is due: when to remind, what is snoozed, and what was told of already."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from app.domain.due import FOR_EVER, DueFilter, DueItem
from app.domain.problems import Refused
from app.domain.reminder_settings import LONGEST, ReminderSettings, check_settings
from app.domain.reminders import Told
from app.domain.reminders import to_tell as which_to_tell
from app.services.changes import Area, Command, Write, labelled
from app.services.due import listing, listing_with_snoozes
from app.services.ledger import REMINDERS_KEY, Interrupt, Ledger, Reader
from app.storage import settings, snoozes

__all__ = [
    "FOR_EVER",
    "TOLD_KEY",
    "attention",
    "last_told",
    "save",
    "snooze",
    "snoozed_until",
    "soon",
    "to_tell",
    "told",
    "wake",
]

TOLD_KEY = "reminders.told"
"""The setting that holds what was told of."""


def save(wanted: ReminderSettings) -> Command:
    """Save when to remind. Raises `Refused` with the problems of the settings. Not part of undo."""
    problems = check_settings(wanted)
    if problems:
        raise Refused(problems)

    def run(write: Write) -> None:
        settings.put(write, REMINDERS_KEY, wanted.to_json())
        # What counts as soon follows from the earliest reminder, and with it the states of warranties.
        for area in (Area.REMINDERS, Area.WARRANTIES, Area.PURCHASES):
            write.touch(area, None)

    return Command("Change reminders", run, undoable=False)


def snooze(items: Sequence[DueItem], until: date | None) -> Command:
    """Tell nothing of items until a day, None for never again. A day that is not to come ends a snooze."""
    verb = "Silence" if until is None else "Snooze"
    identities = [item.identity for item in items]

    def run(write: Write) -> None:
        snoozes.put(write, identities, until or FOR_EVER)

    return Command(_label(verb, items), run)


def wake(items: Sequence[DueItem]) -> Command:
    """End the snooze of items, whether for some days or for ever."""
    identities = [item.identity for item in items]

    def run(write: Write) -> None:
        snoozes.remove(write, identities)

    return Command(_label("Wake", items), run)


def snoozed_until(ledger: Ledger, item: DueItem) -> date | None:
    """Return the day until which nothing is told of an item, None where it is told of as the settings say."""
    until = ledger.read(snoozes.read).get(item.identity)
    return until if until is not None and until > ledger.today() else None


def soon(ledger: Ledger, interrupt: Interrupt | None = None) -> list[DueItem]:
    """Return what is due within the reminder window, of the kinds that reminders are given of, and not snoozed."""
    wanted = ledger.reminders
    if not wanted.kinds:
        return []
    return listing(ledger, DueFilter(wanted.window, wanted.kinds, snoozed=False), interrupt=interrupt)


def attention(ledger: Ledger, interrupt: Interrupt | None = None) -> int:
    """Return how much is due within the reminder window and not snoozed."""
    return len(soon(ledger, interrupt))


def to_tell(ledger: Ledger, interrupt: Interrupt | None = None) -> list[DueItem]:
    """Return what is to be told of today and was not yet; empty where no notice may appear by itself."""
    wanted, today = ledger.reminders, ledger.today()
    if not (wanted.notify and wanted.kinds):
        return []
    before = _read_told(ledger)
    days = _far(wanted, ledger.read(snoozes.read), before, today)
    items, snoozed = listing_with_snoozes(ledger, DueFilter(days, wanted.kinds), today, interrupt)
    return which_to_tell(items, wanted, snoozed, before, today)


def last_told(ledger: Ledger) -> date | None:
    """Return the last day on which something was told of."""
    return _read_told(ledger).day


def told(ledger: Ledger, items: Sequence[DueItem]) -> Command:
    """Remember that items were told of today. Not part of undo."""
    wanted, today = ledger.reminders, ledger.today()

    def run(write: Write) -> None:
        before = Told.from_json(settings.read(write.connection, TOLD_KEY))
        settings.put(write, TOLD_KEY, before.adding(items, wanted, today).to_json())

    return Command("Remember reminders", run, undoable=False)


def _far(wanted: ReminderSettings, snoozed: Mapping[UUID, date], before: Told, today: date) -> int:
    """Return how many days to look ahead: further than the first reminder only where a snooze may have just ended."""
    last = before.day or date.min
    return LONGEST if any(last <= until <= today for until in snoozed.values()) else wanted.window


def _read_told(ledger: Ledger) -> Told:
    def read(reader: Reader) -> Told:
        return Told.from_json(settings.read(reader, TOLD_KEY))

    return ledger.read(read)


def _label(verb: str, items: Sequence[DueItem]) -> str:
    return labelled(verb, "date", len(items), items[0].title if len(items) == 1 else "")
