"""The little frame around the name of a key: "Ctrl+K", "Esc"."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_PAD, _HEIGHT = 6, 18


def key_badge_size(keys: str) -> QSize:
    """Return the size of the frame around a key's name."""
    look = theme.current()
    return QSize(QFontMetrics(look.font("caption")).horizontalAdvance(keys) + 2 * _PAD, look.px(_HEIGHT))


def paint_key_badge(painter: QPainter, corner: QPoint, keys: str) -> None:
    """Paint a key's name in its frame, with the top left corner at `corner`."""
    look = theme.current()
    badge = QRect(corner, key_badge_size(keys))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("borderStrong"), 1))
    painter.setBrush(look.color("surfaceAlt"))
    painter.drawRoundedRect(QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setFont(look.font("caption"))
    painter.setPen(look.color("textSecondary"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, keys)


class KeyBadge(QWidget):
    """A key's name in its frame, on its own."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """The size of the frame."""
        return key_badge_size(self._keys)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame and the name."""
        with QPainter(self) as painter:
            paint_key_badge(painter, QPoint(0, 0), self._keys)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
