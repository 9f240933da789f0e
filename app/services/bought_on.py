"""Which debts purchases were bought on."""

from app.domain.purchases import DebtReference
from app.domain.text import name_key
from app.services.ledger import Ledger
from app.storage.purchases import debts

__all__ = ["choices", "counts", "ids_named"]


def choices(ledger: Ledger) -> list[DebtReference]:
    """Return all debts that a purchase can name, in the order of their names, those that are still owed first."""
    return ledger.read(debts.choices)


def counts(ledger: Ledger) -> dict[int, int]:
    """Return how many purchases were bought on each debt, by its id; debts without any are left out."""
    return ledger.read(debts.counts)


def ids_named(ledger: Ledger, name: str) -> frozenset[int]:
    """Return the ids of the debts with a name, whatever its case; several debts may share one."""
    return frozenset(debt.id for debt in choices(ledger) if name_key(debt.name) == name_key(name))
