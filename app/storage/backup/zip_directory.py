"""Looks at a zip before anything is read from it, so that a forged one costs neither memory nor disk."""

import errno
import stat
import struct
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import BinaryIO

from app.domain.backups import LARGEST_MANIFEST, MANIFEST, MOST_MEMBERS
from app.domain.text import clean
from app.storage.backup.problems import Unfit

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_MARK = b"PK\x06\x07"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_MARK = b"PK\x06\x06"
_LONGEST_COMMENT = 1 << 16
_IN_ZIP_64 = 0xFFFF
_LARGEST_DIRECTORY = MOST_MEMBERS * 256
_ENCRYPTED = 0x1
_SMALL = 64 << 20
_HIGHEST_RATIO = 250
"""Real databases are packed to a tenth or so; one that unpacks to more than this was made to fill a disk."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_zip(file: BinaryIO, path: Path) -> zipfile.ZipFile:
    """Open a zip whose directory is small enough to be read. Raises `Unfit`, and `OSError`."""
    entries, size = _directory(file, path)
    if entries > MOST_MEMBERS + 1 or size > _LARGEST_DIRECTORY:
        raise Unfit(f"{path} has more than {MOST_MEMBERS:,} files in it, the most that a backup may have.")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, ValueError, RuntimeError) as error:
        raise not_whole(path) from error
    except OSError as error:
        # Looking in a place before the beginning of the file.
        if error.errno == errno.EINVAL:
            raise not_whole(path) from error
        raise


def not_whole(path: Path) -> Unfit:
    """Return the refusal of a file that is no zip, or only a part of one."""
    return Unfit(f"{path} is not a Counterfoil backup, or it is damaged or cut short. Use another backup.")


def _directory(file: BinaryIO, path: Path) -> tuple[int, int]:
    """Return how many entries the directory at the end of a zip has, and its length in bytes."""
    end = file.seek(0, 2)
    start = max(0, end - _LONGEST_COMMENT - _END.size)
    file.seek(start)
    tail = file.read(end - start)
    found = tail.rfind(_END_MARK)
    if found < 0 or len(tail) - found < _END.size:
        raise not_whole(path)
    entries, size = _END.unpack_from(tail, found)[4:6]
    locator = found - _LOCATOR.size
    if locator >= 0 and tail[locator:].startswith(_LOCATOR_MARK):
        file.seek(min(_LOCATOR.unpack_from(tail, locator)[2], end))
        record = file.read(_END_64.size)
        if len(record) == _END_64.size and record.startswith(_END_64_MARK):
            return _END_64.unpack(record)[7:9]
        # Where a zip has something in front, Python looks for the record right before its locator.
        if locator < _END_64.size or not tail[locator - _END_64.size :].startswith(_END_64_MARK):
            raise not_whole(path)
        return _END_64.unpack_from(tail, locator - _END_64.size)[7:9]
    if entries == _IN_ZIP_64:
        raise not_whole(path)
    return entries, size


def check_members(infos: Sequence[zipfile.ZipInfo], path: Path, size: int) -> None:
    """Raise `Unfit` for a directory that none of our archives has. `size` is the zip's own, in bytes."""
    names: set[str] = set()
    packed = 0
    for info in infos:
        _check_member(info, path, names)
        if not 0 <= info.header_offset < size:
            raise not_whole(path)
        packed += info.compress_size
    if packed > size:
        raise Unfit(f"{path} is damaged: its files lie over one another. Use another backup.")


def _check_member(info: zipfile.ZipInfo, path: Path, names: set[str]) -> None:
    shown = f"“{clean(info.orig_filename)[:80]}”"
    folded = info.filename.casefold()
    if folded in names:
        raise Unfit(f"{path} is refused: it has two files called {shown}.")
    names.add(folded)
    if info.orig_filename != info.filename or info.is_dir():
        raise Unfit(f"{path} is refused: {shown} is not the name of a file that a backup has.")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise Unfit(f"{path} is refused: {shown} is a link or a device, not a file.")
    if info.flag_bits & _ENCRYPTED:
        raise Unfit(
            f"{path} is refused: {shown} is locked in the way of zip files, which no Counterfoil backup is."
        )
    if info.compress_type not in _METHODS:
        raise Unfit(f"{path} is refused: {shown} is packed in a way that no Counterfoil backup is.")
    if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
        raise Unfit(f"{path} is refused: {shown} has two different sizes.")
    if info.file_size > max(_SMALL, info.compress_size * _HIGHEST_RATIO):
        raise Unfit(
            f"{path} is refused: {shown} would unpack to more than {_HIGHEST_RATIO} times its size,"
            " which no backup does."
        )
    if info.filename == MANIFEST and info.file_size > LARGEST_MANIFEST:
        raise Unfit(
            f"{path} is refused: its list of files has more than {LARGEST_MANIFEST >> 20} MB, the most it may have."
        )


def check_names(infos: Sequence[zipfile.ZipInfo], wanted: Collection[str], path: Path) -> None:
    """Raise `Unfit` unless a zip has exactly the files that its manifest names."""
    found = {info.filename for info in infos}
    for name in sorted(found - set(wanted)):
        raise Unfit(f"{path} is refused: it has a file that does not belong there, “{clean(name)[:80]}”.")
    for name in sorted(set(wanted) - found):
        raise Unfit(f"{path} is damaged: {name} is missing from it. Use another backup.")
