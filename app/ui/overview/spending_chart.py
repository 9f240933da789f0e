"""The chart of spending over time: bars stacked by category, with the average across."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.domain.money import exponent
from app.domain.spending import Analysis, StepSpending, rounded
from app.domain.spending_periods import Step
from app.services.overview import CategorySpending
from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.charts.bars import BarChart
from app.ui.charts.series import Series, SeriesStyle, folded
from app.ui.charts.tooltip import Reading
from app.ui.charts.values import Cell, Values
from app.ui.i18n import tr
from app.ui.plans.words import round_money
from app.ui.spending import words

_COLOURS = 7
"""The eighth colour is that of the rest."""
_LEAST_FOR_AVERAGE, _YEAR = 2, 12


class SpendingChart(BarChart):
    """What was spent in each step of a period."""

    def __init__(self) -> None:
        self._whole: list[str] = []
        super().__init__(tr("Spending by month"), (), Axis.count(), title=tr("Month"), compact=True)
        self.set_empty(tr("Nothing was bought in this period"))

    def show_analysis(self, found: Analysis, categories: Sequence[CategorySpending], today: date) -> None:
        """Show another period."""
        self.y_axis = Axis.money(found.currency)
        self._title = words.step_heading(found.step)
        self.set_heading(words.over_time(found.step))
        self.set_caption(words.with_note(words.period_caption(found, today), found))
        self.set_finding(words.finding(found))
        self.set_reference(None)
        self._whole = [words.whole_title(each.span, found.step) for each in found.steps]
        self.set_bars([_short_title(each, found) for each in found.steps], _series(found, categories))
        average = _average(found)
        if average is not None:
            said = tr("Average {amount}").format(amount=round_money(average, found.currency))
            self.set_reference(average, said)

    def values(self) -> Values:
        """Return the table, whose rows are named in full."""
        short = super().values()

        def row(at: int) -> Sequence[Cell]:
            return [(self._whole[at], self._whole[at]), *short.cells(at)[1:]]

        return Values(short.titles, len(short), row)

    def reading(self, x: float) -> Reading:
        """Return the values of one bar, which is named in full."""
        return replace(super().reading(x), title=self._whole[round(x)])


def _short_title(step: StepSpending, found: Analysis) -> str:
    """Return what stands below a bar: of a year's months their names go without saying the year."""
    if found.step is Step.MONTH and len(found.steps) <= _YEAR:
        return formats.short_month(step.span.first)
    return words.short_title(step.span, found.step)


def _series(found: Analysis, categories: Sequence[CategorySpending]) -> list[Series]:
    places = range(len(found.steps))
    every = [
        Series(
            str(each.id),
            each.name or tr("No category"),
            places,
            each.amounts,
            SeriesStyle(min(rank, _COLOURS - 1) + 1),
        )
        for rank, each in enumerate(categories)
    ]
    if not every:
        return [Series("all", tr("Total"), places, [step.figures.net for step in found.steps])]
    return folded(every, tr("Other"))


def _average(found: Analysis) -> int | None:
    """The net total by the steps, in whole units of the currency."""
    if found.total is None or len(found.steps) < _LEAST_FOR_AVERAGE:
        return None
    unit: int = 10 ** exponent(found.currency)
    return rounded(Decimal(found.total.net) / (len(found.steps) * unit)) * unit
