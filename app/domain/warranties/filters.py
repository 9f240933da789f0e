"""Which warranties to show, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.domain.problems import Refused
from app.domain.warranties.record import CoverStatus

LONGEST_DAYS = 36_525
"""No warranty is asked for further ahead than so many days: a century."""


@dataclass(frozen=True, slots=True)
class SortBy:
    """What a list of warranties is ordered by: a column's key and the direction.

    By `days_left` those in force come first, the one that ends soonest on top, then what has ended and what is voided.
    """

    key: str = "days_left"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CoverFilter:
    """Conditions that all have to hold; inside one set any member will do. An empty filter lets everything through.

    `text` is looked for in the product, its retailer, brand, notes and numbers, and in the warranty's kind, provider,
    policy number and notes; `product` in the product's name alone. Kinds and providers are meant whatever their case,
    "" standing for no provider. A lifetime has no end, so it is never between `ends_from` and `ends_to`.
    `expiring_days` asks for what ends within so many days from today, `claim` for warranties that have (True) or have
    not (False) a claim that is open, `bought_from` and `bought_to` for the day on which the product was bought.
    """

    text: str = ""
    product: str = ""
    statuses: frozenset[CoverStatus] = frozenset()
    kinds: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()
    ends_from: date | None = None
    ends_to: date | None = None
    bought_from: date | None = None
    bought_to: date | None = None
    expiring_days: int | None = None
    claim: bool | None = None

    def __bool__(self) -> bool:
        return self != CoverFilter()

    def to_json(self) -> dict[str, Any]:
        """Return the filter as plain JSON values, without what is not set."""
        document: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value in ("", frozenset()):
                continue
            if isinstance(value, frozenset):
                value = sorted(value)
            document[field.name] = value.isoformat() if isinstance(value, date) else value
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "CoverFilter":
        """Return the filter that `to_json` wrote. Raises `Refused` for a document that no filter can be made of."""
        try:
            claim = document.get("claim")
            return cls(
                text=str(document.get("text", "")),
                product=str(document.get("product", "")),
                statuses=frozenset(CoverStatus(item) for item in document.get("statuses", ())),
                kinds=frozenset(str(item) for item in document.get("kinds", ())),
                providers=frozenset(str(item) for item in document.get("providers", ())),
                **{key: _date(document.get(key)) for key in _DATES},
                expiring_days=_days(document.get("expiring_days")),
                claim=None if claim is None else bool(claim),
            )
        except (ValueError, TypeError) as error:
            raise Refused("This saved filter cannot be read; delete it and save it again.") from error


_DATES = ("ends_from", "ends_to", "bought_from", "bought_to")


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= LONGEST_DAYS:
        raise ValueError("not a number of days")
    return number
