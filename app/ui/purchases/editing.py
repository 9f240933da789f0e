"""Editing a purchase in its row: what the editor starts with, what is wrong with a text, and saving it."""

import datetime as dt
from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.columns import Column
from app.domain.problems import Refused
from app.domain.purchases import DebtReference, PurchaseStatus
from app.domain.text import clean
from app.services import purchases
from app.services.ledger import Ledger
from app.services.names import NameKind
from app.services.purchases import PurchaseRow
from app.ui import entry, formats
from app.ui.i18n import tr
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.widgets.fields import NameCombo

_NAMES = {"retailer": NameKind.RETAILER, "brand": NameKind.BRAND, "category": NameKind.CATEGORY}
_AMOUNTS = ("net", "price")
_NO_DEBT = 0

_Value = str | int | dt.date | PurchaseStatus | DebtReference | None


class PurchaseEditing:
    """Lets name, price, date, status, retailer, brand, category and debt be edited in the table."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._currencies: dict[int, str] = {}

    def edit_text(self, row: PurchaseRow, key: str) -> str:
        """Return the text that the editor starts with; a price is edited before refunds."""
        if key in _AMOUNTS:
            return formats.amount(row.money)
        if key == "purchased_on":
            return formats.date(row.purchased_on)
        if key == "status":
            return row.status.value
        if key == "debt":
            return str(row.debt_id or _NO_DEBT)
        return str(getattr(row, key))

    def problem(self, row: PurchaseRow, key: str, text: str) -> str:
        """Return one sentence saying what is wrong with a text, or an empty one."""
        self._currencies = {row.id: row.currency}
        try:
            self._value(row.id, key, text)
        except ValueError as problem:
            return str(problem)
        return ""

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        """Save a text into a cell."""
        try:
            value = self._value(row_id, key, text)
        except ValueError as problem:
            refused: Future[Any] = Future()
            refused.set_exception(Refused(str(problem)))
            return refused
        field = "price" if key in _AMOUNTS else key
        return self._ledger.submit(purchases.set_field(row_id, field, value))

    def _value(self, row_id: int, key: str, text: str) -> _Value:
        if key in _AMOUNTS:
            return self._price(self._currencies[row_id], text)
        if key == "purchased_on":
            return entry.read_date(text, self._ledger.today()).value
        if key == "status":
            return PurchaseStatus(text)
        if key == "debt":
            return _debt(text)
        value = clean(text)
        if key == "name" and not value:
            raise ValueError(tr("Enter what was bought."))
        return value

    @staticmethod
    def _price(currency: str, text: str) -> int:
        price = entry.read_amount(text, currency).value
        if price < 0:
            raise ValueError(tr("Enter an amount of 0 or more; money that came back is a refund."))
        return price


def _debt(text: str) -> DebtReference | None:
    """Return the debt with the id that a text is, None for none."""
    if not text.isdecimal():
        raise ValueError(tr("Choose a debt, or none."))
    return None if int(text) == _NO_DEBT else DebtReference("", id=int(text))


def make_editor(book: NameBook, column: Column, parent: QWidget) -> QWidget | None:
    """Return the editor of a column: a list of names, of states or of debts, or None for the usual text field."""
    if column.key in _NAMES:
        combo = NameCombo(book.names(_NAMES[column.key]), parent)
        combo.setFrame(False)
        return combo
    if column.key == "status":
        states = QComboBox(parent)
        for status in PurchaseStatus:
            states.addItem(status_name(status), status.value)
        return states
    if column.key == "debt":
        debts = QComboBox(parent)
        for id, name in [(_NO_DEBT, tr("None")), *((debt.id, debt.name) for debt in book.debts())]:
            debts.addItem(name, str(id))
        return debts
    return None
