"""The fields of a purchase that a column can be mapped to."""

from app.domain.parsing import NotUnderstood, shown
from app.domain.purchases import PurchaseStatus
from app.domain.text import fold
from app.services.importing.cells import read_text
from app.services.importing.mapping import Target
from app.services.importing.readers.source import Cell

_STATUS_WORDS = {
    PurchaseStatus.ORDERED: "ordered order open pending processing shipped bestellt offen versandt commande pedido",
    PurchaseStatus.RECEIVED: (
        "received delivered closed complete completed done owned erhalten geliefert abgeschlossen recu livre"
        " recibido entregado"
    ),
    PurchaseStatus.RETURNED: "returned refunded zuruckgegeben zuruckgesendet retourniert retourne rembourse devuelto",
}
_STATUSES = {word: status for status, words in _STATUS_WORDS.items() for word in words.split()}


def read_status(cell: Cell) -> PurchaseStatus:
    """Read where a purchase stands, from our own words or others for the same. Raises `NotUnderstood`."""
    text = read_text(cell)
    if text.upper() in PurchaseStatus.__members__:
        return PurchaseStatus[text.upper()]
    status = _STATUSES.get(fold(text))
    if status is None:
        raise NotUnderstood(f"{shown(text)} is no status; write ordered, received or returned.")
    return status


_WARRANTY = (
    "warranty_ends_on", "warranty_years", "warranty_months", "warranty_days", "warranty_lifetime", "warranty_kind",
    "warranty_starts_on", "warranty_provider", "warranty_policy", "warranty_notes",
)  # fmt: skip

TARGETS = (
    Target("name", "Product", required=True),
    Target("price", "Price", "money", required=True, instead=("unit_price",)),
    Target("currency", "Currency", "currency"),
    Target("purchased_on", "Purchased on", "date", required=True),
    Target("quantity", "Quantity", "count"),
    Target("retailer", "Retailer"),
    Target("brand", "Brand"),
    Target("category", "Category"),
    Target("tags", "Tags", "tags"),
    Target("status", "Status", "word", read=read_status),
    Target("unit_price", "Unit price", "money"),
    Target("tax", "Tax", "money"),
    Target("shipping", "Shipping", "money"),
    Target("discount", "Discount", "money"),
    Target("return_by", "Return by", "date"),
    Target("order_number", "Order number"),
    Target("order_line", "Order line", "count"),
    Target("model_number", "Model number"),
    Target("serial_number", "Serial number"),
    Target("paid_with", "Paid with"),
    Target("kept_at", "Kept at"),
    Target("notes", "Notes", "note"),
    Target("warranty_starts_on", "Warranty from", "date"),
    Target("warranty_ends_on", "Warranty until", "date"),
    Target("warranty_years", "Warranty in years", "count"),
    Target("warranty_months", "Warranty in months", "count"),
    Target("warranty_days", "Warranty in days", "count"),
    Target("warranty_lifetime", "Lifetime warranty", "yes"),
    Target("warranty_kind", "Kind of warranty"),
    Target("warranty_provider", "Warranty provider"),
    Target("warranty_policy", "Policy number"),
    Target("warranty_notes", "Warranty notes", "note"),
    Target("covers", "Warranties", "json", instead=_WARRANTY),
    Target("refunds", "Refunds", "json"),
    Target("debt", "Debt"),
    Target("debt_uuid", "UUID of the debt", "uuid"),
    Target("source", "Source"),
    Target("uuid", "UUID", "uuid"),
    Target("created_at", "Created at", "instant"),
    Target("updated_at", "Updated at", "instant"),
)
"""Everything that a column of a file of purchases can be mapped to, in the order of a wizard's list."""
