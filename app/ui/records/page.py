"""A page around a table of records: its states, the selection and its details, menus and keys."""

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.pages import Page
from app.ui.records.filters import FilterControl
from app.ui.records.frame import RecordsFrame
from app.ui.records.pane import RecordPane
from app.ui.session import Session
from app.ui.tables.source import Ids
from app.ui.tables.view import LedgerTable

_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class Commands(Protocol):
    """What a user can do with the records of a page."""

    def new(self) -> None:
        """Begin a new record."""

    def edit(self) -> None:
        """Open the form of what is selected."""

    def duplicate(self) -> None:
        """Copy what is selected."""

    def delete(self) -> None:
        """Delete what is selected."""

    def context_ids(self) -> list[str]:
        """Return the actions of the table's context menu."""

    def declare(self) -> None:
        """Add the actions of the page to the window's."""


class RecordsPage(Page):
    """What every page of records does the same way. `key` begins the names of what is remembered.

    A subclass makes its parts, hands them to `assemble`, and says with the methods below what its records are.
    """

    table: LedgerTable
    pane: RecordPane
    frame: RecordsFrame
    filters: FilterControl[Any]
    commands: Commands

    def __init__(self, session: Session, key: str) -> None:
        super().__init__(session)
        self._key = key
        self._loaded = False
        self._recorded: int | None = None
        self._wanted_id: int | None = None
        self._may_be_new = False
        self._pane_wanted = session.state.get(f"{key}.pane", True) is not False

    # -- what a subclass says

    def count(self) -> int:
        """Return how many records there are, whatever the filters; called on a reader thread."""
        return 0

    def counted_text(self, recorded: int) -> str:
        """Return how many records there are, in words for the footer."""
        return ""

    def subtitle(self, recorded: int) -> str:
        """Return the grey line beside the title of the page."""
        return ""

    def read_totals(self) -> None:
        """Have the figures of the footer worked out."""

    def read_detail(self, id: int) -> None:
        """Have the details of a record read; `take_detail` shows them."""

    def show_several(self, count: int) -> None:
        """Show in the pane that so many records are selected."""

    def concerns(self, change: Change, id: int) -> bool:
        """Tell whether the details of a record may look different after a change."""
        return False

    def shown_id(self) -> int | None:
        """Return the id of the record that the pane shows."""
        return None

    # -- what the window asks

    def refresh(self, change: Change | None) -> None:
        """Show the data anew."""
        if change is not None and change.areas == {Area.SAVED_FILTERS}:
            return
        if self._loaded:
            self.table.table_model.refresh()
        else:
            self._loaded = True
            self.table.table_model.load()
        self.session.bridge.read(self._count_all, self._take_count, key=f"{self._key}.count")
        self.read_totals()
        shown = self.shown_id()
        if shown is not None and (change is None or self.concerns(change, shown)):
            self.read_detail(shown)

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
        """Whether at least one record is selected."""
        return not self.frame.is_empty and self.table.selected_count() > 0

    def selected(self) -> Ids:
        """Return the ids of the selected records, in the order of the table."""
        return self.table.selected_ids()

    def show_record(self, id: int) -> None:
        """Select a record; where the filters hide it they are cleared."""
        self._wanted_id, self._may_be_new = id, True
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

    def reveal_pane(self) -> None:
        """Show the pane unless the user closed it, or it would leave too little of the table."""
        if self._pane_wanted and (self.pane.isVisible() or self.frame.has_room_for_pane(self.width())):
            self.frame.show_pane(visible=True)

    def _want_pane(self, *, wanted: bool) -> None:
        self._pane_wanted = wanted
        self.session.state.put(f"{self._key}.pane", wanted)

    # -- making it

    def restore_table(self, table: LedgerTable) -> None:
        """Give a new table the columns and order that it was left with."""
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        remembered = self.session.state.get(f"{self._key}.table")
        if isinstance(remembered, dict):
            table.restore(remembered)

    def assemble(self, empty: QWidget, first_thing: QPushButton) -> None:
        """Put the parts together, and let the commands declare their actions."""
        self.footer = self.frame.footer
        self._first_thing = first_thing
        self.frame.set_empty_state(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect_table()
        self._connect_pane()
        self.commands.declare()
        if self.session.ledger.read_only:
            for button in (self.frame.new, first_thing):
                button.setEnabled(False)
            self.pane.forbid_changes()

    def _connect_table(self) -> None:
        model, table = self.table.table_model, self.table
        self.filters.changed.connect(self._filter_changed)
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

    def _connect_pane(self) -> None:
        self.pane.edit_requested.connect(self.commands.edit)
        self.pane.duplicate_requested.connect(self.commands.duplicate)
        self.pane.delete_requested.connect(self.commands.delete)
        self.pane.close_requested.connect(self.close_pane)

    # -- filters and counts

    def _filter_changed(self) -> None:
        self.table.table_model.set_filter(self.filters.wanted)
        self.read_totals()
        self.session.actions.refresh_soon()

    def _count_all(self, _interrupt: Interrupt) -> int:
        return self.count()

    def _take_count(self, recorded: int) -> None:
        self._recorded = recorded
        self.frame.head.set_subtitle(self.subtitle(recorded) if recorded else "")
        self._show_counts()

    def _show_counts(self) -> None:
        model, recorded = self.table.table_model, self._recorded
        if recorded is None:
            return
        shown = model.rowCount()
        nothing = shown == 0 and model.complete and bool(self.filters.wanted)
        self.frame.show_state(empty=recorded == 0 and shown == 0, no_match=nothing)
        if model.complete:
            recorded = max(recorded, shown)
            words = self.counted_text(recorded)
            self.footer.show_counts(shown, recorded, words, self.table.selected_count())

    def _settled(self) -> None:
        self._show_counts()
        self._go_to_wanted()
        if not self.table.selected_count():
            self._show_selection()

    # -- the selection and its details

    def _selection_changed(self, *_arguments: object) -> None:
        self._show_counts()
        self.read_totals()
        self._show_selection()
        self.session.actions.refresh_soon()

    def _show_selection(self) -> None:
        count = self.table.selected_count()
        if count == 0:
            self.frame.show_pane(visible=False)
        elif self._pane_wanted and count > 1:
            self.show_several(count)
            self.reveal_pane()
        elif self._pane_wanted:
            for id in self.table.selected_ids():
                self.read_detail(id)

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
            elif self._may_be_new:
                # It was just saved, and the table has not heard of that yet.
                self._wanted_id, self._may_be_new = id, False

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
        """Esc in the table closes the pane; Down in the filter field goes to the table, Esc empties it.

        An arrow key selects the only row of a table.
        """
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            field, key = self.filters.bar.field, event.key()
            if watched is self.table and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                return self._select_only_row()
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

    def _select_only_row(self) -> bool:
        """Select the one row there is, which no arrow key could go to; tell whether that was so."""
        lonely = self.table.table_model.rowCount() == 1 and not self.table.selected_count()
        if lonely:
            self._go_into_table()
        return lonely

    def _go_into_table(self) -> None:
        model = self.table.table_model
        if not self.table.selected_count() and model.rowCount():
            first = model.index(0, model.column_of("name"))
            self.table.selectionModel().setCurrentIndex(first, _SELECT_ROW)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember_table(self) -> None:
        self.session.state.put(f"{self._key}.table", self.table.saved_state())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the pane where it would leave too little of the table, and show it again where not."""
        super().resizeEvent(event)
        had_room = self.frame.has_room_for_pane(event.oldSize().width())
        has_room = self.frame.has_room_for_pane(self.width())
        if had_room and not has_room:
            self.frame.show_pane(visible=False)
        elif has_room and not had_room:
            self._show_selection()
