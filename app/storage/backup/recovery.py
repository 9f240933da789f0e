"""Finishes a restore that a crash interrupted, before the ledger is opened."""

from pathlib import Path

from app.storage.errors import LedgerInUse
from app.storage.lock import LedgerLock

STAGING = "restoring"
JOURNAL = "restore.journal"


def is_under_way(ledger: Path) -> bool:
    """Tell whether a restore has begun to put a new database in the place of the old one."""
    return (ledger / JOURNAL).is_file()


def recover(ledger: Path) -> None:
    """Finish, or clear away, what an interrupted restore left; without one, this costs two looks.

    Raises `LedgerInUse` while another program restores the ledger, and other `EnvironmentProblem`s.
    """
    if not is_under_way(ledger) and not (ledger / STAGING).is_dir():
        return
    from app.storage.backup.swap import Staging

    try:
        lock = LedgerLock.acquire(ledger)
    except LedgerInUse:
        if is_under_way(ledger):
            raise
        return
    try:
        Staging(ledger).recover()
    finally:
        lock.release()
