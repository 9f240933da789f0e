"""The chart of a debt's history: what was owed, and the payments among it. Importing it loads the plotting."""

import datetime as dt

from app.domain.debts import BalanceEntry
from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.charts.line import LineChart
from app.ui.charts.series import Kind, Series, SeriesStyle
from app.ui.debts.detail.facts import Detail
from app.ui.debts.words import amount
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme

_HEIGHT = 216


class HistoryChart(LineChart):
    """The balance as it went from day to day until today, with a dot at every payment."""

    def __init__(self, currency: str) -> None:
        super().__init__(tr("Balance"), Axis.dates(), Axis.money(currency), compact=True)
        self.currency = currency
        self._restyle_height()
        theme.current().changed.connect(self._restyle_height)

    def show_detail(self, detail: Detail) -> None:
        """Show the history of another debt of this currency, or of the same one as it is now."""
        self.set_series(series_of(detail))
        self.set_finding(finding_of(detail))

    def _restyle_height(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT))


def has_course(detail: Detail) -> bool:
    """Tell whether a debt has a history that a line can show: more than one day."""
    return bool(detail.history) and detail.history[0].recorded_on < _last_day(detail)


def series_of(detail: Detail) -> list[Series]:
    """Return the balance, and the payments as dots on it."""
    days = _by_day(detail)
    xs = [day.toordinal() for day in days]
    ys = [entry.balance for entry in days.values()]
    last = _last_day(detail)
    if xs[-1] < last.toordinal():
        xs.append(last.toordinal())
        ys.append(ys[-1])
    paid = _paid_by_day(detail)
    dots = [day for day in days if day in paid]
    balance = Series("balance", tr("Balance"), xs, ys, SeriesStyle(1, Kind.STEP))
    if not dots:
        return [balance]
    payments = Series(
        "payments",
        tr("Payments"),
        [day.toordinal() for day in dots],
        [days[day].balance for day in dots],
        SeriesStyle(2, Kind.DOTS),
        texts=[amount(-paid[day], detail.debt) for day in dots],
    )
    return [balance, payments]


def finding_of(detail: Detail) -> str:
    """Return in a sentence what the chart shows."""
    debt, first = detail.debt, detail.history[0]
    words = tr("From {first} on {since} to {now} today, with {payments}.")
    return words.format(
        first=amount(first.balance, debt),
        since=formats.date(first.recorded_on),
        now=amount(debt.balance, debt),
        payments=tr_n("{n} payment", "{n} payments", len(detail.payments)),
    )


def _by_day(detail: Detail) -> dict[dt.date, BalanceEntry]:
    """The last entry of each day, in order."""
    return {entry.recorded_on: entry for entry in detail.history}


def _paid_by_day(detail: Detail) -> dict[dt.date, int]:
    paid: dict[dt.date, int] = {}
    for payment in detail.payments.values():
        paid[payment.paid_on] = paid.get(payment.paid_on, 0) + payment.amount
    return paid


def _last_day(detail: Detail) -> dt.date:
    return max(detail.today, detail.history[-1].recorded_on)
