"""The values of a row become a purchase."""

from datetime import date
from typing import Any

from app.domain.exchange import from_cell
from app.domain.parsing import NotUnderstood, shown
from app.domain.purchases import DebtReference, Purchase, check
from app.domain.purchases.exchange import refunds_from_json
from app.domain.warranties.exchange import covers_from_json
from app.services.importing.amounts import currency_in, minor_units
from app.services.importing.kind import Make, Setting, Wrong
from app.services.importing.presets import Values
from app.services.importing.purchases.warranty_columns import covers_of
from app.services.importing.readers import Cell
from app.storage.purchases.debts import KnownDebts

_PARTS = ("unit_price", "tax", "shipping", "discount")
_AMOUNTS = ("price", *_PARTS)
_MISSING = {
    "name": "The product is missing; say what was bought.",
    "price": "The price is missing; enter what was paid.",
    "purchased_on": "The date is missing; enter when it was bought.",
}
_MOST_TOLD = 20
"""How many debts that are not in the ledger are told by their names."""
_UNKNOWN = "is not in the ledger, and was left out; import the debts first to keep it"
_TAKEN_AS_READ = frozenset({
    "name", "purchased_on", "retailer", "brand", "category", "tags", "status", "return_by", "order_number",
    "order_line", "model_number", "serial_number", "paid_with", "kept_at", "notes", "source", "uuid", "created_at",
    "updated_at",
})  # fmt: skip


def maker(setting: Setting) -> Make:
    """Return what makes purchases of the rows of one file."""
    has_warranty = any(key.startswith("warranty_") for key in setting.columns)
    usual_currency, source = setting.currency, setting.source
    debts = KnownDebts(setting.reader) if {"debt", "debt_uuid"} & setting.columns.keys() else None

    def make(values: Values) -> Purchase:
        for key in ("name", "purchased_on"):
            if not values.get(key):
                raise Wrong.field(key, _MISSING[key])
        currency = currency_in(values, _AMOUNTS) or usual_currency
        unit_price = _minor(values, "unit_price", currency)
        tax = _minor(values, "tax", currency)
        shipping = _minor(values, "shipping", currency)
        discount = _minor(values, "discount", currency)
        discount = None if discount is None else abs(discount)
        quantity = values.get("quantity", 1)
        price = _minor(values, "price", currency)
        if price is None:
            price = _sum_of_parts(unit_price, quantity, (tax or 0) + (shipping or 0) - (discount or 0))
        taken: dict[str, Any] = {key: value for key, value in values.items() if key in _TAKEN_AS_READ}
        taken.setdefault("source", source)
        purchase = Purchase(
            price=price,
            currency=currency,
            quantity=quantity,
            unit_price=unit_price,
            tax=tax,
            shipping=shipping,
            discount=discount,
            covers=_covers(values, values["purchased_on"], has_warranty=has_warranty),
            refunds=_refunds(values, currency),
            debt=None if debts is None else _debt(values, debts, setting.told),
            **taken,
        )
        problems = check(purchase)
        if problems:
            raise Wrong(*problems)
        return purchase

    return make


def _minor(values: Values, key: str, currency: str) -> int | None:
    return minor_units(values, key, currency, "purchase")


def _covers(values: Values, bought: date, *, has_warranty: bool) -> Any:
    try:
        if "covers" in values:
            return covers_from_json(_json_of(values["covers"]))
        return covers_of(values, bought) if has_warranty else ()
    except NotUnderstood as refusal:
        raise Wrong.field("covers", str(refusal)) from None


def _refunds(values: Values, currency: str) -> Any:
    if "refunds" not in values:
        return ()
    try:
        return refunds_from_json(_json_of(values["refunds"]), currency)
    except NotUnderstood as refusal:
        raise Wrong.field("refunds", str(refusal)) from None


def _debt(values: Values, debts: KnownDebts, told: dict[str, int]) -> DebtReference | None:
    """Return the debt that a row names; one that the ledger does not have is told, and is as if not named."""
    named = DebtReference(values.get("debt", ""), values.get("debt_uuid"))
    if not named.name and named.uuid is None:
        return None
    found = debts.find(named)
    if found is None:
        words = f"the debt {shown(named.name or str(named.uuid))} {_UNKNOWN}"
        if words not in told and len(told) >= _MOST_TOLD:
            words = f"another debt {_UNKNOWN}"
        told[words] = told.get(words, 0) + 1
        values.pop("debt", None)
        values.pop("debt_uuid", None)
    return found


def _json_of(cell: Cell) -> Any:
    return from_cell(cell) if isinstance(cell, str) else cell


def _sum_of_parts(unit_price: int | None, quantity: int, extras: int) -> int:
    if unit_price is None:
        raise Wrong.field("price", _MISSING["price"])
    return unit_price * quantity + extras
