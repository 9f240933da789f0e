"""Files for calendars, read back by the parser that calendars in Python use."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from app.domain.due import DueItem
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.money import Money
from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.text import clean
from app.services.due import TITLES, due
from app.services.exporting.calendar import description, export_calendar, summary
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from app.services.sample import make_sample
from tests.helpers import generated
from tests.helpers.ledgers import new_ledger, opened

TODAY = date(2025, 11, 20)
HARD = "Süßes, \\n saures; “Q\\uote”: ☕️\n日本語,\\;עברית  👩‍👩‍👧 \\\\"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Ledger]:
    make_sample(tmp_path / "ledger", today=TODAY)
    with opened(tmp_path / "ledger", read_only=True) as ledger:
        yield ledger


def item(title: str = "Kettle", **fields: object) -> DueItem:
    plain = DueItem(
        DueKind.WARRANTY_END,
        date(2026, 3, 29),
        title,
        DueRecord.WARRANTY,
        1,
        UUID(int=1),
        belongs_to=1,
        currency="EUR",
        amount=4_900,
        party="Maker",
        warranty_kind="LIMITED",
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def written(ledger: Ledger, items: list[DueItem], reminders: tuple[int, ...] | None = None) -> bytes:
    stream = io.BytesIO()
    report = export_calendar(ledger, items, stream, reminders)
    assert (report.rows, report.bytes, report.path) == (len(items), len(stream.getvalue()), "-")
    return stream.getvalue()


def events(data: bytes) -> list[Event]:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert calendar.errors == []
    for event in calendar.events:
        assert event.errors == []
    return calendar.events


def test_every_item_of_the_sample_is_found_again(sample: Ledger, tmp_path: Path) -> None:
    items = due(sample, 730, TODAY)
    target = tmp_path / "due.ics"
    report = export_calendar(sample, items, target)
    found = events(target.read_bytes())
    assert report.rows == len(items) == len(found) > 30
    for one, event in zip(items, found, strict=True):
        assert event["uid"] == str(one.identity)
        assert event.decoded("dtstart") == one.on
        assert not isinstance(event.decoded("dtstart"), datetime)
        assert event.decoded("dtend") == one.on + timedelta(days=1)
        assert str(event["summary"]).endswith(f": {one.title}")
        assert str(event["summary"]).startswith(TITLES[one.kind])
        assert str(event["description"]) == description(one)
        assert one.amount is not None
        assert str(Money(one.amount, one.currency)) in str(event["description"])
        assert one.party in str(event["description"])
        assert [alarm.decoded("trigger").days for alarm in event.walk("VALARM")] == [-30, -7, -1]
        assert {str(alarm["action"]) for alarm in event.walk("VALARM")} == {"DISPLAY"}
    assert len({str(event["uid"]) for event in found}) == len(found)


def test_the_calendar_says_whose_it_is(ledger: Ledger, tmp_path: Path) -> None:
    text = written(ledger, [item()])
    calendar = Calendar.from_ical(text)
    assert str(calendar["version"]) == "2.0"
    assert str(calendar["prodid"]).startswith("-//Counterfoil//")
    assert str(calendar["x-wr-calname"]) == "Counterfoil"
    with new_ledger(tmp_path / "named", Profile(name="Ådne; & Søn, Ltd", currency="EUR")) as named:
        assert str(Calendar.from_ical(written(named, []))["x-wr-calname"]) == "Counterfoil – Ådne; & Søn, Ltd"


def test_nothing_due_is_an_empty_calendar(ledger: Ledger) -> None:
    assert events(written(ledger, [])) == []


def test_the_text_is_as_the_standard_wants_it(ledger: Ledger) -> None:
    text = written(ledger, [item(title="Ünïcödé " * 40), item(HARD, uuid=UUID(int=2))])
    lines = text.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in text.replace(b"\r\n", b"")
    for line in lines:
        # No letter is cut in two by the fold.
        line.decode()
    assert b"DTSTART;VALUE=DATE:20260329\r\n" in text
    assert b"DTEND;VALUE=DATE:20260330\r\n" in text
    assert b"TRIGGER:-P30D\r\n" in text
    assert b"TZID" not in text


def test_the_stamp_is_the_moment_of_writing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 3, 28, 23, 59, 58, 123_000, tzinfo=UTC)
    monkeypatch.setattr(Ledger, "now", lambda _ledger: moment)
    assert b"DTSTAMP:20260328T235958Z\r\n" in written(ledger, [item()])


def test_a_second_file_has_the_same_identifiers(sample: Ledger) -> None:
    first, again = (events(written(sample, due(sample, 365, TODAY))) for _ in range(2))
    assert [str(event["uid"]) for event in first] == [str(event["uid"]) for event in again]
    later = events(written(sample, due(sample, 355, TODAY + timedelta(days=10))))
    assert {str(event["uid"]) for event in later} <= {str(event["uid"]) for event in first}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change its timezone")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_days_stay_whatever_the_timezone_of_the_machine_is(
    ledger: Ledger, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        # The night in which the clocks of Berlin go forward.
        assert b"DTSTART;VALUE=DATE:20260329\r\n" in written(ledger, [item()])
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", [*generated.NASTY, HARD, "BEGIN:VEVENT\r\nEND:VCALENDAR", "a" * 500])
def test_names_of_any_kind_come_back(ledger: Ledger, text: str) -> None:
    (event,) = events(written(ledger, [item(clean(text), party=clean(text), warranty_kind=clean(text))]))
    assert str(event["summary"]) == f"Warranty ends: {clean(text)}"
    kind = f"Warranty: {clean(text)}\n" if clean(text) else ""
    party = f"Provider: {clean(text)}\n" if clean(text) else ""
    assert str(event["description"]) == f"{party}{kind}Paid: 49.00 EUR"


def test_what_has_a_meaning_in_the_format_is_escaped(ledger: Ledger) -> None:
    text = written(ledger, [item("a, b; c\\d: e\nf")])
    assert b"SUMMARY:Warranty ends: a\\, b\\; c\\\\d: e\\nf\r\n" in text


def test_line_breaks_come_back(ledger: Ledger) -> None:
    (event,) = events(written(ledger, [item(HARD, party="one\ntwo, three; four")]))
    assert str(event["summary"]) == f"Warranty ends: {HARD}"
    assert "Provider: one\ntwo, three; four\n" in str(event["description"])


@given(
    st.lists(
        st.tuples(st.text(max_size=200).map(clean), generated.texts.map(clean), st.sampled_from(DueKind)),
        max_size=5,
    ),
    st.lists(st.integers(0, 365), max_size=4),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_items_come_back(
    ledger: Ledger, told: list[tuple[str, str, DueKind]], reminders: list[int], on: date
) -> None:
    items = [
        item(title, party=party, kind=kind, on=on, uuid=UUID(int=number))
        for number, (title, party, kind) in enumerate(told)
    ]
    found = events(written(ledger, items, tuple(reminders)))
    assert [
        (str(event["summary"]), str(event["description"]), event.decoded("dtstart"), str(event["uid"]))
        for event in found
    ] == [(summary(one), description(one), on, str(one.identity)) for one in items]
    wanted = [timedelta(days=-days) for days in sorted(set(reminders), reverse=True)]
    assert all([alarm.decoded("trigger") for alarm in event.walk("VALARM")] == wanted for event in found)


@pytest.mark.parametrize(
    ("fields", "line", "more"),
    [
        ({}, "Warranty ends: Kettle", "Provider: Maker\nWarranty: Limited\nPaid: 49.00 EUR"),
        (
            {"warranty_kind": "VIP care", "party": "", "amount": None},
            "Warranty ends: Kettle",
            "Warranty: VIP care",
        ),
        (
            {"kind": DueKind.RETURN_BY, "warranty_kind": "", "currency": "JPY"},
            "Return by: Kettle",
            "Retailer: Maker\nPaid: 4900 JPY",
        ),
        (
            {"kind": DueKind.PAYMENT, "warranty_kind": ""},
            "Payment of 49.00 EUR: Kettle",
            "Creditor: Maker\nMinimum payment: 49.00 EUR",
        ),
        ({"kind": DueKind.PAYMENT, "warranty_kind": "", "party": "", "amount": None}, "Payment: Kettle", ""),
        (
            {"kind": DueKind.LAST_INSTALMENT, "warranty_kind": ""},
            "Last instalment of 49.00 EUR: Kettle",
            "Creditor: Maker\nInstalment: 49.00 EUR",
        ),
        (
            {"kind": DueKind.PROMOTION_END, "warranty_kind": "", "rate": Decimal("24.9")},
            "Promotional rate ends: Kettle",
            "Creditor: Maker\nRate from then on: 24.9 %\nOwed today: 49.00 EUR",
        ),
    ],
)
def test_what_an_event_says(ledger: Ledger, fields: dict[str, object], line: str, more: str) -> None:
    (event,) = events(written(ledger, [item(**fields)]))  # type: ignore[arg-type]
    assert str(event["summary"]) == line
    assert str(event.get("description", "")) == more


def test_without_reminders(ledger: Ledger) -> None:
    assert b"VALARM" not in written(ledger, [item()], ())


@pytest.mark.parametrize("days", [-1, 3651])
def test_reminders_that_cannot_be_are_refused(ledger: Ledger, tmp_path: Path, days: int) -> None:
    with pytest.raises(Refused, match="Remind 0 to 3650 days before"):
        export_calendar(ledger, [item()], tmp_path / "due.ics", (7, days))
    assert not (tmp_path / "due.ics").exists()


def test_a_cancelled_export_leaves_what_was_there(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    target.write_text("before")
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        export_calendar(ledger, [item()], target, context=context)
    assert target.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"ledger", "due.ics"}


def test_a_ledger_is_no_place_for_a_file(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="the ledger's own folder"):
        export_calendar(ledger, [item()], ledger.path / "due.ics")
