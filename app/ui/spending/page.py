"""The Spending page: what is asked of the ledger, the answer on its cards, and the way to the purchases behind it."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.spending import Analysis
from app.domain.spending_periods import Question
from app.domain.warranties import CoverFilter, CoverStatus
from app.services import kinds
from app.services.changes import Change
from app.services.exporting.choices import Offer
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow
from app.services.spending import analysis, recent_purchases
from app.ui.actions import Action, Place
from app.ui.exporting.register import offer_export, open_export
from app.ui.i18n import tr
from app.ui.pages import Page
from app.ui.purchases.empty import make_empty
from app.ui.records.ranges import month_range
from app.ui.session import Session
from app.ui.spending import groups
from app.ui.spending.board import Board
from app.ui.spending.choices import Choices
from app.ui.spending.controls import Controls
from app.ui.widgets.button import default
from app.ui.widgets.page_header import PageHeader

KEY = "spending"
PURCHASES, WARRANTIES = "purchases", "warranties"
_NEW = "purchases.new"
RATES = "rates.open"
_SLOW_MS = 400


class SpendingPage(Page):
    """What was bought in a period, in one currency or converted into the owner's."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found: Analysis | None = None
        self._recent: list[PurchaseRow] = []
        self._focus_waits = False
        self.controls = Controls(session.ledger, Choices.from_json(session.state.get(KEY)))
        self.board = Board()
        self.show_button = default(tr("Show purchases"), "receipt-text")
        self.export_button = default(tr("Export…"), "file-output")
        self.head = PageHeader(tr("Spending"))
        for button in (self.show_button, self.export_button):
            self.head.add_control(button)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: self.head.set_subtitle(tr("Adding up…")))
        self._empty, self._first_thing = make_empty(session, lambda: session.actions.run(_NEW))
        self._lay_out()
        self._connect()
        self._declare()

    # -- what the window asks

    def refresh(self, change: Change | None) -> None:
        """Read the figures anew."""
        self.read()

    def focus_first(self) -> None:
        """Begin with the period, or with the first thing to do."""
        shown = self._stack.currentWidget()
        self._focus_waits, empty = shown is self._blank, shown is self._empty
        (self._first_thing if empty else self.controls.preset).setFocus()

    def panes(self) -> list[QWidget]:
        """The choices, then card after card."""
        return [self.controls.preset, *self.board.panes()]

    # -- reading

    def read(self) -> None:
        """Ask the ledger; what is shown stays until the answer is there."""
        asked, ledger = self.controls.choices.asked, self.session.ledger

        def work(interrupt: Interrupt) -> tuple[Question, Analysis, list[PurchaseRow]]:
            found = analysis(ledger, asked, interrupt)
            currency = "" if found.converted else found.currency
            return asked, found, recent_purchases(ledger, found.span, currency, interrupt=interrupt)

        self._slow.start()
        self.session.bridge.read(work, self._take, self._failed, key="spending.analysis")

    def _take(self, answer: tuple[Question, Analysis, list[PurchaseRow]]) -> None:
        self._slow.stop()
        _asked, self.found, self._recent = answer
        # Before the first answer there is nothing yet that could take the focus.
        waiting = self._stack.currentWidget() is self._blank and self._focus_waits
        had_focus = self._first_thing.hasFocus() and bool(self.found.currencies)
        self._stack.setCurrentWidget(self._full if self.found.currencies else self._empty)
        for button in (self.show_button, self.export_button):
            button.setVisible(bool(self.found.currencies))
        self.controls.show_analysis(self.found)
        self.head.set_subtitle(groups.period_words(self.found) if self.found.currencies else "")
        self._draw()
        if waiting or had_focus:
            self.focus_first()
        self.session.actions.refresh_soon()

    def _failed(self, error: BaseException) -> None:
        self._slow.stop()
        self.head.set_subtitle("")
        self.session.bridge.show_error(error)

    def _draw(self) -> None:
        if self.found is not None:
            measure, today = self.controls.choices.measure, self.session.ledger.today()
            self.board.show_analysis(self.found, self._recent, measure, today)

    def _chosen(self) -> None:
        choices = self.controls.choices
        self.session.state.put(KEY, choices.to_json())
        self._draw()
        self.read()

    # -- to the purchases

    def show_purchases(self, wanted: PurchaseFilter) -> None:
        """Open the purchases that a filter lets through."""
        self.session.show_page(PURCHASES, filter=wanted)

    def show_period(self) -> None:
        """Open the purchases of the period, which all figures are made of."""
        if self.found is not None:
            self.show_purchases(groups.of_period(self.found))

    def export(self) -> None:
        """Write the purchases of the period to a file."""
        open_export(self.session, self._offer())

    def _offer(self) -> Offer:
        wanted = groups.of_period(self.found) if self.found is not None else None
        return Offer(kinds.exporting(PURCHASES), wanted=wanted, sort=SortBy())

    def _step_chosen(self, bar: int, _series: str) -> None:
        if self.found is not None:
            span = self.found.steps[bar].span
            wanted = groups.of_period(self.found)
            self.show_purchases(replace(wanted, bought_from=span.first, bought_to=span.last))

    def _product_chosen(self, name: str) -> None:
        if self.found is not None:
            self.show_purchases(replace(groups.of_period(self.found), text=name))

    # -- to the warranties

    def _state_chosen(self, state: str) -> None:
        """Show the warranties of the period's purchases that are in a state today."""
        if self.found is not None:
            self._show_warranties(replace(_covers_of(self.found), statuses=frozenset({CoverStatus(state)})))

    def _timeline_chosen(self, bar: int, _state: str) -> None:
        """Show the warranties of the period's purchases that end in a month; voided ones are not among its bars."""
        if self.found is not None:
            first, last = month_range(self.found.cover_months[bar].month)
            counted = (
                frozenset(CoverStatus) - {CoverStatus.VOIDED} if self.found.figures.covers.voided else ()
            )
            wanted = _covers_of(self.found)
            self._show_warranties(replace(wanted, ends_from=first, ends_to=last, statuses=frozenset(counted)))

    def _show_warranties(self, wanted: CoverFilter) -> None:
        self.session.show_page(WARRANTIES, filter=wanted)

    # -- making it

    def _connect(self) -> None:
        board, session = self.board, self.session
        self.controls.changed.connect(self._chosen)
        self.show_button.clicked.connect(self.show_period)
        self.export_button.clicked.connect(self.export)
        board.metrics.clicked.connect(self.show_period)
        board.conversion.rates_wanted.connect(lambda: session.actions.run(RATES))
        board.over_time.chosen.connect(self._step_chosen)
        board.over_time.table.activated.connect(lambda index: self._step_chosen(index.row(), ""))
        for card in board.groups:
            card.opened.connect(lambda key, card=card: self._group_chosen(card, key))
        board.products.opened.connect(self._product_chosen)
        board.covers.opened.connect(self._state_chosen)
        board.timeline.chosen.connect(self._timeline_chosen)
        for chart in board.charts:
            chart.told.connect(session.notify)
        board.purchases.opened.connect(lambda id: session.show_page(PURCHASES, purchase=id))
        board.warranties.opened.connect(lambda id: session.show_page(WARRANTIES, warranty=id))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _group_chosen(self, card: groups.GroupCard, key: str) -> None:
        if self.found is not None:
            self.show_purchases(card.narrowed(groups.of_period(self.found), key))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.board.inside.isAncestorOf(now):
            self.board.reveal(now)

    def _declare(self) -> None:
        self.session.actions.add(
            Action(
                "spending.show_purchases",
                tr("Show the p&urchases of this period"),
                self.show_period,
                Place("data", 40, 0),
                icon="receipt-text",
                tip=tr("Open the list of what the figures are made of"),
                enabled=lambda: self.found is not None and bool(self.found.currencies),
                page=KEY,
            )
        )
        offer_export(self.session, KEY, self._offer)

    def _lay_out(self) -> None:
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(0)
        full.addWidget(self.controls)
        full.addWidget(self.board, 1)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for page in (self._blank, self._full, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)


def _covers_of(found: Analysis) -> CoverFilter:
    """Return the filter that lets through the warranties of what was bought in the period, in any currency."""
    return CoverFilter(bought_from=found.span.first, bought_to=found.span.last)
