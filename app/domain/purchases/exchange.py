"""Purchases as our own files hold them: the columns of CSV and XLSX, and what the cells of purchases alone can carry.

What holds for all kinds of records is in `app.domain.exchange`. Warranties and refunds are the same JSON as in a JSON
file, in one cell.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.exchange import ExchangeField
from app.domain.money import MoneyError, plain, to_minor
from app.domain.parsing import NotUnderstood, parse_amount, shown
from app.domain.purchases.record import Purchase, Refund
from app.domain.warranties import Cover, Duration

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


def covers_to_json(covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """Return warranties as JSON values: dates ISO 8601, a duration as `P24M` or `P24M10D`, no end as null."""
    return [
        {
            "uuid": _text_or_none(cover.uuid),
            "kind": cover.kind,
            "starts_on": cover.starts_on.isoformat(),
            "ends_on": None if cover.ends_on is None else cover.ends_on.isoformat(),
            "duration": None if cover.duration is None else _duration_text(cover.duration),
            "provider": cover.provider,
            "policy_number": cover.policy_number,
            "notes": cover.notes,
            "voided": cover.voided,
        }
        for cover in covers
    ]


def covers_from_json(document: Any) -> tuple[Cover, ...]:
    """Return the warranties that `covers_to_json` wrote. Raises `NotUnderstood`; unknown keys are passed over."""
    return tuple(
        Cover(
            starts_on=_required(_date(item, "starts_on"), "a warranty's starts_on"),
            ends_on=_date(item, "ends_on"),
            duration=_duration(_text(item, "duration")),
            kind=_text(item, "kind") or "LIMITED",
            provider=_text(item, "provider"),
            policy_number=_text(item, "policy_number"),
            notes=_text(item, "notes"),
            voided=_flag(item, "voided"),
            uuid=_uuid(item, "uuid"),
        )
        for item in _objects(document, "warranties")
    )


def refunds_to_json(purchase: Purchase) -> list[dict[str, Any]]:
    """Return a purchase's refunds as JSON values, amounts as decimal strings in its currency."""
    return [
        {
            "uuid": _text_or_none(refund.uuid),
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
            on=_required(_date(item, "on"), "a refund's on"),
            amount=_amount(item, "amount", currency),
            quantity=_count(item, "quantity"),
            note=_text(item, "note"),
            uuid=_uuid(item, "uuid"),
        )
        for item in _objects(document, "refunds")
    )


_DURATION = re.compile(r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7})D)?")


def _duration_text(duration: Duration) -> str:
    days = f"{duration.days}D" if duration.days else ""
    return f"P{duration.total_months}M{days}"


def _duration(text: str) -> Duration | None:
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"{shown(text)} is not a duration; write P24M for 24 months.")
    years, months, days = (int(part or 0) for part in found.groups())
    more_years, months = divmod(months, 12)
    return Duration(years + more_years, months, days)


def _objects(document: Any, words: str) -> list[dict[str, Any]]:
    if document is None:
        return []
    if not isinstance(document, list) or not all(isinstance(item, dict) for item in document):
        raise NotUnderstood(f"The {words} are not a list of objects; leave them as they were exported.")
    return document


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotUnderstood(f"“{key}” has to be a text, not {shown(str(value))}.")
    return value


def _flag(item: dict[str, Any], key: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise NotUnderstood(f"“{key}” has to be true or false, not {shown(str(value))}.")
    return value


def _count(item: dict[str, Any], key: str) -> int:
    value = item.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**53:
        raise NotUnderstood(f"“{key}” has to be a whole number, not {shown(str(value)[:50])}.")
    return value


def _date(item: dict[str, Any], key: str) -> date | None:
    text = _text(item, key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotUnderstood(f"{shown(text)} is not a date; write it as 2026-01-31.") from error


def _uuid(item: dict[str, Any], key: str) -> UUID | None:
    text = _text(item, key)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise NotUnderstood(f"{shown(text)} is not a UUID; leave it as it was exported, or empty.") from error


def _amount(item: dict[str, Any], key: str, currency: str) -> int:
    text = _text(item, key)
    try:
        return to_minor(parse_amount(text, "."), currency)
    except MoneyError as error:
        raise NotUnderstood(str(error)) from error


def _required(value: date | None, words: str) -> date:
    if value is None:
        raise NotUnderstood(f"The date “{words}” is missing; write it as 2026-01-31.")
    return value


def _text_or_none(uuid: UUID | None) -> str | None:
    return None if uuid is None else str(uuid)
