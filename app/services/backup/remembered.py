"""Remembers which folders have backups, so that an empty one in the place of an unplugged disk is noticed."""

import json
import logging
from pathlib import Path

from app.services.paths import config_folder
from app.storage.files import replace_file

_FILE = "backup-folders.json"
_MOST = 100

_log = logging.getLogger(__name__)


def is_expected(folder: Path) -> bool:
    """Tell whether backups were made in a folder before, on this machine."""
    return str(folder) in _load()


def expect(folder: Path) -> None:
    """Remember that a folder has backups. Where that cannot be stored, only the log says so."""
    known = _load()
    if str(folder) in known:
        return
    place = config_folder() / _FILE
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replace_file(place, "w", encoding="utf-8") as file:
            json.dump({"folders": [*known, str(folder)][-_MOST:]}, file, ensure_ascii=False, indent=1)
    except OSError as error:
        _log.warning("the folder of a backup could not be remembered: %s", type(error).__name__)


def _load() -> list[str]:
    try:
        values = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
        return [folder for folder in values["folders"] if isinstance(folder, str)]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("the folders of backups could not be read: %s", type(error).__name__)
        return []
