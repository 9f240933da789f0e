"""Lines over time: balances by strategy, a history, measured points among them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.curve import Curve
from app.ui.charts.legend import Entry, Sample
from app.ui.charts.marks import Corners, EndMark, EndMarks
from app.ui.charts.plot_card import PlotCard
from app.ui.charts.series import LINE, SELECTED_LINE, Kind, Series, stops_of
from app.ui.charts.tooltip import Reading, Value
from app.ui.charts.values import NO_CELL, Cell, Values
from app.ui.theme import theme

_ABOVE, _BESIDE = 0.1, 0.02
"""Clear parts of the plot above the highest point and right of the last."""
_PARTS = 60
_EMPTY_LINES = 4


class LineChart(PlotCard):
    """A card with one line a series over a common x axis.

    The y axis begins at 0 unless something is below it. `set_series` may be called as often as the screen is drawn:
    lines of the same key are changed in place.
    """

    def __init__(
        self,
        heading: str,
        x: Axis,
        y: Axis,
        caption: str = "",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(heading, x, y, caption, compact=compact, parent=parent)
        self._series: list[Series] = []
        self._stops: list[float] | None = None
        self._selected: str | None = None
        self._marked: tuple[float, float, str] | None = None
        self._curves: dict[str, Curve] = {}
        self._ends = EndMarks()
        self.plot.scene().addItem(self._ends)
        self._show_all()

    # -- for pages

    @property
    def series(self) -> list[Series]:
        """All series, hidden ones too."""
        return list(self._series)

    def set_series(self, series: Sequence[Series]) -> None:
        """Show other series, the first on top of the others. Raises `ValueError` when two have the same key."""
        if len({each.key for each in series}) != len(series):
            raise ValueError("Two series of a chart have the same key.")
        self._series = list(series)
        self._show_all()

    def set_x_axis(self, axis: Axis) -> None:
        """Count along another axis, such as one of months that starts later; `set_series` follows."""
        self.x_axis = axis
        self.plot.set_axes(axis, self.y_axis)

    def set_marked(self, x: float | None, y: float = 0.0, text: str = "") -> None:
        """Mark a point, such as what is owed today, with a dot in the colour of text and words; None marks none."""
        self._marked = None if x is None else (x, y, text)
        self.place_marks()

    @property
    def selected(self) -> str | None:
        """The key of the series that stands out."""
        return self._selected

    @selected.setter
    def selected(self, key: str | None) -> None:
        if key != self._selected:
            self._selected = key
            self._show_all()

    @property
    def shown(self) -> list[Series]:
        """The series that are not hidden."""
        return [each for each in self._series if each.key not in self._hidden]

    @property
    def end_labels(self) -> list[str]:
        """The labels at the ends of lines, where there is room for them."""
        return [label.text for label in self._ends.labels]

    # -- what the card asks

    def entries(self) -> Sequence[Entry]:
        """Return one entry a series."""
        return [Entry(each.key, each.title, _sample(each)) for each in self._series]

    def has_data(self) -> bool:
        """Return whether a series that is not hidden has a point."""
        return any(len(each) for each in self.shown)

    def values(self) -> Values:
        """Return a row for each place that has a value, and a column for each series."""
        shown, stops = self.shown, self.stops()

        def row(at: int) -> Sequence[Cell]:
            x = stops[at]
            return [(self.x_axis.exact(x), self.x_axis.plain(x)), *(self._cell(each, x) for each in shown)]

        return Values([self.x_axis.title, *(each.title for each in shown)], len(stops), row)

    def stops(self) -> Sequence[float]:
        """Return the places of all points."""
        if self._stops is None:
            self._stops = stops_of(self.shown)
        return self._stops

    def reading(self, x: float) -> Reading:
        """Return what each series has at `x`, the highest first."""
        found = [(each, at) for each in self.shown if (at := each.at(x)) is not None]
        found.sort(key=lambda pair: pair[0].ys[pair[1]], reverse=True)
        return Reading(
            self.x_axis.exact(x),
            [Value(each.title, self._text(each, at), each.style.color()) for each, at in found],
        )

    def dots(self, x: float) -> Sequence[tuple[QPointF, QColor]]:
        """Return a dot on each line that has a value at `x`, the topmost last."""
        return [
            (self.plot.place(x, each.ys[at]), each.style.color())
            for each in reversed(self.shown)
            if (at := each.at(x)) is not None
        ]

    def show_content(self) -> None:
        """Draw the lines."""
        self._stops = None
        lines = [each for each in self._series if each.style.kind is not Kind.DOTS]
        for key in self._curves.keys() - {each.key for each in lines}:
            self.plot.remove(self._curves.pop(key))
        for number, each in enumerate(lines):
            self._draw(number, each)
        self._fit()
        self.plot.show_labels(self.has_data())
        self.place_marks()
        self._keep_stop()

    def place_marks(self) -> None:
        """Put dots and labels at the ends of the lines; the selected line's first."""
        ending = [each for each in self.shown if len(each) and each.style.kind is not Kind.DOTS]
        ending.sort(key=lambda each: each.key != self._selected)
        marks = [
            EndMark(self.plot.place(each.xs[-1], each.ys[-1]), each.style.color(), each.end_label)
            for each in ending
        ]
        if self._marked is not None and self.has_data():
            x, y, text = self._marked
            marks.insert(0, EndMark(self.plot.place(x, y), theme.current().color("text"), text, strong=True))
        self._ends.set_whole(QRectF(self.plot.rect()))
        lines = [self._corners(each) for each in ending] if any(mark.text for mark in marks) else []
        dots = [
            (self.plot.place(x, y), each.style.color())
            for each in self.shown
            if each.style.kind is Kind.DOTS
            for x, y in zip(each.xs, each.ys, strict=True)
        ]
        self._ends.show_marks(marks, lines, self.plot.area, dots)

    # -- inside

    def _text(self, series: Series, at: int) -> str:
        return series.texts[at] if series.texts else self.y_axis.exact(series.ys[at])

    def _cell(self, series: Series, x: float) -> Cell:
        at = series.at(x)
        if at is None:
            return NO_CELL
        shown = self._text(series, at)
        # A text of its own is not the point's height, so it is what is copied too.
        return shown, shown if series.texts else self.y_axis.plain(series.ys[at])

    def _draw(self, number: int, series: Series) -> None:
        curve = self._curves.get(series.key)
        if curve is None:
            curve = self._curves[series.key] = Curve()
            self.plot.add(curve)
        selected = series.key == self._selected
        curve.setZValue(10 if selected else -number / 1000)
        curve.setVisible(series.key not in self._hidden)
        curve.take_pen(series.style.pen(SELECTED_LINE if selected else LINE))
        xs, ys = series.path()
        curve.setData(list(xs), list(ys), skipFiniteCheck=True)

    def _fit(self) -> None:
        filled = [each for each in self.shown if len(each)]
        if not filled:
            self.plot.set_range((0, 1), (0, _EMPTY_LINES * self.y_axis.least))
            return
        left, right = min(each.xs[0] for each in filled), max(each.xs[-1] for each in filled)
        low = min(0.0, *(min(each.ys) for each in filled))
        high = max(0.0, *(max(each.ys) for each in filled))
        right = max(right, left + 1)
        span = max(high - low, self.y_axis.least)
        below = low - span * _ABOVE if low < 0 else low
        self.plot.set_range((left, right + (right - left) * _BESIDE), (below, low + span * (1 + _ABOVE)))

    def _corners(self, series: Series) -> Corners:
        """As many points of a line as labels must know to keep clear of it."""
        xs, ys = series.path()
        step = max(1, len(xs) // _PARTS)
        return self.plot.corners([*xs[::step], xs[-1]], [*ys[::step], ys[-1]])


def _sample(series: Series) -> Sample:
    if series.style.kind is Kind.DOTS:
        return Sample(series.style.color(), dot=True)
    return Sample(series.style.color(), series.style.pen())
