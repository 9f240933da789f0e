"""Covers and claims written, so that every change can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.claims import Claim
from app.domain.warranties import Cover
from app.storage.tables import claims, covers
from app.storage.warranties import deleting
from app.storage.write import Area, Write

Row = tuple[Any, ...]

COLUMNS = (
    "uuid", "purchase_id", "kind", "starts_on", "ends_on", "duration_months", "duration_days", "provider",
    "policy_number", "notes", "voided",
)  # fmt: skip
"""The columns of a cover in the order of `values`."""

_KEPT = COLUMNS[2:]
_CLAIM_COLUMNS = (
    "uuid", "cover_id", "opened_on", "number", "state", "outcome", "closed_on", "notes", "new_cover_id",
)  # fmt: skip
_CLAIM_KEPT = _CLAIM_COLUMNS[2:]


def values(write: Write, purchase_id: int, cover: Cover) -> Row:
    """Return a cover as the driver-level values of its columns."""
    return (
        write.new_uuid() if cover.uuid is None else cover.uuid.bytes,
        purchase_id,
        cover.kind,
        cover.starts_on.isoformat(),
        None if cover.ends_on is None else cover.ends_on.isoformat(),
        None if cover.duration is None else cover.duration.total_months,
        None if cover.duration is None else cover.duration.days,
        cover.provider,
        cover.policy_number,
        cover.notes,
        cover.voided,
    )


def insert(write: Write, batch: Sequence[tuple[int, Cover]]) -> range:
    """Add valid covers, each to the purchase of an id, and return their ids in the order given."""
    ids = write.insert(covers, COLUMNS, (values(write, *one) for one in batch))
    write.touch(Area.WARRANTIES, ids)
    write.touch(Area.PURCHASES, {purchase_id for purchase_id, _ in batch})
    return ids


def replace(write: Write, changed: Sequence[Cover]) -> None:
    """Store covers that are there already (by `id`) as they are given; a cover stays with its purchase."""
    if not changed:
        return
    ids = [cover.id for cover in changed]
    write.update_each(covers, _KEPT, [(cover.id, *values(write, 0, cover)[2:]) for cover in changed])
    _touch(write, write.choose(ids))


def set_columns(write: Write, chosen: str, changes: Mapping[str, Any]) -> None:
    """Set columns of many covers (a temporary table of ids) to the same driver-level values."""
    write.update(covers, chosen, changes)
    _touch(write, chosen)


def set_ends(write: Write, changed: Sequence[Cover]) -> None:
    """Store the ends and durations of covers that are there already (by `id`)."""
    if not changed:
        return
    columns = ("ends_on", "duration_months", "duration_days")
    positions = [COLUMNS.index(column) for column in columns]
    rows = []
    for cover in changed:
        stored = values(write, 0, cover)
        rows.append((cover.id, *(stored[position] for position in positions)))
    write.update_each(covers, columns, rows)
    _touch(write, write.choose(cover.id for cover in changed))


def existing(write: Write, ids: Iterable[int]) -> str:
    """Choose those of the covers that are still there; the name of a temporary table as `Write.choose` gives."""
    return write.choose_existing(covers, ids)


def delete(write: Write, ids: Iterable[int]) -> int:
    """Remove covers with their claims and attachments, and return how many there were."""
    chosen = existing(write, ids)
    _touch(write, chosen)
    return deleting.delete_covers(write, chosen)


def insert_claims(write: Write, batch: Sequence[Claim]) -> range:
    """Add valid claims, each to the cover of its `cover_id`, and return their ids in the order given."""
    ids = write.insert(claims, _CLAIM_COLUMNS, (_claim_values(write, claim) for claim in batch))
    _touch(write, write.choose(claim.cover_id for claim in batch))
    return ids


def replace_claims(write: Write, changed: Sequence[Claim]) -> None:
    """Store claims that are there already (by `id`) as they are given; a claim stays with its cover."""
    rows = [(claim.id, *_claim_values(write, claim)[2:]) for claim in changed]
    write.update_each(claims, _CLAIM_KEPT, rows)
    _touch_owners(write, write.choose(claim.id for claim in changed))


def delete_claims(write: Write, ids: Iterable[int]) -> int:
    """Remove claims with their attachments, and return how many there were."""
    chosen = write.choose_existing(claims, ids)
    _touch_owners(write, chosen)
    return deleting.delete_claims(write, chosen)


def _touch_owners(write: Write, chosen: str) -> None:
    """Say that the covers of some claims (a temporary table of ids) are concerned."""
    _touch(
        write,
        write.choose_where(f"SELECT cover_id FROM claims WHERE id IN (SELECT id FROM temp.{chosen})"),
    )


def _touch(write: Write, chosen: str) -> None:
    """Say that some covers (a temporary table of ids) and their purchases are concerned."""
    query = f"SELECT id, purchase_id FROM covers WHERE id IN (SELECT id FROM temp.{chosen})"
    found = write.connection.exec_driver_sql(query).fetchall()
    write.touch(Area.WARRANTIES, [row[0] for row in found])
    write.touch(Area.PURCHASES, {row[1] for row in found})


def _claim_values(write: Write, claim: Claim) -> Row:
    return (
        write.new_uuid() if claim.uuid is None else claim.uuid.bytes,
        claim.cover_id,
        claim.opened_on.isoformat(),
        claim.number,
        claim.state.value,
        None if claim.outcome is None else claim.outcome.value,
        None if claim.closed_on is None else claim.closed_on.isoformat(),
        claim.notes,
        claim.new_cover_id,
    )
