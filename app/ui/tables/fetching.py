"""Fetches the rows that a table shows, and the next ones in the direction it is scrolled."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.ui.tables.cache import CHUNK, SHIFT, RowCache
from app.ui.tables.ids import no_ids
from app.ui.tables.readers import Readers
from app.ui.tables.source import Ids, TableSource

_AT_ONCE = 2
_ASKED = 4


class Fetcher:
    """Brings chunks of rows into the cache, those on the screen first.

    What was asked for and scrolled away before its turn came is not fetched. `arrived(first, last)` tells
    which rows are there now. After a failure nothing more is fetched until `start_over`.
    """

    def __init__(
        self,
        source: TableSource,
        readers: Readers,
        cache: RowCache,
        arrived: Callable[[int, int], None],
        failed: Callable[[BaseException], None],
        owner: QObject,
    ) -> None:
        self._owner = owner
        self._source = source
        self._readers = readers
        self._cache = cache
        self._arrived = arrived
        self._failed = failed
        self._ids: Ids = no_ids()
        self._epoch = 0
        self._window = (0, -1)
        self._step = 1
        self._asked: deque[int] = deque(maxlen=_ASKED)
        self._coming: set[int] = set()
        self._broken = False
        self._timer = QTimer(owner, singleShot=True, interval=0)
        self._timer.timeout.connect(self._pump)

    @property
    def broken(self) -> bool:
        """Whether fetching failed, so that rows not in memory will not come."""
        return self._broken

    def start_over(self, ids: Ids) -> None:
        """Fetch from this vector from now on; rows on their way are dropped."""
        self._ids = ids
        self._epoch += 1
        self._coming.clear()
        self._asked.clear()
        self._broken = False
        self._timer.start()

    def extend(self, ids: Ids) -> None:
        """Learn the rest of a vector whose beginning stays as it is."""
        self._ids = ids
        self._timer.start()

    def show(self, first: int, last: int) -> None:
        """Learn which rows are on the screen."""
        window = (first >> SHIFT, last >> SHIFT)
        if window != self._window:
            self._step = -1 if window[0] < self._window[0] else 1
            self._window = window
        self._pump()

    def ask(self, row: int) -> None:
        """Fetch a row that somebody looked at and that is not in memory, soon."""
        number = row >> SHIFT
        if number not in self._coming and number not in self._asked:
            self._asked.append(number)
            self._timer.start()

    def stop(self) -> None:
        """Fetch nothing more."""
        self._timer.stop()
        self._epoch += 1
        self._broken = True

    def _pump(self) -> None:
        for number in self._wanted():
            if len(self._coming) >= _AT_ONCE or self._broken:
                return
            rows = min(CHUNK, len(self._ids) - (number << SHIFT))
            if number < 0 or rows <= 0 or number in self._coming or self._cache.holds(number, rows):
                continue
            self._fetch(number)

    def _wanted(self) -> Iterator[int]:
        first, last = self._window
        yield from range(first, last + 1)
        while self._asked:
            yield self._asked.popleft()
        yield last + 1 if self._step > 0 else first - 1

    def _fetch(self, number: int) -> None:
        self._coming.add(number)
        ids = self._ids[number << SHIFT : (number + 1) << SHIFT]
        came = partial(self._came, self._epoch, number, ids)
        self._readers.start(lambda: self._source.rows(ids), came, self._owner)

    def _came(self, epoch: int, number: int, ids: Ids, future: "Future[Sequence[Any]]") -> None:
        if epoch != self._epoch:
            return
        self._coming.discard(number)
        error = future.exception()
        if error is not None:
            self._broken = True
            self._failed(error)
            return
        self._cache.put(number, self._cache.lines(ids, future.result()))
        self._arrived(number << SHIFT, (number << SHIFT) + len(ids) - 1)
        self._pump()
