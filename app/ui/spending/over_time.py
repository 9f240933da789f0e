"""The chart of spending over time: a bar a step, and a mark where the period before stood."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from app.domain.spending import Analysis, Figures, StepSpending
from app.domain.spending_periods import Step
from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.charts.bars import BarChart
from app.ui.charts.legend import Entry, Sample
from app.ui.charts.series import Series, SeriesStyle
from app.ui.charts.tooltip import Reading, Value
from app.ui.charts.values import NO_CELL, Cell, Values
from app.ui.i18n import tr
from app.ui.spending import words
from app.ui.spending.choices import Measure

NOW, BEFORE = "now", "before"
_MARK = 0.4
"""How far the mark of the period before reaches to either side of the middle of its bar."""
_LINE = 2.0


class OverTime(BarChart):
    """What was spent in each step of a period; the table has every figure of it."""

    def __init__(self) -> None:
        self._steps: Sequence[StepSpending] = ()
        self._cut = Step.MONTH
        self._measure = Measure.AMOUNT
        self._currency = ""
        from pyqtgraph import PlotCurveItem

        self._marks = PlotCurveItem([], [], connect="pairs")
        super().__init__(words.over_time(Step.MONTH), (), Axis.count(), title=words.step_heading(Step.MONTH))
        self.plot.add(self._marks)
        self._marks.setZValue(1)
        self.set_empty(tr("Nothing was bought in this period"))

    def show_analysis(self, found: Analysis, measure: Measure, today: date) -> None:
        """Show the steps of another period, or another measure of them."""
        self._steps, self._cut, self._measure = found.steps, found.step, measure
        self._currency = found.currency
        self.y_axis = Axis.money(found.currency) if measure is Measure.AMOUNT else Axis.count()
        self._title = words.step_heading(found.step)
        self.set_heading(words.over_time(found.step))
        self.set_caption(words.with_note(words.period_caption(found, today), found, compared=True))
        self.set_finding(words.finding(found))
        heights = [self._height(step.figures) for step in found.steps]
        titles = [words.short_title(step.span, found.step) for step in found.steps]
        self.set_bars(titles, [Series(NOW, tr("This period"), range(len(heights)), heights)])

    # -- what the card asks

    def entries(self) -> Sequence[Entry]:
        """Return bars and marks, where there is something to compare with."""
        if not self._steps or self._steps[0].before is None:
            return ()
        ink = SeriesStyle(1).color()
        return [
            Entry(NOW, tr("This period"), Sample(ink)),
            Entry(BEFORE, tr("Period before"), Sample(self._pen().color(), self._pen())),
        ]

    def has_data(self) -> bool:
        """Return whether something was bought in the period or in the one before."""
        return super().has_data() or any(self._befores())

    def values(self) -> Values:
        """Return every figure of every step."""
        compared = bool(self._steps) and self._steps[0].before is not None
        titles = [self._title, tr("Total"), tr("Purchases"), tr("Before refunds")]
        if compared:
            titles += [tr("Period before"), tr("Purchases then"), tr("Change")]

        def row(at: int) -> Sequence[Cell]:
            step = self._steps[at]
            cells = [self._title_cell(step), self._money(step.figures.net), _count(step.figures.count)]
            cells.append(self._money(step.figures.gross))
            if compared:
                before = step.before or Figures()
                moved = step.change or 0
                cells += [self._money(before.net), _count(before.count)]
                cells.append((words.change(step, self._currency), self._money(moved)[1]))
            return cells

        return Values(titles, len(self._steps) if self._currency else 0, row)

    def reading(self, x: float) -> Reading:
        """Return the figures of one step, and what it is compared with."""
        step = self._steps[round(x)]
        values = [
            Value(
                tr("This period"),
                words.money(step.figures.net, self._currency),
                SeriesStyle(1).color() if step.before is not None else None,
            ),
            Value(tr("Purchases"), formats.count(step.figures.count)),
        ]
        if step.before is not None and step.before_span is not None:
            then = words.whole_title(step.before_span, self._cut)
            values.append(Value(then, words.money(step.before.net, self._currency), self._pen().color()))
            values.append(Value(tr("Purchases then"), formats.count(step.before.count)))
        total = Value(tr("Change"), words.change(step, self._currency)) if step.before is not None else None
        return Reading(words.whole_title(step.span, self._cut), values, total)

    def show_content(self) -> None:
        """Draw the bars, and the marks over them."""
        super().show_content()
        marked = [(at, y) for at, y in enumerate(self._befores()) if y]
        xs = [x for at, _y in marked for x in (at - _MARK, at + _MARK)]
        self._marks.setData(xs, [y for _at, y in marked for _side in range(2)], connect="pairs")
        self._marks.setPen(self._pen())

    # -- inside

    def _fit(self, low: float, high: float) -> None:
        befores = self._befores()
        super()._fit(min(low, min(befores, default=0)), max(high, max(befores, default=0)))

    def _befores(self) -> list[int]:
        """How high the marks are; none where they are switched off or nothing came before."""
        if BEFORE in self._hidden:
            return []
        return [self._height(step.before) for step in self._steps if step.before is not None]

    def _height(self, figures: Figures) -> int:
        return figures.net if self._measure is Measure.AMOUNT else figures.count

    def _money(self, minor: int) -> Cell:
        axis = Axis.money(self._currency)
        return axis.exact(minor), axis.plain(minor)

    def _title_cell(self, step: StepSpending) -> Cell:
        title = words.whole_title(step.span, self._cut)
        return (title, step.span.first.isoformat()) if title else NO_CELL

    @staticmethod
    def _pen() -> QPen:
        pen = QPen(SeriesStyle(2).color(), _LINE)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def _count(number: int) -> Cell:
    return formats.count(number), str(number)
