"""The chart of what will be owed: the plan in use, snowball and minimums only, and what was really owed."""

from datetime import date

from app.domain.months import Month
from app.services.overview import Outlook
from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.plans.chart import MOST_MONTHS, actual_points, line_of


class DebtChart(LineChart):
    """Balances by month; month 0 is the one before the plan begins."""

    def __init__(self) -> None:
        super().__init__(
            tr("Debt balance by strategy"), Axis.months(Month(2000, 1)), Axis.count(), compact=True
        )
        self.set_empty(tr("No debts to plot"))

    def show_outlook(self, found: Outlook | None, today: date) -> None:
        """Show where the plan of one currency leads; None has nothing that is owed."""
        plan = found.plan if found is not None else None
        if found is None or plan is None:
            problem = found.problem if found is not None else None
            said = words.refusal(problem, found.currency) if found is not None and problem else ""
            self.set_empty(said or tr("No debts to plot"))
            self.set_caption("")
            self.set_marked(None)
            self.set_series([])
            return
        every = (plan, *found.others)
        ends = [each.months for each in every if each.months is not None]
        origin = plan.input.start.plus(-1)
        self.y_axis = Axis.money(found.currency)
        self.set_x_axis(Axis.months(origin))
        drawn = [line_of(each, max(ends, default=MOST_MONTHS)) for each in every]
        measured = actual_points(found.actual, origin)
        # Where the plan has only begun, its first point is what is marked anyway.
        if measured is not None and measured.xs[-1] > 0:
            drawn.append(measured)
        self.set_caption(_caption(found))
        self.set_finding(_finding(found))
        owed = tr("{amount} today").format(amount=words.money(found.owed, found.currency))
        self.set_marked(max(origin.until(Month.of(today)), 0), found.owed, owed)
        self.set_series(drawn)
        self.selected = plan.strategy


def _caption(found: Outlook) -> str:
    each = words.money(found.each_month, found.currency)
    above = found.each_month - found.minimums
    if above <= 0:
        return tr("{amount} a month, the minimums").format(amount=each)
    extra = words.money(above, found.currency)
    return tr("{amount} a month, {extra} of it above the minimums").format(amount=each, extra=extra)


def _finding(found: Outlook) -> str:
    said = [
        tr("{strategy}: {month}").format(
            strategy=words.strategy_title(plan.strategy), month=words.debt_free(plan)
        )
        for plan in (found.plan, *found.others)
        if plan is not None
    ]
    return tr("Debt-free by strategy. {list}").format(list="; ".join(said))
