"""Homebox: the items of a household inventory.

The price is that of the line. Tags are separated by semicolons, places by slashes. A date that is not set is the first
day of the year 1. Texts of warranties without an end go into the notes.
"""

from app.services.importing.presets.preset import Cells, Preset, Values


def _adapts(values: Values, cells: Cells) -> None:
    parts = [cells("HB.description"), values.get("notes", "")]
    if not values.get("warranty_ends_on") and not values.get("warranty_lifetime"):
        details = values.pop("warranty_notes", "")
        parts.append(f"Warranty: {details}" if details else "")
    values["notes"] = "\n".join(part for part in parts if part)
    if not values.get("quantity", 1):
        values["quantity"] = 1


HOMEBOX = Preset(
    id="homebox",
    label="Homebox items",
    source="Homebox",
    recognised_by=(frozenset({"HB.name", "HB.purchase_price"}),),
    columns={
        "name": "HB.name",
        "price": "HB.purchase_price",
        "purchased_on": ("HB.purchase_date", "HB.purchase_time"),
        "quantity": "HB.quantity",
        "retailer": "HB.purchase_from",
        "brand": "HB.manufacturer",
        "tags": ("HB.tags", "HB.labels"),
        "model_number": "HB.model_number",
        "serial_number": "HB.serial_number",
        "kept_at": "HB.location",
        "notes": "HB.notes",
        "warranty_ends_on": "HB.warranty_expires",
        "warranty_lifetime": "HB.lifetime_warranty",
        "warranty_notes": "HB.warranty_details",
    },
    decimal_mark=".",
    date_order="ymd",
    tag_separator=";",
    nothing=frozenset({"0001-01-01", "0001-01-01T00:00:00Z"}),
    adapts=_adapts,
)
