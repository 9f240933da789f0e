"""What a user can do on the Debts page: the actions, and what they run."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from app.domain.debts import BalanceEntry, BalanceSource, Debt, DebtFilter, Payment
from app.services import debts
from app.services.ledger import Interrupt
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.records.actions import declare_table
from app.ui.records.purpose import Purpose

if TYPE_CHECKING:
    from app.ui.debts.page import DebtsPage
    from app.ui.records.dialog import RecordDialog

PAGE = "debts"


class DebtCommands:
    """The commands of one page, on what is selected in its table."""

    def __init__(self, page: "DebtsPage") -> None:
        self._page = page
        self._session = page.session
        self._dialog: QDialog | None = None

    # -- debts

    def new(self) -> None:
        """Open the form for a new debt."""
        self._open_form(Purpose.NEW, None)

    def edit(self) -> None:
        """Open the form of the one selected debt."""
        chosen = self._page.selected()
        if len(chosen) == 1:
            self._with_debt(chosen[0], lambda debt: self._open_form(Purpose.EDIT, debt))

    def duplicate(self) -> None:
        """Copy the selected debts as they are owed now."""
        chosen = self._page.selected()
        if chosen and self._can_write():
            self._session.bridge.run_command(debts.duplicate(chosen))

    def delete(self) -> None:
        """Delete the selected debts with their payments; undo brings them back."""
        chosen = self._page.selected()
        if chosen and self._can_write():
            self._session.bridge.run_command(debts.remove(chosen))

    def _open_form(self, purpose: Purpose, debt: Debt | None) -> None:
        from app.ui.debts.form.dialog import DebtDialog

        self._open(lambda: DebtDialog(self._session, purpose, debt), self._page.show_record)

    # -- payments and balances

    def record_payment(self) -> None:
        """Ask what was paid, towards the selected debt unless another one is chosen."""
        self._with_open_debts(self._open_payment)

    def record_balance(self) -> None:
        """Ask what a statement says, of the selected debt unless another one is chosen."""
        self._with_open_debts(self._open_balance)

    def change_entry(self, debt: Debt, entry: BalanceEntry, payment: Payment | None) -> None:
        """Open what an entry of the history was recorded with: a payment, a balance, or the debt itself."""
        if payment is not None:
            self._open_payment([debt], debt.id, payment)
        elif entry.source is BalanceSource.OPENING:
            self._with_debt(debt.id, lambda present: self._open_form(Purpose.EDIT, present))
        else:
            self._open_balance([debt], debt.id, entry)

    def delete_entry(self, entry: BalanceEntry) -> None:
        """Delete a payment, a statement or an adjustment; undo brings it back."""
        if not self._can_write() or entry.source is BalanceSource.OPENING:
            return
        if entry.payment_id is not None:
            self._session.bridge.run_command(debts.remove_payments([entry.payment_id]))
        else:
            self._session.bridge.run_command(debts.remove_balances([entry.id]))

    def _open_payment(self, choices: list[Debt], chosen: int | None, payment: Payment | None = None) -> None:
        from app.ui.debts.recording import PaymentDialog

        self._open(lambda: PaymentDialog(self._session, choices, chosen, payment))

    def _open_balance(
        self, choices: list[Debt], chosen: int | None, entry: BalanceEntry | None = None
    ) -> None:
        from app.ui.debts.recording import BalanceDialog

        self._open(lambda: BalanceDialog(self._session, choices, chosen, entry))

    # -- reading what a dialog needs

    def _with_debt(self, id: int, then: Callable[[Debt], None]) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> Debt | None:
            return debts.get(ledger, id)

        def take(debt: Debt | None) -> None:
            if debt is not None:
                then(debt)

        self._session.bridge.read(read, take, key="debts.form")

    def _with_open_debts(self, then: Callable[[list[Debt], int | None], None]) -> None:
        """Read which debts can be paid towards: the open ones, and the selected one whatever its state."""
        ledger, selected = self._session.ledger, self._page.selected()
        chosen = selected[0] if len(selected) == 1 else None

        def read(_interrupt: Interrupt) -> list[Debt]:
            found = debts.all_debts(ledger)
            return [debt for debt in found if debt.paid_off_on is None or debt.id == chosen]

        def take(choices: list[Debt]) -> None:
            if choices:
                then(choices, chosen)
            else:
                self._session.notify(tr("There is no open debt; add one first."))

        self._session.bridge.read(read, take, key="debts.form")

    def _open(self, make: "Callable[[], RecordDialog]", saved: Callable[[Any], None] | None = None) -> None:
        if not self._can_write():
            return
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.activateWindow()
            return
        dialog = make()
        if saved is not None:
            dialog.saved.connect(saved)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _can_write(self) -> bool:
        return not self._session.ledger.read_only

    # -- the table

    def context_ids(self) -> list[str]:
        """Return the actions of the table's context menu."""
        return [
            "debts.payment",
            "debts.balance",
            "",
            "debts.edit",
            "debts.duplicate",
            "",
            "edit.copy",
            "debts.copy_headed",
            "",
            "debts.delete",
        ]

    def declare(self) -> None:
        """Add the actions of the page to the window's."""
        page, actions = self._page, self._session.actions
        declare_table(page, PAGE)
        actions.add(*self._record_actions(), *self._view_actions())

    def _record_actions(self) -> list[Action]:
        page = self._page

        def some() -> bool:
            return self._can_write() and page.has_selection

        return [
            Action(
                "debts.edit",
                tr("&Edit…"),
                self.edit,
                Place("data", 10, 0),
                icon="pencil",
                shortcuts=("Ctrl+Return",),
                title=tr("Edit debt…"),
                tip=tr("Open the form of the selected debt"),
                enabled=lambda: some() and page.table.selected_count() == 1,
                page=PAGE,
            ),
            Action(
                "debts.duplicate",
                tr("D&uplicate"),
                self.duplicate,
                Place("data", 10, 10),
                icon="copy",
                shortcuts=("Ctrl+D",),
                title=tr("Duplicate debt"),
                enabled=some,
                page=PAGE,
            ),
            Action(
                "debts.delete",
                tr("&Delete"),
                self.delete,
                Place("data", 10, 20),
                icon="trash-2",
                shortcuts=("Del",),
                title=tr("Delete debt"),
                enabled=some,
                page=PAGE,
                within=page.table,
            ),
        ]

    def _view_actions(self) -> list[Action]:
        page = self._page
        return [
            Action(
                "debts.open_only",
                tr("Open debts on&ly"),
                self._toggle_open,
                Place("view", 30, 5),
                title=tr("Show open debts only"),
                checked=lambda: page.filters.wanted.paid_off is False,
                page=PAGE,
            ),
        ]

    def _toggle_open(self) -> None:
        wanted = self._page.filters.wanted
        paid_off = None if wanted.paid_off is False else False
        self._page.filters.set(DebtFilter(wanted.text, wanted.kinds, wanted.currency, paid_off))
