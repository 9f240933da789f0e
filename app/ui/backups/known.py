"""Looks for backups: in the folder that automatic ones go to, and those that restores left behind."""

import logging
from pathlib import Path

from app.domain.problems import Refused
from app.services import backup
from app.services.backup import Listed, automatic
from app.services.ledger import EnvironmentProblem, Ledger

_log = logging.getLogger(__name__)


def backups(ledger: Ledger) -> list[Listed]:
    """Return the backups that are known of, the newest first. Runs on a reader thread.

    A folder that is gone has none.
    """
    found = restore_points(ledger.path)
    folder = automatic.read(ledger).folder
    if folder:
        try:
            found += backup.listing(Path(folder))
        except (Refused, EnvironmentProblem) as problem:
            _log.info("the folder of backups cannot be read: %s", type(problem).__name__)
    readable = [one for one in found if not one.trouble]
    return sorted(
        readable, key=lambda one: (one.created_at is not None, one.created_at or one.path), reverse=True
    )


def restore_points(ledger: Path) -> list[Listed]:
    """Return what restores left behind of a ledger, the newest first."""
    points = backup.restore_points(ledger)
    if not points:
        return []
    listed = {one.path: one for one in backup.listing(points[0].parent)}
    return [listed[path] for path in points if path in listed]
