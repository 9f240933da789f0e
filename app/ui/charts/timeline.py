"""A timeline: how many of something are active, ending soon and ended, month by month."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.bars import BarChart
from app.ui.charts.series import Series, SeriesStyle
from app.ui.i18n import tr


class Timeline(BarChart):
    """A card with a bar for each month, stacked of three states in the colours of their meaning.

    The key that `chosen` carries is "active", "expiring" or "expired".
    """

    def __init__(
        self, heading: str, caption: str = "", *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            heading, (), Axis.count(), caption, title=tr("Month"), compact=compact, parent=parent
        )

    def set_counts(
        self, months: Sequence[str], active: Sequence[int], expiring: Sequence[int], expired: Sequence[int]
    ) -> None:
        """Show other counts, one a month in each state. Raises `ValueError` when they are not as many as months."""
        places = range(len(months))
        self.set_bars(
            months,
            [
                Series("active", tr("Active"), places, active, SeriesStyle(meaning="success")),
                Series("expiring", tr("Expiring"), places, expiring, SeriesStyle(meaning="warning")),
                Series("expired", tr("Ended"), places, expired, SeriesStyle(meaning="danger")),
            ],
        )
