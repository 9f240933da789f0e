"""The Purchases page: what it shows of the ledger, and how its parts work together."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.purchases import Purchase, PurchaseFilter
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.services import purchases
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.services.purchases import Totals
from app.ui.i18n import tr, tr_n
from app.ui.pages import Page
from app.ui.purchases.commands import PurchaseCommands
from app.ui.purchases.editing import PurchaseEditing, make_editor
from app.ui.purchases.empty import make_empty, make_no_match
from app.ui.purchases.filters.control import FilterControl
from app.ui.purchases.filters.saved import SavedFilters
from app.ui.purchases.frame import PurchasesFrame, has_room_for_pane
from app.ui.purchases.lists import NameBook
from app.ui.purchases.source import PurchaseSource
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import Ids, TableQuery
from app.ui.tables.view import LedgerTable

_TABLE, _PANE = "purchases.table", "purchases.pane"
_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class PurchasesPage(Page):
    """Everything that was bought."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._loaded = False
        self._recorded: int | None = None
        self._wanted_id: int | None = None
        self._pane_wanted = session.state.get(_PANE, True) is not False
        self.book = NameBook(session.ledger, session.bridge, self)
        self.filters = FilterControl(session, self.book, self)
        self.saved = SavedFilters(session, self)
        self.table = self._make_table()
        self.frame = PurchasesFrame(
            session.state, self.filters.bar, self.saved.button, self.table, make_no_match(self.filters.clear)
        )
        self.pane, self.footer = self.frame.pane, self.frame.footer
        self.commands = PurchaseCommands(self)
        empty, self._first_thing = make_empty(session, self.commands.new)
        self.frame.set_empty_state(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self.commands.declare()
        if session.ledger.read_only:
            for button in (self.frame.new, self._first_thing):
                button.setEnabled(False)
            self.pane.forbid_changes()

    # -- what the window asks

    def open(self, **arguments: Any) -> None:
        """Show one `purchase` by its id, what a `filter` lets through, or the page as it was left."""
        wanted = arguments.get("filter")
        if isinstance(wanted, PurchaseFilter):
            self.filters.set(wanted)
        id = arguments.get("purchase")
        if isinstance(id, int):
            self.show_purchase(id)

    def refresh(self, change: Change | None) -> None:
        """Show the data anew."""
        if change is None or Area.SAVED_FILTERS in change.areas:
            self.saved.load()
        if change is not None and change.areas == {Area.SAVED_FILTERS}:
            return
        if self._loaded:
            self.table.table_model.refresh()
        else:
            self._loaded = True
            self.table.table_model.load()
        self._count_all()
        self._read_totals()
        shown = self.pane.purchase
        if shown is not None and (change is None or _concerns(change, shown.id)):
            self._read_detail(shown.id)

    def focus_first(self) -> None:
        """Go on in the table, or with the first thing to do."""
        first: QWidget = self._first_thing if self.frame.is_empty else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Filters, table, details."""
        return [self.filters.bar.field, self.table, self.pane]

    def leave(self) -> None:
        """Remember the columns."""
        self._remember_table()

    # -- what actions ask

    @property
    def has_selection(self) -> bool:
        """Whether at least one purchase is selected."""
        return not self.frame.is_empty and self.table.selected_count() > 0

    def selected(self) -> Ids:
        """Return the ids of the selected purchases, in the order of the table."""
        return self.table.selected_ids()

    def show_purchase(self, id: int) -> None:
        """Select a purchase; where the filters hide it they are cleared."""
        self._wanted_id = id
        self._go_to_wanted()

    def toggle_pane(self) -> None:
        """Open or close the detail pane."""
        if self.pane.isVisible():
            self.close_pane()
        else:
            self.open_pane()

    def open_pane(self) -> None:
        """Show the details of what is selected."""
        self._want_pane(wanted=True)
        self._show_selection()
        if self.table.selected_count():
            self.frame.show_pane(visible=True)

    def close_pane(self) -> None:
        """Hide the details and go back to the table."""
        self._want_pane(wanted=False)
        self.frame.show_pane(visible=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_pane(self, *, wanted: bool) -> None:
        self._pane_wanted = wanted
        self.session.state.put(_PANE, wanted)

    # -- making it

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
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        remembered = session.state.get(_TABLE)
        if isinstance(remembered, dict):
            table.restore(remembered)
        return table

    def _connect(self) -> None:
        model, table = self.table.table_model, self.table
        self.filters.changed.connect(self._filter_changed)
        self.saved.chosen.connect(self.filters.set)
        self.saved.show_filter(self.filters.wanted)
        self.frame.new.clicked.connect(self.commands.new)
        self.frame.columns.clicked.connect(self._show_columns_menu)
        model.counted.connect(self._show_counts)
        model.settled.connect(self._settled)
        model.failed.connect(self.session.bridge.show_error)
        table.selection_changed.connect(self._selection_changed)
        table.current_changed.connect(self._selection_changed)
        table.opened.connect(self._opened)
        table.delete_requested.connect(self.commands.delete)
        table.columns_changed.connect(self._remember_table)
        table.said.connect(self.session.notify)
        table.customContextMenuRequested.connect(self._show_context_menu)
        table.installEventFilter(self)
        self.filters.bar.field.installEventFilter(self)
        self.pane.edit_requested.connect(self.commands.edit)
        self.pane.bulk_requested.connect(self.commands.bulk_edit)
        self.pane.duplicate_requested.connect(self.commands.duplicate)
        self.pane.delete_requested.connect(self.commands.delete)
        self.pane.close_requested.connect(self.close_pane)

    # -- filters and counts

    def _filter_changed(self) -> None:
        wanted = self.filters.wanted
        self.saved.show_filter(wanted)
        self.table.table_model.set_filter(wanted)
        self._read_totals()
        self.session.actions.refresh_soon()

    def _count_all(self) -> None:
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> int:
            return purchases.count(ledger)

        self.session.bridge.read(read, self._take_count, key="purchases.count")

    def _take_count(self, recorded: int) -> None:
        self._recorded = recorded
        words = tr_n("{n} recorded", "{n} recorded", recorded) if recorded else ""
        self.frame.head.set_subtitle(words)
        self._show_counts()

    def _show_counts(self) -> None:
        model, recorded = self.table.table_model, self._recorded
        if recorded is None:
            return
        shown = model.rowCount()
        nothing = shown == 0 and model.complete and bool(self.filters.wanted)
        self.frame.show_state(empty=recorded == 0 and shown == 0, no_match=nothing)
        if model.complete:
            self.footer.show_counts(shown, max(recorded, shown), self.table.selected_count())

    def _read_totals(self) -> None:
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
            self.footer.show_totals(totals, of_selection=chosen is not None)
            if chosen is not None and self.table.selected_count() == count:
                self.pane.show_several(count, totals)
            if chosen is None:
                self.filters.learn([total.currency for total in totals.by_currency])

        self.session.bridge.read(read, take, key="purchases.totals")

    def _settled(self) -> None:
        self._show_counts()
        self._go_to_wanted()
        if not self.table.selected_count():
            self._show_selection()

    # -- the selection and its details

    def _selection_changed(self, *_arguments: object) -> None:
        self._show_counts()
        self._read_totals()
        self._show_selection()
        self.session.actions.refresh_soon()

    def _show_selection(self) -> None:
        count = self.table.selected_count()
        if count == 0:
            self.frame.show_pane(visible=False)
        elif self._pane_wanted and count > 1:
            self.pane.show_several(count, None)
            self._reveal_pane()
        elif self._pane_wanted:
            for id in self.table.selected_ids():
                self._read_detail(id)

    def _read_detail(self, id: int) -> None:
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> Purchase | None:
            return purchases.get(ledger, id)

        self.session.bridge.read(read, self._take_detail, key="purchases.detail")

    def _take_detail(self, purchase: Purchase | None) -> None:
        if purchase is not None and self.table.selected_count() <= 1:
            self.pane.show_purchase(purchase, self.session.ledger.today())
            self._reveal_pane()

    def _reveal_pane(self) -> None:
        """Show the pane unless the user closed it, or it would leave too little of the table."""
        if self._pane_wanted and (self.pane.isVisible() or has_room_for_pane(self.width())):
            self.frame.show_pane(visible=True)

    def _opened(self, _id: object) -> None:
        """Open what was double-clicked: first the details, then the form."""
        if self.pane.isVisible():
            self.commands.edit()
        else:
            self.open_pane()

    def _go_to_wanted(self) -> None:
        model, id = self.table.table_model, self._wanted_id
        if id is None or model.busy or not model.complete:
            return
        self._wanted_id = None

        def found(row: int) -> None:
            if row >= 0:
                self.table.go_to(id)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self.filters.wanted:
                self._wanted_id = id
                self.filters.clear()

        model.find(id, found)

    # -- menus and keys

    def _show_columns_menu(self) -> None:
        menu = self.table.columns_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = self.frame.columns
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _show_context_menu(self, point: QPoint) -> None:
        menu = self.session.actions.context_menu(self, self.commands.context_ids())
        menu.popup(self.table.viewport().mapToGlobal(point))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the table closes the pane; Down in the filter field goes to the table, Esc empties it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            field, key = self.filters.bar.field, event.key()
            if watched is self.table and key == Qt.Key.Key_Escape and self.pane.isVisible():
                if self.table.selected_count() <= 1:
                    self.close_pane()
                    return True
            elif watched is field and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_into_table()
                return True
            elif watched is field and key == Qt.Key.Key_Escape and field.text():
                field.clear()
                return True
        return super().eventFilter(watched, event)

    def _go_into_table(self) -> None:
        model = self.table.table_model
        if not self.table.selected_count() and model.rowCount():
            first = model.index(0, model.column_of("name"))
            self.table.selectionModel().setCurrentIndex(first, _SELECT_ROW)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember_table(self) -> None:
        self.session.state.put(_TABLE, self.table.saved_state())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the pane where it would leave too little of the table, and show it again where not."""
        super().resizeEvent(event)
        had_room = has_room_for_pane(event.oldSize().width())
        has_room = has_room_for_pane(self.width())
        if had_room and not has_room:
            self.frame.show_pane(visible=False)
        elif has_room and not had_room:
            self._show_selection()


def _concerns(change: Change, id: int) -> bool:
    return change.concerns(Area.PURCHASES, id) or Area.NAMES in change.areas
