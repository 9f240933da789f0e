"""The parts of a price in the purchase form, and what they add up to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.purchases import Purchase
from app.ui import formats
from app.ui.i18n import tr
from app.ui.records.entries import AmountEntry
from app.ui.widgets.button import link
from app.ui.widgets.label import Label

PARTS = ("unit_price", "tax", "shipping", "discount")


class PriceParts(QWidget):
    """Unit price, tax, shipping and discount. `changed` tells that they add up to something else.

    `total_wanted` carries the sum, in minor units, that the user wants as the price.
    """

    changed = Signal()
    total_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = 1
        self._price: int | None = None
        self.fields = {
            "unit_price": AmountEntry(tr("Unit price"), optional=True),
            "tax": AmountEntry(tr("Tax"), optional=True),
            "shipping": AmountEntry(tr("Shipping"), optional=True),
            "discount": AmountEntry(tr("Discount"), optional=True, help_text=tr("Subtracted from the price")),
        }
        self._sum = Label("", tabular=True)
        self._use = link("", compact=True)
        self._use.clicked.connect(self._want_total)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            field.amount.textEdited.connect(self._changed)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._sum)
        line.addWidget(self._use)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addLayout(line)
        self._show_sum()

    def show_parts(self, purchase: Purchase) -> None:
        """Show the parts of a purchase."""
        self._quantity = purchase.quantity
        for name, field in self.fields.items():
            field.set_currency(purchase.currency)
            field.set_value(getattr(purchase, name))
        self._show_sum()

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on."""
        for field in self.fields.values():
            field.set_currency(currency)
        self._show_sum()

    def set_whole(self, price: int | None, quantity: int) -> None:
        """Learn the price and the quantity that are entered, to say whether the parts fit them."""
        self._price = price
        if quantity != self._quantity:
            self._quantity = quantity
            self.changed.emit()
        self._show_sum()

    def values(self) -> dict[str, int | None] | None:
        """Return the parts by their names, or None where one cannot be read and shows why."""
        checks = [field.check() for field in self.fields.values()]
        if not all(checks):
            return None
        return {name: field.value() for name, field in self.fields.items()}

    def total(self) -> int | None:
        """Return what the parts add up to in minor units, None without a unit price."""
        unit = self.fields["unit_price"].readable()
        if unit is None:
            return None
        extra = [self.fields[name].readable() or 0 for name in PARTS[1:]]
        return unit * self._quantity + extra[0] + extra[1] - extra[2]

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        return next((field for field in self.fields.values() if field.state == "error"), None)

    def snapshot(self) -> tuple[str, ...]:
        """Return everything that was entered, to be compared."""
        return tuple(field.text() for field in self.fields.values())

    def _changed(self) -> None:
        self._show_sum()
        self.changed.emit()

    def _want_total(self) -> None:
        self.total_wanted.emit(self.total())

    def _show_sum(self) -> None:
        total = self.total()
        currency = self.fields["unit_price"].currency
        self._use.setVisible(total is not None and total >= 0 and total != self._price)
        if total is None:
            self._sum.set_tone("secondary")
            self._sum.setText(tr("With a unit price the parts make up the price."))
            return
        amount = formats.money(Money(total, currency))
        if total == self._price:
            self._sum.set_tone("success")
            text = tr("The parts add up to the price of {amount}.")
        else:
            self._sum.set_tone("")
            text = tr("The parts add up to {amount}.")
        self._sum.setText(text.format(amount=amount))
        self._use.setText(tr("Use {amount} as the price").format(amount=amount))
