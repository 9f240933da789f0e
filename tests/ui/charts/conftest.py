"""The theme that the tests of widgets use, and charts to look at."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.domain.months import Month
from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.charts.series import Series, SeriesStyle
from tests.ui.widgets.conftest import look

__all__ = ["look"]

START = Month(2025, 12)


def falling(key: str, title: str, owed: int, months: int, colour: int = 1, end_label: str = "") -> Series:
    """A balance that falls to nothing in so many months."""
    ys = [owed * (months - month) // months for month in range(months + 1)]
    return Series(key, title, range(months + 1), ys, SeriesStyle(colour), end_label)


def strategies() -> list[Series]:
    """What a page of payoff plans shows."""
    return [
        falling("avalanche", "Avalanche", 3127873, 33, 1, "Sep 2028"),
        falling("snowball", "Snowball", 3127873, 35, 2, "Nov 2028"),
        falling("minimums", "Minimums only", 3127873, 75, 3, "Mar 2032"),
    ]


MakeChart = Callable[..., LineChart]


@pytest.fixture
def make_chart(qtbot: QtBot) -> MakeChart:
    def make(x: Axis | None = None, y: Axis | None = None) -> LineChart:
        chart = LineChart(
            "Balance over time", x or Axis.months(START), y or Axis.money("USD"), "$1,094.00 a month"
        )
        qtbot.addWidget(chart)
        chart.resize(840, 245)
        chart.show()
        qtbot.waitExposed(chart)
        return chart

    return make


@pytest.fixture
def chart(make_chart: MakeChart) -> LineChart:
    """A chart of three strategies."""
    made = make_chart()
    made.set_series(strategies())
    return made
