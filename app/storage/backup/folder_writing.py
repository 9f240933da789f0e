"""Adds snapshots to a backup folder, at the cost of what changed, and removes what no snapshot needs any more."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.domain.backups import SNAPSHOT_ENDING, Member
from app.storage.backup.folder import (
    CHUNK,
    Chunk,
    FolderSnapshot,
    SnapshotList,
    Store,
    list_bytes,
    read_chunk,
    read_list,
)
from app.storage.backup.problems import Unfit
from app.storage.backup.snapshot import Told
from app.storage.backup.source import BackupSource, checked
from app.storage.errors import DiskFailure, file_problems
from app.storage.files import replace_file, sync_folder

_BATCH_BYTES = 256 * 1024 * 1024
_BATCH_FILES = 2000
_FLUSHED_AT_ONCE = 4
_MOST_WASTE = 4
"""A pack may be so many times as large as what the newest snapshot uses of it."""
_LEVEL = 3
_UNFINISHED = re.compile(r"\..+\.snapshot\.\d+\.part")


@dataclass(frozen=True, slots=True)
class Added:
    """What a snapshot added to its folder: its list, and the bytes that were written for it in all."""

    path: Path
    written: int


def prepare(store: Store) -> None:
    """Make a backup folder's own folders. Raises `EnvironmentProblem`."""
    with file_problems(store.folder):
        for folder in (store.folder, store.packs.parent, store.packs, store.files):
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
                sync_folder(folder.parent)


def add_snapshot(source: BackupSource, store: Store, name: str, told: Told) -> Added:
    """Add a snapshot of what a source holds; what the folder has already is not written again.

    Its list is written last, when all the rest is on the disk and was read back. Raises `EnvironmentProblem`, `Unfit`
    when the source is damaged, and whatever `told` raises. What it had written until then is no part of any snapshot
    and goes with the next `sweep`.
    """
    known = _known_chunks(store)
    path = store.folder / f"{name}{SNAPSHOT_ENDING}"
    with file_problems(store.folder):
        chunks, written = _add_database(source, store, name, known, told)
        written += _add_files(source, store, told)
        data = list_bytes(SnapshotList(source.manifest, chunks))
        with replace_file(path) as file:
            Path(file.name).chmod(0o600)
            file.write(data)
    return Added(path, written + len(data))


def is_taken(store: Store, name: str) -> bool:
    """Tell whether a name belongs to a snapshot, or to a pack that a later one still needs."""
    return (store.folder / f"{name}{SNAPSHOT_ENDING}").exists() or store.pack(name).exists()


def _known_chunks(store: Store) -> dict[str, Chunk]:
    """Return the pieces that the newest snapshot has, but for those in packs that are mostly out of use.

    Such pieces are written again, so that the old packs can go with their last snapshots.
    """
    newest = _newest(store)
    if newest is None:
        return {}
    used = Counter[str]()
    for chunk in {chunk.sha256: chunk for chunk in newest.chunks}.values():
        used[chunk.pack] += chunk.length
    sizes = {pack: _size(store.pack(pack)) for pack in used}
    return {
        chunk.sha256: chunk
        for chunk in newest.chunks
        if chunk.offset + chunk.length <= sizes[chunk.pack] <= _MOST_WASTE * used[chunk.pack]
    }


