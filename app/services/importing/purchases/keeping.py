"""Purchases of a file are stored: the new ones added, the known ones brought up to date."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.problems import Problem
from app.domain.purchases import Purchase
from app.services.changes import Write
from app.services.importing.kind import Known, Match
from app.services.importing.purchases.duplicates import Duplicates
from app.services.importing.purchases.merging import merged
from app.storage.purchases import reading, writing


class PurchaseKeeper:
    """Stores the purchases of one file."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._duplicates = Duplicates(write)

    def match(self, batch: Sequence[Purchase]) -> list[Match]:
        """Return for each purchase of a batch what it is in the ledger."""
        return self._duplicates.match(batch)

    def insert(self, batch: Sequence[Purchase]) -> None:
        """Add purchases."""
        taken = self._duplicates.taken_uuids(batch)
        writing.insert(self._write, [_without(purchase, taken) for purchase in batch] if taken else batch)

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give purchases what their rows say."""
        ids = [known.id for known in batch]
        present = {stored.id: stored for stored in reading.get_many(self._write.connection, ids)}
        changed: dict[int, Purchase] = {}
        found: list[Sequence[Problem]] = []
        for id, ready in batch:
            foreign = self._duplicates.foreign_parts(id, ready.record)
            before = changed.get(id, present[id])
            after, problems = merged(before, _without(ready.record, foreign), ready.given)
            found.append(problems)
            if not problems and after != before:
                changed[id] = after
        if changed:
            writing.replace(self._write, list(changed.values()))
        return found

    def finish(self) -> None:
        """Let go of what the lookups needed."""
        self._duplicates.close()


def _without(purchase: Purchase, taken: set[bytes]) -> Purchase:
    """Return a purchase without those UUIDs that others have; new ones are made for them."""
    if not taken:
        return purchase
    return replace(
        purchase,
        uuid=None if purchase.uuid is not None and purchase.uuid.bytes in taken else purchase.uuid,
        covers=tuple(
            replace(cover, uuid=None) if cover.uuid is not None and cover.uuid.bytes in taken else cover
            for cover in purchase.covers
        ),
        refunds=tuple(
            replace(refund, uuid=None) if refund.uuid is not None and refund.uuid.bytes in taken else refund
            for refund in purchase.refunds
        ),
    )
