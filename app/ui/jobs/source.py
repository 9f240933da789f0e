"""What the table of jobs shows: the history, read in one go and sorted in memory."""

import datetime as dt
from array import array
from collections.abc import Callable, Sequence
from typing import Any

from app.domain.columns import Column
from app.domain.text import fold
from app.services import job_history
from app.services.job_history import JobRecord
from app.services.ledger import Interrupt, Ledger
from app.ui.jobs.words import kind_name, message, state_pill, took_text
from app.ui.tables.source import FirstRows, Ids, TableQuery

JOB_COLUMNS = (
    Column("started_at", "Started", "instant", 160),
    Column("name", "Job", "name", 260),
    Column("kind", "Kind", "text", 130, supporting=True),
    Column("state", "Outcome", "status", 130),
    Column("took", "Took", "text", 110, supporting=True),
    Column("message", "Message", "text", 320, supporting=True),
)


class JobSource:
    """Fills the table. The history is short, so that all of it is held."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: dict[int, JobRecord] = {}
        self._values: dict[str, Callable[[JobRecord], object]] = {
            "started_at": lambda job: job.started_at.astimezone(ledger.profile.zone),
            "kind": lambda job: kind_name(job.kind),
            "state": state_pill,
            "took": took_text,
            "message": message,
        }
        self._places: dict[str, Callable[[JobRecord], Any]] = {
            "started_at": lambda job: (job.started_at, job.id),
            "name": lambda job: fold(job.name),
            "kind": lambda job: kind_name(job.kind),
            "state": lambda job: (job.state, job.interrupted),
            "took": lambda job: (job.ended_at or dt.datetime.max.replace(tzinfo=dt.UTC)) - job.started_at,
            "message": message,
        }

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` jobs and how many there are."""
        found = self._read(query)
        return FirstRows(found[:n], len(found))

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all jobs in order."""
        return array("q", (job.id for job in self._read(query)))

    def rows(self, ids: Sequence[int]) -> list[JobRecord]:
        """Return the jobs with these ids, as they were read last."""
        held = self._held
        return [held[id] for id in ids if id in held]

    def value(self, row: JobRecord, key: str) -> object:
        """Return what a job holds in a column."""
        value = self._values.get(key)
        return getattr(row, key) if value is None else value(row)

    def _read(self, query: TableQuery) -> list[JobRecord]:
        found = list(job_history.records(self._ledger))
        self._held = {job.id: job for job in found}
        place = self._places.get(query.sort)
        if place is not None:
            found.sort(key=place, reverse=query.descending)
        return found
