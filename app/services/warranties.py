"""What a user can do with warranties. Functions that read take the ledger; the others return a `Command`.

Every change of a cover concerns its purchase too, whose warranty is that of its furthest cover in force.
"""

import dataclasses
from array import array
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from app.domain.problems import Problem, Refused
from app.domain.spending import CoverCounts, CoverMonth, cover_months
from app.domain.text import clean
from app.domain.warranties import LIFETIME, Cover, CoverFilter, SortBy, check_cover, own_kind
from app.services.changes import Command, Write, labelled
from app.services.covers import prepared
from app.services.ledger import Interrupt, Ledger
from app.services.warranties_bulk import bulk_edit
from app.storage.purchases import reading as purchases
from app.storage.warranties import reading, writing
from app.storage.warranties.reading import CoverRow

__all__ = [
    "CoverCounts",
    "CoverRow",
    "add",
    "bulk_edit",
    "count",
    "counts",
    "get",
    "ids",
    "kinds",
    "of_purchase",
    "providers",
    "remove",
    "replace",
    "rows",
    "set_field",
    "still_covered",
    "timeline",
    "void",
]

_GONE = "This warranty was deleted meanwhile."
first = itemgetter(0)
"""Takes what the caller is told out of a result whose second part is for the label."""


def ids(
    ledger: Ledger, wanted: CoverFilter, sort: SortBy, interrupt: Interrupt | None = None
) -> "array[int]":
    """Return the ids of all covers that a filter lets through, in order. Raises `Interrupted`."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.ids(reader, wanted, sort, horizon), interrupt)


def rows(ledger: Ledger, chosen: Sequence[int]) -> list[CoverRow]:
    """Return table rows in the order of the ids; covers that are gone meanwhile are left out."""
    return ledger.read(lambda reader: reading.rows(reader, chosen))


def count(ledger: Ledger, wanted: CoverFilter | None = None) -> int:
    """Return how many covers a filter lets through."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.count(reader, wanted or CoverFilter(), horizon))


def counts(
    ledger: Ledger, wanted: CoverFilter | None = None, interrupt: Interrupt | None = None
) -> CoverCounts:
    """Return how many of the covers that a filter lets through are in which state. Raises `Interrupted`."""
    horizon = ledger.horizon()
    return ledger.read(lambda reader: reading.counts(reader, wanted or CoverFilter(), horizon), interrupt)


def get(ledger: Ledger, id: int) -> CoverRow | None:
    """Return a cover with what is told of its purchase, or None when it is gone."""
    return ledger.read(lambda reader: reading.get(reader, id))


def of_purchase(ledger: Ledger, purchase_id: int) -> list[CoverRow]:
    """Return the covers of a purchase by their start."""
    return ledger.read(lambda reader: reading.of_purchase(reader, purchase_id))


def still_covered(ledger: Ledger, purchase_id: int) -> list[CoverRow]:
    """Return the covers that a purchase is covered by today, the one that reaches furthest first."""
    today = ledger.today()
    held = [row for row in of_purchase(ledger, purchase_id) if row.cover.in_force(today)]
    return sorted(held, key=lambda row: row.cover.last_day, reverse=True)


def providers(ledger: Ledger) -> list[str]:
    """Return the providers that covers name, each once whatever its case, by name."""
    return ledger.read(reading.providers)


def kinds(ledger: Ledger) -> list[str]:
    """Return the kinds of cover that there are, each once whatever its case, by name."""
    return ledger.read(reading.kinds)


def timeline(
    ledger: Ledger, wanted: CoverFilter | None = None, interrupt: Interrupt | None = None
) -> tuple[CoverMonth, ...]:
    """Return how the covers that a filter lets through stand in this month and the eleven after it.

    Voided ones do not count. Raises `Interrupted`.
    """
    horizon = ledger.horizon()
    ends = ledger.read(lambda reader: reading.ends(reader, wanted or CoverFilter(), horizon), interrupt)
    return cover_months(ends, horizon.today)


def add(purchase_id: int, cover: Cover) -> Command:
    """Add a cover to a purchase; raises `Refused` with every problem, the result is its id."""
    ready = valid(cover)

    def run(write: Write) -> tuple[int, str]:
        purchase = purchases.get(write.connection, purchase_id)
        if purchase is None:
            raise Refused("The purchase was deleted meanwhile; enter it again before its warranty.")
        return writing.insert(write, [(purchase_id, ready)])[0], purchase.name

    return Command(
        "Add a warranty", run, label_of=lambda made: f"Add a warranty to “{made[1]}”", result_of=first
    )


def replace(cover: Cover) -> Command:
    """Store a cover that is there already (by `id`) as it is given. Raises `Refused`, also when it runs."""
    ready = valid(cover)

    def run(write: Write) -> str:
        product = _present(write, ready.id).product
        writing.replace(write, [ready])
        return product

    return Command("Change a warranty", run, label_of=lambda product: _label("Change", 1, product))


def set_field(id: int, field_name: str, value: Any) -> Command:
    """Change one field of one cover, as an inline edit does. Raises `Refused` when it runs.

    Where the length of a warranty is known its end follows a new start; a new end lets go of the length. A kind that
    is a lifetime lets go of both.
    """

    def run(write: Write) -> str:
        present = _present(write, id)
        changes = {field_name: value}
        if field_name == "ends_on" or (field_name == "kind" and own_kind(clean(value)) == LIFETIME):
            changes = {"ends_on": None, "duration": None, **changes}
        writing.replace(write, [valid(dataclasses.replace(present.cover, **changes))])
        return present.product

    return Command("Change a warranty", run, label_of=lambda product: _label("Change", 1, product))


def void(chosen: Sequence[int], voided: bool = True) -> Command:
    """Say of covers that they are void, or not after all, which keeps their dates; the result is how many."""
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[int, str]:
        present = writing.existing(write, wanted)
        product = _product_of_one(write, wanted)
        writing.set_columns(write, present, {"voided": voided})
        return write.size(present), product

    verb = "Void" if voided else "Restore"
    return Command(f"{verb} warranties", run, label_of=lambda done: _label(verb, *done), result_of=first)


def remove(chosen: Sequence[int]) -> Command:
    """Delete covers with their claims and attachments; the result is how many there were."""
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[int, str]:
        product = _product_of_one(write, wanted)
        return writing.delete(write, wanted), product

    return Command("Delete warranties", run, label_of=lambda done: _label("Delete", *done), result_of=first)


def valid(cover: Cover) -> Cover:
    """Return a cover as it can be saved. Raises `Refused` with every problem."""
    try:
        ready = prepared(cover)
    except OverflowError as error:
        raise Refused(
            [Problem("duration", "The warranty is too long; enter a shorter one, or a lifetime.")]
        ) from error
    problems = check_cover(ready)
    if problems:
        raise Refused(problems)
    return ready


def _present(write: Write, id: int) -> CoverRow:
    found = reading.get(write.connection, id)
    if found is None:
        raise Refused(_GONE)
    return found


def _product_of_one(write: Write, wanted: Sequence[int]) -> str:
    found = reading.get(write.connection, wanted[0]) if len(wanted) == 1 else None
    return found.product if found else ""


def _label(verb: str, number: int, product: str) -> str:
    if product:
        return f"{verb} a warranty of “{product}”"
    return labelled(verb, "warranty", number, many="warranties")
