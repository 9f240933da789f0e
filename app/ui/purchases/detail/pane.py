"""The detail pane: one purchase in full, or what several come to, with what can be done with them."""

import datetime as dt

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.purchases import Purchase, Refund
from app.domain.warranties import furthest
from app.services.purchases import Totals
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.purchases.detail.amount import AmountRow
from app.ui.purchases.detail.facts import Facts, clear
from app.ui.purchases.detail.text import flowing
from app.ui.purchases.detail.warranty_bar import CoverBlock
from app.ui.purchases.words import category_icon, refund_pill, status_pill, warranty_pill
from app.ui.tables.cells import PillSpec
from app.ui.theme import theme
from app.ui.widgets.button import default, icon_button, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.perforation import Perforation

_SIDE = 20
_ICON = 14
_RING = 2


class DetailPane(QWidget):
    """Shows what is selected. The signals ask for what the buttons say."""

    edit_requested = Signal()
    duplicate_requested = Signal()
    delete_requested = Signal()
    bulk_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surfaceAlt")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Details"))
        self._purchase: Purchase | None = None
        self._today = dt.date.min
        self._picture = QLabel()
        self._category = ElidedLabel("", "small", "secondary")
        self._close = tool_button("x", tr("Close the details (Esc)"), compact=True)
        self._close.clicked.connect(self.close_requested)
        self._edit = default(tr("Edit"), "pencil")
        self._duplicate = default(tr("Duplicate"), "copy")
        self._delete = icon_button("trash-2", tr("Delete"))
        self._edit.clicked.connect(self._edit_clicked)
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._delete.clicked.connect(self.delete_requested)
        self._several = 0
        self._lay_out()
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(theme.current().size("detailPane"), 480)

    @property
    def purchase(self) -> Purchase | None:
        """The purchase that is shown, None for several or none."""
        return self._purchase

    def show_purchase(self, purchase: Purchase, today: dt.date) -> None:
        """Show one purchase as it stands on a day."""
        stays = self._purchase is not None and self._purchase.id == purchase.id
        self._purchase, self._today, self._several = purchase, today, 0
        self._category.setText(purchase.category or tr("No category"))
        self._draw_icon()
        place = self._scroll.verticalScrollBar().value() if stays else 0
        clear(self._body)
        self._add_head(purchase)
        self._body.addSpacing(14)
        self._body.addWidget(Perforation())
        self._body.addSpacing(14)
        self._add_covers(purchase)
        facts = _facts(purchase)
        if not facts.is_empty():
            if purchase.covers:
                self._body.addWidget(_rule())
                self._body.addSpacing(10)
            self._body.addWidget(facts)
        self._body.addStretch()
        self._name_buttons()
        self._scroll.verticalScrollBar().setValue(place)

    def show_several(self, count: int, totals: Totals | None) -> None:
        """Show what so many selected purchases come to; None while that is being added up."""
        self._purchase, self._several = None, count
        self._draw_icon()
        self._category.setText(tr("Selection"))
        clear(self._body)
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
        self._name_buttons()

    def forbid_changes(self) -> None:
        """Show only: the ledger cannot be written to."""
        for button in (self._edit, self._duplicate, self._delete):
            button.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    def _edit_clicked(self) -> None:
        if self._several:
            self.bulk_requested.emit()
        else:
            self.edit_requested.emit()

    def _name_buttons(self) -> None:
        count = self._several
        if count:
            self._edit.setText(tr_n("Edit {n} purchase…", "Edit {n} purchases…", count))
        else:
            self._edit.setText(tr("Edit"))
        self._duplicate.setVisible(not count)

    # -- one purchase

    def _add_head(self, purchase: Purchase) -> None:
        self._body.addWidget(flowing(purchase.name, "subtitle"))
        bought = formats.date(purchase.purchased_on)
        line = f"{purchase.retailer} · {bought}" if purchase.retailer else bought
        self._body.addWidget(flowing(line, tone="secondary", tabular=True))
        self._body.addSpacing(6)
        amount = Money(purchase.net, purchase.currency)
        self._body.addWidget(AmountRow(formats.money(amount), _pills(purchase, self._today)))
        if purchase.refunds:
            gross = formats.money(Money(purchase.price, purchase.currency))
            back = formats.money(Money(purchase.refunded, purchase.currency))
            text = tr("{gross} paid, {back} came back").format(gross=gross, back=back)
            self._body.addWidget(flowing(text, tone="secondary", tabular=True))

    def _add_covers(self, purchase: Purchase) -> None:
        for cover in sorted(purchase.covers, key=lambda cover: cover.last_day, reverse=True):
            self._body.addWidget(CoverBlock(cover, self._today))
            self._body.addSpacing(14)

    # -- the look

    def _draw_icon(self) -> None:
        look = theme.current()
        name = category_icon(self._purchase.category) if self._purchase else "list-checks"
        side = look.px(_ICON)
        self._picture.setPixmap(look.icons.pixmap(name, "textSecondary", side, self.devicePixelRatioF()))

    def _restyle(self) -> None:
        self.setMinimumWidth(theme.current().size("detailPaneMin"))
        self._draw_icon()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 16, 14, 0)
        head.setSpacing(theme.current().space("s"))
        head.addWidget(self._picture)
        head.addWidget(self._category, 1)
        head.addWidget(self._close)
        inside = QWidget()
        inside.setProperty("ground", "surfaceAlt")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(_SIDE - _RING, 4, _SIDE - _RING, 16)
        self._body.setSpacing(2)
        self._scroll = _Body()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setAccessibleName(tr("Details"))
        self._scroll.viewport().setProperty("ground", "surfaceAlt")
        self.setFocusProxy(self._scroll)
        actions = QHBoxLayout()
        actions.setContentsMargins(_SIDE, 12, _SIDE, 12)
        actions.setSpacing(theme.current().space("s"))
        actions.addWidget(self._edit)
        actions.addWidget(self._duplicate)
        actions.addStretch()
        actions.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(_rule())
        column.addLayout(actions)


class _Body(QScrollArea):
    """What scrolls; a ring around it shows that the arrow keys do that now."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(_RING, _RING, _RING, _RING)

    def event(self, event: QEvent) -> bool:
        """Paint the ring into the margin around the viewport."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("focus"), _RING))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", "horizontal")
    return line


def _pills(purchase: Purchase, today: dt.date) -> list[PillSpec]:
    pills = [status_pill(purchase.status)]
    if purchase.refunds:
        pills.append(refund_pill())
    until = furthest(purchase.covers)
    warranty = warranty_pill(until, bool(purchase.covers), today)
    return pills if warranty is None else [*pills, warranty]


def _facts(purchase: Purchase) -> Facts:
    def amount(minor: int | None) -> str:
        return "" if minor is None else formats.money(Money(minor, purchase.currency))

    facts = Facts()
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
    return facts


def _refund_text(refund: Refund, currency: str) -> str:
    text = tr("{amount} on {date}").format(
        amount=formats.money(Money(refund.amount, currency)), date=formats.date(refund.on)
    )
    if refund.quantity:
        text += tr_n(", {n} returned", ", {n} returned", refund.quantity)
    return f"{text}. {refund.note}" if refund.note else text
