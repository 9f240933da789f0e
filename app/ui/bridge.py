"""Where what happens on the core's threads becomes signals on the window's: the only such place."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from app.domain.problems import Refused
from app.services.changes import Change, Command
from app.services.jobs import UNKEPT, Cancelled, Job, JobContext, JobTerms
from app.services.ledger import EnvironmentProblem, Interrupt, Interrupted, Ledger
from app.ui.tables.readers import Readers

T = TypeVar("T")
OnError = Callable[[BaseException], None]

_READER_THREADS = 3
_JOBS_TOLD_EVERY_MS = 100
_NOT_WANTED = (Interrupted, Cancelled, CancelledError)

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Brings changes, jobs and results of one ledger to the window's thread.

    `changed` carries every `Change`, `job_changed` a `Job` at most ten times a second, `failed` the sentence of
    a problem that nobody else deals with. Errors that are bugs go to `report`. Nothing arrives after `close`.
    """

    changed = Signal(object)
    job_changed = Signal(object)
    failed = Signal(str)
    _change_came = Signal(object)
    _job_came = Signal()

    def __init__(self, ledger: Ledger, report: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._ledger = ledger
        self._report = report
        self._executor = ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="reader")
        self.readers = Readers(self._executor, self)
        self._latest: dict[object, Interrupt] = {}
        self._lock = Lock()
        self._closed = False
        self._jobs: dict[int, Job] = {}
        self._told = QElapsedTimer()
        self._tell_later = QTimer(self, singleShot=True)
        self._tell_later.timeout.connect(self._tell_jobs)
        self._change_came.connect(self._tell_change, Qt.ConnectionType.QueuedConnection)
        self._job_came.connect(self._job_arrived, Qt.ConnectionType.QueuedConnection)
        self._endings = [ledger.hub.subscribe(self._on_change), ledger.jobs.subscribe(self._on_job)]

    # -- results

    def call(
        self,
        future: "Future[T]",
        on_done: Callable[[T], object] | None = None,
        on_error: OnError | None = None,
    ) -> None:
        """Call `on_done` with a future's result on the window's thread, or `on_error` with what it raised.

        Without `on_error` a refusal or a problem of the machine is shown to the user, a bug is reported, and
        what was cancelled is forgotten.
        """
        self.readers.watch(future, partial(self._finish, on_done, on_error))

    def read(
        self,
        query: Callable[[Interrupt], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        key: object = None,
    ) -> Interrupt:
        """Run a reading function on a reader thread and hand its result to `on_done` on the window's.

        The function is given an `Interrupt` for its queries; what is returned here is the same one, to cancel
        it. A later read with the same `key` cancels the earlier one, whose result is then dropped.
        """
        interrupt = Interrupt()
        if key is not None:
            earlier = self._latest.get(key)
            if earlier is not None:
                earlier.cancel()
            self._latest[key] = interrupt
        if not self._closed:
            future = self._executor.submit(query, interrupt)
            self.readers.watch(future, partial(self._read_finished, key, interrupt, on_done, on_error))
        return interrupt

    def run_command(
        self,
        command: Command,
        then: Callable[[Change], object] | None = None,
        on_error: OnError | None = None,
    ) -> None:
        """Submit a command; `then` is called with its change once it is on the disk, as `call` says."""
        if not self._closed:
            self.call(self._ledger.submit(command), then, on_error)

    def undo(self) -> None:
        """Take back the last change."""
        if not self._closed:
            self.call(self._ledger.undo())

    def redo(self) -> None:
        """Do the last undone change again."""
        if not self._closed:
            self.call(self._ledger.redo())

    def start_job(
        self,
        name: str,
        run: Callable[[JobContext], T],
        then: Callable[[T], object] | None = None,
        on_error: OnError | None = None,
        terms: JobTerms = UNKEPT,
    ) -> Job:
        """Start a job; the status bar shows it after a while. `then` gets its result, as `call` says.

        The history keeps it where the `terms` are those of a kind; see `app.services.job_kinds`.
        """
        job = self._ledger.jobs.start(name, run, terms)
        self.call(job.future, then, on_error)
        return job

    def show_error(self, error: BaseException) -> None:
        """Deal with an error as `call` does without `on_error`."""
        if isinstance(error, _NOT_WANTED):
            return
        if isinstance(error, Refused | EnvironmentProblem):
            self.failed.emit(str(error))
        else:
            self._report(error)

    def close(self) -> None:
        """Drop everything still to come, and wait for reader threads."""
        for end in self._endings:
            end()
        with self._lock:
            self._closed = True
        self._tell_later.stop()
        for interrupt in self._latest.values():
            interrupt.cancel()
        self.readers.close()
        self._executor.shutdown(wait=True, cancel_futures=True)

    # -- inside

    def _finish(
        self, on_done: Callable[[T], object] | None, on_error: OnError | None, future: "Future[T]"
    ) -> None:
        error = future.exception()
        if error is None:
            if on_done is not None:
                on_done(future.result())
        elif on_error is not None:
            on_error(error)
        else:
            self.show_error(error)

    def _read_finished(
        self,
        key: object,
        interrupt: Interrupt,
        on_done: Callable[[Any], object],
        on_error: OnError | None,
        future: "Future[Any]",
    ) -> None:
        if key is not None and self._latest.get(key) is interrupt:
            del self._latest[key]
        if not interrupt.cancelled:
            self._finish(on_done, on_error, future)

    def _on_change(self, change: Change) -> None:
        """Called on the writer's thread."""
        self._from_elsewhere(lambda: self._change_came.emit(change))

    def _on_job(self, job: Job) -> None:
        """Called on the threads of jobs."""
        with self._lock:
            waiting = bool(self._jobs)
            self._jobs[job.id] = job
        if not waiting:
            self._from_elsewhere(self._job_came.emit)

    def _from_elsewhere(self, emit: Callable[[], None]) -> None:
        # A signal of an object that is gone must not be sent: `close` and this exclude each other.
        with self._lock:
            if not self._closed:
                emit()

    def _tell_change(self, change: Change) -> None:
        if not self._closed:
            self.changed.emit(change)

    def _job_arrived(self) -> None:
        if self._closed or self._tell_later.isActive():
            return
        elapsed = self._told.elapsed() if self._told.isValid() else _JOBS_TOLD_EVERY_MS
        if elapsed >= _JOBS_TOLD_EVERY_MS:
            self._tell_jobs()
        else:
            self._tell_later.start(_JOBS_TOLD_EVERY_MS - elapsed)

    def _tell_jobs(self) -> None:
        with self._lock:
            jobs, self._jobs = self._jobs, {}
        self._told.start()
        for job in jobs.values():
            self.job_changed.emit(job)
