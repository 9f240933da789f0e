"""The page's cards: figures in lines of up to four, below them larger cards, two beside each other where they fit."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.ui.charts.metric_card import MetricCard
from app.ui.overview.choices import Card
from app.ui.overview.figures import Metric
from app.ui.overview.list_card import ListCard
from app.ui.plans.scroll import ScrollColumn
from app.ui.theme import theme
from app.ui.widgets.label import Label

_IN_LINE = 4
_NARROWEST = 208
_BESIDE = 400
"""Two cards stand beside each other where each gets so much room."""
_CHART = 306
_STRETCH = (28, 25)


class FigureCards(QWidget):
    """Cards of figures in as few lines as their words need."""

    def __init__(self, opened: Callable[[str], object]) -> None:
        super().__init__()
        self.cards: dict[str, MetricCard] = {}
        self._opened = opened
        self._placed: tuple[tuple[str, ...], int] = ((), 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.current().space("l"))

    def show_metrics(self, metrics: Sequence[Metric]) -> None:
        """Show these figures in this order; the cards that stay keep the focus."""
        wanted = {metric.key: metric for metric in metrics}
        for key in self.cards.keys() - wanted.keys():
            self.cards.pop(key).deleteLater()
        for metric in metrics:
            card = self.cards.get(metric.key)
            if card is None:
                card = self.cards[metric.key] = MetricCard(metric.title, metric.improves, self)
                card.setMinimumWidth(1)
                card.clicked.connect(lambda page=metric.page: self._opened(page))
                card.show()
            if card.title != metric.title:
                card.set_title(metric.title)
            card.show_figure(metric.shown)
        self.cards = {metric.key: self.cards[metric.key] for metric in metrics}
        self.setVisible(bool(metrics))
        self.fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Place the cards in as many columns as show every figure in full."""
        cards = list(self.cards.values())
        if not cards:
            return
        gap = theme.current().space("l")
        least = max(theme.current().px(_NARROWEST), *(card.least_width() for card in cards))
        fitting = min(_IN_LINE, len(cards), max((width + gap) // (least + gap), 1))
        lines = -(-len(cards) // fitting)
        columns = -(-len(cards) // lines)
        if self._placed == (tuple(self.cards), columns):
            return
        before = self._placed[1]
        self._placed = (tuple(self.cards), columns)
        for at, card in enumerate(cards):
            self._grid.addWidget(card, at // columns, at % columns)
            if at:
                QWidget.setTabOrder(cards[at - 1], card)
        for at in range(max(before, columns)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


class Waiting(QFrame):
    """Holds the place of a chart until what draws it is loaded."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(Label(heading, "heading"))
        column.addStretch()


class Board(ScrollColumn):
    """Everything below the head of the page."""

    def __init__(self, opened: Callable[[str], object], parent: QWidget | None = None) -> None:
        look = theme.current()
        self._gap, side = look.space("l"), look.space("xl")
        super().__init__("surface", side, parent)
        self.figures = FigureCards(opened)
        self.cards: dict[Card, QWidget] = {}
        self._shown: tuple[Card, ...] = ()
        self._columns = 0
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._gap)
        self.column.setSpacing(self._gap)
        self.column.addWidget(self.figures)
        self.column.addWidget(self._holder)
        self.column.addStretch()
        self.set_margins(side, 0, side)
        look.changed.connect(self._restyle)

    def put(self, card: Card, widget: QWidget) -> None:
        """Give a card its widget, in the place of the one that it had."""
        before = self.cards.get(card)
        self.cards[card] = widget
        widget.setParent(self._holder)
        if before is not None:
            self._grid.removeWidget(before)
            before.deleteLater()
        if card in self._shown:
            self._place(self._columns)

    def show_cards(self, shown: Sequence[Card]) -> None:
        """Show these cards in this order."""
        wanted = tuple(card for card in shown if card in self.cards)
        if wanted != self._shown:
            self._shown = wanted
            self._place(self._fitting())

    def shown(self) -> list[QWidget]:
        """Return the cards that are shown, in order."""
        return [self.cards[card] for card in self._shown]

    def chain(self) -> None:
        """Let Tab go from card to card as they stand, also where a chart has other entries in its legend now."""
        stops = [stop for widget in self.shown() for stop in _stops(widget)]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two cards beside each other where there is room."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._place(self._fitting())

    def reveal(self, focused: QWidget) -> None:
        """Bring the card into sight that has the focus."""
        part: QWidget | None = focused
        while part is not None and part is not self.inside:
            if part is self.figures or part in self.cards.values():
                self.ensureWidgetVisible(part, 0, self._gap)
                return
            part = part.parentWidget()

    def _fitting(self) -> int:
        look = theme.current()
        room = self.viewport().width() - 2 * look.space("xl")
        return 2 if room >= 2 * look.px(_BESIDE) + self._gap else 1

    def _restyle(self) -> None:
        self._place(self._fitting())
        self.figures.fit(self.figures.width())

    def _place(self, columns: int) -> None:
        self._columns = columns
        shown = self.shown()
        for card, widget in self.cards.items():
            self._grid.removeWidget(widget)
            widget.setVisible(card in self._shown)
        self._holder.setVisible(bool(shown))
        for first in range(0, len(shown), columns):
            beside = shown[first : first + columns]
            height = max(_height(widget) for widget in beside)
            for at, widget in enumerate(beside):
                widget.setFixedHeight(height)
                alone = len(beside) == 1
                self._grid.addWidget(widget, first // columns, at, 1, columns if alone else 1)
        for at, stretch in enumerate(_STRETCH):
            self._grid.setColumnStretch(at, stretch if at < columns else 0)
        self.chain()


def _stops(card: QWidget) -> list[QWidget]:
    """Return what takes the focus by Tab in a card."""
    return [widget for widget in card.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _height(widget: QWidget) -> int:
    return widget.height_of_rows() if isinstance(widget, ListCard) else theme.current().px(_CHART)
