"""Which column of a file is which field of a purchase, and how its values are to be read."""

from collections.abc import Mapping as Mappable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from app.domain.money import CURRENCIES
from app.domain.parsing import DateOrder, DecimalMark
from app.domain.problems import Refused

TargetKind = Literal[
    "text", "note", "money", "currency", "date", "count", "status", "tags", "yes", "uuid", "instant", "covers",
    "refunds",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can be mapped to: its key, its title in English, and what its cells hold."""

    key: str
    title: str
    kind: TargetKind = "text"
    required: bool = False


TARGETS = (
    Target("name", "Product", required=True),
    Target("price", "Price", "money", required=True),
    Target("currency", "Currency", "currency"),
    Target("purchased_on", "Purchased on", "date", required=True),
    Target("quantity", "Quantity", "count"),
    Target("retailer", "Retailer"),
    Target("brand", "Brand"),
    Target("category", "Category"),
    Target("tags", "Tags", "tags"),
    Target("status", "Status", "status"),
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
    Target("covers", "Warranties", "covers"),
    Target("refunds", "Refunds", "refunds"),
    Target("source", "Source"),
    Target("uuid", "UUID", "uuid"),
    Target("created_at", "Created at", "instant"),
    Target("updated_at", "Updated at", "instant"),
)
"""Everything that a column can be mapped to, in the order of a wizard's list."""

TARGET_OF = {target.key: target for target in TARGETS}


@dataclass(frozen=True)
class Mapping:
    """Which column each field comes from, and how values are read. Can be saved, and given as a file.

    `columns` has the name of a column for each mapped field. `decimal_mark` and `date_order` are None where
    they are open: then only values with one reading are read. `currency` is for rows that name none.
    """

    columns: Mappable[str, str] = field(default_factory=dict)
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    currency: str = ""
    tag_separator: str = ","
    preset: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values, without what is not set."""
        document: dict[str, Any] = {"columns": dict(self.columns)}
        for key in ("decimal_mark", "date_order", "currency", "preset"):
            if getattr(self, key):
                document[key] = getattr(self, key)
        if self.tag_separator != ",":
            document["tag_separator"] = self.tag_separator
        return document

    @classmethod
    def from_json(cls, document: Any) -> "Mapping":
        """Return the mapping that `to_json` wrote or a user typed. Raises `Refused` with what is wrong in it."""
        if not isinstance(document, dict):
            raise Refused('A map is a JSON object such as {"columns": {"name": "Item"}}.')
        unknown = set(document) - {*cls.__dataclass_fields__}
        if unknown:
            raise Refused(
                f"A map has no “{min(unknown)[:40]}”; it may have {', '.join(cls.__dataclass_fields__)}."
            )
        mapping = cls(
            columns=_columns(document.get("columns", {})),
            decimal_mark=cast(DecimalMark | None, _one_of(document, "decimal_mark", (".", ","))),
            date_order=cast(DateOrder | None, _one_of(document, "date_order", ("ymd", "dmy", "mdy"))),
            currency=_text(document, "currency").upper(),
            tag_separator=_text(document, "tag_separator") or ",",
            preset=_text(document, "preset"),
        )
        if mapping.currency and mapping.currency not in CURRENCIES:
            raise Refused(
                f"“{mapping.currency[:20]}” in the map is not a currency code; use one such as EUR or USD."
            )
        return mapping


def _columns(document: Any) -> dict[str, str]:
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document.values()):
        raise Refused("The “columns” of a map are names of fields, each with the name of a column.")
    for key in document:
        if key not in TARGET_OF:
            raise Refused(f"There is no field “{key[:40]}” to map to; use {', '.join(TARGET_OF)}.")
    return {key: name for key, name in document.items() if name}


def _one_of(document: dict[str, Any], key: str, choices: tuple[str, ...]) -> str | None:
    value = document.get(key)
    if value in (None, ""):
        return None
    if value not in choices:
        raise Refused(f"The “{key}” of a map is one of {' '.join(choices)}.")
    return str(value)


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key, "")
    if not isinstance(value, str):
        raise Refused(f"The “{key}” of a map is a text.")
    return value.strip()