def _newest(store: Store) -> SnapshotList | None:
    found: list[SnapshotList] = []
    for path in store.lists():
        try:
            found.append(read_list(path))
        except Unfit:
            continue
    return max(found, key=lambda one: one.manifest.created_at, default=None)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _add_database(
    source: BackupSource, store: Store, name: str, known: dict[str, Chunk], told: Told
) -> tuple[tuple[Chunk, ...], int]:
    import zstandard

    place = store.pack(name)
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    chunks: list[Chunk] = []
    offset = 0
    place.touch(mode=0o600)
    with place.open("wb") as file:
        for piece in _pieces(checked(source, source.manifest.database)):
            sha256 = hashlib.sha256(piece).hexdigest()
            if sha256 not in known:
                packed = packer.compress(piece)
                file.write(packed)
                known[sha256] = Chunk(sha256, name, offset, len(packed))
                offset += len(packed)
            chunks.append(known[sha256])
            told(len(piece))
        file.flush()
        os.fsync(file.fileno())
    if offset:
        _read_back(place, [chunk for chunk in dict.fromkeys(chunks) if chunk.pack == name], told)
        sync_folder(store.packs)
    else:
        place.unlink()
    return tuple(chunks), offset


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the same bytes in pieces of `CHUNK`."""
    rest = b""
    for block in blocks:
        rest += block
        whole = len(rest) - len(rest) % CHUNK
        for start in range(0, whole, CHUNK):
            yield rest[start : start + CHUNK]
        rest = rest[whole:]
    if rest:
        yield rest


def _read_back(place: Path, chunks: Iterable[Chunk], told: Told) -> None:
    with place.open("rb") as file:
        for chunk in chunks:
            try:
                read_chunk(file, chunk, place)
            except Unfit as error:
                raise _misread(place) from error
            told(0)


def _misread(place: Path) -> DiskFailure:
    return DiskFailure(
        f"What was written to {place} did not read back as it should. Check the disk and try again."
    )


def _add_files(source: BackupSource, store: Store, told: Told) -> int:
    written = 0
    batch: list[Member] = []
    for member in source.manifest.attachments:
        if _size(store.file(member.sha256)) == member.size:
            told(member.size)
            continue
        _stage(source, store, member, told)
        written += member.size
        batch.append(member)
        if len(batch) == _BATCH_FILES or sum(one.size for one in batch) > _BATCH_BYTES:
            _keep(store, batch, told)
            batch = []
    _keep(store, batch, told)
    return written


def _staged(store: Store, member: Member) -> Path:
    return store.files / f".{member.sha256}.part"


def _stage(source: BackupSource, store: Store, member: Member, told: Told) -> None:
    staged = _staged(store, member)
    staged.touch(mode=0o600)
    with staged.open("wb") as file:
        for block in checked(source, member):
            file.write(block)
            told(len(block))


def _keep(store: Store, batch: list[Member], told: Told) -> None:
    """Flush staged files to the disk, read them back, and give them their names; together, as that is far quicker."""
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        for _ in pool.map(lambda member: _flush(_staged(store, member), member), batch):
            told(0)
    folders = set()
    for member in batch:
        place = store.file(member.sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        _staged(store, member).replace(place)
        folders.add(place.parent)
    for folder in sorted(folders):
        sync_folder(folder)
    if folders:
        sync_folder(store.files)


def _flush(staged: Path, member: Member) -> None:
    with staged.open("r+b") as file:
        os.fsync(file.fileno())
        if hashlib.file_digest(file, "sha256").hexdigest() != member.sha256:
            raise _misread(staged)


@dataclass(frozen=True, slots=True)
class Swept:
    """What was removed from a backup folder: how many files, and their bytes."""

    files: int
    bytes: int


def remove_snapshots(store: Store, names: Iterable[str]) -> None:
    """Remove lists of snapshots by their file names. Raises `EnvironmentProblem`."""
    with file_problems(store.folder):
        for name in names:
            (store.folder / name).unlink(missing_ok=True)
        sync_folder(store.folder)


def sweep(store: Store, told: Told) -> Swept:
    """Remove what no snapshot needs: whatever a crash interrupts here is done by the next sweep.

    Nothing is removed while a list cannot be read, since nobody knows what it needs. Raises `Unfit` then, and
    `EnvironmentProblem`.
    """
    needed: set[Path] = set()
    for path in store.lists():
        listed = FolderSnapshot(path).list
        needed |= {store.pack(chunk.pack) for chunk in listed.chunks}
        needed |= {store.file(member.sha256) for member in listed.manifest.attachments}
        told(0)
    files = size = 0
    with file_problems(store.folder):
        for place in _present(store):
            if place not in needed:
                size += place.stat().st_size
                place.unlink()
                files += 1
                told(0)
    return Swept(files, size)


def _present(store: Store) -> list[Path]:
    found: list[Path] = list(_entries(store.packs))
    for entry in _entries(store.files):
        found += _entries(entry) if entry.is_dir() else [entry]
    found += [path for path in _entries(store.folder) if _UNFINISHED.fullmatch(path.name)]
    return found


def _entries(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries]
