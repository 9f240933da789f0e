"""How much of a span of time has gone: the bar of a warranty."""

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import formats
from app.ui.i18n import tr
from app.ui.theme import theme

_BAR, _TICK_WIDTH, _TICK_HEIGHT = 8, 2, 16
_ABOVE, _BELOW = 2, 2


class ProgressLine(QWidget):
    """A bar from `start` to `end` (calendar days), dated at both ends, with a tick at today.

    `color` names the token of the part that has gone.
    """

    def __init__(
        self,
        start: dt.date,
        end: dt.date,
        today: dt.date,
        color: str = "success",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_dates(start, end, today, color)
        theme.current().changed.connect(self._restyle)

    def set_dates(self, start: dt.date, end: dt.date, today: dt.date, color: str = "success") -> None:
        """Show another span."""
        self._start, self._end, self._today, self._color = start, end, today, color
        words = tr("From {start} to {end}, {left}").format(
            start=formats.date(start), end=formats.date(end), left=formats.time_left_in_full(end, today)
        )
        self.setAccessibleName(words)
        self.update()

    def fraction(self) -> float:
        """Return how much of the span has gone, from 0 to 1."""
        length = (self._end - self._start).days
        if length <= 0:
            return 1.0 if self._today >= self._end else 0.0
        return min(max((self._today - self._start).days / length, 0.0), 1.0)

    def sizeHint(self) -> QSize:
        """Room for both dates, and for the word above the tick."""
        metrics = QFontMetrics(theme.current().num_font("small"))
        width = metrics.horizontalAdvance(formats.date(self._start) + formats.date(self._end)) + 24
        return QSize(width, 2 * self._text_height() + _ABOVE + _TICK_HEIGHT + _BELOW)

    def minimumSizeHint(self) -> QSize:
        """As the size hint: nothing can be left out."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar, the tick and the words."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            text = self._text_height()
            tick_top = text + _ABOVE
            bar = QRectF(0, tick_top + (_TICK_HEIGHT - _BAR) / 2, self.width(), _BAR)
            shape = QPainterPath()
            shape.addRoundedRect(bar, _BAR / 2, _BAR / 2)
            painter.fillPath(shape, look.color("border"))
            painter.save()
            painter.setClipPath(shape)
            gone = bar.width() * self.fraction()
            painter.fillRect(QRectF(bar.x(), bar.y(), gone, bar.height()), look.color(self._color))
            painter.restore()
            painter.setFont(look.num_font("small"))
            if self._start <= self._today <= self._end:
                tick = min(max(gone - _TICK_WIDTH / 2, 0), self.width() - _TICK_WIDTH)
                painter.fillRect(QRectF(round(tick), tick_top, _TICK_WIDTH, _TICK_HEIGHT), look.color("text"))
                self._paint_today(painter, gone)
            painter.setPen(look.color("textSecondary"))
            ends = QRectF(0, tick_top + _TICK_HEIGHT + _BELOW, self.width(), text)
            painter.drawText(
                ends, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, formats.date(self._start)
            )
            painter.drawText(
                ends, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, formats.date(self._end)
            )

    def _paint_today(self, painter: QPainter, middle: float) -> None:
        word = tr("Today")
        width = painter.fontMetrics().horizontalAdvance(word) + 2
        left = min(max(middle - width / 2, 0), self.width() - width)
        painter.setPen(theme.current().color("text"))
        painter.drawText(QRectF(left, 0, width, self._text_height()), Qt.AlignmentFlag.AlignCenter, word)

    def _text_height(self) -> int:
        look = theme.current()
        return look.px(look.tokens.styles["small"].line_height)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
