"""Conditions as they are typed, `KEY=VALUE`, made into a filter of purchases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

from app.domain.money import CURRENCIES
from app.domain.parsing import (
    NotUnderstood,
    parse_amount,
    parse_boolean,
    parse_date,
    parse_whole_number,
    shown,
)
from app.domain.problems import Problem, Refused
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.domain.text import clean
from app.domain.warranties import CoverStatus
from app.services import bought_on, names
from app.services.ledger import Ledger
from app.services.names import NameKind

__all__ = ["KEYS", "where_filter"]

_LISTED = 12
"""How many allowed values a sentence names at most."""

_CENTURY = 36_525
"""No warranty is asked for further ahead than so many days."""

Read = Callable[[Ledger, str], Any]
"""Makes the value of a condition. Raises `NotUnderstood` with a sentence."""

Condition = tuple[str, Read]
"""The field of a filter that a condition sets, and what makes its value; of a set any one value will do."""

_Word = TypeVar("_Word", bound=StrEnum)


class _Filled(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


_Filter = TypeVar("_Filter", bound="_Filled")


def where_filter(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> PurchaseFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be.

    All conditions have to hold; of several values for one of `retailer`, `brand`, `category`, `tag`, `debt`,
    `status` and `warranty` any one will do. An empty value of the first five stands for "none". Amounts and dates
    include both ends.
    """
    return read_conditions(ledger, pairs, PurchaseFilter(), _CONDITIONS)


def read_conditions(
    ledger: Ledger, pairs: Iterable[tuple[str, str]], wanted: _Filter, known: Mapping[str, Condition]
) -> _Filter:
    """Return a filter with the conditions of some pairs, by what is known of each key. Raises `Refused`."""
    seen: set[str] = set()
    for given, value in pairs:
        key = given.strip().lower().replace("_", "-")
        if key not in known:
            raise _refused(given, f"“{given[:40]}” is no condition; use one of {', '.join(known)}.", value)
        field, read = known[key]
        try:
            found = read(ledger, clean(value))
        except NotUnderstood as error:
            raise _refused(key, str(error), value) from error
        present = getattr(wanted, field)
        if isinstance(present, frozenset):
            found = present | (found if isinstance(found, frozenset) else {found})
        elif key in seen:
            raise _refused(key, f"“{key}” is given twice; give it once.", value)
        seen.add(key)
        wanted = replace(wanted, **{field: found})
    return wanted


def _refused(key: str, reason: str, value: str) -> Refused:
    return Refused([Problem(key, reason, value)])


def text_value(_ledger: Ledger, value: str) -> str:
    if not value:
        raise NotUnderstood("The text to search for is empty; write text=lamp.")
    return value


def _name(kind: NameKind, ledger: Ledger, value: str) -> int:
    """Return the id of a name whatever its case, 0 for an empty one."""
    if not value:
        return 0
    id = names.find(ledger, kind, value)
    if id is not None:
        return id
    known = [name for _, name in names.choices(ledger, kind)]
    raise NotUnderstood(f"There is no {kind} {shown(value)}; {one_of(known)}")


def _debts(ledger: Ledger, value: str) -> frozenset[int]:
    """Return the ids of the debts with a name whatever its case, 0 for an empty one."""
    if not value:
        return frozenset({0})
    found = bought_on.ids_named(ledger, value)
    if not found:
        known = list(dict.fromkeys(debt.name for debt in bought_on.choices(ledger)))
        raise NotUnderstood(f"There is no debt {shown(value)}; {one_of(known)}")
    return found


def word_value(words: type[_Word], _ledger: Ledger, value: str) -> _Word:
    try:
        return words(value.upper())
    except ValueError:
        known = [word.value.lower() for word in words]
        raise NotUnderstood(f"{shown(value)} is not known; {one_of(known)}") from None


def currency_value(_ledger: Ledger, value: str) -> str:
    code = value.upper()
    if code not in CURRENCIES:
        raise NotUnderstood(f"{shown(value)} is no currency; use a code such as EUR or USD.")
    return code


def _amount(_ledger: Ledger, value: str) -> Decimal:
    return parse_amount(value, ".")


def day_value(_ledger: Ledger, value: str) -> date:
    return parse_date(value, "ymd")


def days_value(_ledger: Ledger, value: str) -> int:
    days = parse_whole_number(value)
    if not 0 <= days <= _CENTURY:
        raise NotUnderstood(f"{shown(value)} is not a number of days from 0 to {_CENTURY:,}.")
    return days


def answer_value(_ledger: Ledger, value: str) -> bool:
    """Read yes or no. Raises `NotUnderstood`."""
    return parse_boolean(value)


def one_of(known: Sequence[str]) -> str:
    """Return the end of a sentence that names the values which are allowed."""
    if not known:
        return "there are none yet."
    listed = ", ".join(known[:_LISTED])
    more = len(known) - _LISTED
    return f"use one of {listed}" + (f" and {more:,} more." if more > 0 else ".")


_CONDITIONS: dict[str, Condition] = {
    "text": ("text", text_value),
    "status": ("statuses", partial(word_value, PurchaseStatus)),
    "retailer": ("retailers", partial(_name, NameKind.RETAILER)),
    "brand": ("brands", partial(_name, NameKind.BRAND)),
    "category": ("categories", partial(_name, NameKind.CATEGORY)),
    "tag": ("tags", partial(_name, NameKind.TAG)),
    "debt": ("debts", _debts),
    "from": ("bought_from", day_value),
    "to": ("bought_to", day_value),
    "min-price": ("price_from", _amount),
    "max-price": ("price_to", _amount),
    "currency": ("currency", currency_value),
    "warranty": ("warranty", partial(word_value, CoverStatus)),
    "expiring-days": ("expiring_days", days_value),
    "receipt": ("receipt", answer_value),
}
KEYS = tuple(_CONDITIONS)
"""The keys of conditions, as they are typed."""
