"""The undo bar: one message at a time, gone after a while, not while one is on it."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import theme
from app.ui.widgets.undo_bar import UndoBar


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def _button(bar: UndoBar, text: str) -> QPushButton:
    return next(button for button in bar.findChildren(QPushButton) if button.text() == text)


def test_it_says_what_was_done_and_offers_to_undo_it(page: QWidget, qtbot: QtBot) -> None:
    bar = UndoBar(page)
    assert bar.isHidden()
    bar.show_message("Deleted “Toaster”", "trash-2")
    assert bar.isVisible()
    assert bar.text() == "Deleted “Toaster”"
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(_button(bar, "Undo"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_it_goes_by_itself(page: QWidget, qtbot: QtBot) -> None:
    bar = UndoBar(page, visible_ms=10)
    bar.show_message("Deleted “Toaster”")
    qtbot.waitUntil(bar.isHidden)


def test_it_moves_in_and_out_unless_motion_is_reduced(page: QWidget, qtbot: QtBot, look: theme.Theme) -> None:
    look.set_reduce_motion(False)
    bar = UndoBar(page, visible_ms=300)
    bar.show_message("Deleted “Toaster”")
    low = bar.y()
    qtbot.waitUntil(lambda: bar.y() == low - 8)
    qtbot.waitUntil(bar.isHidden)


def test_it_stays_at_the_bottom_centre(page: QWidget) -> None:
    bar = UndoBar(page, bottom=16)
    bar.show_message("Deleted “Toaster”")
    page.resize(700, 400)
    assert bar.geometry().bottom() + 1 == 400 - 16
    assert abs(bar.geometry().center().x() - 350) <= 1
    assert bar.height() == 40


def test_a_long_message_leaves_room_at_the_sides(page: QWidget) -> None:
    bar = UndoBar(page)
    bar.show_message("Deleted “" + "very " * 60 + "long”")
    assert QRect(16, 0, 868, 600).contains(bar.geometry())
    assert _button(bar, "Undo").isVisible()


def test_the_next_message_takes_the_place_of_the_last(page: QWidget) -> None:
    bar = UndoBar(page)
    bar.show_message("Deleted “Toaster”")
    bar.show_message("Saved", undo=False)
    assert bar.text() == "Saved"
    assert _button(bar, "Undo").isHidden()
    bar.show_message("Deleted “Kettle”")
    assert _button(bar, "Undo").isVisible()
    bar.dismiss()


def test_it_waits_while_the_pointer_is_on_it(page: QWidget) -> None:
    bar = UndoBar(page, visible_ms=60_000)
    bar.show_message("Deleted “Toaster”")
    assert bar.is_waiting()
    middle = QPointF(bar.rect().center())
    QApplication.sendEvent(bar, QEnterEvent(middle, middle, middle))
    assert not bar.is_waiting()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar.is_waiting()
    bar.dismiss()
    assert not bar.is_waiting()


def test_it_waits_while_it_has_the_focus(page: QWidget, qtbot: QtBot) -> None:
    elsewhere = QPushButton("Elsewhere", page)
    elsewhere.show()
    bar = UndoBar(page, visible_ms=60_000)
    bar.show_message("Deleted “Toaster”")
    page.activateWindow()
    _button(bar, "Undo").setFocus()
    qtbot.waitUntil(lambda: not bar.is_waiting())
    elsewhere.setFocus()
    qtbot.waitUntil(bar.is_waiting)
    bar.dismiss()


def test_the_name_in_a_message_is_not_read_as_markup(page: QWidget) -> None:
    bar = UndoBar(page)
    bar.show_message("Deleted “<h1>Toaster</h1>”")
    assert bar.height() == 40
    bar.dismiss()
