"""Writes a file that a restore makes ready."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.storage.backup.snapshot import Told
from app.storage.errors import file_problems


def write_staged(place: Path, blocks: Iterable[bytes], told: Told) -> None:
    """Write a file that only its owner may read, and flush it to the disk. Raises `EnvironmentProblem`."""
    with file_problems(place):
        place.touch(mode=0o600)
        with place.open("wb") as file:
            for block in blocks:
                file.write(block)
                told(len(block))
            file.flush()
            os.fsync(file.fileno())
