"""Debts, payments and balances by the thousand: what tells them apart, and their order within a day."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, func, select

from app.domain.debts import BalanceEntry, BalanceSource, Debt
from app.domain.text import name_key
from app.storage.database import driver
from app.storage.debts import writing
from app.storage.tables import balance_entries
from app.storage.write import Write

Key = tuple[object, ...]
"""What two records have in common that are taken for the same."""

_COLUMNS = ("uuid", "debt_id", "recorded_on", "balance", "source", "payment_id")
_CARRIED = "balance of an imported debt"


def debt_key(debt: Debt) -> Key:
    """Return what a debt is told apart by: name, creditor and currency."""
    return name_key(debt.name), name_key(debt.creditor), debt.currency


def carried_uuid(debt: UUID) -> UUID:
    """Return the UUID of the balance that came with a debt, in place of the history that it follows from."""
    return uuid5(debt, _CARRIED)


def known_debts(write: Write) -> Iterator[tuple[int, bytes, Key]]:
    """Give the ids, UUIDs and keys of all debts, as entered."""
    rows = driver(write.connection).execute(
        "SELECT id, uuid, name, creditor, currency FROM debts ORDER BY id"
    )
    for id, uuid, name, creditor, currency in rows:
        yield id, uuid, (name_key(name), name_key(creditor), currency)


def known_payments(write: Write) -> Iterator[tuple[int, bytes, Key]]:
    """Give the ids, UUIDs and keys of all payments, as entered."""
    rows = driver(write.connection).execute(
        "SELECT id, uuid, debt_id, paid_on, amount, note FROM payments ORDER BY id"
    )
    yield from ((id, uuid, tuple(key)) for id, uuid, *key in rows)


def known_entries(write: Write) -> Iterator[tuple[int, bytes, Key]]:
    """Give the ids, UUIDs and keys of all balances, as entered."""
    rows = driver(write.connection).execute(
        "SELECT id, uuid, debt_id, recorded_on, source FROM balance_entries ORDER BY id"
    )
    yield from ((id, uuid, tuple(key)) for id, uuid, *key in rows)


def known_scenarios(write: Write) -> Iterator[tuple[int, bytes, Key]]:
    """Give the ids, UUIDs and keys of all versions of scenarios, as entered."""
    rows = driver(write.connection).execute("SELECT id, uuid, name_key, version FROM scenarios ORDER BY id")
    yield from ((id, uuid, tuple(key)) for id, uuid, *key in rows)


def insert_debts(write: Write, batch: Sequence[Debt]) -> None:
    """Add debts with what is owed now (`balance`, `balance_on`) where that is another than at first."""
    ids = writing.insert(write, batch)
    carried = [
        BalanceEntry(
            id,
            debt.balance_on,
            debt.balance,
            BalanceSource.STATEMENT,
            uuid=None if debt.uuid is None else carried_uuid(debt.uuid),
        )
        for id, debt in zip(ids, batch, strict=True)
        if debt.balance_on is not None
        and (debt.balance, debt.balance_on) != (debt.opening_balance, debt.opened_on)
    ]
    if carried:
        writing.insert_entries(write, carried)


def carried_entries(write: Write, debt_ids: Collection[int]) -> dict[int, tuple[int, date]]:
    """Return by debt the id and day of the balance that came with it, for those that still have one."""
    found: dict[int, tuple[int, date]] = {}
    for debt_id in debt_ids:
        rows = driver(write.connection).execute(
            "SELECT e.id, e.recorded_on, e.uuid, d.uuid FROM balance_entries AS e JOIN debts AS d ON d.id = e.debt_id"
            " WHERE e.debt_id = ? AND e.source = 'STATEMENT'",
            (debt_id,),
        )
        for id, day, uuid, debt in rows:
            if uuid == carried_uuid(UUID(bytes=debt)).bytes:
                found[debt_id] = (id, date.fromisoformat(day))
    return found


def put_last(write: Write, debt_ids: Collection[int]) -> None:
    """Let the balance that came with a debt stand behind all else of its day: payments before it are in it."""
    carried = carried_entries(write, debt_ids)
    if carried:
        reorder(write, [[id] for id, _ in carried.values()], carried)


def reorder(write: Write, groups: Iterable[Sequence[int]], debt_ids: Collection[int]) -> None:
    """Let the entries of each group follow each other as they are given, behind all others of their day."""
    wanted = [id for group in groups for id in group]
    if not wanted:
        return
    rows: dict[int, tuple[object, ...]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found = driver(write.connection).execute(
            f"SELECT id, {', '.join(_COLUMNS)} FROM balance_entries WHERE id IN ({', '.join('?' * len(part))})",
            part,
        )
        rows.update((id, tuple(values)) for id, *values in found)
    write.delete(balance_entries, write.choose(wanted))
    write.insert(balance_entries, _COLUMNS, [rows[id] for id in wanted])
    writing.follow(write, debt_ids)


def has_version(write: Write, series: UUID, version: int) -> bool:
    """Tell whether a series of scenarios has a version already."""
    query = "SELECT count(*) FROM scenarios WHERE series = ? AND version = ?"
    return bool(driver(write.connection).execute(query, (series.bytes, version)).fetchone()[0])


def count_of(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
