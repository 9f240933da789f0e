"""What a user can do with purchases. Functions that read take the ledger; the others return a `Command`."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.money import CURRENCIES
from app.domain.problems import Problem, Refused
from app.domain.purchases import Purchase, PurchaseFilter, SortBy, check
from app.domain.text import clean, clean_note
from app.services.bulk import BulkReport, bulk_edit
from app.services.changes import Command, Write, labelled
from app.services.covers import prepared as prepared_cover
from app.services.ledger import Interrupt, Ledger
from app.storage.purchases import first_page, reading, writing
from app.storage.purchases.reading import CurrencyTotal, PurchaseRow, Totals

__all__ = [
    "BulkReport",
    "CurrencyTotal",
    "PurchaseRow",
    "Totals",
    "add",
    "as_new",
    "bulk_edit",
    "count",
    "days",
    "duplicate",
    "first_ids",
    "get",
    "ids",
    "prepared",
    "remove",
    "replace_with",
    "rows",
    "set_field",
    "totals",
    "totals_of",
    "used_texts",
]

_AT_ONCE = 1000
"""How many whole purchases are held in memory at a time."""


def ids(
    ledger: Ledger, wanted: PurchaseFilter, sort: SortBy, interrupt: Interrupt | None = None
) -> "array[int]":
    """Return the ids of all purchases that a filter lets through, in order. Raises `Interrupted`."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.ids(reader, wanted, sort, horizon), interrupt)


def first_ids(
    ledger: Ledger,
    wanted: PurchaseFilter,
    sort: SortBy,
    limit: int,
    offset: int = 0,
    interrupt: Interrupt | None = None,
) -> list[int]:
    """Return at most `limit` of the ids that `ids` returns, from `offset` on, without working out the rest.

    Raises `Interrupted`.
    """
    horizon = ledger.horizon()
    return ledger.read(
        lambda reader: first_page.first_ids(reader, wanted, sort, horizon, limit, offset), interrupt
    )


def count(ledger: Ledger, wanted: PurchaseFilter | None = None) -> int:
    """Return how many purchases a filter lets through."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.count(reader, wanted or PurchaseFilter(), horizon))


def rows(ledger: Ledger, chosen: Sequence[int]) -> list[PurchaseRow]:
    """Return table rows in the order of the ids; purchases that are gone meanwhile are left out."""
    return ledger.read(lambda reader: reading.rows(reader, chosen))


def totals(ledger: Ledger, wanted: PurchaseFilter, interrupt: Interrupt | None = None) -> Totals:
    """Return count and totals per currency, in minor units, of what a filter lets through."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.totals(reader, wanted, horizon), interrupt)


def totals_of(ledger: Ledger, chosen: Sequence[int], interrupt: Interrupt | None = None) -> Totals:
    """Return count and totals per currency, in minor units, of purchases given by their ids."""
    return ledger.read(lambda reader: reading.totals_of(reader, chosen), interrupt)


def get(ledger: Ledger, id: int) -> Purchase | None:
    """Return a whole purchase, or None when it is gone."""
    return ledger.read(lambda reader: reading.get(reader, id))


def days(ledger: Ledger) -> tuple[date, date] | None:
    """Return the days of the first and the last purchase, or None without any."""
    return ledger.read(reading.days)


def used_texts(ledger: Ledger, field_name: str) -> list[str]:
    """Return what was entered in a field of free text ("paid_with", "kept_at") lately, the most frequent first."""
    return ledger.read(lambda reader: reading.used_texts(reader, field_name))


def prepared(purchase: Purchase) -> Purchase:
    """Return a purchase with its texts cleaned, its currency in capitals and the ends of its covers worked out."""
    return replace(
        purchase,
        name=clean(purchase.name),
        currency=purchase.currency.strip().upper(),
        retailer=clean(purchase.retailer),
        brand=clean(purchase.brand),
        category=clean(purchase.category),
        tags=tuple(dict.fromkeys(tag for tag in map(clean, purchase.tags) if tag)),
        order_number=clean(purchase.order_number),
        model_number=clean(purchase.model_number),
        serial_number=clean(purchase.serial_number),
        paid_with=clean(purchase.paid_with),
        kept_at=clean(purchase.kept_at),
        source=clean(purchase.source),
        notes=clean_note(purchase.notes),
        covers=tuple(map(prepared_cover, purchase.covers)),
        refunds=tuple(replace(refund, note=clean(refund.note)) for refund in purchase.refunds),
    )


