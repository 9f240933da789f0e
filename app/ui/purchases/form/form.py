"""The fields of a purchase on four tabs, and how they depend on each other."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QTabWidget, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.purchases import Purchase, PurchaseStatus, check
from app.services import purchases
from app.services.names import NameKind
from app.ui.entry import read_money
from app.ui.i18n import tr
from app.ui.purchases.form.cover_fields import read_end
from app.ui.purchases.form.covers import CoversEditor
from app.ui.purchases.form.debt import DebtEntry
from app.ui.purchases.form.price import PriceParts
from app.ui.purchases.form.refunds import RefundsEditor
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.records.entries import (
    AmountEntry,
    ChoiceEntry,
    CountEntry,
    DateEntry,
    NameEntry,
    NotesEntry,
    TextEntry,
    TypedField,
    usual_currencies,
)
from app.ui.records.tab import Tab, plain_tab
from app.ui.theme import icons
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.tag_editor import TagEditor


class PriceEntry(AmountEntry):
    """The price. `currency_typed` carries the currency that was written beside the amount."""

    currency_typed = Signal(str)

    def check(self) -> bool:
        """Show what is wrong; an amount in another currency makes that the currency of the purchase."""
        try:
            written = read_money(self.text(), self.currency).value.currency if self.text() else self.currency
        except ValueError:
            return super().check()
        if written != self.currency:
            self.currency_typed.emit(written)
        return super().check()


class PurchaseForm(QWidget):
    """Shows one purchase to be edited, and gives back what was entered."""

    def __init__(self, today: Callable[[], dt.date], book: NameBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._book = book
        self._original = Purchase("", 0, "EUR", today())
        self._price_from_parts: int | None = None
        self._make_fields()
        self._connect()
        self._lay_out()
        self._offer_names()
        book.changed.connect(self._offer_names)

    # -- in and out

    def show_purchase(self, purchase: Purchase, *, blank: bool = False) -> None:
        """Show a purchase; a `blank` one has no price yet."""
        self._original = purchase
        for name, text_field in self._texts.items():
            text_field.set_text(getattr(purchase, name))
        self.debt.set_value(purchase.debt)
        self.currency.set_value(purchase.currency)
        self.price.set_currency(purchase.currency)
        self.price.set_value(None if blank else purchase.price)
        self.quantity.set_value(purchase.quantity)
        self.status.set_value(purchase.status.value)
        self.purchased_on.set_value(purchase.purchased_on)
        self.return_by.set_value(purchase.return_by)
        self.tags.set_tags(purchase.tags)
        self.parts.show_parts(purchase)
        self.refunds.set_refunds(purchase.refunds, purchase.currency)
        self.covers.set_covers(purchase.covers, purchase.purchased_on)
        self._price_from_parts = purchase.price_from_parts if not blank else None
        self._tell_whole()
        self._mark_tabs()

    def purchase(self) -> Purchase | None:
        """Return the purchase as entered, or None with every problem shown at its field."""
        read = self._read()
        if read is None:
            self._mark_tabs()
            return None
        try:
            ready = purchases.prepared(read)
        except OverflowError:
            self.show_problems([Problem("covers", tr("The warranty is too long; enter a shorter one."))])
            return None
        problems = check(ready)
        self.show_problems(problems)
        return None if problems else ready

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        fields = self._fields_by_name()
        for problem in problems:
            if problem.field == "refunds":
                self.refunds.show_problem(problem.reason)
            elif problem.field in fields:
                fields[problem.field].set_error(problem.reason)
        self._mark_tabs()

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong, and have its message read out."""
        for number, tab in enumerate(self._tabs_in_order):
            field = tab.first_error()
            if field is None:
                continue
            self.tabs.setCurrentIndex(number)
            tab.ensureWidgetVisible(field)
            if isinstance(field, FormField):
                field.focus_and_announce()
            return

    def focus_start(self) -> None:
        """Go to the first field."""
        self.tabs.setCurrentIndex(0)
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Go on in the tab in front."""
        self.tabs.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs.currentWidget().focusNextChild()

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        typed = (self.price, self.quantity, self.purchased_on, self.return_by)
        return (
            *(field.text() for field in (*self._texts.values(), *typed)),
            self.status.value(),
            self.currency.value(),
            self.debt.value(),
            self.tags.tags(),
            self.parts.snapshot(),
            self.refunds.snapshot(),
            self.covers.snapshot(),
        )

    # -- reading

    def _read(self) -> Purchase | None:
        self._tags_field.clear_message()
        parts, refunds, covers = self.parts.values(), self.refunds.refunds(), self.covers.covers()
        typed = (self.price, self.quantity, self.purchased_on, self.return_by, self.warranty)
        checks = [field.check() for field in typed] + [self.name.check()]
        if not all(checks) or parts is None or refunds is None or covers is None:
            return None
        price, bought = self.price.value(), self.purchased_on.value()
        if price is None or bought is None:
            return None
        texts: dict[str, Any] = {name: field.text() for name, field in self._texts.items()}
        amounts: dict[str, Any] = dict(parts)
        return replace(
            self._original,
            **texts,
            **amounts,
            price=price,
            currency=self.currency.value(),
            quantity=self.quantity.value() or 0,
            purchased_on=bought,
            return_by=self.return_by.value(),
            status=PurchaseStatus(self.status.value()),
            tags=self.tags.tags(),
            refunds=refunds,
            covers=covers,
            debt=self.debt.value(),
        )

    def _fields_by_name(self) -> dict[str, FormField]:
        return {
            **self._texts,
            **self.parts.fields,
            "price": self.price,
            "currency": self.currency,
            "quantity": self.quantity,
            "purchased_on": self.purchased_on,
            "return_by": self.return_by,
            "debt": self.debt,
            "tags": self._tags_field,
            "covers": self.warranty,
        }

    # -- what depends on what

    def _connect(self) -> None:
        self.price.amount.textEdited.connect(self._price_edited)
        self.price.currency_typed.connect(self.currency.set_value)
        self.currency.combo.currentIndexChanged.connect(self._currency_changed)
        self.quantity.line.textEdited.connect(self._tell_whole)
        self.parts.changed.connect(self._parts_changed)
        self.parts.total_wanted.connect(self._take_total)
        self.purchased_on.day.editingFinished.connect(self._bought_changed)
        self.purchased_on.day.date_picked.connect(self._bought_changed)
        self.warranty.line.textEdited.connect(self._warranty_edited)
        self.covers.changed.connect(self._covers_changed)
        self.refunds.changed.connect(self._mark_tabs)

    def _price_edited(self) -> None:
        self._price_from_parts = None
        self._tell_whole()

    def _tell_whole(self) -> None:
        self.parts.set_whole(self.price.readable(), max(self.quantity.readable() or 1, 1))

    def _parts_changed(self) -> None:
        """Fill the price in where it is empty, or came from the parts before."""
        total = self.parts.total()
        filled = self._price_from_parts is not None and self.price.readable() == self._price_from_parts
        if total is not None and total >= 0 and (filled or not self.price.text()):
            self._take_total(total)

    def _take_total(self, total: int) -> None:
        self.price.set_value(total)
        self._price_from_parts = total
        self._tell_whole()

    def _currency_changed(self) -> None:
        currency = self.currency.value()
        self.price.set_currency(currency)
        self.parts.set_currency(currency)
        self.refunds.set_currency(currency)

    def _bought_changed(self) -> None:
        day = self.purchased_on.readable()
        if day is not None:
            self.covers.set_bought(day)

    def _warranty_edited(self) -> None:
        """Make, change or take away the one warranty that the quick field stands for."""
        text, cards = self.warranty.text(), self.covers.cards()
        if text and not cards:
            self.covers.blockSignals(True)
            self.covers.add(self.covers.new_cover())
            self.covers.blockSignals(False)
            cards = self.covers.cards()
        if text:
            cards[0].set_end_text(text)
        elif cards and self._is_bare():
            self.covers.set_covers((), self.purchased_on.readable())
        elif cards:
            cards[0].set_end_text("")
        self._mark_tabs()

    def _is_bare(self) -> bool:
        """Whether the one warranty says nothing but when it ends."""
        cards = self.covers.cards()
        return len(cards) == 1 and not any(
            field.text() for field in (cards[0].provider, cards[0].policy, cards[0].notes)
        )

    def _covers_changed(self) -> None:
        cards = self.covers.cards()
        several = len(cards) > 1
        self.warranty.field.setEnabled(not several)
        self.warranty.field.setProperty("placeholderText", tr("See the Warranties tab") if several else "")
        self.warranty.set_text(cards[0].end_text() if len(cards) == 1 else "")
        self._mark_tabs()

    def _offer_names(self) -> None:
        for kind, field in (
            (NameKind.RETAILER, self.retailer),
            (NameKind.BRAND, self.brand),
            (NameKind.CATEGORY, self.category),
        ):
            field.set_names(self._book.names(kind))
        self.tags.set_known(self._book.names(NameKind.TAG))
        self.debt.combo.offer(self._book.debts())

    def offer_texts(self, paid_with: list[str], kept_at: list[str]) -> None:
        """Offer what was entered before in the free fields."""
        self.paid_with.set_names(paid_with)
        self.kept_at.set_names(kept_at)

    # -- the look

    def _mark_tabs(self) -> None:
        """Write the counts beside the tabs' titles and mark those with an error."""
        refunds, covers = self.refunds.count(), self.covers.count()
        titles = (
            tr("&Purchase"),
            tr("P&rice and refunds") + (f"  {refunds}" if refunds else ""),
            tr("&Warranties") + (f"  {covers}" if covers else ""),
            tr("&Details"),
        )
        for number, (tab, title) in enumerate(zip(self._tabs_in_order, titles, strict=True)):
            self.tabs.setTabText(number, title)
            wrong = tab.first_error() is not None
            self.tabs.setTabIcon(number, icons.icon("circle-alert", normal="danger") if wrong else QIcon())

    def _make_fields(self) -> None:
        today = self._today
        self.name = TextEntry(tr("Product"), required=tr("Enter what was bought."))
        self.price = PriceEntry(
            tr("Price"),
            required=tr("Enter what was paid, 0 for a gift."),
            negative=tr("Enter an amount of 0 or more; money that came back is a refund."),
        )
        self.currency = ChoiceEntry(tr("Currency"), [(code, code) for code in usual_currencies()])
        self.quantity = CountEntry(tr("Quantity"), required=tr("Enter how many, 1 or more."))
        self.purchased_on = DateEntry(tr("Bought on"), today, required=tr("Enter the day of the purchase."))
        self.purchased_on.warn = self._doubtful_day
        statuses = [(status.value, status_name(status)) for status in PurchaseStatus]
        self.status = ChoiceEntry(tr("Status"), statuses)
        self.retailer = NameEntry(tr("Retailer"), tr("A new retailer, added on Save"))
        self.brand = NameEntry(tr("Brand"), tr("A new brand, added on Save"))
        self.category = NameEntry(tr("Category"), tr("A new category, added on Save"))
        self.warranty = TypedField(
            tr("Warranty"),
            QLineEdit(),
            lambda text: read_end(text, today()),
            optional=True,
            help_text=tr("24 months, 2 years or the last day"),
        )
        self.tags = TagEditor()
        self._tags_field = FormField(tr("Tags"), self.tags, optional=True)
        self.order_number = TextEntry(tr("Order number"), optional=True)
        self.model_number = TextEntry(tr("Model number"), optional=True)
        self.serial_number = TextEntry(tr("Serial number"), hint=tr("On the label or receipt"), optional=True)
        self.paid_with = NameEntry(tr("Paid with"))
        self.kept_at = NameEntry(tr("Kept at"))
        self.debt = DebtEntry()
        self.return_by = DateEntry(tr("Return by"), today, optional=True)
        self.notes = NotesEntry(tr("Notes"), optional=True)
        self.parts = PriceParts()
        self.refunds = RefundsEditor(today)
        self.covers = CoversEditor(today)
        self._texts: dict[str, TextEntry | NameEntry | NotesEntry] = {
            "name": self.name,
            "retailer": self.retailer,
            "brand": self.brand,
            "category": self.category,
            "order_number": self.order_number,
            "model_number": self.model_number,
            "serial_number": self.serial_number,
            "paid_with": self.paid_with,
            "kept_at": self.kept_at,
            "notes": self.notes,
        }

    def _doubtful_day(self, day: dt.date) -> str:
        return tr("This date is in the future. You can still save.") if day > self._today() else ""

    def _lay_out(self) -> None:
        first = Tab(
            [
                [(self.name, 6)],
                [(self.price, 2), (self.currency, 1), (self.quantity, 1)],
                [(self.purchased_on, 1), (self.status, 1)],
                [(self.retailer, 1), (self.brand, 1)],
                [(self.category, 1), (self.warranty, 1)],
                [(self._tags_field, 1)],
            ]
        )
        first.finish()
        details = Tab(
            [
                [(self.paid_with, 1), (self.debt, 1)],
                [(self.order_number, 1), (self.return_by, 1)],
                [(self.model_number, 1), (self.serial_number, 1)],
                [(self.kept_at, 1)],
                [(self.notes, 1)],
            ]
        )
        lead = Label(
            tr("The parts are optional: unit price × quantity + tax + shipping − discount."),
            "small",
            "secondary",
            wrap=True,
        )
        price = plain_tab([lead, self.parts, self.refunds], [self.parts, self.refunds])
        covers = plain_tab([self.covers], [self.covers])
        self._tabs_in_order = (first, price, covers, details)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tab in self._tabs_in_order:
            self.tabs.addTab(tab, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
