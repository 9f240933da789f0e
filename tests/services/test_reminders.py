"""Reminders in a real ledger: told once, snoozed and woken with undo, missed payments, and alarms of calendars."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar

from app.domain.debts import BalanceEntry, BalanceSource, Debt, FixedMinimum, Payment
from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.reminder_settings import ReminderSettings
from app.domain.warranties import Cover
from app.services import debts, due, purchases, reminders
from app.services.changes import Area
from app.services.due import DueFilter, DueItem, DueKind
from app.services.exporting.calendar import export_calendar
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, new_ledger, opened

TODAY = date(2026, 11, 21)
BERLIN = Profile(currency="EUR", timezone="Europe/Berlin")


def set_clock(ledger: Ledger, day: date, hour: int = 12) -> None:
    ledger.now = lambda: datetime(day.year, day.month, day.day, hour, tzinfo=UTC)  # type: ignore[method-assign]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger", BERLIN) as made:
        set_clock(made, TODAY)
        yield made


def warranty(ledger: Ledger, days: int, name: str = "Kettle") -> int:
    ends = ledger.today() + timedelta(days=days)
    kettle = bought(name, purchased_on=date(2025, 1, 1), covers=(Cover(date(2025, 1, 1), ends),))
    return int(ledger.run(purchases.add(kettle)).result)


def tell(ledger: Ledger) -> list[str]:
    """Tell as the window does, and return the titles."""
    found = reminders.to_tell(ledger)
    if found:
        ledger.run(reminders.told(ledger, found))
    return [item.title for item in found]


def test_a_reminder_is_told_once_also_after_a_restart(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger", BERLIN) as ledger:
        set_clock(ledger, TODAY)
        warranty(ledger, 30)
        warranty(ledger, 31, "Lamp")
        assert tell(ledger) == ["Kettle"]
        assert tell(ledger) == []
        assert reminders.last_told(ledger) == TODAY
    with opened(tmp_path / "ledger") as ledger:
        set_clock(ledger, TODAY)
        assert tell(ledger) == []
        set_clock(ledger, TODAY + timedelta(days=25))
        assert tell(ledger) == ["Kettle", "Lamp"]
        set_clock(ledger, TODAY)
        assert tell(ledger) == []


def test_the_day_is_that_of_the_profile(ledger: Ledger) -> None:
    warranty(ledger, 31)
    set_clock(ledger, TODAY, 22)
    assert tell(ledger) == []
    set_clock(ledger, TODAY, 23)
    assert tell(ledger) == ["Kettle"]


def test_snoozing_and_waking_can_be_undone(ledger: Ledger) -> None:
    warranty(ledger, 10)
    (kettle,) = reminders.soon(ledger)
    assert reminders.attention(ledger) == 1
    change = ledger.run(reminders.snooze([kettle], TODAY + timedelta(days=3)))
    assert change.label == "Snooze “Kettle”"
    assert Area.REMINDERS in change.areas
    assert reminders.attention(ledger) == 0
    (asleep,) = due.listing(ledger, DueFilter())
    assert asleep.snoozed_until == TODAY + timedelta(days=3)
    assert due.listing(ledger, DueFilter(snoozed=False)) == []
    ledger.run(reminders.snooze([asleep], None))
    assert reminders.snoozed_until(ledger, kettle) == reminders.FOR_EVER
    ledger.run(reminders.wake([asleep]))
    assert reminders.snoozed_until(ledger, kettle) is None
    states = []
    for _ in range(3):
        ledger.undo().result()
        states.append(reminders.snoozed_until(ledger, kettle))
    assert states == [reminders.FOR_EVER, TODAY + timedelta(days=3), None]
    ledger.redo().result()
    assert reminders.snoozed_until(ledger, kettle) == TODAY + timedelta(days=3)


def test_what_was_snoozed_comes_back_on_its_day(ledger: Ledger) -> None:
    warranty(ledger, 100)
    (kettle,) = due.listing(ledger, DueFilter(365))
    ledger.run(reminders.snooze([kettle], TODAY + timedelta(days=2)))
    set_clock(ledger, TODAY + timedelta(days=1))
    assert tell(ledger) == []
    set_clock(ledger, TODAY + timedelta(days=4))
    assert tell(ledger) == ["Kettle"]
    assert tell(ledger) == []
    set_clock(ledger, TODAY + timedelta(days=70))
    assert tell(ledger) == ["Kettle"]


def test_many_are_snoozed_at_once(ledger: Ledger) -> None:
    for number in range(5):
        warranty(ledger, number, f"Kettle {number}")
    items = reminders.soon(ledger)
    assert ledger.run(reminders.snooze(items, None)).label == "Silence 5 dates"
    assert reminders.soon(ledger) == []
    ledger.undo().result()
    assert len(reminders.soon(ledger)) == 5


def test_nothing_is_told_where_notices_are_off(ledger: Ledger) -> None:
    warranty(ledger, 1)
    ledger.run(reminders.save(ReminderSettings(notify=False)))
    assert reminders.to_tell(ledger) == []
    assert reminders.attention(ledger) == 1
    ledger.run(reminders.save(ReminderSettings(kinds=frozenset())))
    assert reminders.to_tell(ledger) == []
    assert reminders.attention(ledger) == 0


def test_settings_are_checked_and_change_what_counts_as_soon(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="numbers of days from 0 to 3650"):
        reminders.save(ReminderSettings((30, 4000)))
    warranty(ledger, 45)
    assert reminders.attention(ledger) == 0
    change = ledger.run(reminders.save(ReminderSettings((60,))))
    assert not change.undoable
    assert {Area.PURCHASES, Area.WARRANTIES, Area.REMINDERS} <= change.areas
    assert ledger.reminders.window == 60
    assert reminders.attention(ledger) == 1


# -- payments that were not made


def owing(ledger: Ledger, due_day: int = 15, **fields: object) -> int:
    debt = Debt("Visa", "EUR", 100_000, date(2026, 1, 1), Decimal(12), FixedMinimum(2_500), due_day=due_day)
    return int(ledger.run(debts.add(debt)).result)


def missed(ledger: Ledger) -> list[DueItem]:
    return [item for item in due.listing(ledger, DueFilter(0)) if item.on < ledger.today()]


def test_a_payment_that_was_not_recorded_stays_for_two_weeks(ledger: Ledger) -> None:
    set_clock(ledger, date(2026, 11, 1))
    owing(ledger)
    set_clock(ledger, date(2026, 11, 16))
    (late,) = missed(ledger)
    assert (late.kind, late.on, late.amount) == (DueKind.PAYMENT, date(2026, 11, 15), 2_500)
    assert reminders.attention(ledger) == 2
    set_clock(ledger, date(2026, 11, 29))
    assert len(missed(ledger)) == 1
    set_clock(ledger, date(2026, 11, 30))
    assert missed(ledger) == []


@pytest.mark.parametrize(
    ("paid_on", "amount", "is_missed"),
    [
        (date(2026, 11, 16), 2_500, False),
        (date(2026, 11, 2), 2_500, False),
        (date(2026, 11, 14), 1_000, True),
        (date(2026, 10, 15), 2_500, True),
    ],
)
def test_a_payment_of_the_month_settles_it(
    ledger: Ledger, paid_on: date, amount: int, is_missed: bool
) -> None:
    set_clock(ledger, date(2026, 10, 1))
    id = owing(ledger)
    set_clock(ledger, date(2026, 11, 18))
    ledger.run(debts.record_payment(Payment(id, paid_on, amount)))
    assert bool(missed(ledger)) is is_missed


def test_a_later_statement_settles_it_too(ledger: Ledger) -> None:
    set_clock(ledger, date(2026, 10, 1))
    id = owing(ledger)
    set_clock(ledger, date(2026, 11, 18))
    assert missed(ledger)
    entry = BalanceEntry(id, date(2026, 11, 16), 97_000, BalanceSource.STATEMENT)
    ledger.run(debts.record_balance(entry))
    assert missed(ledger) == []


def test_a_debt_begins_with_what_is_asked_for_after_it_was_entered(ledger: Ledger) -> None:
    owing(ledger)
    assert missed(ledger) == []


# -- calendars


def alarms(ledger: Ledger, items: list[DueItem]) -> list[list[timedelta]]:
    stream = io.BytesIO()
    export_calendar(ledger, items, stream)
    calendar = Calendar.from_ical(stream.getvalue())
    return [[alarm.TRIGGER for alarm in event.walk("VALARM")] for event in calendar.walk("VEVENT")]


def test_a_calendar_reminds_as_the_settings_say(ledger: Ledger) -> None:
    warranty(ledger, 20)
    items = due.listing(ledger, DueFilter())
    assert alarms(ledger, items) == [[timedelta(days=-30), timedelta(days=-7), timedelta(days=-1)]]
    ledger.run(reminders.save(ReminderSettings((400, 0))))
    assert alarms(ledger, items) == [[timedelta(days=-400), timedelta(0)]]


def test_a_calendar_is_quiet_while_something_is_snoozed(ledger: Ledger) -> None:
    warranty(ledger, 20)
    items = due.listing(ledger, DueFilter())
    ledger.run(reminders.snooze(items, TODAY + timedelta(days=13)))
    week = [timedelta(days=-7), timedelta(days=-1)]
    assert alarms(ledger, due.listing(ledger, DueFilter())) == [week]
    ledger.run(reminders.snooze(items, None))
    assert alarms(ledger, due.listing(ledger, DueFilter())) == [[]]
