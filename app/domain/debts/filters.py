"""Which debts to show, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.debts.record import DebtKind
from app.domain.problems import Refused


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

    def to_json(self) -> dict[str, Any]:
        """Return the conditions that differ from none, as plain values."""
        document = {
            "text": self.text,
            "kinds": sorted(self.kinds),
            "currency": self.currency,
            "paid_off": self.paid_off,
        }
        return {key: value for key, value in document.items() if value not in ("", [], None)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "DebtFilter":
        """Return the filter that `to_json` wrote. Raises `Refused` for a document that no filter can be made of."""
        try:
            paid_off = document.get("paid_off")
            return cls(
                text=str(document.get("text", "")),
                kinds=frozenset(DebtKind(kind) for kind in document.get("kinds", ())),
                currency=str(document.get("currency", "")),
                paid_off=None if paid_off is None else bool(paid_off),
            )
        except (ValueError, TypeError) as error:
            raise Refused("This saved filter cannot be read; delete it and save it again.") from error
