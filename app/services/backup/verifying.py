"""Verifies a backup: every checksum, and the database's integrity, references and schema."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.backups import LeftOut
from app.services.backup.opening import Source, opened_backup
from app.services.backup.progress import Bytes
from app.services.jobs import JobContext
from app.storage.backup.folder import FolderSnapshot
from app.storage.backup.inspection import check_identity, troubles, unpacked_database
from app.storage.backup.marks import mark
from app.storage.backup.problems import Unfit
from app.storage.backup.snapshot import Told
from app.storage.backup.source import checked

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a backup found. `problems` are sentences, none when it can be restored as it is.

    `schema` and `created_at` are None when not even that could be read. `files` and `bytes` are what is in it;
    `left_out` names attachments that were missing or wrong already when the backup was made.
    """

    path: Path
    problems: tuple[str, ...]
    files: int = 0
    bytes: int = 0
    schema: int | None = None
    created_at: datetime | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems


def verify(path: Path, context: JobContext | None = None, passphrase: str | None = None) -> Verified:
    """Verify a backup file, a snapshot, or the newest snapshot of a folder; nothing is changed.

    Raises `Locked`, `WrongPassphrase`, `EnvironmentProblem` and `Cancelled`.
    """
    job = context or JobContext()
    try:
        with opened_backup(path, passphrase, lambda _count: job.check()) as source:
            found = _verify(source, job)
    except Unfit as error:
        return Verified(path, (str(error),))
    if isinstance(source, FolderSnapshot):
        mark(source.path, good=found.ok)
    return found


def _verify(source: Source, job: JobContext) -> Verified:
    manifest = source.manifest
    told = Bytes(job, manifest.bytes, "Verifying")
    problems = [*_database_problems(source, told)]
    for member in manifest.attachments:
        try:
            for block in checked(source, member):
                told(len(block))
        except Unfit as error:
            problems.append(str(error))
    if len(problems) > _MOST_TOLD:
        problems = [*problems[:_MOST_TOLD], f"And {len(problems) - _MOST_TOLD:,} more like these."]
    return Verified(
        source.path,
        tuple(problems),
        len(manifest.members),
        manifest.bytes,
        manifest.schema,
        manifest.created_at,
        manifest.left_out,
    )


def _database_problems(source: Source, told: Told) -> list[str]:
    try:
        with unpacked_database(source, Path(tempfile.gettempdir()), told) as connection:
            check_identity(connection, source.manifest, source.path)
            return list(troubles(connection, source.manifest, told))
    except Unfit as error:
        return [str(error)]
