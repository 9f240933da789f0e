"""Check a ledger for damage, and mend what can be mended without a backup."""

from app.services.changes import Command
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage import check as stored
from app.storage.check import Finding

__all__ = ["Finding", "find", "mend"]


def find(ledger: Ledger, context: JobContext | None = None) -> list[Finding]:
    """Return everything that is wrong with a ledger; an empty list when nothing is. Raises `Cancelled`."""
    running = context or JobContext()
    return ledger.read(lambda reader: list(stored.findings(reader, running.progress)), running.interrupt)


def mend() -> Command:
    """Mend what can be worked out again from what is there. Not part of undo: there is nothing to go back to."""
    return Command("Repair the ledger", stored.repair, undoable=False)
