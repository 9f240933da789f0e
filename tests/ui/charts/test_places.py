"""Ranked bars, heatmaps, timelines and sparklines."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from pytestqt.qtbot import QtBot

from app.ui.charts.axis import Axis
from app.ui.charts.heatmap import Heatmap, step_of
from app.ui.charts.places import Places
from app.ui.charts.ranked import Rank, RankedBars
from app.ui.charts.sparkline import Sparkline
from app.ui.charts.timeline import Timeline
from app.ui.theme import theme


@pytest.fixture
def ranked(qtbot: QtBot) -> RankedBars:
    made = RankedBars("Spending by category", Axis.money("USD"), title="Category")
    qtbot.addWidget(made)
    made.set_ranks(
        [
            Rank("electronics", "Electronics & <b>more</b>", 600_00),
            Rank("tools", "Tools", 300_00),
            Rank("other", "Other", 100_00, quiet=True),
        ]
    )
    made.resize(500, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def heatmap(qtbot: QtBot) -> Heatmap:
    made = Heatmap("Retention", Axis.percent(), title="Week")
    qtbot.addWidget(made)
    made.set_cells(["3 Nov", "10 Nov"], ["Week 0", "Week 1", "Week 2"], [[1.0, 0.0, 0.2], [1.0, 0.4, None]])
    made.resize(500, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: found.append(event.message()))
    return found


def lines(places: Places) -> list[tuple[str, str]]:
    assert places.tooltip.reading is not None
    return [(line.title, line.text) for line in places.tooltip.reading.lines]


def test_a_ranked_bar_tells_value_and_share(qtbot: QtBot, ranked: RankedBars) -> None:
    rows = ranked._rows
    qtbot.mouseMove(rows, rows.place(1, 0).center().toPoint())
    qtbot.waitUntil(rows.tooltip.isVisible)
    assert rows.tooltip.reading is not None
    assert rows.tooltip.reading.title == "Tools"
    assert lines(rows) == [("Value", "$300.00"), ("Share", "30.0%")]
    assert rows.rect().contains(rows.tooltip.geometry())


def test_a_ranked_bar_is_chosen_by_click_and_key(qtbot: QtBot, ranked: RankedBars, said: list[str]) -> None:
    rows = ranked._rows
    with qtbot.waitSignal(ranked.chosen) as chosen:
        qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.place(2, 0).center().toPoint())
    assert chosen.args == ["other"]
    rows.set_current(None)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert said[-1] == "Electronics & <b>more</b>: Value $600.00, Share 60.0%"
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(ranked.chosen) as chosen:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert chosen.args == ["tools"]
    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert rows.current is None


def test_ranked_values_are_a_table(ranked: RankedBars) -> None:
    assert ranked.values().tab_separated().splitlines() == [
        "Category\tUSD\tShare",
        "Electronics & <b>more</b>\t600.00\t0.600000",
        "Tools\t300.00\t0.300000",
        "Other\t100.00\t0.100000",
    ]


def test_ranked_bars_without_a_sum_have_no_share(ranked: RankedBars) -> None:
    ranked.set_ranks([Rank("a", "A", 0)])
    ranked._rows.set_current((0, 0))
    assert lines(ranked._rows) == [("Value", "$0.00"), ("Share", "0.0%")]
    ranked.grab()
    ranked.set_ranks([])
    assert ranked._empty.isVisible()
    assert ranked._rows.current is None


def test_the_heatmap_reads_its_cells_and_skips_empty_ones(
    qtbot: QtBot, heatmap: Heatmap, said: list[str]
) -> None:
    cells = heatmap._cells
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(cells, key)
    assert cells.current == (0, 2)
    assert said == ["3 Nov: Week 0 100.0%", "3 Nov: Week 1 0.0%", "3 Nov: Week 2 20.0%"]
    qtbot.keyClick(cells, Qt.Key.Key_Down)
    assert cells.current == (1, 1)
    qtbot.keyClick(cells, Qt.Key.Key_End)
    assert cells.current == (1, 1)
    qtbot.keyClick(cells, Qt.Key.Key_Home)
    assert cells.current == (1, 0)
    with qtbot.waitSignal(heatmap.chosen) as chosen:
        qtbot.keyClick(cells, Qt.Key.Key_Space)
    assert chosen.args == [1, 0]


def test_the_heatmap_colours_by_step_and_keeps_zero_apart(heatmap: Heatmap, look: theme.Theme) -> None:
    def ground(row: int, column: int) -> QColor:
        place = heatmap._cells.place(row, column)
        return heatmap._cells.grab().toImage().pixelColor(int(place.left()) + 6, int(place.top()) + 5)

    steps = look.chart.sequential
    assert ground(0, 0) == QColor(steps[5].color)
    assert ground(1, 1) == QColor(steps[2].color)
    assert ground(0, 1) == look.color("surfaceAlt")
    look.set_appearance(theme.Appearance.DARK)
    assert ground(0, 0) == QColor(look.chart.sequential[5].color)


@pytest.mark.parametrize(
    ("value", "highest", "expected"), [(0.01, 1, 0), (0.5, 1, 3), (1, 1, 5), (5, 0, 0), (7, 7, 5)]
)
def test_steps_share_out_what_is_above_nothing(value: float, highest: float, expected: int) -> None:
    assert step_of(value, highest, 6) == expected


def test_the_heatmap_is_a_table_too(heatmap: Heatmap) -> None:
    assert heatmap.values().tab_separated().splitlines() == [
        "Week\tWeek 0\tWeek 1\tWeek 2",
        "3 Nov\t1\t0\t0.2",
        "10 Nov\t1\t0.4\t",
    ]
    heatmap.set_table_shown(True)
    assert heatmap.table.grid.index(1, 3).data() == "—"


def test_the_heatmap_needs_a_value_for_each_place(heatmap: Heatmap) -> None:
    with pytest.raises(ValueError, match="for each row and column"):
        heatmap.set_cells(["A"], ["B", "C"], [[1.0]])
    heatmap.set_cells(["A"], ["B"], [[None]])
    assert heatmap._empty.isVisible()


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_painted_charts_are_pictures_too(heatmap: Heatmap, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"retention.{suffix}"
    heatmap.save_picture(target)
    assert target.stat().st_size > 1000
    if suffix == "svg":
        assert "10 Nov" in target.read_text("utf-8")


def test_the_timeline_stacks_states_in_the_colours_of_their_meaning(qtbot: QtBot, look: theme.Theme) -> None:
    timeline = Timeline("Warranties by month")
    qtbot.addWidget(timeline)
    timeline.set_counts(["Oct", "Nov"], [5, 6], [2, 0], [0, 1])
    titles = [(button.text(), button.entry.sample.color) for button in timeline.legend.buttons]
    assert titles == [
        ("Active", look.color("success")),
        ("Expiring", look.color("warning")),
        ("Ended", look.color("danger")),
    ]
    assert timeline.values().tab_separated().splitlines()[1] == "Oct\t5\t2\t0\t7"


def test_a_sparkline_ends_at_its_last_value(qtbot: QtBot, look: theme.Theme) -> None:
    line = Sparkline([3, 1, 2])
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    assert (line.width(), line.height()) == (92, 28)
    first, lowest, last = line.points()
    assert first.y() < last.y() < lowest.y()
    assert line.rect().toRectF().contains(last)
    assert line.grab().toImage().pixelColor(last.toPoint()) == look.color("accent")
    line.set_values([4, 4])
    assert {point.y() for point in line.points()} == {14.0}
    line.set_values([4])
    assert line.points() == []
    line.grab()
    look.set_text_percent(150)
    assert line.sizeHint().width() == 138


def test_painted_charts_do_not_load_the_library_for_plots() -> None:
    script = (
        "import sys, app.ui.charts.sparkline, app.ui.charts.ranked, app.ui.charts.heatmap, app.ui.charts.series;"
        "raise SystemExit('pyqtgraph' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
