"""Charts of bars: how they are stacked, read and clicked."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.charts.axis import Axis
from app.ui.charts.bars import BarChart
from app.ui.charts.series import Series, SeriesStyle, folded

MONTHS = "Dec Jan Feb Mar".split()


def series(key: str, title: str, values: list[int], colour: int = 1) -> Series:
    return Series(key, title, range(len(values)), values, SeriesStyle(colour))


@pytest.fixture
def bars(qtbot: QtBot) -> BarChart:
    made = BarChart("Spending by month", MONTHS, Axis.money("USD"), "To date", title="Month")
    qtbot.addWidget(made)
    made.resize(600, 260)
    made.show()
    qtbot.waitExposed(made)
    made.set_bars(
        MONTHS,
        [
            series("personal", "Personal", [800_00, 690_00, 0, 108_15]),
            series("practice", "Practice", [200_00, 450_00, 310_00, 340_00], 2),
        ],
    )
    return made


def test_bars_begin_at_nothing_and_end_below_a_round_amount(bars: BarChart) -> None:
    across, up = bars.plot.ticks
    assert [tick.text for tick in across] == MONTHS
    assert [tick.text for tick in up] == ["$0", "$500", "$1,000", "$1,500"]
    assert bars.plot.place(0, 0).y() == pytest.approx(bars.plot.area.bottom())
    assert bars.plot.place(0, 1500_00).y() == pytest.approx(bars.plot.area.top())


def test_the_second_series_stands_on_the_first(bars: BarChart) -> None:
    lower, upper = bars._bars
    # What is nothing is not drawn, or its edge would cut the line below.
    assert list(lower.opts["x"]) == [0, 1, 3]
    assert list(lower.opts["y0"]) == [0, 0, 0]
    assert list(upper.opts["y0"]) == [800_00, 690_00, 0, 108_15]
    assert lower.opts["width"] == 0.6


def test_a_bar_is_read_from_the_top_with_its_total(qtbot: QtBot, bars: BarChart) -> None:
    qtbot.mouseMove(bars.plot.viewport(), bars.plot.place(3.4, 1).toPoint())
    qtbot.waitUntil(bars.tooltip.isVisible)
    reading = bars.tooltip.reading
    assert reading is not None
    assert reading.title == "Mar"
    assert [(line.title, line.text) for line in reading.lines] == [
        ("Practice", "$340.00"),
        ("Personal", "$108.15"),
        ("Total", "$448.15"),
    ]
    assert bars._column.isVisible()
    assert not bars.crosshair.isVisible()
    band = bars._column._band.translated(bars.plot.mapTo(bars, QPoint(0, 0)).toPointF())
    assert not bars.tooltip.geometry().intersects(band.toRect().adjusted(1, 0, -1, 0))
    bars.set_stop(None)
    assert not bars._column.isVisible()


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (0, 400_00, (0, "personal")),
        (0, 900_00, (0, "practice")),
        (2, 100_00, (2, "practice")),
        (1.45, 5, (1, "")),
    ],
)
def test_a_click_says_which_bar_and_which_part(
    qtbot: QtBot, bars: BarChart, x: float, y: float, expected: tuple[int, str]
) -> None:
    with qtbot.waitSignal(bars.chosen) as chosen:
        place = bars.plot.place(x, y).toPoint()
        qtbot.mouseClick(bars.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tuple(chosen.args) == expected


def test_the_keyboard_chooses_a_bar(qtbot: QtBot, bars: BarChart) -> None:
    qtbot.keyClick(bars.plot, Qt.Key.Key_End)
    qtbot.keyClick(bars.plot, Qt.Key.Key_Left)
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.keyClick(bars.plot, Qt.Key.Key_Return)
    assert tuple(chosen.args) == (2, "")


def test_the_table_has_the_total_of_each_bar(bars: BarChart) -> None:
    assert bars.values().titles == ["Month", "Personal", "Practice", "Total"]
    assert bars.values().tab_separated().splitlines()[1] == "Dec\t800.00\t200.00\t1000.00"
    bars.set_hidden(frozenset({"personal"}))
    assert bars.values().titles == ["Month", "Practice"]
    assert [tick.text for tick in bars.plot.ticks[1]][-1] == "$500"


def test_one_series_needs_no_legend_and_no_total(bars: BarChart) -> None:
    bars.set_bars(MONTHS[:2], [series("spent", "Spent", [5_00, 7_00])])
    assert bars.legend.isHidden()
    assert bars.values().titles == ["Month", "Spent"]
    assert [tick.text for tick in bars.plot.ticks[0]] == ["Dec", "Jan"]
    assert len(bars._bars) == 1


def test_refunds_hang_below_nothing(bars: BarChart) -> None:
    bars.set_bars(
        MONTHS[:2],
        [series("a", "A", [500_00, -200_00]), series("b", "B", [300_00, -100_00], 2)],
    )
    assert [tick.text for tick in bars.plot.ticks[1]] == ["−$500", "$0", "$500", "$1,000"]
    assert list(bars._bars[1].opts["y0"]) == [500_00, -200_00]


def test_the_average_is_a_line_with_words(bars: BarChart) -> None:
    bars.set_reference(1_500_00, "Average $1,500")
    label = bars._reference_line._label
    assert label.text == "Average $1,500"
    assert bars.plot.area.contains(label.rect)
    assert bars._reference_line.isVisible()
    bars.set_bars(MONTHS, [])
    assert not bars._reference_line.isVisible()
    assert bars._empty.isVisible()


def test_bars_and_values_are_as_many(bars: BarChart) -> None:
    with pytest.raises(ValueError, match="as many values"):
        bars.set_bars(MONTHS, [series("a", "A", [1])])


def test_many_series_are_folded_into_the_largest_and_the_rest() -> None:
    many = [series(str(n), f"S{n}", [n, n], n + 1) for n in range(8)]
    kept = folded(many, "Other")
    assert [each.title for each in kept] == ["S4", "S5", "S6", "S7", "Other"]
    assert list(kept[-1].ys) == [6, 6]
    assert kept[-1].style.colour == 8
    assert folded(many[:5], "Other") == many[:5]