def add(purchase: Purchase) -> Command:
    """Add one purchase with its parts. Raises `Refused` with every problem; the result is its id."""
    ready = _valid(purchase)
    return Command(f"Add “{ready.name}”", lambda write: writing.insert(write, [ready])[0])


def replace_with(purchase: Purchase) -> Command:
    """Store a purchase that is there already as it is given. Raises `Refused`."""
    ready = _valid(purchase)

    def run(write: Write) -> int:
        if reading.get(write.connection, ready.id) is None:
            raise Refused(f"“{ready.name}” was deleted meanwhile; add it again as a new purchase.")
        writing.replace(write, [ready])
        return ready.id

    return Command(f"Change “{ready.name}”", run)


def set_field(id: int, field_name: str, value: Any) -> Command:
    """Change one field of one purchase, as an inline edit does. Raises `Refused` when it runs."""

    def run(write: Write) -> str:
        present = reading.get(write.connection, id)
        if present is None:
            raise Refused("This purchase was deleted meanwhile.")
        changed = _with_parts_kept(present, field_name, value)
        writing.replace(write, [_valid(changed)])
        return changed.name

    return Command("Change a purchase", run, label_of=lambda name: f"Change “{name}”")


def remove(chosen: Sequence[int]) -> Command:
    """Delete purchases with their covers, refunds and tags; the result is how many there were."""
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[int, str]:
        name = _name_of(write, wanted[0]) if len(wanted) == 1 else ""
        return writing.delete(write, wanted), name

    return Command("Delete purchases", run, label_of=lambda result: labelled("Delete", "purchase", *result))


def duplicate(chosen: Sequence[int]) -> Command:
    """Add a copy of each purchase; the result is the list of new ids.

    Copies have no order number, serial number or refunds: those belong to the one piece.
    """
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[list[int], str]:
        added: list[int] = []
        for start in range(0, len(wanted), _AT_ONCE):
            present = reading.get_many(write.connection, wanted[start : start + _AT_ONCE])
            added += writing.insert(write, [as_new(purchase) for purchase in present])
        if not added:
            raise Refused("These purchases were deleted meanwhile.")
        return added, _name_of(write, added[0]) if len(added) == 1 else ""

    return Command(
        "Duplicate purchases",
        run,
        label_of=lambda result: labelled("Duplicate", "purchase", len(result[0]), result[1]),
    )


def as_new(purchase: Purchase) -> Purchase:
    """Return a copy of a purchase as a new one, without what belongs to the one piece only: see `duplicate`."""
    return replace(
        purchase,
        id=0,
        uuid=None,
        created_at=None,
        updated_at=None,
        order_number="",
        order_line=None,
        serial_number="",
        source="",
        refunds=(),
        covers=tuple(replace(cover, uuid=None, id=0) for cover in purchase.covers),
    )


def _with_parts_kept(present: Purchase, field_name: str, value: Any) -> Purchase:
    """Change one field; a new price lets go of parts that no longer make it up, a new day moves covers along."""
    if field_name == "currency" and CURRENCIES.get(value) not in (None, CURRENCIES[present.currency]):
        raise Refused(
            [Problem("currency", f"Amounts have other decimals in {value}; enter them anew in the form.")]
        )
    changed = replace(present, **{field_name: value})
    if field_name in ("price", "quantity") and changed.price_from_parts not in (None, changed.price):
        changed = replace(changed, unit_price=None, tax=None, shipping=None, discount=None)
    if field_name == "purchased_on":
        changed = replace(changed, covers=tuple(_moved(changed, present.purchased_on)))
    return changed


def _moved(changed: Purchase, before: date) -> list[Any]:
    return [
        replace(cover, starts_on=changed.purchased_on)
        if cover.duration and cover.starts_on == before
        else cover
        for cover in changed.covers
    ]


def _valid(purchase: Purchase) -> Purchase:
    try:
        ready = prepared(purchase)
    except OverflowError as error:
        raise Refused(
            [Problem("covers", "The warranty is too long; enter a shorter one, or a lifetime.")]
        ) from error
    problems = check(ready)
    if problems:
        raise Refused(problems)
    return ready


def _name_of(write: Write, id: int) -> str:
    found = reading.get(write.connection, id)
    return found.name if found else ""
