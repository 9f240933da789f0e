"""The ledger's owner, and which day it is for them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.profile import Profile, check_profile


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        Profile("Robin Alder", "US", "America/New_York", "USD", 109_400),
        Profile(timezone="Asia/Kathmandu", currency="JPY", debt_budget=0),
    ],
)
def test_profiles_that_can_be_saved(profile: Profile) -> None:
    assert check_profile(profile) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 501),
        ("country", "Germany"),
        ("country", "de"),
        ("country", "Ü1"),
        ("currency", "Euro"),
        ("currency", ""),
        ("timezone", ""),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("timezone", "/etc/localtime"),
        ("timezone", "Europe"),
        ("timezone", "Europe/Berlin\0"),
        ("timezone", "x" * 5000),
        ("debt_budget", -1),
        ("debt_budget", 10**18),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: Any) -> None:
    (problem,) = check_profile(replace(Profile(), **{field: value}))
    assert problem.field == field
    assert problem.reason.endswith(".")


@pytest.mark.parametrize(
    ("timezone", "instant", "day"),
    [
        ("UTC", datetime(2026, 3, 1, 23, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("Pacific/Auckland", datetime(2026, 3, 1, 12, 0, tzinfo=UTC), date(2026, 3, 2)),
        ("America/Los_Angeles", datetime(2026, 3, 1, 7, 0, tzinfo=UTC), date(2026, 2, 28)),
        # Berlin's clocks go back at 01:00 UTC: that day has 25 hours.
        ("Europe/Berlin", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_is_one_in_the_profiles_timezone(timezone: str, instant: datetime, day: date) -> None:
    assert Profile(timezone=timezone).day_of(instant) == day
