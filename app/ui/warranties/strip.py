"""Shows or hides the timeline above the table, and fills it once what draws it is loaded."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.spending import CoverMonth
from app.domain.warranties import CoverFilter
from app.services import warranties
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.records.ranges import Span, month_range
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import icon_button

if TYPE_CHECKING:
    from app.ui.warranties.timeline import CoverTimeline

_KEY = "warranties.timeline"
_LEAST_PAGE = 440
"""A page that is lower, in pixels at 100 % text size, has no timeline."""


class TimelineStrip(QWidget):
    """The timeline, which the user may put away. `month_chosen` carries first and last day of a month."""

    month_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._loaded = False
        self._has_room = True
        self._filter = CoverFilter()
        self.chart: CoverTimeline | None = None
        self.wanted = session.state.get(_KEY, True) is not False
        self.button = icon_button("chart-column", "")
        self.button.clicked.connect(self.toggle)
        look = theme.current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.space("xl"), look.space("m"), look.space("xl"), look.space("m"))
        # In a narrow window the page must not become wider than that because of the chart.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()
        self._name_button()
        session.bridge.read(_load_charts, self._charts_loaded, key="warranties.charts")

    def toggle(self) -> None:
        """Show the timeline, or put it away; that is remembered."""
        self.wanted = not self.wanted
        self._session.state.put(_KEY, self.wanted)
        self._name_button()
        self._show()
        self._session.actions.refresh_soon()

    def show_filter(self, wanted: CoverFilter, *, read: bool = True) -> None:
        """Count what a filter lets through anew; the days on which it ends aside, so that months can be compared."""
        self._filter = wanted
        if read and self.chart is not None and self.wanted:
            self._read()

    def fit(self, height: int) -> None:
        """Leave room for the table: a very low page has none for the timeline."""
        has_room = height >= theme.current().px(_LEAST_PAGE)
        if has_room != self._has_room:
            self._has_room = has_room
            self._name_button()
            self._show()

    def panes(self) -> list[QWidget]:
        """Return what takes the focus."""
        if self.chart is None or not self.isVisible():
            return []
        return [self.chart.table if self.chart.table_shown else self.chart.plot]

    # -- inside

    def _charts_loaded(self, _loaded: object) -> None:
        self._loaded = True
        self._show()

    def _show(self) -> None:
        shown = self.wanted and self._loaded and self._has_room
        self.setVisible(shown)
        if not shown:
            return
        if self.chart is None:
            from app.ui.warranties.timeline import CoverTimeline

            self.chart = CoverTimeline()
            self.chart.chosen.connect(lambda bar, _state: self._bar_chosen(bar))
            self.chart.table.activated.connect(lambda index: self._bar_chosen(index.row()))
            self.chart.told.connect(self._session.notify)
            self._column.addWidget(self.chart)
        self._read()

    def _read(self) -> None:
        ledger, wanted = self._session.ledger, replace(self._filter, ends_from=None, ends_to=None)
        all_ends = wanted != self._filter

        def read(interrupt: Interrupt) -> tuple[CoverMonth, ...]:
            return warranties.timeline(ledger, wanted, interrupt)

        def take(months: tuple[CoverMonth, ...]) -> None:
            if self.chart is not None:
                self.chart.show_months(months, all_ends=all_ends)

        self._session.bridge.read(read, take, key="warranties.timeline")

    def _bar_chosen(self, bar: int) -> None:
        if self.chart is not None and 0 <= bar < len(self.chart.months):
            span: Span = month_range(self.chart.months[bar].month)
            self.month_chosen.emit(span)

    def _name_button(self) -> None:
        words = tr("Hide the timeline") if self.wanted else tr("Show the timeline of the coming 12 months")
        if not self._has_room:
            words = tr("The window is too low for the timeline")
        self.button.setEnabled(self._has_room)
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)


def _load_charts(_interrupt: Interrupt) -> None:
    """Load what draws charts off the window's thread; no widget is made by that."""
    import app.ui.warranties.timeline  # noqa: F401
