"""The What if panel: how much each month, what comes of it, in which order, and what else could be done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ui.dialogs.grid_view import Card
from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.desk import PlanDesk
from app.ui.plans.model import PlanView
from app.ui.plans.panel.cards import WhatIfCards
from app.ui.plans.panel.extra import ExtraControl
from app.ui.plans.panel.order import OrderList
from app.ui.plans.panel.result import FigureRow, Hint, ResultBox
from app.ui.plans.scroll import ScrollColumn
from app.ui.theme import icons, theme
from app.ui.widgets.button import ButtonKind, button, default
from app.ui.widgets.label import Label

_WIDTH = 300
_SIDE = 16
_NO_LIMIT = 16_777_215
"""What Qt takes for no greatest width."""


class WhatIfPanel(QWidget):
    """Sets the plan in work. `asked` carries the kind of a what-if that the user wants to add."""

    asked = Signal(str)

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(tr("What if"))
        self.reset = button(tr("Reset"), ButtonKind.LINK, "rotate-ccw", compact=True)
        self.extra = ExtraControl()
        self.result = ResultBox()
        self.hint = Hint()
        self.order = OrderList()
        self.cards = WhatIfCards()
        self._minimums = FigureRow(tr("Minimum payments"), tone="secondary")
        self._extra_row = FigureRow(tr("Extra"), tone="secondary")
        self._each = FigureRow(tr("Each month"), role="bodyStrong", figure="bodyStrong")
        self.one_off = default(tr("One-off payment…"), "plus")
        self.other = default(tr("Another what-if"), "plus")
        self._fill_menu()
        self._lay_out()
        self._connect()
        self.set_beside(beside=True)

    def show_view(self, view: PlanView) -> None:
        """Show what the plan comes to."""
        currency = view.scenario.currency
        self.extra.show_plan(self._desk.scenario or view.scenario, view.minimums)
        self.extra.show_refusal("")
        self.result.show_view(view)
        self.hint.show_text(words.hint(view))
        self._minimums.show_figure(words.money(view.minimums, currency))
        each = view.minimums if view.chosen.key == model.BASELINE else view.each_month
        self._extra_row.show_figure(words.money(each - view.minimums, currency))
        self._each.show_figure(words.money(each, currency))
        self.order.show_view(view)
        self.cards.show_effects(view)

    def show_edited(self) -> None:
        """Show what was set, before it is worked out."""
        scenario = self._desk.scenario
        self.reset.setEnabled(self._desk.can_reset())
        if scenario is not None:
            self.cards.show_plan(scenario)

    def show_refusal(self, sentence: str) -> None:
        """Say why there is no such plan, at what was asked for."""
        if self._desk.scenario is not None:
            self.extra.show_plan(self._desk.scenario, self._desk.minimums)
        self.extra.show_refusal(sentence)
        self.hint.show_text("")

    def _connect(self) -> None:
        desk = self._desk
        self.reset.clicked.connect(desk.reset)
        self.extra.extra_chosen.connect(desk.set_extra)
        self.extra.budget_chosen.connect(desk.set_budget)
        self.order.moved.connect(desk.move_debt)
        self.cards.remove_requested.connect(desk.remove_item)
        self.cards.added.connect(self._show_cards)
        self.one_off.clicked.connect(lambda: self.asked.emit("one-off"))

    def _show_cards(self) -> None:
        """Bring a card that was added into sight, with the buttons below it, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.other))

    def _fill_menu(self) -> None:
        menu = QMenu(self.other)
        for kind, text, icon in (
            ("rate", tr("New &rate…"), "percent"),
            ("consolidation", tr("&Consolidation…"), "combine"),
            ("transfer", tr("Balance &transfer…"), "arrow-right-left"),
            ("pause", tr("&Pause…"), "pause"),
        ):
            action = menu.addAction(text)
            icons.bind(action, icon)
            action.triggered.connect(lambda _checked=False, kind=kind: self.asked.emit(kind))
        self.other.setMenu(menu)
        self.other.setProperty("menu", "true")

    def _lay_out(self) -> None:
        look = theme.current()
        self._scroll = ScrollColumn("raised", _SIDE)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.set_margins(_SIDE, 10, 12)
        column = self._scroll.column
        head = QHBoxLayout()
        head.addWidget(Label(tr("What if"), "heading"), 1)
        head.addWidget(self.reset)
        column.addLayout(head)
        column.addSpacing(look.space("s"))
        column.addWidget(self.extra)
        column.addSpacing(look.space("m"))
        column.addWidget(self.result)
        column.addSpacing(look.space("s"))
        column.addWidget(self.hint)
        column.addSpacing(look.space("m"))
        column.addWidget(_rule())
        column.addSpacing(look.space("m"))
        for row in (self._minimums, self._extra_row, self._each):
            column.addWidget(row)
            column.addSpacing(3)
        column.addSpacing(look.space("s"))
        column.addWidget(Label(tr("Payoff order"), "heading"))
        column.addSpacing(look.space("xs"))
        column.addWidget(self.order)
        column.addWidget(self.cards)
        column.addSpacing(look.space("s"))
        column.addWidget(self.one_off)
        column.addSpacing(look.space("s"))
        column.addWidget(self.other)
        column.addStretch()
        self.setFocusProxy(self.extra.field)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Card(self._scroll))

    @staticmethod
    def usual_width() -> int:
        """Return how wide the panel is beside the cards."""
        return theme.current().px(_WIDTH)

    def set_beside(self, *, beside: bool) -> None:
        """Stand beside the cards in the usual width, or below them in all the width there is."""
        self.setMinimumWidth(self.usual_width() if beside else 0)
        self.setMaximumWidth(self.usual_width() if beside else _NO_LIMIT)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", "horizontal")
    return line
