"""Whether work that comes round is due, whatever the clock did."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recurrence import Every, is_due

BERLIN = ZoneInfo("Europe/Berlin")
INSTANTS = st.integers(10**9, 3 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "last", "now", "due"),
    [
        (Every.DAILY, "2026-11-20 08:00", "2026-11-20 20:00", False),
        (Every.DAILY, "2026-11-20 22:30", "2026-11-20 23:30", True),  # midnight in Berlin lies between
        (Every.DAILY, "2026-03-28 23:30", "2026-03-29 21:59", False),  # a day of 23 hours
        (Every.WEEKLY, "2026-11-16 08:00", "2026-11-22 22:59", False),  # Monday to Sunday
        (Every.WEEKLY, "2026-11-22 22:59", "2026-11-22 23:00", True),
        (Every.WEEKLY, "2026-12-30 12:00", "2027-01-02 12:00", False),  # one ISO week over New Year
        (Every.MONTHLY, "2028-02-01 12:00", "2028-02-29 12:00", False),
        (Every.MONTHLY, "2028-02-29 12:00", "2028-03-01 12:00", True),
    ],
)
def test_days_weeks_and_months_are_the_owners(every: Every, last: str, now: str, due: bool) -> None:
    assert is_due(every, at(last), at(now), BERLIN) is due


def test_what_is_off_is_never_due_and_what_was_never_done_always_is() -> None:
    now = at("2026-11-21 12:00")
    assert not is_due(Every.OFF, None, now, BERLIN)
    assert all(is_due(every, None, now, BERLIN) for every in Every if every is not Every.OFF)


def test_a_clock_that_was_set_back_does_not_stop_it() -> None:
    now = at("2026-11-21 12:00")
    assert is_due(Every.MONTHLY, now + timedelta(days=3650), now, BERLIN)


@given(
    INSTANTS,
    st.sampled_from([Every.DAILY, Every.WEEKLY, Every.MONTHLY]),
    st.timedeltas(timedelta(0), timedelta(400)),
)
def test_it_is_due_at_the_latest_after_its_length_and_never_twice_at_once(
    last: datetime, every: Every, later: timedelta
) -> None:
    longest = {
        Every.DAILY: timedelta(hours=25),
        Every.WEEKLY: timedelta(days=7, hours=1),
        Every.MONTHLY: timedelta(days=31, hours=1),
    }
    assert not is_due(every, last, last, BERLIN)
    if later >= longest[every]:
        assert is_due(every, last, last + later, BERLIN)
