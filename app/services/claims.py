"""What a user can do with claims on warranties. Functions that read take the ledger; the others return a `Command`.

A claim may be made on a warranty that has ended or is void: the provider decides. `claim_warning` of
`app.domain.claims` says what speaks against it.
"""

import dataclasses
from array import array
from collections.abc import Sequence
from datetime import date

from app.domain.claims import Claim, ClaimOutcome, ClaimState, check_claim
from app.domain.problems import Problem, Refused
from app.domain.text import clean, clean_note
from app.domain.warranties import Cover
from app.services import warranties
from app.services.changes import Command, Write
from app.services.ledger import Ledger
from app.storage.warranties import claims as stored
from app.storage.warranties import reading, writing
from app.storage.warranties.reading import CoverRow

__all__ = [
    "change",
    "close",
    "get",
    "of_cover",
    "of_purchase",
    "open_claim",
    "open_count",
    "prepared",
    "remove",
]

_GONE = "This claim was deleted meanwhile."


def of_cover(ledger: Ledger, cover_id: int) -> list[Claim]:
    """Return the claims on a cover, the oldest first."""
    return ledger.read(lambda reader: stored.of_cover(reader, cover_id))


def of_purchase(ledger: Ledger, purchase_id: int) -> list[Claim]:
    """Return the claims on all covers of a purchase, the oldest first."""
    return ledger.read(lambda reader: stored.of_purchase(reader, purchase_id))


def get(ledger: Ledger, id: int) -> Claim | None:
    """Return a claim, or None when it is gone."""
    return ledger.read(lambda reader: stored.get(reader, id))


def open_count(ledger: Ledger) -> int:
    """Return how many claims are open."""
    return ledger.read(stored.open_count)


def prepared(claim: Claim) -> Claim:
    """Return a claim with its texts cleaned."""
    return dataclasses.replace(claim, number=clean(claim.number), notes=clean_note(claim.notes))


def open_claim(claim: Claim) -> Command:
    """Add a claim to the cover of its `cover_id`; raises `Refused` with every problem, the result is its id.

    One that is closed already may be added too, for the record.
    """
    ready = _valid(dataclasses.replace(claim, new_cover_id=None))

    def run(write: Write) -> tuple[int, str]:
        product = _cover(write, ready.cover_id).product
        return writing.insert_claims(write, [ready])[0], product

    return Command(
        "Add a claim", run, label_of=lambda made: f"Add a claim on “{made[1]}”", result_of=warranties.first
    )


def change(claim: Claim) -> Command:
    """Store a claim that is there already (by `id`) as it is given. Raises `Refused`, also when it runs.

    A claim stays on its cover, and names the cover that it started as long as it ends in a repair or a replacement.
    """
    _valid(dataclasses.replace(claim, new_cover_id=None))

    def run(write: Write) -> str:
        present = _present(write, claim.id)
        starts = claim.outcome is not None and claim.outcome.may_start_cover
        ready = dataclasses.replace(
            claim, cover_id=present.cover_id, new_cover_id=present.new_cover_id if starts else None
        )
        writing.replace_claims(write, [_valid(ready)])
        return _cover(write, present.cover_id).product

    return Command("Change a claim", run, label_of=lambda product: f"Change a claim on “{product}”")


def close(
    id: int, outcome: ClaimOutcome, closed_on: date, notes: str | None = None, new_cover: Cover | None = None
) -> Command:
    """Close an open claim, and start the cover that came of it in the same step; the result is that cover's id or None.

    Without `notes` those of the claim stay. Raises `Refused`, also when it runs.
    """
    if new_cover is not None and not outcome.may_start_cover:
        raise Refused([Problem("outcome", "Only a repair or a replacement starts a new warranty.")])
    cover = None if new_cover is None else warranties.valid(dataclasses.replace(new_cover, uuid=None, id=0))

    def run(write: Write) -> tuple[int | None, str]:
        present = _present(write, id)
        if not present.is_open:
            raise Refused("This claim was closed meanwhile; change it instead.")
        claimed = _cover(write, present.cover_id)
        closed = dataclasses.replace(
            present,
            state=ClaimState.CLOSED,
            outcome=outcome,
            closed_on=closed_on,
            notes=present.notes if notes is None else notes,
        )
        ready = _valid(closed)
        started = None if cover is None else writing.insert(write, [(claimed.purchase_id, cover)])[0]
        writing.replace_claims(write, [dataclasses.replace(ready, new_cover_id=started)])
        return started, claimed.product

    return Command(
        "Close a claim",
        run,
        label_of=lambda done: f"Close a claim on “{done[1]}”",
        result_of=warranties.first,
    )


def remove(chosen: Sequence[int]) -> Command:
    """Delete claims with their attachments; covers that they started stay. The result is how many there were."""
    wanted = array("q", chosen)

    def label(number: int) -> str:
        return "Delete a claim" if number == 1 else f"Delete {number:,} claims"

    return Command("Delete claims", lambda write: writing.delete_claims(write, wanted), label_of=label)


def _valid(claim: Claim) -> Claim:
    ready = prepared(claim)
    problems = check_claim(ready)
    if problems:
        raise Refused(problems)
    return ready


def _present(write: Write, id: int) -> Claim:
    found = stored.get(write.connection, id)
    if found is None:
        raise Refused(_GONE)
    return found


def _cover(write: Write, id: int) -> CoverRow:
    found = reading.get(write.connection, id)
    if found is None:
        raise Refused("The warranty was deleted meanwhile; enter it again before the claim.")
    return found
