"""Attached files handed out: where their verified bytes are, saved elsewhere, and as copies to be opened."""

import stat
from pathlib import Path
from typing import NoReturn

from app.domain.attachments import Attachment, FileState, safe_name
from app.domain.problems import Refused
from app.services.changes import Command
from app.services.ledger import Ledger
from app.storage.attachments import writing
from app.storage.errors import Unavailable, file_problems
from app.storage.files import replace_file

_CHUNK = 1 << 20
_LONGEST_NAME, _LONGEST_ENDING = 255, 16
_READ_ONLY = stat.S_IRUSR


def path_of(ledger: Ledger, attachment: Attachment) -> Path:
    """Return where the bytes of an attachment are, which were read and found to be the right ones just now.

    Whoever opens the file only reads it. Raises `Unavailable` when they are missing or altered, which is then shown
    with the attachment, and other `EnvironmentProblem`s.
    """
    state = ledger.store.verify(attachment.sha256, attachment.size)
    if state is not attachment.state:
        _mark(ledger, attachment, state)
    if state is not FileState.AVAILABLE:
        _refuse(attachment, state)
    return ledger.store.place(attachment.sha256)


def copy_out(ledger: Ledger, attachment: Attachment, target: Path) -> None:
    """Save the bytes of an attachment as another file, whole or not at all.

    What is at `target` is replaced. Raises `Refused` for a place inside the ledger, `Unavailable`, and other
    `EnvironmentProblem`s.
    """
    if target.resolve().is_relative_to(ledger.path.resolve()):
        raise Refused("This place is inside the ledger. Save the file in another folder.")
    _copy(ledger, attachment, target)


def open_copy(ledger: Ledger, attachment: Attachment) -> Path:
    """Return a read-only copy of an attachment under its own name, to be opened or dragged elsewhere.

    It is in a folder that only the user may enter, and is removed when the ledger is closed. Raises `Unavailable` and
    other `EnvironmentProblem`s.
    """
    folder = ledger.copies.folder_for(attachment.sha256)
    copy = folder / _fitting(safe_name(attachment.name))
    with file_problems(folder):
        if copy.exists():
            # The program that opened it before may still show it: on some platforms it cannot be replaced then.
            path_of(ledger, attachment)
            if _same(copy, ledger.store.place(attachment.sha256)):
                return copy
            copy.chmod(stat.S_IRUSR | stat.S_IWUSR)
        _copy(ledger, attachment, copy)
        copy.chmod(_READ_ONLY)
    return copy


def _copy(ledger: Ledger, attachment: Attachment, target: Path) -> None:
    from hashlib import sha256

    source = path_of(ledger, attachment)
    with (
        file_problems(target),
        ledger.store.open(attachment.sha256) as file,
        replace_file(target) as copy,
    ):
        digest = sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        if digest.hexdigest() != source.name:
            _refuse(attachment, FileState.ALTERED)


def _fitting(name: str) -> str:
    """Return a name that takes as many bytes as every file system lets it; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, ending = name, ""
    room = _LONGEST_NAME - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore") + (f"{dot}{ending}" if ending else "")


def _same(one: Path, other: Path) -> bool:
    from filecmp import cmp

    return cmp(one, other, shallow=False)


def _mark(ledger: Ledger, attachment: Attachment, state: FileState) -> None:
    if not ledger.read_only:
        ledger.run(
            Command(
                "Note the state of a file",
                lambda write: writing.mark(write, {attachment.sha256: state}),
                undoable=False,
            )
        )


def _refuse(attachment: Attachment, state: FileState) -> NoReturn:
    found = "is not in the ledger's folder any more" if state is FileState.MISSING else "has been altered"
    raise Unavailable(
        f"The file “{attachment.name}” is unavailable: it {found}. Attach it again, or restore it from a backup."
    )
