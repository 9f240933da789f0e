"""Automatic backups: how often, where to, what is kept, and the one that is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.backups import Retention
from app.domain.problems import Problem, Refused
from app.domain.recurrence import Every, is_due
from app.services import settings
from app.services.backup import latest
from app.services.backup.creating import Created, create
from app.services.backup.folders import prune
from app.services.changes import Command
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage import settings as stored_settings

KEY = "backups"
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """When to back up by itself, to which folder of backups, and how many to keep. Travels with the ledger."""

    every: Every = Every.OFF
    folder: str = ""
    retention: Retention = field(default_factory=Retention)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain JSON values."""
        kept = self.retention
        return {
            "every": self.every.value,
            "folder": self.folder,
            "keep": {
                "last": kept.last,
                "daily": kept.daily,
                "weekly": kept.weekly,
                "monthly": kept.monthly,
            },
        }

    @classmethod
    def from_json(cls, document: object) -> "BackupSettings":
        """Return the settings that `to_json` wrote; for anything else those of a new ledger."""
        if not isinstance(document, Mapping):
            return cls()
        try:
            keep = document["keep"]
            read = cls(
                Every(document["every"]),
                str(document["folder"]),
                Retention(*(int(keep[key]) for key in ("last", "daily", "weekly", "monthly"))),
            )
        except (KeyError, TypeError, ValueError):
            return cls()
        return cls() if check_settings(read) else read


def check_settings(wanted: BackupSettings, ledger: Path | None = None) -> list[Problem]:
    """Return what keeps settings from being saved; `ledger` is the folder in which no backup may lie."""
    problems = []
    if wanted.every is not Every.OFF and not wanted.folder:
        problems.append(
            Problem("folder", "Choose the folder that backups go to, on another disk if possible.")
        )
    if wanted.folder and not Path(wanted.folder).is_absolute():
        problems.append(Problem("folder", "Enter the whole path of the folder.", wanted.folder))
    elif (
        wanted.folder
        and ledger is not None
        and Path(wanted.folder).resolve().is_relative_to(ledger.resolve())
    ):
        problems.append(
            Problem("folder", "This folder lies in the ledger's own; choose another one.", wanted.folder)
        )
    kept = wanted.retention
    problems += [
        Problem(key, f"Enter a number from 0 to {_MOST_KEPT:,}.")
        for key in ("last", "daily", "weekly", "monthly")
        if not 0 <= getattr(kept, key) <= _MOST_KEPT
    ]
    if not (kept.last or kept.daily or kept.weekly or kept.monthly):
        problems.append(Problem("last", "Keep at least one backup."))
    return problems


def read(ledger: Ledger) -> BackupSettings:
    """Return the settings of a ledger."""
    return BackupSettings.from_json(ledger.read(lambda reader: stored_settings.read(reader, KEY)))


def save(ledger: Ledger, wanted: BackupSettings) -> Command:
    """Store settings. Raises `Refused` with every problem. Not part of undo, like all settings."""
    problems = check_settings(wanted, ledger.path)
    if problems:
        raise Refused(problems)
    return settings.put({KEY: wanted.to_json()})


def due(ledger: Ledger) -> bool:
    """Tell whether the automatic backup is to be made now; one that a closed day left out is caught up, once."""
    wanted = read(ledger)
    if wanted.every is Every.OFF:
        return False
    last = latest.of(ledger.path, wanted.folder)
    return is_due(wanted.every, last.at if last else None, ledger.now(), ledger.profile.zone)


def run(ledger: Ledger, context: JobContext) -> Created:
    """Make the automatic backup, and then remove those that need not be kept.

    Raises `Refused`, `NothingThere` for a folder whose backups have gone, `EnvironmentProblem` and `Cancelled`.
    """
    wanted = read(ledger)
    folder = Path(wanted.folder)
    made = create(ledger, folder, context)
    prune(folder, wanted.retention, ledger.profile.timezone, context)
    return made
