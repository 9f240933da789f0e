"""The row of cards: total, number, average, median and largest, against the period before."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.spending import Analysis, CurrencySpending
from app.ui import formats
from app.ui.charts.metric_card import Figure, Improves, MetricCard
from app.ui.i18n import tr
from app.ui.spending import words
from app.ui.theme import theme

_NARROWEST = 160
_IN_FIRST = 3
"""So many cards stay in the first of two lines."""


class Metrics(QWidget):
    """Five cards beside each other, or in two lines; `clicked` tells of any of them."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = MetricCard(tr("Spent, net of refunds"), Improves.DOWN)
        self.count = MetricCard(tr("Purchases"))
        self.average = MetricCard(tr("Average"))
        self.median = MetricCard(tr("Median"))
        self.largest = MetricCard(tr("Largest"))
        self.cards = (self.total, self.count, self.average, self.median, self.largest)
        self._in_one_line: bool | None = None
        gap = theme.current().space("l")
        self._lines = (QHBoxLayout(), QHBoxLayout())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        for line in self._lines:
            line.setSpacing(gap)
            column.addLayout(line)
        for card in self.cards:
            card.setMinimumWidth(1)
            card.clicked.connect(self.clicked)
        self._place(in_one_line=True)

    def show_analysis(self, found: Analysis) -> None:
        """Show the figures of another period."""
        then = words.compared_with(found.before_span)
        self.count.show_figure(_count(found, then))
        for card, key in (
            (self.total, "net"),
            (self.average, "average"),
            (self.median, "median"),
            (self.largest, "largest"),
        ):
            card.show_figure(_amount(found, key, then))
        self.fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the row where its cards would be too narrow."""
        super().resizeEvent(event)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Use as many columns as a width has room for, and no fewer than show every figure in full."""
        gap = theme.current().space("l")
        least = max(theme.current().px(_NARROWEST), *(card.least_width() for card in self.cards))
        needed = len(self.cards) * (least + gap) - gap
        self._place(in_one_line=width >= needed)

    def _place(self, *, in_one_line: bool) -> None:
        if in_one_line is self._in_one_line:
            return
        self._in_one_line = in_one_line
        in_first = len(self.cards) if in_one_line else _IN_FIRST
        for at, card in enumerate(self.cards):
            self._lines[at >= in_first].addWidget(card, 1)


def _count(found: Analysis, then: str) -> Figure:
    now = found.total.count if found.total else 0
    if found.before_span is None:
        return Figure(formats.count(now))
    before = found.before.count if found.before else 0
    against = tr("vs {figure}").format(figure=formats.count(before))
    moved = words.signed_count(now - before) if now != before else ""
    return Figure(formats.count(now), moved, _way(now - before), against, then)


def _amount(found: Analysis, key: str, then: str) -> Figure:
    now, before = _of(found.total, key), _of(found.before, key)
    if key == "net":
        # Of nothing the total is zero, while there is no average of it.
        now, before = now or 0, before or 0
    value = formats.NO_VALUE if now is None else words.money(now, found.currency)
    if found.before_span is None:
        return Figure(value)
    if now is None or before is None:
        return Figure(value, against=tr("Not enough data yet") if now is None else tr("nothing before"))
    against = tr("vs {figure}").format(figure=words.money(before, found.currency))
    moved = formats.gain(Money(now - before, found.currency)) if now != before else ""
    return Figure(value, moved, _way(now - before), against, then)


def _of(spending: CurrencySpending | None, key: str) -> int | None:
    return None if spending is None else int(getattr(spending, key))


def _way(difference: int) -> int:
    return (difference > 0) - (difference < 0)
