"""Ranked bars: what something is made of, the largest first, with amount and share."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.charts.card import ChartCard
from app.ui.charts.focus import band_color
from app.ui.charts.places import Places
from app.ui.charts.tooltip import Reading, Value
from app.ui.charts.values import Values
from app.ui.i18n import tr
from app.ui.theme import theme

_ROW, _BAR, _GAP = 28, 8, 12
_NAMES = 0.38
"""The part of the width that names may take at most."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Rank:
    """One bar: its key, what it is called and its value in the axis' unit; `quiet` ones, such as "Other", are grey."""

    key: str
    title: str
    value: float
    quiet: bool = False


class RankedBars(ChartCard):
    """A card with a horizontal bar for each rank, as long as its value; `chosen` carries the key of one."""

    chosen = Signal(str)

    def __init__(
        self,
        heading: str,
        axis: Axis,
        caption: str = "",
        *,
        title: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`title` says what the bars are, and heads their column in the table."""
        self._rows = _Rows(axis)
        self._axis, self._title = axis, title
        super().__init__(heading, self._rows, caption, compact=compact, parent=parent)
        self._rows.chosen.connect(lambda row, _column: self.chosen.emit(self._rows.ranks[row].key))
        self._show_all()

    @property
    def ranks(self) -> Sequence[Rank]:
        """The bars from the top."""
        return self._rows.ranks

    def set_ranks(self, ranks: Sequence[Rank]) -> None:
        """Show other bars, in the order given."""
        self._rows.ranks = tuple(ranks)
        self._show_all()

    def set_axis(self, axis: Axis) -> None:
        """Write the values in another unit; bars follow with `set_ranks`."""
        self._axis = axis
        self._rows.set_axis(axis)

    def has_data(self) -> bool:
        """Return whether there is a bar."""
        return bool(self._rows.ranks)

    def values(self) -> Values:
        """Return a row for each bar: its name, its value and its share."""
        ranks = self._rows.ranks

        def row(at: int) -> Sequence[tuple[str, str]]:
            rank, share = ranks[at], self._rows.share(at)
            shown = self._axis.exact(rank.value), self._axis.plain(rank.value)
            return [(rank.title, rank.title), shown, (formats.percent(share), f"{share:.6f}")]

        return Values([self._title, self._axis.title or tr("Value"), tr("Share")], len(ranks), row)

    def show_content(self) -> None:
        """Paint the bars anew."""
        self._rows.refresh()

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint it into a picture."""
        self._rows.paint_into(painter, rect)


class _Rows(Places):
    """The bars themselves."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self.ranks: Sequence[Rank] = ()
        super().__init__()

    def set_axis(self, axis: Axis) -> None:
        """Write the values in another unit."""
        self._axis = axis

    def share(self, row: int) -> float:
        """Return the part of the whole that a bar stands for."""
        whole = sum(rank.value for rank in self.ranks)
        return self.ranks[row].value / whole if whole else 0.0

    def sizeHint(self) -> QSize:
        """A row for each bar."""
        look = theme.current()
        return QSize(look.px(320), look.px(_ROW) * max(len(self.ranks), 4))

    def minimumSizeHint(self) -> QSize:
        """All rows, however narrow."""
        return QSize(theme.current().px(200), self.sizeHint().height())

    def size_in_places(self) -> tuple[int, int]:
        """One column."""
        return (len(self.ranks), 1)

    def place(self, row: int, _column: int) -> QRectF:
        """The whole width of a row."""
        height = theme.current().px(_ROW)
        return QRectF(0, row * height, self.width(), height)

    def reading(self, row: int, _column: int) -> Reading | None:
        """Return value and share of a bar."""
        rank = self.ranks[row]
        share = Value(tr("Share"), formats.percent(self.share(row)))
        return Reading(rank.title, [Value(tr("Value"), self._axis.exact(rank.value)), share])

    def paint(self, painter: QPainter) -> None:
        """Paint name, bar and value of each row."""
        look = theme.current()
        names, numbers = QFontMetrics(_name_font()), QFontMetrics(look.num_font("body"))
        texts = [self._axis.exact(rank.value) for rank in self.ranks]
        values = max((numbers.horizontalAdvance(text) for text in texts), default=0)
        longest = max((names.horizontalAdvance(rank.title) for rank in self.ranks), default=0)
        name_width = min(longest + 1, round(self.width() * _NAMES))
        highest = max((rank.value for rank in self.ranks), default=0) or 1
        for row, (rank, text) in enumerate(zip(self.ranks, texts, strict=True)):
            rect = self.place(row, 0)
            if self.current == (row, 0):
                painter.fillRect(rect, band_color())
            painter.setFont(_name_font())
            painter.setPen(look.color("text"))
            shown = names.elidedText(rank.title, Qt.TextElideMode.ElideRight, name_width)
            painter.drawText(rect, _LEFT, shown)
            painter.setFont(look.num_font("body"))
            painter.drawText(rect, _RIGHT, text)
            track = rect.adjusted(name_width + _GAP, 0, -values - _GAP, 0)
            part = max(0.0, rank.value / highest)
            _paint_bar(painter, track, part, look.color("borderControl" if rank.quiet else "accent"))


def _name_font() -> QFont:
    font = theme.current().font("body")
    font.setWeight(QFont.Weight.Medium)
    return font


def _paint_bar(painter: QPainter, track: QRectF, part: float, color: QColor) -> None:
    if part <= 0 or track.width() <= 0:
        return
    height = theme.current().px(_BAR)
    width = max(track.width() * part, 2.0)
    bar = QRectF(track.left(), track.center().y() - height / 2, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(bar, 2, 2)
    painter.fillPath(shape, color)
