"""What runs here: the versions that a report of a problem needs. Nothing about the user."""

import platform
import sqlite3

from app import __version__

_PARTS = ("PySide6-Essentials", "SQLAlchemy", "filelock", "platformdirs")


def versions() -> list[tuple[str, str]]:
    """Return names and versions of the program, the language, the database and the system."""
    return [
        ("Counterfoil", __version__),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        *((part, _version(part)) for part in _PARTS),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
    ]


def _version(part: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return "unknown"
