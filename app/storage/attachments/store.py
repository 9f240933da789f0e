"""The bytes of attached files in `uploads/`: each content once, under its SHA-256."""

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import BinaryIO

from app.domain.attachments import FileState
from app.domain.problems import Refused
from app.domain.text import clean
from app.storage.errors import DiskFailure, file_problems
from app.storage.files import sync_folder

UPLOADS = "uploads"
LARGEST = 100 * 1024 * 1024
"""So many bytes a file may have at most."""

_CHUNK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe that nobody writes to would wait for ever."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_HEX = frozenset("0123456789abcdef")
_DIGITS = 64
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})
_FROM_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory"})
"""What file managers leave in folders that were looked at."""

Told = Callable[[int], None]
"""Hears how many bytes were handled since it was called last; may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was put into the store: the SHA-256 in lower-case digits, and the number of bytes."""

    sha256: str
    size: int


class Found(StrEnum):
    """What stands in `uploads/`: a content under its own name, a copy that was not finished, or something else."""

    CONTENT = "content"
    UNFINISHED = "unfinished"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Item:
    """Something in `uploads/`, by its path inside of it. `sha256` is what its name says, empty for other names."""

    path: str
    found: Found
    sha256: str = ""


def is_sha256(name: object) -> bool:
    """Tell whether something is a SHA-256 in lower-case digits; nothing else ever becomes a path."""
    return isinstance(name, str) and len(name) == _DIGITS and _HEX.issuperset(name)


class AttachmentStore:
    """The files in one ledger's `uploads/`. Every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._numbers = count(1)
        # The contents that were taken in since this was made, and whether they were new then.
        self._taken: dict[str, bool] = {}

    def place(self, sha256: str) -> Path:
        """Return where a content is, or would be. Raises `ValueError` for anything but a SHA-256."""
        if not is_sha256(sha256):
            raise ValueError("not a SHA-256 in lower-case digits")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, source: Path, told: Told | None = None) -> Stored:
        """Take in the bytes of a file, and return under what they are kept; the same content is kept once.

        When this returns, they are on the disk to stay. Raises `Refused` for what is no readable file of 1 byte up
        to `LARGEST`, `EnvironmentProblem`, and whatever `told` raises; nothing stays behind then.
        """
        with _opened_source(source) as file:
            with file_problems(self.folder):
                self._make(self.folder)
            staged = self.folder / f".{os.getpid()}-{next(self._numbers)}.part"
            try:
                stored = self._stage(file, staged, source, told)
                with self._lock, file_problems(self.folder):
                    self._keep(staged, stored)
            finally:
                with file_problems(self.folder):
                    staged.unlink(missing_ok=True)
        return stored

    @contextmanager
    def open(self, sha256: str) -> Iterator[BinaryIO]:
        """Open a content for reading. Raises `OSError`, also for a link or a folder in its place."""
        handle = os.open(self.place(sha256), os.O_RDONLY | _BINARY | _NO_LINK | _NO_WAIT)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with os.fdopen(handle, "rb", buffering=0) as file:
            yield file

    def verify(self, sha256: str, size: int, told: Told | None = None) -> FileState:
        """Read a content and tell whether it is there and the right one. Raises `EnvironmentProblem`."""
        place = self.place(sha256)
        with file_problems(place):
            try:
                with self.open(sha256) as file:
                    if os.fstat(file.fileno()).st_size != size:
                        return FileState.ALTERED
                    found = _digest(file, told)
            except OSError as error:
                if error.errno in _GONE:
                    return FileState.MISSING
                if error.errno in (errno.ELOOP, errno.EISDIR, errno.EMLINK):
                    return FileState.ALTERED
                raise
        return FileState.AVAILABLE if found == sha256 else FileState.ALTERED

    def delete(self, sha256: str) -> None:
        """Remove a content, and the folders that it leaves empty. Raises `EnvironmentProblem`."""
        place = self.place(sha256)
        with self._lock, file_problems(place):
            try:
                place.unlink()
            except OSError as error:
                if error.errno not in _GONE:
                    raise
            self._taken.pop(sha256, None)
            for folder in (place.parent, place.parent.parent):
                try:
                    folder.rmdir()
                except OSError:
                    break

    def taken(self) -> frozenset[str]:
        """Return the contents that were taken in since the store was opened, whether or not they were new."""
        with self._lock:
            return frozenset(self._taken)

    def new(self) -> frozenset[str]:
        """Return the contents that were not there before they were taken in since the store was opened."""
        with self._lock:
            return frozenset(sha256 for sha256, new in self._taken.items() if new)

    def walk(self) -> Iterator[Item]:
        """Give everything in the folder, in the order of names. Raises `EnvironmentProblem`.

        What file managers leave behind is not mentioned.
        """
        with file_problems(self.folder):
            yield from self._walk(self.folder, ())

    def remove_unfinished(self) -> None:
        """Remove copies that a crash left half made; only for the one who holds the ledger's lock."""
        if not self.folder.is_dir():
            return
        with file_problems(self.folder):
            for item in self._entries(self.folder):
                if _is_unfinished(item.name):
                    (self.folder / item.name).unlink(missing_ok=True)

    def remove(self, item: Item) -> None:
        """Remove something that `walk` gave. Raises `EnvironmentProblem`."""
        if item.found is Found.CONTENT:
            self.delete(item.sha256)
            return
        with file_problems(self.folder / item.path):
            (self.folder / item.path).unlink(missing_ok=True)

    def _stage(self, file: BinaryIO, staged: Path, source: Path, told: Told | None) -> Stored:
        from hashlib import sha256

        digest, size = sha256(), 0
        with file_problems(self.folder):
            handle = os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        with os.fdopen(handle, "wb", buffering=0) as target:
            while chunk := _read(file, source):
                size += len(chunk)
                if size > LARGEST:
                    raise _too_large(source)
                digest.update(chunk)
                with file_problems(self.folder):
                    _write(target, chunk)
                if told is not None:
                    told(len(chunk))
            if not size:
                raise _empty(source)
            with file_problems(self.folder):
                os.fsync(target.fileno())
        return Stored(digest.hexdigest(), size)

    def _keep(self, staged: Path, stored: Stored) -> None:
        """Give staged bytes their name, unless they are there already. What is there and wrong is replaced."""
        place = self.place(stored.sha256)
        present = self.verify(stored.sha256, stored.size)
        if present is not FileState.AVAILABLE:
            self._make(place.parent.parent)
            self._make(place.parent)
            staged.replace(place)
            sync_folder(place.parent)
        self._taken.setdefault(stored.sha256, present is FileState.MISSING)

    @staticmethod
    def _make(folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)

    def _walk(self, folder: Path, above: tuple[str, ...]) -> Iterator[Item]:
        for entry in self._entries(folder):
            path = "/".join((*above, entry.name))
            if entry.is_dir(follow_symlinks=False) and len(above) < 2 and _is_level(entry.name):
                yield from self._walk(Path(entry.path), (*above, entry.name))
            elif entry.is_file(follow_symlinks=False) and is_sha256(entry.name) and _fits(entry.name, above):
                yield Item(path, Found.CONTENT, entry.name)
            elif not above and _is_unfinished(entry.name):
                yield Item(path, Found.UNFINISHED)
            elif entry.name.casefold() not in _FROM_SYSTEMS:
                yield Item(path, Found.FOREIGN)

    @staticmethod
    def _entries(folder: Path) -> "list[os.DirEntry[str]]":
        # Unlike os.walk this does not hide the errors of a failing disk.
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)


