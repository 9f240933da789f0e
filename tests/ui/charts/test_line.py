"""Charts of lines: what they draw, say and let one do."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.charts.series import Kind, Series, SeriesStyle
from app.ui.theme import theme
from tests.ui.charts.conftest import MakeChart, falling, strategies


def told(chart: LineChart) -> list[tuple[str, str]]:
    assert chart.tooltip.reading is not None
    return [(value.title, value.text) for value in chart.tooltip.reading.values]


def test_the_axes_are_in_years_and_round_amounts(chart: LineChart) -> None:
    across, up = chart.plot.ticks
    assert [tick.text for tick in across] == ["2026", "2027", "2028", "2029", "2030", "2031", "2032"]
    assert [tick.text for tick in up] == ["$0", "$10k", "$20k", "$30k"]


def test_the_pointer_reads_all_lines_the_highest_first(qtbot: QtBot, chart: LineChart) -> None:
    place = chart.plot.place(13, 1_000_000).toPoint()
    qtbot.mouseMove(chart.plot.viewport(), place)
    qtbot.waitUntil(chart.tooltip.isVisible)
    assert chart.stop == 13
    assert chart.tooltip.reading is not None
    assert chart.tooltip.reading.title == "Jan 2027"
    assert told(chart) == [
        ("Minimums only", "$25,857.08"),
        ("Snowball", "$19,660.91"),
        ("Avalanche", "$18,956.80"),
    ]


@pytest.mark.parametrize("x", range(0, 76, 5))
def test_the_tooltip_stays_inside_and_off_the_crosshair(chart: LineChart, x: int) -> None:
    chart.set_stop(x)
    tip = chart.tooltip.geometry()
    assert chart.rect().contains(tip)
    across = chart.plot.place(x, 0).x() + chart.plot.mapTo(chart, QPoint(0, 0)).x()
    assert not tip.left() <= across <= tip.right()


def test_a_tooltip_of_many_lines_says_how_many_more_there_are(chart: LineChart) -> None:
    crowd = [falling(str(n), f"Plan {n}", 1_000_00 + n, 30) for n in range(30)]
    chart.set_series(crowd)
    chart.set_stop(3)
    assert chart.rect().contains(chart.tooltip.geometry())
    shown = [line.title for line in chart.tooltip.lines]
    assert shown[0] == "Plan 29"
    assert shown[-1] == f"and {30 - len(shown) + 1} more"
    assert len(told(chart)) == 30


def test_the_keyboard_moves_the_crosshair_and_announces(
    qtbot: QtBot, chart: LineChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    chart.plot.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
        qtbot.keyClick(chart.plot, key)
    assert chart.stop == 13
    assert said[-1] == ("Jan 2027: Minimums only $25,857.08, Snowball $19,660.91, Avalanche $18,956.80")
    qtbot.keyClick(chart.plot, Qt.Key.Key_End)
    assert chart.stop == 75
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert chart.stop == 75
    assert said[-1] == "Mar 2032: Minimums only $0.00"
    qtbot.keyClick(chart.plot, Qt.Key.Key_Escape)
    assert chart.stop is None
    assert chart.tooltip.isHidden()


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_Right, 0), (Qt.Key.Key_Left, 75), (Qt.Key.Key_End, 75), (Qt.Key.Key_Home, 0)],
)
def test_the_first_key_begins_at_an_end(qtbot: QtBot, chart: LineChart, key: Qt.Key, expected: int) -> None:
    qtbot.keyClick(chart.plot, key)
    assert chart.stop == expected


def test_the_crosshair_goes_with_the_focus(qtbot: QtBot, chart: LineChart) -> None:
    chart.plot.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    chart.table_button.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.stop is None


def test_new_values_under_the_crosshair_are_told_at_once(chart: LineChart) -> None:
    chart.set_stop(10)
    chart.set_series([falling("avalanche", "Avalanche", 1_000_000, 20)])
    assert told(chart) == [("Avalanche", "$5,000.00")]
    chart.set_series([falling("avalanche", "Avalanche", 1_000_000, 5)])
    assert chart.stop is None
    assert chart.tooltip.isHidden()


def test_ends_have_labels_and_equal_ones_stand_once(chart: LineChart) -> None:
    assert sorted(chart.end_labels) == ["Mar 2032", "Nov 2028", "Sep 2028"]
    chart.set_series([*strategies(), falling("order", "My order", 3127873, 33, 4, "Sep 2028")])
    assert sorted(chart.end_labels) == ["Mar 2032", "Nov 2028", "Sep 2028"]


def test_a_point_can_be_marked_with_words(chart: LineChart) -> None:
    chart.set_marked(0, 3127873, "$31,278.73 today")
    assert chart.end_labels[0] == "$31,278.73 today"
    chart.set_series(strategies()[:1])
    assert chart.end_labels == ["$31,278.73 today", "Sep 2028"]
    chart.set_marked(None)
    assert chart.end_labels == ["Sep 2028"]
    chart.set_marked(0, 0, "nothing")
    chart.set_series([])
    assert chart.end_labels == []


def test_end_labels_never_cover_each_other(chart: LineChart) -> None:
    crowd = [falling(str(n), f"Plan {n}", 3127873, 30 + n, n + 1, f"Month {n}") for n in range(8)]
    chart.set_series(crowd)
    rects = [label.rect for label in chart._ends.labels]
    assert len(rects) >= 4
    for at, rect in enumerate(rects):
        assert chart.plot.area.contains(rect)
        assert not any(rect.intersects(other) for other in rects[at + 1 :])


def test_the_legend_hides_a_line_everywhere(qtbot: QtBot, chart: LineChart) -> None:
    entry = chart.legend.buttons[2]
    assert (entry.text(), entry.isChecked()) == ("Minimums only", True)
    with qtbot.waitSignal(chart.hidden_changed):
        qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert chart.hidden == {"minimums"}
    assert not chart._curves["minimums"].isVisible()
    chart.set_stop(13)
    assert [title for title, _text in told(chart)] == ["Snowball", "Avalanche"]
    assert chart.values().titles == ["Month", "Avalanche", "Snowball"]
    assert "Mar 2032" not in chart.end_labels
    # The axes are those of what is left.
    assert chart.plot.ticks[0][-1].text != "2032"
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    assert chart.hidden == set()
    assert chart._curves["minimums"].isVisible()


def test_a_hidden_line_stays_hidden_when_its_values_change(chart: LineChart) -> None:
    chart.set_hidden(frozenset({"minimums"}))
    chart.set_series(strategies())
    assert [each.key for each in chart.shown] == ["avalanche", "snowball"]
    assert [button.isChecked() for button in chart.legend.buttons] == [True, True, False]


def test_the_selected_line_is_wider_and_on_top(chart: LineChart) -> None:
    chart.selected = "snowball"
    assert chart._curves["snowball"]._pen.widthF() == 2.4
    assert chart._curves["avalanche"]._pen.widthF() == 2.0
    highest = max(chart._curves, key=lambda key: chart._curves[key].zValue())
    assert highest == "snowball"
    chart.selected = None
    assert chart._curves["snowball"]._pen.widthF() == 2.0


def test_lines_differ_by_colour_and_dash(chart: LineChart, look: theme.Theme) -> None:
    pens = [chart._curves[key]._pen for key in ("avalanche", "snowball", "minimums")]
    assert [pen.color().name().upper() for pen in pens] == ["#045972", "#AD8800", "#915DF6"]
    assert [[length * 2 for length in pen.dashPattern()] for pen in pens] == [[], [7, 4], [2, 4]]


def test_lines_of_the_same_key_are_changed_in_place(chart: LineChart) -> None:
    before = dict(chart._curves)
    chart.set_series(strategies())
    assert chart._curves == before
    chart.set_series(strategies()[:1])
    assert list(chart._curves) == ["avalanche"]
    assert len(chart.legend.buttons) == 1


def test_a_chart_without_data_says_so(qtbot: QtBot, make_chart: MakeChart) -> None:
    asked: list[bool] = []
    chart = make_chart()
    chart.set_empty("No debts to plot", "Add a debt", lambda: asked.append(True))
    chart.set_series([])
    note = chart._empty
    assert note.isVisible()
    assert note.text == "No debts to plot"
    assert len(chart.plot.ticks[1]) >= 4
    qtbot.mouseClick(note.link, Qt.MouseButton.LeftButton)
    assert asked == [True]
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert chart.stop is None
    chart.set_series(strategies())
    assert note.isHidden()
    chart.set_hidden(frozenset({"avalanche", "snowball", "minimums"}))
    assert note.isVisible()


def test_an_empty_chart_needs_no_link(make_chart: MakeChart) -> None:
    chart = make_chart()
    chart.set_empty("No payments yet")
    assert chart._empty.isVisible()
    assert chart._empty.link.isHidden()


def test_a_step_holds_its_value_and_dots_have_only_theirs(make_chart: MakeChart) -> None:
    days = [dt.date(2025, month, 1).toordinal() for month in (1, 3, 5)]
    chart = make_chart(x=Axis.dates())
    chart.set_series(
        [
            Series("owed", "Owed", days, [900_00, 600_00, 300_00], SeriesStyle(1, Kind.STEP)),
            Series("paid", "Paid", [days[1] - 5], [300_00], SeriesStyle(2, Kind.DOTS)),
        ]
    )
    assert list(chart.stops()) == [days[0], days[1] - 5, days[1], days[2]]
    chart.set_stop(days[1] - 5)
    assert told(chart) == [("Owed", "$900.00"), ("Paid", "$300.00")]
    chart.set_stop(days[1])
    assert told(chart) == [("Owed", "$600.00")]


def test_texts_given_with_a_series_are_shown_as_they_are(make_chart: MakeChart) -> None:
    chart = make_chart(y=Axis.count())
    chart.set_series([Series("a", "A <b>", [0, 1], [1, 2], texts=["one", "<i>two</i>"])])
    chart.set_stop(1)
    assert told(chart) == [("A <b>", "<i>two</i>")]
    assert chart.values().tab_separated().splitlines()[2] == "2026-01\t<i>two</i>"


def test_values_below_zero_have_room(make_chart: MakeChart) -> None:
    chart = make_chart()
    chart.set_series([Series("net", "Net", [0, 1, 2], [-500_00, 200_00, 900_00])])
    assert [tick.text for tick in chart.plot.ticks[1]] == ["−$500", "$0", "$500", "$1,000"]
    assert chart.plot.area.contains(chart.plot.place(0, -500_00))


@pytest.mark.parametrize(("xs", "ys"), [([0], [0]), ([0], [5_00]), ([3, 4], [0, 0])])
def test_very_little_data_is_shown_too(make_chart: MakeChart, xs: list[int], ys: list[int]) -> None:
    chart = make_chart()
    chart.set_series([Series("a", "A", xs, ys, end_label="end")])
    assert chart.plot.area.contains(chart.plot.place(xs[-1], ys[-1]))
    chart.grab()


def test_what_does_not_fit_together_is_refused(chart: LineChart) -> None:
    with pytest.raises(ValueError, match="not as many values"):
        Series("a", "A", [0, 1], [0])
    with pytest.raises(ValueError, match="eight series colours"):
        SeriesStyle(9)
    with pytest.raises(ValueError, match="same key"):
        chart.set_series([Series("a", "A", [0], [0]), Series("a", "B", [0], [0])])


def test_the_chart_names_itself_and_its_finding(chart: LineChart) -> None:
    chart.set_finding("Avalanche is debt-free 42 months sooner.")
    assert chart.plot.accessibleName() == "Balance over time"
    assert chart.plot.accessibleDescription() == "Avalanche is debt-free 42 months sooner."
    chart.set_heading("Visa card")
    assert chart.plot.accessibleName() == "Visa card"
    assert chart.table.accessibleName() == "Visa card, values"


def test_colours_follow_the_theme_while_the_chart_is_shown(
    qtbot: QtBot, chart: LineChart, look: theme.Theme
) -> None:
    corner = QPoint(chart.plot.width() - 2, 2)
    assert chart.plot.grab().toImage().pixelColor(corner) == look.color("raised")
    look.set_appearance(theme.Appearance.DARK)
    assert chart.plot.grab().toImage().pixelColor(corner) == look.color("raised")
    assert chart._curves["avalanche"]._pen.color().name().upper() == "#6DD3DC"
    assert chart.legend.buttons[0].entry.sample.color.name().upper() == "#6DD3DC"


@pytest.mark.parametrize("percent", [90, 150, 200])
def test_labels_fit_at_every_text_size(chart: LineChart, look: theme.Theme, percent: int) -> None:
    look.set_text_percent(percent)
    chart.resize(600, look.px(245))
    QApplication.processEvents()
    across, up = chart.plot.ticks
    assert 2 <= len(across) <= 8
    assert len(up) >= 2
    assert chart.plot.area.left() > 0
    assert chart.plot.area.height() > 0
    chart.grab()


def test_more_lines_than_fit_beside_the_heading_go_below_it_at_once(chart: LineChart) -> None:
    beside = chart.legend.y()
    chart.set_series([falling(str(n), f"A strategy of many words {n}", 1_000_00 + n, 30) for n in range(6)])
    QApplication.sendPostedEvents()
    assert chart.legend.y() > beside


def test_a_narrow_chart_gives_the_legend_its_own_line(chart: LineChart) -> None:
    beside = chart.legend.y()
    chart.resize(420, 260)
    QApplication.processEvents()
    assert chart.legend.y() > beside
    # With room for the ring of the focus around an entry.
    assert chart.legend.y() >= chart._caption.geometry().bottom() + 1 + 4
    chart.resize(840, 245)
    QApplication.processEvents()
    assert chart.legend.y() == beside
