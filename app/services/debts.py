"""What a user can do with debts. Functions that read take the ledger; the others return a `Command`."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtFilter,
    Payment,
    SortBy,
    check,
    check_balance,
    check_payment,
)
from app.domain.money import CURRENCIES
from app.domain.problems import Problem, Refused
from app.domain.text import clean, clean_note
from app.services.changes import Command, Write, labelled
from app.services.ledger import Interrupt, Ledger
from app.storage.debts import reading, writing
from app.storage.debts.reading import DebtTotal

__all__ = [
    "DebtTotal",
    "add",
    "all_debts",
    "all_payments",
    "change_balance",
    "change_payment",
    "count",
    "duplicate",
    "get",
    "histories",
    "history",
    "ids",
    "payments",
    "prepared",
    "record_balance",
    "record_payment",
    "remove",
    "remove_balances",
    "remove_payments",
    "replace_with",
    "rows",
    "set_field",
    "totals",
]

_GONE = "This debt was deleted meanwhile."


def ids(ledger: Ledger, wanted: DebtFilter, sort: SortBy, interrupt: Interrupt | None = None) -> "array[int]":
    """Return the ids of all debts that a filter lets through, in order. Raises `Interrupted`."""
    return ledger.read(lambda reader: reading.ids(reader, wanted, sort), interrupt)


def rows(ledger: Ledger, chosen: Sequence[int]) -> list[Debt]:
    """Return debts in the order of the ids; those that are gone meanwhile are left out."""
    return ledger.read(lambda reader: reading.many(reader, chosen))


def all_debts(ledger: Ledger, wanted: DebtFilter | None = None) -> list[Debt]:
    """Return debts in the order of their names, paid-off ones too."""
    return ledger.read(lambda reader: list(reading.stream(reader, wanted)))


def get(ledger: Ledger, id: int) -> Debt | None:
    """Return a debt, or None when it is gone."""
    return ledger.read(lambda reader: reading.get(reader, id))


def count(ledger: Ledger, wanted: DebtFilter | None = None) -> int:
    """Return how many debts a filter lets through."""
    return ledger.read(lambda reader: reading.count(reader, wanted or DebtFilter()))


def totals(
    ledger: Ledger, wanted: DebtFilter | None = None, interrupt: Interrupt | None = None
) -> list[DebtTotal]:
    """Return what debts come to, one total a currency, in minor units."""
    return ledger.read(lambda reader: reading.totals(reader, wanted or DebtFilter()), interrupt)


def history(ledger: Ledger, debt_id: int) -> list[BalanceEntry]:
    """Return the balance entries of a debt, the oldest first."""
    return ledger.read(lambda reader: reading.history(reader, debt_id))


def histories(ledger: Ledger) -> dict[int, list[BalanceEntry]]:
    """Return the balance entries of every debt, the oldest first, by the debt's id."""

    def read(reader: Any) -> dict[int, list[BalanceEntry]]:
        found: dict[int, list[BalanceEntry]] = {}
        for entry in reading.all_entries(reader):
            found.setdefault(entry.debt_id, []).append(entry)
        return found

    return ledger.read(read)


def payments(ledger: Ledger, debt_id: int) -> list[Payment]:
    """Return the payments of a debt, the newest first."""
    return ledger.read(lambda reader: reading.debt_payments(reader, debt_id))


def all_payments(ledger: Ledger) -> list[Payment]:
    """Return the payments of all debts, the oldest first."""
    return ledger.read(lambda reader: list(reading.all_payments(reader)))


def prepared(debt: Debt) -> Debt:
    """Return a debt with its texts cleaned and its currency in capitals."""
    return replace(
        debt,
        name=clean(debt.name),
        creditor=clean(debt.creditor),
        currency=debt.currency.strip().upper(),
        notes=clean_note(debt.notes),
    )


def add(debt: Debt, balance: int | None = None, on: date | None = None) -> Command:
    """Add a debt; raises `Refused` with every problem, the result is its id.

    `balance` is what is owed on the day `on`, in minor units, where that is known and another than at first.
    """
    ready = _valid(debt)
    if balance is not None and on is not None:
        _refuse(_entry_problems(_statement(0, on, balance), ready), {"recorded_on": "opened_on"})

    def run(write: Write) -> int:
        id = writing.insert(write, [ready])[0]
        if balance is not None and on is not None:
            writing.insert_entries(write, [_statement(id, on, balance)])
        return id

    return Command(f"Add “{ready.name}”", run)


