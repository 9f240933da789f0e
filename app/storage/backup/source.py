"""What a backup offers to whoever verifies it or puts it back, whichever way it is stored."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from app.domain.backups import Manifest, Member
from app.storage.backup.problems import Unfit

BLOCK = 1 << 20


class BackupSource(Protocol):
    """An open backup."""

    path: Path
    manifest: Manifest

    def blocks(self, member: Member) -> Iterator[bytes]:
        """Give the bytes of a member, as they are stored. Raises `Unfit` and `EnvironmentProblem`."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


def checked(source: BackupSource, member: Member) -> Iterator[bytes]:
    """Give the bytes of a member, and raise `Unfit` at the end when they are not the right ones."""
    digest, size = hashlib.sha256(), 0
    for block in source.blocks(member):
        size += len(block)
        if size > member.size:
            break
        digest.update(block)
        yield block
    if size != member.size or digest.hexdigest() != member.sha256:
        raise Unfit(f"{source.path} is damaged: {member.name} is not what was backed up. Use another backup.")
