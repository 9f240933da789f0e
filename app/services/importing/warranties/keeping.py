"""Warranties of a file are stored with their claims, and those recognised that the ledger has.

A cover is known by its UUID, else by purchase, kind, start, end and provider. Claims are records of their own: those
that a known cover lacks are added to it whatever is done with known covers, so that a file of warranties completes
what came along with the purchases.
"""

import dataclasses
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.domain.claims import Claim
from app.domain.problems import Problem, Refused
from app.domain.warranties import Cover
from app.domain.warranties.exchange import ToldClaim
from app.services import warranties
from app.services.changes import Write
from app.services.importing.kind import Joins, Known, Match, Refusal
from app.services.importing.warranties.making import WarrantyRow
from app.storage.warranties import claims as stored
from app.storage.warranties import reading, writing
from app.storage.warranties.matching import CoverMatcher, Key, cover_key

_REPEATED = Refusal("uuid", "An earlier row has the same UUID; remove one of them, or this UUID.")
_ELSEWHERE = Refusal(
    "uuid", "The warranty with this UUID is on another purchase; remove the UUID, or mend the purchase."
)
_NEW_CLAIMS = "new claims"
_PLAIN = ("kind", "provider", "policy_number", "notes", "voided")
_LENGTH = frozenset({"ends_on", "duration", "years", "months", "days", "lifetime"})


class WarrantyKeeper:
    """Stores the warranties of one file."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._matcher = CoverMatcher(write)
        self._seen: set[bytes] = set()
        self._claimed: set[int] = set()
        # What covers are in the ledger whose UUID in the file was taken.
        self._renamed: dict[UUID, int] = {}
        # The claims that started a cover, which may be in a later row.
        self._started: list[tuple[int, UUID]] = []

    def match(self, batch: Sequence[WarrantyRow]) -> list[Match]:
        """Return for each warranty of a batch what it is in the ledger."""
        found = self._by_uuid(batch)
        self._by_content(batch, found)
        ids = [match for match in found if isinstance(match, int)]
        present = stored.of_covers(self._write.connection, ids)
        return [
            Joins(match, frozenset({_NEW_CLAIMS}))
            if isinstance(match, int) and _missing(row.claims, present.get(match, ()))
            else match
            for row, match in zip(batch, found, strict=True)
        ]

    def insert(self, batch: Sequence[WarrantyRow]) -> None:
        """Add covers with their claims."""
        uuids = [row.uuid.bytes for row in batch if row.uuid is not None]
        taken = set(self._matcher.by_uuid(uuids))
        rows = []
        for row in batch:
            uuid = None if row.uuid is None or row.uuid.bytes in taken else row.uuid
            if uuid is not None:
                taken.add(uuid.bytes)
            rows.append((row.purchase_id, dataclasses.replace(row.cover, uuid=uuid)))
        ids = writing.insert(self._write, rows)
        told: list[tuple[int, ToldClaim]] = []
        for id, row, (_, cover) in zip(ids, batch, rows, strict=True):
            if row.told_uuid is not None and row.told_uuid != cover.uuid:
                self._renamed[row.told_uuid] = id
            told.extend((id, claim) for claim in row.claims)
        self._insert_claims(told)

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give covers and claims what their rows say, and add the claims that they lack."""
        ids = [known.id for known in batch]
        present = {row.id: row.cover for row in reading.rows(self._write.connection, ids)}
        claims = stored.of_covers(self._write.connection, ids)
        changed: list[Cover] = []
        changed_claims: list[ToldClaim] = []
        new: list[tuple[int, ToldClaim]] = []
        found: list[Sequence[Problem]] = []
        for id, ready in batch:
            row: WarrantyRow = ready.record
            try:
                after = _merged(present[id], row.cover, ready.given)
            except Refused as refusal:
                found.append(refusal.problems)
                continue
            found.append(())
            if after != present[id]:
                changed.append(after)
            held = claims.get(id, ())
            if ready.given & {"claims", _NEW_CLAIMS}:
                new.extend((id, claim) for claim in _missing(row.claims, held))
            if "claims" in ready.given:
                changed_claims.extend(_changed(row.claims, held))
        writing.replace(self._write, changed)
        self._replace_claims(changed_claims)
        self._insert_claims(new)
        return found

    def finish(self) -> None:
        """Let claims name the covers that they started, now that all of them are there."""
        known = self._matcher.by_uuid(list({uuid.bytes for _, uuid in self._started}))
        changed = []
        for id, uuid in self._started:
            cover_id = self._renamed.get(uuid) or known.get(uuid.bytes, (None,))[0]
            claim = stored.get(self._write.connection, id)
            if cover_id is not None and claim is not None and claim.new_cover_id != cover_id:
                changed.append(dataclasses.replace(claim, new_cover_id=cover_id))
        if changed:
            writing.replace_claims(self._write, changed)

    def _by_uuid(self, batch: Sequence[WarrantyRow]) -> list[Match]:
        known = self._matcher.by_uuid([row.uuid.bytes for row in batch if row.uuid is not None])
        found: list[Match] = []
        for row in batch:
            match: Match = None
            if row.uuid is not None:
                id, purchase_id = known.get(row.uuid.bytes, (None, None))
                if row.uuid.bytes in self._seen or (id is not None and id >= self._matcher.first_new):
                    match = _REPEATED
                elif id is not None and purchase_id != row.purchase_id:
                    match = _ELSEWHERE
                elif id is not None:
                    self._claimed.add(id)
                    match = id
                self._seen.add(row.uuid.bytes)
            found.append(match)
        return found

    def _by_content(self, batch: Sequence[WarrantyRow], found: list[Match]) -> None:
        places = [place for place, match in enumerate(found) if match is None]
        alike: dict[Key, deque[int]] = defaultdict(deque)
        for id, key in self._matcher.of_purchases(sorted({batch[place].purchase_id for place in places})):
            alike[key].append(id)
        for place in places:
            waiting = alike.get(_key(batch[place]))
            while waiting and found[place] is None:
                id = waiting.popleft()
                if id not in self._claimed:
                    self._claimed.add(id)
                    found[place] = id

    def _insert_claims(self, told: Sequence[tuple[int, ToldClaim]]) -> None:
        if not told:
            return
        uuids = [one.claim.uuid.bytes for _, one in told if one.claim.uuid is not None]
        taken = self._matcher.taken_claims(uuids)
        batch: list[Claim] = []
        for cover_id, one in told:
            claim = one.claim
            if claim.uuid is not None and claim.uuid.bytes in taken:
                claim = dataclasses.replace(claim, uuid=None)
            elif claim.uuid is not None:
                taken.add(claim.uuid.bytes)
            batch.append(dataclasses.replace(claim, cover_id=cover_id))
        ids = writing.insert_claims(self._write, batch)
        self._remember([(id, one.new_cover) for id, (_, one) in zip(ids, told, strict=True)])

    def _replace_claims(self, changed: Sequence[ToldClaim]) -> None:
        if changed:
            writing.replace_claims(self._write, [one.claim for one in changed])
            self._remember([(one.claim.id, one.new_cover) for one in changed])

    def _remember(self, started: Sequence[tuple[int, UUID | None]]) -> None:
        self._started.extend((id, uuid) for id, uuid in started if uuid is not None)


