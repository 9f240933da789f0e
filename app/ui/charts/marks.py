"""What lies over the lines of a plot: dots and labels at their ends, the crosshair and its dots."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.ui.charts.focus import band_color
from app.ui.theme import theme

DOT, END_DOT, HOVER_DOT = 3.5, 4.0, 4.0
"""How far a dot reaches from its middle, in pixels."""
_RING = 1.5
_GAP = 7.0
_TRIES_UP = 3
_CLEAR = 2.0
"""Pixels between a label and a line that just passes it."""


Corners = tuple[Sequence[float], Sequence[float]]
"""The corners of a line in the widget, from left to right: how far across, and how far down."""


@dataclass(frozen=True, slots=True)
class EndMark:
    """The end of a line: its place in the widget, its colour and what stands beside it."""

    place: QPointF
    color: QColor
    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label, and the rectangle that it was given."""

    text: str
    rect: QRectF
    strong: bool = False


class Overlay(QGraphicsItem):
    """Paints over the whole widget, in its own coordinates; it takes no pointer."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.setZValue(level)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._whole = QRectF()

    def set_whole(self, whole: QRectF) -> None:
        """Say how large the widget is."""
        if whole != self._whole:
            self.prepareGeometryChange()
            self._whole = whole

    def boundingRect(self) -> QRectF:
        """The whole widget."""
        return self._whole


class Grid(Overlay):
    """Hairlines across the plot, that of zero stronger."""

    def __init__(self) -> None:
        super().__init__(-200)
        self._left = self._right = 0.0
        self._lines: Sequence[tuple[float, bool]] = ()

    def show_lines(self, left: float, right: float, lines: Sequence[tuple[float, bool]]) -> None:
        """Show lines from `left` to `right`: how far down each is, and whether it is that of zero."""
        self._left, self._right, self._lines = left, right, lines
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the lines, each on whole pixels."""
        chart = theme.current().chart
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for down, zero in self._lines:
            color = QColor(chart.zero_line if zero else chart.grid)
            painter.fillRect(QRectF(self._left, round(down), self._right - self._left, 1), color)


class Column(Overlay):
    """A soft upright band behind the bars that the tooltip is about."""

    def __init__(self) -> None:
        super().__init__(-300)
        self._band = QRectF()
        self.hide()

    def show_band(self, band: QRectF) -> None:
        """Show the band."""
        self._band = band
        self.show()
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the band."""
        painter.fillRect(self._band, band_color())


class ReferenceLine(Overlay):
    """A dashed line across the plot at one value, such as the average, with words above it."""

    def __init__(self) -> None:
        super().__init__(15)
        self._line = QLineF()
        self._label = PlacedLabel("", QRectF())

    def show_line(self, line: QLineF, label: PlacedLabel) -> None:
        """Show the line and its label."""
        self._line, self._label = line, label
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint line and label; behind the label the ground covers what would run through it."""
        look = theme.current()
        pen = QPen(look.color("text"), 1)
        pen.setDashPattern([4, 3])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawLine(self._line)
        if self._label.text:
            painter.fillRect(self._label.rect, look.color("raised"))
            painter.setFont(label_font())
            painter.drawText(self._label.rect, int(Qt.AlignmentFlag.AlignCenter), self._label.text)


class EndMarks(Overlay):
    """Measured dots, a dot at the end of each line, and labels where none covers another, a dot or a line."""

    def __init__(self) -> None:
        super().__init__(20)
        self._marks: Sequence[EndMark] = ()
        self._dots: Sequence[tuple[QPointF, QColor]] = ()
        self.labels: Sequence[PlacedLabel] = ()

    def show_marks(
        self,
        marks: Sequence[EndMark],
        lines: Sequence[Corners],
        area: QRectF,
        dots: Sequence[tuple[QPointF, QColor]] = (),
    ) -> None:
        """Show the ends and measured `dots`; `lines` are those that labels keep clear of."""
        self._marks, self._dots = marks, dots
        self.labels = placed_labels(marks, lines, area)
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint dots and labels."""
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("raised"), _RING))
        for place, color in self._dots:
            painter.setBrush(color)
            painter.drawEllipse(place, DOT, DOT)
        for mark in reversed(self._marks):
            painter.setBrush(mark.color)
            painter.drawEllipse(mark.place, END_DOT, END_DOT)
        painter.setPen(look.color("text"))
        for label in self.labels:
            painter.setFont(label_font(strong=label.strong))
            painter.drawText(label.rect, int(Qt.AlignmentFlag.AlignCenter), label.text)


class Crosshair(Overlay):
    """A dashed upright line, and a dot where each series has its value."""

    def __init__(self) -> None:
        super().__init__(30)
        self._line = QLineF()
        self._dots: Sequence[tuple[QPointF, QColor]] = ()
        self.hide()

    def show_at(self, line: QLineF, dots: Sequence[tuple[QPointF, QColor]]) -> None:
        """Show the line and the dots."""
        self._line, self._dots = line, dots
        self.show()
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint line and dots."""
        look = theme.current()
        pen = QPen(QColor(look.chart.crosshair), 1)
        pen.setDashPattern([2, 3])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawLine(self._line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("raised"), _RING))
        for place, color in self._dots:
            painter.setBrush(color)
            painter.drawEllipse(place, HOVER_DOT, HOVER_DOT)


