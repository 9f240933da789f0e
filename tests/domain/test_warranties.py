"""How long a cover lasts and what state it is in."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Refused
from app.domain.warranties import (
    LIFETIME,
    Cover,
    CoverFilter,
    CoverStatus,
    Duration,
    Horizon,
    add_duration,
    check_cover,
    cover_for,
    cover_status,
    furthest,
)
from app.domain.warranties.columns import WARRANTY_COLUMNS

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2026, 1, 31), Duration(months=1), date(2026, 2, 28)),
        (date(2024, 1, 31), Duration(months=1), date(2024, 2, 29)),
        (date(2024, 2, 29), Duration(years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), Duration(years=4), date(2028, 2, 29)),
        (date(1999, 12, 31), Duration(months=2), date(2000, 2, 29)),
        (date(1899, 12, 31), Duration(months=2), date(1900, 2, 28)),
        (date(2026, 8, 31), Duration(months=18), date(2028, 2, 29)),
        (date(2026, 12, 1), Duration(months=1), date(2027, 1, 1)),
        (date(2026, 12, 31), Duration(1, 2, 3), date(2028, 3, 3)),
        (date(2026, 3, 14), Duration(months=24), date(2028, 3, 14)),
        (date(2026, 3, 14), Duration(), date(2026, 3, 14)),
    ],
)
def test_a_day_that_the_month_lacks_becomes_its_last(start: date, duration: Duration, end: date) -> None:
    assert add_duration(start, duration) == end


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 1200))
def test_months_move_the_month_and_never_the_day_forward(start: date, months: int) -> None:
    end = add_duration(start, Duration(months=months))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
    assert end == add_duration(start, Duration(*divmod(months, 12)))


@pytest.mark.parametrize(
    "duration",
    [Duration(years=8000), Duration(days=10**10), Duration(months=-30_000), Duration(days=-(10**7))],
)
def test_an_end_outside_the_calendar_is_an_overflow(duration: Duration) -> None:
    with pytest.raises(OverflowError):
        add_duration(TODAY, duration)


@pytest.mark.parametrize(
    ("days_left", "status"),
    [
        (-1, CoverStatus.EXPIRED),
        (0, CoverStatus.EXPIRING),
        (30, CoverStatus.EXPIRING),
        (31, CoverStatus.ACTIVE),
    ],
)
def test_the_last_day_is_covered_and_the_reminder_window_counts_it(
    days_left: int, status: CoverStatus
) -> None:
    cover = Cover(date(2024, 1, 1), TODAY + timedelta(days=days_left))
    assert cover_status(cover, TODAY) is status
    assert cover_status(replace(cover, voided=True), TODAY) is CoverStatus.VOIDED


def test_the_reminder_window_is_the_callers() -> None:
    cover = Cover(date(2024, 1, 1), TODAY + timedelta(days=8))
    assert cover_status(cover, TODAY, reminder_days=7) is CoverStatus.ACTIVE
    assert cover_status(cover, TODAY, reminder_days=8) is CoverStatus.EXPIRING


def test_a_lifetime_never_ends_until_it_is_voided() -> None:
    cover = Cover(date(1990, 1, 1), None, kind=LIFETIME)
    assert cover_status(cover, date(9999, 12, 30)) is not CoverStatus.EXPIRED
    assert cover_status(cover, TODAY) is CoverStatus.ACTIVE
    assert cover_status(replace(cover, voided=True), TODAY) is CoverStatus.VOIDED


def test_the_furthest_cover_in_force_counts() -> None:
    maker = cover_for(date(2026, 1, 1), Duration(2))
    shop = cover_for(date(2026, 1, 1), Duration(5), "EXTENDED")
    assert furthest([]) is None
    assert furthest([maker, shop]) == date(2031, 1, 1)
    assert furthest([maker, replace(shop, voided=True)]) == date(2028, 1, 1)
    assert furthest([replace(maker, voided=True)]) is None
    assert furthest([maker, Cover(date(2026, 1, 1), None, kind=LIFETIME)]) == date.max


@pytest.mark.parametrize(
    ("cover", "field"),
    [
        (Cover(TODAY, TODAY - timedelta(days=1)), "ends_on"),
        (Cover(TODAY, None), "ends_on"),
        (Cover(TODAY, TODAY, kind=LIFETIME), "ends_on"),
        (Cover(TODAY, TODAY, kind="  "), "kind"),
        (Cover(date(1066, 10, 14), TODAY), "starts_on"),
        (Cover(TODAY, date(9999, 12, 31)), "ends_on"),
    ],
)
def test_covers_that_cannot_be_are_refused_at_their_field(cover: Cover, field: str) -> None:
    (problem,) = check_cover(cover)
    assert problem.field == field
    assert problem.reason.endswith(".")


def test_covers_that_can_be_are_accepted() -> None:
    for cover in (
        Cover(TODAY, TODAY),
        Cover(TODAY, None, kind=LIFETIME),
        cover_for(TODAY, Duration(months=24), "Upholstery"),
    ):
        assert check_cover(cover) == []


def test_a_duration_is_true_when_it_lasts() -> None:
    assert not Duration()
    assert Duration(days=1)
    assert Duration(2, 3).total_months == 27


def test_durations_add_up() -> None:
    assert Duration(1, 11, 5) + Duration(0, 2, 30) == Duration(2, 1, 35)
    start = date(2024, 2, 29)
    assert add_duration(start, Duration(1) + Duration(3)) == date(2028, 2, 29)


def test_a_cover_is_in_force_from_its_first_to_its_last_day() -> None:
    cover = Cover(date(2026, 1, 1), date(2026, 12, 31))
    assert [cover.in_force(date(2026, 1, 1)), cover.in_force(date(2026, 12, 31))] == [True, True]
    assert [cover.in_force(date(2025, 12, 31)), cover.in_force(date(2027, 1, 1))] == [False, False]
    assert not replace(cover, voided=True).in_force(TODAY)
    assert Cover(date(2026, 1, 1), kind="LIFETIME").in_force(date(9999, 1, 1))


@pytest.mark.parametrize("field", ["kind", "provider", "policy_number"])
def test_texts_of_a_cover_have_a_limit(field: str) -> None:
    cover = Cover(date(2026, 1, 1), date(2026, 12, 31))
    (problem,) = check_cover(replace(cover, **{field: "x" * 501}))
    assert (problem.field, "at most 500" in problem.reason) == (field, True)


def test_a_horizon_says_what_is_soon() -> None:
    assert Horizon(date(2026, 12, 20), 14).soon == date(2027, 1, 3)
    cover = Cover(date(2026, 1, 1), date(2027, 1, 3))
    assert cover_status(cover, *Horizon(date(2026, 12, 20), 14)) is CoverStatus.EXPIRING
    assert cover_status(cover, *Horizon(date(2026, 12, 20), 13)) is CoverStatus.ACTIVE


@pytest.mark.parametrize(
    "document",
    [
        {"statuses": ["LATE"]},
        {"ends_from": "tomorrow"},
        {"expiring_days": -1},
        {"expiring_days": 40_000},
        {"kinds": 7},
    ],
)
def test_a_saved_filter_that_makes_no_sense_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="delete it and save it again"):
        CoverFilter.from_json(document)


def test_the_columns_of_warranties_have_keys_of_their_own() -> None:
    keys = [column.key for column in WARRANTY_COLUMNS]
    assert len(set(keys)) == len(keys)
