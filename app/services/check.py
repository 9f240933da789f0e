"""Check a ledger for damage, and mend what can be mended without a backup."""

from collections.abc import Sequence
from enum import Enum

from app.services.attachments.integrity import find_in_files
from app.services.changes import Command, Write
from app.services.jobs import JobContext
from app.services.ledger import Damaged, Ledger, Reader
from app.storage import check as stored
from app.storage.attachments import checking
from app.storage.attachments.checking import FileTrouble
from app.storage.attachments.store import UPLOADS
from app.storage.findings import Finding, Mend
from app.storage.seal import SealState

__all__ = [
    "Finding",
    "Way",
    "after_salvage",
    "at_a_glance",
    "damaged",
    "find",
    "mend",
    "needs_salvage",
    "only_here",
    "ways",
]

_SHARE = 1000
"""Progress is told in so many parts a check; the seal and the bytes of attached files count as one check each."""


class Way(Enum):
    """A way to mend something: `mend` does it, a salvage, files that a backup has, or restoring the whole ledger."""

    MEND = "mend"
    SALVAGE = "salvage"
    FILES = "files"
    RESTORE = "restore"


def ways(finding: Finding) -> tuple[Way, ...]:
    """Return how a finding can be mended, the likeliest first; nothing for what only the user can."""
    if finding.mends is Mend.SALVAGE:
        return (Way.SALVAGE, Way.RESTORE)
    if finding.mends is Mend.SEAL:
        return (Way.RESTORE, Way.MEND)
    found = [Way.MEND] if finding.mendable else []
    if finding.where.startswith(UPLOADS) and not only_here(finding):
        found.insert(0, Way.FILES)
    return tuple(found)


def find(ledger: Ledger, context: JobContext | None = None) -> list[Finding]:
    """Return everything that is wrong with a ledger; an empty list when nothing is. Raises `Cancelled`.

    Every byte of the database and of every attached file is read.
    """
    running = context or JobContext()
    checks = len(stored.CHECKS)
    total = (checks + 2) * _SHARE

    def read_seal(done: int, size: int) -> None:
        running.progress(_share(done, size), total, "the seal")

    def told(done: int, _checks: int, text: str) -> None:
        running.progress((done + 1) * _SHARE, total, text)

    def read_files(done: int, size: int) -> None:
        running.progress((checks + 1) * _SHARE + _share(done, size), total, "attached files")

    found: list[Finding] = []
    if ledger.seal.verify(read_seal) is SealState.DIFFERENT:
        found.append(_different(ledger))

    def look(reader: Reader) -> None:
        # One by one, so that what was found before a part that cannot be read is told too.
        found.extend(stored.findings(reader, told))

    try:
        ledger.read(look, running.interrupt)
        found += find_in_files(ledger, read_files)
    except Damaged as problem:
        found.append(damaged(problem))
    return found


def at_a_glance(ledger: Ledger, context: JobContext) -> list[Finding]:
    """Return what is wrong with a ledger that shows without reading all of it: its seal, and the folder of files.

    May run while the ledger is used. Raises `EnvironmentProblem` and `Cancelled`.
    """
    found = [_different(ledger)] if ledger.seal.verify(context.progress) is SealState.DIFFERENT else []
    contents = ledger.read(checking.attached, context.interrupt)
    if contents and not ledger.store.folder.is_dir():
        # What is marked as unavailable already has been told.
        lost = checking.verify(contents, ledger.store, lambda _done, _total: None)
        found += [finding for finding in lost if finding.mendable]
    return found


def damaged(problem: Damaged) -> Finding:
    """Return the finding for a database that cannot be opened, or not be read."""
    return stored.damaged(str(problem))


def needs_salvage(found: Sequence[Finding]) -> bool:
    """Tell whether the database file itself is damaged: mending that takes a backup or a salvage."""
    return any(finding.mends is Mend.SALVAGE for finding in found)


def only_here(finding: Finding) -> bool:
    """Tell whether a finding's repair removes bytes that the database does not know.

    After rows were lost they may be the only copy of what somebody still wants.
    """
    return isinstance(finding.mends, FileTrouble) and bool(finding.mends.removed)


def after_salvage(found: Sequence[Finding]) -> list[Finding]:
    """Return what may be mended at once in a ledger that was just saved."""
    return [finding for finding in found if finding.mendable and not only_here(finding)]


def mend(ledger: Ledger, found: Sequence[Finding]) -> Command:
    """Mend what was found and can be worked out again from what is there, and note which files are unavailable.

    Not part of undo: there is nothing to go back to.
    """
    kinds = [finding.mends for finding in found if finding.mendable]

    def run(write: Write) -> None:
        if Mend.INDEXES in kinds:
            stored.rebuild_indexes(write)
        if None in kinds:
            stored.repair(write)
        checking.repair(write, ledger.store, found)
        if Mend.SEAL in kinds:
            ledger.seal.accept()

    return Command("Repair the ledger", run, undoable=False)


def _different(ledger: Ledger) -> Finding:
    seal = ledger.seal.seal
    since = f" since it was closed on {seal.sealed_at:%Y-%m-%d at %H:%M} UTC" if seal is not None else ""
    return Finding(
        f"Bytes of the database have changed{since}, and no program says to have changed it: the disk may be failing.",
        "counterfoil.db",
        "Restore the newest good backup; or keep it as it is, if you changed it yourself.",
        mendable=True,
        mends=Mend.SEAL,
    )


def _share(done: int, size: int) -> int:
    return done * _SHARE // size if size else _SHARE
