"""Makes a backup of a ledger, while it is in use."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.backups import ARCHIVE_ENDING, LeftOut, free_name
from app.domain.problems import Refused
from app.services.backup import latest, remembered
from app.services.backup.progress import Bytes
from app.services.jobs import JobContext
from app.services.ledger import Ledger, Reader
from app.storage.attachments.store import UPLOADS, AttachmentStore
from app.storage.backup.archiving import write_archive
from app.storage.backup.folder import Store
from app.storage.backup.folder_writing import add_snapshot, is_taken, prepare
from app.storage.backup.live import LiveLedger
from app.storage.backup.problems import NothingThere
from app.storage.backup.snapshot import snapshot
from app.storage.database import DATABASE_NAME, Database
from app.storage.errors import EnvironmentProblem

_ARCHIVE_PASSES = 3
_FOLDER_PASSES = 2
_PROFILE = "SELECT name, timezone FROM profile"
_SIZE = "SELECT coalesce(sum(size), 0) FROM files"


@dataclass(frozen=True, slots=True)
class Created:
    """A backup that was made: where, how many files with how many bytes are in it, and the bytes that it took.

    `left_out` names attachments whose bytes were missing or wrong; everything else is in it.
    """

    path: Path
    created_at: datetime
    files: int
    bytes: int
    written: int
    left_out: tuple[LeftOut, ...]


def create(
    ledger: Ledger,
    target: Path,
    context: JobContext | None = None,
    passphrase: str | None = None,
    *,
    anew: bool = False,
) -> Created:
    """Back a ledger up to a new file, or, at the cost of what changed, to a folder of backups.

    A name that ends in `.counterfoil`, or one with another ending, is a file; an existing folder, or a name without
    an ending, is a folder. `anew` begins again in a folder from which the backups have gone. The backup was read
    back when this returns. Raises `Refused`, `NothingThere`, `EnvironmentProblem` and `Cancelled`; nothing is left
    behind then.
    """
    job = context or JobContext()
    place = target.expanduser().absolute()
    if place.resolve().is_relative_to(ledger.path.resolve()):
        raise Refused(
            f"{target} lies in the ledger's own folder. Choose another place, on another disk if possible."
        )
    subject = Subject(ledger.path, ledger.read, ledger.profile.name or ledger.path.name, ledger.profile.zone)
    if place.is_dir() or not (place.suffix or place.exists()):
        made = _to_folder(subject, place, job, passphrase, anew=anew)
    else:
        made = _to_file(subject, place, job, passphrase)
    latest.note(ledger.path, latest.LastBackup(made.created_at, made.path, made.files, made.bytes))
    return made


@dataclass(frozen=True)
class Subject:
    """What is backed up: a ledger's folder, how to read its database, and what the backup is called."""

    path: Path
    read: Callable[[Callable[[Reader], Any]], Any]
    name: str
    zone: ZoneInfo


def write_restore_point(database: Database, folder: Path, context: JobContext) -> Path:
    """Back a ledger of any schema that this program knows up to a new file in `folder`, and return where.

    Raises as `create` does.
    """

    def read(query: Callable[[Reader], Any]) -> Any:
        with database.reading() as connection:
            return query(connection)

    name, timezone = read(lambda reader: tuple(reader.exec_driver_sql(_PROFILE).one()))
    path = database.path.parent
    subject = Subject(path, read, name or path.name, ZoneInfo(timezone))
    now = datetime.now(UTC).astimezone(subject.zone)
    free = free_name(subject.name, now, lambda name: (folder / f"{name}{ARCHIVE_ENDING}").exists())
    return _to_file(subject, folder / f"{free}{ARCHIVE_ENDING}", context, None).path


def _to_file(subject: Subject, target: Path, job: JobContext, passphrase: str | None) -> Created:
    if target.exists():
        raise Refused(f"There is a file {target} already. Choose another name for the backup.")
    if not target.parent.is_dir():
        raise EnvironmentProblem(f"There is no folder {target.parent}. Make it first, or choose another.")
    with _live(subject, target.parent, job, _ARCHIVE_PASSES) as (live, told):
        size = write_archive(live, target, passphrase, told)
        return _created(live, target, size)


def _to_folder(
    subject: Subject, folder: Path, job: JobContext, passphrase: str | None, *, anew: bool
) -> Created:
    if passphrase is not None:
        raise Refused(
            f"A folder of backups cannot be locked with a passphrase. Name a file, such as {folder / 'mine'}"
            f"{ARCHIVE_ENDING}, for a locked backup."
        )
    store = Store(folder)
    if remembered.is_expected(folder) and not anew and not (store.is_there and store.lists()):
        raise NothingThere(
            f"The backups that were made in {folder} are not there. Plug its disk in, or choose another folder."
        )
    if not folder.parent.is_dir():
        raise EnvironmentProblem(f"There is no folder {folder.parent}. Make it first, or choose another.")
    prepare(store)
    with store.lock(), _live(subject, folder, job, _FOLDER_PASSES) as (live, told):
        made_at = live.manifest.created_at.astimezone(subject.zone)
        name = free_name(subject.name, made_at, lambda name: is_taken(store, name))
        added = add_snapshot(live, store, name, told)
        remembered.expect(folder)
        return _created(live, added.path, added.written)


@contextmanager
def _live(subject: Subject, beside: Path, job: JobContext, passes: int) -> Iterator[tuple[LiveLedger, Bytes]]:
    """Offer the ledger as it is now for the length of the block."""
    attached = subject.read(_attached_bytes)
    database = (subject.path / DATABASE_NAME).stat().st_size
    told = Bytes(job, passes * (attached + database), "Backing up")
    # The ledger's own disk is the quicker one, as a rule.
    folder = subject.path if os.access(subject.path, os.W_OK) else beside
    now = datetime.now(UTC)
    store = AttachmentStore(subject.path / UPLOADS)
    with ExitStack() as stack:
        taken = subject.read(lambda reader: stack.enter_context(snapshot(reader, folder, told)))
        yield LiveLedger(subject.path, taken, store, subject.name, now, told), told


def _attached_bytes(reader: Reader) -> int:
    known = reader.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'files'").scalar_one()
    return int(reader.exec_driver_sql(_SIZE).scalar_one()) if known else 0


def _created(live: LiveLedger, path: Path, written: int) -> Created:
    manifest = live.manifest
    return Created(
        path, manifest.created_at, len(manifest.members), manifest.bytes, written, manifest.left_out
    )
