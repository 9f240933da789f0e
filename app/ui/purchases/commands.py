"""What a user can do on the Purchases page: the actions, and what they run."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.attachments import Owner, OwnerKind
from app.services import purchases
from app.services.changes import Change
from app.services.ledger import Interrupt
from app.services.purchases import BulkReport
from app.ui.actions import Action, Place
from app.ui.i18n import tr, tr_n
from app.ui.records.actions import declare_table
from app.ui.records.purpose import Purpose
from app.ui.records.running import run_on_many, when_complete
from app.ui.tables.source import Ids

if TYPE_CHECKING:
    from app.domain.purchases import Purchase
    from app.services.changes import Command
    from app.ui.attachments.acts import FileActs
    from app.ui.purchases.bulk.dialog import Wanted
    from app.ui.purchases.form.dialog import PurchaseDialog
    from app.ui.purchases.page import PurchasesPage

PAGE = "purchases"


class PurchaseCommands:
    """The commands of one page, on what is selected in its table."""

    def __init__(self, page: "PurchasesPage") -> None:
        self._page = page
        self._session = page.session
        self._dialog: PurchaseDialog | None = None
        self._files: FileActs | None = None

    # -- one purchase

    def new(self) -> None:
        """Open the form for a new purchase."""
        self._open_form(Purpose.NEW, None)

    def edit(self) -> None:
        """Open the form of the one selected purchase; for several, the bulk edit."""
        chosen = self._page.selected()
        if len(chosen) > 1:
            self.bulk_edit()
        elif chosen:
            self._with_purchase(chosen[0], lambda purchase: self._open_form(Purpose.EDIT, purchase))

    def duplicate(self) -> None:
        """Open the form with a copy of the one selected purchase; several are copied as they are."""
        chosen = self._page.selected()
        if len(chosen) == 1:
            self._with_purchase(chosen[0], self._open_copy)
        elif chosen:
            self._run(purchases.duplicate(chosen), len(chosen), tr("Duplicating purchases"))

    def delete(self) -> None:
        """Delete the selected purchases; undo brings them back."""
        if self._session.ledger.read_only:
            return
        self._when_complete(self._delete)

    def _delete(self) -> None:
        chosen = self._page.selected()
        if chosen:
            self._run(purchases.remove(chosen), len(chosen), tr("Deleting purchases"))

    def _with_purchase(self, id: int, then: "Callable[[Purchase], None]") -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> "Purchase | None":
            return purchases.get(ledger, id)

        def take(purchase: "Purchase | None") -> None:
            if purchase is not None:
                then(purchase)

        self._session.bridge.read(read, take, key="purchases.form")

    def _open_copy(self, purchase: "Purchase") -> None:
        self._open_form(Purpose.COPY, purchases.as_new(purchase))

    def _open_form(self, purpose: Purpose, purchase: "Purchase | None") -> None:
        from app.ui.purchases.form.dialog import PurchaseDialog

        if self._session.ledger.read_only:
            return
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.activateWindow()
            return
        self._dialog = PurchaseDialog(self._session, self._page.book, purpose, purchase)
        self._dialog.saved.connect(self._page.show_record)
        self._dialog.finished.connect(self._form_closed)
        self._dialog.open()

    def _form_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    # -- files and claims

    def add_files(self) -> None:
        """Ask for files to add to the one selected purchase: its receipt, a manual."""
        for id in self._one():
            self._acts().choose_and_add(Owner(OwnerKind.PURCHASE, id))

    def attach(self, id: int, paths: Sequence[Path]) -> None:
        """Add files to a purchase."""
        self._acts().add(Owner(OwnerKind.PURCHASE, id), paths)

    def claim(self) -> None:
        """Ask for a claim on a warranty of the one selected purchase."""
        from app.ui.warranties.claiming import claim_on_purchase

        for id in self._one():
            claim_on_purchase(self._session, id)

    def can_claim(self) -> bool:
        """Whether a claim can be made now: one purchase is selected that has a warranty."""
        row = self._page.selected_row()
        return row is not None and row.has_covers

    def _one(self) -> Sequence[int]:
        """Return the id of the one selected purchase, or nothing where none or several are."""
        chosen = self._page.selected()
        return list(chosen) if len(chosen) == 1 else ()

    def _acts(self) -> "FileActs":
        from app.ui.attachments.acts import FileActs

        if self._files is None:
            self._files = FileActs(self._session, self._page)
        return self._files

    # -- several

    def bulk_edit(self) -> None:
        """Ask what is to change in the selected purchases, and change it."""
        self._when_complete(self._open_bulk)

    def _open_bulk(self) -> None:
        from app.ui.purchases.bulk.dialog import BulkDialog

        chosen = self._page.selected()
        if not chosen or self._session.ledger.read_only:
            return
        currency = self._session.ledger.profile.currency
        dialog = BulkDialog(len(chosen), self._page.book, currency, self._session.window)
        dialog.wanted.connect(lambda wanted: self._bulk_edit(chosen, wanted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _bulk_edit(self, chosen: Ids, wanted: "Wanted") -> None:
        command = purchases.bulk_edit(
            chosen, wanted.values, wanted.tags, wanted.untag, wanted.debt, no_debt=wanted.no_debt
        )
        self._run(command, len(chosen), tr("Changing purchases"), self._bulk_done)

    def _bulk_done(self, change: Change) -> None:
        report = change.result
        if isinstance(report, BulkReport) and report.refused:
            text = tr_n(
                "{n} purchase could not be changed", "{n} purchases could not be changed", len(report.refused)
            )
            self._session.notices.partly_failed(text, lambda: self._show_refused(report))
            self._show_refused(report)

    def _show_refused(self, report: BulkReport) -> None:
        from app.ui.records.refused import RefusedDialog

        count = len(report.refused)
        heading = tr_n("{n} purchase stayed as it is", "{n} purchases stayed as they are", count)
        dialog = RefusedDialog(report.refused, heading, self._session.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _run(
        self, command: "Command", count: int, name: str, then: Callable[[Change], None] | None = None
    ) -> None:
        run_on_many(self._session, command, count, name, then)

    def _when_complete(self, action: Callable[[], None]) -> None:
        when_complete(self._page.table.table_model, action)

    # -- the table

    def context_ids(self) -> list[str]:
        """Return the actions of the table's context menu."""
        return [
            "purchases.edit",
            "purchases.bulk",
            "purchases.duplicate",
            "",
            "purchases.add_files",
            "purchases.claim",
            "",
            "edit.copy",
            "purchases.copy_headed",
            "",
            "purchases.delete",
        ]

    def declare(self) -> None:
        """Add the actions of the page to the window's."""
        page, actions = self._page, self._session.actions
        can_write = not self._session.ledger.read_only

        def some() -> bool:
            return can_write and page.has_selection

        declare_table(page, PAGE)
        actions.add(
            Action(
                "purchases.edit",
                tr("&Edit…"),
                self.edit,
                Place("data", 10, 0),
                icon="pencil",
                shortcuts=("Ctrl+Return",),
                title=tr("Edit purchase…"),
                tip=tr("Open the form of the selected purchase"),
                enabled=some,
                page=PAGE,
            ),
            Action(
                "purchases.bulk",
                tr("Edit &several…"),
                self.bulk_edit,
                Place("data", 10, 10),
                icon="list-checks",
                shortcuts=("Ctrl+E",),
                title=tr("Edit the selected purchases in one go…"),
                enabled=some,
                page=PAGE,
            ),
            Action(
                "purchases.duplicate",
                tr("D&uplicate"),
                self.duplicate,
                Place("data", 10, 20),
                icon="copy",
                shortcuts=("Ctrl+D",),
                title=tr("Duplicate purchase"),
                enabled=some,
                page=PAGE,
            ),
            Action(
                "purchases.delete",
                tr("&Delete"),
                self.delete,
                Place("data", 10, 30),
                icon="trash-2",
                shortcuts=("Del",),
                title=tr("Delete purchase"),
                enabled=some,
                page=PAGE,
                within=page.table,
            ),
            Action(
                "purchases.add_files",
                tr("Add &file…"),
                self.add_files,
                Place("data", 10, 22),
                icon="paperclip",
                shortcuts=("Ctrl+Shift+A",),
                title=tr("Add a receipt or another file to the purchase…"),
                tip=tr("Add a receipt, a manual or another file to the selected purchase"),
                enabled=lambda: can_write and page.table.selected_count() == 1,
                page=PAGE,
            ),
            Action(
                "purchases.claim",
                tr("Make a &claim…"),
                self.claim,
                Place("data", 10, 24),
                icon="shield",
                tip=tr("Make a claim on a warranty of the selected purchase"),
                enabled=lambda: can_write and self.can_claim(),
                page=PAGE,
            ),
            Action(
                "purchases.save_filter",
                tr("&Save filter…"),
                page.saved.ask_for_name,
                Place("edit", 20, 30),
                icon="bookmark",
                enabled=lambda: can_write and bool(page.filters.wanted),
                page=PAGE,
            ),
        )
