"""Purchases written: whole ones with their covers, refunds and tags, or single columns of many."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from app.domain.dates import to_milliseconds
from app.domain.purchases import DebtReference, Purchase, Refund
from app.domain.text import fold, name_key
from app.domain.warranties import Cover, furthest
from app.storage import names
from app.storage.attachments import writing as attachments
from app.storage.database import driver
from app.storage.derived import LIFETIME_UNTIL
from app.storage.names import NameKind
from app.storage.purchases import debts
from app.storage.tables import covers, purchase_tags, purchases, refunds
from app.storage.warranties.deleting import delete_covers
from app.storage.warranties.writing import COLUMNS as COVER_COLUMNS
from app.storage.warranties.writing import values as cover_values
from app.storage.write import Area, Write

Row = tuple[Any, ...]

_PLAIN = [
    "price",
    "currency",
    "quantity",
    "unit_price",
    "tax",
    "shipping",
    "discount",
    "order_number",
    "order_line",
    "model_number",
    "serial_number",
    "paid_with",
    "kept_at",
    "notes",
    "source",
]
_plain_values = attrgetter(*_PLAIN)
COLUMNS = [
    "uuid",
    "name",
    "name_fold",
    "retailer_id",
    "brand_id",
    "category_id",
    "debt_id",
    "status",
    "purchased_on",
    "return_by",
    "created_at",
    "updated_at",
    "refunded",
    "covered_until",
    *_PLAIN,
]
_TAG_COLUMNS = ("purchase_id", "tag_id")
_REFUND_COLUMNS = ["uuid", "purchase_id", "refunded_on", "amount", "quantity", "note"]


class NameIds:
    """The ids of the names that purchases of one batch use, added to the ledger where they are new, and of debts.

    Raises `Refused` for a debt that is not in the ledger.
    """

    def __init__(self, write: Write, batch: Sequence[Purchase]) -> None:
        self.retailers = names.ensure(write, NameKind.RETAILER, (purchase.retailer for purchase in batch))
        self.brands = names.ensure(write, NameKind.BRAND, (purchase.brand for purchase in batch))
        self.categories = names.ensure(write, NameKind.CATEGORY, (purchase.category for purchase in batch))
        self.tags = names.ensure(write, NameKind.TAG, (tag for purchase in batch for tag in purchase.tags))
        named = (purchase.debt for purchase in batch if purchase.debt is not None)
        self.debts = debts.ids_of(write.connection, named)


def insert(write: Write, batch: Sequence[Purchase]) -> range:
    """Add valid purchases, a batch in a few statements, and return their ids in the order given."""
    known = NameIds(write, batch)
    now = to_milliseconds(write.now)
    ids = write.insert(purchases, COLUMNS, (_values(write, purchase, known, now) for purchase in batch))
    _insert_parts(write, zip(ids, batch, strict=True), known)
    write.touch(Area.PURCHASES, ids)
    return ids


def replace(write: Write, changed: Sequence[Purchase]) -> None:
    """Store purchases that are there already (by `id`) as they are given, parts included."""
    known = NameIds(write, changed)
    kept = [column for column in COLUMNS if column not in ("uuid", "created_at", "refunded", "covered_until")]
    positions = [COLUMNS.index(column) for column in kept]
    now = to_milliseconds(write.now)
    rows = []
    for purchase in changed:
        values = _values(write, dataclasses.replace(purchase, updated_at=write.now), known, now)
        rows.append((purchase.id, *(values[position] for position in positions)))
    write.update_each(purchases, kept, rows)
    _sync_parts(write, [(purchase.id, purchase) for purchase in changed], known)
    write.touch(Area.PURCHASES, [purchase.id for purchase in changed])


def delete(write: Write, ids: Iterable[int]) -> int:
    """Remove purchases with their covers, refunds and tags, and return how many there were."""
    wanted = list(ids)
    chosen = write.choose(wanted)
    _delete_parts(write, chosen)
    write.touch(Area.PURCHASES, wanted)
    return write.delete(purchases, chosen)


def existing(write: Write, ids: Iterable[int]) -> str:
    """Choose those of the purchases that are still there; the name of a temporary table as `Write.choose` gives."""
    return write.choose_existing(purchases, ids)


def set_columns(write: Write, chosen: str, values: Mapping[str, Any]) -> None:
    """Set columns of many purchases (a temporary table of ids) to the same driver-level values."""
    changed = {**values, "updated_at": to_milliseconds(write.now)}
    if "name" in values:
        changed["name_fold"] = fold(values["name"])
    write.update(purchases, chosen, changed)


def set_name(write: Write, chosen: str, kind: NameKind, name: str) -> None:
    """Give many purchases a retailer, brand or category, or none where the name is empty."""
    known = names.ensure(write, kind, [name])
    set_columns(write, chosen, {f"{kind}_id": known.get(name_key(name))})


def set_debt(write: Write, chosen: str, debt: DebtReference | None) -> None:
    """Say of many purchases on which debt they were bought, or on none. Raises `Refused` when the debt is gone."""
    known = debts.ids_of(write.connection, () if debt is None else (debt,))
    set_columns(write, chosen, {"debt_id": known.get(debt)})


def add_tags(write: Write, chosen: str, labels: Iterable[str]) -> None:
    """Give many purchases tags that they may have already."""
    known = names.ensure(write, NameKind.TAG, labels)
    for tag in known.values():
        missing = driver(write.connection).execute(
            f"SELECT id FROM temp.{chosen} WHERE id NOT IN (SELECT purchase_id FROM purchase_tags WHERE tag_id = ?)",
            (tag,),
        )
        write.insert(purchase_tags, ("purchase_id", "tag_id"), [(id, tag) for (id,) in missing.fetchall()])


def remove_tags(write: Write, chosen: str, labels: Iterable[str]) -> None:
    """Take tags off many purchases."""
    known = [names.find(write.connection, NameKind.TAG, label) for label in labels]
    marks = ", ".join(str(tag) for tag in known if tag is not None)
    links = write.choose_where(
        f"SELECT id FROM purchase_tags WHERE tag_id IN ({marks}) AND purchase_id IN (SELECT id FROM temp.{chosen})"
    )
    write.delete(purchase_tags, links)


def _values(write: Write, purchase: Purchase, known: NameIds, now: int) -> Row:
    return (
        write.new_uuid() if purchase.uuid is None else purchase.uuid.bytes,
        purchase.name,
        fold(purchase.name),
        known.retailers.get(name_key(purchase.retailer)),
        known.brands.get(name_key(purchase.brand)),
        known.categories.get(name_key(purchase.category)),
        known.debts.get(purchase.debt),
        purchase.status.value,
        purchase.purchased_on.isoformat(),
        None if purchase.return_by is None else purchase.return_by.isoformat(),
        now if purchase.created_at is None else to_milliseconds(purchase.created_at),
        now if purchase.updated_at is None else to_milliseconds(purchase.updated_at),
        purchase.refunded,
        _covered_until(purchase.covers),
        *_plain_values(purchase),
    )


def _covered_until(held: Sequence[Cover]) -> str | None:
    until = furthest(held)
    if until is None:
        return None
    return (
        LIFETIME_UNTIL
        if any(cover.ends_on is None and not cover.voided for cover in held)
        else until.isoformat()
    )


def _insert_parts(write: Write, batch: Iterable[tuple[int, Purchase]], known: NameIds) -> None:
    held: list[Row] = []
    returned: list[Row] = []
    tagged: list[Row] = []
    for id, purchase in batch:
        held.extend(cover_values(write, id, cover) for cover in purchase.covers)
        returned.extend(_refund_values(write, id, refund) for refund in purchase.refunds)
        tagged.extend((id, tag) for tag in _tag_ids(purchase, known))
    for table, columns, rows in (
        (covers, COVER_COLUMNS, held),
        (refunds, _REFUND_COLUMNS, returned),
        (purchase_tags, _TAG_COLUMNS, tagged),
    ):
        if rows:
            write.insert(table, columns, rows)


def _sync_parts(write: Write, batch: Sequence[tuple[int, Purchase]], known: NameIds) -> None:
    """Make the stored parts those of the purchases; a part that is there already keeps its row."""
    chosen = write.choose(id for id, _ in batch)
    held = [cover_values(write, id, cover) for id, purchase in batch for cover in purchase.covers]
    _sync(write, covers, COVER_COLUMNS, chosen, held, key=1)
    returned = [_refund_values(write, id, refund) for id, purchase in batch for refund in purchase.refunds]
    _sync(write, refunds, _REFUND_COLUMNS, chosen, returned, key=1)
    tagged = [(id, tag) for id, purchase in batch for tag in _tag_ids(purchase, known)]
    _sync(write, purchase_tags, _TAG_COLUMNS, chosen, tagged, key=2)


def _sync(
    write: Write, table: Table, columns: Sequence[str], chosen: str, wanted: Sequence[Row], key: int
) -> None:
    """Insert, change and remove rows so that the chosen purchases have the wanted ones, told apart by `key` columns."""
    stored = driver(write.connection).execute(
        f"SELECT id, {', '.join(columns)} FROM {table.name} WHERE purchase_id IN (SELECT id FROM temp.{chosen})"
    )
    present = {tuple(row[1 : key + 1]): row for row in stored}
    changed = [
        (present[row[:key]][0], *row)
        for row in wanted
        if row[:key] in present and present[row[:key]][1:] != row
    ]
    gone = set(present) - {row[:key] for row in wanted}
    if gone:
        removed = write.choose(present[kept][0] for kept in gone)
        if table is covers:
            delete_covers(write, removed)
        else:
            write.delete(table, removed)
    if changed:
        write.update_each(table, columns, changed)
    new = [row for row in wanted if row[:key] not in present]
    if new:
        write.insert(table, columns, new)


def _tag_ids(purchase: Purchase, known: NameIds) -> list[int]:
    return [known.tags[key] for key in dict.fromkeys(map(name_key, purchase.tags)) if key]


def _refund_values(write: Write, purchase_id: int, refund: Refund) -> Row:
    return (
        write.new_uuid() if refund.uuid is None else refund.uuid.bytes,
        purchase_id,
        refund.on.isoformat(),
        refund.amount,
        refund.quantity,
        refund.note,
    )


def _delete_parts(write: Write, chosen: str) -> None:
    attachments.delete_of(write, "purchase_id", chosen)
    delete_covers(write, _parts(write, covers, chosen))
    for table in (refunds, purchase_tags):
        write.delete(table, _parts(write, table, chosen))


def _parts(write: Write, table: Table, chosen: str) -> str:
    return write.choose_where(
        f"SELECT id FROM {table.name} WHERE purchase_id IN (SELECT id FROM temp.{chosen})"
    )
