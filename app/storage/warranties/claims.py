"""Claims read from the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, func, select

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.storage.errors import Unreadable
from app.storage.tables import claims, covers
from app.storage.warranties.filtering import OPEN

_AT_ONCE = 1000


def get(connection: Connection, id: int) -> Claim | None:
    """Return a claim, or None when it is gone."""
    return next(_claims(connection, select(claims).where(claims.c.id == id)), None)


def of_cover(connection: Connection, cover_id: int) -> list[Claim]:
    """Return the claims on a cover, the oldest first."""
    return list(_claims(connection, select(claims).where(claims.c.cover_id == cover_id)))


def of_purchase(connection: Connection, purchase_id: int) -> list[Claim]:
    """Return the claims on all covers of a purchase, the oldest first."""
    query = select(claims).join(covers, covers.c.id == claims.c.cover_id)
    return list(_claims(connection, query.where(covers.c.purchase_id == purchase_id)))


def of_covers(connection: Connection, cover_ids: Sequence[int]) -> dict[int, list[Claim]]:
    """Return the claims on covers by the cover's id, the oldest first; covers without any are left out."""
    found: dict[int, list[Claim]] = {}
    for start in range(0, len(cover_ids), _AT_ONCE):
        part = list(cover_ids[start : start + _AT_ONCE])
        for claim in _claims(connection, select(claims).where(claims.c.cover_id.in_(part))):
            found.setdefault(claim.cover_id, []).append(claim)
    return found


def started_uuids(connection: Connection, found: Iterable[Claim]) -> dict[int, UUID]:
    """Return the UUIDs of the covers that claims started, by the covers' ids."""
    ids = sorted({claim.new_cover_id for claim in found if claim.new_cover_id is not None})
    uuids: dict[int, UUID] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = select(covers.c.id, covers.c.uuid).where(covers.c.id.in_(ids[start : start + _AT_ONCE]))
        uuids.update((id, uuid) for id, uuid in connection.execute(query))
    return uuids


def open_count(connection: Connection) -> int:
    """Return how many claims are open."""
    return int(connection.execute(select(func.count()).select_from(claims).where(OPEN)).scalar_one())


def _claims(connection: Connection, query: Select[Any]) -> Iterator[Claim]:
    for row in connection.execute(query.order_by(claims.c.opened_on, claims.c.id)):
        yield _claim(row)


def _claim(row: Row[Any]) -> Claim:
    try:
        state = ClaimState(row.state)
        outcome = None if row.outcome is None else ClaimOutcome(row.outcome)
    except ValueError as error:
        raise Unreadable(f"{row.state!r} with {row.outcome!r} is no state of a claim") from error
    return Claim(
        opened_on=row.opened_on,
        number=row.number,
        state=state,
        outcome=outcome,
        closed_on=row.closed_on,
        notes=row.notes,
        cover_id=row.cover_id,
        new_cover_id=row.new_cover_id,
        uuid=row.uuid,
        id=row.id,
    )
