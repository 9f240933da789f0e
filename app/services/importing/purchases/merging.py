"""A purchase of the ledger brought up to date with a row of a file: what the row does not say stays."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.problems import Problem
from app.domain.purchases import Purchase, check
from app.domain.text import name_key
from app.domain.warranties import Cover

_PLAIN = frozenset(
    {
        "name", "price", "purchased_on", "quantity", "unit_price", "tax", "shipping", "discount", "retailer",
        "brand", "category", "tags", "status", "return_by", "order_number", "order_line", "model_number",
        "serial_number", "paid_with", "kept_at", "notes", "refunds",
    }
)  # fmt: skip
_NAMES = frozenset({"retailer", "brand", "category"})
_PARTS = ("unit_price", "tax", "shipping", "discount")
_WARRANTY = "warranty_"


def merged(stored: Purchase, row: Purchase, given: frozenset[str]) -> tuple[Purchase, list[Problem]]:
    """Return the stored purchase with the fields that the row gave, and what keeps the result from being saved.

    Parts of the price that the row does not give are dropped where they no longer add up to it. Warranties of a
    file of ours replace the stored ones; one told in columns changes the stored one that it is, or is added.
    """
    changes: dict[str, Any] = {key: getattr(row, key) for key in _PLAIN & given}
    for key in _NAMES & given:
        if name_key(changes[key]) == name_key(getattr(stored, key)):
            del changes[key]
    if "tags" in given and set(map(name_key, row.tags)) == set(map(name_key, stored.tags)):
        del changes["tags"]
    if "price" in given or "unit_price" in given:
        changes.update(price=row.price, currency=row.currency)
    if given & {"debt", "debt_uuid"}:
        changes["debt"] = row.debt
    if "covers" in given:
        changes["covers"] = _kept_identity(stored.covers, row.covers)
    elif any(key.startswith(_WARRANTY) for key in given):
        changes["covers"] = _with_cover(stored.covers, row.covers)
    if stored.source == "" and row.source and stored.order_number in ("", row.order_number):
        changes["source"] = row.source
    after = replace(stored, **changes)
    if after.price_from_parts not in (None, after.price) and not given & set(_PARTS):
        after = replace(after, unit_price=None, tax=None, shipping=None, discount=None)
    return after, check(after)


def _kept_identity(stored: Sequence[Cover], wanted: Sequence[Cover]) -> tuple[Cover, ...]:
    """Return the wanted covers, with the ids of those stored ones that have the same UUID."""
    ids = {cover.uuid: cover.id for cover in stored}
    return tuple(replace(cover, id=ids.get(cover.uuid, 0)) for cover in wanted)


def _with_cover(stored: Sequence[Cover], told: Sequence[Cover]) -> tuple[Cover, ...]:
    kept = list(stored)
    for cover in told:
        position = _position_of(kept, cover)
        if position is None:
            kept.append(cover)
        else:
            same = kept[position]
            kept[position] = replace(cover, uuid=same.uuid, id=same.id, voided=same.voided)
    return tuple(kept)


def _position_of(stored: Sequence[Cover], cover: Cover) -> int | None:
    """Return which stored cover a told one is: the only one of its kind and provider, or None."""
    alike = [
        position
        for position, known in enumerate(stored)
        if known.kind == cover.kind and known.provider == cover.provider
    ]
    return alike[0] if len(alike) == 1 else None
