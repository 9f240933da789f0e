"""The purchases of the small sample, read from `resources/sample/purchases.json`.

The file tells them as they stood on one day; they are moved to the day that is asked for.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.domain.money import to_minor
from app.domain.purchases import TEXT_FIELDS, Purchase, PurchaseStatus, Refund
from app.domain.warranties import Cover, Duration, add_duration
from app.services.changes import Write
from app.services.sample.files import SAMPLE_FILES
from app.storage.purchases import writing

TOLD_ON = date(2025, 11, 20)
"""The day on which the files tell how things stand."""

_EVENING = time(19, 15, tzinfo=UTC)
_TEXTS = (*TEXT_FIELDS, "notes")
_PARTS = ("unit_price", "tax", "shipping", "discount")


def plant_purchases(write: Write, today: date) -> tuple[Sequence[Purchase], Sequence[int]]:
    """Add the purchases as they stand on a day, and return them with their ids."""
    made = sample_purchases(today)
    return made, writing.insert(write, made)


def with_receipts() -> frozenset[str]:
    """Return the names of the purchases that have a receipt."""
    return frozenset(told["name"] for told in _told() if told.get("receipt"))


def sample_purchases(today: date) -> list[Purchase]:
    """Return the purchases as they stand on a day, the oldest first."""
    return [_purchase(told, today - TOLD_ON) for told in _told()]


def sample_cover(told: Mapping[str, Any], starts_on: date, later: timedelta) -> Cover:
    """Return a cover as it is told, from a day on; an end that is told as a date lies so much `later`."""
    duration = Duration(*divmod(told["months"], 12)) if "months" in told else None
    if duration:
        ends_on: date | None = add_duration(starts_on, duration)
    else:
        ends_on = date.fromisoformat(told["ends"]) + later if "ends" in told else None
    return Cover(
        starts_on=starts_on,
        ends_on=ends_on,
        duration=duration,
        kind=told["kind"],
        provider=told.get("provider", ""),
        policy_number=told.get("policy_number", ""),
        notes=told.get("notes", ""),
        voided=told.get("voided", False),
    )


def _told() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((SAMPLE_FILES / "purchases.json").read_text(encoding="utf-8"))
    return told


def _purchase(told: Mapping[str, Any], later: timedelta) -> Purchase:
    bought = date.fromisoformat(told["bought"]) + later
    recorded_at = datetime.combine(bought, _EVENING)
    currency = told.get("currency", "USD")
    texts = {field: told[field] for field in _TEXTS if field in told}
    parts: dict[str, Any] = {
        field: to_minor(Decimal(told[field]), currency) for field in _PARTS if field in told
    }
    return Purchase(
        **texts,
        **parts,
        price=to_minor(Decimal(told["price"]), currency),
        currency=currency,
        purchased_on=bought,
        quantity=told.get("quantity", 1),
        tags=tuple(tag.format(year=bought.year) for tag in told.get("tags", ())),
        status=PurchaseStatus(told.get("status", "RECEIVED")),
        return_by=date.fromisoformat(told["return_by"]) + later if "return_by" in told else None,
        order_line=told.get("order_line"),
        covers=tuple(sample_cover(cover, bought, later) for cover in told.get("covers", ())),
        refunds=tuple(_refund(refund, currency, later) for refund in told.get("refunds", ())),
        created_at=recorded_at,
        updated_at=recorded_at,
    )


def _refund(told: Mapping[str, Any], currency: str, later: timedelta) -> Refund:
    amount = to_minor(Decimal(told["amount"]), currency)
    return Refund(date.fromisoformat(told["on"]) + later, amount, told["quantity"], told["note"])
