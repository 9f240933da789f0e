"""What the page is asked to show, and how that is remembered with the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.spending_periods import Preset, Question, Step

_Word = TypeVar("_Word", bound=StrEnum)


class Measure(StrEnum):
    """What the bars over time are as high as."""

    AMOUNT = "amount"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Choices:
    """What is asked of the ledger, and how the answer is drawn."""

    asked: Question = field(default_factory=Question)
    measure: Measure = Measure.AMOUNT

    def to_json(self) -> dict[str, Any]:
        """Return the choices as plain JSON values."""
        asked = self.asked
        return {
            "preset": asked.preset.value,
            "first": asked.first.isoformat() if asked.first else "",
            "last": asked.last.isoformat() if asked.last else "",
            "currency": asked.currency,
            "step": asked.step.value,
            "measure": self.measure.value,
        }

    @classmethod
    def from_json(cls, document: object) -> "Choices":
        """Return what `to_json` wrote; whatever cannot be understood is as if it had never been chosen."""
        if not isinstance(document, Mapping):
            return cls()
        currency = document.get("currency")
        first, last = _day(document.get("first")), _day(document.get("last"))
        preset = _word(document.get("preset"), Preset.LAST_12_MONTHS)
        if preset is Preset.CUSTOM and (first is None or last is None or last < first):
            preset, first, last = Preset.LAST_12_MONTHS, None, None
        return cls(
            Question(
                preset,
                first,
                last,
                currency if isinstance(currency, str) else "",
                _word(document.get("step"), Step.MONTH),
            ),
            _word(document.get("measure"), Measure.AMOUNT),
        )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None


def _word(value: object, usual: _Word) -> _Word:
    try:
        return type(usual)(str(value))
    except ValueError:
        return usual
