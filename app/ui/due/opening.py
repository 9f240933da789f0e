"""From something that is due to its record, and to the payment that settles it."""

from PySide6.QtWidgets import QDialog

from app.domain.debts import Debt
from app.domain.due import PAYMENT_KINDS, DueItem
from app.domain.due_kinds import DueRecord
from app.services import debts
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.session import Session


def open_record(session: Session, item: DueItem) -> None:
    """Show the purchase, the warranty or the debt that a day belongs to."""
    if item.record is DueRecord.DEBT:
        session.show_page("debts", debt=item.belongs_to)
    elif item.record is DueRecord.WARRANTY and session.pages.get("warranties") is not None:
        session.show_page("warranties", warranty=item.id)
    else:
        session.show_page("purchases", purchase=item.belongs_to)


def can_be_paid(item: DueItem) -> bool:
    """Tell whether an item asks for a payment."""
    return item.kind in PAYMENT_KINDS


def record_payment(session: Session, item: DueItem) -> None:
    """Ask what was paid towards the debt of an item."""
    ledger = session.ledger

    def read(_interrupt: Interrupt) -> Debt | None:
        return debts.get(ledger, item.belongs_to)

    def take(debt: Debt | None) -> None:
        if debt is None:
            session.notify(tr("This debt is not in the ledger any more."))
            return
        _payment_dialog(session, debt).open()

    if can_be_paid(item) and not ledger.read_only:
        session.bridge.read(read, take, key="due.payment")


def _payment_dialog(session: Session, debt: Debt) -> QDialog:
    from app.ui.debts.recording import PaymentDialog

    dialog = PaymentDialog(session, [debt], debt.id)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
