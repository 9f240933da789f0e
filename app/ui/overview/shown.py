"""Brings what was read onto the cards, and opens what is behind them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.due import DEFAULT_DAYS
from app.domain.purchases import PurchaseFilter
from app.services.overview import ENDING_DAYS
from app.ui.due.opening import open_record
from app.ui.i18n import tr
from app.ui.overview import figures, lists, words
from app.ui.overview.board import Board, Waiting
from app.ui.overview.choices import Card, Choices, Figure
from app.ui.overview.figures import Metric
from app.ui.overview.list_card import ListCard
from app.ui.overview.reading import Answers, due_filter
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.overview.debt_chart import DebtChart
    from app.ui.overview.spending_chart import SpendingChart

PURCHASES, WARRANTIES, DUE_PAGE, PLANS = "purchases", "warranties", "due", "plans"


class Shown:
    """The cards of the page and what they show now."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.board = Board(self._open_page)
        self.spending: SpendingChart | None = None
        self.debts: DebtChart | None = None
        self._answers = Answers()
        self._spending_drawn: object = None
        self._debts_drawn: object = None
        self.warranties = ListCard(
            words.card_name(Card.WARRANTIES), tr("No warranty ends soon"), self._show_warranties
        )
        self.due = ListCard(
            words.card_name(Card.DUE), tr("Nothing is due"), lambda: self._open_page(DUE_PAGE)
        )
        self.due.add_link(tr("Export as calendar file…"), self._export_calendar)
        self.recent = ListCard(
            words.card_name(Card.RECENT), tr("Nothing was bought yet"), lambda: self._open_page(PURCHASES)
        )
        for card, widget in (
            (Card.SPENDING, Waiting(tr("Spending by month"))),
            (Card.DEBTS, Waiting(words.card_name(Card.DEBTS))),
            (Card.WARRANTIES, self.warranties),
            (Card.DUE, self.due),
            (Card.RECENT, self.recent),
        ):
            self.board.put(card, widget)

    def panes(self) -> list[QWidget]:
        """Return the first figure, then what takes the focus in each card."""
        found: list[QWidget] = [*list(self.board.figures.cards.values())[:1]]
        for card in self.board.shown():
            if isinstance(card, ListCard):
                found.append(card.list)
            elif card in (self.spending, self.debts):
                found.append(card.table if card.table_shown else card.plot)
        return found

    def make_charts(self) -> None:
        """Put the charts where their places were held."""
        from app.ui.overview.debt_chart import DebtChart
        from app.ui.overview.spending_chart import SpendingChart

        self.spending, self.debts = SpendingChart(), DebtChart()
        for card, chart in ((Card.SPENDING, self.spending), (Card.DEBTS, self.debts)):
            chart.told.connect(self._session.notify)
            self.board.put(card, chart)
        self.spending.chosen.connect(self._step_chosen)
        self.spending.table.activated.connect(lambda index: self._step_chosen(index.row(), ""))
        self.debts.plot.clicked.connect(lambda _place: self._open_page(PLANS))
        self.debts.plot.entered.connect(lambda: self._open_page(PLANS))

    def show_answers(self, answers: Answers, choices: Choices, today: date) -> None:
        """Show what was read so far; what is not read yet stays as it is."""
        self._answers = answers
        soon = self._session.ledger.reminders.window
        self.board.figures.show_metrics(list(self._metrics(answers, choices)))
        if answers.covered is not None:
            rows = lists.warranty_rows(answers.covered, today, soon)
            acts = [partial(self._open_cover, row.id, row.purchase_id) for row in answers.covered.rows]
            self.warranties.show_rows(rows, acts, lists.warranties_caption(answers.covered, ENDING_DAYS))
        if answers.due is not None:
            due_acts = [partial(open_record, self._session, item) for item in answers.due]
            caption = lists.due_caption(answers.due, DEFAULT_DAYS)
            self.due.show_rows(lists.due_rows(answers.due, today, soon), due_acts, caption)
        if answers.recent is not None and answers.recorded is not None:
            recent_acts = [partial(self._open_page, PURCHASES, purchase=row.id) for row in answers.recent]
            caption = lists.recent_caption(answers.recorded.purchases)
            self.recent.show_rows(lists.recent_rows(answers.recent), recent_acts, caption)
        self._show_charts(answers, choices, today)
        self.board.show_cards(list(self._cards(answers, choices)))

    # -- what there is to show

    def _metrics(self, answers: Answers, choices: Choices) -> Iterator[Metric]:
        recorded = answers.recorded
        for figure in choices.arrangement.shown_figures():
            if recorded is None:
                return
            if figure in (Figure.OWED, Figure.DEBT_FREE):
                if answers.debts is not None and recorded.debts:
                    make = figures.owed if figure is Figure.OWED else figures.debt_free
                    yield from make(answers.debts)
            elif not recorded.purchases:
                continue
            elif figure is Figure.SPENT_MONTH and answers.month is not None:
                yield from figures.spent(figure, answers.month)
            elif figure is Figure.SPENT_YEAR and answers.year is not None:
                yield from figures.spent(figure, answers.year)
            elif figure is Figure.IN_WARRANTY and answers.covered is not None:
                yield figures.in_warranty(answers.covered)
            elif figure is Figure.FILES and answers.files is not None:
                yield figures.files(*answers.files)
            elif figure is Figure.BACKUP and answers.backup is not None:
                yield figures.backed_up(*answers.backup)

    def _cards(self, answers: Answers, choices: Choices) -> Iterator[Card]:
        """Give the cards that are wanted and have something to tell."""
        recorded = answers.recorded
        for card in choices.arrangement.shown_cards():
            if recorded is None:
                return
            if card is Card.DEBTS:
                if recorded.debts:
                    yield card
            elif card is Card.WARRANTIES:
                if answers.covered is None or answers.covered.recorded:
                    yield card
            elif card is Card.DUE or recorded.purchases:
                yield card

    def _show_charts(self, answers: Answers, choices: Choices, today: date) -> None:
        drawn = (answers.analysis, today)
        if self.spending is not None and answers.analysis is not None and drawn != self._spending_drawn:
            self._spending_drawn = drawn
            self.spending.show_analysis(answers.analysis, answers.categories, today)
            self.board.chain()
        planned = (answers.outlook(choices), today)
        if self.debts is not None and answers.debts is not None and planned != self._debts_drawn:
            self._debts_drawn = planned
            self.debts.show_outlook(*planned)
            self.board.chain()

    # -- where a click leads

    def _open_page(self, page: str, **arguments: object) -> None:
        known = self._session.pages.get(page) is not None
        self._session.show_page(page if known else PURCHASES, **(arguments if known else {}))

    def _open_cover(self, cover: int, purchase: int) -> None:
        if self._session.pages.get(WARRANTIES) is not None:
            self._session.show_page(WARRANTIES, warranty=cover)
        else:
            self._session.show_page(PURCHASES, purchase=purchase)

    def _show_warranties(self) -> None:
        from app.domain.warranties import CoverFilter

        self._open_page(WARRANTIES, filter=CoverFilter(expiring_days=ENDING_DAYS))

    def _export_calendar(self) -> None:
        from app.ui.due.exporting import export_calendar

        export_calendar(self._session, due_filter())

    def _step_chosen(self, bar: int, series: str) -> None:
        """Show the purchases behind a bar, or behind the part of it that is one category."""
        found = self._answers.analysis
        if found is None:
            return
        span = found.steps[bar].span
        currency = "" if found.converted else found.currency
        wanted = PurchaseFilter(bought_from=span.first, bought_to=span.last, currency=currency)
        if series.isdigit():
            wanted = replace(wanted, categories=frozenset({int(series)}))
        self._session.show_page(PURCHASES, filter=wanted)
