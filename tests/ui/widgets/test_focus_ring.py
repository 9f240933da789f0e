"""The focus ring is seen wherever a button has the focus by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import theme
from app.ui.widgets import button
from app.ui.widgets.focus_ring import FocusRings


@pytest.fixture
def rings(qapp: QApplication) -> Iterator[FocusRings]:
    made = FocusRings(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, rings: FocusRings) -> QWidget:
    assert rings.parent() is not None
    made = QWidget()
    qtbot.addWidget(made)
    made.setProperty("ground", "surface")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 20, 20, 20)
    for widget in (QLineEdit(), button.primary("Save"), button.default("Cancel"), QCheckBox("Remind me")):
        column.addWidget(widget)
    made.resize(240, 220)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    # A button of the mouse that an earlier test left pressed would hide every ring.
    qtbot.mouseRelease(made, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(made, Qt.MouseButton.RightButton)
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
    return made


def _ring_at_left_of(window: QWidget, widget: QWidget, distance: int = 3) -> bool:
    """Whether the ring's colour lies left of a widget's edge."""
    corner = widget.mapTo(window, widget.rect().topLeft())
    point = corner.x() - distance, corner.y() + widget.height() // 2
    return window.grab().toImage().pixelColor(*point) == theme.current().color("focus")


def test_a_button_reached_by_tab_has_a_ring_outside(window: QWidget, qtbot: QtBot) -> None:
    save = next(w for w in window.children() if isinstance(w, QWidget) and w.property("kind") == "primary")
    window.children()
    line = window.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert not _ring_at_left_of(window, save)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    qtbot.waitUntil(save.hasFocus)
    assert _ring_at_left_of(window, save)
    assert not _ring_at_left_of(window, save, distance=1)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert not _ring_at_left_of(window, save)


def test_the_ring_follows_a_button_that_moves(window: QWidget, qtbot: QtBot) -> None:
    save = next(w for w in window.children() if isinstance(w, QWidget) and w.property("kind") == "primary")
    save.setFocus()
    qtbot.waitUntil(save.hasFocus)
    window.resize(300, 400)
    save.move(60, 300)
    assert _ring_at_left_of(window, save)


def test_a_box_has_the_ring_around_its_indicator(window: QWidget, qtbot: QtBot) -> None:
    box = window.findChild(QCheckBox)
    assert box is not None
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert _ring_at_left_of(window, box)


def test_a_button_scrolled_out_of_sight_has_no_ring(window: QWidget, qtbot: QtBot) -> None:
    area = QScrollArea()
    inner = QWidget()
    column = QVBoxLayout(inner)
    first = button.default("First")
    column.addWidget(first)
    inner.setMinimumHeight(1000)
    column.addStretch()
    area.setWidget(inner)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(area)
    window.resize(240, 400)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert _ring_at_left_of(window, first)
    area.verticalScrollBar().setValue(500)
    focus = theme.current().color("focus")
    picture = window.grab().toImage()
    ring_pixels = sum(
        picture.pixelColor(x, y) == focus for x in range(picture.width()) for y in range(picture.height())
    )
    save = next(w for w in window.children() if isinstance(w, QWidget) and w.property("kind") == "primary")
    assert ring_pixels <= save.width() * save.height()
    assert not _ring_at_left_of(window, save)
