"""Warracker: products with their warranties, whose length is given in years, months and days."""

from app.services.importing.presets.preset import Cells, Preset, Values


def _adapts(values: Values, cells: Cells) -> None:
    # An end of its own wins over the length; Warracker keeps the length at 0 then.
    if values.get("warranty_ends_on"):
        for key in ("warranty_years", "warranty_months", "warranty_days"):
            values.pop(key, None)
    lines = [values.get("notes", ""), cells("ProductURL")]
    values["notes"] = "\n".join(line for line in lines if line)


WARRACKER = Preset(
    id="warracker",
    label="Warracker products",
    source="Warracker",
    recognised_by=(frozenset({"ProductName", "PurchaseDate", "IsLifetime", "PurchasePrice"}),),
    columns={
        "name": "ProductName",
        "price": "PurchasePrice",
        "currency": "Currency",
        "purchased_on": "PurchaseDate",
        "retailer": ("Vendor", "Retailer"),
        "tags": "Tags",
        "serial_number": "SerialNumber",
        "model_number": "ModelNumber",
        "notes": "Notes",
        "warranty_lifetime": "IsLifetime",
        "warranty_years": "WarrantyDurationYears",
        "warranty_months": "WarrantyDurationMonths",
        "warranty_days": "WarrantyDurationDays",
        "warranty_ends_on": "ExpirationDate",
        "warranty_kind": "WarrantyType",
    },
    decimal_mark=".",
    date_order="ymd",
    adapts=_adapts,
)
