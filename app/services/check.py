"""Check a ledger for damage, and mend what can be mended without a backup."""

from collections.abc import Sequence

from app.services.attachments.integrity import find_in_files
from app.services.changes import Command, Write
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage import check as stored
from app.storage.attachments import checking
from app.storage.findings import Finding

__all__ = ["Finding", "find", "mend"]

_SHARE = 1000
"""Progress is told in so many parts a check; the bytes of attached files count as one check."""


def find(ledger: Ledger, context: JobContext | None = None) -> list[Finding]:
    """Return everything that is wrong with a ledger; an empty list when nothing is. Raises `Cancelled`.

    Every byte of every attached file is read.
    """
    running = context or JobContext()
    checks = len(stored.CHECKS)
    total = (checks + 1) * _SHARE

    def told(done: int, _checks: int, text: str) -> None:
        running.progress(done * _SHARE, total, text)

    def read(done: int, size: int) -> None:
        share = done * _SHARE // size if size else _SHARE
        running.progress(checks * _SHARE + share, total, "attached files")

    found = ledger.read(lambda reader: list(stored.findings(reader, told)), running.interrupt)
    return found + find_in_files(ledger, read)


def mend(ledger: Ledger, found: Sequence[Finding]) -> Command:
    """Mend what was found and can be worked out again from what is there, and note which files are unavailable.

    Not part of undo: there is nothing to go back to.
    """

    def run(write: Write) -> None:
        stored.repair(write)
        checking.repair(write, ledger.store, found)

    return Command("Repair the ledger", run, undoable=False)
