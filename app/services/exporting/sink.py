"""Where an export's bytes go: counted and hashed on their way."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from app.domain.problems import Refused
from app.services.ledger import EnvironmentProblem, NotWritable
from app.storage.errors import file_problems
from app.storage.files import replace_file


class Sink:
    """A file that is only ever written onwards, so that its bytes can be counted and hashed as they go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was written so far, in hexadecimal digits."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        """Write bytes. Raises `OSError`."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Hand over to the system what is still held back. Raises `OSError`."""
        self._file.flush()


@contextmanager
def sink_for(target: Path | BinaryIO, ledger_folder: Path) -> Iterator[Sink]:
    """Open a file, or a stream such as stdout, to write an export to.

    A file is written beside its place and renamed when the block ends well; otherwise what was there stays.
    Raises `Refused` and `EnvironmentProblem` with a sentence about the target, and `BrokenPipeError` when whoever
    reads the stream has gone.
    """
    if not isinstance(target, Path):
        with _stream_problems():
            sink = Sink(target)
            yield sink
            sink.flush()
        return
    # A link stays a link: the file that it points to is replaced.
    place = target.resolve()
    _check(place, target, ledger_folder)
    with file_problems(target), replace_file(place) as file:
        yield Sink(file)


def _check(place: Path, target: Path, ledger_folder: Path) -> None:
    if place.is_relative_to(ledger_folder.resolve()):
        raise Refused(f"{target} lies in the ledger's own folder. Choose another place for the file.")
    if place.is_dir():
        raise Refused(f"{target} is a folder. Add a file name to it.")
    with file_problems(target):
        if place.exists() and not place.is_file():
            raise Refused(f"{target} is not a file that can be replaced. Choose another name.")
        if not place.parent.is_dir():
            raise EnvironmentProblem(f"There is no folder {target.parent}. Make it first, or choose another.")
        if place.exists() and not _may_write(place):
            raise NotWritable(f"{target} may only be read. Choose another name, or allow writing to it.")


def _may_write(place: Path) -> bool:
    """Tell whether a file may be written; renaming another one over it would not ask."""
    try:
        with place.open("ab"):
            return True
    except PermissionError:
        return False


@contextmanager
def _stream_problems() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        words = "its disk is full" if error.errno == errno.ENOSPC else str(error.strerror or error)
        raise EnvironmentProblem(f"The output could not be written: {words}.") from error
