"""Files attached by a job: taken in one after another, and hung on their records as one change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.attachments import AttachmentKind, Owner
from app.domain.problems import Refused
from app.services.attachments.records import add, add_to_many
from app.services.attachments.taking import take_in
from app.services.changes import Command
from app.services.jobs import JobContext
from app.services.ledger import EnvironmentProblem, Ledger
from app.storage.attachments import reading
from app.storage.attachments.writing import Pair


@dataclass(frozen=True, slots=True)
class AttachReport:
    """What came of attaching files: how many were attached, and each that was not with a sentence that says why."""

    added: int
    failed: list[tuple[Path, str]]


def attach(
    ledger: Ledger,
    owner: Owner,
    paths: Sequence[Path],
    context: JobContext,
    kind: AttachmentKind | None = None,
) -> AttachReport:
    """Attach files to one record, as one change that undo takes back; those that cannot be are reported.

    Without a kind each is guessed from the file's name. Raises `Refused` when the record is gone,
    `EnvironmentProblem` when the change cannot be stored, and `Cancelled` or `Interrupted`; nothing is attached then.
    """
    pairs, failed = _taken_in(ledger, [(path, owner) for path in paths], context)
    return _attached(ledger, pairs, failed, context, lambda: add(owner, [file for _, file in pairs], kind))


def import_receipts(
    ledger: Ledger, matches: Sequence[tuple[Path, Owner]], context: JobContext
) -> AttachReport:
    """Attach each file to a record of its own, as one change; like `attach` otherwise."""
    pairs, failed = _taken_in(ledger, matches, context)
    return _attached(ledger, pairs, failed, context, lambda: add_to_many(pairs))


def _attached(
    ledger: Ledger,
    pairs: list[Pair],
    failed: list[tuple[Path, str]],
    context: JobContext,
    command: Callable[[], Command],
) -> AttachReport:
    if pairs:
        context.check()
        ledger.run(command(), context.interrupt)
    return AttachReport(len(pairs), failed)


def _taken_in(
    ledger: Ledger, wanted: Sequence[tuple[Path, Owner]], context: JobContext
) -> tuple[list[Pair], list[tuple[Path, str]]]:
    pairs: list[Pair] = []
    failed: list[tuple[Path, str]] = []
    there: set[tuple[Owner, str]] = set()
    known: dict[Owner, frozenset[str]] = {}
    for number, (path, owner) in enumerate(wanted):
        context.progress(number, len(wanted), path.name)
        try:
            file = take_in(ledger, path, context)
        except (Refused, EnvironmentProblem) as problem:
            failed.append((path, str(problem)))
            continue
        if owner not in known:
            known[owner] = _attached_to(ledger, owner)
        if file.sha256 in known[owner] or (owner, file.sha256) in there:
            failed.append((path, f"“{file.name}” is attached already."))
            continue
        there.add((owner, file.sha256))
        pairs.append((owner, file))
    context.progress(len(wanted), len(wanted))
    return pairs, failed


def _attached_to(ledger: Ledger, owner: Owner) -> frozenset[str]:
    """Return the contents that a record has; one that is unavailable counts as not there, to be mended so."""
    found = ledger.read(lambda reader: reading.of_owner(reader, owner))
    return frozenset(one.sha256 for one in found if one.available)
