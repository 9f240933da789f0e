"""The columns of a list of warranties, declared once for the table, its column chooser and copying."""

from app.domain.columns import Column

WARRANTY_COLUMNS = (
    Column("name", "Product", "name", 200),
    Column("kind", "Kind", "text", 120, editable=True),
    Column("provider", "Provider", "text", 150, editable=True),
    Column("status", "Status", "status", 104, visible=False),
    Column("starts_on", "Starts", "date", 106, visible=False, editable=True),
    Column("ends_on", "Ends", "date", 106, editable=True),
    Column("days_left", "Time left", "warranty", 142),
    Column("policy_number", "Policy number", "text", 140, visible=False, editable=True, supporting=True),
    Column("claims", "Claims", "status", 96),
    Column("retailer", "Retailer", "text", 150, visible=False, supporting=True),
    Column("brand", "Brand", "text", 120, visible=False, supporting=True),
    Column("category", "Category", "text", 122, visible=False, supporting=True),
    Column("purchased_on", "Bought", "date", 106, visible=False),
    Column("attachments", "Files", "receipt", 70, visible=False),
    Column("notes", "Notes", "text", 200, visible=False, sortable=False, editable=True, supporting=True),
    Column("net", "Price", "money", 102),
)
"""From left to right as they stand at first. `name` is the product's, `net` its price less what came back."""
