"""What ran on a ledger: kept in the ledger itself, from a job's start to its end."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from app.domain.identity import new_uuid_bytes
from app.services.changes import Change, Command, Write
from app.services.jobs import Job, JobState
from app.services.ledger import Ledger
from app.storage import jobs as stored
from app.storage.errors import EnvironmentProblem
from app.storage.jobs import JobRecord

__all__ = ["JobRecord", "follow", "last_completed", "mark_interrupted", "records"]

_log = logging.getLogger(__name__)
_CUT_OFF = "The program ended before this was finished; nothing of it was kept."


def records(ledger: Ledger, limit: int | None = None) -> Sequence[JobRecord]:
    """Return the history, the latest first."""
    return ledger.read(lambda reader: stored.records(reader, limit))


def last_completed(ledger: Ledger, kind: str) -> datetime | None:
    """Return when a job of a kind was completed last, in UTC, None where the history knows of none."""
    return ledger.read(lambda reader: stored.last_completed(reader, kind))


def mark_interrupted(ledger: Ledger) -> list[str]:
    """Note in the history which jobs were cut off by the end of the program, and return their kinds.

    To be called before any job is started.
    """
    if ledger.read_only or not ledger.read(stored.cut_off):
        return []
    command = Command(
        "Note interrupted jobs", lambda write: stored.mark_interrupted(write, _CUT_OFF), undoable=False
    )
    kinds: list[str] = ledger.run(command).result
    return kinds


def follow(ledger: Ledger) -> Callable[[], None]:
    """Keep the history of a ledger's jobs from now on. Returns the function that ends it."""
    if ledger.read_only:
        return lambda: None
    return ledger.jobs.subscribe(_Follower(ledger).hear)


class _Follower:
    """Writes the start and the end of jobs on the writer's thread, without keeping the jobs waiting."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[int, bytes] = {}

    def hear(self, job: Job) -> None:
        """Take a step of a job. Steps of one job come one after another."""
        if not job.terms.kind or job.state is JobState.PENDING:
            return
        if job.state.is_over:
            uuid = self._known.pop(job.id, None)
            if uuid is not None:
                state, attempt, error = job.state.value, job.attempt, job.error
                self._submit(lambda write: stored.end(write, uuid, state, attempt, error))
        elif job.id not in self._known:
            made = self._known[job.id] = new_uuid_bytes()
            kind, name = job.terms.kind, job.name
            self._submit(lambda write: stored.begin(write, made, kind, name))

    def _submit(self, run: Callable[[Write], None]) -> None:
        try:
            future = self._ledger.submit(Command("Note a job", run, undoable=False))
        except RuntimeError:
            # The ledger is being closed; the next start finds the job as one that was cut off.
            return
        future.add_done_callback(_look)


def _look(future: "Future[Change]") -> None:
    """Log why the history could not be written: it must not stand in the way of the job."""
    error: Any = future.exception()
    if isinstance(error, EnvironmentProblem):
        _log.warning("the history of jobs could not be written: %s", type(error).__name__)
    elif error is not None:
        _log.error("the history of jobs could not be written", exc_info=error)
