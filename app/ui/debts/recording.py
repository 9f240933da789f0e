"""The small dialogs that record a payment or a statement balance, and change one that is there."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.debts import BalanceEntry, BalanceSource, Debt, Payment, check_balance, check_payment
from app.domain.problems import Problem
from app.services import debts
from app.services.changes import Command
from app.ui import formats
from app.ui.debts.figures import minimum_of
from app.ui.debts.words import amount
from app.ui.i18n import tr
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import AmountEntry, ChoiceEntry, DateEntry, TextEntry
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_SIZE = (460, 0)


class _Fields(QWidget):
    """A few fields below each other, the first of which chooses the debt where there are several."""

    def __init__(self, choices: Sequence[Debt], today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.today = today
        self._debts = {debt.id: debt for debt in choices}
        self.which = ChoiceEntry(tr("Debt"), [(str(debt.id), debt.name) for debt in choices])
        self.which.setVisible(len(choices) > 1)
        self.state = Label("", "small", "secondary", wrap=True, tabular=True)
        self.named: dict[str, FormField] = {}

    @property
    def debt(self) -> Debt:
        """The debt that is chosen."""
        return self._debts[int(self.which.value())]

    def choose(self, id: int | None) -> None:
        """Choose a debt, the first one for None, and learn when the user chooses another."""
        if id is not None:
            self.which.set_value(str(id))
        self.which.combo.currentIndexChanged.connect(self.debt_changed)
        self.debt_changed()

    def debt_changed(self) -> None:
        """Show what is owed on the debt."""
        debt = self.debt
        words = tr("{amount} was owed on {date}.") if debt.balance_on else tr("{amount} is owed.")
        day = formats.date(debt.balance_on) if debt.balance_on else ""
        text = words.format(amount=amount(debt.balance, debt), date=day)
        self.state.setText(text if not self.which.isHidden() else f"{debt.name}: {text}")

    def lay_out(self, rows: Sequence[Sequence[FormField]]) -> None:
        """Set the fields below each other, or beside each other in rows."""
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(self.which)
        column.addWidget(self.state)
        for fields in rows:
            row = QHBoxLayout()
            row.setSpacing(look.space("m"))
            for field in fields:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch()

    # -- what the dialog asks

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        for problem in problems:
            if problem.field in self.named:
                self.named[problem.field].set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong."""
        wrong = next((field for field in self.named.values() if field.state == "error"), None)
        if wrong is not None:
            wrong.focus_and_announce()

    def focus_start(self) -> None:
        """Go to the first field, all of its text selected."""
        first = next(iter(self.named.values()))
        first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Go on in the first field."""
        self.focus_start()


class PaymentFields(_Fields):
    """Amount, day, the balance after it, a note."""

    def __init__(
        self, choices: Sequence[Debt], today: Callable[[], dt.date], payment: Payment | None
    ) -> None:
        super().__init__(choices, today)
        self._original = payment
        self.amount = AmountEntry(tr("Amount"), required=tr("Enter what was paid."))
        self.paid_on = DateEntry(tr("Paid on"), today, required=tr("Enter the day of the payment."))
        self.paid_on.warn = self._doubtful_day
        self.after = AmountEntry(
            tr("Balance after it"),
            optional=True,
            help_text=tr("Where a statement shows it; otherwise the payment is subtracted."),
        )
        self.after.setVisible(payment is None)
        self.note = TextEntry(tr("Note"), optional=True)
        self.named = {
            "amount": self.amount,
            "paid_on": self.paid_on,
            "balance_after": self.after,
            "note": self.note,
        }
        self.lay_out([(self.amount, self.paid_on), (self.after,), (self.note,)])
        self.amount.warn = self._doubtful_amount

    def debt_changed(self) -> None:
        """Take over the currency, and offer the minimum as the amount."""
        super().debt_changed()
        debt = self.debt
        for field in (self.amount, self.after):
            field.set_currency(debt.currency)
        if self._original is None and not self.amount.line.isModified():
            self.amount.set_value(minimum_of(debt, self.today()) or None)

    def show_payment(self, payment: Payment) -> None:
        """Show a payment to be changed."""
        self.amount.set_value(payment.amount)
        self.paid_on.set_value(payment.paid_on)
        self.note.set_text(payment.note)

    def payment(self) -> tuple[Payment, int | None] | None:
        """Return the payment and the balance after it, or None with what is wrong shown at its field."""
        checks = [field.check() for field in (self.amount, self.paid_on, self.after)]
        paid, day = (self.amount.readable(), self.paid_on.readable()) if all(checks) else (None, None)
        if paid is None or day is None:
            return None
        original = self._original or Payment(self.debt.id, day, paid)
        ready = replace(original, paid_on=day, amount=paid, note=self.note.text())
        problems = check_payment(ready, self.debt.currency)
        self.show_problems(problems)
        return None if problems else (ready, self.after.readable())

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        fields = (self.amount, self.paid_on, self.after, self.note)
        return (self.which.value(), *(field.text() for field in fields))

    def _doubtful_day(self, day: dt.date) -> str:
        return tr("This date is in the future. You can still save.") if day > self.today() else ""

    def _doubtful_amount(self, paid: int) -> str:
        debt = self.debt
        if self._original is None and paid > debt.balance:
            words = tr("This is more than the {amount} that is owed. You can still save.")
            return words.format(amount=amount(debt.balance, debt))
        return ""


class BalanceFields(_Fields):
    """Balance and day."""

    def __init__(
        self, choices: Sequence[Debt], today: Callable[[], dt.date], entry: BalanceEntry | None
    ) -> None:
        super().__init__(choices, today)
        self._original = entry
        self.balance = AmountEntry(tr("Balance"), required=tr("Enter what is owed, 0 when it is paid off."))
        self.recorded_on = DateEntry(tr("On"), today, required=tr("Enter the day that the balance is of."))
        self.balance.warn = self._doubtful_balance
        self.named = {"balance": self.balance, "recorded_on": self.recorded_on}
        self.lay_out([(self.balance, self.recorded_on)])

    def debt_changed(self) -> None:
        """Take over the currency."""
        super().debt_changed()
        self.balance.set_currency(self.debt.currency)

    def show_entry(self, entry: BalanceEntry) -> None:
        """Show a balance to be changed."""
        self.balance.set_value(entry.balance)
        self.recorded_on.set_value(entry.recorded_on)

    def entry(self) -> BalanceEntry | None:
        """Return the balance entry, or None with what is wrong shown at its field."""
        checks = [field.check() for field in (self.balance, self.recorded_on)]
        owed, day = (self.balance.readable(), self.recorded_on.readable()) if all(checks) else (None, None)
        if owed is None or day is None:
            return None
        original = self._original or BalanceEntry(self.debt.id, day, owed, BalanceSource.STATEMENT)
        ready = replace(original, recorded_on=day, balance=owed)
        problems = check_balance(ready, self.debt.currency)
        self.show_problems(problems)
        return None if problems else ready

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return (self.which.value(), self.balance.text(), self.recorded_on.text())

    def _doubtful_balance(self, owed: int) -> str:
        limit = self.debt.credit_limit
        if limit is not None and owed > limit:
            words = tr("This is over the limit of {amount}. You can still save.")
            return words.format(amount=amount(limit, self.debt))
        return ""


class PaymentDialog(RecordDialog):
    """Records a payment towards one of some debts, or changes one."""

    def __init__(
        self, session: Session, choices: Sequence[Debt], chosen: int | None, payment: Payment | None = None
    ) -> None:
        title = tr("Record payment") if payment is None else tr("Change payment")
        super().__init__(session, title, tr("Record") if payment is None else "")
        self._new = payment is None
        self.fields = PaymentFields(choices, session.ledger.today, payment)
        self.assemble(self.fields, self.fields, _SIZE, another=False)
        self.fields.choose(chosen)
        if payment is None:
            self.fields.paid_on.set_value(session.ledger.today())
        else:
            self.fields.show_payment(payment)
        self.settle()

    def command(self) -> Command | None:
        """Return what records or changes the payment."""
        entered = self.fields.payment()
        if entered is None:
            return None
        payment, after = entered
        return debts.record_payment(payment, after) if self._new else debts.change_payment(payment)


class BalanceDialog(RecordDialog):
    """Records a statement balance of one of some debts, or changes a balance."""

    def __init__(
        self, session: Session, choices: Sequence[Debt], chosen: int | None, entry: BalanceEntry | None = None
    ) -> None:
        title = tr("Record statement balance") if entry is None else tr("Change balance")
        super().__init__(session, title, tr("Record") if entry is None else "")
        self._new = entry is None
        self.fields = BalanceFields(choices, session.ledger.today, entry)
        self.assemble(self.fields, self.fields, _SIZE, another=False)
        self.fields.choose(chosen)
        if entry is None:
            self.fields.recorded_on.set_value(session.ledger.today())
        else:
            self.fields.show_entry(entry)
        self.settle()

    def command(self) -> Command | None:
        """Return what records or changes the balance."""
        entry = self.fields.entry()
        if entry is None:
            return None
        return debts.record_balance(entry) if self._new else debts.change_balance(entry)
