"""The files of records: read for panes and lists, added, renamed and removed."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.attachments import Attachment, AttachmentKind, Owner, check_name, safe_name
from app.domain.problems import Refused
from app.domain.text import clean
from app.services.changes import Command, Write, labelled
from app.services.ledger import Ledger
from app.storage.attachments import reading, writing
from app.storage.attachments.writing import NewFile, Pair

_GONE = "This file was removed meanwhile."


def listing(ledger: Ledger, owner: Owner) -> list[Attachment]:
    """Return the files of exactly one record, receipts first, then in the order they were added."""
    return ledger.read(lambda reader: reading.of_owner(reader, owner))


def of_purchase(ledger: Ledger, purchase_id: int) -> list[Attachment]:
    """Return the files of a purchase, of its warranties and of their claims, in the same order."""
    return ledger.read(lambda reader: reading.of_purchase(reader, purchase_id))


def of_debt(ledger: Ledger, debt_id: int) -> list[Attachment]:
    """Return the files of a debt, in the same order."""
    return ledger.read(lambda reader: reading.of_debt(reader, debt_id))


def get(ledger: Ledger, id: int) -> Attachment | None:
    """Return an attachment, or None when it is gone."""
    return ledger.read(lambda reader: reading.get(reader, id))


def total(ledger: Ledger) -> tuple[int, int]:
    """Return how many different files are attached, and how many bytes they have together."""
    return ledger.read(reading.total)


def add(owner: Owner, files: Sequence[NewFile], kind: AttachmentKind | None = None) -> Command:
    """Hang files that were taken in on a record; the result is the ids of the new attachments.

    Without a kind each is guessed from the file's name. A file that the record has already is left out. Raises
    `Refused` when it runs and the record is gone, or has all of them.
    """
    return _adding([(owner, file) for file in files], kind)


def add_to_many(pairs: Sequence[Pair]) -> Command:
    """Hang each file on a record of its own, as one change; like `add` otherwise."""
    return _adding(list(pairs), None)


def _adding(pairs: list[Pair], kind: AttachmentKind | None) -> Command:
    if not pairs:
        raise Refused("No file was chosen; choose one or more.")
    name = safe_name(pairs[0][1].name) if len(pairs) == 1 else ""
    return Command(
        labelled("Add", "file", len(pairs), name),
        lambda write: writing.add(write, pairs, kind),
        label_of=lambda added: labelled("Add", "file", len(added), name),
    )


def replace_file(id: int, file: NewFile) -> Command:
    """Let an attachment be another file, under that one's name. Raises `Refused` when it runs and it is gone."""
    return Command(f"Replace by “{safe_name(file.name)}”", lambda write: writing.replace(write, id, file))


def rename(id: int, name: str) -> Command:
    """Give an attachment another name. Raises `Refused` for one that cannot be, also when it runs and it is gone."""
    problems = check_name(name)
    if problems:
        raise Refused(problems)
    wanted = clean(name)

    def run(write: Write) -> None:
        if not writing.change(write, [id], {"name": wanted}):
            raise Refused(_GONE)

    return Command(f"Rename to “{wanted}”", run)


def set_kind(chosen: Sequence[int], kind: AttachmentKind) -> Command:
    """Say what files are for; the result is how many were found."""
    wanted = list(chosen)
    return Command(
        "Change the kind of files",
        lambda write: len(writing.change(write, wanted, {"kind": kind.value})),
        label_of=lambda number: labelled("Change the kind of", "file", number),
    )


def remove(chosen: Sequence[int]) -> Command:
    """Take files off their records; the result is how many were found.

    Their bytes are freed when the ledger is closed, if no record refers to them then.
    """
    wanted = list(chosen)

    def run(write: Write) -> tuple[int, str]:
        present = reading.many(write.connection, wanted)
        name = present[0].name if len(present) == 1 else ""
        return writing.delete(write, wanted), name

    return Command("Remove files", run, label_of=lambda result: labelled("Remove", "file", *result))


def name_of(path: Path) -> str:
    """Return the name that the attachment of a file gets at first."""
    return safe_name(path.name)
