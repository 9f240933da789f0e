"""The detail pane: one purchase in full, or what several come to, with what can be done with them."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.attachments import Attachment, Owner, OwnerKind
from app.domain.money import Money
from app.domain.purchases import Purchase, Refund
from app.domain.warranties import Cover, furthest
from app.services.purchases import Totals
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.purchases.detail.cost import cost_explanation, cost_text
from app.ui.purchases.detail.warranty_bar import CoverBlock
from app.ui.purchases.words import category_icon, refund_pill, status_pill, warranty_pill
from app.ui.records.amount import AmountRow
from app.ui.records.facts import Facts, LaterFact
from app.ui.records.pane import RecordPane, rule
from app.ui.records.text import flowing
from app.ui.session import Session
from app.ui.tables.cells import PillSpec
from app.ui.widgets.button import default, icon_button
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.services.real_cost import RealCost
    from app.ui.attachments.block import AttachmentsBlock


class DetailPane(RecordPane):
    """Shows the purchases that are selected.

    `debt_requested` carries the id of a debt that is to be shown, `claim_requested` that of the purchase on whose
    warranty a claim is to be made, and `more_requested` the place for a menu with what else can be done.
    """

    debt_requested = Signal(int)
    claim_requested = Signal(int)
    more_requested = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._purchase: Purchase | None = None
        self._today = dt.date.min
        self._cost: LaterFact | None = None
        self._files: AttachmentsBlock | None = None
        self._claim = default(tr("Make a claim…"), "shield")
        self._claim.setEnabled(not session.ledger.read_only)
        self._claim.clicked.connect(self._ask_claim)
        self._more = icon_button("ellipsis", tr("More that can be done with this purchase"))
        self._more.clicked.connect(self._ask_more)
        self._actions.insertWidget(1, self._claim)
        self._actions.addWidget(self._more)

    @property
    def purchase(self) -> Purchase | None:
        """The purchase that is shown, None for several or none."""
        return self._purchase

    @property
    def files(self) -> "AttachmentsBlock | None":
        """The receipt and the other files of the purchase that is shown."""
        return self._files

    def show_purchase(self, purchase: Purchase, files: Sequence[Attachment], today: dt.date) -> None:
        """Show one purchase with its files as it stands on a day."""
        stays = self._purchase is not None and self._purchase.id == purchase.id
        focused = self._focused() if stays else ""
        self._purchase, self._today = purchase, today
        place = self.place() if stays else 0
        self._keep_files()
        self.start_over(purchase.category or tr("No category"), category_icon(purchase.category))
        self._add_head(purchase)
        self._add_files(purchase, files)
        self.add_perforation()
        self._add_covers(purchase)
        facts = Facts()
        self._add_debt(facts, purchase)
        _add_facts(facts, purchase)
        if not facts.is_empty():
            if purchase.covers:
                self._body.addWidget(rule())
                self._body.addSpacing(10)
            self._body.addWidget(facts)
        self._body.addStretch()
        self.name_buttons()
        self._focus(focused)
        self.scroll_back(place)

    def show_cost(self, cost: "RealCost") -> None:
        """Show what the purchase really costs, as soon as that is known."""
        if self._cost is not None:
            self._cost.show_value(cost_text(cost), cost_explanation(cost))

    def show_several(self, count: int, totals: Totals | None) -> None:
        """Show what so many selected purchases come to; None while that is being added up."""
        self._purchase = self._cost = None
        self._keep_files()
        self.start_over(tr("Selection"), "list-checks", count)
        words = tr_n("{n} purchase selected", "{n} purchases selected", count)
        self._body.addWidget(flowing(words, "subtitle"))
        if totals is not None:
            self._body.addSpacing(10)
            for total in totals.by_currency:
                self._body.addWidget(Label(formats.money(total.net), "metric", tabular=True))
                text = tr_n("in {n} purchase", "in {n} purchases", total.count)
                if total.refunded:
                    back = formats.money(Money(total.refunded, total.currency))
                    text += tr(", after {amount} came back").format(amount=back)
                self._body.addWidget(flowing(text, tone="secondary"))
                self._body.addSpacing(8)
        self._body.addStretch()
        self.name_buttons()

    def edit_text(self, count: int) -> str:
        """Several purchases are edited in one go."""
        return tr_n("Edit {n} purchase…", "Edit {n} purchases…", count) if count else tr("Edit")

    def name_buttons(self) -> None:
        """One purchase has a menu for what is rarely done with it; a claim is made while a warranty is in force."""
        super().name_buttons()
        one = self._purchase
        self._duplicate.hide()
        self._delete.setVisible(one is None)
        self._more.setVisible(one is not None)
        self._claim.setVisible(one is not None and _in_force(one, self._today))

    # -- one purchase

    def _add_head(self, purchase: Purchase) -> None:
        self._body.addWidget(flowing(purchase.name, "subtitle"))
        bought = formats.date(purchase.purchased_on)
        line = f"{purchase.retailer} · {bought}" if purchase.retailer else bought
        self._body.addWidget(flowing(line, tone="secondary", tabular=True))
        self._body.addSpacing(6)
        amount = Money(purchase.net, purchase.currency)
        self._body.addWidget(
            AmountRow(
                formats.money(amount), _pills(purchase, self._today, self._session.ledger.reminders.window)
            )
        )
        if purchase.refunds:
            gross = formats.money(Money(purchase.price, purchase.currency))
            back = formats.money(Money(purchase.refunded, purchase.currency))
            text = tr("{gross} paid, {back} came back").format(gross=gross, back=back)
            self._body.addWidget(flowing(text, tone="secondary", tabular=True))

    def _add_files(self, purchase: Purchase, files: Sequence[Attachment]) -> None:
        from app.ui.attachments.block import AttachmentsBlock

        if self._files is None:
            self._files = AttachmentsBlock(self._session)
            self._files.stepped.connect(self._show_file)
        self._files.show_files(Owner(OwnerKind.PURCHASE, purchase.id), files)
        self._body.addSpacing(14)
        self._body.addWidget(self._files)
        self._files.show()

    def _keep_files(self) -> None:
        """Take the files out before the pane is emptied, so that their pictures stay."""
        if self._files is not None:
            self._body.removeWidget(self._files)
            self._files.hide()

    def _show_file(self, place: QRect) -> None:
        if self._files is not None:
            self.scroll_to(self._files, place)

    def _ask_claim(self) -> None:
        if self._purchase is not None:
            self.claim_requested.emit(self._purchase.id)

    def _ask_more(self) -> None:
        self.more_requested.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # -- the focus stays where it was when a purchase is shown anew

    def _focused(self) -> str:
        # Not the program's focus: a dialog that is just closing may still have that.
        focused = self.window().focusWidget()
        return focused.objectName() if self._scroll.isAncestorOf(focused) else ""

    def _focus(self, name: str) -> None:
        for widget in self._scroll.findChildren(QWidget, name) if name else ():
            if not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_covers(self, purchase: Purchase) -> None:
        for cover in sorted(purchase.covers, key=lambda cover: cover.last_day, reverse=True):
            self._body.addWidget(CoverBlock(cover, self._today, self._session.ledger.reminders.window))
            self._add_tick(cover, purchase)
            self._body.addSpacing(14)

    def _add_tick(self, cover: Cover, purchase: Purchase) -> None:
        from app.ui.due.tick import ReminderTick

        tick = ReminderTick(self._session)
        self._body.addSpacing(6)
        self._body.addWidget(tick)
        tick.show_cover(cover, purchase.id, purchase.name, purchase.currency)

    def _add_debt(self, facts: Facts, purchase: Purchase) -> None:
        """Name the debt, with room for what the purchase really costs."""
        debt = purchase.debt
        self._cost = None
        if debt is not None:
            facts.add_link(tr("Bought on"), debt.name, lambda: self.debt_requested.emit(debt.id))
            self._cost = facts.add_later(tr("Really costs"))


def _in_force(purchase: Purchase, today: dt.date) -> bool:
    return any(cover.in_force(today) for cover in purchase.covers)


def _pills(purchase: Purchase, today: dt.date, soon: int) -> list[PillSpec]:
    pills = [status_pill(purchase.status)]
    if purchase.refunds:
        pills.append(refund_pill())
    until = furthest(purchase.covers)
    warranty = warranty_pill(until, bool(purchase.covers), today, soon)
    return pills if warranty is None else [*pills, warranty]


def _add_facts(facts: Facts, purchase: Purchase) -> None:
    def amount(minor: int | None) -> str:
        return "" if minor is None else formats.money(Money(minor, purchase.currency))

    facts.add(tr("Paid with"), purchase.paid_with)
    facts.add(tr("Serial number"), purchase.serial_number)
    facts.add(tr("Kept at"), purchase.kept_at)
    facts.add(tr("Order number"), purchase.order_number)
    facts.add(tr("Model number"), purchase.model_number)
    facts.add(tr("Brand"), purchase.brand)
    if purchase.quantity != 1:
        facts.add(tr("Quantity"), formats.count(purchase.quantity), tabular=True)
    facts.add(tr("Unit price"), amount(purchase.unit_price), tabular=True)
    facts.add(tr("Tax"), amount(purchase.tax), tabular=True)
    facts.add(tr("Shipping"), amount(purchase.shipping), tabular=True)
    facts.add(tr("Discount"), amount(-purchase.discount if purchase.discount else None), tabular=True)
    if purchase.return_by is not None:
        facts.add(tr("Return by"), formats.date(purchase.return_by), tabular=True)
    refunds = "\n".join(_refund_text(refund, purchase.currency) for refund in purchase.refunds)
    facts.add(tr("Refunds"), refunds, tabular=True)
    facts.add_pills(tr("Tags"), purchase.tags)
    facts.add(tr("Notes"), purchase.notes)
    facts.add(tr("Source"), purchase.source)


def _refund_text(refund: Refund, currency: str) -> str:
    text = tr("{amount} on {date}").format(
        amount=formats.money(Money(refund.amount, currency)), date=formats.date(refund.on)
    )
    if refund.quantity:
        text += tr_n(", {n} returned", ", {n} returned", refund.quantity)
    return f"{text}. {refund.note}" if refund.note else text
