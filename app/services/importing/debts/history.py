"""The values of a row become a payment or a balance of a debt that the ledger has."""

from collections import defaultdict
from datetime import date

from app.domain.debts import BalanceEntry, BalanceSource, Debt, Payment, check_balance, check_payment
from app.domain.parsing import shown
from app.domain.problems import Problem
from app.domain.text import name_key
from app.services.importing.amounts import minor_units
from app.services.importing.kind import Make, Setting, Wrong
from app.services.importing.presets import Values
from app.services.ledger import Reader
from app.storage.debts import reading


class Owners:
    """Finds the debt that a row belongs to: by its UUID, or by its name where that is one debt's alone."""

    def __init__(self, reader: Reader) -> None:
        known = list(reading.stream(reader))
        self._by_uuid = {debt.uuid: debt for debt in known}
        self._by_name: dict[str, list[Debt]] = defaultdict(list)
        for debt in known:
            self._by_name[name_key(debt.name)].append(debt)

    def find(self, values: Values) -> Debt:
        """Return the debt that a row names. Raises `Wrong`."""
        by_uuid = self._by_uuid.get(values.get("debt_uuid"))
        if by_uuid is not None:
            return by_uuid
        name: str = values.get("debt", "")
        if not name:
            raise Wrong.field("debt", "No debt of the ledger has this UUID; import the debts first.")
        named = self._by_name.get(name_key(name), [])
        currency = values.get("currency", "")
        found = [debt for debt in named if currency in ("", debt.currency)] or named
        if len(found) == 1:
            return found[0]
        if not found:
            raise Wrong.field(
                "debt",
                f"No debt of the ledger is called {shown(name)}; import the debts first, or mend the name.",
            )
        raise Wrong.field(
            "debt", f"{len(found):,} debts are called {shown(name)}; add a column with the UUID of the debt."
        )


def payment_maker(setting: Setting) -> Make:
    """Return what makes payments of the rows of one file."""
    owners = Owners(setting.reader)

    def make(values: Values) -> Payment:
        debt = owners.find(values)
        paid_on = values.get("paid_on")
        if paid_on is None:
            raise Wrong.field("paid_on", "The date is missing; enter when it was paid.")
        amount = _amount(values, "amount", debt)
        if amount is None:
            raise Wrong.field("amount", "The amount is missing; enter what was paid.")
        payment = Payment(debt.id, paid_on, amount, values.get("note", ""), values.get("uuid"))
        _refuse([*check_payment(payment, debt.currency), *_too_early("paid_on", payment.paid_on, debt)])
        return payment

    return make


def balance_maker(setting: Setting) -> Make:
    """Return what makes balances of the rows of one file."""
    owners = Owners(setting.reader)

    def make(values: Values) -> BalanceEntry:
        debt = owners.find(values)
        recorded_on = values.get("recorded_on")
        if recorded_on is None:
            raise Wrong.field("recorded_on", "The date is missing; enter when this was owed.")
        balance = _amount(values, "balance", debt)
        if balance is None:
            raise Wrong.field("balance", "The balance is missing; enter what was owed.")
        source = values.get("source", BalanceSource.STATEMENT)
        entry = BalanceEntry(debt.id, recorded_on, balance, source, uuid=values.get("uuid"))
        _refuse([*check_balance(entry, debt.currency), *_too_early("recorded_on", recorded_on, debt)])
        return entry

    return make


def _amount(values: Values, key: str, debt: Debt) -> int | None:
    currency = values.get("currency", "")
    if currency and currency != debt.currency:
        raise Wrong.field(
            "currency", f"“{debt.name}” is in {debt.currency}, this row in {currency}; use one of them."
        )
    return minor_units(values, key, debt.currency, "debt")


def _too_early(field: str, day: date, debt: Debt) -> list[Problem]:
    if day >= debt.opened_on:
        return []
    began = debt.opened_on.isoformat()
    return [Problem(field, f"“{debt.name}” begins on {began}; enter that day or a later one.")]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Wrong(*problems)
