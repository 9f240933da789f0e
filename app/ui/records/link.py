"""A link to another record, in a line of a pane."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.actions import literal
from app.ui.widgets.button import ButtonKind, PushButton
from app.ui.widgets.label import plain_tip


class RecordLink(PushButton):
    """Names a record and opens it. A name longer than the line is cut, and stands in the tooltip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("kind", ButtonKind.LINK.value)
        self.setProperty("flush", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._cut()

    def name(self) -> str:
        """Return what the link says, whole."""
        return self._name

    def sizeHint(self) -> QSize:
        """Room for the whole name."""
        width = self.fontMetrics().horizontalAdvance(self._name) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a letter or two and the ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("MM…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name to the new width."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Cut the name in the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, self.width())
        self.setText(literal(shown))
        self.setToolTip("" if shown == self._name else plain_tip(self._name))
