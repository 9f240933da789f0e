"""A file's path, typed or chosen, with a sentence below when something is wrong with it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label, set_property

_ICONS = {"error": ("circle-alert", "danger"), "warning": ("triangle-alert", "warning")}
_ICON = 14


class PathField(QWidget):
    """A label, a field with the path, and a button that opens the platform's file dialog.

    `edited` tells that the user typed something else, `browse_wanted` that the button was pressed. Paths may
    begin with `~`.
    """

    edited = Signal()
    browse_wanted = Signal()

    def __init__(self, label: str, browse: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help = ""
        self._state = ""
        self.field = QLineEdit()
        self.field.setAccessibleName(label.replace("&", ""))
        self.field.textEdited.connect(self._edited)
        self.browse = default(browse, "folder-open")
        self.browse.clicked.connect(self.browse_wanted)
        self.label = Label(label)
        self.label.setBuddy(self.field)
        self._icon = QLabel()
        self._message = Label("", "small", "secondary", wrap=True)
        self._lay_out()
        self.show_message("")
        theme.current().changed.connect(self._restyle)

    @property
    def state(self) -> str:
        """What is wrong with the field: "", "warning" or "error"."""
        return self._state

    @property
    def message(self) -> str:
        """The sentence below the field."""
        return self._message.text()

    def path(self) -> Path | None:
        """Return the path in the field, None when it is empty."""
        text = self.field.text().strip().strip('"')
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path | None) -> None:
        """Show a path; that is no edit."""
        self.field.setText("" if path is None else str(path))

    def set_help(self, text: str) -> None:
        """Say something below the field while nothing is wrong."""
        self._help = text
        if not self._state:
            self.show_message("")

    def show_message(self, sentence: str, state: str = "") -> None:
        """Show a sentence as an "error" or a "warning", or with "" the help again."""
        self._state = state if sentence else ""
        shown = sentence or self._help
        self._message.setText(shown)
        self._message.set_tone(_ICONS[self._state][1] if self._state else "secondary")
        self._below.setVisible(bool(shown))
        set_property(self.field, "state", self._state)
        self.field.setAccessibleDescription(shown)
        self._restyle()
        if self._state and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, shown))

    def _edited(self) -> None:
        self.show_message("")
        self.edited.emit()

    def _lay_out(self) -> None:
        look = theme.current()
        row = QHBoxLayout()
        row.setSpacing(look.space("s"))
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(look.space("xs"))
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("xs"))
        column.addWidget(self.label)
        column.addLayout(row)
        column.addWidget(self._below)

    def _restyle(self) -> None:
        self._icon.setVisible(bool(self._state))
        if self._state:
            name, color = _ICONS[self._state]
            look = theme.current()
            self._icon.setPixmap(look.icons.pixmap(name, color, look.px(_ICON), self.devicePixelRatioF()))