def replace_with(debt: Debt) -> Command:
    """Store a debt that is there already as it is given. Raises `Refused`, also when it runs."""
    ready = _valid(debt)

    def run(write: Write) -> int:
        _replace(write, ready)
        return ready.id

    return Command(f"Change “{ready.name}”", run)


def set_field(id: int, field_name: str, value: Any) -> Command:
    """Change one field of one debt, as an inline edit does. Raises `Refused` when it runs."""

    def run(write: Write) -> str:
        changed = _valid(replace(_present(write, id), **{field_name: value}))
        _replace(write, changed)
        return changed.name

    return Command("Change a debt", run, label_of=lambda name: f"Change “{name}”")


def remove(chosen: Sequence[int]) -> Command:
    """Delete debts with their payments and balances; the result is how many there were.

    Purchases that were bought on them stay, and no longer name a debt.
    """
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[int, str]:
        present = reading.get(write.connection, wanted[0]) if len(wanted) == 1 else None
        return writing.delete(write, wanted), present.name if present else ""

    return Command("Delete debts", run, label_of=lambda result: labelled("Delete", "debt", *result))


def duplicate(chosen: Sequence[int]) -> Command:
    """Add a copy of each debt that begins with what is owed now; the result is the list of new ids."""
    wanted = array("q", chosen)

    def run(write: Write) -> tuple[list[int], str]:
        present = reading.many(write.connection, wanted)
        if not present:
            raise Refused("These debts were deleted meanwhile.")
        added = writing.insert(write, [_as_new(debt) for debt in present])
        return list(added), present[0].name if len(present) == 1 else ""

    return Command(
        "Duplicate debts",
        run,
        label_of=lambda result: labelled("Duplicate", "debt", len(result[0]), result[1]),
    )


def record_payment(payment: Payment, balance_after: int | None = None) -> Command:
    """Record a payment; the result is its id. Raises `Refused`, also when it runs.

    What is then owed is the balance before less the payment, unless `balance_after`, in minor units, says what a
    statement of that day shows.
    """

    def run(write: Write) -> tuple[int, str]:
        debt = _present(write, payment.debt_id)
        ready = replace(payment, note=clean(payment.note))
        _refuse(_payment_problems(ready, debt))
        id = writing.insert_payments(write, [ready])[0]
        if balance_after is not None:
            entry = _statement(debt.id, ready.paid_on, balance_after)
            _refuse(_entry_problems(entry, debt), {"balance": "balance_after"})
            writing.insert_entries(write, [entry])
        return id, debt.name

    return Command("Add a payment", run, label_of=lambda result: f"Add a payment to “{result[1]}”")


def change_payment(payment: Payment) -> Command:
    """Store a payment that is there already as it is given. Raises `Refused` when it runs."""

    def run(write: Write) -> str:
        present = reading.payment(write.connection, payment.id)
        if present is None:
            raise Refused("This payment was deleted meanwhile.")
        debt = _present(write, present.debt_id)
        ready = replace(payment, debt_id=present.debt_id, note=clean(payment.note))
        _refuse(_payment_problems(ready, debt))
        writing.replace_payments(write, [ready])
        return debt.name

    return Command("Change a payment", run, label_of=lambda name: f"Change a payment to “{name}”")


def remove_payments(chosen: Sequence[int]) -> Command:
    """Delete payments; the result is how many there were."""
    return _removal("payment", "payments", writing.delete_payments, chosen)


def record_balance(entry: BalanceEntry) -> Command:
    """Record what was owed on a day, by a statement or an adjustment; the result is the entry's id.

    Raises `Refused`, also when it runs.
    """
    _refuse_source(entry)

    def run(write: Write) -> tuple[int, str]:
        debt = _present(write, entry.debt_id)
        _refuse(_entry_problems(entry, debt))
        return writing.insert_entries(write, [entry])[0], debt.name

    return Command("Add a balance", run, label_of=lambda result: f"Add a balance to “{result[1]}”")


