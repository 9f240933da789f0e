"""Jobs in words: what a kind of job is called, how one ended, and how long it took."""

import datetime as dt

from app.services.job_history import JobRecord
from app.services.jobs import JobState
from app.ui.i18n import tr, tr_n
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind

_MINUTE, _HOUR = 60, 3600


def kind_name(kind: str) -> str:
    """Return what a kind of job is called; one of a later program by its own name."""
    names = {
        "import": tr("Import"),
        "export": tr("Export"),
        "bulk edit": tr("Bulk edit"),
        "check": tr("Check"),
        "receipts": tr("Receipts"),
        "exchange rates": tr("Exchange rates"),
        "backup": tr("Backup"),
        "restore": tr("Restore"),
    }
    return names.get(kind, kind)


def state_pill(job: JobRecord) -> PillSpec:
    """Return the pill that says how a job stands."""
    if job.interrupted:
        return PillSpec(PillKind.WARN, tr("Interrupted"), "circle-alert")
    return {
        JobState.RUNNING: PillSpec(PillKind.RUNNING, tr("Running"), "play"),
        JobState.COMPLETED: PillSpec(PillKind.OK, tr("Completed"), "check"),
        JobState.FAILED: PillSpec(PillKind.BAD, tr("Failed"), "circle-x"),
        JobState.CANCELLED: PillSpec(PillKind.NEUTRAL, tr("Cancelled"), "ban"),
    }[JobState(job.state)]


def message(job: JobRecord) -> str:
    """Return what else there is to say of a job."""
    if job.attempt < 2:
        return job.error
    tried = tr_n("Tried {n} time", "Tried {n} times", job.attempt)
    return f"{job.error} {tried}.".strip() if job.error else tried


def took_text(job: JobRecord) -> str:
    """Return how long a job took, "" while it runs."""
    return "" if job.ended_at is None else length_text(job.ended_at - job.started_at)


def length_text(length: dt.timedelta) -> str:
    """Return a length of time by its two largest units."""
    seconds = max(length.total_seconds(), 0.0)
    if seconds < 1:
        return tr("under a second")
    whole = round(seconds)
    if whole < _MINUTE:
        return tr("{n} s").format(n=whole)
    if whole < _HOUR:
        return tr("{minutes} min {seconds} s").format(minutes=whole // _MINUTE, seconds=whole % _MINUTE)
    return tr("{hours} h {minutes} min").format(hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)
