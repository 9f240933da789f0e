"""The ledger as it is now, offered in the way that a backup is."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app import __version__
from app.domain.attachments import FileState
from app.domain.backups import DATABASE, LeftOut, Manifest, Member, upload_name
from app.storage.attachments.store import AttachmentStore
from app.storage.backup.snapshot import Snapshot, Told
from app.storage.backup.source import BLOCK
from app.storage.errors import file_problems


class LiveLedger:
    """A snapshot of the database with the attachments that its own list names; no folder is ever walked.

    Attachments whose bytes are missing or wrong are left out and named in the manifest. Raises
    `EnvironmentProblem`, and whatever `told` raises.
    """

    def __init__(
        self, path: Path, taken: Snapshot, store: AttachmentStore, name: str, created_at: datetime, told: Told
    ) -> None:
        self.path = path
        self._snapshot = taken
        self._store = store
        members, left_out = [taken.member], []
        for sha256, size in taken.files:
            state = store.verify(sha256, size, told)
            if state is FileState.AVAILABLE:
                members.append(Member(upload_name(sha256), size, sha256))
            else:
                left_out.append(LeftOut(sha256, state.value))
        self.manifest = Manifest(
            created_at, __version__, taken.schema, name, taken.counts, tuple(members), tuple(left_out)
        )

    def blocks(self, member: Member) -> Iterator[bytes]:
        """Give the bytes of a member. Raises `EnvironmentProblem`."""
        if member.name == DATABASE:
            self._snapshot.file.seek(0)
            while block := self._snapshot.file.read(BLOCK):
                yield block
            return
        with file_problems(self._store.place(member.sha256)), self._store.open(member.sha256) as file:
            while block := file.read(BLOCK):
                yield block

    def close(self) -> None:
        """The snapshot belongs to who made it."""
