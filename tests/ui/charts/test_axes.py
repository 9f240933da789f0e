"""What stands on the axes of charts, and how exact values are written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.months import Month
from app.ui.charts import ticks
from app.ui.charts.axis import Axis


def texts(axis: Axis, low: float, high: float, most: int = 6) -> list[str]:
    return [tick.text for tick in axis.ticks(low, high, most)]


@pytest.mark.parametrize(
    ("major", "expected"),
    [
        (33_000, ["$0", "$10k", "$20k", "$30k"]),
        (1_600, ["$0", "$500", "$1,000", "$1,500"]),
        (12_000, ["$0", "$2k", "$4k", "$6k", "$8k", "$10k", "$12k"]),
        (11_000_000, ["$0", "$2M", "$4M", "$6M", "$8M", "$10M"]),
        (3, ["$0", "$1", "$2", "$3"]),
        (0.5, ["$0"]),
    ],
)
def test_amounts_on_an_axis_are_round_and_have_no_decimals(major: float, expected: list[str]) -> None:
    assert texts(Axis.money("USD"), 0, major * 100) == expected


def test_amounts_below_zero_have_a_true_minus() -> None:
    assert texts(Axis.money("USD"), -1_000_00, 1_000_00) == ["−$1,000", "−$500", "$0", "$500", "$1,000"]


def test_currencies_without_decimals_count_in_their_own_unit() -> None:
    axis = Axis.money("JPY")
    assert texts(axis, 0, 40_000)[-1] == "JPY\u00a040k"
    assert axis.exact(1234) == "JPY\u00a01,234"
    assert axis.plain(1234) == "1234"


def test_an_exact_amount_keeps_its_cents() -> None:
    axis = Axis.money("USD")
    assert axis.exact(2359507) == "$23,595.07"
    assert axis.plain(-8900) == "-89.00"


def test_long_plans_are_labelled_by_years_and_short_ones_by_months() -> None:
    axis = Axis.months(Month(2025, 12))
    assert texts(axis, 0, 76, 8) == ["2026", "2027", "2028", "2029", "2030", "2031", "2032"]
    assert axis.ticks(0, 76, 8)[0].at == 1
    assert texts(axis, 0, 5, 8) == ["Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026"]
    assert texts(axis, 0, 1200, 8) == ["2040", "2060", "2080", "2100", "2120"]


def test_a_place_within_a_month_is_a_day() -> None:
    axis = Axis.months(Month(2025, 12))
    assert axis.exact(13) == "Jan 2027"
    assert axis.plain(13) == "2027-01"
    assert axis.position is not None
    for day in (dt.date(2025, 12, 2), dt.date(2026, 2, 28), dt.date(2024, 2, 29)):
        place = axis.position(day)
        assert axis.plain(place) == day.isoformat()
    assert axis.exact(axis.position(dt.date(2026, 3, 14))) == "14 Mar 2026"


def test_dates_are_labelled_by_what_suits_their_span() -> None:
    axis = Axis.dates()

    def day(*of: int) -> int:
        return dt.date(*of).toordinal()

    assert texts(axis, day(2025, 3, 1), day(2025, 3, 5), 8)[0] == "1 Mar 2025"
    assert texts(axis, day(2025, 1, 15), day(2025, 6, 15), 8) == [
        "Feb 2025",
        "Mar 2025",
        "Apr 2025",
        "May 2025",
        "Jun 2025",
    ]
    assert texts(axis, day(2019, 6, 1), day(2025, 6, 1), 8) == [
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
    ]
    assert axis.exact(day(2025, 3, 14)) == "14 Mar 2025"
    assert axis.plain(day(2025, 3, 14)) == "2025-03-14"


def test_names_are_thinned_out_where_they_are_many() -> None:
    axis = Axis.names([f"Week {number}" for number in range(12)])
    assert texts(axis, -0.5, 11.5, 4) == ["Week 0", "Week 3", "Week 6", "Week 9"]
    assert axis.exact(5) == "Week 5"


def test_counts_and_shares() -> None:
    assert texts(Axis.count(), 0, 2400) == ["0", "500", "1,000", "1,500", "2,000"]
    assert texts(Axis.count(), 0, 0.4) == ["0"]
    assert texts(Axis.percent(), 0, 0.25) == ["0%", "5%", "10%", "15%", "20%", "25%"]
    assert Axis.percent().exact(0.061) == "6.1%"


@given(low=st.floats(-1e12, 0), span=st.floats(0.01, 1e12), most=st.integers(2, ticks.MOST))
def test_labels_are_never_more_than_asked_for(low: float, span: float, most: int) -> None:
    found = ticks.numbers(low, low + span, most, 1, lambda number, _step: str(number))
    assert len(found) <= most + 1
    assert len({tick.text for tick in found}) == len(found)
    assert all(low - 1 <= tick.at <= low + span + 1 for tick in found)


@given(start=st.integers(1, 2000), months=st.integers(1, 1200), most=st.integers(1, ticks.MOST))
def test_months_are_never_more_than_asked_for(start: int, months: int, most: int) -> None:
    found = ticks.months(Month(2000, 1).plus(start), 0, months, most)
    assert len(found) <= most
    assert all(0 <= tick.at <= months for tick in found)
