"""The strip above the table: how warranties stand in the coming 12 months. Importing it loads the plotting."""

from collections.abc import Sequence

from app.domain.spending import CoverMonth
from app.ui import formats
from app.ui.charts.timeline import Timeline
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme

_HEIGHT = 206
"""In pixels at 100 % text size; a lower one has no room for figures at its axis."""


class CoverTimeline(Timeline):
    """The coming 12 months of what is filtered; `chosen` carries the month that was clicked, counted from 0."""

    def __init__(self) -> None:
        super().__init__(tr("The coming 12 months"))
        self.months: Sequence[CoverMonth] = ()
        self.set_empty(tr("No warranties to plot"))
        self._restyle_height()
        theme.current().changed.connect(self._restyle_height)

    def show_months(self, months: Sequence[CoverMonth], *, all_ends: bool) -> None:
        """Show other warranties; `all_ends` says that they are shown whatever day they end on."""
        self.months = months
        caption = tr("Going on after each month, ending in it, ended before it")
        if all_ends:
            caption = tr("{caption}; whatever the filter on their end").format(caption=caption)
        self.set_caption(caption)
        self.set_counts(
            [formats.month(each.month) for each in months],
            [each.active for each in months],
            [each.expiring for each in months],
            [each.expired for each in months],
        )
        self.set_finding(_finding(months))

    def _restyle_height(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT))


def _finding(months: Sequence[CoverMonth]) -> str:
    ending = [
        tr("{n} in {month}").format(n=formats.count(each.expiring), month=formats.month(each.month))
        for each in months
        if each.expiring
    ]
    if not ending:
        return tr("No warranty ends in the coming 12 months.")
    total = sum(each.expiring for each in months)
    words = tr_n("{n} warranty ends", "{n} warranties end", total)
    return tr("{warranties} in the coming 12 months: {months}.").format(
        warranties=words, months=", ".join(ending)
    )
