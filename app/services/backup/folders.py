"""Folders of backups: what is in them, what may go, and writing one out as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.backups import ARCHIVE_ENDING, Kept, Retention, superfluous
from app.domain.problems import Refused
from app.services.backup.opening import opened_backup
from app.services.backup.progress import Bytes
from app.services.jobs import JobContext
from app.storage.backup.archive import Archive
from app.storage.backup.archiving import write_archive
from app.storage.backup.folder import FolderSnapshot, Store
from app.storage.backup.folder_writing import remove_snapshots, sweep
from app.storage.backup.marks import is_good
from app.storage.backup.problems import Locked, NothingThere, Unfit

_ARCHIVE_PASSES = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup in a folder. What cannot be read of it is None, and `trouble` says why.

    `files` and `bytes` are what is in it, unpacked; `locked` tells whether a passphrase is needed.
    """

    path: Path
    created_at: datetime | None = None
    name: str = ""
    files: int | None = None
    bytes: int | None = None
    schema: int | None = None
    locked: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What thinning out a folder removed: names of snapshots, and the bytes that became free."""

    removed: tuple[str, ...]
    bytes: int


def listing(folder: Path) -> list[Listed]:
    """Return the backups in a folder, files and snapshots, the newest first; those that cannot be read come last.

    Raises `NothingThere` when the folder is not there, and `EnvironmentProblem`.
    """
    if not folder.is_dir():
        raise NothingThere(f"There is no folder {folder}. Check its name, or that its disk is plugged in.")
    archives = sorted(path for path in folder.glob(f"*{ARCHIVE_ENDING}") if not path.name.startswith("."))
    found = [_listed(path) for path in [*Store(folder).lists(), *archives]]
    return sorted(
        found, key=lambda one: (one.created_at is not None, one.created_at or one.path), reverse=True
    )


def _listed(path: Path) -> Listed:
    try:
        source = (
            FolderSnapshot(path)
            if path.suffix != ARCHIVE_ENDING
            else Archive(path, None, lambda _count: None)
        )
    except Locked:
        return Listed(path, locked=True)
    except Unfit as error:
        return Listed(path, trouble=str(error))
    source.close()
    manifest = source.manifest
    return Listed(
        path, manifest.created_at, manifest.name, len(manifest.members), manifest.bytes, manifest.schema
    )


def prune(folder: Path, retention: Retention, timezone: str, context: JobContext | None = None) -> Pruned:
    """Remove the snapshots that need not be kept, and then what none of the others needs.

    Days, weeks and months are those of `timezone`. Raises `Unfit` when a snapshot cannot be read: then nothing that
    it may need is removed. Raises `EnvironmentProblem` and `Cancelled`; doing it again goes on where it stopped.
    """
    job = context or JobContext()
    store = Store(folder)
    if not store.is_there:
        raise NothingThere(f"There are no backups in {folder}. Plug its disk in, or choose another folder.")
    with store.lock():
        gone = superfluous(_kept(store, timezone), retention)
        remove_snapshots(store, gone)
        swept = sweep(store, lambda _count: job.check())
    return Pruned(tuple(gone), swept.bytes)


def _kept(store: Store, timezone: str) -> Iterator[Kept]:
    zone = ZoneInfo(timezone)
    for path in store.lists():
        made_at = FolderSnapshot(path).manifest.created_at.astimezone(zone)
        yield Kept(path.name, made_at, is_good(path))


def write_out(
    snapshot: Path, target: Path, context: JobContext | None = None, passphrase: str | None = None
) -> int:
    """Write a snapshot of a folder out as one file, and return its size in bytes.

    Raises `Refused`, `Unfit`, `EnvironmentProblem` and `Cancelled`; nothing is left behind then.
    """
    job = context or JobContext()
    if target.exists():
        raise Refused(f"There is a file {target} already. Choose another name for the backup.")
    with opened_backup(snapshot, None, lambda _count: job.check()) as source:
        told = Bytes(job, _ARCHIVE_PASSES * source.manifest.bytes, "Writing the backup")
        return write_archive(source, target, passphrase, told)
