"""The chart of balances over time: a line for each strategy, and what was really owed."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from app.domain.debts.plan import Plan
from app.domain.months import Month
from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.charts.series import Kind, Series, SeriesStyle
from app.ui.i18n import tr
from app.ui.plans import lines, words
from app.ui.plans.model import PlanView

ACTUAL = "actual"
_ACTUAL_COLOUR = 8
MOST_MONTHS = 240
"""Of a plan that never ends so many months are drawn, or as many as the longest that does end needs."""
_MOST_GROWTH = 1.5
"""It is drawn only until so many times is owed what is owed at first, or it would dwarf all others."""


class BalanceChart(LineChart):
    """Balances by month; month 0 is the one before the plan begins."""

    def __init__(self, start: Month, currency: str) -> None:
        super().__init__(tr("Balance over time"), Axis.months(start.plus(-1)), Axis.money(currency))
        self.start, self.currency = start, currency

    def show_view(self, view: PlanView, actual: Sequence[tuple[date, int]]) -> None:
        """Show the strategies that are compared, the chosen one in front, and the actual balances over them."""
        ends = [outcome.plan.months for outcome in view.outcomes if outcome.plan.months is not None]
        most = max(ends, default=MOST_MONTHS)
        drawn = [line_of(outcome.plan, most) for outcome in view.outcomes]
        measured = actual_points(actual, self.start.plus(-1))
        if measured is not None:
            drawn.append(measured)
        self.set_series(drawn)
        self.selected = view.chosen.key
        self.set_finding(self._finding(view))

    def _finding(self, view: PlanView) -> str:
        said = [
            tr("{strategy}: {month}").format(
                strategy=words.strategy_title(outcome.key), month=words.debt_free(outcome.plan)
            )
            for outcome in view.outcomes
        ]
        return tr("Debt-free by strategy. {list}").format(list="; ".join(said))


def line_of(plan: Plan, most: int) -> Series:
    """Return the line of a plan; one that never ends is drawn for `most` months."""
    ys: Sequence[int] = plan.balances
    if plan.months is None:
        limit = plan.balances[0] * _MOST_GROWTH
        ys = list(takewhile(lambda balance: balance <= limit, plan.balances[: most + 1]))
    return Series(
        plan.strategy,
        words.strategy_title(plan.strategy),
        range(len(ys)),
        ys,
        lines.style_of(plan.strategy),
        "" if plan.debt_free is None else words.month(plan.debt_free),
    )


def actual_points(balances: Sequence[tuple[date, int]], origin: Month) -> Series | None:
    """Return what was owed at the end of each month since the plan was made; None where that is not known."""
    by_month: dict[int, int] = {}
    for day, balance in balances:
        by_month[origin.until(Month.of(day))] = balance
    places = sorted(place for place in by_month if place >= 0)
    if not places:
        return None
    return Series(
        ACTUAL,
        tr("Actual balance"),
        places,
        [by_month[place] for place in places],
        SeriesStyle(_ACTUAL_COLOUR, Kind.DOTS),
    )
