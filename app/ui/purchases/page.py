"""The Purchases page: what it shows of the ledger, and how its parts work together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QShowEvent

from app.domain.attachments import Attachment
from app.domain.purchases import Purchase, PurchaseFilter
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.services import purchases
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow, Totals
from app.ui.attachments.dragging import DropZone, Offer
from app.ui.i18n import tr, tr_n
from app.ui.purchases.commands import PurchaseCommands
from app.ui.purchases.costs import RealCosts
from app.ui.purchases.detail.pane import DetailPane
from app.ui.purchases.editing import PurchaseEditing, make_editor
from app.ui.purchases.empty import make_empty, make_no_match
from app.ui.purchases.filters.control import PurchaseFilters
from app.ui.purchases.footer import figures
from app.ui.purchases.lists import NameBook
from app.ui.purchases.source import PurchaseSource
from app.ui.records.frame import RecordsFrame
from app.ui.records.page import RecordsPage
from app.ui.records.saved import FilterShelf, SavedFilters
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.widgets.button import primary
from app.ui.widgets.page_header import PageHeader

KEY = "purchases"
DEBTS = "debts"
"""The page that shows a debt."""

_DROP_MARGIN = 8


class PurchasesPage(RecordsPage):
    """Everything that was bought."""

    pane: DetailPane
    filters: PurchaseFilters
    commands: PurchaseCommands

    def __init__(self, session: Session) -> None:
        super().__init__(session, KEY)
        self.book = NameBook(session.ledger, session.bridge, self)
        self.filters = PurchaseFilters(session, self.book, self)
        self.saved = SavedFilters(session, _shelf(), self)
        self.table = self._make_table()
        self.pane = DetailPane(session)
        self.pane.debt_requested.connect(lambda debt: session.show_page(DEBTS, debt=debt))
        self._costs = RealCosts(session, self)
        self._costs.changed.connect(self._show_cost)
        self.frame = RecordsFrame(
            session.state,
            KEY,
            PageHeader(tr("Purchases")),
            (self.saved.button, primary(tr("New purchase"), "plus")),
            self.filters.bar,
            self.table,
            self.pane,
            make_no_match(self.filters.clear),
        )
        self.commands = PurchaseCommands(self)
        self.filters.changed.connect(self._name_filter)
        self.book.debts_changed.connect(self._show_debts)
        self.saved.chosen.connect(self.filters.set)
        self.saved.show_filter(self.filters.wanted)
        self.assemble(*make_empty(session, self.commands.new))
        self.pane.bulk_requested.connect(self.commands.bulk_edit)
        self.pane.claim_requested.connect(self.commands.claim)
        self.pane.more_requested.connect(self._show_more)
        self._drops = self._make_drops()

    def open(self, **arguments: Any) -> None:
        """Show one `purchase` by its id, what a `filter` lets through, or the page as it was left.

        `debt`, the id of one, shows what was bought on it.
        """
        wanted, debt = arguments.get("filter"), arguments.get("debt")
        if isinstance(wanted, PurchaseFilter):
            self.filters.set(wanted)
        if isinstance(debt, int):
            self.filters.set(PurchaseFilter(debts=frozenset({debt})))
        id = arguments.get("purchase")
        if isinstance(id, int):
            self.show_record(id)

    def refresh(self, change: Change | None) -> None:
        """Show the data anew."""
        if change is None or Area.SAVED_FILTERS in change.areas:
            self.saved.load()
        super().refresh(change)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring up to date what a purchase costs: nothing of that is worked out for a page that nobody sees."""
        super().showEvent(event)
        self._show_cost()

    # -- what the records are

    def count(self) -> int:
        """Return how many purchases there are."""
        return purchases.count(self.session.ledger)

    def counted_text(self, recorded: int) -> str:
        """Return how many purchases there are, in words."""
        return tr_n("{n} purchase", "{n} purchases", recorded)

    def subtitle(self, recorded: int) -> str:
        """Return how many purchases are recorded."""
        return tr_n("{n} recorded", "{n} recorded", recorded)

    def read_totals(self) -> None:
        """Add up what is selected, where that is more than one purchase, or else all that is filtered."""
        ledger, wanted = self.session.ledger, self.filters.wanted
        count = self.table.selected_count()
        chosen = self.table.selected_ids() if count > 1 else None
        everything = chosen is not None and count == self.table.table_model.rowCount()

        def read(interrupt: Interrupt) -> Totals:
            if chosen is None or everything:
                return purchases.totals(ledger, wanted, interrupt)
            return purchases.totals_of(ledger, chosen, interrupt)

        def take(totals: Totals) -> None:
            self.footer.show_figures(*figures(totals, of_selection=chosen is not None))
            if chosen is not None and self.table.selected_count() == count:
                self.pane.show_several(count, totals)
            if chosen is None:
                self.filters.learn([total.currency for total in totals.by_currency])

        self.session.bridge.read(read, take, key="purchases.totals")

    def read_detail(self, id: int) -> None:
        """Read a purchase in full."""
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> _Detail | None:
            from app.services import attachments

            purchase = purchases.get(ledger, id)
            return None if purchase is None else _Detail(purchase, attachments.of_purchase(ledger, id))

        self.session.bridge.read(read, self._take_detail, key="purchases.detail")

    def show_several(self, count: int) -> None:
        """Show that several are selected; what they come to is being added up."""
        self.pane.show_several(count, None)

    def concerns(self, change: Change, id: int) -> bool:
        """A purchase looks different where it, or a name that it may use, was changed."""
        return change.concerns(Area.PURCHASES, id) or Area.NAMES in change.areas

    def shown_id(self) -> int | None:
        """Return the id of the purchase that the pane shows."""
        shown = self.pane.purchase
        return shown.id if shown else None

    # -- files

    def selected_row(self) -> PurchaseRow | None:
        """Return the one selected purchase as it stands in the table; None for several, or while it is being read."""
        spans = self.table.selected_spans()
        if self.frame.is_empty or self.table.selected_count() != 1 or not spans:
            return None
        row = self.table.table_model.row_at(spans[0][0])
        return row if isinstance(row, PurchaseRow) else None

    def _make_drops(self) -> tuple[DropZone, DropZone]:
        """Let files be dropped on the rows of the table and on the pane."""
        rows = self.table.viewport()
        return (
            DropZone(self.session, rows, self._offer_row),
            DropZone(self.session, self.pane, self._offer_pane),
        )

    def _offer_row(self, point: QPoint, _paths: Sequence[Path]) -> Offer | None:
        index = self.table.indexAt(point)
        model = self.table.table_model
        id = model.id_at(index.row()) if index.isValid() else None
        if id is None:
            return None
        name = model.index(index.row(), model.column_of("name")).data()
        height = self.table.rowHeight(index.row())
        top = self.table.rowViewportPosition(index.row())
        place = QRect(0, top, self.table.viewport().width(), height)
        return Offer(_attach_to(name), place, lambda paths: self.commands.attach(id, paths))

    def _offer_pane(self, _point: QPoint, _paths: Sequence[Path]) -> Offer | None:
        shown = self.pane.purchase
        if shown is None:
            return None
        place = self.pane.rect().adjusted(_DROP_MARGIN, _DROP_MARGIN, -_DROP_MARGIN, -_DROP_MARGIN)
        return Offer(_attach_to(shown.name), place, lambda paths: self.commands.attach(shown.id, paths))

    # -- inside

    def _show_more(self, point: QPoint) -> None:
        ids = ["purchases.duplicate", "purchases.add_files", "", "purchases.delete"]
        self.session.actions.context_menu(self, ids).popup(point)

    def _make_table(self) -> LedgerTable:
        session = self.session
        model = LazyTableModel(
            PURCHASE_COLUMNS,
            PurchaseSource(session.ledger),
            session.bridge.readers,
            query=TableQuery(self.filters.wanted, "purchased_on", True),
            editing=None if session.ledger.read_only else PurchaseEditing(session.ledger),
            parent=self,
        )
        table = LedgerTable(model, tr("Purchases"))
        table.cells.editor_for = lambda column, _row, parent: make_editor(self.book, column, parent)
        self.restore_table(table)
        return table

    def _name_filter(self) -> None:
        self.saved.show_filter(self.filters.wanted)

    def _show_debts(self) -> None:
        """Show debts as they are called now."""
        shown = self.shown_id()
        if self._loaded:
            self.table.table_model.refresh()
        if shown is not None:
            self.read_detail(shown)

    def _show_cost(self) -> None:
        """Have it worked out what the purchase in the pane costs with the interest of its debt."""
        shown = self.pane.purchase
        if shown is not None and self.isVisible():
            self._costs.ask(shown, self.pane.show_cost)

    def _take_detail(self, detail: "_Detail | None") -> None:
        if detail is not None and self.table.selected_count() <= 1:
            self.pane.show_purchase(detail.purchase, detail.files, self.session.ledger.today())
            self._show_cost()
            self.reveal_pane()


class _Detail(NamedTuple):
    """A purchase with its files."""

    purchase: Purchase
    files: Sequence[Attachment]


def _attach_to(name: str) -> str:
    return tr("Attach to “{name}”").format(name=name)


def _shelf() -> FilterShelf:
    return FilterShelf(
        KEY, tr("All purchases"), tr("&All purchases"), PurchaseFilter(), PurchaseFilter.from_json
    )
