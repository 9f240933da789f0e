"""The plot of a chart on pyqtgraph: axes, grid, ranges, and where a value lies on the screen."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.focus import came_by_key, paint_ring
from app.ui.charts.marks import Grid
from app.ui.charts.ticks import Tick
from app.ui.theme import theme

GRID_LINES = 6
_TEXT_GAP, _TICK = 8, 4
_HEIGHT, _LEAST_HEIGHT, _LEAST_WIDTH = 220, 120, 200
_OVER = 15
"""Pixels that a label of the x axis may reach beyond the plot on the left."""

_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -12,
    Qt.Key.Key_PageDown: 12,
    Qt.Key.Key_Home: -(10**9),
    Qt.Key.Key_End: 10**9,
}


class Plot(pg.GraphicsView):  # type: ignore[misc]
    """Axes and grid around an area that items are added to; it neither zooms nor scrolls.

    `pointed` and `clicked` carry a place in the widget, `stepped` how many places a key goes on. `entered` tells
    of Enter or Space, `left` that pointer or focus are gone, `resized` that every value lies somewhere else now.
    """

    pointed = Signal(QPointF)
    clicked = Signal(QPointF)
    stepped = Signal(int)
    entered = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, x: Axis, y: Axis, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._axes = (x, y)
        self._low, self._high = (0.0, 0.0), (1.0, 1.0)
        self._rounded = False
        self._grid = Grid()
        self._labelled = True
        self._by_keyboard = False
        self._ticks: tuple[list[Tick], list[Tick]] = ([], [])
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        # A line along the edge is as wide as any other.
        self.box.setFlag(self.box.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self._left_axis = _axis_item("left", self.box, marked=False)
        self._bottom_axis = _axis_item("bottom", self.box, marked=x.timely)
        layout = pg.GraphicsLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addItem(self._left_axis, 0, 0)
        layout.addItem(self.box, 0, 1)
        layout.addItem(self._bottom_axis, 1, 1)
        self._layout = layout
        self.setCentralItem(layout)
        self.scene().addItem(self._grid)
        self.setAntialiasing(True)
        self.box.sigResized.connect(self._box_resized)
        self.restyle()

    # -- what is shown

    def add(self, item: Any) -> None:
        """Add an item that lies in the values of the axes."""
        self.box.addItem(item, ignoreBounds=True)

    def remove(self, item: Any) -> None:
        """Take an item away again."""
        self.box.removeItem(item)

    def set_axes(self, x: Axis, y: Axis) -> None:
        """Write the values of other axes."""
        self._axes = (x, y)
        self._label()

    def set_range(self, x: tuple[float, float], y: tuple[float, float], *, rounded: bool = False) -> None:
        """Show values from one to the other on each axis; `rounded` ends the y axis at grid lines."""
        low, high = (x[0], y[0]), (x[1], y[1])
        if (low, high, rounded) != (self._low, self._high, self._rounded) or rounded:
            self._low, self._high, self._rounded = low, high, rounded
            self._label()

    @property
    def ticks(self) -> tuple[list[Tick], list[Tick]]:
        """The labels of the x axis and of the y axis."""
        return self._ticks

    def show_labels(self, shown: bool) -> None:
        """Show or hide the labels of the axes; the grid stays."""
        if shown != self._labelled:
            self._labelled = shown
            self._label()

    # -- where things are

    @property
    def area(self) -> QRectF:
        """The part of the widget that values lie in."""
        return QRectF(self.box.sceneBoundingRect())

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pair of values lies in the widget."""
        area = self.area
        across = (x - self._low[0]) / (self._high[0] - self._low[0])
        up = (y - self._low[1]) / (self._high[1] - self._low[1])
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def corners(self, xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
        """Return where many values lie in the widget: how far across, and how far down."""
        area = self.area
        wide = area.width() / (self._high[0] - self._low[0])
        high = area.height() / (self._high[1] - self._low[1])
        left, bottom = area.left() - self._low[0] * wide, area.bottom() + self._low[1] * high
        return [left + x * wide for x in xs], [bottom - y * high for y in ys]

    def value(self, place: QPointF) -> QPointF:
        """Return the pair of values that lies at a place of the widget."""
        area = self.area
        across = (place.x() - area.left()) / max(area.width(), 1.0)
        up = (area.bottom() - place.y()) / max(area.height(), 1.0)
        return QPointF(
            self._low[0] + across * (self._high[0] - self._low[0]),
            self._low[1] + up * (self._high[1] - self._low[1]),
        )

    def sizeHint(self) -> QSize:
        """The height that the design gives a plot."""
        look = theme.current()
        return QSize(look.px(2 * _LEAST_WIDTH), look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for a few labels."""
        look = theme.current()
        return QSize(look.px(_LEAST_WIDTH), look.px(_LEAST_HEIGHT))

    # -- pointer and keys: pyqtgraph's own dealing with them is for plots that can be dragged

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the pointer is at."""
        if self.area.adjusted(-_TEXT_GAP, 0, _TEXT_GAP, 0).contains(event.position()):
            self.pointed.emit(event.position())
        else:
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show no ring after a click."""
        self._by_keyboard = False
        self.viewport().update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self.area.contains(event.position()):
            self.clicked.emit(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do no more than a click does."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is gone."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the chart."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by one place, by twelve, or to an end; Esc puts the crosshair away."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._by_keyboard = True
            self.viewport().update()
            self.stepped.emit(_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
            event.ignore()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._by_keyboard = came_by_key(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the crosshair away, unless a menu opened."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and the ring of the focus around it."""
        super().paintEvent(event)
        if self.hasFocus() and self._by_keyboard:
            with QPainter(self.viewport()) as painter:
                paint_ring(painter, QRectF(self.viewport().rect()))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay out anew at once, so that what depends on it is right before the next paint."""
        super().resizeEvent(event)
        if getattr(self, "_layout", None) is not None:
            self._layout.layout.activate()

    # -- inside

    def restyle(self) -> None:
        """Take the colours, fonts and sizes of the theme."""
        look = theme.current()
        self.setBackground(look.color("raised"))
        for item in (self._left_axis, self._bottom_axis):
            item.setTextPen(look.chart.axis_text)
            item.setTickFont(look.num_font("caption"))
        self._bottom_axis.setTickPen(look.chart.zero_line)
        metrics = QFontMetrics(look.num_font("caption"))
        # Half a line above the plot for the topmost label.
        self._layout.setContentsMargins(0, metrics.height() / 2, 0, 0)
        self._bottom_axis.setHeight(metrics.height() + _TEXT_GAP + 2)
        self._label()
        self.viewport().update()

    def _box_resized(self) -> None:
        self._label()
        self.resized.emit()

    def _label(self) -> None:
        (x0, y0), (x1, y1) = self._low, self._high
        metrics = QFontMetrics(theme.current().num_font("caption"))
        x_axis, y_axis = self._axes
        lines = min(GRID_LINES, max(2, int(self.area.height() / (2 * metrics.height()))))
        up = y_axis.ticks(y0, y1, lines)
        if self._rounded and len(up) > 1:
            step = up[1].at - up[0].at
            y0 = up[0].at - step if y0 < up[0].at else y0
            y1 = up[-1].at + step if y1 > up[-1].at else y1
            self._low, self._high = (x0, y0), (x1, y1)
            up = y_axis.ticks(y0, y1, round((y1 - y0) / step))
        self.box.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)
        self._ticks = ([], up)
        if self._labelled:
            widest = max((metrics.horizontalAdvance(tick.text) for tick in up), default=0)
            self._left_axis.setWidth(widest + _TEXT_GAP + 2)
            self._layout.layout.activate()
            self._ticks = (self._across(x_axis, x0, x1, metrics), up)
        else:
            self._left_axis.setWidth(0)
        self._left_axis.setTicks([[tuple(tick) for tick in up] if self._labelled else []])
        self._bottom_axis.setTicks([[tuple(tick) for tick in self._ticks[0]]])
        self._draw_grid()

    def _across(self, axis: Axis, low: float, high: float, metrics: QFontMetrics) -> list[Tick]:
        """As many labels as fit side by side, and none that would be cut off."""
        area = self.area
        most = axis.most
        while True:
            found = axis.ticks(low, high, most)
            room = area.width() / max(len(found), 1)
            if most == 1 or all(metrics.horizontalAdvance(tick.text) + _TEXT_GAP < room for tick in found):
                break
            most -= 1
        left, right = area.left() - _OVER, self.width()
        halves = [(tick, metrics.horizontalAdvance(tick.text) / 2) for tick in found]
        places = [(tick, self.place(tick.at, 0).x(), half) for tick, half in halves]
        return [tick for tick, x, half in places if x - half >= left and x + half <= right]

    def _draw_grid(self) -> None:
        self._grid.set_whole(QRectF(self.rect()))
        lines = [(self.place(0, tick.at).y(), tick.at == 0) for tick in self._ticks[1]]
        self._grid.show_lines(self.area.left(), self.area.right(), lines)


def _axis_item(side: str, box: Any, *, marked: bool) -> Any:
    item = pg.AxisItem(side)
    item.linkToView(box)
    item.setPen(pg.mkPen(None))
    item.setStyle(
        tickLength=_TICK if marked else 0,
        tickTextOffset=_TEXT_GAP - (_TICK if marked else 0),
        autoExpandTextSpace=False,
        autoReduceTextSpace=False,
        hideOverlappingLabels=False,
        # Never fewer labels than were asked for.
        textFillLimits=[(0, 2.0)],
        # Even a tick without length would leave a point.
        tickAlpha=255 if marked else 0,
    )
    return item
