"""What every chart can do: be a table, be copied, be saved as a picture."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.ui.charts import card as card_module
from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.charts.series import Series
from tests.ui.charts.conftest import MakeChart, falling


def shown_rows(chart: LineChart) -> list[list[str]]:
    grid = chart.table.grid
    return [
        [grid.index(row, column).data() for column in range(grid.columnCount())]
        for row in range(grid.rowCount())
    ]


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text().replace("&", ""): action for action in menu.actions() if action.text()}


def test_the_table_has_the_same_values_as_the_lines(chart: LineChart) -> None:
    chart.set_series([falling("a", "A", 300_01, 2), falling("b", "B", 200_00, 3, 2)])
    chart.set_table_shown(True)
    assert chart.table.isVisible()
    assert not chart.plot.isVisible()
    assert chart.values().titles == ["Month", "A", "B"]
    assert shown_rows(chart) == [
        ["Dec 2025", "$300.01", "$200.00"],
        ["Jan 2026", "$150.00", "$133.33"],
        ["Feb 2026", "$0.00", "$66.66"],
        ["Mar 2026", "—", "$0.00"],
    ]
    assert chart.table.grid.index(3, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "none"


def test_the_table_follows_the_values(qtbot: QtBot, chart: LineChart) -> None:
    qtbot.mouseClick(chart.table_button, Qt.MouseButton.LeftButton)
    assert chart.table_button.text() == "Show as chart"
    assert len(shown_rows(chart)) == 76
    chart.set_series([falling("a", "A", 300_00, 2)])
    assert len(shown_rows(chart)) == 3
    qtbot.mouseClick(chart.table_button, Qt.MouseButton.LeftButton)
    assert chart.plot.isVisible()


def test_the_focus_goes_from_the_chart_to_its_table_and_back(chart: LineChart) -> None:
    chart.plot.setFocus()
    chart.set_stop(3)
    chart.set_table_shown(True)
    assert chart.table.hasFocus()
    assert chart.tooltip.isHidden()
    chart.set_table_shown(False)
    assert chart.plot.hasFocus()


def test_values_are_copied_as_a_spreadsheet_reads_them(qtbot: QtBot, chart: LineChart) -> None:
    chart.set_series([Series("a", "A\tB", [0, 1], [-300_01, 12])])
    chart.set_table_shown(True)
    chart.table.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(chart.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    expected = "Month\tA B\n2025-12\t-300.01\n2026-01\t0.12\n"
    assert QGuiApplication.clipboard().text() == expected
    with qtbot.waitSignal(chart.told) as told:
        chart.copy_values()
    assert told.args == ["Copied the values of “Balance over time”"]
    assert QGuiApplication.clipboard().text() == expected


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_chart_is_saved_from_its_menu(
    qtbot: QtBot, chart: LineChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    asked: list[str] = []

    def choose(_parent: object, title: str, suggestion: str, filters: str) -> tuple[str, str]:
        asked.append(suggestion)
        return str(tmp_path / "balance"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    chart.set_heading("Visa: 4471/2")
    chart.set_stop(12)
    with qtbot.waitSignal(chart.told) as told:
        entries(chart.menu())[f"Save as {kind.upper()}…"].trigger()
    target = tmp_path / f"balance.{kind}"
    assert asked == [str(Path.home() / f"Visa 4471 2.{kind}")]
    assert told.args == [f"Saved balance.{kind}"]
    if kind == "png":
        image = QImage(str(target))
        assert image.width() == 2 * chart.width()
        colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, 400, 3)}
        assert {"#045972", "#ffffff"} <= colors
    else:
        assert QSvgRenderer(str(target)).isValid()
        text = target.read_text("utf-8")
        for piece in ("Visa: 4471/2", "$30k", "2027", "Sep 2028", "#045972", "Minimums only"):
            assert piece in text
    # The crosshair is no part of the picture, and is back afterwards.
    assert chart.crosshair.isVisible()


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_that_only_gets_its_ending_is_not_replaced_unasked(
    chart: LineChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    target = tmp_path / "balance.png"
    target.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(tmp_path / "balance"), ""))
    asked: list[str] = []

    def confirm(_parent: object, heading: str, _text: str, _verb: str) -> bool:
        asked.append(heading)
        return replace

    monkeypatch.setattr(card_module, "confirm", confirm)
    entries(chart.menu())["Save as PNG…"].trigger()
    assert asked == ["Replace “balance.png”?"]
    assert (target.read_bytes() == b"mine") is not replace


def test_nothing_is_written_when_no_file_was_chosen(
    chart: LineChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: ("", ""))
    entries(chart.menu())["Save as PNG…"].trigger()
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_cannot_be_written_is_told(
    chart: LineChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "gone" / "chart.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(target), ""))
    said: list[str] = []
    monkeypatch.setattr(card_module, "tell", lambda _parent, heading, text, *, problem: said.append(text))
    entries(chart.menu())["Save as SVG…"].trigger()
    assert len(said) == 1
    assert said[0].startswith(f"{target} could not be written: ")
    assert said[0].endswith(". Choose another place.")


def test_a_chart_is_copied_as_a_picture(qtbot: QtBot, chart: LineChart) -> None:
    with qtbot.waitSignal(chart.told) as told:
        chart.copy_picture()
    assert told.args == ["Copied “Balance over time” as a picture"]
    assert QGuiApplication.clipboard().image().width() == 2 * chart.width()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_opens_by_mouse_and_keyboard(qtbot: QtBot, chart: LineChart) -> None:
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        place = QPoint(200, 100)
        event = QContextMenuEvent(reason, place, chart.plot.mapToGlobal(place))
        QApplication.sendEvent(chart.plot.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert list(entries(menu)) == [
            "Copy as picture",
            "Copy values",
            "Save as PNG…",
            "Save as SVG…",
            "Show as table",
        ]
        menu.close()


def test_the_menu_of_an_empty_chart_offers_nothing_to_copy(qtbot: QtBot, make_chart: MakeChart) -> None:
    chart = make_chart()
    menu = chart.menu()
    offered = {text for text, action in entries(menu).items() if action.isEnabled()}
    assert offered == {"Show as table"}
    menu.close()


def test_a_compact_chart_is_a_table_by_its_menu(qtbot: QtBot) -> None:
    made = LineChart("Balance", Axis.dates(), Axis.money("EUR"), compact=True)
    qtbot.addWidget(made)
    assert made.table_button.isHidden()
    menu = made.menu()
    entries(menu)["Show as table"].trigger()
    assert made.table_shown
    menu.close()
