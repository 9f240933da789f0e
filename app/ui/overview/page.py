"""The Overview: what it asks of the ledger, the answers on its cards, and the ways to the pages behind them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.services.changes import Change
from app.services.ledger import Interrupt
from app.ui import formats
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.overview import words
from app.ui.overview.choices import ONE_TOTAL, Arrangement, Choices, Period
from app.ui.overview.empty import make_empty
from app.ui.overview.reading import PARTS, Answers, Part
from app.ui.pages import Page
from app.ui.session import Session
from app.ui.widgets.button import default
from app.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from app.ui.overview.shown import Shown

KEY = "overview"
_MINUTE_MS = 60_000


class OverviewPage(Page):
    """The whole ledger at a glance."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.choices = Choices.from_json(session.state.get(KEY))
        self.answers = Answers()
        self.day = session.ledger.today()
        self.head = PageHeader(tr("Overview"))
        self.period_button = default("", "calendar-days")
        self.period_menu = QMenu(self.period_button)
        self.period_menu.aboutToShow.connect(self._fill_period_menu)
        self.period_button.setMenu(self.period_menu)
        self.customise_button = default(tr("Customise…"), "sliders-horizontal")
        self.customise_button.clicked.connect(self.customise)
        for made in (self.period_button, self.customise_button):
            self.head.add_control(made)
        self._empty, self._first_thing = make_empty(session)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._look_at_the_day)
        self._minute.start()
        self._lay_out()
        self._declare()
        self._show_choices()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._charts_asked = False
        self._focus_waits_at: QWidget | None = None

    # -- what the window asks

    def refresh(self, change: Change | None) -> None:
        """Read anew what a change may have touched; what is shown stays until the answers are there."""
        if change is None:
            self._take_day()
        for part in PARTS:
            if change is None or not change.areas.isdisjoint(part.areas):
                self._read(part)

    def focus_first(self) -> None:
        """Begin with the first card, or with the first thing to do."""
        if self._stack.currentWidget() is self._empty:
            self._first_thing.setFocus()
        else:
            next(iter(self.panes()), self).setFocus()

    def panes(self) -> list[QWidget]:
        """The first figure, then card after card."""
        return [*(self.shown.panes() if self.has_cards else ()), self.period_button]

    @cached_property
    def shown(self) -> "Shown":
        """The cards, made when there is something to show."""
        from app.ui.overview.shown import Shown

        made = Shown(self.session)
        self._stack.addWidget(made.board)
        return made

    @property
    def has_cards(self) -> bool:
        """Whether the cards are there already."""
        return "shown" in self.__dict__

    # -- what the user can choose

    def choose_period(self, period: Period) -> None:
        """Show spending of another period."""
        self._choose(replace(self.choices, period=period))

    def choose_currency(self, currency: str) -> None:
        """Show the charts of another currency."""
        self._choose(replace(self.choices, currency=currency))

    def arrange(self, arrangement: Arrangement) -> None:
        """Show other cards, or the same in another order."""
        self._choose(replace(self.choices, arrangement=arrangement))

    def customise(self) -> None:
        """Let the user choose cards and put them in order."""
        from app.ui.overview.customise import CustomiseDialog

        dialog = CustomiseDialog(self.choices.arrangement, self.session.window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.arrange(dialog.arrangement())
        dialog.deleteLater()

    # -- reading

    def _read(self, part: Part) -> None:
        ledger, choices = self.session.ledger, self.choices

        def read(interrupt: Interrupt) -> Any:
            # What the cards are made of is loaded here rather than on the window's thread.
            import app.ui.overview.shown  # noqa: F401

            return part.read(ledger, choices, interrupt)

        def take(answer: Any) -> None:
            part.take(self.answers, answer)
            self._show()

        self.session.bridge.read(read, take, key=f"overview.{part.key}")

    def _show(self) -> None:
        recorded = self.answers.recorded
        if recorded is None:
            return
        # The focus waited at the period while there was nothing yet, or is at what is not shown any more.
        blank = self._stack.currentWidget() is self._blank
        untouched = self._focus_waits_at is not None and self._focus_waits_at is self.focusWidget()
        waiting = self._first_thing.hasFocus() or untouched or (blank and self.period_button.hasFocus())
        empty = not (recorded.purchases or recorded.debts)
        self.period_button.setVisible(recorded.purchases > 0)
        self.customise_button.setVisible(not empty)
        if not empty:
            self.shown.show_answers(self.answers, self.choices, self.day)
        self._stack.setCurrentWidget(self._empty if empty else self.shown.board)
        if waiting and (blank or not empty):
            self.focus_first()
        # The cards come one after another, the first not always first; until all are there the focus may go on to it.
        self._focus_waits_at = self.focusWidget() if waiting and not self.answers.complete else None
        self._show_choices()
        if not empty and not self._charts_asked and self.answers.complete:
            # What draws charts takes half a second to load, so the figures and lists come first.
            self._charts_asked = True
            self.session.bridge.read(_load_charts, self._charts_loaded, key="overview.charts")

    def _charts_loaded(self, _loaded: object) -> None:
        self.shown.make_charts()
        self._show()

    # -- inside

    def _choose(self, choices: Choices) -> None:
        if choices == self.choices:
            return
        asks_anew = (choices.period, choices.currency) != (self.choices.period, self.choices.currency)
        self.choices = choices
        self.session.state.put(KEY, choices.to_json())
        self._show()
        if asks_anew:
            for part in PARTS:
                if part.chosen:
                    self._read(part)

    def _show_choices(self) -> None:
        said = words.period_name(self.choices.period)
        currencies = self.answers.currencies()
        if len(currencies) > 1:
            currency = self._currency_name(self.answers.currency(self.choices))
            said = f"{said} · {currency}"
        self.period_button.setText(said)
        self.period_button.setAccessibleName(tr("Period: {period}").format(period=said))

    def _fill_period_menu(self) -> None:
        menu = self.period_menu
        menu.clear()
        for period in Period:
            self._add_choice(
                words.period_name(period), period is self.choices.period, self.choose_period, period
            )
        currencies = self.answers.currencies()
        if len(currencies) > 1:
            menu.addSection(tr("Charts in"))
            shown = self.answers.currency(self.choices)
            converted = [ONE_TOTAL] if self.answers.analysis and self.answers.analysis.own_currency else []
            for currency in (*currencies, *converted):
                self._add_choice(
                    self._currency_name(currency), currency == shown, self.choose_currency, currency
                )

    def _currency_name(self, currency: str) -> str:
        from app.ui.spending.words import one_total

        found = self.answers.analysis
        return one_total(found.own_currency) if currency == ONE_TOTAL and found is not None else currency

    def _add_choice(self, text: str, ticked: bool, choose: Callable[[Any], None], value: object) -> None:
        action = self.period_menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(ticked)
        action.triggered.connect(lambda _checked=False: choose(value))

    def _look_at_the_day(self) -> None:
        if self.isVisible() and self.session.ledger.today() != self.day:
            self.refresh(None)

    def _take_day(self) -> None:
        self.day = self.session.ledger.today()
        self.head.set_subtitle(formats.weekday_date(self.day))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not self.has_cards:
            return
        board = self.shown.board
        if now is not None and board.inside.isAncestorOf(now):
            board.reveal(now)

    def _declare(self) -> None:
        self.session.actions.add(
            Action(
                "overview.customise",
                tr("&Customise overview…"),
                self.customise,
                Place("view", 40, 0),
                icon="sliders-horizontal",
                tip=tr("Choose what the overview shows, and in which order"),
                enabled=self.customise_button.isVisible,
                page=KEY,
            )
        )

    def _lay_out(self) -> None:
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for page in (self._blank, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)


def _load_charts(_interrupt: Interrupt) -> None:
    """Load what draws charts off the window's thread; no widget is made by that."""
    import app.ui.overview.debt_chart
    import app.ui.overview.spending_chart  # noqa: F401
