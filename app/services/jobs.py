"""Work that takes time: one runner with progress and cancel, no Qt in it."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any

from app.domain.problems import Refused
from app.storage.database import Interrupt
from app.storage.errors import EnvironmentProblem, Interrupted

_log = logging.getLogger(__name__)

TOLD_EVERY_SECONDS = 0.1
"""Progress is told at most this often."""

FIRST_PAUSE_SECONDS = 2.0
"""How long a job waits before it is tried again; every further time twice as long as the time before."""


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self in (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobTerms:
    """What holds for a kind of job.

    The history keeps jobs with a `kind` only: what a page does by the way is none. A job that fails because of the
    machine is tried `retries` times more, with growing pauses, and stopped after `seconds`, if that is given.
    """

    kind: str = ""
    retries: int = 0
    seconds: float | None = None


UNKEPT = JobTerms()
"""What holds for what a page does by the way."""


class Cancelled(Exception):
    """The job was cancelled; what it had begun is rolled back."""


class JobContext:
    """What a running job is given: it tells its progress, and asks now and then whether to go on.

    `total` of None stands for a length that is not known. `interrupt` may be handed to a query, so that a
    cancel reaches into it.
    """

    def __init__(self, told: Callable[["JobContext"], None] | None = None) -> None:
        self.interrupt = Interrupt()
        self.done = 0
        self.total: int | None = None
        self.text = ""
        self.started_at = time.monotonic()
        self.expired = False
        self._stopped = threading.Event()
        self._told = told
        self._last_told = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self.interrupt.cancelled

    def cancel(self) -> None:
        """Ask the job to stop at the next opportunity."""
        self.interrupt.cancel()
        self._stopped.set()

    def expire(self) -> None:
        """Stop the job because its time is over, unless it was asked to stop before."""
        self.expired = not self.cancelled
        self.cancel()

    def pause(self, seconds: float) -> None:
        """Wait, and raise `Cancelled` as soon as the job is asked to stop meanwhile."""
        self._stopped.wait(seconds)
        self.check()

    def check(self) -> None:
        """Raise `Cancelled` when the job was asked to stop."""
        if self.interrupt.cancelled:
            raise Cancelled

    def progress(self, done: int, total: int | None, text: str = "") -> None:
        """Tell how far the job is, and stop it when it was cancelled. Cheap enough for a call every 100 rows."""
        self.check()
        self.done, self.total = done, total
        self.text = text or self.text
        now = time.monotonic()
        if self._told is not None and now - self._last_told >= TOLD_EVERY_SECONDS:
            self._last_told = now
            self._told(self)

    def seconds_left(self) -> float | None:
        """Return about how many seconds the rest takes at the present rate, or None while nobody can say."""
        elapsed = time.monotonic() - self.started_at
        if not self.total or self.done <= 0 or elapsed < 1:
            return None
        return elapsed * (self.total - self.done) / self.done


@dataclass
class Job:
    """One piece of work and how it stands. `error` is a sentence for the user; `result` what the work returned.

    `attempt` counts from 1.
    """

    id: int
    name: str
    context: JobContext
    terms: JobTerms = UNKEPT
    attempt: int = 1
    state: JobState = JobState.PENDING
    result: Any = None
    error: str = ""
    future: "Future[Any]" = field(default_factory=Future)
    seconds: float = 0.0
    """How long it took, once it has ended."""

    def cancel(self) -> None:
        """Ask the job to stop; it ends as CANCELLED within a second, with nothing half-done."""
        self.context.cancel()


JobListener = Callable[[Job], None]


class JobRunner:
    """Runs jobs on a few threads and tells listeners, on those threads, of every step."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="job")
        self._lock = threading.Lock()
        self._listeners: list[JobListener] = []
        self._numbers = count(1)
        self._running: dict[int, Job] = {}

    def subscribe(self, listener: JobListener) -> Callable[[], None]:
        """Call `listener` whenever a job starts, gets on or ends. Returns the function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def start(
        self,
        name: str,
        run: Callable[[JobContext], Any],
        terms: JobTerms = UNKEPT,
        *,
        inline: bool = False,
    ) -> Job:
        """Start a job; `inline` runs it to its end before returning, which is what tests want."""
        job = Job(next(self._numbers), name, JobContext(), terms)
        job.context = JobContext(lambda _context: self._tell(job))
        with self._lock:
            self._running[job.id] = job
        self._tell(job)
        if inline:
            self._run(job, run)
        else:
            self._pool.submit(self._run, job, run)
        return job

    def running(self) -> list[Job]:
        """Return the jobs that are not over."""
        with self._lock:
            return list(self._running.values())

    def close(self) -> None:
        """Cancel what runs and wait until it has stopped."""
        for job in self.running():
            job.cancel()
        self._pool.shutdown(wait=True)

    def _run(self, job: Job, run: Callable[[JobContext], Any]) -> None:
        limit = job.terms.seconds
        watch = None if limit is None else threading.Timer(limit, job.context.expire)
        if watch is not None:
            watch.daemon = True
            watch.start()
        try:
            job.context.check()
            job.state = JobState.RUNNING
            job.context.started_at = time.monotonic()
            self._tell(job)
            job.result = self._attempts(job, run)
            job.state = JobState.COMPLETED
        except (Cancelled, Interrupted) as stopped:
            self._stopped(job, stopped)
            return
        except (EnvironmentProblem, Refused, OSError) as problem:
            job.state, job.error = JobState.FAILED, str(problem)
            self._end(job, problem)
            return
        except BaseException as error:  # noqa: BLE001 - whatever it is, the job has ended by it
            job.state = JobState.FAILED
            job.error = (
                "Something went wrong inside the program; nothing was changed. See the log for details."
            )
            _log.exception("the job %r failed", job.name)
            self._end(job, error)
            return
        finally:
            if watch is not None:
                watch.cancel()
        self._end(job, None)

    def _attempts(self, job: Job, run: Callable[[JobContext], Any]) -> Any:
        """Run a job, and again after a pause when the machine was in the way and the job may be tried again."""
        while True:
            try:
                return run(job.context)
            except (EnvironmentProblem, OSError) as problem:
                if job.attempt > job.terms.retries:
                    raise
                _log.warning("the job %r is tried again: %s", job.name, type(problem).__name__)
                job.context.pause(FIRST_PAUSE_SECONDS * 2 ** (job.attempt - 1))
                job.attempt += 1
                self._tell(job)

    def _stopped(self, job: Job, stopped: BaseException) -> None:
        if not job.context.expired:
            job.state = JobState.CANCELLED
            self._end(job, None)
            return
        job.state = JobState.FAILED
        job.error = (
            f"This took longer than {job.terms.seconds:,.0f} seconds and was stopped; nothing was changed."
        )
        self._end(job, TimeoutError(job.error).with_traceback(stopped.__traceback__))

    def _end(self, job: Job, error: BaseException | None) -> None:
        job.seconds = time.monotonic() - job.context.started_at
        with self._lock:
            self._running.pop(job.id, None)
        self._tell(job)
        if error is not None:
            job.future.set_exception(error)
        elif job.state is JobState.CANCELLED:
            job.future.set_exception(Cancelled())
        else:
            job.future.set_result(job.result)

    def _tell(self, job: Job) -> None:
        with self._lock:
            present = list(self._listeners)
        for listener in present:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - one listener must not keep the others from hearing
                _log.exception("a listener failed on the job %r", job.name)
