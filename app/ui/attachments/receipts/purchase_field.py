"""A field in which a purchase is found by typing a part of its name, shop or number."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.domain.purchases import PurchaseFilter, SortBy
from app.services import purchases
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow
from app.ui import formats
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.widgets.fields import completer_list

_OFFERED = 12
_ID = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2


class PurchaseField(QLineEdit):
    """Offers purchases that what is typed fits. `picked` carries the id and the name of the one that was chosen."""

    picked = Signal(int, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = ""
        self._found = QStandardItemModel(self)
        self.setPlaceholderText(tr("Type a product, a shop or an order number"))
        self.setAccessibleName(tr("Purchase"))
        self.setClearButtonEnabled(True)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = completer_list()
        completer.setPopup(self._popup)
        completer.setWidget(self)
        completer.activated.connect(lambda _text: self._pick(self._popup.currentIndex()))
        self._completer = completer
        self.textEdited.connect(self._search)

    def show_name(self, name: str) -> None:
        """Show the purchase that is chosen, "" for none."""
        self._name = name
        self.setText(name)

    def offered(self) -> list[str]:
        """Return the purchases that are offered, as they are written in the list."""
        return [self._found.item(row).text() for row in range(self._found.rowCount())]

    def pick(self, row: int) -> None:
        """Choose one of the purchases that are offered."""
        self._pick(self._found.index(row, 0))

    def _search(self, text: str) -> None:
        wanted, ledger = text.strip(), self._session.ledger
        if not wanted:
            self._popup.hide()
            return

        def read(interrupt: Interrupt) -> list[PurchaseRow]:
            ids = purchases.first_ids(
                ledger, PurchaseFilter(text=wanted), SortBy(), _OFFERED, interrupt=interrupt
            )
            return purchases.rows(ledger, ids)

        self._session.bridge.read(read, partial(self._offer, wanted), key=self)

    def _offer(self, wanted: str, rows: list[PurchaseRow]) -> None:
        if self.text().strip() != wanted:
            return
        self._found.clear()
        for row in rows:
            parts = (row.name, row.retailer, formats.date(row.purchased_on), formats.money(row.net))
            item = QStandardItem(" · ".join(part for part in parts if part))
            item.setData(row.id, _ID)
            item.setData(row.name, _NAME)
            self._found.appendRow(item)
        if rows and self.hasFocus():
            self._completer.complete()
        elif not rows:
            self._popup.hide()

    def _pick(self, index: QModelIndex | QPersistentModelIndex) -> None:
        id, name = index.data(_ID), str(index.data(_NAME))
        if isinstance(id, int):
            self.show_name(name)
            self.picked.emit(id, name)
