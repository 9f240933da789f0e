"""Records as plain JSON documents, a page at a time: what the command line lists."""

import json
from dataclasses import replace
from typing import Any

from app.domain.problems import Refused
from app.services.exporting.kind import ExportKind, Selection
from app.services.ledger import Ledger, Reader

__all__ = ["ALL", "list_records", "sort_from"]

ALL = 2**31
"""More records than there are: a list of all of them."""


def sort_from(kind: ExportKind, text: str) -> Any:
    """Return the order that a text such as `price` or `-price` (descending) stands for. Raises `Refused`."""
    key = text.removeprefix("-")
    if key not in kind.sorts:
        raise Refused(f"“{key[:40]}” is nothing to sort by; use one of {', '.join(kind.sorts)}.")
    return kind.order(key, text.startswith("-"))


def list_records(
    ledger: Ledger, kind: ExportKind, wanted: Any, sort: Any, limit: int = ALL, offset: int = 0
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many records a filter lets through, and some of them with the keys of our JSON exports."""
    chosen = Selection(ledger.horizon(), wanted, sort)

    def read(reader: Reader) -> tuple[int, list[dict[str, Any]]]:
        total = kind.table(reader, chosen).count()
        page = replace(chosen, ids=kind.ids(reader, chosen, limit, offset))
        found = kind.table(reader, page).documents(kind.fields)
        return total, [json.loads(document) for (document,) in found]

    return ledger.read(read)
