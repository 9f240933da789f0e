"""A line of text that shows as much as fits and the rest in a tooltip."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.widgets.label import Label, plain_tip


class ElidedLabel(Label):
    """A plain-text label of one line; `text()` is always the whole text."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        tabular: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, tone, tabular=tabular, parent=parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def is_elided(self) -> bool:
        """Return whether a part of the text does not fit."""
        return self._shown() != self._line()

    def minimumSizeHint(self) -> QSize:
        """Room for a letter or two and the ellipsis; none where nothing is said."""
        least = "MM…" if self.text() else ""
        return QSize(self.fontMetrics().horizontalAdvance(least), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            flags = self.alignment() | Qt.TextFlag.TextSingleLine
            painter.drawText(self.contentsRect(), int(flags), self._shown())

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tooltip where it is cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.is_elided():
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    def _line(self) -> str:
        return " ".join(self.text().splitlines())

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self._line(), self._mode, self.contentsRect().width())
