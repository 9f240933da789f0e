"""Opens a backup, whichever way it is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.backups import SNAPSHOT_ENDING
from app.storage.backup.archive import Archive
from app.storage.backup.folder import FolderSnapshot, Store, read_list
from app.storage.backup.inspection import check_schema
from app.storage.backup.problems import NothingThere, Unfit
from app.storage.backup.snapshot import Told

Source = Archive | FolderSnapshot


@contextmanager
def opened_backup(
    path: Path, passphrase: str | None, told: Told, scratch: Path | None = None
) -> Iterator[Source]:
    """Open a backup file, a snapshot, or the newest snapshot of a folder for the length of the block.

    `scratch` is the folder that a locked one is unlocked in. Raises `Unfit`, `Locked`, `WrongPassphrase`,
    `NothingThere` and `EnvironmentProblem`.
    """
    place = _newest(path) if path.is_dir() else path
    source: Source = (
        FolderSnapshot(place)
        if place.name.endswith(SNAPSHOT_ENDING)
        else Archive(place, passphrase, told, scratch)
    )
    try:
        check_schema(source.manifest.schema, place)
        yield source
    finally:
        source.close()


def _newest(folder: Path) -> Path:
    found = []
    for path in Store(folder).lists():
        try:
            found.append((read_list(path).manifest.created_at, path))
        except Unfit:
            continue
    if not found:
        raise NothingThere(f"There are no backups in {folder}. Choose another folder, or a backup file.")
    return max(found)[1]
