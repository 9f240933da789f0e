"""A backup folder: snapshots that share what they have in common.

NAME-YYYYMMDD-HHMMSS.snapshot      the list of one snapshot, written last
counterfoil-data/packs/*.pack      pieces of databases, each a zstd frame, one file for what a snapshot added
counterfoil-data/files/ab/HASH     attachments as they are, under their SHA-256
counterfoil-data/lock              locked while a program writes or removes
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.domain.backups import (
    DATABASE,
    LARGEST_DATABASE,
    LARGEST_MANIFEST,
    SNAPSHOT_ENDING,
    Manifest,
    Member,
    NotAManifest,
    manifest_from_json,
    manifest_to_json,
    parse_json,
)
from app.storage.backup.archive import opened_file, reading_problems
from app.storage.backup.problems import Unfit
from app.storage.backup.source import BLOCK
from app.storage.errors import LedgerInUse, file_problems

DATA = "counterfoil-data"
CHUNK = 128 * 1024
"""The database is kept in pieces of so many bytes: a change costs the pieces that it lies in."""

_PACK = re.compile(r"[\w.-]{1,120}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a database: its SHA-256, and where its zstd frame lies."""

    sha256: str
    pack: str
    offset: int
    length: int


@dataclass(frozen=True)
class SnapshotList:
    """What a snapshot is made of."""

    manifest: Manifest
    chunks: tuple[Chunk, ...]


class Store:
    """The folder's own files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packs = folder / DATA / "packs"
        self.files = folder / DATA / "files"

    @property
    def is_there(self) -> bool:
        """Whether snapshots were ever written to this folder."""
        return self.packs.is_dir()

    def pack(self, name: str) -> Path:
        """Return where a pack is."""
        return self.packs / f"{name}.pack"

    def file(self, sha256: str) -> Path:
        """Return where an attachment is."""
        return self.files / sha256[:2] / sha256

    def lists(self) -> list[Path]:
        """Return the lists of the snapshots, in the order of their names. Raises `EnvironmentProblem`."""
        with reading_problems(self.folder):
            return sorted(
                path
                for path in self.folder.iterdir()
                if path.name.endswith(SNAPSHOT_ENDING) and not path.name.startswith(".") and path.is_file()
            )

    def lock(self) -> "StoreLock":
        """Keep other programs from writing here for the length of a block. Raises `LedgerInUse`."""
        return StoreLock(self.folder)


class StoreLock:
    """The right to write to a backup folder, for the length of a `with` block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / DATA / "lock", mode=0o600, thread_local=False)

    def __enter__(self) -> None:
        """Take the lock. Raises `EnvironmentProblem`."""
        with file_problems(self._folder):
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise LedgerInUse(
                    f"Another Counterfoil is writing to the backups in {self._folder}. Wait for it and try again."
                ) from None

    def __exit__(self, *_details: object) -> None:
        """Let others have the folder."""
        self._lock.release()


class FolderSnapshot:
    """An open snapshot of a backup folder. Raises `Unfit` and `EnvironmentProblem` when it is made."""

    locked = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = Store(path.parent)
        self.list = read_list(path)
        self.manifest = self.list.manifest
        if not self._store.is_there:
            raise Unfit(
                f"{path} is only the list of a backup. Put it back beside the folder {DATA} that it lay with."
            )

    def blocks(self, member: Member) -> Iterator[bytes]:
        """Give the bytes of a member. Raises `Unfit` and `EnvironmentProblem`."""
        return self._chunks() if member.name == DATABASE else self._file(member)

    def _file(self, member: Member) -> Iterator[bytes]:
        place = self._store.file(member.sha256)
        if not place.is_file():
            raise Unfit(f"{self.path} is damaged: {member.name} is missing from {DATA}. Use another backup.")
        with reading_problems(place), place.open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    def _chunks(self) -> Iterator[bytes]:
        opened: dict[str, Any] = {}
        try:
            for chunk in self.list.chunks:
                if chunk.pack not in opened:
                    place = self._store.pack(chunk.pack)
                    if not place.is_file():
                        raise Unfit(
                            f"{self.path} is damaged: {place.name} is missing from {DATA}. Use another backup."
                        )
                    opened[chunk.pack] = opened_file(place)
                with reading_problems(self.path):
                    yield read_chunk(opened[chunk.pack], chunk, self.path)
        finally:
            for file in opened.values():
                file.close()

    def close(self) -> None:
        """Nothing is held open between reads."""


def read_chunk(file: Any, chunk: Chunk, path: Path) -> bytes:
    """Return the bytes of a piece from the pack that holds it. Raises `Unfit` and `OSError`."""
    import zstandard

    file.seek(chunk.offset)
    try:
        data = zstandard.ZstdDecompressor(max_window_size=CHUNK * 8).decompress(
            file.read(chunk.length), max_output_size=CHUNK
        )
    except zstandard.ZstdError as error:
        raise _broken(path, chunk) from error
    if len(data) > CHUNK or hashlib.sha256(data).hexdigest() != chunk.sha256:
        raise _broken(path, chunk)
    return data


def _broken(path: Path, chunk: Chunk) -> Unfit:
    return Unfit(
        f"{path} is damaged: a piece of the database in {chunk.pack}.pack is not what was backed up."
    )


def list_bytes(listed: SnapshotList) -> bytes:
    """Return a snapshot's list as it is stored."""
    import zstandard

    packs = sorted({chunk.pack for chunk in listed.chunks})
    number = {pack: position for position, pack in enumerate(packs)}
    values = {
        **manifest_to_json(listed.manifest),
        "packs": packs,
        "chunks": [[one.sha256, number[one.pack], one.offset, one.length] for one in listed.chunks],
    }
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(text)


def read_list(path: Path) -> SnapshotList:
    """Return what a snapshot is made of. Raises `Unfit` and `EnvironmentProblem`."""
    import zstandard

    with opened_file(path) as file, reading_problems(path):
        packed = file.read(LARGEST_MANIFEST + 1)
    try:
        if zstandard.frame_content_size(packed) > LARGEST_MANIFEST or len(packed) > LARGEST_MANIFEST:
            raise Unfit(
                f"{path} is refused: it has more than {LARGEST_MANIFEST >> 20} MB, the most it may have."
            )
        text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST_MANIFEST)
        values = parse_json(text)
        manifest = manifest_from_json(values)
        return SnapshotList(manifest, _chunk_list(values))
    except NotAManifest as error:
        raise Unfit(f"{path} is refused: its list {error}.") from error
    except (zstandard.ZstdError, ValueError, TypeError, KeyError, IndexError) as error:
        raise Unfit(f"{path} is not a Counterfoil backup, or it is damaged. Use another backup.") from error


def _chunk_list(values: dict[str, Any]) -> tuple[Chunk, ...]:
    packs = values["packs"]
    if not all(isinstance(pack, str) and _PACK.fullmatch(pack) and pack.strip(".") for pack in packs):
        raise ValueError("no name of a pack")
    found = []
    for sha256, pack, offset, length in values["chunks"]:
        if not _HASH.fullmatch(sha256) or not all(
            type(one) is int and one >= 0 for one in (pack, offset, length)
        ):
            raise ValueError("no piece of a database")
        if length > CHUNK * 2:
            raise ValueError("a piece that is too large")
        found.append(Chunk(sha256, packs[pack], offset, length))
    if len(found) * CHUNK > LARGEST_DATABASE + CHUNK:
        raise ValueError("too many pieces")
    return tuple(found)
