"""Bars side by side: amounts by month, each of one colour or stacked of several."""

from collections.abc import Sequence
from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.legend import Entry, Sample
from app.ui.charts.marks import Column, PlacedLabel, ReferenceLine, label_font
from app.ui.charts.plot_card import PlotCard
from app.ui.charts.series import Series
from app.ui.charts.tooltip import TOOLTIP_GAP, Reading, Value
from app.ui.charts.values import Cell, Values
from app.ui.i18n import tr
from app.ui.theme import theme

_WIDTH = 0.6
"""The part of its place that a bar takes."""
_EMPTY_LINES = 4
_LABEL_GAP = 3
_ROOM = 1.12
"""How far the axis goes beyond the reference line, so that its label fits above it."""


class BarChart(PlotCard):
    """A card with bars that begin at 0, the first series at the bottom of each.

    `chosen` carries the number of a bar that was clicked or entered, and the key of the series in it that was hit
    ("" where none was): what a page may filter by.
    """

    chosen = Signal(int, str)

    def __init__(
        self,
        heading: str,
        titles: Sequence[str],
        y: Axis,
        caption: str = "",
        *,
        title: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`titles` name the bars, `title` says what they are and heads their column in the table."""
        super().__init__(heading, Axis.names(titles, title), y, caption, compact=compact, parent=parent)
        self._titles, self._title = tuple(titles), title
        self._series: list[Series] = []
        self._bars: list[pg.BarGraphItem] = []
        self._tops: list[list[tuple[float, float]]] = []
        self._column, self._reference_line = Column(), ReferenceLine()
        self._reference: tuple[float, str] | None = None
        for item in (self._column, self._reference_line):
            self.plot.scene().addItem(item)
        self.plot.clicked.connect(self._clicked)
        self.plot.entered.connect(self._entered)
        self._show_all()

    # -- for pages

    def set_bars(self, titles: Sequence[str], series: Sequence[Series]) -> None:
        """Show other bars: their names, and series with a value for each of them, whose `xs` are 0, 1, 2, ….

        Raises `ValueError` when a series has not as many values as there are bars.
        """
        if any(len(each) != len(titles) for each in series):
            raise ValueError("A series has not as many values as there are bars.")
        self._titles, self._series = tuple(titles), list(series)
        self.x_axis = Axis.names(self._titles, self._title)
        self.plot.set_axes(self.x_axis, self.y_axis)
        self._show_all()

    def set_reference(self, value: float | None, text: str = "") -> None:
        """Show a dashed line at a value of the y axis, with words such as "Average $899"; None takes it away."""
        self._reference = None if value is None else (value, text)
        self._show_all()

    @property
    def shown(self) -> list[Series]:
        """The series that are not hidden."""
        return [each for each in self._series if each.key not in self._hidden]

    # -- what the card asks

    def entries(self) -> Sequence[Entry]:
        """Return one entry a series, and none where there is only one."""
        if len(self._series) < 2:
            return ()
        return [Entry(each.key, each.title, Sample(each.style.color())) for each in self._series]

    def has_data(self) -> bool:
        """Return whether a bar has a height."""
        return any(value for each in self.shown for value in each.ys)

    def values(self) -> Values:
        """Return a row for each bar, and a column for each series; the total last where there are several."""
        shown = self.shown
        totals = [tr("Total")] if len(shown) > 1 else []

        def row(at: int) -> Sequence[Cell]:
            cells = [self._cell(each.ys[at]) for each in shown]
            total = [self._cell(sum(each.ys[at] for each in shown))] if totals else []
            return [(self._titles[at], self._titles[at]), *cells, *total]

        count = len(self._titles) if shown else 0
        return Values([self.x_axis.title, *(each.title for each in shown), *totals], count, row)

    def stops(self) -> Sequence[float]:
        """Return the places of the bars."""
        return range(len(self._titles)) if self.has_data() else ()

    def reading(self, x: float) -> Reading:
        """Return the values of one bar as they are stacked, from the top, and their total."""
        at, shown = round(x), self.shown
        values = [
            Value(each.title, self._text(each, at), each.style.color() if len(self._series) > 1 else None)
            for each in reversed(shown)
        ]
        total = sum(each.ys[at] for each in shown)
        return Reading(
            self._titles[at],
            values,
            Value(tr("Total"), self.y_axis.exact(total)) if len(shown) > 1 else None,
        )

    def mark_stop(self, x: float) -> None:
        """Show which bar the tooltip is about by a band behind it."""
        area = self.plot.area
        left, right = self.plot.place(x - 0.5, 0).x(), self.plot.place(x + 0.5, 0).x()
        self._column.set_whole(QRectF(self.plot.rect()))
        self._column.show_band(QRectF(left, area.top(), right - left, area.height()))

    @property
    def beside(self) -> float:
        """How far the tooltip keeps from the middle of a bar."""
        return self.plot.area.width() / max(len(self._titles), 1) / 2 + TOOLTIP_GAP / 3

    def set_stop(self, x: float | None) -> None:
        """Put the band and the tooltip at a bar, or away."""
        super().set_stop(x)
        if x is None:
            self._column.hide()

    def show_content(self) -> None:
        """Draw the bars."""
        while len(self._bars) > len(self.shown):
            self.plot.remove(self._bars.pop())
        while len(self._bars) < len(self.shown):
            self._bars.append(pg.BarGraphItem(x=[], height=[], width=_WIDTH))
            self.plot.add(self._bars[-1])
        raised = theme.current().color("raised")
        self._tops = []
        above, below = [0.0] * len(self._titles), [0.0] * len(self._titles)
        for item, each in zip(self._bars, self.shown, strict=True):
            bases = [(above if y >= 0 else below)[at] for at, y in enumerate(each.ys)]
            self._tops.append([(base, base + y) for base, y in zip(bases, each.ys, strict=True)])
            for at, y in enumerate(each.ys):
                (above if y >= 0 else below)[at] += y
            color = each.style.color()
            # A bar without a height would leave a gap in the line below it.
            drawn = [at for at, y in enumerate(each.ys) if y]
            item.setOpts(
                x=drawn,
                y0=[bases[at] for at in drawn],
                height=[each.ys[at] for at in drawn],
                width=_WIDTH,
                brush=color,
                pen=raised,
            )
        self._fit(min(below, default=0.0), max(above, default=0.0))
        self.plot.show_labels(self.has_data())
        self.place_marks()
        self._keep_stop()

    def place_marks(self) -> None:
        """Put the reference line where its value is now."""
        self._reference_line.setVisible(self._reference is not None and self.has_data())
        if self._reference is None:
            return
        value, text = self._reference
        area, down = self.plot.area, round(self.plot.place(0, value).y()) + 0.5
        metrics = QFontMetricsF(label_font())
        size = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height())
        size.moveTopLeft(QPointF(self._clear_place(size.width()), down - size.height() - _LABEL_GAP))
        self._reference_line.set_whole(QRectF(self.plot.rect()))
        self._reference_line.show_line(QLineF(area.left(), down, area.right(), down), PlacedLabel(text, size))

    # -- inside

    def _clear_place(self, width: float) -> float:
        """Where the label of the reference line covers least of the bars: over those that end below it."""
        area = self.plot.area
        places = [self.plot.place(at, 0).x() for at in range(len(self._titles))]
        if self._reference is None or not places:
            return area.left()
        sums = [sum(each.ys[at] for each in self.shown) for at in range(len(self._titles))]
        tall = [x for x, total in zip(places, sums, strict=True) if total > self._reference[0]]
        candidates = [x - width / 2 for x in places] + [
            (one + other) / 2 - width / 2 for one, other in pairwise(places)
        ]
        half = _WIDTH / 2 * (area.width() / len(places))
        inside = [x for x in sorted(candidates) if x >= area.left() and x + width <= area.right()]
        return min(
            inside or [area.left()],
            key=lambda x: sum(one + half > x and one - half < x + width for one in tall),
        )

    def _fit(self, low: float, high: float) -> None:
        count = max(len(self._titles), 1)
        if not self.has_data():
            self.plot.set_range((-0.5, count - 0.5), (0, _EMPTY_LINES * self.y_axis.least))
            return
        if self._reference is not None:
            low, high = min(low, self._reference[0]), max(high, self._reference[0] * _ROOM)
        high = max(high, low + self.y_axis.least)
        self.plot.set_range((-0.5, count - 0.5), (low, high), rounded=True)

    def _cell(self, value: float) -> Cell:
        return self.y_axis.exact(value), self.y_axis.plain(value)

    def _text(self, series: Series, at: int) -> str:
        return series.texts[at] if series.texts else self.y_axis.exact(series.ys[at])

    def _clicked(self, place: QPointF) -> None:
        if self.nearest(place) is None:
            return
        value = self.plot.value(place)
        at = min(max(round(value.x()), 0), len(self._titles) - 1)
        if abs(value.x() - at) > _WIDTH / 2:
            self.chosen.emit(at, "")
            return
        for each, parts in zip(self.shown, self._tops, strict=True):
            low, high = sorted(parts[at])
            if low <= value.y() < high:
                self.chosen.emit(at, each.key)
                return
        self.chosen.emit(at, "")

    def _entered(self) -> None:
        if self.stop is not None:
            self.chosen.emit(round(self.stop), "")
