"""The cards of the page: figures, charts and lists below each other, two beside each other where there is room."""

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.spending import Analysis
from app.services.purchases import PurchaseRow
from app.ui import formats
from app.ui.charts.timeline import Timeline
from app.ui.i18n import tr
from app.ui.plans.scroll import ScrollColumn
from app.ui.spending import words
from app.ui.spending.choices import Measure
from app.ui.spending.conversion import Conversion
from app.ui.spending.groups import TOP, CoversCard, GroupCard, ProductsCard
from app.ui.spending.metrics import Metrics
from app.ui.spending.over_time import OverTime
from app.ui.spending.recent import RecentPurchases, RecentWarranties
from app.ui.theme import theme

_OVER_TIME, _RANKED, _MORE_RANKED, _SMALL = 300, 308, 364, 256
_BESIDE = 400
"""Two cards stand beside each other where each gets so much room."""


class Board(ScrollColumn):
    """Every analysis of a period."""

    def __init__(self, parent: QWidget | None = None) -> None:
        look = theme.current()
        self._gap, side = look.space("l"), look.space("xl")
        super().__init__("surface", side, parent)
        self.metrics = Metrics()
        self.conversion = Conversion()
        self.over_time = OverTime()
        self.retailers = GroupCard(tr("By retailer"), tr("Retailer"), tr("No retailer"), "retailers")
        self.brands = GroupCard(tr("By brand"), tr("Brand"), tr("No brand"), "brands")
        self.categories = GroupCard(tr("By category"), tr("Category"), tr("No category"), "categories", TOP)
        self.products = ProductsCard()
        self.covers = CoversCard()
        self.timeline = Timeline(tr("Warranties in the coming 12 months"))
        self.timeline.set_empty(tr("No warranties in this period"))
        self.purchases = RecentPurchases()
        self.warranties = RecentWarranties()
        self.groups = (self.retailers, self.brands, self.categories)
        self.charts = (self.over_time, *self.groups, self.products, self.covers, self.timeline)
        self._in_pairs: tuple[QWidget, ...] = (
            self.retailers,
            self.brands,
            self.categories,
            self.products,
            self.covers,
            self.timeline,
            self.purchases,
            self.warranties,
        )
        self._columns = 0
        self._cards = QWidget()
        self._grid = QGridLayout(self._cards)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._gap)
        self.column.setSpacing(self._gap)
        for widget in (self.metrics, self.conversion, self.over_time, self._cards):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.set_margins(side, 0, side)
        self._fit()
        look.changed.connect(self._fit)

    def show_analysis(
        self, found: Analysis, recent: list[PurchaseRow], measure: Measure, today: date
    ) -> None:
        """Show another period."""
        self.metrics.show_analysis(found)
        self.conversion.show_analysis(found)
        self.over_time.show_analysis(found, measure, today)
        figures = found.figures
        for card, groups in zip(
            self.groups, (figures.by_retailer, figures.by_brand, figures.by_category), strict=True
        ):
            card.show_groups(groups, found)
        self.products.show_analysis(found)
        self.covers.show_counts(figures.covers)
        self._show_timeline(found)
        self.purchases.show_purchases(recent, as_paid=found.converted is not None)
        self.over_time.table.setAccessibleDescription(words.converted(found, compared=True))
        for chart in (*self.groups, self.products):
            chart.table.setAccessibleDescription(words.converted(found))
        self.warranties.show_covers(found.recent_covers)

    def panes(self) -> list[QWidget]:
        """Return what takes the focus, in order."""
        over_time = self.over_time.table if self.over_time.table_shown else self.over_time.plot
        timeline = self.timeline.table if self.timeline.table_shown else self.timeline.plot
        ranked = [card.pane for card in (*self.groups, self.products, self.covers)]
        lists = [self.purchases.list, self.warranties.list]
        return [self.metrics.total, *self.conversion.panes(), over_time, *ranked, timeline, *lists]

    def reveal(self, focused: QWidget) -> None:
        """Bring the card into sight that has the focus."""
        part: QWidget | None = focused
        while part is not None and part is not self.inside:
            if part in self.charts or part in (self.metrics, self.purchases, self.warranties):
                self.ensureWidgetVisible(part, 0, self._gap)
                return
            part = part.parentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def _show_timeline(self, found: Analysis) -> None:
        months = found.cover_months
        self.timeline.set_caption(tr("Going on after each month, ending in it, ended before it"))
        self.timeline.set_counts(
            [formats.month(each.month) for each in months],
            [each.active for each in months],
            [each.expiring for each in months],
            [each.expired for each in months],
        )

    def _fit(self) -> None:
        look = theme.current()
        room = self.viewport().width() - 2 * look.space("xl")
        columns = 2 if room >= 2 * look.px(_BESIDE) + self._gap else 1
        self.over_time.setFixedHeight(look.px(_OVER_TIME))
        for card in (self.retailers, self.brands):
            card.setFixedHeight(look.px(_RANKED))
        for higher in (self.categories, self.products):
            higher.setFixedHeight(look.px(_MORE_RANKED))
        for small in (self.covers, self.timeline):
            small.setFixedHeight(look.px(_SMALL))
        self.metrics.fit(room)
        if columns == self._columns:
            return
        self._columns = columns
        for at, placed in enumerate(self._in_pairs):
            self._grid.addWidget(placed, at // columns, at % columns)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
