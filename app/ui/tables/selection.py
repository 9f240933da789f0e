"""The selection of a table of any length: as runs of rows, and found again by id after every load."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange

from app.ui import formats
from app.ui.i18n import tr
from app.ui.tables.ids import Span, joined, no_ids, spans_of, taken
from app.ui.tables.loading import Keep, Placed, Reason
from app.ui.tables.source import Ids

if TYPE_CHECKING:
    from app.ui.tables.view import LedgerTable

_Flag = QItemSelectionModel.SelectionFlag
_REPLACE = _Flag.ClearAndSelect | _Flag.Rows

# Qt compares all runs with each other at every click that adds one.
_MOST_SPANS = 10_000
# So few are looked for on the window's own thread, among the first rows of an answer.
_FEW = 1000
_ANCHORS = 8


class RowSelection:
    """Which rows of a view are selected, and which one is current; the `Keeper` of its model.

    Nothing here goes through the selected rows one by one, except to hand over their ids.
    """

    def __init__(self, table: "LedgerTable") -> None:
        self._table = table
        self._model = table.table_model
        self._spans: list[Span] | None = None
        self._revision = 0
        self._pending: Keep | None = None
        self._restoring = False
        self._kept = Keep()
        self._column = 0
        self._told: tuple[int | None, int] = (None, 0)

    # -- what is selected

    def spans(self) -> list[Span]:
        """Return the selected runs of rows, in order."""
        if self._spans is None:
            chosen = self._table.selectionModel().selection()
            parts = (chosen.at(at) for at in range(chosen.count()))
            self._spans = joined((part.top(), part.bottom() + 1) for part in parts)
        return self._spans

    def count(self) -> int:
        """Return how many rows are selected."""
        return sum(stop - start for start, stop in self.spans())

    def ids(self) -> Ids:
        """Return the ids of the selected rows, in the order of the table."""
        return taken(self._model.vector, self.spans())

    def current_id(self) -> int | None:
        """Return the id of the current row, or None."""
        return self._model.id_at(self._table.currentIndex().row())

    def changed(self) -> None:
        """Learn that the selection or the current row changed."""
        self._spans = None
        if not self._restoring:
            self._revision += 1
            self._pending = None
            self.announce()

    def announce(self) -> None:
        """Tell others about the current row and the selection, as far as they changed since they were told."""
        current, revision = self.current_id(), self._revision
        before, self._told = self._told, (current, revision)
        if current != before[0]:
            self._table.current_changed.emit(current)
        if revision != before[1]:
            self._table.selection_changed.emit()

    # -- the keeper

    def at_top(self) -> bool:
        """Tell whether the table is scrolled to its top."""
        return self._table.verticalScrollBar().value() == 0

    def revision(self) -> int:
        """Return the number that changes with the selection."""
        return self._revision

    def keep(self, reason: Reason) -> Keep:
        """Return what is to be found again after a load."""
        first, last = self._table.visible_rows()
        kept = self._pending
        if kept is None:
            index, spans, vector = self._table.currentIndex(), self.spans(), self._model.vector
            self._column = max(0, index.column())
            everything = spans == [(0, len(vector))]
            kept = Keep(
                current=self._model.id_at(index.row()),
                current_row=max(0, index.row()),
                selected=vector if everything else taken(vector, spans),
            )
        self._kept = kept
        anchors = self._anchors(reason, first, last, kept)
        return replace(kept, anchors=anchors, page=(first, last + 1), revision=self._revision)

    def take_first(self, keep: Keep) -> None:
        """Show the top, and find what is among the first rows; the rest is found with the whole vector."""
        selected = keep.selected if len(keep.selected) <= _FEW else no_ids()
        ids = self._model.vector
        row = ids.index(keep.current) if keep.current is not None and keep.current in ids else -1
        self._put(spans_of(ids, selected), row)
        self._table.verticalScrollBar().setValue(0)
        self._pending = keep if keep.current is not None or keep.selected else None

    def restore(self, placed: Placed, reason: Reason, *, was_reset: bool) -> None:
        """Put selection, current row and scroll position where they belong in the new vector."""
        bar = self._table.verticalScrollBar()
        value = bar.value()
        if was_reset or self._pending is not None:
            row = placed.current_row
            if row < 0 and reason is Reason.REFRESH and self._kept.current is not None:
                row = min(self._kept.current_row, self._model.rowCount() - 1)
            self._put(self._few_enough(placed.spans), row)
            self._pending = None
        if was_reset and reason is not Reason.FILTER:
            bar.setValue(value + placed.shift * self._table.row_height)

    def _few_enough(self, spans: Sequence[Span]) -> Sequence[Span]:
        if len(spans) <= _MOST_SPANS:
            return spans
        count = formats.count(sum(stop - start for start, stop in spans))
        text = tr("{count} selected rows are too scattered now to stay selected.")
        self._table.said.emit(text.format(count=count))
        return ()

    def _anchors(self, reason: Reason, first: int, last: int, kept: Keep) -> list[tuple[int, int]]:
        """What stays where it is on the screen: the current row if it can be seen, else the topmost left.

        At the top nothing is held on to, so that a new first row is seen.
        """
        if reason not in (Reason.SORT, Reason.REFRESH) or self.at_top():
            return []
        anchors = []
        if kept.current is not None and first <= kept.current_row <= last:
            anchors.append((kept.current, kept.current_row))
        if reason is Reason.REFRESH:
            vector = self._model.vector
            rows = range(first, min(last + 1, first + _ANCHORS, len(vector)))
            anchors += [(vector[row], row) for row in rows]
        return anchors

    def _put(self, spans: Iterable[Span], row: int) -> None:
        """Select runs of rows and make a row current, without scrolling to it."""
        table, model = self._table, self._model
        self._restoring = True
        table.setAutoScroll(False)
        chosen = QItemSelection()
        right = model.columnCount() - 1
        for start, stop in spans:
            chosen.append(QItemSelectionRange(model.index(start, 0), model.index(stop - 1, right)))
        table.selectionModel().select(chosen, _REPLACE)
        table.selectionModel().setCurrentIndex(model.index(row, self._column), _Flag.NoUpdate)
        table.settle_layout()
        table.setAutoScroll(True)
        self._restoring = False
        self._spans = None
        self._revision += 1
