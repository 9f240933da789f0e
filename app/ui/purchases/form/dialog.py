"""The dialog around the purchase form: new, edited, or a copy as new."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.purchases import Purchase
from app.services import purchases
from app.services.changes import Command
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.purchases.form.form import PurchaseForm
from app.ui.purchases.lists import NameBook
from app.ui.records.dialog import RecordDialog
from app.ui.records.purpose import Purpose
from app.ui.session import Session

_SIZE = (640, 640)


class PurchaseDialog(RecordDialog):
    """Enters a purchase and saves it."""

    def __init__(
        self,
        session: Session,
        book: NameBook,
        purpose: Purpose = Purpose.NEW,
        purchase: Purchase | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, _title(purpose), parent=parent)
        self._purpose = purpose
        self.form = PurchaseForm(session.ledger.today, book)
        self.assemble(self.form, self.form, _SIZE, another=purpose is not Purpose.EDIT)
        self.form.show_purchase(purchase or self._blank(), blank=purpose is Purpose.NEW)
        self.settle()
        self._read_used_texts()

    def command(self) -> Command | None:
        """Return what adds or changes the purchase."""
        purchase = self.form.purchase()
        if purchase is None:
            return None
        new = self._purpose is not Purpose.EDIT
        return purchases.add(purchase) if new else purchases.replace_with(purchase)

    def begin_another(self) -> str:
        """Begin another purchase of the same day and retailer."""
        entered = self.form.purchase()
        if entered is None:
            return ""
        self.form.show_purchase(self._like(entered), blank=True)
        return tr("“{name}” is saved.").format(name=entered.name)

    def _blank(self) -> Purchase:
        profile = self.session.ledger.profile
        return Purchase("", 0, profile.currency, self.session.ledger.today())

    def _like(self, entered: Purchase) -> Purchase:
        """What the next purchase of the same shopping starts with."""
        return replace(
            self._blank(),
            currency=entered.currency,
            purchased_on=entered.purchased_on,
            retailer=entered.retailer,
            paid_with=entered.paid_with,
            debt=entered.debt,
            order_number=entered.order_number,
            status=entered.status,
        )

    def _read_used_texts(self) -> None:
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> tuple[list[str], list[str]]:
            return purchases.used_texts(ledger, "paid_with"), purchases.used_texts(ledger, "kept_at")

        reading = self.session.bridge.read(read, lambda found: self.form.offer_texts(*found), key=self)
        self.finished.connect(lambda _result: reading.cancel())


def _title(purpose: Purpose) -> str:
    return {
        Purpose.NEW: tr("New purchase"),
        Purpose.EDIT: tr("Edit purchase"),
        Purpose.COPY: tr("New purchase from a copy"),
    }[purpose]
