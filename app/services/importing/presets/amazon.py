"""Amazon: the order history of "Request my data", a line an item, and its refunds.

Cancelled lines were never bought. The discount is negative and stands between apostrophes. Taxes are given for one
piece. Totals are sometimes a cent off their parts; the total is what was paid, so the parts are then left out.
"""

from decimal import Decimal

from app.domain.parsing import NotUnderstood, ParsedAmount, parse_amount
from app.services.importing.presets.preset import Cells, Preset, Values


def _skips(cells: Cells) -> str:
    return "cancelled" if cells("Order Status").casefold() in ("cancelled", "canceled") else ""


def _adapts(values: Values, cells: Cells) -> None:
    quantity = values.setdefault("quantity", 1) or 1
    values["quantity"] = quantity
    price, unit_price = _value(values, "price"), _value(values, "unit_price")
    parts = {
        "unit_price": unit_price,
        "tax": _tax(cells) * quantity,
        "shipping": _value(values, "shipping"),
        "discount": abs(_value(values, "discount")),
    }
    for key in parts:
        values.pop(key, None)
    if unit_price and unit_price * quantity + parts["tax"] + parts["shipping"] - parts["discount"] == price:
        values.update({key: ParsedAmount(amount, "") for key, amount in parts.items()})
    article = cells("ASIN")
    if article:
        values["notes"] = f"ASIN {article}"


def _value(values: Values, key: str) -> Decimal:
    found = values.get(key)
    return found.value if isinstance(found, ParsedAmount) else Decimal(0)


def _tax(cells: Cells) -> Decimal:
    text = cells("Unit Price Tax")
    try:
        return parse_amount(text, ".") if text else Decimal(0)
    except NotUnderstood:
        return Decimal(0)


def _refund_skips(cells: Cells) -> str:
    return "" if cells("RefundCompletionDate") or cells("Refund Date") else "not refunded yet"


ORDER_HISTORY = Preset(
    id="amazon",
    label="Amazon order history",
    source="Amazon",
    recognised_by=(
        frozenset(
            {"Order ID", "Order Date", "Currency", "Total Owed", "Order Status", "Product Name", "ASIN"}
        ),
        frozenset(
            {"Order ID", "Order Date", "Currency", "Total Amount", "Order Status", "Product Name", "ASIN"}
        ),
    ),
    columns={
        "name": "Product Name",
        "price": ("Total Owed", "Total Amount"),
        "currency": "Currency",
        "purchased_on": "Order Date",
        "quantity": ("Quantity", "Original Quantity"),
        "retailer": "Website",
        "unit_price": "Unit Price",
        "shipping": "Shipping Charge",
        "discount": "Total Discounts",
        "order_number": "Order ID",
        "serial_number": "Item Serial Number",
        "paid_with": ("Payment Instrument Type", "Payment Method Type"),
    },
    decimal_mark=".",
    date_order="ymd",
    nothing=frozenset({"Not Available", "Not Applicable"}),
    skips=_skips,
    adapts=_adapts,
)

REFUNDS = Preset(
    id="amazon-refunds",
    label="Amazon refunds",
    source="Amazon",
    recognised_by=(
        frozenset({"OrderID", "ReversalID", "RefundCompletionDate", "Currency", "AmountRefunded"}),
        frozenset({"Order ID", "Reversal ID", "Refund Date", "Currency", "Refund Amount"}),
    ),
    columns={
        "order_number": ("OrderID", "Order ID"),
        "purchased_on": ("RefundCompletionDate", "Refund Date"),
        "price": ("AmountRefunded", "Refund Amount"),
        "currency": "Currency",
        "name": ("ReversalID", "Reversal ID"),
    },
    decimal_mark=".",
    nothing=frozenset({"Not Available", "Not Applicable", "N/A"}),
    skips=_refund_skips,
    usual_order=lambda _mark: "mdy",
)
