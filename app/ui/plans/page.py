"""The Payoff plans page: its cards beside the What if panel, and how they work together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.debts.insights import Insight
from app.domain.months import Month
from app.services import plans
from app.services.changes import Change
from app.services.insights import insights_of
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.pages import Page
from app.ui.plans import model, words
from app.ui.plans.chart import BalanceChart
from app.ui.plans.commands import PlanCommands
from app.ui.plans.desk import PlanDesk
from app.ui.plans.empty import make_empty, make_paid_off
from app.ui.plans.head import PlansHead
from app.ui.plans.insights_card import InsightsCard
from app.ui.plans.model import PlanView
from app.ui.plans.panel.panel import WhatIfPanel
from app.ui.plans.schedule_table import ScheduleCard
from app.ui.plans.scroll import ScrollColumn
from app.ui.plans.search import BestSearch
from app.ui.plans.strategies_card import StrategiesCard
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_SETTLED_MS = 500
_CHART, _SCHEDULE = 252, 214
_MUCH = 270
"""From so much room for the schedule on, the insights below it are in sight too."""
_CARDS = 330
"""Where the cards would get less room than this, the what-ifs stand below them."""


class PlansPage(Page):
    """Ways to pay the debts off."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.desk = PlanDesk(session, self)
        self.search = BestSearch(session, self.desk)
        self.head = PlansHead(self.desk)
        self.strategies = StrategiesCard()
        self.schedule = ScheduleCard()
        self.insights = InsightsCard()
        self.panel = WhatIfPanel(self.desk)
        self.chart: BalanceChart | None = None
        self._search_waits = False
        self._actual: Sequence[tuple[date, int]] = ()
        self._refusal = Notice("", NoticeKind.WARNING)
        self._foot = Label("", "small", "secondary", wrap=True)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._read_insights)
        self._empty, self._first_thing = make_empty(session)
        self._lay_out()
        self.commands = PlanCommands(self)
        self._connect()
        self.commands.declare()

    # -- what the window asks

    def open(self, **arguments: Any) -> None:
        """Show one `scenario` by its id, or the page as it was left."""
        id = arguments.get("scenario")
        if isinstance(id, int):
            self.desk.load(id)
        if self._search_waits:
            self._search_waits = False
            self.search.again()

    def refresh(self, change: Change | None) -> None:
        """Read the ledger anew."""
        self.desk.load()

    def focus_first(self) -> None:
        """Go on among the strategies, or with the first thing to do."""
        empty = self._stack.currentWidget() is self._empty
        (self._first_thing if empty else self.strategies.table).setFocus()

    def panes(self) -> list[QWidget]:
        """Scenarios, strategies, schedule, what-ifs."""
        return [self.head.scenarios, self.strategies.table, self.schedule.table, self.panel]

    def leave(self) -> None:
        """A search goes on only while somebody waits for it."""
        self._search_waits = self.search.is_busy
        self.search.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the schedule fill what the cards above it leave."""
        super().resizeEvent(event)
        self._fit()

    # -- what the desk tells

    def _loaded(self) -> None:
        data = self.desk.data
        self.head.show_plan(read_only=self.session.ledger.read_only)
        if self.desk.scenario is None and data is not None:
            self._stack.setCurrentWidget(self._paid_off if data.recorded else self._empty)
        self._read_actual()
        self._settled.start()
        self.session.actions.refresh_soon()

    def _edited(self) -> None:
        self.head.show_plan(read_only=self.session.ledger.read_only)
        self.panel.show_edited()
        self.session.actions.refresh_soon()

    def _show(self, view: PlanView) -> None:
        self._stack.setCurrentWidget(self._full)
        self._refusal.hide()
        self._show_strategies()
        self.schedule.show_view(view)
        self.panel.show_view(view)
        self._show_chart(view)
        self._foot.setText(words.assumptions(view.given.conventions, view.scenario.currency))
        self._settled.start()
        self._fit()

    def _show_strategies(self) -> None:
        view, data = self.desk.view, self.desk.data
        if view is None or data is None:
            return
        self.strategies.show_view(view, Month.of(data.today), self.search.words())
        self.strategies.search.setVisible(self.search.is_wanted and not self.search.is_busy)

    def _show_chart(self, view: PlanView) -> None:
        chart = self.chart
        if chart is None or (chart.start, chart.currency) != (view.given.start, view.scenario.currency):
            chart = BalanceChart(view.given.start, view.scenario.currency)
            chart.setFixedHeight(theme.current().px(_CHART))
            if self.chart is not None:
                self._cards.removeWidget(self.chart)
                self.chart.hide()
                self.chart.deleteLater()
            self._cards.insertWidget(self._cards.indexOf(self.schedule), chart)
            self.chart = chart
        chart.show_view(view, self._actual)
        self._put_in_tab_order(chart)

    def _put_in_tab_order(self, chart: BalanceChart) -> None:
        """Let the chart, which is made after the other cards, and its legend come before the schedule."""
        before: QWidget = self.strategies.table
        for part in chart.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, part)
                before = part

    def _refused(self, sentence: str) -> None:
        self._stack.setCurrentWidget(self._full)
        self.panel.show_refusal(sentence)
        if self.desk.view is not None:
            sentence = tr("{why} The figures below are of the plan before that.").format(why=sentence)
        self._refusal.set(sentence)
        self._refusal.show()

    def _read_actual(self) -> None:
        """Read what was really owed on a saved scenario's debts since it began."""
        saved, ledger = self.desk.saved, self.session.ledger
        if saved is None:
            self._actual = ()
            return
        identities = [debt.identity for debt in saved.debts]

        def read(_interrupt: Interrupt) -> list[tuple[date, int]]:
            return plans.actual_balances(ledger, saved.currency, identities)

        def take(balances: list[tuple[date, int]]) -> None:
            self._actual = balances
            if self.desk.view is not None and self.chart is not None:
                self._show_chart(self.desk.view)

        self.session.bridge.read(read, take, key="plans.actual")

    def _read_insights(self) -> None:
        scenario, ledger = self.desk.scenario, self.session.ledger
        if scenario is None:
            return
        from dataclasses import replace

        followed = replace(scenario, strategy=model.USUAL) if scenario.strategy == model.BEST else scenario

        def read(_interrupt: Interrupt) -> list[Insight]:
            return insights_of(ledger, followed)

        self.session.bridge.read(read, self._show_insights, key="plans.insights")

    def _show_insights(self, found: list[Insight]) -> None:
        self.insights.show_insights(found)
        self._fit()

    # -- making it

    def _connect(self) -> None:
        desk, commands = self.desk, self.commands
        desk.loaded.connect(self._loaded)
        desk.edited.connect(self._edited)
        desk.worked_out.connect(self._show)
        desk.refused.connect(self._refused)
        self.search.changed.connect(self._show_strategies)
        self.strategies.table.chosen.connect(desk.set_strategy)
        self.strategies.compared.connect(desk.set_compared)
        self.strategies.search_requested.connect(self.search.again)
        self.schedule.table.said.connect(self.session.notify)
        self.panel.asked.connect(commands.add)
        self.panel.cards.change_requested.connect(commands.change)
        self.head.chosen.connect(desk.choose)
        self.head.currency_chosen.connect(desk.choose_currency)
        self.head.save.clicked.connect(commands.save)
        self.head.duplicate.clicked.connect(commands.duplicate)
        self.head.export.clicked.connect(commands.export)
        self.head.more.clicked.connect(commands.show_menu)

    def _lay_out(self) -> None:
        look = theme.current()
        gap, margin = look.space("l"), look.space("xl")
        self._scroll = ScrollColumn("surface", gap)
        self._cards = self._scroll.column
        self._cards.setSpacing(gap)
        for card in (self._refusal, self.strategies, self.schedule, self.insights):
            self._cards.addWidget(card)
        self._cards.addStretch()
        self._refusal.hide()
        self._row = row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._scroll, 3)
        row.addWidget(self.panel, 2)
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(margin, 0, margin, look.space("s"))
        full.setSpacing(look.space("s"))
        full.addLayout(row, 1)
        full.addWidget(self._foot)
        self._paid_off = make_paid_off(self.session)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for page in (self._blank, self._full, self._empty, self._paid_off):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        theme.current().changed.connect(self._fit)

    def _fit(self) -> None:
        look = theme.current()
        beside = self.width() - 2 * look.space("xl") - self.panel.usual_width() >= look.px(_CARDS)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self.panel.set_beside(beside=beside)
        if self.chart is not None:
            self.chart.setFixedHeight(look.px(_CHART))
        above = self.strategies.sizeHint().height() + look.px(_CHART) + 2 * look.space("l")
        spare = self._scroll.viewport().height() - above
        below = self.insights.fit(self._scroll.viewport().width() - look.space("l"))
        below += look.space("l") if below else 0
        if spare - below >= look.px(_MUCH):
            spare -= below
        self.schedule.setFixedHeight(max(spare, look.px(_SCHEDULE)))