def _key(row: WarrantyRow) -> Key:
    cover = row.cover
    end = None if cover.ends_on is None else cover.ends_on.isoformat()
    return cover_key(row.purchase_id, cover.kind, cover.starts_on.isoformat(), end, cover.provider)


def _merged(stored_cover: Cover, told: Cover, given: frozenset[str]) -> Cover:
    """Return a stored cover with what a row gave. Raises `Refused` where that can be no cover."""
    changes: dict[str, Any] = {key: getattr(told, key) for key in _PLAIN if key in given}
    if "starts_on" in given:
        changes["starts_on"] = told.starts_on
    if given & _LENGTH or ("kind" in given and told.kind != stored_cover.kind):
        changes.update(ends_on=told.ends_on, duration=told.duration)
    return warranties.valid(dataclasses.replace(stored_cover, **changes)) if changes else stored_cover


def _same(told: Claim, held: Sequence[Claim]) -> Claim | None:
    """Return which of the claims on a cover a told one is, or None for a new one."""
    for claim in held:
        if told.uuid is not None and told.uuid == claim.uuid:
            return claim
    alike = [claim for claim in held if (claim.opened_on, claim.number) == (told.opened_on, told.number)]
    return alike[0] if alike else None


def _missing(told: Sequence[ToldClaim], held: Sequence[Claim]) -> list[ToldClaim]:
    return [one for one in told if _same(one.claim, held) is None]


def _changed(told: Sequence[ToldClaim], held: Sequence[Claim]) -> list[ToldClaim]:
    found = []
    for one in told:
        same = _same(one.claim, held)
        if same is None:
            continue
        kept = one.new_cover is not None or (
            one.claim.outcome is not None and one.claim.outcome.may_start_cover
        )
        after = dataclasses.replace(
            one.claim,
            id=same.id,
            uuid=same.uuid,
            cover_id=same.cover_id,
            new_cover_id=same.new_cover_id if kept else None,
        )
        if after != same or one.new_cover is not None:
            found.append(ToldClaim(after, one.new_cover))
    return found
