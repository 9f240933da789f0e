"""Our own files: every field comes back exactly, columns that are there for the reader are passed over."""

from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.services.importing.presets.preset import Preset

_STORED = [column for column in EXCHANGE_FIELDS if not column.derived]

COUNTERFOIL_TABLE = Preset(
    id="counterfoil",
    label="Counterfoil",
    source="",
    recognised_by=(frozenset({"Product", "Price", "Currency", "Purchased on"}),),
    exactly=frozenset(column.header for column in EXCHANGE_FIELDS),
    columns={column.attribute: column.header for column in _STORED},
    own=True,
)

COUNTERFOIL_DOCUMENT = Preset(
    id="counterfoil-json",
    label="Counterfoil",
    source="",
    recognised_by=(frozenset({"name", "price", "currency", "purchased_on", "uuid"}),),
    columns={column.attribute: column.attribute for column in _STORED},
    decimal_mark=".",
    date_order="ymd",
    own=True,
)
