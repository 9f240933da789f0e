"""Purchases as our own files hold them: the columns of CSV and XLSX, and what the cells of purchases alone can carry.

What holds for all kinds of records is in `app.domain.exchange`. Warranties and refunds are the same JSON as in a JSON
file, in one cell.
"""

from typing import Any

from app.domain.exchange import ExchangeField
from app.domain.exchange_items import count_of, day_of, objects, required, text_of, uuid_of, uuid_text
from app.domain.money import MoneyError, plain, to_minor
from app.domain.parsing import NotUnderstood, parse_amount
from app.domain.purchases.record import Purchase, Refund

LIFETIME_WORD = "Lifetime"
"""What a cell of kind `until` says of a purchase with a warranty that never ends."""

EXCHANGE_FIELDS = (
    ExchangeField("Product", "name"),
    ExchangeField("Quantity", "quantity", "count"),
    ExchangeField("Price", "price", "money"),
    ExchangeField("Refunded", "refunded", "money", derived=True),
    ExchangeField("Currency", "currency", "currency"),
    ExchangeField("Unit price", "unit_price", "money"),
    ExchangeField("Tax", "tax", "money"),
    ExchangeField("Shipping", "shipping", "money"),
    ExchangeField("Discount", "discount", "money"),
    ExchangeField("Purchased on", "purchased_on", "date"),
    ExchangeField("Status", "status", "status"),
    ExchangeField("Retailer", "retailer"),
    ExchangeField("Brand", "brand"),
    ExchangeField("Category", "category"),
    ExchangeField("Tags", "tags", "tags"),
    ExchangeField("Return by", "return_by", "date"),
    ExchangeField("Warranty until", "covered_until", "until", derived=True),
    ExchangeField("Order number", "order_number"),
    ExchangeField("Order line", "order_line", "count"),
    ExchangeField("Model number", "model_number"),
    ExchangeField("Serial number", "serial_number"),
    ExchangeField("Paid with", "paid_with"),
    ExchangeField("Kept at", "kept_at"),
    ExchangeField("Notes", "notes", "note"),
    ExchangeField("Warranties", "covers", "covers"),
    ExchangeField("Refunds", "refunds", "refunds"),
    ExchangeField("Debt", "debt"),
    ExchangeField("Debt UUID", "debt_uuid", "uuid"),
    ExchangeField("Source", "source"),
    ExchangeField("UUID", "uuid", "uuid"),
    ExchangeField("Created at", "created_at", "instant"),
    ExchangeField("Updated at", "updated_at", "instant"),
)
"""The columns of an exported table of purchases, in their order."""


def refunds_to_json(purchase: Purchase) -> list[dict[str, Any]]:
    """Return a purchase's refunds as JSON values, amounts as decimal strings in its currency."""
    return [
        {
            "uuid": uuid_text(refund.uuid),
            "on": refund.on.isoformat(),
            "amount": plain(refund.amount, purchase.currency),
            "quantity": refund.quantity,
            "note": refund.note,
        }
        for refund in purchase.refunds
    ]


def refunds_from_json(document: Any, currency: str) -> tuple[Refund, ...]:
    """Return the refunds that `refunds_to_json` wrote of a purchase in `currency`.

    Raises `NotUnderstood`, also for an amount that the currency cannot hold.
    """
    return tuple(
        Refund(
            on=required(day_of(item, "on"), "a refund's on"),
            amount=_amount(item, "amount", currency),
            quantity=count_of(item, "quantity"),
            note=text_of(item, "note"),
            uuid=uuid_of(item, "uuid"),
        )
        for item in objects(document, "refunds")
    )


def _amount(item: dict[str, Any], key: str, currency: str) -> int:
    text = text_of(item, key)
    try:
        return to_minor(parse_amount(text, "."), currency)
    except MoneyError as error:
        raise NotUnderstood(str(error)) from error
