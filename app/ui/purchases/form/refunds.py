"""The refunds of a purchase in its form: a row each."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.purchases import Refund
from app.domain.text import clean
from app.ui import formats
from app.ui.i18n import tr
from app.ui.records.entries import AmountEntry, CountEntry, DateEntry, TextEntry
from app.ui.theme import theme
from app.ui.widgets.button import default, tool_button
from app.ui.widgets.label import Label


class RefundRow(QWidget):
    """One refund: day, amount, how many were returned, a note."""

    remove_requested = Signal()
    amount_changed = Signal()

    def __init__(
        self,
        refund: Refund | None,
        currency: str,
        today: Callable[[], dt.date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._original = refund or Refund(today(), 0)
        self.on = DateEntry(tr("Refunded on"), today, required=tr("Enter the day of the refund."))
        self.amount = AmountEntry(tr("Amount"), required=tr("Enter the amount that came back."))
        self.quantity = CountEntry(tr("Returned"), optional=False)
        self.note = TextEntry(tr("Note"))
        self.amount.set_currency(currency)
        self.on.set_value(self._original.on)
        if refund is not None:
            self.amount.set_value(refund.amount)
            self.quantity.set_value(refund.quantity or None)
            self.note.set_text(refund.note)
        self.amount.line.textChanged.connect(self._amount_edited)
        self._lay_out()

    def refund(self) -> Refund | None:
        """Return the refund, or None, with what is wrong shown at its field."""
        checks = [field.check() for field in (self.on, self.amount, self.quantity)]
        if not all(checks):
            return None
        on, amount, quantity = self.on.value(), self.amount.value(), self.quantity.value() or 0
        if amount == 0:
            self.amount.set_error(tr("Enter a refund of more than 0."))
            return None
        if quantity < 0:
            self.quantity.set_error(tr("Enter a returned quantity of 0 or more."))
            return None
        if on is None or amount is None:
            return None
        note = clean(self.note.text())
        return replace(self._original, on=on, amount=amount, quantity=quantity, note=note)

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        fields = (self.on, self.amount, self.quantity, self.note)
        return next((field for field in fields if field.state == "error"), None)

    def snapshot(self) -> tuple[str, ...]:
        """Return everything that was entered, to be compared."""
        return tuple(field.text() for field in (self.on, self.amount, self.quantity, self.note))

    def _amount_edited(self) -> None:
        self.amount_changed.emit()

    def _lay_out(self) -> None:
        look = theme.current()
        remove = tool_button("trash-2", tr("Remove this refund"))
        remove.clicked.connect(self.remove_requested)
        at_fields = QVBoxLayout()
        at_fields.setSpacing(0)
        at_fields.addSpacing(self.on.label.sizeHint().height() + look.space("xs"))
        at_fields.addWidget(remove)
        at_fields.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field, share in ((self.on, 5), (self.amount, 4), (self.quantity, 2), (self.note, 5)):
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        row.addLayout(at_fields)


class RefundsEditor(QWidget):
    """All refunds of a purchase. `changed` tells that one came, went or has another amount."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._currency = ""
        self._rows: list[RefundRow] = []
        self._sum = Label("", "small", "secondary", tabular=True)
        self._problem = Label("", "small", "danger", wrap=True)
        self._problem.hide()
        self._add = default(tr("Add a refund"), "plus")
        self._add.clicked.connect(self._add_clicked)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Refunds"), "heading"))
        head.addSpacing(8)
        head.addWidget(self._sum, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self._problem)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def count(self) -> int:
        """Return how many refunds there are."""
        return len(self._rows)

    def rows(self) -> list[RefundRow]:
        """Return the rows in their order."""
        return list(self._rows)

    def set_refunds(self, refunds: Sequence[Refund], currency: str) -> None:
        """Show other refunds, of a purchase in a currency."""
        for row in list(self._rows):
            self._take_away(row)
        self._currency = currency
        for refund in refunds:
            self.add(refund)
        self._add_up()

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on."""
        self._currency = currency
        for row in self._rows:
            row.amount.set_currency(currency)
        self._add_up()

    def add(self, refund: Refund | None = None) -> RefundRow:
        """Add a row at the end."""
        row = RefundRow(refund, self._currency, self._today)
        row.remove_requested.connect(lambda: self._remove(row))
        row.amount_changed.connect(self._add_up)
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        self._add_up()
        return row

    def refunds(self) -> tuple[Refund, ...] | None:
        """Return all refunds, or None where one cannot be saved and shows why."""
        self.show_problem("")
        found = [row.refund() for row in self._rows]
        refunds = tuple(refund for refund in found if refund is not None)
        return refunds if len(refunds) == len(found) else None

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the refunds taken together."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        field = next((field for row in self._rows if (field := row.first_error())), None)
        if field is None and self._problem.text() and self._rows:
            return self._rows[-1].amount
        return field

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return tuple(row.snapshot() for row in self._rows)

    def _add_clicked(self) -> None:
        self.add().amount.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, row: RefundRow) -> None:
        self._take_away(row)
        self._add_up()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self, row: RefundRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_up(self) -> None:
        amounts = [row.amount.readable() or 0 for row in self._rows]
        total = Money(sum(amounts), self._currency) if self._currency and any(amounts) else None
        text = tr("{amount} came back").format(amount=formats.money(total)) if total else ""
        self._sum.setText(text)
        self.changed.emit()
