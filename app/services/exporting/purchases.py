"""Purchases as a kind of record that is listed and written to files."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.exchange import CellStyle, ExchangeField, Extent
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.services import purchases
from app.services.exporting.kind import ExportKind, Rows, Selection
from app.services.filtering import where_filter
from app.services.ledger import Reader
from app.storage.purchases import first_page, streaming


@dataclass(frozen=True)
class PurchaseTable:
    """Purchases as SQLite itself puts them into words."""

    reader: Reader
    selection: streaming.Selection

    def count(self) -> int:
        """Return how many purchases there are."""
        return streaming.count(self.reader, self.selection)

    def cells(self, fields: Sequence[ExchangeField], style: CellStyle) -> Rows:
        """Return a tuple a purchase with a cell a field."""
        return streaming.cells(self.reader, self.selection, fields, style)

    def documents(self, fields: Sequence[ExchangeField]) -> Generator[tuple[str], None, None]:
        """Return each purchase as the text of a JSON object."""
        return streaming.documents(self.reader, self.selection, fields)

    def extent(self, fields: Sequence[ExchangeField]) -> Extent:
        """Measure the purchases before a sheet is begun."""
        return streaming.extent(self.reader, self.selection, fields)


def _table(reader: Reader, chosen: Selection) -> PurchaseTable:
    return PurchaseTable(reader, streaming.Selection(chosen.horizon, chosen.wanted, chosen.sort, chosen.ids))


def _ids(reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
    return first_page.first_ids(reader, chosen.wanted, chosen.sort, chosen.horizon, limit, offset)


def _between(wanted: PurchaseFilter, first: date | None, last: date | None) -> PurchaseFilter:
    return replace(wanted, bought_from=first or wanted.bought_from, bought_to=last or wanted.bought_to)


PURCHASES = ExportKind(
    key="purchases",
    one="purchase",
    many="purchases",
    title="Purchases",
    fields=EXCHANGE_FIELDS,
    table=_table,
    count=purchases.count,
    everything=PurchaseFilter(),
    conditions=where_filter,
    between=_between,
    sorts=tuple(column.key for column in PURCHASE_COLUMNS if column.sortable),
    order=SortBy,
    usual_order=SortBy(),
    ids=_ids,
    shown=("name", "purchased_on", "retailer", "status", "price", "currency"),
    # Attached files do not go into a file of purchases.
    attributes={"net": ("price", "refunded"), "warranty": ("covered_until",), "receipt": ()},
)
