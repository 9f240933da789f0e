"""The columns of a list of purchases, declared once for the table, its column chooser and copying."""

from app.domain.columns import Column

PURCHASE_COLUMNS = (
    Column("purchased_on", "Bought", "date", 106, editable=True),
    Column("name", "Product", "name", 200, editable=True),
    Column("retailer", "Retailer", "text", 156, editable=True),
    Column("category", "Category", "text", 122, visible=False, editable=True, supporting=True),
    Column("brand", "Brand", "text", 120, visible=False, editable=True, supporting=True),
    Column("status", "Status", "status", 104, editable=True),
    Column("warranty", "Warranty", "warranty", 142),
    Column("receipt", "Receipt", "receipt", 72),
    Column("quantity", "Quantity", "count", 88, visible=False),
    Column("tags", "Tags", "tags", 150, visible=False, sortable=False),
    Column("paid_with", "Paid with", "text", 122, visible=False, supporting=True),
    Column("debt", "Bought on debt", "text", 140, visible=False, editable=True, supporting=True),
    Column("kept_at", "Kept at", "text", 122, visible=False, supporting=True),
    Column("order_number", "Order number", "text", 150, visible=False, supporting=True),
    Column("model_number", "Model number", "text", 130, visible=False, supporting=True),
    Column("serial_number", "Serial number", "text", 150, visible=False, supporting=True),
    Column("return_by", "Return by", "date", 110, visible=False),
    Column("notes", "Notes", "text", 200, visible=False, sortable=False, supporting=True),
    Column("source", "Source", "text", 120, visible=False, supporting=True),
    Column("created_at", "Added", "instant", 150, visible=False),
    Column("updated_at", "Changed", "instant", 150, visible=False),
    Column("price", "Price paid", "money", 110, visible=False, editable=True),
    Column("refunded", "Refunded", "money", 100, visible=False),
    Column("net", "Price", "money", 102, editable=True),
)
"""From left to right as they stand at first. `net` is the price less what came back; editing it edits `price`."""
