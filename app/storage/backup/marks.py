"""Remembers which snapshots of a folder were found damaged, so that the good ones are kept."""

import logging
from pathlib import Path

from app.storage.backup.folder import DATA

_log = logging.getLogger(__name__)


def mark(snapshot: Path, *, good: bool) -> None:
    """Note what verifying a snapshot found. A folder that may only be read stays as it is."""
    place = _place(snapshot)
    try:
        if good:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            place.touch(mode=0o600)
    except OSError as error:
        _log.info("what verifying a backup found could not be noted: %s", type(error).__name__)


def is_good(snapshot: Path) -> bool:
    """Tell whether a snapshot was read back when it was made, and never found damaged since."""
    return not _place(snapshot).exists()


def _place(snapshot: Path) -> Path:
    return snapshot.parent / DATA / "damaged" / snapshot.name
