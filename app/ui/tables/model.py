"""A table model over any number of records: an ordered vector of ids, and the few rows that are looked at."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.columns import Column
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr
from app.ui.tables.cache import CHUNK, Line, RowCache
from app.ui.tables.cells import FAILED, GONE, LOADING, Cell, make_cell, spoken
from app.ui.tables.fetching import Fetcher
from app.ui.tables.ids import no_ids, position
from app.ui.tables.loading import Arrival, Keep, Loader, Placed, Reason
from app.ui.tables.readers import Readers
from app.ui.tables.source import CellEditing, FirstRows, Ids, TableQuery, TableSource

Index = QModelIndex | QPersistentModelIndex

VALUE_ROLE = Qt.ItemDataRole.UserRole
"""The value behind a cell: `Money`, `date`, text."""
ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""The id of the row's record."""

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_SELECTABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _SELECTABLE | Qt.ItemFlag.ItemIsEditable
_NO_PARENT = QModelIndex()

_log = logging.getLogger(__name__)


class Keeper(Protocol):
    """What has a selection and a scroll position that a new vector must not lose: the view."""

    def at_top(self) -> bool:
        """Tell whether the table is scrolled to its top."""

    def keep(self, reason: Reason) -> Keep:
        """Return what is to be found again."""

    def revision(self) -> int:
        """Return the number that changes with the selection."""

    def take_first(self, keep: Keep) -> None:
        """Look after selection and scroll position once the first rows are there; the rest is to come."""

    def restore(self, placed: Placed, reason: Reason, *, was_reset: bool) -> None:
        """Put selection and scroll position where they belong in the new vector."""


