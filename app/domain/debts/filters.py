"""Which debts to show, and in which order."""

from dataclasses import dataclass

from app.domain.debts.record import DebtKind


@dataclass(frozen=True, slots=True)
class SortBy:
    """What a list of debts is ordered by: a field's name and the direction."""

    key: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class DebtFilter:
    """Conditions that all have to hold. `paid_off` asks for debts that are (True) or are not (False) paid off.

    `text` is looked for in name, creditor and notes, whatever the case and accents.
    """

    text: str = ""
    kinds: frozenset[DebtKind] = frozenset()
    currency: str = ""
    paid_off: bool | None = None

    def __bool__(self) -> bool:
        return self != DebtFilter()
