"""Locks an archive with a passphrase, by age: the archive under a key of its own, that key under the passphrase.

What is written is a zip of two files that the `age` program opens too: `key.age`, whose passphrase gives the key, and
`backup.age`, which that key opens. The key itself opens the archive as well: that is what a recovery sheet has.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from app.storage.backup.problems import Locked, Unfit, WrongPassphrase
from app.storage.errors import file_problems

KEY = "key.age"
BODY = "backup.age"
_LARGEST_KEY = 1 << 16
_RECOVERY_KEY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")


class _Stream:
    """Bytes from an iterator, for a reader that asks for so many at a time."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._rest = b""
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = next(self._blocks)
        except StopIteration:
            return b""
        # The library makes a text of whatever is raised here.
        except BaseException as error:
            self.failure = error
            raise
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken


class _Spool:
    """Collects what the library writes, into a file, and notes what went wrong there."""

    def __init__(self, write: Callable[[bytes], Any]) -> None:
        self._write = write
        self.failure: BaseException | None = None

    def write(self, block: bytes) -> int:
        try:
            self._write(bytes(block))
        except BaseException as error:
            self.failure = error
            raise
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""


def write_locked(blocks: Iterable[bytes], passphrase: str, target: IO[bytes]) -> None:
    """Write an archive, locked with a passphrase, to a file. Raises `OSError`, and whatever `blocks` does."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    source = _Stream(blocks)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo(KEY), pyrage.passphrase.encrypt(str(identity).encode(), passphrase))
        with archive.open(BODY, "w", force_zip64=True) as body:
            spool = _Spool(body.write)
            try:
                pyrage.encrypt_io(source, spool, [identity.to_public()])
            except (pyrage.EncryptError, OSError) as error:
                raise source.failure or spool.failure or error from error


def is_locked(infos: Mapping[str, zipfile.ZipInfo]) -> bool:
    """Tell whether a zip is an archive locked with a passphrase."""
    return set(infos) == {KEY, BODY}


def unlock(
    archive: zipfile.ZipFile,
    target: IO[bytes],
    passphrase: str | None,
    path: Path,
    scratch: Path,
    told: Callable[[int], None],
) -> None:
    """Write the archive inside a locked one to an empty file in the folder `scratch`.

    Raises `Locked`, `WrongPassphrase`, `Unfit`, `EnvironmentProblem`, and whatever `told` raises.
    """
    import pyrage

    if passphrase is None:
        raise Locked(f"{path} is locked with a passphrase. Give the passphrase to open it.")
    typed = _as_recovery_key(passphrase)
    identity = _identity(typed or recovery_key(archive, passphrase, path), path)

    def keep(block: bytes) -> None:
        with file_problems(scratch):
            target.write(block)
        told(len(block))

    spool = _Spool(keep)
    try:
        with archive.open(BODY) as body:
            pyrage.decrypt_io(body, spool, [identity])
    except (pyrage.DecryptError, OSError, zipfile.BadZipFile) as error:
        if spool.failure is not None:
            raise spool.failure from error
        if typed is not None:
            raise WrongPassphrase(
                f"The recovery key does not open {path}. Type it as it stands on the sheet of this very backup."
            ) from error
        raise _damaged(path) from error
    target.flush()


def recovery_key(archive: zipfile.ZipFile, passphrase: str, path: Path) -> str:
    """Return the key of a locked archive, which opens it like the passphrase. Raises `WrongPassphrase`, `Unfit`."""
    import pyrage

    if archive.getinfo(KEY).file_size > _LARGEST_KEY:
        raise _damaged(path)
    try:
        wrapped = archive.read(KEY)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise _damaged(path) from error
    try:
        return str(pyrage.passphrase.decrypt(wrapped, passphrase).decode())
    except pyrage.DecryptError as error:
        raise WrongPassphrase(
            f"The passphrase does not open {path}. Type it exactly as it was when the backup was made;"
            " without it, or the recovery sheet, nobody can read this backup."
        ) from error
    except ValueError as error:
        raise _damaged(path) from error


def _as_recovery_key(typed: str) -> str | None:
    """Return what was typed as a recovery key, in whatever groups and case; None where it is none."""
    joined = "".join(typed.split()).upper()
    return joined if _RECOVERY_KEY.fullmatch(joined) else None


def _identity(key: str, path: Path) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str(key)
    except (pyrage.IdentityError, ValueError) as error:
        raise WrongPassphrase(
            f"The recovery key of {path} has a slip in it. Compare it with the sheet, letter by letter."
        ) from error


def _damaged(path: Path) -> Unfit:
    return Unfit(f"{path} is damaged, so that it cannot be unlocked. Use another backup.")
