"""A group of radio buttons with a heading, each perhaps with a grey word behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its name (with a mnemonic) and a grey text behind it."""

    value: str
    text: str
    detail: str = ""


class ChoiceList(QWidget):
    """One choice out of a few that are all in sight; `chosen` carries the value that the user chose."""

    chosen = Signal(str)

    def __init__(self, heading: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._details: dict[str, Label] = {}
        self.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("s"))
        column.addWidget(Label(heading, "bodyStrong"))
        for choice in choices:
            column.addLayout(self._row(choice))
        self._group.buttonClicked.connect(lambda _button: self.chosen.emit(self.value()))

    def value(self) -> str:
        """Return what is chosen."""
        return next((value for value, made in self._buttons.items() if made.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose; that is not the user's choice."""
        self._buttons[value].setChecked(True)

    def set_detail(self, value: str, detail: str) -> None:
        """Change the grey text behind a choice."""
        self._details[value].setText(detail)
        self._buttons[value].setAccessibleDescription(f"{self._heading}. {detail}")

    def enable(self, value: str, *, enabled: bool) -> None:
        """Say whether something can be chosen now."""
        self._buttons[value].setEnabled(enabled)
        self._details[value].set_tone("secondary" if enabled else "disabled")

    def button(self, value: str) -> QRadioButton:
        """Return the button of a choice."""
        return self._buttons[value]

    def _row(self, choice: Choice) -> QHBoxLayout:
        made = QRadioButton(choice.text)
        detail = Label(choice.detail, "body", "secondary", tabular=True, wrap=True)
        self._group.addButton(made)
        self._buttons[choice.value] = made
        self._details[choice.value] = detail
        made.setAccessibleDescription(f"{self._heading}. {choice.detail}")
        row = QHBoxLayout()
        row.setSpacing(theme.current().space("s"))
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(detail, 1, Qt.AlignmentFlag.AlignTop)
        return row
