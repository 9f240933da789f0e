"""What the table of purchases shows: rows read through the services, and the value of each cell."""

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.purchases import PurchaseFilter, PurchaseStatus, SortBy
from app.services import purchases
from app.services.ledger import Interrupt, Ledger
from app.services.purchases import PurchaseRow
from app.ui.purchases.words import refund_pill, status_name, status_pill, warranty_pill
from app.ui.tables.source import FirstRows, Ids, TableQuery

_BETWEEN_TAGS = ", "


class PurchaseSource:
    """Fills the table of purchases."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._values: dict[str, Callable[[PurchaseRow], object]] = {
            "net": lambda row: row.net,
            "price": lambda row: row.money,
            "refunded": self._refunded,
            "status": _status,
            "warranty": self._warranty,
            "receipt": lambda row: row.receipts,
            "tags": lambda row: tuple(row.tags.split(_BETWEEN_TAGS)) if row.tags else (),
            "notes": lambda row: " ".join(row.notes.split()),
            "created_at": lambda row: row.created_at.astimezone(ledger.profile.zone),
            "updated_at": lambda row: row.updated_at.astimezone(ledger.profile.zone),
        }

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` purchases; counting them all comes with their ids."""
        wanted, sort = _asked(query)
        ids = purchases.first_ids(self._ledger, wanted, sort, n, interrupt=interrupt)
        rows = purchases.rows(self._ledger, ids)
        return FirstRows(rows, len(rows) if len(ids) < n else None)

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all purchases in order."""
        wanted, sort = _asked(query)
        return purchases.ids(self._ledger, wanted, sort, interrupt)

    def rows(self, ids: Sequence[int]) -> Sequence[PurchaseRow]:
        """Return the purchases with these ids."""
        return purchases.rows(self._ledger, ids)

    def value(self, row: PurchaseRow, key: str) -> object:
        """Return what a purchase holds in a column."""
        value = self._values.get(key)
        return getattr(row, key) if value is None else value(row)

    def _warranty(self, row: PurchaseRow) -> object:
        soon = self._ledger.reminders.window
        return warranty_pill(row.covered_until, row.has_covers, self._today(), soon)

    @staticmethod
    def _refunded(row: PurchaseRow) -> object:
        return row.money - row.net if row.refunded else None

    def _today(self) -> dt.date:
        return self._ledger.today()


def _asked(query: TableQuery) -> tuple[PurchaseFilter, SortBy]:
    wanted = query.filter if isinstance(query.filter, PurchaseFilter) else PurchaseFilter()
    return wanted, SortBy(query.sort or "purchased_on", query.descending)


def _status(row: PurchaseRow) -> object:
    """What stands out as a pill: ordered, returned, refunded; most purchases were simply received."""
    if row.status is PurchaseStatus.RECEIVED:
        return refund_pill() if row.refunded else status_name(row.status)
    return status_pill(row.status)
