"""Runs reads on threads and brings each result back to the window's thread."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Lock
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Readers(QObject):
    """Starts work on an executor; what comes of it arrives on this object's thread by one queued signal.

    One serves all tables of a window. Call `close` before the executor is shut down.
    """

    _finished = Signal(object, object, object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._lock = Lock()
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self, work: Callable[[], T], done: Callable[["Future[T]"], None], owner: QObject | None = None
    ) -> None:
        """Run `work` on a thread, then `done` with the finished future on the window's thread.

        Nothing is done for an owner that is gone by then.
        """
        if not self._closed:
            self.watch(self._executor.submit(work), done, owner)

    def watch(
        self, future: "Future[T]", done: Callable[["Future[T]"], None], owner: QObject | None = None
    ) -> None:
        """Call `done` on the window's thread once a future that somebody else started is finished."""

        def finished(finished_future: "Future[T]") -> None:
            # A signal of an object that is gone must not be sent: `close` and this exclude each other.
            with self._lock:
                if not self._closed:
                    self._finished.emit(done, finished_future, owner)

        future.add_done_callback(finished)

    def close(self) -> None:
        """Drop every result still to come."""
        with self._lock:
            self._closed = True

    def _deliver(
        self, done: Callable[["Future[Any]"], None], future: "Future[Any]", owner: QObject | None
    ) -> None:
        is_gone = owner is not None and not shiboken6.isValid(owner)
        if not self._closed and not is_gone and not future.cancelled():
            done(future)
