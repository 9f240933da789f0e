"""The line by which a strategy is known, in the chart and in the table."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPen

from app.ui.charts.series import LINE, SeriesStyle


@dataclass(frozen=True)
class OtherDash(SeriesStyle):
    """A colour that another line has too, told apart by its dash, in pixels: there are more strategies than colours."""

    dash: tuple[int, ...] = ()

    def pen(self, width: float = LINE) -> QPen:
        """Return the pen of the line, `width` pixels wide."""
        pen = SeriesStyle.pen(self, width)
        pen.setDashPattern([length / width for length in self.dash])
        return pen


_STYLES = {
    "avalanche": SeriesStyle(1),
    "snowball": SeriesStyle(2),
    "minimums": SeriesStyle(3),
    "custom": SeriesStyle(4),
    "best": SeriesStyle(5),
    "hybrid": SeriesStyle(6),
    "cash-flow": SeriesStyle(7),
    "utilisation": SeriesStyle(8),
    "highest-payment": OtherDash(5, dash=(7, 4)),
    "shortest-term": OtherDash(6, dash=(9, 3, 2, 3)),
}


def style_of(key: str) -> SeriesStyle:
    """Return the colour and dash that a strategy has wherever it is drawn."""
    return _STYLES.get(key, SeriesStyle(8))


def paint_swatch(painter: QPainter, rect: QRect, key: str) -> None:
    """Paint a piece of the line of a strategy across the middle of `rect`."""
    painter.setPen(style_of(key).pen())
    middle = rect.y() + rect.height() / 2
    painter.drawLine(QPointF(rect.x(), middle), QPointF(rect.x() + rect.width(), middle))
