"""The backups of what a ledger was before it was restored."""

import logging
from pathlib import Path

from app.services import attachments
from app.services.backup.restoring import RESTORE_POINTS
from app.services.ledger import Ledger
from app.storage.database import DATABASE_NAME
from app.storage.errors import file_problems

_log = logging.getLogger(__name__)


def drop_point(ledger: Path, point: Path) -> None:
    """Remove the backup that a restore made of what was there before; whatever is not such a backup stays.

    Raises `EnvironmentProblem`.
    """
    if point.parent != ledger / RESTORE_POINTS or not point.is_file():
        return
    with file_problems(point):
        point.unlink()


def present_size(ledger: Ledger) -> int:
    """Return about how many bytes a backup of a ledger as it is now takes."""
    _count, attached = attachments.total(ledger)
    try:
        return attached + (ledger.path / DATABASE_NAME).stat().st_size
    except OSError as error:
        _log.info("the size of the database is not known: %s", type(error).__name__)
        return attached
