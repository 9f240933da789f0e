"""The tooltip of a chart: a title, and what each series has there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.i18n import tr, tr_n
from app.ui.theme import theme

TOOLTIP_GAP = 15.0
"""How far a tooltip keeps from what it is about, in pixels."""

_PADDING, _GAP, _SWATCH, _COLUMN_GAP = 10, 7, 8, 10


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a tooltip: what it is about, its exact value, and the colour of its swatch, if any."""

    title: str
    text: str
    color: QColor | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chart says at one place: its title, the values, and where the swatches' dots lie (x, y)."""

    title: str
    values: Sequence[Value]
    total: Value | None = None

    @property
    def lines(self) -> list[Value]:
        """All values, the total last."""
        return [*self.values, self.total] if self.total is not None else list(self.values)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        values = (tr("{name} {value}").format(name=line.title, value=line.text) for line in self.lines)
        return tr("{place}: {values}").format(place=self.title, values=", ".join(values))


class Tooltip(QFrame):
    """Shows a `Reading` beside a place of the plot; it never takes the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.reading: Reading | None = None
        self._lines: list[Value] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_reading(
        self, reading: Reading, x: float, area: QRectF, gap: float = TOOLTIP_GAP, top: float | None = None
    ) -> None:
        """Show a reading `gap` beside `x`, on the side of `area` with more room, inside the parent."""
        self.reading = reading
        self._lines = self._fitting(reading)
        size = self.sizeHint()
        self.resize(size)
        right = area.right() - x > x - area.left()
        left = x + gap if right else x - gap - size.width()
        most = self._around.width() - size.width() - 1
        top = min(area.top() + 2 if top is None else top, self._around.height() - size.height() - 1)
        self.move(QPoint(round(max(1.0, min(left, most))), round(max(1.0, top))))
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest line."""
        if self.reading is None:
            return QSize(0, 0)
        name, strong = QFontMetrics(_font(strong=False)), QFontMetrics(_font(strong=True))
        lines = self._lines
        names = max((name.horizontalAdvance(line.title) + self._indent(line) for line in lines), default=0)
        values = max((strong.horizontalAdvance(line.text) for line in lines), default=0)
        width = max(names + _COLUMN_GAP + values, strong.horizontalAdvance(self.reading.title))
        return QSize(width + 2 * _PADDING + 1, (len(lines) + 1) * _line_height() + 2 * (_PADDING - 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the title and the lines."""
        if self.reading is None:
            return
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("tooltip"))
            radius = look.radius("control")
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            height, width = _line_height(), self.width() - 2 * _PADDING
            line_rect = QRectF(_PADDING, _PADDING - 3, width, height)
            painter.setFont(_font(strong=True))
            painter.setPen(look.color("tooltipText"))
            painter.drawText(line_rect, _LEFT, self.reading.title)
            for line in self._lines:
                line_rect.translate(0, height)
                self._paint_line(painter, line_rect, line)

    @property
    def lines(self) -> list[Value]:
        """The lines that there is room for."""
        return list(self._lines)

    def _fitting(self, reading: Reading) -> list[Value]:
        """As many values as fit, then how many more there are, and the total."""
        lines, room = reading.lines, (self._around.height() - 2 * _PADDING) // _line_height() - 1
        if len(lines) <= room:
            return lines
        total = [reading.total] if reading.total is not None else []
        kept = max(room - len(total) - 1, 1)
        more = Value(tr_n("and {n} more", "and {n} more", len(reading.values) - kept), "")
        return [*reading.values[:kept], more, *total]

    def _paint_line(self, painter: QPainter, rect: QRectF, line: Value) -> None:
        ink = theme.current().color("tooltipText")
        if line.color is not None:
            swatch = QRectF(rect.left() + 0.5, rect.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
            painter.setPen(QPen(ink, 1))
            painter.setBrush(line.color)
            painter.drawRoundedRect(swatch, 2, 2)
        painter.setPen(ink)
        painter.setFont(_font(strong=False))
        painter.drawText(rect.adjusted(self._indent(line), 0, 0, 0), _LEFT, line.title)
        painter.setFont(_font(strong=True))
        painter.drawText(rect, _RIGHT, line.text)

    def _indent(self, line: Value) -> int:
        return 0 if line.color is None else _SWATCH + _GAP


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def _font(*, strong: bool) -> QFont:
    font = theme.current().num_font("caption")
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
    return font


def _line_height() -> int:
    return theme.current().px(17)
