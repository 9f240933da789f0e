"""Makes a one-file archive of what a backup source holds: whole, read back, and only then under its name."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.domain.backups import ARCHIVE_ENDING, Member
from app.storage.backup.archive import Archive
from app.storage.backup.encryption import write_locked
from app.storage.backup.problems import Unfit
from app.storage.backup.snapshot import Told
from app.storage.backup.source import BackupSource, checked
from app.storage.backup.writing import archive_bytes
from app.storage.errors import DiskFailure, EnvironmentProblem, file_problems
from app.storage.files import replace_file

_STALE_SECONDS = 3600


def write_archive(source: BackupSource, target: Path, passphrase: str | None, told: Told) -> int:
    """Write an archive to a file that is not there yet, and return its size in bytes.

    It is written beside its place, flushed, read back and compared, and renamed. Raises `EnvironmentProblem`, `Unfit`
    when the source is damaged, and whatever `told` raises; nothing stays behind then.
    """
    _remove_stale(target.parent)
    contents = ((member, _telling(checked(source, member), told)) for member in source.manifest.members)
    blocks = archive_bytes(source.manifest, contents)
    written: os.stat_result | None = None
    try:
        with file_problems(target), replace_file(target) as file:
            Path(file.name).chmod(0o600)
            if passphrase is None:
                file.writelines(blocks)
            else:
                write_locked(blocks, passphrase, file)
            file.flush()
            os.fsync(file.fileno())
            size: int = file.tell()
            _read_back(Path(file.name), target, passphrase, source.manifest.members, told)
            written = os.fstat(file.fileno())
    except EnvironmentProblem:
        # Only the flush of its name has failed: it goes, so that what is said of it is true, and can be tried again.
        _take_back(target, written)
        raise
    return size


def _take_back(target: Path, written: os.stat_result | None) -> None:
    """Remove an archive that was written, if it is the one that stands under its name."""
    with suppress(OSError):
        if written is not None and os.path.samestat(target.stat(), written):
            target.unlink()


def _remove_stale(folder: Path) -> None:
    """Remove what programs that were killed left half written here; one that is at work writes all the time."""
    for path in folder.glob(f".*{ARCHIVE_ENDING}.*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()


def _telling(blocks: Iterator[bytes], told: Told) -> Iterator[bytes]:
    for block in blocks:
        told(len(block))
        yield block


def _read_back(
    written: Path, target: Path, passphrase: str | None, members: tuple[Member, ...], told: Told
) -> None:
    try:
        archive = Archive(written, passphrase, told)
        try:
            if archive.manifest.members != members:
                raise Unfit("another manifest")
            for member in members:
                for block in checked(archive, member):
                    told(len(block))
        finally:
            archive.close()
    except Unfit as error:
        raise DiskFailure(
            f"What was written to {target} did not read back as it should, so it was removed. Check the disk."
        ) from error
