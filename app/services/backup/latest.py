"""Remembers, on this machine, when a ledger was backed up last and where to.

Not in the ledger itself: a backup must not change what it backs up, and one that is read only is backed up too.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.dates import from_milliseconds, to_milliseconds
from app.services.paths import config_folder
from app.storage.files import replace_file

_FILE = "last-backups.json"
_MOST = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last good backup of a ledger: when (UTC), where, and how many files with how many bytes are in it."""

    at: datetime
    path: Path
    files: int
    bytes: int


def note(ledger: Path, made: LastBackup) -> None:
    """Remember a backup of the ledger in a folder. Where that cannot be stored, only the log says so."""
    ours = (str(ledger.resolve()), str(made.path.parent))
    known = [one for one in _load() if (one["ledger"], one["folder"]) != ours]
    entry = {
        "ledger": ours[0],
        "folder": ours[1],
        "name": made.path.name,
        "at": to_milliseconds(made.at),
        "files": made.files,
        "bytes": made.bytes,
    }
    place = config_folder() / _FILE
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replace_file(place, "w", encoding="utf-8") as file:
            json.dump({"backups": [*known, entry][-_MOST:]}, file, ensure_ascii=False, indent=1)
    except OSError as error:
        _log.warning("the last backup could not be remembered: %s", type(error).__name__)


def of(ledger: Path, folder: str = "") -> LastBackup | None:
    """Return the last backup of a ledger, to any place or to one folder; None where none is known of."""
    found = [
        LastBackup(from_milliseconds(one["at"]), Path(one["folder"], one["name"]), one["files"], one["bytes"])
        for one in _load()
        if one["ledger"] == str(ledger.resolve()) and folder in ("", one["folder"])
    ]
    return max(found, key=lambda one: one.at, default=None)


def _load() -> list[dict[str, Any]]:
    try:
        values = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
        return [one for one in values["backups"] if _is_entry(one)]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("the last backups could not be read: %s", type(error).__name__)
        return []


def _is_entry(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(key), str) for key in ("ledger", "folder", "name"))
        and all(type(one.get(key)) is int and 0 <= one[key] < 2**53 for key in ("at", "files", "bytes"))
    )
