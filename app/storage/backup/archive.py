"""Reads a one-file archive: only what its manifest names, member by member, never unpacked as a whole."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from app.domain.backups import MANIFEST, Manifest, Member, NotAManifest, manifest_from_json, parse_json
from app.storage.backup import encryption
from app.storage.backup.problems import Unfit
from app.storage.backup.snapshot import Told
from app.storage.backup.source import BLOCK
from app.storage.backup.zip_directory import check_members, check_names, not_whole, open_zip
from app.storage.errors import EnvironmentProblem, file_problems

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)


class Archive:
    """An open archive, or one inside a locked one. Raises `Unfit`, `Locked` and `WrongPassphrase` when it is made."""

    def __init__(self, path: Path, passphrase: str | None, told: Told, scratch: Path | None = None) -> None:
        self.path = path
        self._scratch = scratch or Path(tempfile.gettempdir())
        self._open_files = ExitStack()
        try:
            self._open(opened_file(path), passphrase, told)
        except BaseException:
            self.close()
            raise

    def _open(self, file: BinaryIO, passphrase: str | None, told: Told) -> None:
        self._open_files.enter_context(file)
        self._read_directory(file)
        self.locked = encryption.is_locked(self._infos)
        if self.locked:
            with file_problems(self._scratch):
                plain = self._open_files.enter_context(tempfile.TemporaryFile(dir=self._scratch))  # noqa: SIM115 - the stack closes it
            encryption.unlock(self._zip, plain, passphrase, self.path, self._scratch, told)
            self._read_directory(plain)
        self.manifest = self._manifest()
        check_names(
            list(self._infos.values()), [MANIFEST, *(one.name for one in self.manifest.members)], self.path
        )
        for member in self.manifest.members:
            if self._infos[member.name].file_size != member.size:
                raise Unfit(
                    f"{self.path} is damaged: {member.name} has not the size that it should. Use another backup."
                )

    def _read_directory(self, file: BinaryIO) -> None:
        with reading_problems(self.path):
            self._zip = open_zip(file, self.path)
            size = file.seek(0, 2)
        check_members(self._zip.infolist(), self.path, size)
        self._infos = {info.filename: info for info in self._zip.infolist()}

    def _manifest(self) -> Manifest:
        info = self._infos.get(MANIFEST)
        if info is None:
            raise Unfit(
                f"{self.path} is a zip of something else: it has no {MANIFEST}. Choose a Counterfoil backup."
            )
        text = b"".join(self._blocks(info))
        try:
            return manifest_from_json(parse_json(text))
        except NotAManifest as error:
            raise Unfit(f"{self.path} is refused: its {MANIFEST} {error}.") from error

    def blocks(self, member: Member) -> Iterator[bytes]:
        """Give the bytes of a member. Raises `Unfit` and `EnvironmentProblem`."""
        return self._blocks(self._infos[member.name])

    def _blocks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with reading_problems(self.path):
            try:
                with self._zip.open(info) as file:
                    while block := file.read(BLOCK):
                        yield block
            except _BROKEN as error:
                raise Unfit(
                    f"{self.path} is damaged: {info.filename} cannot be read whole. Use another backup."
                ) from error

    def close(self) -> None:
        """Let go of the files."""
        self._open_files.close()


class reading_problems:  # noqa: N801 - used as a function is, in a with statement
    """Turns errors of reading a backup into an `EnvironmentProblem` with a sentence; lets the rest through."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise EnvironmentProblem(
                f"{self._path} cannot be read: {error.strerror or error}. Check its disk and its permissions."
            ) from error


def read_recovery_key(path: Path, passphrase: str) -> str:
    """Return the key that opens a locked archive without its passphrase.

    Raises `WrongPassphrase`, `Unfit` for what is no locked archive, and `EnvironmentProblem`.
    """
    with opened_file(path) as file, reading_problems(path):
        archive = open_zip(file, path)
        if not encryption.is_locked({info.filename: info for info in archive.infolist()}):
            raise Unfit(f"{path} is not locked with a passphrase, and needs no recovery sheet.")
        return encryption.recovery_key(archive, passphrase, path)


def opened_file(path: Path) -> BinaryIO:
    """Open a backup for reading. Raises `Unfit` for what is no file, and `EnvironmentProblem`."""
    with reading_problems(path):
        if path.exists() and not path.is_file():
            raise Unfit(f"{path} is not a file. Choose a Counterfoil backup.")
        file = path.open("rb")
    if not path.stat().st_size:
        file.close()
        raise not_whole(path)
    return file
