"""Amounts as they were read become minor units of the record's currency."""

from collections.abc import Iterable

from app.domain.money import MoneyError, to_minor
from app.domain.parsing import ParsedAmount
from app.services.importing.kind import Wrong
from app.services.importing.presets.preset import Values


def currency_in(values: Values, keys: Iterable[str]) -> str:
    """Return the currency that a row names, in its own field or beside one of its amounts; "" for none."""
    currency: str = values.get("currency", "")
    if not currency:
        written = (values[key].currency for key in keys if key in values)
        currency = next(filter(None, written), "")
    return currency


def minor_units(values: Values, key: str, currency: str, what: str) -> int | None:
    """Return an amount in minor units, None where the row has none; `what` is the record in a sentence.

    Raises `Wrong` for an amount in another currency, or one that the currency cannot hold.
    """
    amount: ParsedAmount | None = values.get(key)
    if amount is None:
        return None
    if amount.currency and amount.currency != currency:
        raise Wrong.field(
            key, f"This amount is in {amount.currency}, the {what} in {currency}; use one of them."
        )
    try:
        return to_minor(amount.value, currency)
    except MoneyError as refusal:
        raise Wrong.field(key, str(refusal)) from None
