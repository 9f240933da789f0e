"""The piece of line by which a strategy is known in the chart."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from app.ui.charts.series import SeriesStyle
from app.ui.plans import words


def paint_swatch(painter: QPainter, rect: QRect, key: str) -> None:
    """Paint a piece of the line of a strategy across the middle of `rect`."""
    painter.setPen(SeriesStyle(words.series_number(key)).pen())
    middle = rect.y() + rect.height() / 2
    painter.drawLine(QPointF(rect.x(), middle), QPointF(rect.x() + rect.width(), middle))
