"""Jobs that come round by themselves: which are due, and running them, in the window or from a timer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.services import job_kinds, settings
from app.services.backup import automatic
from app.services.changes import Command
from app.services.jobs import Job, JobContext, JobState, JobTerms
from app.services.ledger import Ledger
from app.storage import settings as stored_settings

PAUSED_KEY = "jobs.paused"


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job that comes round. `is_due` is asked on a reader thread; `run` does it, and returns what it likes.

    All of them are safe to be run again after they were cut off: what was not finished is due still.
    """

    name: str
    terms: JobTerms
    is_due: Callable[[Ledger], bool]
    run: Callable[[Ledger, JobContext], Any]


DUE_JOBS = (DueJob("Automatic backup", job_kinds.BACKUP, automatic.due, automatic.run),)


def due_now(ledger: Ledger) -> list[DueJob]:
    """Return the jobs to run now; none while the schedule is paused or the ledger is open for reading only."""
    if ledger.read_only or is_paused(ledger):
        return []
    return [job for job in DUE_JOBS if job.is_due(ledger)]


def is_paused(ledger: Ledger) -> bool:
    """Tell whether the schedule is paused: then nothing runs by itself."""
    return ledger.read(lambda reader: stored_settings.read(reader, PAUSED_KEY)) is True


def pause(*, paused: bool) -> Command:
    """Pause the schedule, or resume it; what was due meanwhile is caught up then."""
    return settings.put({PAUSED_KEY: paused})


def run_due(ledger: Ledger, told: Callable[[JobContext], None] | None = None) -> list[Job]:
    """Run what is due, one job after another, and return them as they ended; `told` hears of their progress."""
    ended = []
    for due in due_now(ledger):
        job = ledger.jobs.start(due.name, partial(due.run, ledger), due.terms)
        unsubscribe = ledger.jobs.subscribe(lambda running: told(running.context) if told else None)
        try:
            job.future.exception()
        except BaseException:
            job.cancel()
            raise
        finally:
            unsubscribe()
        ended.append(job)
        if job.state is JobState.CANCELLED:
            break
    return ended
