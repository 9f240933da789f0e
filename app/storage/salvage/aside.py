"""Keeps a damaged database aside, byte by byte as it was found."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from app.storage.database import DATABASE_NAME
from app.storage.errors import file_problems
from app.storage.files import sync_folder

PREFIX = "damaged-"
ROWS = "rows-set-aside.jsonl"
_PARTS = (DATABASE_NAME, f"{DATABASE_NAME}-wal")
_BLOCK = 1 << 20

Told = Callable[[int], None]
"""Hears how many bytes were copied since it was called last; may raise to stop the work."""


class KeptAside:
    """A folder inside the ledger's for the damaged files: hidden until `keep`, and gone again with `discard`."""

    def __init__(self, ledger: Path, name: str) -> None:
        self._ledger = ledger
        self.folder = ledger / f"{PREFIX}{name}"
        self._hidden = ledger / f".{PREFIX}{name}.part"

    @property
    def database(self) -> Path:
        """The copy of the database."""
        return self._hidden / DATABASE_NAME

    @property
    def rows(self) -> Path:
        """The file for rows that do not fit into the new database."""
        return self._hidden / ROWS

    def copy(self, told: Told) -> None:
        """Copy the damaged files. What the disk does not give is filled with zeros. Raises `EnvironmentProblem`."""
        for old in self._ledger.glob(f".{PREFIX}*.part"):
            shutil.rmtree(old, ignore_errors=True)
        with file_problems(self._hidden):
            self._hidden.mkdir(mode=0o700)
            for name in _PARTS:
                if (self._ledger / name).is_file():
                    _copy(self._ledger / name, self._hidden / name, told)

    def keep(self) -> None:
        """Give the folder its name, once everything in it is on the disk. Raises `EnvironmentProblem`."""
        with file_problems(self._hidden):
            sync_folder(self._hidden)
            self._hidden.replace(self.folder)
            sync_folder(self._ledger)

    def discard(self) -> None:
        """Take the folder away again."""
        for folder in (self._hidden, self.folder):
            shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path, told: Told) -> None:
    with source.open("rb") as old, target.open("xb") as new:
        target.chmod(0o600)
        size = os.fstat(old.fileno()).st_size
        for offset in range(0, size, _BLOCK):
            length = min(_BLOCK, size - offset)
            new.write(_read(old.fileno(), offset, length))
            told(length)
        new.flush()
        os.fsync(new.fileno())


def _read(handle: int, offset: int, length: int) -> bytes:
    try:
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, length).ljust(length, b"\0")
    except OSError:
        if length <= 512:
            return bytes(length)
    half = max(512, length // 2 // 512 * 512)
    return _read(handle, offset, half) + _read(handle, offset + half, length - half)
