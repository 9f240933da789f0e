"""Runs what takes time around a restore, apart from any ledger: it outlives the one that is replaced."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.services.jobs import Job, JobContext, JobRunner
from app.ui.tables.readers import Readers

T = TypeVar("T")
OnError = Callable[[BaseException], object]


class Work(QObject):
    """Starts jobs and brings their progress and results to the window's thread. Nothing arrives after `close`."""

    job_changed = Signal(object)
    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = JobRunner(2)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="restore")
        self._results = Readers(self._executor, self)
        self._came.connect(self.job_changed, Qt.ConnectionType.QueuedConnection)
        self._end = self._runner.subscribe(self._came.emit)

    def start(
        self, name: str, run: Callable[[JobContext], T], then: Callable[[T], object], on_error: OnError
    ) -> Job:
        """Start a job; `then` gets its result, `on_error` what it raised, `Cancelled` included."""
        job = self._runner.start(name, run)
        self.watch(job.future, then, on_error)
        return job

    def read(self, query: Callable[[], T], then: Callable[[T], object], on_error: OnError) -> None:
        """Run something short on a thread."""
        self._results.start(query, lambda future: _tell(future, then, on_error))

    def watch(self, future: "Future[T]", then: Callable[[T], object], on_error: OnError) -> None:
        """Bring the result of what somebody else does to the window's thread."""
        self._results.watch(future, lambda done: _tell(done, then, on_error))

    def close(self) -> None:
        """Cancel what runs, wait for it, and tell nobody."""
        self._end()
        self._results.close()
        self._runner.close()
        self._executor.shutdown(wait=True, cancel_futures=True)


def _tell(future: "Future[Any]", then: Callable[[Any], object], on_error: OnError) -> None:
    error = future.exception()
    if error is None:
        then(future.result())
    else:
        on_error(error)