def label_font(*, strong: bool = False) -> QFont:
    """Return the font of labels inside a plot."""
    font = theme.current().num_font("caption")
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def placed_labels(marks: Sequence[EndMark], lines: Sequence[Corners], area: QRectF) -> list[PlacedLabel]:
    """Return the labels of marks, each where it covers least; equal ones at one place are set once.

    A label that would cover another everywhere is left out: the legend and the tooltip name its line too.
    """
    dots = [_around(mark.place, END_DOT + 1) for mark in marks]
    placed: list[PlacedLabel] = []
    named: list[EndMark] = []
    for mark in marks:
        if not mark.text or any(_same(mark, other) for other in named):
            continue
        named.append(mark)
        metrics = QFontMetricsF(label_font(strong=mark.strong))
        width = metrics.horizontalAdvance(mark.text) + 2
        best: tuple[float, QRectF] | None = None
        for cost, rect in _candidates(mark.place, width, metrics.height()):
            if best is not None and cost >= best[0]:
                break
            if not area.contains(rect) or any(rect.intersects(label.rect) for label in placed):
                continue
            paid = cost + 6 * sum(rect.intersects(dot) for dot in dots) + 5 * _crossed(rect, lines)
            if best is None or paid < best[0]:
                best = (paid, rect)
        if best is not None:
            placed.append(PlacedLabel(mark.text, best[1], mark.strong))
    return placed


def _same(one: EndMark, other: EndMark) -> bool:
    return one.text == other.text and (one.place - other.place).manhattanLength() < 2 * END_DOT


def _candidates(place: QPointF, width: float, height: float) -> list[tuple[float, QRectF]]:
    """Where a label may stand and what that costs, best first: beside the dot and above it, then farther away."""
    left, right = place.x() - width - _GAP, place.x() + _GAP
    across = (left, right, place.x() - width / 2, left - 16, left - 32, left - 48)
    down = [place.y() - height - 3 - level * height for level in range(_TRIES_UP)]
    down += [place.y() - height / 2, place.y() + 3]
    found = [
        (2.5 * row + 0.4 * column, QRectF(x, y, width, height))
        for row, y in enumerate(down)
        for column, x in enumerate(across)
    ]
    return sorted(found, key=lambda candidate: candidate[0])


def _crossed(rect: QRectF, lines: Sequence[Corners]) -> int:
    """How many lines run through a rectangle."""
    left, right = rect.left(), rect.right()
    top, bottom = rect.top() - _CLEAR, rect.bottom() + _CLEAR
    return sum(_runs_through(line, left, right, top, bottom) for line in lines)


def _runs_through(line: Corners, left: float, right: float, top: float, bottom: float) -> bool:
    xs, ys = line
    first, last = max(bisect_left(xs, left) - 1, 0), min(bisect_right(xs, right), len(xs) - 1)
    for at in range(first, last):
        x0, x1, y0, y1 = xs[at], xs[at + 1], ys[at], ys[at + 1]
        if x1 < left or x0 > right:
            continue
        slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
        begins = y0 + slope * (left - x0) if x0 < left else y0
        ends = y1 - slope * (x1 - right) if x1 > right else y1
        if min(begins, ends) <= bottom and max(begins, ends) >= top:
            return True
    return False


def _around(place: QPointF, distance: float) -> QRectF:
    return QRectF(place.x() - distance, place.y() - distance, 2 * distance, 2 * distance)
