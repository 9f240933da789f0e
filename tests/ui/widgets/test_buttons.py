"""Keys on buttons."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.records.link import RecordLink
from app.ui.widgets import button

KEYS = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "make",
    [
        lambda: button.default("Export…"),
        lambda: button.link("Show all"),
        lambda: button.icon_button("bell", "What is due"),
        lambda: button.tool_button("x", "Close"),
        lambda: RecordLink("Toaster"),
    ],
)
def test_a_button_outside_a_dialog_is_pressed_by_return(
    qtbot: QtBot, make: Callable[[], QAbstractButton], key: Qt.Key
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    made = make()
    QVBoxLayout(window).addWidget(made)
    window.show()
    made.setFocus()
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


def test_return_with_another_key_held_down_presses_nothing(qtbot: QtBot) -> None:
    made = button.default("Export…")
    qtbot.addWidget(made)
    pressed: list[bool] = []
    made.clicked.connect(pressed.append)
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pressed


def test_in_a_dialog_return_presses_the_button_it_is_on_rather_than_the_default(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QDialogButtonBox()
    save, other = button.primary("Save"), button.default("Add a rate…")
    other.setAutoDefault(False)
    box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
    box.accepted.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(other)
    column.addWidget(box)
    save.setDefault(True)
    dialog.show()
    other.setFocus()
    with qtbot.waitSignal(other.clicked):
        qtbot.keyClick(other, Qt.Key.Key_Return)
    assert dialog.isVisible()
