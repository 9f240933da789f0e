"""Saved filters of pages and saved mappings of imports: named JSON documents in the ledger."""

from enum import Enum
from typing import Any

from app.domain.problems import Problem, Refused
from app.domain.text import NAME_LIMIT, clean
from app.services.changes import Command
from app.services.ledger import Ledger
from app.storage import saved
from app.storage.saved import Saved
from app.storage.tables import import_mappings, saved_filters

__all__ = ["Saved", "Shelf", "delete", "listing", "save"]


class Shelf(Enum):
    """The two kinds of saved documents, and what the Edit menu calls one."""

    FILTERS = "filter"
    MAPPINGS = "import mapping"


_TABLES = {Shelf.FILTERS: saved_filters, Shelf.MAPPINGS: import_mappings}


def listing(ledger: Ledger, shelf: Shelf, scope: str) -> list[Saved]:
    """Return what is saved for a scope: a page's id for filters, a kind of record for mappings."""
    return ledger.read(lambda reader: saved.listing(reader, _TABLES[shelf], scope))


def save(shelf: Shelf, scope: str, name: str, definition: dict[str, Any]) -> Command:
    """Save a document under a name, in place of one with that name. Raises `Refused`; the result is its id."""
    ready = clean(name)
    if not ready or len(ready) > NAME_LIMIT:
        raise Refused([Problem("name", f"Enter a name of at most {NAME_LIMIT} characters.")])
    table = _TABLES[shelf]
    return Command(
        f"Save {shelf.value} “{ready}”", lambda write: saved.save(write, table, scope, ready, definition)
    )


def delete(shelf: Shelf, entry: Saved) -> Command:
    """Remove a saved document."""
    return Command(
        f"Delete {shelf.value} “{entry.name}”", lambda write: saved.delete(write, _TABLES[shelf], entry.id)
    )
