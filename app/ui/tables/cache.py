"""The few rows of a long table that are in memory."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.ui.tables.cells import Cell
from app.ui.tables.source import Ids

SHIFT = 7
CHUNK = 1 << SHIFT
"""So many rows are fetched at once."""

_KEPT = 32


@dataclass(slots=True)
class Line:
    """One row in memory and its cells as far as they were needed. `row` is None where the record is gone."""

    row: Any
    cells: list[Cell | None]


class RowCache:
    """Chunks of rows by their place in the table; the least recently used are forgotten.

    When the table is loaded anew its rows are set aside by id and shown until the new ones have come.
    """

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._chunks: OrderedDict[int, list[Line]] = OrderedDict()
        self._aside: dict[int, Line] = {}

    def line(self, row: int, row_id: int) -> Line | None:
        """Return what is in memory for a row, or None."""
        chunk = self._chunks.get(row >> SHIFT)
        if chunk is not None and row & (CHUNK - 1) < len(chunk):
            return chunk[row & (CHUNK - 1)]
        return self._aside.get(row_id)

    def holds(self, number: int, rows: int) -> bool:
        """Tell whether chunk `number` is in memory with all of its `rows`; counts as a use of it."""
        chunk = self._chunks.get(number)
        if chunk is None or len(chunk) < rows:
            return False
        self._chunks.move_to_end(number)
        return True

    def put(self, number: int, lines: list[Line]) -> None:
        """Keep a chunk, and forget the one that was not used for longest."""
        self._chunks[number] = lines
        self._chunks.move_to_end(number)
        while len(self._chunks) > _KEPT:
            self._chunks.popitem(last=False)

    def start_over(self, fresh: Iterable[Any] = ()) -> None:
        """Set all rows aside, because places or contents changed; `fresh` rows replace their old ones."""
        self._aside.clear()
        for chunk in self._chunks.values():
            self._aside.update((line.row.id, line) for line in chunk if line.row is not None)
        self._chunks.clear()
        self.replace(fresh)

    def replace(self, fresh: Iterable[Any]) -> None:
        """Replace what is kept of single rows."""
        lines = {row.id: self.make(row) for row in fresh}
        self._aside.update(lines)
        if lines:
            for chunk in self._chunks.values():
                chunk[:] = [lines.get(line.row.id, line) if line.row is not None else line for line in chunk]

    def forget_texts(self) -> None:
        """Forget how cells read, because the way values are written changed."""
        for lines in (*self._chunks.values(), self._aside.values()):
            for line in lines:
                line.cells = [None] * self._columns

    def lines(self, ids: Ids, rows: Sequence[Any]) -> list[Line]:
        """Return rows in the order of `ids`, with empty lines for those that are gone."""
        found = {row.id: row for row in rows}
        return [self.make(found.get(row_id)) for row_id in ids]

    def make(self, row: Any) -> Line:
        """Return a line for a row."""
        return Line(row, [None] * self._columns)
