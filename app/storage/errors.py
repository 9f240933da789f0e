"""What the machine can do to a ledger, told apart from bugs: each says what happened and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class EnvironmentProblem(Exception):
    """The disk, the file or another program is in the way; `str()` is one or two sentences for the user."""


class NoLedger(EnvironmentProblem):
    """There is no ledger in the folder."""


class LedgerExists(EnvironmentProblem):
    """There is a ledger in the folder where a new one should be made."""


class LedgerInUse(EnvironmentProblem):
    """Another program holds the ledger."""


class DiskFull(EnvironmentProblem):
    """There was no room to write; nothing was changed."""


class NotWritable(EnvironmentProblem):
    """The folder or the file may only be read."""


class Damaged(EnvironmentProblem):
    """The database file is damaged or is no SQLite database at all."""


class ForeignDatabase(EnvironmentProblem):
    """The file is a database, but not one of ours."""


class NewerSchema(EnvironmentProblem):
    """The ledger was written by a newer version of the program."""


class DiskFailure(EnvironmentProblem):
    """The disk gave an error; what was being written may or may not be there."""


class Unavailable(EnvironmentProblem):
    """The bytes of an attached file are not there, or are not those that were attached."""


class Unreadable(ValueError):
    """A stored value is none that the program ever writes; `database_problems` makes it `Damaged`."""


class Interrupted(Exception):
    """A query was stopped because nobody waits for its answer any more."""


_BY_CODE: dict[int, tuple[type[EnvironmentProblem], str]] = {
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "The disk with {path} is full. Nothing was changed; free some space and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        NotWritable,
        "{path} cannot be written. Check the folder's permissions and try again.",
    ),
    sqlite3.SQLITE_PERM: (
        NotWritable,
        "{path} cannot be written. Check the folder's permissions and try again.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        NotWritable,
        "{path} cannot be opened. Check that the disk is there and may be written.",
    ),
    sqlite3.SQLITE_BUSY: (LedgerInUse, "Another program is using {path}. Close it and try again."),
    sqlite3.SQLITE_LOCKED: (LedgerInUse, "Another program is using {path}. Close it and try again."),
    sqlite3.SQLITE_CORRUPT: (
        Damaged,
        "{path} is damaged. Nothing was changed; restore a backup of this ledger.",
    ),
    sqlite3.SQLITE_NOTADB: (
        Damaged,
        "{path} is not a Counterfoil ledger, or it is damaged. Open another folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        DiskFailure,
        "The disk with {path} gave an error. Check the disk and open the ledger again.",
    ),
}


def from_sqlite(error: BaseException, path: Path) -> Exception | None:
    """Return the problem that an error of the database stands for, or None where the error is a bug of ours."""
    cause = getattr(error, "orig", None) or error
    if _shows_damage(cause):
        kind, sentence = _BY_CODE[sqlite3.SQLITE_CORRUPT]
        return kind(sentence.format(path=path))
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_INTERRUPT:
        return Interrupted()
    found = _BY_CODE.get(code & 0xFF)
    if found is None:
        return None
    kind, sentence = found
    return kind(sentence.format(path=path))


def _shows_damage(cause: BaseException) -> bool:
    """Tell whether only a damaged file explains an error: text that is none, tables that lost their names."""
    if isinstance(cause, UnicodeDecodeError | Unreadable):
        return True
    words = str(cause)
    return isinstance(cause, sqlite3.OperationalError) and (
        words.startswith(("Could not decode to UTF-8", "no such table", "no such column"))
        or "has no column named" in words
    )


@contextmanager
def database_problems(path: Path) -> Iterator[None]:
    """Turn errors of SQLite inside the block into `EnvironmentProblem` or `Interrupted`; let the rest through."""
    try:
        yield
    except Exception as error:
        problem = from_sqlite(error, path)
        if problem is None:
            raise
        raise problem from error


@contextmanager
def file_problems(path: Path) -> Iterator[None]:
    """Turn errors of the operating system at a file inside the block into `EnvironmentProblem`."""
    try:
        yield
    except OSError as error:
        raise from_os(error, path) from error


def from_os(error: OSError, path: Path) -> EnvironmentProblem:
    """Return the problem that an operating-system error at a file stands for."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk with {path} is full. Nothing was changed; free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotWritable(f"{path} cannot be written. Check the folder's permissions and try again.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NoLedger(f"{path} is not there. Check the folder's name, or that its disk is plugged in.")
    return DiskFailure(f"{path} cannot be used: {error.strerror or error}. Check the disk and try again.")
