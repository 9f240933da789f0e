"""The Purchases page: head, filters, table with its footer, and the detail pane."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.purchases import Purchase, PurchaseFilter
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.services import purchases
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.services.purchases import Totals
from app.ui.i18n import tr, tr_n
from app.ui.pages import Page
from app.ui.purchases.commands import PurchaseCommands
from app.ui.purchases.detail.pane import DetailPane
from app.ui.purchases.editing import PurchaseEditing, make_editor
from app.ui.purchases.empty import make_empty, make_no_match
from app.ui.purchases.filters.control import FilterControl
from app.ui.purchases.filters.saved import SavedFilters
from app.ui.purchases.footer import Footer
from app.ui.purchases.lists import NameBook
from app.ui.purchases.source import PurchaseSource
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import Ids, TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.widgets.button import icon_button, primary
from app.ui.widgets.page_header import PageHeader

PAGE = "purchases"
_TABLE, _PANE, _PANE_WIDTH = "purchases.table", "purchases.pane", "purchases.pane_width"
_ROOM_FOR_PANE = 860
"""The page opens the pane by itself only where so many pixels are left."""


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
        self.pane = DetailPane()
        self.footer = Footer()
        self.commands = PurchaseCommands(self)
        self._make_head()
        self._lay_out()
        self._connect()
        self.commands.declare()

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
        if self._stack.currentWidget() is self._empty:
            self._empty_first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Filters, table, details."""
        return [self.filters.bar.field, self.table, self.pane]

    def leave(self) -> None:
        """Remember the columns and the pane."""
        self._remember_table()
        self._remember_pane()

    # -- what actions ask

    @property
    def has_selection(self) -> bool:
        """Whether at least one purchase is selected."""
        return self._stack.currentWidget() is self._full and self.table.selected_count() > 0

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
        self._pane_wanted = True
        self.session.state.put(_PANE, True)
        self._show_selection()
        if self.table.selected_count():
            self._set_pane_visible(visible=True)

    def close_pane(self) -> None:
        """Hide the details and go back to the table."""
        self._pane_wanted = False
        self.session.state.put(_PANE, False)
        self._set_pane_visible(visible=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- making it

    def _make_table(self) -> LedgerTable:
        session = self.session
        query = TableQuery(self.filters.wanted, "purchased_on", True)
        model = LazyTableModel(
            PURCHASE_COLUMNS,
            PurchaseSource(session.ledger),
            session.bridge.readers,
            query=query,
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

    def _make_head(self) -> None:
        self._head = PageHeader(tr("Purchases"))
        self._columns = icon_button("table-properties", tr("Columns and order"))
        self._new = primary(tr("New purchase"), "plus")
        for control in (self.saved.button, self._columns, self._new):
            self._head.add_control(control)
        self._head_controls = (self.saved.button, self._columns, self._new)

    def _lay_out(self) -> None:
        self._no_match = make_no_match(self.filters.clear)
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._no_match)
        left = QWidget()
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._rows, 1)
        below.addWidget(self.footer)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self.pane.hide()
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters.bar)
        column.addWidget(_rule())
        column.addWidget(self._splitter, 1)
        self._empty, self._empty_first = make_empty(self.session, self.commands.new)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._head)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        model, table = self.table.table_model, self.table
        self.filters.changed.connect(self._filter_changed)
        self.saved.chosen.connect(self.filters.set)
        self.saved.show_filter(self.filters.wanted)
        self._new.clicked.connect(self.commands.new)
        self._columns.clicked.connect(self._show_columns_menu)
        model.counted.connect(self._show_counts)
        model.settled.connect(self._settled)
        model.failed.connect(self._read_failed)
        table.selection_changed.connect(self._selection_changed)
        table.current_changed.connect(self._selection_changed)
        table.opened.connect(self._opened)
        table.delete_requested.connect(self.commands.delete)
        table.columns_changed.connect(self._remember_table)
        table.said.connect(self.session.notify)
        table.customContextMenuRequested.connect(self._show_context_menu)
        table.installEventFilter(self)
        table.verticalScrollBar().installEventFilter(self)
        self.filters.bar.field.installEventFilter(self)
        self.pane.edit_requested.connect(self.commands.edit)
        self.pane.bulk_requested.connect(self.commands.bulk_edit)
        self.pane.duplicate_requested.connect(self.commands.duplicate)
        self.pane.delete_requested.connect(self.commands.delete)
        self.pane.close_requested.connect(self.close_pane)
        self._splitter.splitterMoved.connect(self._remember_pane)

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
        self._head.set_subtitle(tr_n("{n} recorded", "{n} recorded", recorded) if recorded else "")
        self._show_counts()

    def _show_counts(self) -> None:
        recorded = self._recorded
        if recorded is None:
            return
        empty = recorded == 0 and not self.table.table_model.rowCount()
        self._stack.setCurrentWidget(self._empty if empty else self._full)
        for control in self._head_controls:
            control.setVisible(not empty)
        model = self.table.table_model
        shown = model.rowCount()
        nothing = shown == 0 and model.complete and bool(self.filters.wanted)
        self._rows.setCurrentWidget(self._no_match if nothing else self.table)
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

    def _read_failed(self, error: BaseException) -> None:
        self.session.bridge.show_error(error)

    # -- the selection and its details

    def _selection_changed(self, *_arguments: object) -> None:
        self._show_counts()
        self._read_totals()
        self._show_selection()
        self.session.actions.refresh_soon()

    def _show_selection(self) -> None:
        count = self.table.selected_count()
        if count == 0:
            self._set_pane_visible(visible=False)
            return
        if not self._pane_wanted:
            return
        if count > 1:
            self.pane.show_several(count, None)
            self._reveal_pane()
            return
        chosen = self.table.selected_ids()
        if chosen:
            self._read_detail(chosen[0])

    def _read_detail(self, id: int) -> None:
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> Purchase | None:
            return purchases.get(ledger, id)

        self.session.bridge.read(read, self._take_detail, key="purchases.detail")

    def _take_detail(self, purchase: Purchase | None) -> None:
        if purchase is None or self.table.selected_count() > 1:
            return
        self.pane.show_purchase(purchase, self.session.ledger.today())
        self._reveal_pane()

    def _reveal_pane(self) -> None:
        """Show the pane unless the user closed it, or it would leave too little of the table."""
        if self._pane_wanted and (self.pane.isVisible() or self.width() >= _ROOM_FOR_PANE):
            self._set_pane_visible(visible=True)

    def _set_pane_visible(self, *, visible: bool) -> None:
        if self.pane.isHidden() != visible:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.pane.isAncestorOf(focused)
        self.pane.setVisible(visible)
        if visible:
            width = self.session.state.get(_PANE_WIDTH)
            wanted = width if isinstance(width, int) else self.pane.sizeHint().width()
            self._splitter.setSizes([max(self._splitter.width() - wanted, 1), wanted])
        elif had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

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
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height() + 2)))

    def _show_context_menu(self, point: QPoint) -> None:
        menu = self.session.actions.context_menu(self, self.commands.context_ids())
        menu.popup(self.table.viewport().mapToGlobal(point))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the table closes the pane; Down in the filter field goes to the table, Esc empties it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            bar = self.table.verticalScrollBar()
            self.footer.keep_clear(bar.sizeHint().width() if bar.isVisible() else 0)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            field = self.filters.bar.field
            if watched is self.table and event.key() == Qt.Key.Key_Escape and self.pane.isVisible():
                if self.table.selected_count() <= 1:
                    self.close_pane()
                    return True
            elif watched is field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_into_table()
                return True
            elif watched is field and event.key() == Qt.Key.Key_Escape and field.text():
                field.clear()
                return True
        return super().eventFilter(watched, event)

    def _go_into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first = self.table.table_model.id_at(0)
        if not self.table.currentIndex().isValid() and first is not None:
            self.table.go_to(first)

    # -- remembering

    def _remember_table(self) -> None:
        self.session.state.put(_TABLE, self.table.saved_state())

    def _remember_pane(self, *_arguments: object) -> None:
        if self.pane.isVisible():
            self.session.state.put(_PANE_WIDTH, self.pane.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the pane where it would leave too little of the table."""
        super().resizeEvent(event)
        if event.oldSize().width() >= _ROOM_FOR_PANE > self.width():
            self._set_pane_visible(visible=False)
        elif event.oldSize().width() < _ROOM_FOR_PANE <= self.width():
            self._show_selection()


def _concerns(change: Change, id: int) -> bool:
    return change.concerns(Area.PURCHASES, id) or Area.NAMES in change.areas


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", "horizontal")
    return line
