"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zlib import crc32

_ROOM = 200


@contextmanager
def replace_file(target: Path, mode: str = "wb", **options: Any) -> Iterator[IO[Any]]:
    """Open a hidden file beside `target` for writing, and rename it to `target` when the block ends well.

    When the block raises, the file is removed and what was at `target` stays. Flushed to the disk before the
    rename, and the folder after it, so that a power cut leaves the old file or the new one. Raises `OSError`.
    """
    beside = target.with_name(f".{_short(target.name)}.{os.getpid()}.part")
    try:
        with beside.open(mode, **options) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _short(name: str) -> str:
    """Return a name that more can be added to; file systems take 255 bytes."""
    encoded = os.fsencode(name)
    return name if len(encoded) <= _ROOM else f"{crc32(encoded):08x}"


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the platform can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def private_folder(folder: Path) -> Iterator[None]:
    """Make a folder that only its owner may enter, and take it away again when the block raises.

    One that is there already is left as it is. Raises `OSError`.
    """
    made = not folder.exists()
    try:
        if made:
            folder.mkdir(parents=True, mode=0o700)
        yield
    except BaseException:
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        raise
