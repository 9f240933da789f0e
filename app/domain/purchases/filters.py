"""Which purchases to show: a filter as a plain value that can be compared, saved and sent to the database."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.problems import Refused
from app.domain.purchases.record import PurchaseStatus
from app.domain.warranties import CoverStatus


@dataclass(frozen=True, slots=True)
class SortBy:
    """What a list is ordered by: a column's key and the direction."""

    key: str = "purchased_on"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class PurchaseFilter:
    """Conditions that all have to hold; inside one set any member will do. An empty filter lets everything through.

    Retailers, brands, categories, tags and debts are given by their ids in the ledger, 0 standing for "none".
    Price bounds are decimal amounts, both included; with a currency set only that currency is meant.
    `expiring_days` asks for a cover that ends within so many days from today, `receipt` for purchases with one, or
    without.
    """

    text: str = ""
    statuses: frozenset[PurchaseStatus] = frozenset()
    retailers: frozenset[int] = frozenset()
    brands: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    debts: frozenset[int] = frozenset()
    bought_from: date | None = None
    bought_to: date | None = None
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    currency: str = ""
    warranty: frozenset[CoverStatus] = frozenset()
    expiring_days: int | None = None
    receipt: bool | None = None

    def __bool__(self) -> bool:
        return self != PurchaseFilter()

    def to_json(self) -> dict[str, Any]:
        """Return the filter as plain JSON values, without what is not set."""
        document: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value in (None, "", frozenset()):
                continue
            document[field.name] = _plain(value)
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "PurchaseFilter":
        """Return the filter that `to_json` wrote. Raises `Refused` for a document that no filter can be made of."""
        try:
            return cls(
                text=str(document.get("text", "")),
                statuses=frozenset(PurchaseStatus(item) for item in document.get("statuses", ())),
                **{key: frozenset(int(item) for item in document.get(key, ())) for key in _ID_SETS},
                bought_from=_date(document.get("bought_from")),
                bought_to=_date(document.get("bought_to")),
                price_from=_decimal(document.get("price_from")),
                price_to=_decimal(document.get("price_to")),
                currency=str(document.get("currency", "")),
                warranty=frozenset(CoverStatus(item) for item in document.get("warranty", ())),
                expiring_days=_days(document.get("expiring_days")),
                receipt=_yes_or_no(document.get("receipt")),
            )
        except (ValueError, TypeError, ArithmeticError) as error:
            raise Refused("This saved filter cannot be read; delete it and save it again.") from error


_CENTURY = 36_525
"""No warranty is asked for further ahead than so many days."""

_ID_SETS = ("retailers", "brands", "categories", "tags", "debts")


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    amount = Decimal(text) if text else None
    if amount is not None and not amount.is_finite():
        raise ValueError("not an amount")
    return amount


def _days(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= _CENTURY:
        raise ValueError("not a number of days")
    return number


def _yes_or_no(answer: bool | None) -> bool | None:
    if not isinstance(answer, bool | None):
        raise TypeError("not yes or no")
    return answer
