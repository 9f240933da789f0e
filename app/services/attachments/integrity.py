"""Whether the bytes of attached files are those that were attached."""

from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.attachments import checking
from app.storage.attachments.checking import Told
from app.storage.findings import Finding


def verify_all(ledger: Ledger, context: JobContext) -> list[Finding]:
    """Read all attached files and return what is wrong with them and with the folder. Raises `Cancelled`."""
    return find_in_files(ledger, lambda done, total: context.progress(done, total, "attached files"))


def find_in_files(ledger: Ledger, told: Told) -> list[Finding]:
    """Return what is wrong with attached files, telling how many bytes of how many were read."""
    contents = ledger.read(checking.attached)
    found = list(checking.verify(contents, ledger.store, told))
    # Looked up after the walk: a file may have been attached in between.
    found += checking.strangers(ledger.store, lambda stored: _unknown(ledger, stored))
    return found


def _unknown(ledger: Ledger, stored: list[str]) -> frozenset[str]:
    return frozenset(stored) - ledger.read(checking.known) - ledger.store.taken()
