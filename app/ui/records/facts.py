"""A list of facts: labels in one column, values in the other; empty ones are left out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.records.link import RecordLink
from app.ui.records.text import VALUE, flowing
from app.ui.theme import theme
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.label import Label, plain_tip
from app.ui.widgets.pill import Pill, PillKind

_LABEL_WIDTH = 96
_GAP = 12
_FILL = Qt.AlignmentFlag(0)


class Facts(QWidget):
    """Facts in the order in which they were added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, theme.current().px(_LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, value: str, *, tabular: bool = False) -> None:
        """Add a fact, unless it is empty; its value can be selected and copied."""
        if not value:
            return
        shown = flowing(value, tabular=tabular, room=VALUE)
        shown.setAccessibleName(f"{label}: {value}")
        self._add_row(label, shown)

    def add_pills(self, label: str, values: Sequence[str]) -> None:
        """Add a fact of several words, each in a pill."""
        if not values:
            return
        holder = QWidget()
        flow = FlowLayout(holder, gap=4, line_gap=4)
        for value in values:
            flow.addWidget(Pill(value, PillKind.NEUTRAL, ""))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._add_row(label, holder)

    def add_link(self, label: str, name: str, run: Callable[[], object]) -> None:
        """Add another record by its name; a click opens it."""
        link = RecordLink(name)
        link.setAccessibleName(f"{label}: {name}")
        link.clicked.connect(lambda _on: run())
        self._add_row(label, link, Qt.AlignmentFlag.AlignLeft)

    def add_later(self, label: str) -> "LaterFact":
        """Add a fact whose value is still being worked out."""
        fact = LaterFact(label)
        self._add_row(label, fact)
        return fact

    def is_empty(self) -> bool:
        """Tell whether there are no facts."""
        return self._grid.count() == 0

    def _add_row(self, label: str, value: QWidget, alignment: Qt.AlignmentFlag = _FILL) -> None:
        row = self._grid.rowCount()
        words = Label(label, tone="secondary")
        words.setBuddy(value)
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, alignment)


class LaterFact(QWidget):
    """The value of a fact that is shown as soon as it is known."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._text = ""
        self.show_value("…")

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def show_value(self, text: str, explanation: str = "", *, tabular: bool = True) -> None:
        """Show the value; the explanation stands in the tooltip and is read out after it."""
        self._text = text
        clear(self._column)
        shown = flowing(text, tabular=tabular, room=VALUE)
        for widget in (shown, self):
            widget.setAccessibleName(f"{self._label}: {text}")
            widget.setAccessibleDescription(explanation)
        self.setToolTip(plain_tip(explanation))
        self._column.addWidget(shown)


def clear(layout: QLayout) -> None:
    """Remove everything from a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
