"""Debts, payments and balance entries written, and the chain of balances that payments make."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.domain.dates import to_milliseconds
from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    FixedMinimum,
    LedgerMinimum,
    Payment,
    PercentMinimum,
)
from app.domain.text import fold
from app.storage.attachments import writing as attachments
from app.storage.tables import balance_entries, debts, payments, purchases
from app.storage.types import to_thousandths
from app.storage.write import Area, Write

Row = tuple[Any, ...]

COLUMNS = (
    "uuid", "name", "name_fold", "creditor", "kind", "currency", "opening_balance", "opened_on", "apr",
    "promo_apr", "promo_ends_on", "minimum_rule", "minimum_amount", "minimum_percent",
    "minimum_plus_interest", "last_instalment_on", "due_day", "credit_limit", "rank", "notes", "created_at",
    "updated_at",
)  # fmt: skip
_KEPT = tuple(column for column in COLUMNS if column not in ("uuid", "created_at"))
_PAYMENT_COLUMNS = ("uuid", "debt_id", "paid_on", "amount", "note")
_ENTRY_COLUMNS = ("uuid", "debt_id", "recorded_on", "balance", "source", "payment_id")


def insert(write: Write, batch: Sequence[Debt]) -> range:
    """Add valid debts, each with the entry of its opening balance, and return their ids in the order given."""
    ids = write.insert(debts, COLUMNS, (_values(write, debt) for debt in batch))
    write.insert(
        balance_entries,
        _ENTRY_COLUMNS,
        (
            (write.new_uuid(), id, debt.opened_on.isoformat(), debt.opening_balance, BalanceSource.OPENING.value, None)
            for id, debt in zip(ids, batch, strict=True)
        ),
    )  # fmt: skip
    write.touch(Area.DEBTS, ids)
    return ids


def replace(write: Write, changed: Sequence[Debt]) -> None:
    """Store debts that are there already (by `id`) as they are given; their opening entries follow."""
    now = to_milliseconds(write.now)
    rows = []
    for debt in changed:
        values = dict(zip(COLUMNS, _values(write, debt), strict=True)) | {"updated_at": now}
        rows.append((debt.id, *(values[column] for column in _KEPT)))
    write.update_each(debts, _KEPT, rows)
    _follow_openings(write, {debt.id: debt for debt in changed})
    follow(write, [debt.id for debt in changed])
    write.touch(Area.DEBTS, [debt.id for debt in changed])


def delete(write: Write, ids: Iterable[int]) -> int:
    """Remove debts with their payments, balances and attachments, and return how many there were; purchases stay."""
    wanted = list(ids)
    chosen = write.choose(wanted)
    bought = write.choose_where(f"SELECT id FROM purchases WHERE debt_id IN (SELECT id FROM temp.{chosen})")
    if write.size(bought):
        write.update(purchases, bought, {"debt_id": None})
        write.touch(Area.PURCHASES, None)
    attachments.delete_of(write, "debt_id", chosen)
    for table in (balance_entries, payments):
        parts = write.choose_where(
            f"SELECT id FROM {table.name} WHERE debt_id IN (SELECT id FROM temp.{chosen})"
        )
        write.delete(table, parts)
    write.touch(Area.DEBTS, wanted)
    return write.delete(debts, chosen)


def insert_payments(write: Write, batch: Sequence[Payment]) -> range:
    """Add payments, each with its balance entry, and bring the balances of their debts up to date."""
    ids = write.insert(
        payments,
        _PAYMENT_COLUMNS,
        (
            (
                _uuid(write, payment),
                payment.debt_id,
                payment.paid_on.isoformat(),
                payment.amount,
                payment.note,
            )
            for payment in batch
        ),
    )
    write.insert(
        balance_entries,
        _ENTRY_COLUMNS,
        (
            (write.new_uuid(), payment.debt_id, payment.paid_on.isoformat(), 0, BalanceSource.PAYMENT.value, id)
            for id, payment in zip(ids, batch, strict=True)
        ),
    )  # fmt: skip
    _followed(write, {payment.debt_id for payment in batch})
    return ids


def replace_payments(write: Write, changed: Sequence[Payment]) -> None:
    """Store payments that are there already (by `id`) as they are given; a payment stays with its debt."""
    rows = [(payment.id, payment.paid_on.isoformat(), payment.amount, payment.note) for payment in changed]
    write.update_each(payments, ("paid_on", "amount", "note"), rows)
    days = {payment.id: payment.paid_on.isoformat() for payment in changed}
    query = select(balance_entries.c.id, balance_entries.c.payment_id).where(
        balance_entries.c.payment_id.in_(days)
    )
    moved = [(entry, days[payment]) for entry, payment in write.connection.execute(query)]
    write.update_each(balance_entries, ("recorded_on",), moved)
    _followed(write, {payment.debt_id for payment in changed})


def delete_payments(write: Write, ids: Iterable[int]) -> int:
    """Remove payments with their balance entries, and return how many there were."""
    chosen = write.choose_existing(payments, ids)
    owners = _owners(write, "payments", chosen)
    entries = write.choose_where(
        f"SELECT id FROM balance_entries WHERE payment_id IN (SELECT id FROM temp.{chosen})"
    )
    write.delete(balance_entries, entries)
    removed = write.delete(payments, chosen)
    _followed(write, owners)
    return removed


def insert_entries(write: Write, batch: Sequence[BalanceEntry]) -> range:
    """Add statements and adjustments, and bring the balances of their debts up to date."""
    ids = write.insert(
        balance_entries,
        _ENTRY_COLUMNS,
        (
            (_uuid(write, entry), entry.debt_id, entry.recorded_on.isoformat(), entry.balance, entry.source.value, None)
            for entry in batch
        ),
    )  # fmt: skip
    _followed(write, {entry.debt_id for entry in batch})
    return ids


def replace_entries(write: Write, changed: Sequence[BalanceEntry]) -> None:
    """Store statements and adjustments that are there already (by `id`) as they are given."""
    rows = [(entry.id, entry.recorded_on.isoformat(), entry.balance, entry.source.value) for entry in changed]
    write.update_each(balance_entries, ("recorded_on", "balance", "source"), rows)
    _followed(write, {entry.debt_id for entry in changed})


def delete_entries(write: Write, ids: Iterable[int]) -> int:
    """Remove statements and adjustments, and return how many there were."""
    chosen = write.choose_existing(balance_entries, ids)
    owners = _owners(write, "balance_entries", chosen)
    removed = write.delete(balance_entries, chosen)
    _followed(write, owners)
    return removed


def follow(write: Write, debt_ids: Collection[int]) -> None:
    """Work out anew what was owed after each payment.

    That is the balance before it less the payment, never below 0. Openings, statements and adjustments stand as
    they are: they say what was owed, whatever was paid before.
    """
    chosen = write.choose(debt_ids)
    wrong = out_of_chain(write.connection, f"SELECT id FROM temp.{chosen}")
    if wrong:
        write.update_each(balance_entries, ("balance",), wrong)


def out_of_chain(connection: Connection, debt_ids: str) -> list[tuple[int, int]]:
    """Return the balance entries of payments that are not what follows, each with what it should be, in minor units.

    `debt_ids` is a SELECT of the debts that are looked at.
    """
    rows = connection.exec_driver_sql(
        "SELECT e.id, e.debt_id, e.balance, p.amount FROM balance_entries AS e"
        " LEFT JOIN payments AS p ON p.id = e.payment_id"
        f" WHERE e.debt_id IN ({debt_ids}) ORDER BY e.debt_id, e.recorded_on, e.id"
    )
    wrong, owner, owed = [], 0, 0
    for id, debt_id, balance, amount in rows.fetchall():
        before = owed if debt_id == owner else 0
        owner = debt_id
        owed = balance if amount is None else max(before - amount, 0)
        if owed != balance:
            wrong.append((id, owed))
    return wrong


def _followed(write: Write, debt_ids: Collection[int]) -> None:
    follow(write, debt_ids)
    write.touch(Area.DEBTS, debt_ids)


def _owners(write: Write, table: str, chosen: str) -> set[int]:
    query = f"SELECT DISTINCT debt_id FROM {table} WHERE id IN (SELECT id FROM temp.{chosen})"
    return {row[0] for row in write.connection.exec_driver_sql(query)}


def _follow_openings(write: Write, by_id: dict[int, Debt]) -> None:
    query = select(balance_entries.c.id, balance_entries.c.debt_id).where(
        balance_entries.c.source == BalanceSource.OPENING.value, balance_entries.c.debt_id.in_(by_id)
    )
    rows = [
        (entry, by_id[debt].opened_on.isoformat(), by_id[debt].opening_balance)
        for entry, debt in write.connection.execute(query)
    ]
    write.update_each(balance_entries, ("recorded_on", "balance"), rows)


def _uuid(write: Write, record: Payment | BalanceEntry) -> bytes:
    return record.uuid.bytes if record.uuid else write.new_uuid()


def _values(write: Write, debt: Debt) -> Row:
    now = to_milliseconds(write.now)
    return (
        debt.uuid.bytes if debt.uuid else write.new_uuid(),
        debt.name,
        fold(debt.name),
        debt.creditor,
        debt.kind.value,
        debt.currency,
        debt.opening_balance,
        debt.opened_on.isoformat(),
        to_thousandths(debt.apr),
        None if debt.promo_apr is None else to_thousandths(debt.promo_apr),
        None if debt.promo_ends_on is None else debt.promo_ends_on.isoformat(),
        *_minimum_values(debt.minimum),
        debt.due_day,
        debt.credit_limit,
        debt.rank,
        debt.notes,
        to_milliseconds(debt.created_at) if debt.created_at else now,
        to_milliseconds(debt.updated_at) if debt.updated_at else now,
    )


def _minimum_values(rule: LedgerMinimum) -> Row:
    if isinstance(rule, FixedMinimum):
        return "FIXED", rule.amount, None, None, None
    if isinstance(rule, PercentMinimum):
        return "PERCENT", rule.floor, to_thousandths(rule.percent), int(rule.plus_interest), None
    return "TERM", None, None, None, rule.last_instalment.isoformat()
