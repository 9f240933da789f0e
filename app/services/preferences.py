"""What the program remembers about itself, apart from any ledger: recent ledgers, appearance. One JSON file."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.storage.files import replace_file

_FILE = "preferences.json"
_LIMIT = 1_000_000

_log = logging.getLogger(__name__)


class PreferenceFile:
    """The file in the platform's folder for configuration."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _FILE

    def load(self) -> dict[str, Any]:
        """Return what is stored; nothing when the file is missing or damaged, since all of it has a default."""
        try:
            if self.path.stat().st_size > _LIMIT:
                raise ValueError("the file is too large to be ours")
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("the preferences could not be read, defaults are used: %s", type(error).__name__)
            return {}
        return values if isinstance(values, dict) else {}

    def save(self, values: Mapping[str, Any]) -> None:
        """Store all values, in place of the former file. Raises `OSError`."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replace_file(self.path, "w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, indent=1)
