"""Reads single drawings out of the archive of the `lucide` package.

The standard `zipfile` parses all 1,700 entries before it hands out the first, which shows at start-up;
here an entry is looked up by its name in the archive's directory instead.
"""

import struct
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_END_OF_DIRECTORY = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_ENTRY_HEADER = 46
_LOCAL_HEADER = 30
_DEFLATED = 8


class UnknownIcon(KeyError):
    """A name that Lucide has no drawing for: a mistake in the program."""


class Archive:
    """A zip archive of SVG files, opened for each reading so that no file stays open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(-min(file.tell(), 65_558), 2)
            tail = file.read()
            end = tail.rfind(_END_OF_DIRECTORY)
            if end < 0:
                raise ValueError(f"{path} is not a zip archive")
            size, start = struct.unpack_from("<II", tail, end + 12)
            file.seek(start)
            self._directory = file.read(size)

    def read(self, name: str) -> bytes:
        """Return the content of the file `name`. Raises `UnknownIcon`."""
        entry = self._find(name.encode())
        method = struct.unpack_from("<H", self._directory, entry + 10)[0]
        packed_size = struct.unpack_from("<I", self._directory, entry + 20)[0]
        offset = struct.unpack_from("<I", self._directory, entry + 42)[0]
        with self._path.open("rb") as file:
            file.seek(offset)
            name_length, extra_length = struct.unpack_from("<HH", file.read(_LOCAL_HEADER), 26)
            file.seek(name_length + extra_length, 1)
            packed = file.read(packed_size)
        return zlib.decompress(packed, -15) if method == _DEFLATED else packed

    def _find(self, name: bytes) -> int:
        """Return where the directory's entry for `name` begins."""
        at = self._directory.find(name)
        while at >= 0:
            entry = at - _ENTRY_HEADER
            if self._is_entry(entry, len(name)):
                return entry
            at = self._directory.find(name, at + 1)
        raise UnknownIcon(name.decode())

    def _is_entry(self, at: int, name_length: int) -> bool:
        if at < 0 or self._directory[at : at + 4] != _ENTRY:
            return False
        return bool(struct.unpack_from("<H", self._directory, at + 28)[0] == name_length)


@cache
def _archive() -> Archive:
    spec = find_spec("lucide")
    if spec is None or not spec.submodule_search_locations:
        raise UnknownIcon("the lucide package is not installed")
    return Archive(Path(spec.submodule_search_locations[0]) / "lucide.zip")


@cache
def svg(name: str) -> str:
    """Return the drawing `name` as SVG text that draws in `currentColor`. Raises `UnknownIcon`."""
    return _archive().read(f"{name}.svg").decode("utf-8")
