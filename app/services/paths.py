"""Where things are kept on this platform."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("Counterfoil", appauthor=False)


def default_ledger() -> Path:
    """Return the folder of the ledger that is meant when none is named: `COUNTERFOIL_LEDGER`, or the user's own."""
    named = os.environ.get("COUNTERFOIL_LEDGER")
    return Path(named).expanduser() if named else Path(_DIRS.user_data_dir) / "ledger"


def sample_ledger() -> Path:
    """Return the folder of the sample ledger that the window offers, apart from the user's own."""
    return Path(_DIRS.user_data_dir) / "sample"


def config_folder() -> Path:
    """Return the folder of what the program remembers about itself, such as recent ledgers."""
    return Path(_DIRS.user_config_dir)


def log_folder() -> Path:
    """Return the folder of logs and crash reports."""
    return Path(_DIRS.user_log_dir)


def cache_folder() -> Path:
    """Return the folder of what can be made again at any time, such as previews."""
    return Path(_DIRS.user_cache_dir)