def change_balance(entry: BalanceEntry) -> Command:
    """Store a statement or an adjustment that is there already as it is given. Raises `Refused` when it runs."""
    _refuse_source(entry)

    def run(write: Write) -> str:
        present = reading.entry(write.connection, entry.id)
        if present is None:
            raise Refused("This balance was deleted meanwhile.")
        _refuse_source(present)
        debt = _present(write, present.debt_id)
        ready = replace(entry, debt_id=present.debt_id)
        _refuse(_entry_problems(ready, debt))
        writing.replace_entries(write, [ready])
        return debt.name

    return Command("Change a balance", run, label_of=lambda name: f"Change a balance of “{name}”")


def remove_balances(chosen: Sequence[int]) -> Command:
    """Delete statements and adjustments; the result is how many there were. Raises `Refused` for other entries."""

    def run(write: Write, wanted: Iterable[int]) -> int:
        listed = list(wanted)
        for id in listed:
            present = reading.entry(write.connection, id)
            if present is not None:
                _refuse_source(present)
        return writing.delete_entries(write, listed)

    return _removal("balance", "balances", run, chosen)


def _removal(
    one: str, many: str, delete: Callable[[Write, Iterable[int]], int], chosen: Sequence[int]
) -> Command:
    wanted = array("q", chosen)

    def label(number: int) -> str:
        return f"Delete a {one}" if number == 1 else f"Delete {number:,} {many}"

    return Command(f"Delete {many}", lambda write: delete(write, wanted), label_of=label)


def _present(write: Write, id: int) -> Debt:
    found = reading.get(write.connection, id)
    if found is None:
        raise Refused(_GONE)
    return found


def _replace(write: Write, ready: Debt) -> None:
    """Store a debt, unless that would part it from what was recorded on it."""
    present = _present(write, ready.id)
    later = [entry for entry in reading.history(write.connection, ready.id) if entry.source != "OPENING"]
    if later and ready.opened_on > later[0].recorded_on:
        first = later[0].recorded_on.isoformat()
        raise Refused(
            [
                Problem(
                    "opened_on",
                    f"There are payments or balances since {first}; enter that day or an earlier one.",
                )
            ]
        )
    if CURRENCIES[ready.currency] != CURRENCIES[present.currency] and later:
        raise Refused(
            [
                Problem(
                    "currency",
                    f"Amounts have other decimals in {ready.currency}; delete the payments and balances first.",
                )
            ]
        )
    writing.replace(write, [ready])


def _as_new(debt: Debt) -> Debt:
    return replace(
        debt,
        id=0,
        uuid=None,
        created_at=None,
        updated_at=None,
        opening_balance=debt.balance,
        opened_on=debt.balance_on or debt.opened_on,
    )


def _valid(debt: Debt) -> Debt:
    ready = prepared(debt)
    _refuse(check(ready))
    return ready


def _statement(debt_id: int, on: date, balance: int) -> BalanceEntry:
    return BalanceEntry(debt_id, on, balance, BalanceSource.STATEMENT)


def _refuse_source(entry: BalanceEntry) -> None:
    if entry.source is BalanceSource.OPENING:
        raise Refused("The opening balance belongs to the debt; change it in the debt's form.")
    if entry.source is BalanceSource.PAYMENT:
        raise Refused("This balance follows from a payment; change or delete the payment.")


def _payment_problems(payment: Payment, debt: Debt) -> list[Problem]:
    return [*check_payment(payment, debt.currency), *_too_early("paid_on", payment.paid_on, debt)]


def _entry_problems(entry: BalanceEntry, debt: Debt) -> list[Problem]:
    return [*check_balance(entry, debt.currency), *_too_early("recorded_on", entry.recorded_on, debt)]


def _too_early(field_name: str, day: date, debt: Debt) -> list[Problem]:
    if day >= debt.opened_on:
        return []
    began = debt.opened_on.isoformat()
    return [Problem(field_name, f"“{debt.name}” begins on {began}; enter a later day.", day.isoformat())]


def _refuse(problems: Sequence[Problem], names: dict[str, str] | None = None) -> None:
    """Raise `Refused` for problems, if there are any, under the names that the form has for the fields."""
    if problems:
        raise Refused(
            [replace(found, field=(names or {}).get(found.field, found.field)) for found in problems]
        )
