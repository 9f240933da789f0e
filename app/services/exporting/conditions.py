"""Conditions on debts, payments and balances as they are typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.domain.debts import DebtFilter, DebtKind
from app.domain.parsing import NotUnderstood, shown
from app.services.bought_on import ids_named
from app.services.filtering import (
    Condition,
    answer_value,
    currency_value,
    day_value,
    read_conditions,
    text_value,
    word_value,
)
from app.services.ledger import Ledger


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which payments or balances: of some debts (by id), of a currency, from a day to a day. All have to hold."""

    debts: frozenset[int] = frozenset()
    currency: str = ""
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self != HistoryFilter()


def debt_conditions(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> DebtFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be."""
    return read_conditions(ledger, pairs, DebtFilter(), _OF_DEBTS)


def history_conditions(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> HistoryFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be."""
    return read_conditions(ledger, pairs, HistoryFilter(), _OF_HISTORY)


def _debt(ledger: Ledger, value: str) -> frozenset[int]:
    found = ids_named(ledger, value)
    if not found:
        raise NotUnderstood(f"There is no debt {shown(value)}; “list debts” shows their names.")
    return found


_OF_DEBTS: dict[str, Condition] = {
    "text": ("text", text_value),
    "kind": ("kinds", partial(word_value, DebtKind)),
    "currency": ("currency", currency_value),
    "paid-off": ("paid_off", answer_value),
}
_OF_HISTORY: dict[str, Condition] = {
    "debt": ("debts", _debt),
    "currency": ("currency", currency_value),
    "from": ("first", day_value),
    "to": ("last", day_value),
}
