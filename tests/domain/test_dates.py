"""Calendar facts and instants."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import from_milliseconds, is_plausible, iso_instant, to_milliseconds

HALIFAX = timezone(timedelta(hours=-3, minutes=-30))


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.sampled_from([UTC, HALIFAX])))  # noqa: DTZ001
def test_an_instant_survives_as_milliseconds(instant: datetime) -> None:
    whole = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    stored = from_milliseconds(to_milliseconds(instant))
    assert stored == whole
    assert stored.tzinfo is UTC


def test_an_instant_is_written_in_utc_with_milliseconds() -> None:
    assert iso_instant(datetime(2026, 3, 1, 12, 0, tzinfo=HALIFAX)) == "2026-03-01T15:30:00.000Z"
    assert to_milliseconds(datetime(1969, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)) == -1


@pytest.mark.parametrize(
    ("day", "plausible"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(2200, 1, 1), False),
        (date(1, 1, 1), False),
        (date(9999, 12, 31), False),
    ],
)
def test_slips_of_the_pen_are_not_plausible(day: date, plausible: bool) -> None:
    assert is_plausible(day) is plausible
