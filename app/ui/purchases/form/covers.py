"""The warranties of a purchase in its form: a card each."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.warranties import Cover
from app.ui.i18n import tr
from app.ui.purchases.form.cover_fields import CoverFields
from app.ui.theme import theme
from app.ui.widgets.button import default, flat
from app.ui.widgets.label import Label

_NOTES = 52
"""The height of the notes in pixels at 100 % text size."""


class CoverCard(CoverFields):
    """One warranty in a card. `remove_requested` asks to take it away."""

    remove_requested = Signal()

    def __init__(self, cover: Cover, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        self.heading = Label("", "heading")
        super().__init__(cover, today, parent)
        self.setObjectName("card")

    def _lay_out(self) -> None:
        remove = flat(tr("Remove"), "trash-2", compact=True)
        remove.clicked.connect(self.remove_requested)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.voided)
        head.addSpacing(8)
        head.addWidget(remove)
        self.notes.area.setMinimumHeight(0)
        self.notes.area.setFixedHeight(theme.current().px(_NOTES))
        space = theme.current().space("l")
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(space, 12, space, space)
        column_of_all.setSpacing(8)
        column_of_all.addLayout(head)
        column_of_all.addLayout(self.grid())


class CoversEditor(QWidget):
    """All warranties of a purchase. `changed` tells that one came, went or ends otherwise."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._cards: list[CoverCard] = []
        self._bought: dt.date | None = None
        self._lead = Label(
            tr("A shop's extension stands beside the maker's warranty; the one that lasts longest counts."),
            "small",
            "secondary",
            wrap=True,
        )
        self._add = default(tr("Add a warranty"), "plus")
        self._add.clicked.connect(self._add_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._lead)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch()

    def count(self) -> int:
        """Return how many warranties there are."""
        return len(self._cards)

    def cards(self) -> list[CoverCard]:
        """Return the cards in their order."""
        return list(self._cards)

    def set_covers(self, covers: Sequence[Cover], bought: dt.date | None) -> None:
        """Show other warranties, of a purchase made on a day."""
        for card in list(self._cards):
            self._take_away(card)
        self._bought = bought
        for cover in covers:
            self.add(cover)

    def set_bought(self, day: dt.date) -> None:
        """Learn another day of purchase: warranties that started on the former one start on the new one."""
        for card in self._cards:
            if self._bought is None or card.start() == self._bought:
                card.set_start(day)
        self._bought = day

    def add(self, cover: Cover) -> CoverCard:
        """Add a card at the end."""
        card = CoverCard(cover, self._today)
        card.remove_requested.connect(lambda: self._remove(card))
        card.end_changed.connect(self.changed)
        self._cards.append(card)
        self._column.insertWidget(self._column.count() - 2, card)
        self._number()
        self.changed.emit()
        return card

    def new_cover(self) -> Cover:
        """Return the warranty that a new card starts with."""
        return Cover(self._bought or self._today())

    def covers(self) -> tuple[Cover, ...] | None:
        """Return all warranties, or None where one cannot be saved and shows why."""
        found = [card.cover() for card in self._cards]
        covers = tuple(cover for cover in found if cover is not None)
        return covers if len(covers) == len(found) else None

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        return next((field for card in self._cards if (field := card.first_error())), None)

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return tuple(card.snapshot() for card in self._cards)

    def _add_clicked(self) -> None:
        self.add(self.new_cover()).ends.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, card: CoverCard) -> None:
        self._take_away(card)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take_away(self, card: CoverCard) -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, card in enumerate(self._cards, start=1):
            card.heading.setText(tr("Warranty {number}").format(number=number))
            card.setAccessibleName(card.heading.text())
