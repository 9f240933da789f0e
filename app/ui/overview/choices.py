"""Which cards the page has, in which order, and of which period: remembered with the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.spending_periods import ONE_TOTAL, Preset, Question, Step

__all__ = ["ONE_TOTAL", "Arrangement", "Card", "Choices", "Figure", "Period"]

_DAYS = 30


class Figure(StrEnum):
    """The figures that the first lines can have, in their usual order."""

    SPENT_MONTH = "spent_month"
    OWED = "owed"
    DEBT_FREE = "debt_free"
    IN_WARRANTY = "in_warranty"
    SPENT_YEAR = "spent_year"
    FILES = "files"
    BACKUP = "backup"


class Card(StrEnum):
    """The larger cards, in their usual order."""

    SPENDING = "spending"
    DEBTS = "debts"
    WARRANTIES = "warranties"
    DUE = "due"
    RECENT = "recent"


class Period(StrEnum):
    """The periods that spending is shown of."""

    LAST_12_MONTHS = "last_12_months"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    LAST_30_DAYS = "last_30_days"


USUAL_FIGURES = (Figure.SPENT_MONTH, Figure.OWED, Figure.DEBT_FREE, Figure.IN_WARRANTY)
_Key = TypeVar("_Key", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All figures and cards in the order of the page, and which of them are shown."""

    figures: tuple[Figure, ...] = tuple(Figure)
    cards: tuple[Card, ...] = tuple(Card)
    hidden: frozenset[str] = frozenset(set(Figure) - set(USUAL_FIGURES))

    def shown_figures(self) -> list[Figure]:
        """Return the figures to show, in order."""
        return [key for key in self.figures if key not in self.hidden]

    def shown_cards(self) -> list[Card]:
        """Return the cards to show, in order."""
        return [key for key in self.cards if key not in self.hidden]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose for the page; the currency "" is the ledger's first one."""

    period: Period = Period.LAST_12_MONTHS
    currency: str = ""
    arrangement: Arrangement = field(default_factory=Arrangement)

    def question(self, today: date) -> Question:
        """Return what is asked of spending."""
        if self.period is Period.LAST_30_DAYS:
            first = today - timedelta(days=_DAYS - 1)
            return Question(Preset.CUSTOM, first, today, self.currency, Step.DAY)
        return Question(Preset(self.period.value), currency=self.currency)

    def to_json(self) -> dict[str, Any]:
        """Return the choices as plain JSON values."""
        return {
            "period": self.period.value,
            "currency": self.currency,
            "figures": [key.value for key in self.arrangement.figures],
            "cards": [key.value for key in self.arrangement.cards],
            "hidden": sorted(self.arrangement.hidden),
        }

    @classmethod
    def from_json(cls, document: object) -> "Choices":
        """Return what `to_json` wrote; whatever cannot be understood is as if it had never been chosen."""
        if not isinstance(document, Mapping):
            return cls()
        currency, period = document.get("currency"), document.get("period")
        return cls(
            Period(period) if period in set(Period) else Period.LAST_12_MONTHS,
            currency if isinstance(currency, str) else "",
            _arrangement(document),
        )


def _arrangement(document: Mapping[str, Any]) -> Arrangement:
    hidden = document.get("hidden")
    if not isinstance(hidden, list):
        return Arrangement()
    figures, cards = _known(document.get("figures"), Figure), _known(document.get("cards"), Card)
    # What came with a later version of the program is as it would be without a choice.
    new = {*Figure, *Card} - {*figures, *cards}
    usual = Arrangement()
    return Arrangement(
        (*figures, *(key for key in Figure if key in new)),
        (*cards, *(key for key in Card if key in new)),
        frozenset(key for key in (*figures, *cards) if key in hidden) | (usual.hidden & new),
    )


def _known(keys: object, kind: type[_Key]) -> Sequence[_Key]:
    if not isinstance(keys, list):
        return ()
    found = [kind(key) for key in keys if isinstance(key, str) and key in set(kind)]
    return list(dict.fromkeys(found))
