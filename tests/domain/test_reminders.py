"""Which reminders are due on a day, and that each is given once whatever happens to the clock in between."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.due import FOR_EVER, DueFilter, DueItem, Span, identity_of, is_missed, with_snoozes
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.reminder_settings import ReminderSettings, check_settings
from app.domain.reminders import Told, reached, to_tell

DAY = date(2027, 3, 28)
USUAL = ReminderSettings()


def item(on: date = DAY, title: str = "Kettle", **fields: object) -> DueItem:
    plain = {
        "kind": DueKind.WARRANTY_END,
        "on": on,
        "title": title,
        "record": DueRecord.WARRANTY,
        "id": 1,
        "uuid": UUID(int=1),
        "belongs_to": 1,
        "currency": "EUR",
        **fields,
    }
    return DueItem(**plain)  # type: ignore[arg-type]


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def lived_through(
    days: list[date], settings: ReminderSettings = USUAL, due: DueItem | None = None
) -> list[date]:
    """Return the days on which something was told of, out of those on which the program ran."""
    told, given_on, due = Told(), [], due or item()
    for today in days:
        found = to_tell([due], settings, {}, told, today)
        if found:
            given_on.append(today)
            told = Told.from_json(told.adding(found, settings, today).to_json())
    return given_on


def test_every_reminder_is_given_once_on_its_day() -> None:
    days = [before(ahead) for ahead in range(60, -1, -1)]
    assert lived_through(days) == [before(30), before(7), before(1)]
    assert lived_through([day for day in days for _ in range(3)]) == [before(30), before(7), before(1)]


def test_what_was_missed_is_caught_up_once_and_only_the_last_of_it() -> None:
    assert lived_through([before(40), before(20), before(19), before(3), before(2)]) == [
        before(20),
        before(3),
    ]
    assert lived_through([before(40), before(0)]) == [before(0)]


def test_a_clock_set_back_brings_no_reminder_again() -> None:
    assert lived_through([before(7), before(40), before(30), before(8), before(7), before(1)]) == [
        before(7),
        before(1),
    ]


@given(st.lists(st.integers(0, 60), max_size=60), st.lists(st.integers(0, 60), unique=True, max_size=6))
def test_never_more_reminders_than_times(ahead: list[int], times: list[int]) -> None:
    settings = ReminderSettings(tuple(times))
    assert len(lived_through([before(days) for days in ahead], settings)) <= len(times)


@pytest.mark.parametrize("on", [date(2028, 2, 29), date(2027, 3, 28), date(2027, 10, 31), date(9999, 12, 31)])
def test_leap_days_and_changes_of_the_clock_are_days_like_others(on: date) -> None:
    days = [on - timedelta(days=ahead) for ahead in range(31, -1, -1)]
    assert lived_through(days, due=item(on)) == [on - timedelta(days=ahead) for ahead in (30, 7, 1)]


def test_what_is_snoozed_is_told_of_when_its_day_has_come_and_then_goes_on() -> None:
    due, told = item(), Told()
    told = told.adding([due], USUAL, before(30))
    snoozed = {due.identity: before(20)}
    days = [before(ahead) for ahead in range(29, -1, -1)]
    given_on = []
    for today in days:
        if to_tell([due], USUAL, snoozed, told, today):
            given_on.append(today)
            told = told.adding([due], USUAL, today)
    assert given_on == [before(20), before(7), before(1)]


def test_what_is_snoozed_for_ever_is_never_told_of() -> None:
    due = item()
    assert not to_tell([due], USUAL, {due.identity: FOR_EVER}, Told(), DAY)


def test_a_snooze_that_ends_before_the_first_reminder_does_not_take_its_place() -> None:
    due, today = item(), before(50)
    snoozed = {due.identity: today}
    assert to_tell([due], USUAL, snoozed, Told(), today) == [due]
    told = Told().adding([due], USUAL, today)
    assert not to_tell([due], USUAL, snoozed, told, today)
    assert to_tell([due], USUAL, snoozed, told, before(30)) == [due]


def test_kinds_that_nobody_wants_to_hear_of_are_left_out() -> None:
    quiet = ReminderSettings(kinds=frozenset({DueKind.PAYMENT}))
    assert not to_tell([item()], quiet, {}, Told(), DAY)


def test_a_missed_payment_is_told_of_unless_it_was() -> None:
    payment = item(kind=DueKind.PAYMENT, record=DueRecord.DEBT)
    after = DAY + timedelta(days=3)
    assert to_tell([payment], USUAL, {}, Told(), after) == [payment]
    told = Told().adding([payment], USUAL, before(1))
    assert not to_tell([payment], USUAL, {}, told, after)


def test_what_is_long_past_is_forgotten() -> None:
    told = Told().adding([item()], USUAL, before(1))
    assert item().identity in told.adding([], USUAL, DAY + timedelta(days=14)).items
    assert not told.adding([], USUAL, DAY + timedelta(days=15)).items
    assert Told().adding([item(date.min)], USUAL, date.min).day == date.min


@pytest.mark.parametrize(
    "held", [None, [], "x", {}, {"items": 3}, {"day": "x", "items": {}}, {"items": {"x": [1]}}]
)
def test_a_setting_that_cannot_be_read_counts_as_nothing_told(held: object) -> None:
    assert Told.from_json(held) == Told()


def test_the_reminder_that_was_reached() -> None:
    assert [reached(left, (30, 7, 1)) for left in (31, 30, 8, 7, 1, 0, -3)] == [None, 30, 30, 7, 1, 1, 1]
    assert reached(0, ()) is None


@pytest.mark.parametrize("days", [(-1,), (3651,), tuple(range(11))])
def test_settings_that_cannot_be_are_refused(days: tuple[int, ...]) -> None:
    assert check_settings(ReminderSettings(days))
    assert ReminderSettings.from_json(ReminderSettings(days).to_json()) == USUAL


def test_filters() -> None:
    kettle = item(title="Café kettle", party="Brühl")
    assert DueFilter(text="CAFE bruhl").lets_through(kettle)
    assert not DueFilter(text="cafe lamp").lets_through(kettle)
    assert not DueFilter(kinds=frozenset({DueKind.PAYMENT})).lets_through(kettle)
    (asleep,) = with_snoozes([kettle], {kettle.identity: FOR_EVER}, DAY)
    assert asleep.snoozed_until == FOR_EVER
    assert asleep.identity == kettle.identity == identity_of(kettle.uuid, kettle.kind, kettle.on)
    assert DueFilter().lets_through(asleep)
    assert not DueFilter(snoozed=False).lets_through(asleep)
    assert list(with_snoozes([kettle], {kettle.identity: DAY}, DAY)) == [kettle]


def test_a_filter_survives_being_remembered() -> None:
    wanted = DueFilter(30, frozenset({DueKind.PAYMENT}), "visa", snoozed=False)
    assert DueFilter.from_json(wanted.to_json()) == wanted
    assert not DueFilter(365, snoozed=False)
    assert wanted
    for wrong in (
        None,
        {},
        [],
        {"days": "x", "kinds": [], "text": "", "snoozed": True},
        {**wanted.to_json(), "kinds": ["X"]},
    ):
        with pytest.raises(ValueError, match=r".+"):
            DueFilter.from_json(wrong)


def test_which_payments_count_as_missed() -> None:
    payment = item(kind=DueKind.PAYMENT, amount=2_500)
    assert is_missed(payment, None)
    assert is_missed(payment, 2_499)
    assert not is_missed(payment, 2_500)
    assert not is_missed(item(kind=DueKind.PAYMENT), 1)
    assert Span.behind(date(2026, 3, 1)) == Span(date(2026, 2, 15), date(2026, 2, 28))
