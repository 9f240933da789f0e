"""Debts, payments and balance entries read from the ledger."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, func, literal_column, select

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtFilter,
    DebtKind,
    FixedMinimum,
    LedgerMinimum,
    Payment,
    PercentMinimum,
    SortBy,
    TermEnd,
)
from app.domain.text import clean, fold
from app.storage.errors import Unreadable
from app.storage.tables import balance_entries, debts, payments

_AT_ONCE = 1000
_PLAIN = (
    "id", "uuid", "name", "creditor", "currency", "opening_balance", "opened_on", "apr", "promo_apr",
    "promo_ends_on", "due_day", "credit_limit", "rank", "notes", "balance", "balance_on", "paid_off_on",
    "created_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DebtTotal:
    """What the debts of one currency come to, in minor units; the limited balance is that of debts with a limit."""

    currency: str
    count: int
    balance: int
    opening_balance: int
    credit_limit: int
    limited_balance: int

    @property
    def utilisation(self) -> Decimal | None:
        """The share of all credit limits that is used, None without one."""
        return Decimal(self.limited_balance) / self.credit_limit if self.credit_limit else None


def ids(connection: Connection, wanted: DebtFilter, sort: SortBy) -> "array[int]":
    """Return the ids of the debts that a filter lets through, in order; equal ones in the order of their ids."""
    columns = [*_sort_columns(sort.key), debts.c.id]
    directed = [column.desc() if sort.descending else column.asc() for column in columns]
    query = select(debts.c.id).where(*_conditions(wanted)).order_by(*directed)
    return array("q", connection.execute(query).scalars())


def count(connection: Connection, wanted: DebtFilter) -> int:
    """Return how many debts a filter lets through."""
    query = select(func.count()).select_from(debts).where(*_conditions(wanted))
    return int(connection.execute(query).scalar_one())


def many(connection: Connection, chosen: Sequence[int]) -> list[Debt]:
    """Return debts in the order of the ids; those that are gone meanwhile are left out."""
    found: dict[int, Debt] = {}
    for start in range(0, len(chosen), _AT_ONCE):
        query = select(debts).where(debts.c.id.in_(list(chosen[start : start + _AT_ONCE])))
        found.update((row.id, _debt(row)) for row in connection.execute(query))
    return [found[id] for id in chosen if id in found]


def get(connection: Connection, id: int) -> Debt | None:
    """Return one debt, or None when it is gone."""
    row = connection.execute(select(debts).where(debts.c.id == id)).first()
    return None if row is None else _debt(row)


def stream(connection: Connection, wanted: DebtFilter | None = None) -> Iterator[Debt]:
    """Give debts by name, one at a time."""
    query = select(debts).where(*_conditions(wanted or DebtFilter())).order_by(debts.c.name_fold, debts.c.id)
    for row in connection.execute(query):
        yield _debt(row)


def totals(connection: Connection, wanted: DebtFilter) -> list[DebtTotal]:
    """Return the totals of what a filter lets through, a currency each, the most frequent first."""
    limited = func.coalesce(debts.c.credit_limit, 0) > 0
    query = (
        select(
            debts.c.currency,
            func.count(),
            func.sum(debts.c.balance),
            func.sum(debts.c.opening_balance),
            func.coalesce(func.sum(debts.c.credit_limit).filter(limited), 0),
            func.coalesce(func.sum(debts.c.balance).filter(limited), 0),
        )
        .where(*_conditions(wanted))
        .group_by(debts.c.currency)
        .order_by(func.count().desc(), debts.c.currency)
    )
    return [DebtTotal(*row) for row in connection.execute(query)]


def history(connection: Connection, debt_id: int) -> list[BalanceEntry]:
    """Return the balance entries of a debt, the oldest first."""
    return list(_entries(connection, select(balance_entries).where(balance_entries.c.debt_id == debt_id)))


def all_entries(connection: Connection) -> Iterator[BalanceEntry]:
    """Give the balance entries of all debts, debt by debt, the oldest first."""
    return _entries(connection, select(balance_entries))


def debt_payments(connection: Connection, debt_id: int) -> list[Payment]:
    """Return the payments of a debt, the newest first."""
    query = (
        select(payments)
        .where(payments.c.debt_id == debt_id)
        .order_by(payments.c.paid_on.desc(), payments.c.id.desc())
    )
    return [_payment(row) for row in connection.execute(query)]


def all_payments(connection: Connection) -> Iterator[Payment]:
    """Give the payments of all debts, the oldest first."""
    for row in connection.execute(select(payments).order_by(payments.c.paid_on, payments.c.id)):
        yield _payment(row)


def payment(connection: Connection, id: int) -> Payment | None:
    """Return one payment, or None when it is gone."""
    row = connection.execute(select(payments).where(payments.c.id == id)).first()
    return None if row is None else _payment(row)


def entry(connection: Connection, id: int) -> BalanceEntry | None:
    """Return one balance entry, or None when it is gone."""
    return next(_entries(connection, select(balance_entries).where(balance_entries.c.id == id)), None)


def _entries(connection: Connection, query: Select[Any]) -> Iterator[BalanceEntry]:
    ordered = query.order_by(balance_entries.c.debt_id, balance_entries.c.recorded_on, balance_entries.c.id)
    for row in connection.execute(ordered):
        yield BalanceEntry(
            row.debt_id, row.recorded_on, row.balance, _source(row.source), row.payment_id, row.uuid, row.id
        )


def _payment(row: Row[Any]) -> Payment:
    return Payment(row.debt_id, row.paid_on, row.amount, row.note, row.uuid, row.id)


def _debt(row: Row[Any]) -> Debt:
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    try:
        kind = DebtKind(row.kind)
    except ValueError as error:
        raise Unreadable(f"{row.kind!r} is no kind of debt") from error
    return Debt(**plain, kind=kind, minimum=_minimum(row))


def _minimum(row: Row[Any]) -> LedgerMinimum:
    if row.minimum_rule == "FIXED":
        return FixedMinimum(row.minimum_amount)
    if row.minimum_rule == "PERCENT":
        return PercentMinimum(row.minimum_percent, row.minimum_amount, bool(row.minimum_plus_interest))
    if row.minimum_rule == "TERM":
        return TermEnd(row.last_instalment_on)
    raise Unreadable(f"{row.minimum_rule!r} is no rule for a minimum payment")


def _source(text: str) -> BalanceSource:
    try:
        return BalanceSource(text)
    except ValueError as error:
        raise Unreadable(f"{text!r} is no source of a balance") from error


def _conditions(wanted: DebtFilter) -> Iterator[ColumnElement[bool]]:
    for word in fold(clean(wanted.text)).split():
        text = debts.c.name_fold + "\n" + func.fold(debts.c.creditor) + "\n" + func.fold(debts.c.notes)
        yield func.instr(text, word) > 0
    if wanted.kinds:
        yield debts.c.kind.in_([kind.value for kind in wanted.kinds])
    if wanted.currency:
        yield debts.c.currency == wanted.currency
    if wanted.paid_off is not None:
        yield debts.c.paid_off_on.is_not(None) if wanted.paid_off else debts.c.paid_off_on.is_(None)


def _sort_columns(key: str) -> list[ColumnElement[Any]]:
    named: dict[str, list[ColumnElement[Any]]] = {
        "name": [debts.c.name_fold],
        "balance": [debts.c.currency, debts.c.balance],
        "opening_balance": [debts.c.currency, debts.c.opening_balance],
        "credit_limit": [debts.c.currency, debts.c.credit_limit],
        "progress": [literal_column("-1.0 * debts.balance / max(debts.opening_balance, 1)")],
        "utilisation": [literal_column("1.0 * debts.balance / nullif(debts.credit_limit, 0)")],
        "minimum": [debts.c.currency, debts.c.minimum_amount],
    }
    if key in named:
        return named[key]
    column = debts.c[key]
    return [func.fold(column)] if isinstance(column.type, Text) else [column]
