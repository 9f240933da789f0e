"""A heatmap: a grid of values by two things, such as the weeks that people came back in."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.charts.card import ChartCard
from app.ui.charts.places import Places
from app.ui.charts.tooltip import Reading, Value
from app.ui.charts.values import NO_CELL, Values
from app.ui.theme import theme

Number = float | None
_ROW, _HEAD, _GAP, _MOST_ROW = 26, 22, 1, 120
_LEAST_CELL, _NAME_GAP = 24, 8
_ROUND = 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


def step_of(value: float, highest: float, steps: int) -> int:
    """Return which of so many steps a value above 0 belongs to, 0 the lightest; the highest value is in the last."""
    if highest <= 0:
        return 0
    return min(max(int(value / highest * steps), 0), steps - 1)


class Heatmap(ChartCard):
    """A card with a grid of cells that are darker (in the dark: lighter) the higher their value is.

    Zero is a dash on a quiet ground, no value an empty place. `chosen` carries row and column of a cell.
    """

    chosen = Signal(int, int)

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
        """`axis` writes the values, `title` says what the rows are and heads them."""
        self._cells = _Cells(axis, title)
        super().__init__(heading, self._cells, caption, compact=compact, parent=parent)
        self._cells.chosen.connect(self.chosen)
        self._show_all()

    def set_cells(
        self, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[Number]]
    ) -> None:
        """Show other values, by row and column; None where there is nothing to say.

        Raises `ValueError` when there are not as many values as places.
        """
        if len(values) != len(rows) or any(len(row) != len(columns) for row in values):
            raise ValueError("A heatmap needs a value, or None, for each row and column.")
        self._cells.take(rows, columns, values)
        self._show_all()

    def has_data(self) -> bool:
        """Return whether a cell has a value."""
        return any(value is not None for row in self._cells.values for value in row)

    def values(self) -> Values:
        """Return the cells as they stand."""
        cells = self._cells

        def row(at: int) -> Sequence[tuple[str, str]]:
            found = [
                NO_CELL if value is None else (cells.axis.exact(value), cells.axis.plain(value))
                for value in cells.values[at]
            ]
            return [(cells.rows[at], cells.rows[at]), *found]

        return Values([cells.title, *cells.columns], len(cells.rows), row)

    def show_content(self) -> None:
        """Paint the cells anew."""
        self._cells.refresh()

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint it into a picture."""
        self._cells.paint_into(painter, rect)


class _Cells(Places):
    """The cells themselves, with the names of rows and columns around them."""

    def __init__(self, axis: Axis, title: str) -> None:
        self.axis, self.title = axis, title
        self.rows: Sequence[str] = ()
        self.columns: Sequence[str] = ()
        self.values: Sequence[Sequence[Number]] = ()
        super().__init__()

    def take(self, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[Number]]) -> None:
        """Hold other values."""
        self.rows, self.columns = tuple(rows), tuple(columns)
        self.values = tuple(tuple(row) for row in values)

    def sizeHint(self) -> QSize:
        """A line for each row and one for the names of the columns."""
        look = theme.current()
        width = self._names() + look.px(2 * _LEAST_CELL) * len(self.columns)
        return QSize(width, look.px(_HEAD) + look.px(_ROW) * max(len(self.rows), 4))

    def minimumSizeHint(self) -> QSize:
        """Cells that can still be told apart."""
        width = self._names() + _LEAST_CELL * len(self.columns)
        return QSize(width, self.sizeHint().height())

    def size_in_places(self) -> tuple[int, int]:
        """Return how many cells there are."""
        return (len(self.rows), len(self.columns))

    def place(self, row: int, column: int) -> QRectF:
        """Return where a cell lies, with the gap around it."""
        look = theme.current()
        left, height = self._names(), look.px(_ROW)
        width = (self.width() - left) / max(len(self.columns), 1)
        return QRectF(left + column * width, look.px(_HEAD) + row * height, width, height)

    def reading(self, row: int, column: int) -> Reading | None:
        """Return the value of a cell."""
        value = self.values[row][column]
        if value is None:
            return None
        return Reading(self.rows[row], [Value(self.columns[column], self.axis.exact(value))])

    def paint(self, painter: QPainter) -> None:
        """Paint the names and the cells."""
        look = theme.current()
        painter.setFont(look.num_font("caption"))
        painter.setPen(QColor(look.chart.axis_text))
        metrics = QFontMetrics(look.num_font("caption"))
        names = self._names()
        for row, name in enumerate(self.rows):
            rect = self.place(row, 0)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - _NAME_GAP)
            painter.drawText(QRectF(0, rect.top(), names, rect.height()), _LEFT, shown)
        for column, name in enumerate(self.columns):
            rect = self.place(0, column)
            head = QRectF(rect.left(), 0, rect.width(), look.px(_HEAD))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(rect.width()))
            painter.drawText(head, _CENTRE, shown)
        highest = max((value for row in self.values for value in row if value is not None), default=0.0)
        for row, values in enumerate(self.values):
            for column, value in enumerate(values):
                if value is not None:
                    self._paint_cell(painter, self.place(row, column), value, highest)

    def _paint_cell(self, painter: QPainter, rect: QRectF, value: float, highest: float) -> None:
        look = theme.current()
        inside = rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        text = self.axis.exact(value)
        if value <= 0:
            painter.setPen(look.color("border"))
            painter.setBrush(look.color("surfaceAlt"))
            painter.drawRoundedRect(inside.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            painter.setPen(look.color("textSecondary"))
            text = formats.NO_VALUE if value == 0 else text
        else:
            steps = look.chart.sequential
            step = steps[step_of(value, highest, len(steps))]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(step.color))
            painter.drawRoundedRect(inside, _ROUND, _ROUND)
            painter.setPen(QColor(step.text))
        if QFontMetrics(look.num_font("caption")).horizontalAdvance(text) <= inside.width() - 2:
            painter.drawText(inside, _CENTRE, text)

    def _names(self) -> int:
        """How wide the names of the rows are."""
        look = theme.current()
        metrics = QFontMetrics(look.num_font("caption"))
        longest = max((metrics.horizontalAdvance(name) for name in self.rows), default=0)
        return min(longest + 1, look.px(_MOST_ROW)) + _NAME_GAP
