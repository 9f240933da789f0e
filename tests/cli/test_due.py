"""`due`."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar

from app.domain.debts import Debt, FixedMinimum
from app.domain.reminder_settings import ReminderSettings
from app.domain.warranties import Cover
from app.services import debts, purchases, reminders
from app.services.due import due
from tests.cli.conftest import Run
from tests.helpers.ledgers import bought, opened


@pytest.fixture
def today(run: Run, ledger_path: Path) -> date:
    """The present day of a ledger in which a few things are due."""
    run("new", "--currency", "EUR")
    with opened(ledger_path) as ledger:
        today = ledger.today()
        start = today - timedelta(days=200)
        ledger.run(
            purchases.add(
                bought(
                    "Kettle, 1.7 l; “blue”",
                    purchased_on=start,
                    return_by=today,
                    retailer="Händler Süd",
                    covers=(Cover(start, today + timedelta(days=1), provider="日本の会社"),),
                )
            )
        )
        ledger.run(
            purchases.add(bought("Lamp", 5, "JPY", purchased_on=start, return_by=today + timedelta(days=91)))
        )
        ledger.run(
            debts.add(
                Debt("Visa", "EUR", 100_000, start, Decimal(24), FixedMinimum(2_500), creditor="Harbour Bank",
                     promo_apr=Decimal("1.9"), promo_ends_on=today + timedelta(days=2))
            )
        )  # fmt: skip
    return today


def test_words_for_people(run: Run, today: date) -> None:
    day = [(today + timedelta(days=ahead)).isoformat() for ahead in range(3)]
    assert run("due").out.splitlines() == [
        f"{day[0]}  today      Return by                49.00 EUR  Kettle, 1.7 l; “blue” (Händler Süd)",
        f"{day[1]}  in 1 day   Warranty ends            49.00 EUR  Kettle, 1.7 l; “blue” (日本の会社)",
        f"{day[2]}  in 2 days  Promotional rate ends  1000.00 EUR  Visa (Harbour Bank)",
    ]


def test_one_document(run: Run, today: date, ledger_path: Path) -> None:
    answer = run("due", "--days", "91", "--json")
    assert (answer.status, answer.err) == (0, "")
    found = answer.document["due"]
    assert [(one["kind"], one["on"], one["days"]) for one in found] == [
        ("RETURN_BY", today.isoformat(), 0),
        ("WARRANTY_END", (today + timedelta(days=1)).isoformat(), 1),
        ("PROMOTION_END", (today + timedelta(days=2)).isoformat(), 2),
        ("RETURN_BY", (today + timedelta(days=91)).isoformat(), 91),
    ]
    assert [(one["amount"], one["currency"], one["rate"], one["warranty"]) for one in found] == [
        ("49.00", "EUR", None, None),
        ("49.00", "EUR", None, "LIMITED"),
        ("1000.00", "EUR", "24", None),
        ("5", "JPY", None, None),
    ]
    assert [one["title"] for one in found] == ["Kettle, 1.7 l; “blue”"] * 2 + ["Visa", "Lamp"]
    assert [one["with"] for one in found] == ["Händler Süd", "日本の会社", "Harbour Bank", ""]
    with opened(ledger_path, read_only=True) as ledger:
        items = due(ledger, 91)
    assert [(UUID(one["uuid"]), one["record"]) for one in found] == [
        (item.uuid, item.record.value) for item in items
    ]


def test_days_limit_what_is_listed(run: Run, today: date) -> None:
    assert [len(run("due", "--days", days, "--json").document["due"]) for days in ("0", "1", "2", "90")] == [
        1,
        2,
        3,
        3,
    ]


def test_nothing_is_due(run: Run) -> None:
    run("new")
    assert run("due").out == "Nothing is due within 90 days.\n"
    assert run("due", "--days", "1").out == "Nothing is due within 1 day.\n"
    assert run("due", "--days", "0").out == "Nothing is due today.\n"
    assert run("due", "--json").document == {"due": []}
    assert run("due", "--days", "999999999999").status == 0


def test_a_file_for_calendars(run: Run, today: date, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    answer = run("due", "--ics", target)
    assert answer.status == 0
    size = target.stat().st_size
    assert answer.out.endswith(f"(Harbour Bank)\n\nWrote 3 dates ({size:,} bytes) to {target}.\n")
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events] == [
        (today, "Return by: Kettle, 1.7 l; “blue”"),
        (today + timedelta(days=1), "Warranty ends: Kettle, 1.7 l; “blue”"),
        (today + timedelta(days=2), "Promotional rate ends: Visa"),
    ]
    document = run("due", "--days", "0", "--ics", target, "--json").document
    assert len(document["due"]) == 1
    assert document["ics"]["rows"] == 1
    assert document["ics"]["path"] == str(target)
    assert document["ics"]["bytes"] == target.stat().st_size
    assert "\n\nWrote 1 date (" in run("due", "--days", "0", "--ics", target).out


def test_a_calendar_on_stdout_is_all_there_is(run: Run, today: date) -> None:
    answer = run("due", "--ics", "-")
    assert answer.status == 0
    assert answer.out.startswith("BEGIN:VCALENDAR")
    assert len(Calendar.from_ical(answer.out).walk("VEVENT")) == 3


def test_wrong_words(run: Run, today: date) -> None:
    answer = run("due", "--json", "--ics", "-")
    assert (answer.status, answer.out) == (2, "")
    assert "would both write to stdout; name a file" in answer.err
    assert run("due", "--days", "-1").status == 2
    assert run("due", "--days", "soon").status == 2


def test_a_place_that_cannot_be_written_is_refused(run: Run, today: date, ledger_path: Path) -> None:
    answer = run("due", "--json", "--ics", ledger_path / "due.ics")
    assert (answer.status, answer.out) == (1, "")
    assert "the ledger's own folder" in answer.err
    assert not (ledger_path / "due.ics").exists()


def test_a_ledger_that_is_not_there_is_refused(run: Run, ledger_path: Path) -> None:
    answer = run("due")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no ledger in" in answer.err
    assert not ledger_path.exists()


def test_alarms_follow_the_settings_and_snoozes_are_told(
    run: Run, today: date, ledger_path: Path, tmp_path: Path
) -> None:
    with opened(ledger_path) as ledger:
        ledger.run(reminders.save(ReminderSettings((5, 2))))
        items = due(ledger)
        ledger.run(reminders.snooze(items[:1], None))
        ledger.run(reminders.snooze(items[1:2], today + timedelta(days=1)))
    target = tmp_path / "due.ics"
    found = run("due", "--json", "--ics", target).document["due"]
    assert [one["snoozed_until"] for one in found] == [
        "never",
        (today + timedelta(days=1)).isoformat(),
        None,
    ]
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert [[alarm.TRIGGER.days for alarm in event.walk("VALARM")] for event in events] == [[], [], [-5, -2]]


def test_a_payment_that_was_missed_is_listed_first(run: Run, ledger_path: Path) -> None:
    run("new", "--currency", "EUR")
    with opened(ledger_path) as ledger:
        missed = ledger.today() - timedelta(days=3)
        ledger.now = lambda: datetime(missed.year, missed.month, 1, tzinfo=UTC) - timedelta(days=40)  # type: ignore[method-assign]
        visa = Debt(
            "Visa", "EUR", 100_000, date(2020, 1, 1), Decimal(0), FixedMinimum(2_500), due_day=missed.day
        )
        ledger.run(debts.add(visa))
    assert run("due", "--days", "0").out == f"{missed}  3 days ago  Payment  25.00 EUR  Visa\n"
    assert run("due", "--days", "0", "--json").document["due"][0]["days"] == -3


def test_the_sample_has_something_due(run: Run, ledger_path: Path) -> None:
    run("demo")
    found = run("due", "--days", "365", "--json").document["due"]
    with opened(ledger_path, read_only=True) as ledger:
        assert [(one["on"], one["title"]) for one in found] == [
            (item.on.isoformat(), item.title) for item in due(ledger, 365)
        ]
    assert {"RETURN_BY", "WARRANTY_END", "PAYMENT", "PROMOTION_END"} == {one["kind"] for one in found}
