"""A key or chord in a small outlined box, as the search box and the palette show one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_HEIGHT, _PAD = 20, 6


def badge_size(text: str) -> QSize:
    """Return the size of a badge with this text."""
    look = theme.current()
    width = QFontMetrics(look.font("caption")).horizontalAdvance(text) + 2 * _PAD
    return QSize(width, look.px(_HEIGHT))


def paint_badge(painter: QPainter, place: QRectF, text: str) -> None:
    """Paint a badge that fills `place`."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("borderStrong"), 1))
    painter.setBrush(look.color("raised"))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setFont(look.font("caption"))
    painter.setPen(look.color("textSecondary"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyBadge(QWidget):
    """A badge on its own."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return the key."""
        return self._text

    def sizeHint(self) -> QSize:
        """Room for the text."""
        return badge_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the badge."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._text)
