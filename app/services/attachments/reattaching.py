"""Takes attached files that are missing or altered from a backup again."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.attachments import FileState
from app.services.backup.opening import opened_backup
from app.services.changes import Command
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.attachments import checking
from app.storage.attachments.store import is_sha256
from app.storage.attachments.writing import mark
from app.storage.backup.problems import Unfit
from app.storage.backup.source import checked
from app.storage.backup.staged import write_staged
from app.storage.errors import file_problems


@dataclass(frozen=True, slots=True)
class Reattached:
    """How many files are there again, and how many the backup has not, or not any more as they were."""

    back: int
    missing: int


def reattach(
    ledger: Ledger, backup: Path, context: JobContext | None = None, passphrase: str | None = None
) -> Reattached:
    """Bring attached files back whose bytes are not there or not the right ones, found in a backup by their hash.

    `backup` is a backup file, a snapshot, or a folder of which the newest is taken. What cannot be brought back is
    marked as unavailable. Raises `Refused`, `EnvironmentProblem` and `Cancelled`; what was back by then stays.
    """
    job = context or JobContext()
    wanted = _unavailable(ledger, job)
    states: dict[str, FileState] = {}
    with opened_backup(backup, passphrase, lambda _count: job.check()) as source:
        members = {member.sha256: member for member in source.manifest.attachments}
        for done, (sha256, state) in enumerate(wanted.items()):
            job.progress(done, len(wanted), "Bringing files back")
            member = members.get(sha256)
            staged = ledger.store.folder / f".from-backup-{sha256[:16]}.part"
            try:
                if member is None:
                    states[sha256] = state
                    continue
                with file_problems(ledger.store.folder):
                    ledger.store.folder.mkdir(mode=0o700, exist_ok=True)
                write_staged(staged, checked(source, member), lambda _count: job.check())
                ledger.store.put(staged)
                states[sha256] = FileState.AVAILABLE
            except Unfit:
                states[sha256] = state
            finally:
                with file_problems(staged):
                    staged.unlink(missing_ok=True)
    if states:
        ledger.run(Command("Bring files back", lambda write: mark(write, states), undoable=False))
    back = sum(state is FileState.AVAILABLE for state in states.values())
    return Reattached(back, len(wanted) - back)


def _unavailable(ledger: Ledger, job: JobContext) -> dict[str, FileState]:
    contents = [one for one in ledger.read(checking.attached) if is_sha256(one.sha256)]
    found = {}
    for done, one in enumerate(contents):
        job.progress(done, len(contents), "Looking for what is missing")
        state = ledger.store.verify(one.sha256, one.size, lambda _count: job.check())
        if state is not FileState.AVAILABLE or one.state is not FileState.AVAILABLE:
            found[one.sha256] = state
    return {sha256: state for sha256, state in found.items() if state is not FileState.AVAILABLE}
