"""The pages of a database file that may be damaged, with what its log has committed laid over them."""

import struct
from array import array
from pathlib import Path
from typing import BinaryIO

from app.storage.errors import file_problems

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_USUAL = 4096
_SMALLEST, _LARGEST = 512, 65536
_LOG_HEADER = 32
_FRAME_HEADER = 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_WORD = 0xFFFFFFFF


class Pages:
    """Gives the pages of a database by number, from 1 on. Nothing is written, and SQLite has no part in it.

    A header that cannot be believed does not matter: what it says is worked out otherwise. Raises
    `EnvironmentProblem` when the file cannot even be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with file_problems(path):
            self._file: BinaryIO = path.open("rb")
            file_size = self._file.seek(0, 2)
        self.unreadable: set[int] = set()
        self._log: BinaryIO | None = None
        self._in_log: dict[int, int] = {}
        head = self._at(self._file, 0, _HEADER) or b""
        log = path.with_name(f"{path.name}-wal")
        self.size = _page_size(head, log)
        self.count = -(-file_size // self.size)
        if log.is_file():
            with file_problems(log):
                self._log = log.open("rb")
            self._read_log(self._log)
        first = self.read(1) or b""
        self.has_header = first.startswith(_MAGIC)
        reserved = first[20] if self.has_header and first[20] < _SMALLEST // 2 else 0
        self.usable = self.size - reserved
        self.schema_version = int.from_bytes(first[60:64], "big") if self.has_header else 0

    def read(self, number: int) -> bytes | None:
        """Return a page, or None for one that is not there or that the disk does not give."""
        if not 1 <= number <= self.count:
            return None
        offset = self._in_log.get(number)
        if offset is not None and self._log is not None:
            found = self._at(self._log, offset, self.size)
        else:
            found = self._at(self._file, (number - 1) * self.size, self.size)
        if found is None:
            self.unreadable.add(number)
            return None
        return found.ljust(self.size, b"\0")

    def free(self) -> set[int]:
        """Return the pages that the database has let go of: what is in them was deleted."""
        first = self.read(1)
        found: set[int] = set()
        if first is None or not self.has_header:
            return found
        trunk = int.from_bytes(first[32:36], "big")
        while trunk and trunk not in found:
            page = self.read(trunk)
            if page is None:
                break
            found.add(trunk)
            trunk, leaves = struct.unpack_from(">II", page)
            if leaves > self.usable // 4 - 2:
                break
            found.update(struct.unpack_from(f">{leaves}I", page, 8))
        return found

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    @staticmethod
    def _at(file: BinaryIO, offset: int, length: int) -> bytes | None:
        try:
            file.seek(offset)
            return file.read(length)
        except OSError:
            return None

    def _read_log(self, log: BinaryIO) -> None:
        """Note where the log has pages of finished transactions, up to the first frame that is not right."""
        head = self._at(log, 0, _LOG_HEADER) or b""
        if len(head) < _LOG_HEADER:
            return
        magic, _, page_size, _, _, _, one, two = struct.unpack(">8I", head)
        if magic not in (_LITTLE, _BIG) or page_size != self.size:
            return
        swapped = magic == _BIG
        sums = _checksum(head[:24], 0, 0, big=swapped)
        if sums != (one, two):
            return
        offset, open_frames = _LOG_HEADER, {}
        while True:
            frame = self._at(log, offset, _FRAME_HEADER + self.size) or b""
            if len(frame) < _FRAME_HEADER + self.size:
                return
            number, pages_after, *salts, one, two = struct.unpack_from(">6I", frame)
            if struct.pack(">2I", *salts) != head[16:24]:
                return
            sums = _checksum(frame[:8], *sums, big=swapped)
            sums = _checksum(frame[_FRAME_HEADER:], *sums, big=swapped)
            if sums != (one, two):
                return
            open_frames[number] = offset + _FRAME_HEADER
            offset += len(frame)
            if pages_after:
                self._in_log.update(open_frames)
                open_frames = {}
                self.count = pages_after


def _checksum(data: bytes, one: int, two: int, *, big: bool) -> tuple[int, int]:
    """Return SQLite's running checksum of a log, of 8 bytes at a time."""
    words = array("I", data)
    if big == (struct.pack("=I", 1) == struct.pack("<I", 1)):
        words.byteswap()
    for left, right in zip(words[::2], words[1::2], strict=True):
        one = (one + left + two) & _WORD
        two = (two + right + one) & _WORD
    return one, two


def _page_size(head: bytes, log: Path) -> int:
    """Return the page size that the header says, or else the log, or else the one that ledgers always have."""
    told = int.from_bytes(head[16:18], "big") if head.startswith(_MAGIC) else 0
    size = _LARGEST if told == 1 else told
    if _is_size(size):
        return size
    try:
        with log.open("rb") as file:
            size = int.from_bytes(file.read(12)[8:12], "big")
    except OSError:
        return _USUAL
    return size if _is_size(size) else _USUAL


def _is_size(size: int) -> bool:
    return _SMALLEST <= size <= _LARGEST and not size & (size - 1)
