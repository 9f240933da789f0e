"""A bar that shows how much of something is done, for delegates to paint and as a widget."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_TRACK = 8


def paint_progress(painter: QPainter, track: QRectF, done: Decimal, color: str = "success") -> None:
    """Paint a rounded track into `track`, filled from the left by the share `done`, from 0 to 1."""
    look = theme.current()
    if track.width() <= 0:
        return
    radius = track.height() / 2
    shape = QPainterPath()
    shape.addRoundedRect(track, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shape, look.color("borderStrong"))
    part = QRectF(track)
    part.setWidth(track.width() * float(done))
    filled = QPainterPath()
    filled.addRect(part)
    painter.fillPath(shape.intersected(filled), look.color(color))
    if look.high_contrast:
        painter.setPen(QPen(look.color("text"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
    painter.restore()


class ProgressBar(QWidget):
    """The bar on its own; `words` are what a screen reader says."""

    def __init__(self, done: Decimal, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = done
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as the track."""
        return QSize(120, theme.current().px(_TRACK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        with QPainter(self) as painter:
            paint_progress(painter, QRectF(self.rect()), self._done)
