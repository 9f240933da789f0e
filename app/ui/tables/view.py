"""The table of a ledger page: any number of rows, the keyboard for everything, columns to one's liking."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QTableView, QWidget

from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.tables.base import RowTable
from app.ui.tables.copying import MOST_ROWS, Copier
from app.ui.tables.ids import Span
from app.ui.tables.model import Index, LazyTableModel
from app.ui.tables.selection import RowSelection
from app.ui.tables.source import Ids

_Hint = QAbstractItemDelegate.EndEditHint
_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class LedgerTable(RowTable):
    """Shows a `LazyTableModel`.

    `opened` carries the id of a record to open, `current_changed` the id of the current one or None, `said` a
    sentence for the status bar. `columns_changed` tells that `saved_state` is worth saving.
    """

    opened = Signal(object)
    delete_requested = Signal()
    current_changed = Signal(object)
    selection_changed = Signal()

    def __init__(
        self, model: LazyTableModel, name: str, parent: QWidget | None = None, *, dense: bool = False
    ) -> None:
        """Show a model; `name` is what a screen reader calls the table, `dense` is for tables in dashboards."""
        super().__init__(model, parent, dense=dense)
        self.setAccessibleName(name)
        self._waiting: list[Callable[[], None]] = []
        self._chosen = RowSelection(self)
        self._copier = Copier(model)
        self.show_model()
        model.set_keeper(self._chosen)
        model.settled.connect(self._settled)
        self.doubleClicked.connect(self._open)

    # -- selection

    def selected_ids(self) -> Ids:
        """Return the ids of the selected rows in the order of the table."""
        return self._chosen.ids()

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return self._chosen.count()

    def current_id(self) -> int | None:
        """Return the id of the current row, or None."""
        return self._chosen.current_id()

    def selected_spans(self) -> Sequence[Span]:
        """Return the selected runs of rows, in order."""
        return self._chosen.spans()

    def go_to(self, row_id: int) -> None:
        """Select a record and scroll to it, once what is being loaded is there; does nothing if it is not."""
        self._when(not self.table_model.busy, lambda: self.table_model.find(row_id, self._select_row))

    def _select_row(self, row: int) -> None:
        if row >= 0:
            shown = self._columns.shown()
            logical = self.currentIndex().column() if self.currentIndex().isValid() else shown[0]
            index = self.table_model.index(row, logical)
            self.selectionModel().setCurrentIndex(index, _SELECT_ROW)
            self.scrollTo(index)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Learn that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self._chosen.changed()

    def currentChanged(self, index: Index, previous: Index) -> None:
        """Learn that another row or cell is current."""
        super().currentChanged(index, previous)
        self._chosen.changed()

    # -- copying, opening, editing

    def copy(self, *, heading: bool = False) -> None:
        """Put the selected rows on the clipboard as tab-separated text, with the column titles if asked for."""
        self._when(self.table_model.complete, lambda: self._copy(heading))

    def _copy(self, heading: bool) -> None:
        count = self.selected_count()
        if count > MOST_ROWS:
            text = tr("{count} rows are too many for the clipboard. Copy at most {most}, or export them.")
            self.said.emit(text.format(count=formats.count(count), most=formats.count(MOST_ROWS)))
        elif count:
            self._copier.copy(self.selected_ids(), self.shown_columns(), heading=heading, then=self._copied)

    def _copied(self, future: "Future[tuple[str, int]]") -> None:
        error = future.exception()
        if error is not None:
            self.table_model.report(error)
            return
        text, count = future.result()
        QGuiApplication.clipboard().setText(text)
        self.said.emit(tr_n("{n} row copied", "{n} rows copied", count))

    def edit_current(self) -> None:
        """Open an editor over the current cell, or over the first cell of the row that can be edited."""
        index = self.currentIndex()
        if index.isValid():
            places = [index.column(), *self._columns.shown()]
            self._edit_first([(index.row(), logical) for logical in places])

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor unless what is in it is not saved yet; Tab goes on to the next cell to edit."""
        if hint != _Hint.RevertModelCache and self.cells.keeps_open(editor):
            return
        step = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint, 0)
        super().closeEditor(editor, _Hint.NoHint if step else hint)
        index = self.currentIndex()
        if step and index.isValid():
            shown, row = self._columns.shown(), index.row()
            here = [(row, logical) for logical in shown]
            at = here.index((row, index.column()))
            beyond = [(row + step, logical) for logical in shown]
            self._edit_first(here[at + 1 :] + beyond if step > 0 else here[:at][::-1] + beyond[::-1])

    def _edit_first(self, places: list[tuple[int, int]]) -> None:
        for row, logical in places:
            if 0 <= row < self.table_model.rowCount() and self.table_model.editable(row, logical):
                index = self.table_model.index(row, logical)
                self.selectionModel().setCurrentIndex(index, _SELECT_ROW)
                self.edit(index)
                return

    def _open(self, index: QModelIndex) -> None:
        row_id = self.table_model.id_at(index.row())
        if row_id is not None:
            self.opened.emit(row_id)

    def _when(self, ready: bool, action: Callable[[], None]) -> None:
        """Do something now, or once the rows are all known."""
        if ready:
            action()
        else:
            self._waiting.append(action)

    def _settled(self) -> None:
        self._chosen.announce()
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, delete, copy, edit; everything else is as in any table, except that letters do nothing."""
        if not self._command_key(event):
            self._by_keyboard = True
            super().keyPressEvent(event)

    def _command_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        commands: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: lambda: self._open(self.currentIndex()),
            Qt.Key.Key_Enter: lambda: self._open(self.currentIndex()),
            Qt.Key.Key_Delete: self._request_delete,
            Qt.Key.Key_F2: self.edit_current,
        }
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if plain and key in commands:
            commands[key]()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_C and modifiers == both:
            self.copy(heading=True)
        elif plain and key == Qt.Key.Key_Escape and self.selected_count() > 1:
            self._select_row(self.currentIndex().row())
        elif plain and key == Qt.Key.Key_Escape:
            event.ignore()  # for the page, which may close its pane
        elif _is_typing(event):
            event.ignore()  # for the page, which may begin to filter
        else:
            return False
        return True

    def _request_delete(self) -> None:
        if self.selected_count():
            self._when(self.table_model.complete, self.delete_requested.emit)

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and last row; there are no cells to go through."""
        ends = {
            QTableView.CursorAction.MoveHome: 0,
            QTableView.CursorAction.MoveEnd: self.table_model.rowCount() - 1,
        }
        if action in ends:
            return self.table_model.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking for a text from row to row would stop the window; that is what filters are for."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is when it came here by a key."""
        self._by_keyboard = event.reason() in _BY_KEY
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select with the mouse, without the ring that shows the keyboard's place."""
        self._by_keyboard = False
        super().mousePressEvent(event)


def _is_typing(event: QKeyEvent) -> bool:
    """Whether a key writes something; a space selects the current row instead."""
    writes = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    return not event.modifiers() & ~writes and bool(text.strip()) and text.isprintable()
