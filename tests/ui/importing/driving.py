"""How tests drive the wizard: as a person does, mostly by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services.importing.flow import Step
from app.ui.dialogs.grid import GridCell, Mark
from app.ui.dialogs.grid_view import GridView
from app.ui.importing.wizard import ImportWizard

FILES = Path(__file__).resolve().parents[2] / "data" / "imports"
HOUSEHOLD = FILES / "haushalt.csv"
Open = Callable[..., ImportWizard]
Key = Qt.Key


def press(qtbot: QtBot, wizard: ImportWizard, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is, as the window system would."""
    target: QWidget = wizard.focusWidget() or wizard
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(target, key, held)


def go_on(qtbot: QtBot, wizard: ImportWizard, step: Step) -> None:
    """Press Enter until a step is reached, waiting wherever the wizard does."""
    while wizard.flow.step is not step:
        qtbot.waitUntil(wizard.next_button.isEnabled)
        press(qtbot, wizard, Key.Key_Return)
        if wizard.flow.step is Step.RUN:
            qtbot.waitUntil(lambda: wizard.flow.step is not Step.RUN)
    if step is Step.PREVIEW:
        qtbot.waitUntil(lambda: wizard.flow.preview is not None)


def cells(view: GridView) -> list[list[GridCell]]:
    model = view.grid
    return [
        [model.cell(row, column) for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def marked(view: GridView) -> list[tuple[str, str, str]]:
    """Line, heading and text of every marked cell."""
    return [
        (row[0].text, view.grid.columns[at].title, cell.text)
        for row in cells(view)
        for at, cell in enumerate(row)
        if cell.mark is Mark.ERROR
    ]


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def choose_place(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
