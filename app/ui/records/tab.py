"""A tab of a form: fields in rows, scrolled where the screen is low."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.form import FormField

Rows = Sequence[Sequence[tuple[FormField, int]]]
"""Fields in rows, each with its share of the width."""


class HasErrors(Protocol):
    """A group of fields."""

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""


class Tab(QScrollArea):
    """Fields one below the other."""

    def __init__(self, rows: Rows = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = [field for row in rows for field, _ in row]
        self._groups: list[HasErrors] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("ground", "window")
        self._column = QVBoxLayout(inside)
        look = theme.current()
        self._column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        self._column.setSpacing(look.space("m"))
        for row in rows:
            self._column.addLayout(_row(row))
        self.setWidget(inside)

    def add(self, widgets: Sequence[QWidget], groups: Sequence[HasErrors]) -> None:
        """Add widgets below; `groups` are those of them that can have errors."""
        for widget in widgets:
            self._column.addWidget(widget)
        self._groups.extend(groups)

    def finish(self) -> None:
        """Leave the rest of the height empty."""
        self._column.addStretch()

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        for field in self._fields:
            if field.state == "error":
                return field
        return next((wrong for group in self._groups if (wrong := group.first_error())), None)


def plain_tab(widgets: Sequence[QWidget], groups: Sequence[HasErrors]) -> Tab:
    """Return a tab of whole groups of fields."""
    tab = Tab()
    tab.add(widgets, groups)
    tab.finish()
    return tab


def _row(fields: Sequence[tuple[FormField, int]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.current().space("m"))
    for field, share in fields:
        row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
    return row
