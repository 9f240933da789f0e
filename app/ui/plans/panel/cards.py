"""One card for each what-if of a plan: what it is, what it wins or loses, and how to take it away again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.debts.scenario import Scenario
from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.model import Effect, Place, PlanView
from app.ui.theme import icons, theme
from app.ui.widgets.button import tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_ICON = 14


class WhatIfCards(QWidget):
    """The what-ifs of a plan. The signals carry the `Place` of the one that is to be changed or taken away."""

    change_requested = Signal(object)
    remove_requested = Signal(object)
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[Place, _Card] = {}
        self._items: list[tuple[Place, object]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.current().space("s"), 0, 0)
        self._column.setSpacing(theme.current().space("s"))
        self.hide()

    def show_plan(self, scenario: Scenario) -> None:
        """Show a card for every what-if of a plan."""
        items = [(place, getattr(scenario, place.part.value)[place.at]) for place in model.places(scenario)]
        if items == self._items:
            return
        more = len(items) > len(self._items)
        self._items = items
        for card in self._cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {place: self._card(place, item, scenario) for place, item in items}
        self.setVisible(bool(items))
        if more:
            self.added.emit()

    def show_effects(self, view: PlanView) -> None:
        """Show what each of them changes."""
        effects = {effect.place: effect for effect in view.effects}
        for place, card in self._cards.items():
            card.show_effect(effects.get(place), view.scenario.currency)

    def card(self, place: Place) -> "_Card":
        """Return the card of a what-if."""
        return self._cards[place]

    def _card(self, place: Place, item: object, scenario: Scenario) -> "_Card":
        card = _Card(words.item_title(item, scenario), words.item_facts(item, scenario))
        card.change.clicked.connect(lambda: self.change_requested.emit(place))
        card.remove.clicked.connect(lambda: self.remove_requested.emit(place))
        self._column.addWidget(card)
        return card


class _Card(QFrame):
    """A what-if."""

    def __init__(self, title: str, facts: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self._effect = Label("", "small", "secondary", tabular=True, wrap=True)
        self._icon = QLabel()
        self._good: bool | None = None
        self.change = tool_button("pencil", tr("Change {what}…").format(what=title), compact=True)
        self.remove = tool_button("x", tr("Remove {what}").format(what=title), compact=True)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(ElidedLabel(title, "bodyStrong"), 1)
        head.addWidget(self.change)
        head.addWidget(self.remove)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self._icon)
        below.addWidget(self._effect, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(Label(facts, "small", "secondary", tabular=True, wrap=True))
        column.addLayout(below)
        theme.current().changed.connect(self._draw)

    def effect(self) -> str:
        """Return what the card says that it wins or loses."""
        return self._effect.text()

    def show_effect(self, effect: Effect | None, currency: str) -> None:
        """Show what the what-if changes; None where that cannot be told."""
        text, good = words.effect_words(effect, currency) if effect else ("", None)
        self._good = good
        self._effect.setText(text)
        self._draw()

    def _draw(self) -> None:
        name = {True: "trending-down", False: "trending-up", None: "minus"}[self._good]
        color = {True: "success", False: "danger", None: "textSecondary"}[self._good]
        tone = {True: "success", False: "danger", None: "secondary"}[self._good]
        side = theme.current().px(_ICON)
        self._icon.setPixmap(icons.pixmap(name, color, side, self.devicePixelRatioF()))
        self._icon.setVisible(bool(self._effect.text()))
        self._effect.set_tone(tone)
