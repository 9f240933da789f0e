"""What a user can do on the Warranties page: the actions, and what they run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.services import purchases, warranties
from app.services.changes import Change
from app.services.ledger import Interrupt
from app.services.warranties import CoverRow
from app.ui.actions import Action, Place
from app.ui.i18n import tr, tr_n
from app.ui.records.actions import declare_table
from app.ui.records.running import run_on_many, when_complete
from app.ui.tables.source import Ids
from app.ui.warranties.claiming import claim_on

if TYPE_CHECKING:
    from app.services.purchases import BulkReport, PurchaseRow
    from app.ui.warranties.form.dialog import CoverDialog
    from app.ui.warranties.page import WarrantiesPage

PAGE = "warranties"
PURCHASES = "purchases"


class CoverCommands:
    """The commands of one page, on what is selected in its table."""

    def __init__(self, page: "WarrantiesPage") -> None:
        self._page = page
        self._session = page.session
        self._dialog: CoverDialog | None = None

    # -- one warranty

    def new(self) -> None:
        """Open the form for a new warranty on a purchase to be chosen."""
        self._begin(None)

    def _begin(self, purchase_id: int | None) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> "tuple[PurchaseRow | None, list[str]]":
            found = purchases.rows(ledger, [] if purchase_id is None else [purchase_id])
            return (found[0] if found else None), warranties.providers(ledger)

        def take(found: "tuple[PurchaseRow | None, list[str]]") -> None:
            self._open_form(None, *found)

        self._session.bridge.read(read, take, key="warranties.form")

    def edit(self) -> None:
        """Open the form of the one selected warranty; for several, the bulk edit."""
        chosen = self._page.selected()
        if len(chosen) > 1:
            self.bulk_edit()
        elif chosen:
            self._edit(chosen[0])

    def duplicate(self) -> None:
        """Open the form for another warranty on the purchase of the one selected."""
        row = self._page.pane.row
        if row is not None and self._page.table.selected_count() == 1:
            self._begin(row.purchase_id)

    def claim(self) -> None:
        """Ask for a claim on the one selected warranty."""
        chosen = self._page.selected()
        if len(chosen) == 1:
            claim_on(self._session, chosen[0])

    def show_cover(self, id: int) -> None:
        """Show another warranty in the table and the pane."""
        self._page.show_record(id)

    def show_purchase(self) -> None:
        """Show the purchase of the one selected warranty."""
        row = self._page.pane.row
        if row is not None:
            self._session.show_page(PURCHASES, purchase=row.purchase_id)

    def _edit(self, id: int) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> tuple[CoverRow | None, list[str]]:
            return warranties.get(ledger, id), warranties.providers(ledger)

        def take(found: tuple[CoverRow | None, list[str]]) -> None:
            row, providers = found
            if row is not None:
                self._open_form(row, None, providers)

        self._session.bridge.read(read, take, key="warranties.form")

    def _open_form(
        self, row: CoverRow | None, purchase: "PurchaseRow | None", providers: Sequence[str]
    ) -> None:
        from app.ui.warranties.form.dialog import CoverDialog

        if self._session.ledger.read_only:
            return
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.activateWindow()
            return
        dialog = CoverDialog(self._session, row, purchase, providers)
        if row is None:
            dialog.saved.connect(self._page.show_record)
        dialog.finished.connect(self._form_closed)
        self._dialog = dialog
        dialog.open()

    def _form_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    # -- one or several

    def delete(self) -> None:
        """Delete the selected warranties with their claims; undo brings them back."""
        if not self._session.ledger.read_only:
            when_complete(self._page.table.table_model, self._delete)

    def void(self) -> None:
        """Say that the selected warranties are void, or, where the shown one is already, that they are not."""
        if not self._session.ledger.read_only:
            when_complete(self._page.table.table_model, self._void)

    def bulk_edit(self) -> None:
        """Ask what is to change in the selected warranties, and change it."""
        if not self._session.ledger.read_only:
            when_complete(self._page.table.table_model, self._ask_bulk)

    def void_text(self) -> str:
        """Return what `void` is called now."""
        return tr("Take &void back") if self._is_void() else tr("&Void")

    def _is_void(self) -> bool:
        row = self._page.pane.row
        return row is not None and row.cover.voided and self._page.table.selected_count() == 1

    def _delete(self) -> None:
        chosen = self._page.selected()
        if chosen:
            run_on_many(self._session, warranties.remove(chosen), len(chosen), tr("Deleting warranties"))

    def _void(self) -> None:
        chosen, voided = self._page.selected(), not self._is_void()
        if chosen:
            command = warranties.void(chosen, voided)
            run_on_many(self._session, command, len(chosen), tr("Changing warranties"))

    def _ask_bulk(self) -> None:
        ledger, chosen = self._session.ledger, self._page.selected()
        if not chosen:
            return

        def read(_interrupt: Interrupt) -> tuple[list[str], list[str]]:
            return warranties.kinds(ledger), warranties.providers(ledger)

        self._session.bridge.read(read, lambda found: self._open_bulk(chosen, *found), key="warranties.form")

    def _open_bulk(self, chosen: Ids, kinds: Sequence[str], providers: Sequence[str]) -> None:
        from app.ui.warranties.bulk import CoverBulkDialog

        dialog = CoverBulkDialog(len(chosen), kinds, providers, self._session.window)
        dialog.wanted.connect(lambda wanted: self._change(chosen, wanted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, chosen: Ids, wanted: dict[str, Any]) -> None:
        command = warranties.bulk_edit(chosen, wanted)
        run_on_many(self._session, command, len(chosen), tr("Changing warranties"), self._changed)

    def _changed(self, change: Change) -> None:
        report: BulkReport = change.result
        if report.refused:
            count = len(report.refused)
            text = tr_n("{n} warranty could not be changed", "{n} warranties could not be changed", count)
            self._session.notices.partly_failed(text, lambda: self._show_refused(report))
            self._show_refused(report)

    def _show_refused(self, report: "BulkReport") -> None:
        from app.ui.records.refused import RefusedDialog

        count = len(report.refused)
        heading = tr_n("{n} warranty stayed as it is", "{n} warranties stayed as they are", count)
        dialog = RefusedDialog(report.refused, heading, self._session.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- the table

    def context_ids(self) -> list[str]:
        """Return the actions of the table's context menu."""
        return [
            "warranties.edit",
            "warranties.bulk",
            "warranties.another",
            "warranties.void",
            "",
            "warranties.claim",
            "warranties.show_purchase",
            "",
            "edit.copy",
            "warranties.copy_headed",
            "",
            "warranties.delete",
        ]

    def declare(self) -> None:
        """Add the actions of the page to the window's."""
        declare_table(self._page, PAGE)
        self._session.actions.add(*self._record_actions(), *self._more_actions(), *self._view_actions())

    def _some(self) -> bool:
        return not self._session.ledger.read_only and self._page.has_selection

    def _one(self) -> bool:
        return self._page.has_selection and self._page.table.selected_count() == 1

    def _record_actions(self) -> list[Action]:
        return [
            Action(
                "warranties.edit",
                tr("&Edit…"),
                self.edit,
                Place("data", 10, 0),
                icon="pencil",
                shortcuts=("Ctrl+Return",),
                title=tr("Edit warranty…"),
                tip=tr("Open the form of the selected warranty"),
                enabled=self._some,
                page=PAGE,
            ),
            Action(
                "warranties.bulk",
                tr("Edit &several…"),
                self.bulk_edit,
                Place("data", 10, 10),
                icon="list-checks",
                shortcuts=("Ctrl+E",),
                title=tr("Edit the selected warranties in one go…"),
                enabled=self._some,
                page=PAGE,
            ),
            Action(
                "warranties.another",
                tr("&Another warranty on this purchase…"),
                self.duplicate,
                Place("data", 10, 20),
                icon="plus",
                shortcuts=("Ctrl+D",),
                enabled=lambda: self._some() and self._one(),
                page=PAGE,
            ),
            Action(
                "warranties.void",
                tr("&Void"),
                self.void,
                Place("data", 10, 30),
                icon="ban",
                title=tr("Void warranty, or take that back"),
                tip=tr("It does not count any more; its dates are kept"),
                enabled=self._some,
                live_text=self.void_text,
                page=PAGE,
            ),
            Action(
                "warranties.delete",
                tr("&Delete"),
                self.delete,
                Place("data", 10, 40),
                icon="trash-2",
                shortcuts=("Del",),
                title=tr("Delete warranty"),
                enabled=self._some,
                page=PAGE,
                within=self._page.table,
            ),
        ]

    def _more_actions(self) -> list[Action]:
        page = self._page
        can_write = not self._session.ledger.read_only
        return [
            Action(
                "warranties.claim",
                tr("Make a &claim…"),
                self.claim,
                Place("data", 20, 0),
                icon="shield",
                shortcuts=("Ctrl+Shift+K",),
                tip=tr("Make a claim on the selected warranty"),
                enabled=lambda: self._some() and self._one(),
                page=PAGE,
            ),
            Action(
                "warranties.show_purchase",
                tr("Show the p&urchase"),
                self.show_purchase,
                Place("data", 20, 10),
                icon="receipt-text",
                enabled=self._one,
                page=PAGE,
            ),
            Action(
                "warranties.save_filter",
                tr("&Save filter…"),
                page.saved.ask_for_name,
                Place("edit", 20, 30),
                icon="bookmark",
                enabled=lambda: can_write and bool(page.filters.wanted),
                page=PAGE,
            ),
        ]

    def _view_actions(self) -> list[Action]:
        page = self._page
        return [
            Action(
                "warranties.timeline",
                tr("Time&line of the coming 12 months"),
                page.strip.toggle,
                Place("view", 30, 20),
                icon="chart-column",
                title=tr("Show or hide the timeline of warranties"),
                checked=lambda: page.strip.wanted,
                page=PAGE,
            ),
        ]
