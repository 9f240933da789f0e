"""The field that chooses a purchase: some of its name is typed, and what fits is offered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.text import fold
from app.services import purchases
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow
from app.ui import formats
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.widgets.fields import completer_list
from app.ui.widgets.form import FormField

_OFFERED = 12
_PAUSE = 120
"""So many milliseconds after the last key the purchases are looked for."""


class PurchaseEntry(FormField):
    """A purchase of the ledger. `chosen` carries the `PurchaseRow` that was picked."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.line = _SearchLine()
        self._usual = tr("Type some of its name, retailer or order number, then pick it from the list")
        super().__init__(tr("Purchase"), self.line, help_text=self._usual, parent=parent)
        self._session = session
        self._row: PurchaseRow | None = None
        self._offered: list[PurchaseRow] = []
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(_OFFERED)
        self._popup = completer_list()
        self.completer.setPopup(self._popup)
        self.completer.setWidget(self.line)
        self.completer.activated.connect(self._picked)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._search)
        self.line.textEdited.connect(self._edited)
        self.line.asked.connect(self._search)
        self.line.editingFinished.connect(self._left)

    def purchase_id(self) -> int | None:
        """Return the id of the purchase that was picked."""
        return None if self._row is None else self._row.id

    def text(self) -> str:
        """Return what the field shows."""
        return self.line.text().strip()

    def show_purchase(self, row: PurchaseRow | None) -> None:
        """Show a purchase as picked, or none."""
        self._row = row
        self.line.setText(row.name if row else "")
        self.clear_message()
        self.set_help(_told(row) if row else self._usual)

    def check(self) -> bool:
        """Show that no purchase is picked; tell whether one is."""
        self._take_only_match()
        if self._row is None:
            typed = self.text()
            self.set_error(
                tr("Pick one of the purchases that fit “{text}”.").format(text=typed)
                if typed
                else tr("Choose what the warranty is on.")
            )
        return self._row is not None

    # -- inside

    def _edited(self) -> None:
        self._row = None
        self.clear_message()
        self.set_help(self._usual)
        self._timer.start()

    def _search(self) -> None:
        ledger, text = self._session.ledger, self.text()
        # Once picked its name stands in the field; asked again, everything is offered.
        wanted = PurchaseFilter() if self._row is not None else PurchaseFilter(text=text)

        def read(interrupt: Interrupt) -> list[PurchaseRow]:
            ids = purchases.first_ids(ledger, wanted, SortBy(), _OFFERED, interrupt=interrupt)
            return purchases.rows(ledger, ids)

        self._session.bridge.read(read, self._offer, key=self)

    def _offer(self, rows: Sequence[PurchaseRow]) -> None:
        self._offered = list(rows)
        self._model.clear()
        for row in rows:
            self._model.appendRow(QStandardItem(f"{row.name} · {_told(row)}"))
        if rows and self.line.hasFocus():
            self.completer.complete()
        elif not rows:
            self._popup.hide()
            if self.text():
                self.set_help(tr("No purchase fits; add it on the Purchases page first."))

    def _picked(self) -> None:
        at = self._popup.currentIndex().row()
        if 0 <= at < len(self._offered):
            self._take(self._offered[at])

    def _take(self, row: PurchaseRow) -> None:
        self._timer.stop()
        self.show_purchase(row)
        self.chosen.emit(row)

    def _take_only_match(self) -> None:
        """Take the one purchase of exactly this name, where there is no doubt which is meant."""
        if self._row is not None or not self.text():
            return
        same = [row for row in self._offered if fold(row.name) == fold(self.text())]
        only = same or (self._offered if len(self._offered) == 1 and not self._timer.isActive() else [])
        if len(only) == 1:
            self._take(only[0])

    def _left(self) -> None:
        if not self._popup.isVisible() and self.text():
            self._take_only_match()


class _SearchLine(QLineEdit):
    """A line that asks for what fits with the Down key."""

    asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask with Down."""
        if event.key() == Qt.Key.Key_Down:
            self.asked.emit()
        else:
            super().keyPressEvent(event)


def _told(row: PurchaseRow) -> str:
    parts = (row.retailer, formats.date(row.purchased_on), formats.money(row.net))
    return " · ".join(part for part in parts if part)
