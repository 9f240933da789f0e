"""Ranked bars whose table has more than what is drawn: shops, brands, categories, products, warranties."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.ranked import Rank, RankedBars
from app.ui.charts.values import Cell, Values
from app.ui.i18n import tr

OTHER = "other"
MOST = 8
"""How many bars are drawn, the one of what is folded together included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list: its key, what it is called, how long its bar is, and its cells behind the name."""

    key: str
    title: str
    value: int
    cells: Sequence[Cell]


class FullRanks(RankedBars):
    """Bars for the largest and one for the rest; the table has all of them. `opened` carries the key of one."""

    opened = Signal(str)

    def __init__(self, heading: str, title: str, columns: Sequence[str], empty: str) -> None:
        """`title` heads the names in the table, `columns` what stands behind them; `empty` is said of nothing."""
        self._lines: Sequence[Line] = ()
        self._columns = list(columns)
        super().__init__(heading, Axis.count(), title=title)
        self.set_empty(empty)
        self.setFocusProxy(self._rows)
        self.chosen.connect(self._bar_chosen)
        self.table.activated.connect(lambda index: self._open(self._lines[index.row()].key))

    @property
    def pane(self) -> QWidget:
        """What takes the focus: the bars or the table."""
        return self.table if self.table_shown else self._rows

    def show_lines(self, lines: Sequence[Line], axis: Axis, most: int = MOST) -> None:
        """Show other things, the largest first; `axis` says how their values are written."""
        self._lines = lines
        self.set_axis(axis)
        drawn = list(lines) if len(lines) <= most else list(lines[: most - 1])
        rest = lines[len(drawn) :]
        ranks = [Rank(line.key, line.title, line.value) for line in drawn]
        if rest:
            ranks.append(Rank(OTHER, tr("Other"), sum(line.value for line in rest), quiet=True))
        self.set_ranks(ranks)

    def set_table_shown(self, shown: bool) -> None:
        """Show the values instead of the bars; the focus follows."""
        super().set_table_shown(shown)
        self.setFocusProxy(self.pane)

    def values(self) -> Values:
        """Return a row for everything, whatever is folded together."""

        def row(at: int) -> Sequence[Cell]:
            line = self._lines[at]
            return [(line.title, line.title), *line.cells]

        return Values([self._title, *self._columns], len(self._lines), row)

    def _bar_chosen(self, key: str) -> None:
        if key == OTHER:
            self.set_table_shown(True)
            self.table.setFocus()
        else:
            self._open(key)

    def _open(self, key: str) -> None:
        self.opened.emit(key)
