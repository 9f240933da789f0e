"""The history of jobs: what ran, when, and how it ended. Nothing of it is part of undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.domain.dates import to_milliseconds
from app.storage.database import driver
from app.storage.tables import jobs
from app.storage.write import Area, Write

RUNNING, COMPLETED, FAILED, CANCELLED = "RUNNING", "COMPLETED", "FAILED", "CANCELLED"

KEPT = {COMPLETED: 100, FAILED: 500, CANCELLED: 100}
"""How many jobs the history keeps of each way to end, the latest."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job as the history has it. Instants are in UTC; `ended_at` is None while it runs.

    `error` is a sentence for the user. `interrupted` tells of a job that the end of the program cut off.
    """

    id: int
    uuid: UUID
    kind: str
    name: str
    state: str
    attempt: int
    started_at: datetime
    ended_at: datetime | None
    error: str
    interrupted: bool


def begin(write: Write, uuid: bytes, kind: str, name: str) -> None:
    """Note that a job runs."""
    driver(write.connection).execute(
        "INSERT INTO jobs (uuid, kind, name, state, attempt, started_at, error, interrupted)"
        " VALUES (?, ?, ?, ?, 1, ?, '', 0)",
        (uuid, kind, name, RUNNING, to_milliseconds(write.now)),
    )
    write.touch(Area.JOBS, None)


def end(write: Write, uuid: bytes, state: str, attempt: int, error: str) -> None:
    """Note how a job ended, and forget the oldest of those that ended like it."""
    raw = driver(write.connection)
    raw.execute(
        "UPDATE jobs SET state = ?, attempt = ?, error = ?, ended_at = ? WHERE uuid = ?",
        (state, attempt, error, to_milliseconds(write.now), uuid),
    )
    raw.execute(
        "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
        (state, KEPT[state]),
    )
    write.touch(Area.JOBS, None)


def mark_interrupted(write: Write, error: str) -> list[str]:
    """Note that jobs which still run by the history were cut off, and return their kinds."""
    raw = driver(write.connection)
    kinds = [kind for (kind,) in raw.execute("SELECT kind FROM jobs WHERE state = ? ORDER BY id", (RUNNING,))]
    if kinds:
        raw.execute(
            "UPDATE jobs SET state = ?, interrupted = 1, error = ?, ended_at = ? WHERE state = ?",
            (FAILED, error, to_milliseconds(write.now), RUNNING),
        )
        write.touch(Area.JOBS, None)
    return kinds


def cut_off(connection: Connection) -> bool:
    """Tell whether the history has jobs that run, which before any was started means that they were cut off."""
    return connection.execute(select(jobs.c.id).where(jobs.c.state == RUNNING).limit(1)).first() is not None


def records(connection: Connection, limit: int | None = None) -> Sequence[JobRecord]:
    """Return the history, the latest first."""
    query = select(
        jobs.c.id,
        jobs.c.uuid,
        jobs.c.kind,
        jobs.c.name,
        jobs.c.state,
        jobs.c.attempt,
        jobs.c.started_at,
        jobs.c.ended_at,
        jobs.c.error,
        jobs.c.interrupted,
    ).order_by(jobs.c.id.desc())
    rows: Iterable[Any] = connection.execute(query.limit(limit))
    return [JobRecord(*row) for row in rows]


def last_completed(connection: Connection, kind: str) -> datetime | None:
    """Return when a job of a kind was completed last, in UTC."""
    query = select(jobs.c.ended_at).where(jobs.c.kind == kind, jobs.c.state == COMPLETED)
    return connection.execute(query.order_by(jobs.c.id.desc()).limit(1)).scalar()
