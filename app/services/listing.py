"""Records as plain JSON documents, a page at a time: what the command line lists."""

import json
from typing import Any

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.services.ledger import Ledger, Reader
from app.storage.purchases import first_page, reading, streaming

__all__ = ["ALL", "list_purchases", "sort_from"]

ALL = 2**31
"""More records than there are: a list of all of them."""

_SORTS = tuple(column.key for column in PURCHASE_COLUMNS if column.sortable)


def sort_from(text: str) -> SortBy:
    """Return the order that a text such as `price` or `-price` (descending) stands for. Raises `Refused`."""
    key = text.removeprefix("-")
    if key not in _SORTS:
        raise Refused(f"“{key[:40]}” is nothing to sort by; use one of {', '.join(_SORTS)}.")
    return SortBy(key, descending=text.startswith("-"))


def list_purchases(
    ledger: Ledger, wanted: PurchaseFilter, sort: SortBy, limit: int = ALL, offset: int = 0
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many purchases a filter lets through, and some of them with the keys of our JSON exports."""
    today = ledger.today()

    def read(reader: Reader) -> tuple[int, list[dict[str, Any]]]:
        total = reading.count(reader, wanted, today)
        ids = first_page.first_ids(reader, wanted, sort, today, limit, offset)
        found = streaming.documents(reader, streaming.Selection(today, ids=ids), EXCHANGE_FIELDS)
        return total, [json.loads(document) for (document,) in found]

    return ledger.read(read)
