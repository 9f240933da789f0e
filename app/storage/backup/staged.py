"""Writes a file that a restore makes ready."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.storage.backup.snapshot import Told
from app.storage.errors import file_problems


def write_staged(place: Path, blocks: Iterable[bytes], told: Told) -> None:
    """Write a file that only its owner may read, and flush it to the disk. Raises `EnvironmentProblem`."""
    write_unflushed(place, blocks, told)
    flush_staged([place])


def write_unflushed(place: Path, blocks: Iterable[bytes], told: Told) -> None:
    """Write a file that only its owner may read. Raises `EnvironmentProblem`."""
    with file_problems(place):
        place.touch(mode=0o600)
        with place.open("wb") as file:
            for block in blocks:
                file.write(block)
                told(len(block))


def flush_staged(places: Iterable[Path]) -> None:
    """Flush files to the disk; many at once, since each then has been written for the most part already."""
    for place in places:
        with file_problems(place), place.open("r+b") as file:
            os.fsync(file.fileno())
