"""Loads the vector of row ids behind a table: first rows at once, all later, the latest question only."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject

from app.services.ledger import Interrupt
from app.ui.tables.ids import Span, no_ids, position, spans_of
from app.ui.tables.readers import Readers
from app.ui.tables.source import FirstRows, Ids, TableQuery, TableSource


class Reason(Enum):
    """Why a table is loaded, which decides what becomes of the current row and the scroll position."""

    FILTER = auto()  # other rows are asked for: show their top
    SORT = auto()  # the same rows in another order: stay with the current row
    REFRESH = auto()  # the same question again: nothing may move under the user's hand
    REST = auto()  # what follows on the first rows, which are already shown


@dataclass(frozen=True, slots=True)
class Keep:
    """What is to be found again in the new vector.

    `anchors` are ids with their old rows, the dearest first: the first that still exists stays where it is on
    the screen. `page` is the run of rows on the screen, `revision` the selection that this was taken from.
    """

    current: int | None = None
    current_row: int = 0
    selected: Ids = field(default_factory=no_ids)
    anchors: Sequence[tuple[int, int]] = ()
    page: Span = (0, 0)
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where things are in the new vector: rows, and by how many rows the screen has to move to show the same.

    `current_row` is -1 where the current record is gone. `rows` are the rows now on the screen.
    """

    current_row: int = -1
    spans: Sequence[Span] = ()
    shift: int = 0
    rows: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complete vector, whether it equals the one before, and where things are in it."""

    ids: Ids
    same: bool
    placed: Placed


class Target(Protocol):
    """What is loaded: a table model."""

    @property
    def vector(self) -> Ids:
        """The ids that are shown now; never changed in place."""

    def keep(self, reason: Reason) -> Keep:
        """Return what is to be found again."""

    def revision(self) -> int:
        """Return the number that changes with the selection."""

    def take_first(self, first: FirstRows) -> None:
        """Show the first rows."""

    def take(self, arrival: Arrival, reason: Reason) -> None:
        """Show the whole vector."""

    def load_ended(self, error: BaseException | None) -> None:
        """Learn that nothing is being loaded any more, and what went wrong."""


def place(ids: Ids, keep: Keep, source: TableSource) -> Placed:
    """Find in the new vector what is to be kept, and fetch the rows that will be on the screen."""
    row = -1 if keep.current is None else position(ids, keep.current, keep.current_row)
    shift = 0
    for anchor, old_row in keep.anchors:
        new_row = row if anchor == keep.current else position(ids, anchor, old_row)
        if new_row >= 0:
            shift = new_row - old_row
            break
    first = min(keep.page[0] + shift, len(ids) - (keep.page[1] - keep.page[0]))
    page = ids[max(0, first) : max(0, first) + keep.page[1] - keep.page[0]]
    rows = source.rows(page) if page else ()
    return Placed(row, spans_of(ids, keep.selected), shift, rows)


@dataclass(slots=True, eq=False)
class _Load:
    query: TableQuery
    reason: Reason
    interrupt: Interrupt = field(default_factory=Interrupt)


class Loader:
    """Answers one question at a time: a newer one stops the one before, whose results are dropped.

    While it is held (an editor is open) results wait.
    """

    def __init__(
        self, source: TableSource, readers: Readers, target: Target, first: int, owner: QObject
    ) -> None:
        self._owner = owner
        self._source = source
        self._readers = readers
        self._target = target
        self._first = first
        self._load: _Load | None = None
        self._again = False
        self._holds = 0
        self._waiting: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being loaded."""
        return self._load is not None

    def load(self, query: TableQuery, reason: Reason, *, quick: bool) -> None:
        """Load a question's answer; `quick` shows its first rows before the rest is known."""
        self.stop()
        self._load = load = _Load(query, reason)
        if quick:
            read = partial(self._source.first, query, self._first, load.interrupt)
            self._readers.start(read, partial(self._first_came, load), self._owner)
        else:
            self._read_ids(load)

    def refresh(self, query: TableQuery) -> None:
        """Load again because the data changed; during a load once more after it, so that it ends at all."""
        if self._load is not None:
            self._again = True
        else:
            self.load(query, Reason.REFRESH, quick=False)

    def stop(self) -> None:
        """Give up what is being loaded."""
        if self._load is not None:
            self._load.interrupt.cancel()
        self._load = None
        self._again = False
        self._waiting = None

    def hold(self) -> None:
        """Let results wait until `release`."""
        self._holds += 1

    def release(self) -> None:
        """Deliver what came in the meantime, once for every `hold` this was called."""
        self._holds -= 1
        waiting = self._waiting
        if self._holds == 0 and waiting is not None:
            self._waiting = None
            waiting()

    def _result(self, load: _Load, future: "Future[Any]") -> Any | None:
        if load is not self._load:
            return None
        error = future.exception()
        if error is None:
            return future.result()
        self._end(error)
        return None

    def _when_free(self, action: Callable[[], None]) -> None:
        if self._holds:
            self._waiting = action
        else:
            action()

    def _first_came(self, load: _Load, future: "Future[FirstRows]") -> None:
        first = self._result(load, future)
        if first is not None:
            self._when_free(partial(self._show_first, load, first))

    def _show_first(self, load: _Load, first: FirstRows) -> None:
        self._target.take_first(first)
        load.reason = Reason.REST
        if first.total == len(first.rows):
            self._place(load, self._target.vector, same=True)
        else:
            self._read_ids(load)

    def _read_ids(self, load: _Load) -> None:
        before = self._target.vector

        def read() -> tuple[Ids, bool]:
            ids = self._source.ids(load.query, load.interrupt)
            return ids, ids == before

        self._readers.start(read, partial(self._ids_came, load), self._owner)

    def _ids_came(self, load: _Load, future: "Future[tuple[Ids, bool]]") -> None:
        result = self._result(load, future)
        if result is not None:
            self._place(load, result[0], same=result[1])

    def _place(self, load: _Load, ids: Ids, *, same: bool) -> None:
        keep = self._target.keep(load.reason)
        if same and load.reason is Reason.REFRESH:
            keep = Keep(page=keep.page, revision=keep.revision)  # nothing moves, so nothing has to be found
        work = partial(place, ids, keep, self._source)
        self._readers.start(work, partial(self._placed, load, ids, same, keep.revision), self._owner)

    def _placed(self, load: _Load, ids: Ids, same: bool, revision: int, future: "Future[Placed]") -> None:
        placed = self._result(load, future)
        if placed is not None:
            self._when_free(partial(self._show, load, Arrival(ids, same, placed), revision))

    def _show(self, load: _Load, arrival: Arrival, revision: int) -> None:
        if revision == self._target.revision():
            self._target.take(arrival, load.reason)
            self._end(None)
        else:  # other rows were selected while the earlier ones were looked for
            self._place(load, arrival.ids, same=arrival.same)

    def _end(self, error: BaseException | None) -> None:
        load, self._load = self._load, None
        if self._again and load is not None:
            self._again = False
            self.load(load.query, Reason.REFRESH, quick=False)
        else:
            self._target.load_ended(error)
