"""What the table of warranties shows: rows read through the services, and the value of each cell."""

from collections.abc import Callable, Sequence

from app.domain.warranties import CoverFilter, CoverStatus, SortBy, cover_status
from app.services import warranties
from app.services.ledger import Interrupt, Ledger
from app.services.warranties import CoverRow
from app.ui.i18n import tr_n
from app.ui.purchases.words import cover_kind_name, cover_pill, warranty_name
from app.ui.tables.cells import PillSpec
from app.ui.tables.source import FirstRows, Ids, TableQuery
from app.ui.widgets.pill import PillKind

_OF_PURCHASE = ("retailer", "brand", "category", "purchased_on", "net", "attachments")


class CoverSource:
    """Fills the table of warranties."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._values: dict[str, Callable[[CoverRow], object]] = {
            "name": lambda row: row.product,
            "kind": lambda row: cover_kind_name(row.cover.kind),
            "status": self._status,
            "days_left": lambda row: cover_pill(row.cover, ledger.today(), ledger.reminders.window),
            "claims": _claims,
            "notes": lambda row: " ".join(row.cover.notes.split()),
        }

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` warranties and how many there are."""
        found = self.ids(query, interrupt)
        return FirstRows(self.rows(found[:n]), len(found))

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all warranties in order."""
        wanted = query.filter if isinstance(query.filter, CoverFilter) else CoverFilter()
        return warranties.ids(
            self._ledger, wanted, SortBy(query.sort or "days_left", query.descending), interrupt
        )

    def rows(self, ids: Sequence[int]) -> Sequence[CoverRow]:
        """Return the warranties with these ids."""
        return warranties.rows(self._ledger, ids)

    def value(self, row: CoverRow, key: str) -> object:
        """Return what a warranty holds in a column."""
        value = self._values.get(key)
        if value is not None:
            return value(row)
        return getattr(row if key in _OF_PURCHASE else row.cover, key)

    def _status(self, row: CoverRow) -> object:
        return status_pill(cover_status(row.cover, self._ledger.today(), self._ledger.reminders.window))


def status_pill(status: CoverStatus) -> PillSpec:
    """Return the pill of a state."""
    looks = {
        CoverStatus.ACTIVE: (PillKind.OK, "shield-check"),
        CoverStatus.EXPIRING: (PillKind.WARN, "clock"),
        CoverStatus.EXPIRED: (PillKind.NEUTRAL, "circle-x"),
        CoverStatus.VOIDED: (PillKind.NEUTRAL, "ban"),
    }
    kind, icon = looks[status]
    return PillSpec(kind, warranty_name(status), icon)


def _claims(row: CoverRow) -> object:
    """What stands out are claims that are open; the others are counted."""
    if row.open_claims:
        return PillSpec(PillKind.RUNNING, tr_n("{n} open", "{n} open", row.open_claims), "life-buoy")
    return tr_n("{n} closed", "{n} closed", row.claims) if row.claims else None
