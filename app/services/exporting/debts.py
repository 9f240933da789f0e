"""Debts, their payments and their balances as kinds of records that are listed and written to files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtFilter,
    FixedMinimum,
    Payment,
    PercentMinimum,
    SortBy,
    TermEnd,
)
from app.domain.exchange_debts import BALANCE_FIELDS, DEBT_FIELDS, PAYMENT_FIELDS, minimum_rule
from app.domain.text import fold
from app.services import debts
from app.services.exporting.conditions import HistoryFilter, debt_conditions, history_conditions
from app.services.exporting.kind import ExportKind, Selection
from app.services.exporting.records import RecordTable
from app.services.ledger import Ledger, Reader
from app.storage.debts import reading

_DEBT_SORTS = (
    "name", "creditor", "kind", "currency", "opening_balance", "opened_on", "balance", "apr", "promo_ends_on",
    "minimum", "due_day", "credit_limit", "utilisation", "progress", "rank", "paid_off_on", "created_at", "updated_at",
)  # fmt: skip


# -- debts


def _tell_debt(debt: Debt, attribute: str) -> Any:
    rule = debt.minimum
    match attribute:
        case "minimum_rule":
            return minimum_rule(rule)
        case "minimum_amount":
            return rule.amount if isinstance(rule, FixedMinimum) else None
        case "minimum_percent":
            return rule.percent if isinstance(rule, PercentMinimum) else None
        case "minimum_floor":
            return rule.floor if isinstance(rule, PercentMinimum) else None
        case "last_instalment_on":
            return rule.last_instalment if isinstance(rule, TermEnd) else None
        case _:
            return getattr(debt, attribute)


def _debts(reader: Reader, chosen: Selection) -> Iterator[Debt]:
    if chosen.ids is not None:
        return iter(reading.many(reader, list(chosen.ids)))
    if chosen.sort is not None:
        return iter(reading.many(reader, reading.ids(reader, chosen.wanted, chosen.sort)))
    return reading.stream(reader, chosen.wanted)


def _debt_ids(reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
    return reading.ids(reader, chosen.wanted, chosen.sort or SortBy())[offset : offset + limit]


DEBTS = ExportKind(
    key="debts",
    one="debt",
    many="debts",
    title="Debts",
    fields=DEBT_FIELDS,
    table=lambda reader, chosen: RecordTable(partial(_debts, reader, chosen), _tell_debt),
    count=debts.count,
    everything=DebtFilter(),
    conditions=debt_conditions,
    sorts=_DEBT_SORTS,
    order=SortBy,
    usual_order=SortBy(),
    ids=_debt_ids,
    shown=("name", "creditor", "kind", "apr", "balance", "currency"),
    attributes={
        "progress": ("opening_balance", "balance"),
        "minimum": (
            "minimum_rule", "minimum_amount", "minimum_percent", "minimum_floor", "last_instalment_on",
        ),
        "next_due": ("due_day",),
        "payoff": ("paid_off_on",),
        "utilisation": ("balance", "credit_limit"),
    },
)  # fmt: skip


# -- what belongs to a debt


@dataclass(frozen=True, slots=True)
class _Part:
    """A payment or a balance with the debt that it belongs to."""

    record: Any
    debt: Debt


@dataclass(frozen=True)
class _History:
    """How payments or balances are found: all of them, the day of one, and what they are ordered by."""

    every: Callable[[Reader], Iterator[Payment] | Iterator[BalanceEntry]]
    day: Callable[[Any], date]
    sorts: Mapping[str, Callable[[_Part], Any]]

    def chosen(self, reader: Reader, chosen: Selection) -> Iterator[_Part]:
        """Give the records of a selection."""
        owners = {debt.id: debt for debt in reading.stream(reader)}
        parts = (_Part(record, owners[record.debt_id]) for record in self.every(reader))
        if chosen.ids is not None:
            by_id = {part.record.id: part for part in parts}
            return iter([by_id[id] for id in chosen.ids if id in by_id])
        found = (part for part in parts if self._is_wanted(chosen.wanted, part))
        if chosen.sort is None:
            return found
        key = self.sorts[chosen.sort.key]
        return iter(sorted(found, key=key, reverse=chosen.sort.descending))

    def ids(self, reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
        """Return the ids of a page of a selection."""
        return [part.record.id for part in islice(self.chosen(reader, chosen), offset, offset + limit)]

    def table(self, reader: Reader, chosen: Selection) -> RecordTable:
        """Return the records of a selection as a table."""
        return RecordTable(partial(self.chosen, reader, chosen), _tell_part)

    def count(self, ledger: Ledger, wanted: HistoryFilter) -> int:
        """Return how many records a filter lets through."""
        chosen = Selection(ledger.horizon(), wanted)
        return ledger.read(lambda reader: sum(1 for _ in self.chosen(reader, chosen)))

    def _is_wanted(self, wanted: HistoryFilter, part: _Part) -> bool:
        day = self.day(part.record)
        return (
            (not wanted.debts or part.debt.id in wanted.debts)
            and (not wanted.currency or part.debt.currency == wanted.currency)
            and (wanted.first is None or day >= wanted.first)
            and (wanted.last is None or day <= wanted.last)
        )


def _tell_part(part: _Part, attribute: str) -> Any:
    if attribute == "debt":
        return part.debt.name
    if attribute == "debt_uuid":
        return part.debt.uuid
    if attribute == "currency":
        return part.debt.currency
    if attribute == "uuid" and isinstance(part.record, BalanceEntry):
        follows = part.record.source in (BalanceSource.OPENING, BalanceSource.PAYMENT)
        return None if follows else part.record.uuid
    return getattr(part.record, attribute)


def _between(wanted: HistoryFilter, first: date | None, last: date | None) -> HistoryFilter:
    return replace(wanted, first=first or wanted.first, last=last or wanted.last)


def _by_debt(part: _Part) -> tuple[str, int]:
    return fold(part.debt.name), part.record.id


def _every_entry(reader: Reader) -> Iterator[BalanceEntry]:
    """Give all balances, debt by debt in the order of their names, which an import keeps."""
    for debt in list(reading.stream(reader)):
        yield from reading.history(reader, debt.id)


_PAYMENTS = _History(
    every=reading.all_payments,
    day=lambda payment: payment.paid_on,
    sorts={
        "paid_on": lambda part: (part.record.paid_on, part.record.id),
        "amount": lambda part: (part.debt.currency, part.record.amount, part.record.id),
        "debt": _by_debt,
    },
)
_BALANCES = _History(
    every=_every_entry,
    day=lambda entry: entry.recorded_on,
    sorts={
        "recorded_on": lambda part: (part.record.recorded_on, part.record.id),
        "balance": lambda part: (part.debt.currency, part.record.balance, part.record.id),
        "debt": _by_debt,
    },
)


PAYMENTS = ExportKind(
    key="payments",
    one="payment",
    many="payments",
    title="Payments",
    fields=PAYMENT_FIELDS,
    table=_PAYMENTS.table,
    count=_PAYMENTS.count,
    everything=HistoryFilter(),
    conditions=history_conditions,
    between=_between,
    sorts=tuple(_PAYMENTS.sorts),
    order=SortBy,
    usual_order=SortBy("paid_on", descending=True),
    ids=_PAYMENTS.ids,
    shown=("debt", "paid_on", "note", "amount", "currency"),
)

BALANCES = ExportKind(
    key="balances",
    one="balance",
    many="balances",
    title="Balances",
    fields=BALANCE_FIELDS,
    table=_BALANCES.table,
    count=_BALANCES.count,
    everything=HistoryFilter(),
    conditions=history_conditions,
    between=_between,
    sorts=tuple(_BALANCES.sorts),
    order=SortBy,
    usual_order=SortBy("recorded_on", descending=True),
    ids=_BALANCES.ids,
    shown=("debt", "recorded_on", "source", "balance", "currency"),
)
