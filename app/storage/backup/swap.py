"""Puts another database and its attachments in the place of a ledger's, wholly or not at all.

Everything is made ready in `restoring/` inside the ledger's folder, on the same disk. Until the journal is there, the
ledger is the old one, and whatever is left of `restoring/` is thrown away. From the moment that the journal is on the
disk, it is the new one: every step from there on is a rename that can be done again, and whoever opens the ledger next
finishes them. The old database is kept until the new one was opened and found good.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.storage.attachments.store import UPLOADS, is_sha256
from app.storage.backup.recovery import JOURNAL, STAGING
from app.storage.database import DATABASE_NAME
from app.storage.errors import file_problems
from app.storage.files import replace_file, sync_folder
from app.storage.seal import SEAL_NAME

_NEW = "new"
_OLD = "old"
_FORWARD = "forward"
_BACK = "back"
_NONE = "there-was-no-database"
# The log before the database: a log without its database is nothing, and a database without its log an older one.
_LOGS = (f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm")
_PARTS = (*_LOGS, DATABASE_NAME)


class Staging:
    """Where a ledger is made ready to take the place of the one in a folder. Only for who has the ledger's lock."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._root = ledger / STAGING
        self.new = self._root / _NEW
        self._old = self._root / _OLD
        self._journal = ledger / JOURNAL

    @property
    def database(self) -> Path:
        """Where the new database is made."""
        return self.new / DATABASE_NAME

    def begin(self) -> None:
        """Make the empty folders. Raises `EnvironmentProblem`."""
        with file_problems(self._root):
            self._clear()
            for folder in (self._root, self.new, self.new / UPLOADS, self._old):
                folder.mkdir(mode=0o700)
            if not (self._ledger / DATABASE_NAME).exists():
                (self.new / _NONE).touch()

    def attachment(self, sha256: str) -> Path:
        """Return where an attachment that the ledger lacks is made."""
        return self.new / UPLOADS / sha256

    def abandon(self) -> None:
        """Throw away what was made ready, or take it out again; the ledger is as it was.

        Raises `EnvironmentProblem`; the next `recover` then goes on.
        """
        if self._journal.exists():
            self._roll_back()
            return
        with file_problems(self._root):
            self._clear()

    def commit(self) -> None:
        """Put the new in the place of the old. Raises `EnvironmentProblem`; the next `recover` then goes on.

        Every file that was made ready has been flushed to the disk before.
        """
        with file_problems(self._ledger):
            for folder in (self.new / UPLOADS, self.new, self._root):
                sync_folder(folder)
            self._write_journal(_FORWARD)
            self._forward()

    def finish(self) -> None:
        """Let go of the old database, once the new one was found good. Raises `EnvironmentProblem`."""
        with file_problems(self._ledger):
            self._journal.unlink(missing_ok=True)
            sync_folder(self._ledger)
            self._clear()

    def _roll_back(self) -> None:
        """Put the old database back. Attachments that came stay: they do no harm."""
        with file_problems(self._ledger):
            # Before the journal says so: from then on there are only renames, which can be done again.
            if not self.database.exists():
                for name in _LOGS:
                    (self._ledger / name).unlink(missing_ok=True)
            self._write_journal(_BACK)
            self._back()
            self.finish()

    def keep_old(self, folder: Path) -> None:
        """Copy the database that is there, with its log, to a folder of its own before it is replaced."""
        with file_problems(folder):
            folder.mkdir(mode=0o700)
            for name in _PARTS:
                if (self._ledger / name).is_file():
                    shutil.copyfile(self._ledger / name, folder / name)
                    (folder / name).chmod(0o600)
                    _flush(folder / name)
            sync_folder(folder)
            sync_folder(folder.parent)

    def recover(self) -> bool:
        """Finish what a crash interrupted, and tell whether there was anything. Raises `EnvironmentProblem`."""
        with file_problems(self._ledger):
            if not self._journal.exists():
                found = self._root.exists()
                self._clear()
                return found
            direction = self._direction()
            self._back() if direction == _BACK else self._forward()
            self.finish()
        return True

    def _forward(self) -> None:
        self._break_seal()
        if self.database.exists():
            for name in _LOGS:
                _move(self._ledger / name, self._old / name)
            # Before the new database comes: beside it, the log of the old one would be taken for its own.
            self._flush_names()
            _move(self._ledger / DATABASE_NAME, self._old / DATABASE_NAME)
            self.database.replace(self._ledger / DATABASE_NAME)
        self._move_attachments()
        self._flush_names()

    def _move_attachments(self) -> None:
        """Give the attachments that came their places, and flush each folder once: of thousands, that is quicker."""
        uploads = self._ledger / UPLOADS
        changed = set()
        for staged in self._staged():
            place = uploads / staged.name[:2] / staged.name[2:4] / staged.name
            for folder in (uploads, place.parent.parent, place.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
                changed.add(folder)
            staged.replace(place)
        for folder in sorted(changed, reverse=True):
            sync_folder(folder)

    def _flush_names(self) -> None:
        for folder in (self._old, self._ledger):
            sync_folder(folder)

    def _staged(self) -> Iterator[Path]:
        folder = self.new / UPLOADS
        if folder.is_dir():
            with os.scandir(folder) as entries:
                found = sorted(entry.name for entry in entries)
            yield from (folder / name for name in found if is_sha256(name))

    def _back(self) -> None:
        self._break_seal()
        for name in _PARTS:
            _move(self._old / name, self._ledger / name)
        if (self.new / _NONE).exists():
            (self._ledger / DATABASE_NAME).unlink(missing_ok=True)
        self._flush_names()

    def _break_seal(self) -> None:
        """Take away what was noted of the database that goes; the next one is sealed when it is closed."""
        (self._ledger / SEAL_NAME).unlink(missing_ok=True)

    def _write_journal(self, direction: str) -> None:
        with replace_file(self._journal, "w", encoding="utf-8") as file:
            json.dump({"counterfoil_restore": 1, "direction": direction}, file)

    def _direction(self) -> str:
        try:
            return str(json.loads(self._journal.read_text(encoding="utf-8"))["direction"])
        except (ValueError, KeyError, TypeError):
            # A failing disk: as it is there, what was made ready was complete.
            return _FORWARD

    def _clear(self) -> None:
        if self._root.exists():
            shutil.rmtree(self._root)
            sync_folder(self._ledger)


def _move(source: Path, target: Path) -> None:
    with suppress(FileNotFoundError):
        source.replace(target)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
