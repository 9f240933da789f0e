"""The one ornament: the dotted line along which a stub is torn off."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_DOT, _STEP = 3, 8


class Perforation(QWidget):
    """A horizontal row of dots, 3 px across and 8 px apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One dot high."""
        return QSize(_STEP * 4, _DOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("borderStrong"))
            radius = _DOT / 2
            for left in range(0, self.width() - _DOT + 1, _STEP):
                painter.drawEllipse(QPointF(left + radius, self.height() / 2), radius, radius)
