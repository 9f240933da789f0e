"""A small line without axes, beside a figure: where it came from."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_WIDTH, _HEIGHT = 92, 28
_LINE, _DOT, _FILL = 1.5, 2.5, 0.10


class Sparkline(QWidget):
    """Shows values that are evenly far apart, the lowest at the bottom; fewer than two show nothing.

    It is decoration beside a figure that says the same, so screen readers and the pointer pass over it.
    """

    def __init__(self, values: Sequence[float] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = tuple(values)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.current().changed.connect(self._restyle)

    @property
    def values(self) -> tuple[float, ...]:
        """The values that are shown."""
        return self._values

    def set_values(self, values: Sequence[float]) -> None:
        """Show other values."""
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        """The size that the design gives it; it grows with the text."""
        look = theme.current()
        return QSize(look.px(_WIDTH), look.px(_HEIGHT))

    def points(self) -> list[QPointF]:
        """Return where the values lie in the widget, from left to right."""
        values = self._values
        if len(values) < 2:
            return []
        low, high = min(values), max(values)
        wide, tall = self.width() - 2 * _DOT - 1, self.height() - 2 * _DOT - 1
        # What never changes runs through the middle.
        parts = [(value - low) / (high - low) if high > low else 0.5 for value in values]
        step = wide / (len(values) - 1)
        return [QPointF(0.5 + at * step, 0.5 + _DOT + (1 - part) * tall) for at, part in enumerate(parts)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the fill, the line and the dot at its end."""
        points = self.points()
        if not points:
            return
        ink = theme.current().color("accent")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = QPainterPath()
            bottom = float(self.height())
            corners = [QPointF(points[0].x(), bottom), *points, QPointF(points[-1].x(), bottom)]
            ground.addPolygon(QPolygonF(corners))
            fill = QColor(ink)
            fill.setAlphaF(_FILL)
            painter.fillPath(ground, fill)
            pen = QPen(ink, _LINE)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(points[-1], _DOT, _DOT)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