class LazyTableModel(QAbstractTableModel):
    """Shows what a source finds, at any length, without ever waiting for it.

    Nothing is read before `load`. `counted` tells that the number of rows changed, `settled` that nothing is
    being loaded any more, `failed` hands over what a read raised; a failure leaves what was shown before.
    """

    counted = Signal()
    settled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        source: TableSource,
        readers: Readers,
        *,
        query: TableQuery | None = None,
        editing: CellEditing | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.source = source
        self.editing = editing
        self.readers = readers
        self._query = query or TableQuery()
        self._ids = no_ids()
        self._count = 0
        self._complete = False
        self._keeper: Keeper | None = None
        self._told: set[tuple[str, type[Exception]]] = set()
        self._cache = RowCache(len(self.columns))
        self._fetcher = Fetcher(source, readers, self._cache, self._rows_came, self.report, self)
        self._loader = Loader(source, readers, self, CHUNK, self)

    # -- what is shown

    @property
    def query(self) -> TableQuery:
        """Which rows are shown, or will be as soon as they are found."""
        return self._query

    @property
    def vector(self) -> Ids:
        """The ids of the rows in order, only the first until the model is `complete`. Not to be changed."""
        return self._ids

    @property
    def complete(self) -> bool:
        """Whether the ids of all rows are known."""
        return self._complete

    @property
    def busy(self) -> bool:
        """Whether rows are being looked for."""
        return self._loader.busy

    def load(self) -> None:
        """Look for the rows of the query for the first time, or from scratch."""
        self._loader.load(self._query, Reason.FILTER, quick=True)

    def set_filter(self, wanted: Any) -> None:
        """Show the rows that another filter lets through."""
        if wanted != self._query.filter:
            self._query = replace(self._query, filter=wanted)
            self.load()

    def set_sort(self, key: str, descending: bool) -> None:
        """Order the rows by a column."""
        query = replace(self._query, sort=key, descending=descending)
        if query != self._query:
            self._query = query
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            if self._complete or self.busy:
                quick = not self._complete or self._keeper is None or self._keeper.at_top()
                self._loader.load(query, Reason.SORT, quick=quick)

    def refresh(self) -> None:
        """Look for the rows again, because records were added, changed or removed."""
        self._loader.refresh(self._query)

    def set_keeper(self, keeper: Keeper) -> None:
        """Let the view keep its selection and scroll position over loads."""
        self._keeper = keeper

    def show_window(self, first: int, last: int) -> None:
        """Learn which rows are on the screen, so that these are fetched first."""
        self._fetcher.show(first, min(last, self._count - 1))

    def hold(self) -> None:
        """Change nothing until `release`: an editor is open."""
        self._loader.hold()

    def release(self) -> None:
        """Show what was found in the meantime."""
        self._loader.release()

    def forget_texts(self) -> None:
        """Write all values anew: the language or the way to write numbers changed."""
        self._cache.forget_texts()
        self._redraw()

    def close(self) -> None:
        """Stop every read; nothing is shown any more after this."""
        self._loader.stop()
        self._fetcher.stop()

    def id_at(self, row: int) -> int | None:
        """Return the id of the record in a row, None while it is not known."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_at(self, row: int) -> Any | None:
        """Return the record in a row if it is in memory."""
        line = self._line(row)
        return line.row if line is not None else None

    def column_of(self, key: str) -> int:
        """Return the position of a column by its key, -1 for an unknown one."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    def find(self, row_id: int, then: Callable[[int], None]) -> None:
        """Look for a record among the rows and hand its row to `then`, -1 if it is not there."""
        ids = self._ids

        def found(future: "Future[int]") -> None:
            if self._ids is ids:
                then(future.result())
            else:
                self.find(row_id, then)

        self.readers.start(lambda: position(ids, row_id), found, self)

    def reload_row(self, row_id: int, then: Callable[[], None]) -> None:
        """Fetch one row again, then call `then`."""

        def came(future: "Future[Sequence[Any]]") -> None:
            error = future.exception()
            if error is None:
                self._cache.replace(future.result())
                self._redraw()
            else:
                self.report(error)
            then()

        self.readers.start(lambda: self.source.rows([row_id]), came, self)

    # -- what Qt asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many columns there are, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows; one whose row is not in memory is loading and comes later."""
        line = self._line(row)
        if line is None:
            if self._fetcher.broken:
                return FAILED
            self._fetcher.ask(row)
            return LOADING
        cell = line.cells[column]
        if cell is None:
            cell = line.cells[column] = self._make(line.row, self.columns[column])
        return cell

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, value, alignment or spoken text of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.cell(index.row(), index.column()))
        if role == VALUE_ROLE:
            return self.cell(index.row(), index.column()).value
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[self.columns[index.column()].align]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column; a screen reader also hears the order."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column.align]
        if role == Qt.ItemDataRole.AccessibleTextRole and column.key == self._query.sort:
            down = self._query.descending
            text = tr("{column}, sorted, descending") if down else tr("{column}, sorted, ascending")
            return text.format(column=tr(column.title))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected and edited."""
        can_edit = index.isValid() and self.editable(index.row(), index.column())
        return _EDITABLE if can_edit else _SELECTABLE

    def editable(self, row: int, column: int) -> bool:
        """Tell whether a cell can be edited in place."""
        return self.editing is not None and self.columns[column].editable and self.row_at(row) is not None

    # -- what the loader hands over

    def keep(self, reason: Reason) -> Keep:
        """Return what is to be found again in a new vector."""
        return self._keeper.keep(reason) if self._keeper is not None else Keep()

    def revision(self) -> int:
        """Return the number that changes with the selection."""
        return self._keeper.revision() if self._keeper is not None else 0

    def take_first(self, first: FirstRows) -> None:
        """Show the first rows of a new answer; the others are still bars."""
        keep = self.keep(Reason.FILTER)
        ids = no_ids()
        ids.extend(row.id for row in first.rows)
        self.beginResetModel()
        self._ids = ids
        self._count = len(ids) if first.total is None else first.total
        self._complete = False
        self._cache.start_over()
        self._cache.put(0, self._cache.lines(ids, first.rows))
        self._fetcher.start_over(ids)
        self.endResetModel()
        if self._keeper is not None:
            self._keeper.take_first(keep)
        self.counted.emit()

    def take(self, arrival: Arrival, reason: Reason) -> None:
        """Show a complete vector, disturbing as little as possible of what is on the screen."""
        ids, known, count = arrival.ids, len(self._ids), self._count
        is_rest = reason is Reason.REST and ids[:known] == self._ids
        was_reset = False
        if is_rest and len(ids) >= count:
            self._append(ids)
        elif self._complete and arrival.same:
            self._start_over(arrival)
        else:
            was_reset = True
            self.beginResetModel()
            self._count = len(ids)
            self._start_over(arrival)
            self.endResetModel()
        self._complete = True
        if self._keeper is not None:
            self._keeper.restore(arrival.placed, reason, was_reset=was_reset)
        self._redraw()
        if count != self._count:
            self.counted.emit()

    def load_ended(self, error: BaseException | None) -> None:
        """Tell that nothing is being loaded any more."""
        if error is not None:
            self.report(error)
        self.settled.emit()

    def _append(self, ids: Ids) -> None:
        """Take over the rest of a vector whose beginning is already shown."""
        if len(ids) > self._count:
            self.beginInsertRows(QModelIndex(), self._count, len(ids) - 1)
            self._ids, self._count = ids, len(ids)
            self.endInsertRows()
        self._ids = ids
        self._fetcher.extend(ids)

    def _start_over(self, arrival: Arrival) -> None:
        self._ids = arrival.ids
        self._cache.start_over(arrival.placed.rows)
        self._fetcher.start_over(arrival.ids)

    def _line(self, row: int) -> Line | None:
        return self._cache.line(row, self._ids[row]) if 0 <= row < len(self._ids) else None

    def _make(self, row: Any, column: Column) -> Cell:
        if row is None:
            return GONE
        try:
            return make_cell(column, self.source.value(row, column.key))
        except Exception as error:  # noqa: BLE001 - one bad value must not stop the painting; it is logged and marked
            if (column.key, type(error)) not in self._told:
                self._told.add((column.key, type(error)))
                _log.exception("The column %s of row %s cannot be shown.", column.key, row.id)
            return FAILED

    def _rows_came(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _redraw(self) -> None:
        if self._count:
            self._rows_came(0, self._count - 1)

    def report(self, error: BaseException) -> None:
        """Log an error and tell whoever listens to `failed`."""
        level = logging.WARNING if isinstance(error, EnvironmentProblem) else logging.ERROR
        _log.log(level, "A table could not be filled.", exc_info=error)
        self.failed.emit(error)
        self._redraw()
