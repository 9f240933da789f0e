"""What a chart draws: series of points with their number in the order of colours, and how they look."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from app.ui.theme import theme

LINE, SELECTED_LINE = 2.0, 2.4
"""How wide a line is, in pixels, and how wide that of the selected series."""
OTHER = "other"
"""The key of what was folded together."""


class Kind(StrEnum):
    """How the points of a series are joined."""

    LINE = "line"
    STEP = "step"
    """A value holds until the next point, as a balance does."""
    DOTS = "dots"
    """Measured points with nothing between them."""


@dataclass(frozen=True, slots=True)
class SeriesStyle:
    """How a series looks: the number of its colour, 1 to 8, which also gives its dash, and how it is joined.

    A series that stands for a state has the colour of its `meaning` instead: a token such as "success".
    """

    colour: int = 1
    kind: Kind = Kind.LINE
    meaning: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.colour <= 8:
            raise ValueError(f"There are eight series colours, and {self.colour} is none of them.")

    def color(self) -> QColor:
        """Return the colour in the theme in use."""
        if self.meaning:
            return QColor(theme.current().color(self.meaning))
        return QColor(theme.current().chart.categorical[self.colour - 1].color)

    def pen(self, width: float = LINE) -> QPen:
        """Return the pen of the line, `width` pixels wide."""
        pen = QPen(self.color(), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        dash = theme.current().chart.categorical[self.colour - 1].dash
        if dash:
            # The design gives pixels, Qt counts in widths of the pen.
            pen.setDashPattern([length / width for length in dash])
        return pen


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A line of a chart.

    `xs` ascend and are in the unit of the chart's x axis (months after a start, days, numbers), `ys` in that of its
    y axis: minor units where it is a money axis. `end_label` stands at the last point. `texts` are what is told of
    the points where that is not their height, such as a payment that is drawn on a balance. Raises `ValueError`
    when lengths differ.
    """

    key: str
    title: str
    xs: Sequence[float]
    ys: Sequence[float]
    style: SeriesStyle = field(default_factory=SeriesStyle)
    end_label: str = ""
    texts: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.xs) != len(self.ys) or (self.texts and len(self.texts) != len(self.xs)):
            raise ValueError(f"The series {self.key} has not as many values as places.")

    def __len__(self) -> int:
        return len(self.xs)

    def at(self, x: float) -> int | None:
        """Return which point tells the value at `x`: the one there, or of a step the last before it, or None."""
        if self.style.kind is Kind.STEP:
            found = bisect_right(self.xs, x) - 1
            return found if found >= 0 and x <= self.xs[-1] else None
        found = bisect_left(self.xs, x)
        return found if found < len(self.xs) and self.xs[found] == x else None

    def path(self) -> tuple[Sequence[float], Sequence[float]]:
        """Return the corners of the line that is drawn; a step has one more between two points."""
        if self.style.kind is not Kind.STEP or len(self.xs) < 2:
            return self.xs, self.ys
        xs, ys = [self.xs[0]], [self.ys[0]]
        for x, before, y in zip(self.xs[1:], self.ys[:-1], self.ys[1:], strict=True):
            xs += (x, x)
            ys += (before, y)
        return xs, ys


def stops_of(series: Sequence[Series]) -> list[float]:
    """Return every place at which one of the series has a point, ascending."""
    places: set[float] = set()
    for each in series:
        places.update(each.xs)
    return sorted(places)


def folded(series: Sequence[Series], other: str, most: int = 5) -> list[Series]:
    """Return at most so many series: the largest by their sum, and the rest added up under the title `other`.

    All are to have the same `xs`. Those that stay keep their order and colours; the rest is slate.
    """
    if len(series) <= most:
        return list(series)
    largest = sorted(series, key=lambda each: sum(each.ys), reverse=True)[: most - 1]
    kept = [each for each in series if each in largest]
    rest = [each for each in series if each not in largest]
    sums = [sum(values) for values in zip(*(each.ys for each in rest), strict=True)]
    return [*kept, Series(OTHER, other, rest[0].xs, sums, SeriesStyle(8))]
