"""Attachments read for lists, panes and checks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.domain.attachments import Attachment, AttachmentKind, FileState, Owner, OwnerKind
from app.storage.errors import Unreadable
from app.storage.tables import attachments, files

_COLUMNS = {
    OwnerKind.PURCHASE: attachments.c.purchase_id,
    OwnerKind.WARRANTY: attachments.c.cover_id,
    OwnerKind.CLAIM: attachments.c.claim_id,
    OwnerKind.DEBT: attachments.c.debt_id,
}


def of_owner(connection: Connection, owner: Owner) -> list[Attachment]:
    """Return the files of exactly one record: those of a purchase without those of its warranties and claims."""
    conditions = [_COLUMNS[owner.kind] == owner.id]
    if owner.kind is OwnerKind.PURCHASE:
        conditions += [attachments.c.cover_id.is_(None), attachments.c.claim_id.is_(None)]
    return _found(connection, *conditions)


def of_purchase(connection: Connection, purchase_id: int) -> list[Attachment]:
    """Return the files of a purchase, of its warranties and of their claims."""
    return _found(connection, attachments.c.purchase_id == purchase_id)


def of_debt(connection: Connection, debt_id: int) -> list[Attachment]:
    """Return the files of a debt."""
    return _found(connection, attachments.c.debt_id == debt_id)


def many(connection: Connection, chosen: Sequence[int]) -> list[Attachment]:
    """Return attachments by their ids; those that are gone are left out."""
    return _found(connection, attachments.c.id.in_(list(chosen)))


def get(connection: Connection, id: int) -> Attachment | None:
    """Return an attachment, or None when it is gone."""
    return next(iter(many(connection, [id])), None)


def total(connection: Connection) -> tuple[int, int]:
    """Return how many different files are attached, and how many bytes they have together."""
    attached = select(attachments.c.id).where(attachments.c.file_id == files.c.id).exists()
    query = select(func.count(), func.coalesce(func.sum(files.c.size), 0)).select_from(files).where(attached)
    number, size = connection.execute(query).one()
    return int(number), int(size)


def file_id(connection: Connection, sha256: str) -> int | None:
    """Return the id of a content's row, or None without one."""
    return connection.execute(select(files.c.id).where(files.c.sha256 == sha256)).scalar()


def _found(connection: Connection, *conditions: ColumnElement[bool]) -> list[Attachment]:
    query = (
        _query()
        .where(*conditions)
        .order_by(attachments.c.kind != AttachmentKind.RECEIPT, attachments.c.added_at, attachments.c.id)
    )
    return [_attachment(row) for row in connection.execute(query)]


def _query() -> Select[Any]:
    return select(attachments, files.c.sha256, files.c.size, files.c.media_type, files.c.state).join_from(
        attachments, files, files.c.id == attachments.c.file_id
    )


def _attachment(row: Any) -> Attachment:
    try:
        kind, state = AttachmentKind(row.kind), FileState(row.state)
    except ValueError as error:
        raise Unreadable(f"an attachment is marked as {row.kind!r} and {row.state!r}") from error
    return Attachment(
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        owner=_owner(row),
        belongs_to=row.debt_id or row.purchase_id or 0,
        kind=kind,
        state=state,
        added_at=row.added_at,
        uuid=row.uuid,
        id=row.id,
        file_id=row.file_id,
    )


def _owner(row: Any) -> Owner:
    for kind in (OwnerKind.CLAIM, OwnerKind.WARRANTY, OwnerKind.DEBT, OwnerKind.PURCHASE):
        id = getattr(row, _COLUMNS[kind].name)
        if id is not None:
            return Owner(kind, id)
    raise Unreadable("an attachment belongs to no record")


def unused(connection: Connection) -> list[tuple[int, str]]:
    """Return id and SHA-256 of the contents that no record refers to."""
    query = (
        "SELECT id, sha256 FROM files WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE file_id = files.id)"
    )
    return [(id, sha256) for id, sha256 in connection.exec_driver_sql(query)]
