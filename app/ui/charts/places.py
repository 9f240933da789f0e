"""A chart that is painted as places one can point at: rows of ranked bars, cells of a heatmap."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.charts.focus import came_by_key, paint_ring
from app.ui.charts.tooltip import Reading, Tooltip

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_PageUp: (-10, 0),
    Qt.Key.Key_PageDown: (10, 0),
}


class Places(QWidget):
    """Rows of places, each with a reading; the pointer and the arrow keys go from one to another.

    `chosen` carries the row and the column of a place that was clicked or entered.
    """

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: tuple[int, int] | None = None
        self._by_keyboard = False
        self.tooltip = Tooltip(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    # -- what a kind of chart says about itself

    def size_in_places(self) -> tuple[int, int]:
        """Return how many rows and columns there are."""
        return (0, 0)

    def place(self, row: int, column: int) -> QRectF:
        """Return where a place lies in the widget."""
        return QRectF()

    def reading(self, row: int, column: int) -> Reading | None:
        """Return what is said about a place, or None where nothing is."""
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint all places."""

    def paint_into(self, painter: QPainter, rect: QRectF) -> None:
        """Paint all places into a picture, none of them looked at."""
        at, self._at = self._at, None
        painter.save()
        painter.translate(rect.topLeft())
        self.paint(painter)
        painter.restore()
        self._at = at

    # -- the place that is looked at

    @property
    def current(self) -> tuple[int, int] | None:
        """The row and the column that the tooltip is about."""
        return self._at

    def set_current(self, at: tuple[int, int] | None) -> None:
        """Look at another place, or at none."""
        reading = self.reading(*at) if at is not None else None
        self._at = at if reading is not None else None
        if at is None or reading is None:
            self.tooltip.hide()
        else:
            rect = self.place(*at)
            gap = rect.width() / 2 + 6 if rect.width() < self.width() / 3 else 0.0
            self.tooltip.show_reading(reading, rect.center().x(), QRectF(self.rect()), gap, rect.bottom() + 4)
        self.update()

    def refresh(self) -> None:
        """Paint anew after a change of values or colours, and forget the place that was looked at."""
        self.set_current(None)
        self.updateGeometry()

    def found_at(self, where: QPointF) -> tuple[int, int] | None:
        """Return the place at a point of the widget."""
        rows, columns = self.size_in_places()
        for row in range(rows):
            if self.place(row, 0).top() <= where.y() < self.place(row, 0).bottom():
                for column in range(columns):
                    if self.place(row, column).contains(where):
                        return (row, column)
        return None

    # -- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the places, and the ring of the one that the keyboard is at."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.save()
            self.paint(painter)
            painter.restore()
            if self.hasFocus() and self._by_keyboard:
                ring = self.place(*self._at) if self._at is not None else QRectF(self.rect())
                paint_ring(painter, ring)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at what is under the pointer."""
        at = self.found_at(event.position())
        if at != self._at:
            self.set_current(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show no ring after a click."""
        self._by_keyboard = False
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the place under the pointer."""
        at = self.found_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None and self.reading(*at) is not None:
            self.chosen.emit(*at)

    def leaveEvent(self, event: QEvent) -> None:
        """Look at nothing when the pointer goes."""
        super().leaveEvent(event)
        self.set_current(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look at nothing when the chart goes."""
        super().hideEvent(event)
        self.set_current(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._by_keyboard = came_by_key(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Look at nothing when the focus goes."""
        super().focusOutEvent(event)
        self.set_current(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another place and say what is there, or choose it."""
        key = Qt.Key(event.key())
        self._by_keyboard = True
        if key in _STEPS:
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(0, -(10**6) if key == Qt.Key.Key_Home else 10**6)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.chosen.emit(*self._at)
        else:
            if key == Qt.Key.Key_Escape:
                self.set_current(None)
            event.ignore()

    def _step(self, down: int, across: int) -> None:
        rows, columns = self.size_in_places()
        if not rows or not columns:
            return
        if self._at is None:
            at = (0, 0)
        else:
            wanted = (self._at[0] + down, self._at[1] + across)
            at = (min(max(wanted[0], 0), rows - 1), min(max(wanted[1], 0), columns - 1))
        self._look_at(*at, columns)

    def _look_at(self, row: int, column: int, columns: int) -> None:
        """Look at a place, or where nothing is said there, at the nearest of its row that has something."""
        for other in sorted(range(columns), key=lambda other: abs(other - column)):
            reading = self.reading(row, other)
            if reading is not None:
                self.set_current((row, other))
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, reading.spoken))
                return
