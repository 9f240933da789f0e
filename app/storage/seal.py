"""The seal of a ledger: what its database file was when the program let go of it.

SQLite has no checksums of its own, so a bit that flips on the disk goes unnoticed unless it breaks the structure. The
seal is the file's SHA-256, written beside it when a ledger is closed. It is taken away before the first change of a
session, and flushed away: a crash leaves no seal, and without one nothing is said. A reader of a closed ledger never
touches it.

Opening and closing a file by any other way drops the locks that SQLite holds on it in the same process. So the file
is opened here only to be read, and closed only after SQLite has closed it: `SealKeeper.close` is called last.
"""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.domain.dates import iso_instant
from app.storage.errors import file_problems
from app.storage.files import replace_file, sync_folder

SEAL_NAME = "counterfoil.seal"
_BLOCK = 1 << 20
_CHANGES_AT, _VALID_FOR_AT = 24, 92
_LARGEST_SEAL = 4096

_log = logging.getLogger(__name__)

Told = Callable[[int, int], None]
"""Hears how many bytes of how many were read; may raise to stop the work."""


class SealState(StrEnum):
    """What a seal says of a database file.

    UNSEALED: there is none, or the file changed while it was read, by this very program. CHANGED: another program has
    changed the database in SQLite's own way. DIFFERENT: bytes have changed, and nobody says to have done it.
    """

    SOUND = "sound"
    UNSEALED = "unsealed"
    CHANGED = "changed"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a database file was: size in bytes, SHA-256, SQLite's counter of changes, and when that was, in UTC.

    `doubted` tells that the file was different from an earlier seal, and nobody has accepted it since.
    """

    size: int
    sha256: str
    changes: int
    sealed_at: datetime
    doubted: bool = False


class SealKeeper:
    """Keeps the seal of a ledger that is open. Every method but `verify` is called by one thread at a time."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._place = database.with_name(SEAL_NAME)
        self.seal = _read(self._place)
        self._found = _stamp(database)
        self._held: list[BinaryIO] = []
        self._broken = False
        self._doubted = self.seal is not None and self.seal.doubted

    def break_seal(self) -> None:
        """Take the seal away, before anything is changed. Raises `EnvironmentProblem`."""
        if self._broken:
            return
        if self._place.exists():
            with file_problems(self._place):
                self._place.unlink(missing_ok=True)
            try:
                sync_folder(self._place.parent)
            except OSError as error:
                # It matters only if the power goes before the change is on the disk, which needs the same disk.
                _log.warning("the folder of a ledger could not be flushed: %s", type(error).__name__)
        self._broken = True

    def verify(self, told: Told) -> SealState:
        """Compare the file with the seal that was there when the ledger was opened.

        May run while the ledger is used: changes go to the log first, and once they reach the file, its time tells.
        Raises `EnvironmentProblem`, and whatever `told` raises.
        """
        if self._doubted:
            return SealState.DIFFERENT
        if self.seal is None or _stamp(self._database) != self._found:
            return SealState.UNSEALED
        with file_problems(self._database):
            found = self._measure(told)
        if _stamp(self._database) != self._found:
            return SealState.UNSEALED
        if (found.size, found.sha256) == (self.seal.size, self.seal.sha256):
            return SealState.SOUND
        if found.changes not in (-1, self.seal.changes):
            return SealState.CHANGED
        self._doubted = True
        return SealState.DIFFERENT

    def accept(self) -> None:
        """Take the file for what it is from now on; it is sealed again when the ledger is closed.

        Raises `EnvironmentProblem`.
        """
        self.break_seal()
        self._doubted = False
        self.seal = None

    def close(self, *, sealing: bool) -> None:
        """Seal the file again where that is needed, and let go of it; SQLite has let go of it before.

        That it could not be sealed is no reason to keep anybody waiting: then there is no seal.
        """
        try:
            needed = self._broken or self.seal is None or _stamp(self._database) != self._found
            if sealing and needed and not _has_log(self._database):
                self._write()
        except OSError as error:
            _log.warning("the ledger could not be sealed: %s", type(error).__name__)
        finally:
            for file in self._held:
                file.close()
            self._held.clear()

    def _write(self) -> None:
        self._place.unlink(missing_ok=True)
        found = self._measure(lambda _done, _total: None)
        values = {
            "counterfoil_seal": 1,
            "size": found.size,
            "sha256": found.sha256,
            "changes": found.changes,
            "sealed_at": iso_instant(found.sealed_at),
            "doubted": self._doubted,
        }
        with replace_file(self._place, "w", encoding="utf-8") as file:
            json.dump(values, file)
        self._place.chmod(0o600)

    def _measure(self, told: Told) -> Seal:
        from hashlib import sha256

        file = self._database.open("rb", buffering=0)
        self._held.append(file)
        digest, done, head = sha256(), 0, b""
        total = os.fstat(file.fileno()).st_size
        # A file that grows meanwhile is another one already; its time tells.
        while done < total and (block := file.read(_BLOCK)):
            head = head or block[:100]
            digest.update(block)
            done += len(block)
            told(done, total)
        return Seal(done, digest.hexdigest(), _changes(head), datetime.now(UTC))


def _changes(head: bytes) -> int:
    """Return SQLite's counter of changes, -1 where its two copies differ: no program has left them so."""
    one, two = head[_CHANGES_AT : _CHANGES_AT + 4], head[_VALID_FOR_AT : _VALID_FOR_AT + 4]
    return int.from_bytes(one, "big") if one == two and len(one) == 4 else -1


def _stamp(database: Path) -> tuple[int, int]:
    try:
        found = database.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _has_log(database: Path) -> bool:
    try:
        return database.with_name(f"{database.name}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _read(place: Path) -> Seal | None:
    """Return the seal that is there; one that cannot be read is none."""
    try:
        with place.open("rb") as file:
            values = json.loads(file.read(_LARGEST_SEAL))
        return Seal(
            int(values["size"]),
            str(values["sha256"]),
            int(values["changes"]),
            datetime.fromisoformat(values["sealed_at"]),
            values.get("doubted") is True,
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("the seal of a ledger could not be read: %s", type(error).__name__)
        return None