def _is_level(name: str) -> bool:
    return len(name) == 2 and _HEX.issuperset(name)


def _fits(name: str, above: tuple[str, ...]) -> bool:
    return above == (name[:2], name[2:4])


def _is_unfinished(name: str) -> bool:
    return name.startswith(".") and name.endswith(".part")


@contextmanager
def _opened_source(source: Path) -> Iterator[BinaryIO]:
    try:
        handle = os.open(source, os.O_RDONLY | _BINARY | _NO_WAIT)
    except OSError as error:
        if source.is_dir():
            raise _folder(source) from error
        raise _unreadable(source, error) from error
    found = os.fstat(handle)
    refusal = _why_not(source, found)
    if refusal is not None:
        os.close(handle)
        raise refusal
    with os.fdopen(handle, "rb", buffering=0) as file:
        yield file


def _why_not(source: Path, found: os.stat_result) -> Refused | None:
    if stat.S_ISDIR(found.st_mode):
        return _folder(source)
    if not stat.S_ISREG(found.st_mode):
        return Refused(f"{_named(source)} is no ordinary file. Choose a file such as a PDF or a picture.")
    if not found.st_size:
        return _empty(source)
    return _too_large(source) if found.st_size > LARGEST else None


def _read(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise DiskFailure(
            f"{_named(source)} cannot be read: {error.strerror or error}. Check its disk and try again."
        ) from error


def _write(target: BinaryIO, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[target.write(rest) or 0 :]


def _digest(file: BinaryIO, told: Told | None) -> str:
    from hashlib import sha256

    digest = sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        if told is not None:
            told(len(chunk))
    return digest.hexdigest()


def _named(source: Path) -> str:
    return f"“{clean(source.name)}”"


def _folder(source: Path) -> Refused:
    return Refused(f"{_named(source)} is a folder. Choose the files in it.")


def _empty(source: Path) -> Refused:
    return Refused(f"{_named(source)} is empty. Choose a file that has something in it.")


def _too_large(source: Path) -> Refused:
    return Refused(f"{_named(source)} is larger than {LARGEST >> 20} MB. Choose a smaller file.")


def _unreadable(source: Path, error: OSError) -> Refused:
    if error.errno in _GONE:
        return Refused(f"{_named(source)} is not there any more. Choose another file.")
    return Refused(f"{_named(source)} cannot be read: {error.strerror or error}. Check its permissions.")
