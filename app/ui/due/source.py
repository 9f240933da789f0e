"""What the table of what is due shows: read through the services in one go, sorted in memory."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.columns import Column
from app.domain.due import DueFilter, DueItem
from app.domain.due_kinds import DueKind
from app.domain.money import Money
from app.domain.text import fold
from app.services import due
from app.services.ledger import Interrupt, Ledger
from app.ui.due.words import kind_pill, snooze_text, when_pill
from app.ui.tables.cells import PillSpec
from app.ui.tables.source import FirstRows, Ids, TableQuery
from app.ui.widgets.pill import PillKind

DUE_COLUMNS = (
    Column("on", "Day", "date", 110),
    Column("kind", "What", "status", 180),
    Column("name", "Product or debt", "name", 280),
    Column("party", "With", "text", 160, supporting=True),
    Column("amount", "Amount", "money", 110),
    Column("left", "When", "warranty", 180),
)
_KINDS = {kind: place for place, kind in enumerate(DueKind)}


@dataclass(frozen=True, slots=True)
class DueRow:
    """One item with a number that tells it from all others, the same whenever it is listed."""

    id: int
    item: DueItem


class DueSource:
    """Fills the table. There are some ten thousand items at most, so that all of them are held."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows: dict[int, DueRow] = {}
        self.today = ledger.today()
        """The day for which the items were read last."""
        self._values: dict[str, Callable[[DueItem], object]] = {
            "on": lambda item: item.on,
            "kind": lambda item: kind_pill(item.kind),
            "name": lambda item: item.title,
            "party": lambda item: item.party,
            "amount": lambda item: None if item.amount is None else Money(item.amount, item.currency),
            "left": self._left,
        }
        self._places: dict[str, Callable[[DueItem], Any]] = {
            "on": lambda item: item.on,
            "kind": lambda item: _KINDS[item.kind],
            "name": lambda item: fold(item.title),
            "party": lambda item: (not item.party, fold(item.party)),
            "amount": lambda item: (item.currency, item.amount or 0),
            "left": lambda item: (item.snoozed_until or date.min, item.on),
        }

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` items and how many there are."""
        found = self._read(query, interrupt)
        return FirstRows(found[:n], len(found))

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the numbers of all items in order."""
        return array("q", (row.id for row in self._read(query, interrupt)))

    def rows(self, ids: Sequence[int]) -> list[DueRow]:
        """Return the items with these numbers, as they were read last."""
        held = self._rows
        return [held[id] for id in ids if id in held]

    def items(self, ids: Sequence[int]) -> list[DueItem]:
        """Return items by their numbers."""
        return [row.item for row in self.rows(ids)]

    def listed(self) -> list[DueItem]:
        """Return all that was read last, by no order in particular."""
        return [row.item for row in self._rows.values()]

    def value(self, row: DueRow, key: str) -> object:
        """Return what an item holds in a column."""
        return self._values[key](row.item)

    def _read(self, query: TableQuery, interrupt: Interrupt) -> list[DueRow]:
        wanted = query.filter if isinstance(query.filter, DueFilter) else DueFilter()
        today = self._ledger.today()
        found = [
            DueRow(number_of(item), item) for item in due.listing(self._ledger, wanted, today, interrupt)
        ]
        self._rows, self.today = {row.id: row for row in found}, today
        place = self._places.get(query.sort)
        if place is not None:
            found.sort(key=lambda row: place(row.item), reverse=query.descending)
        return found

    def _left(self, item: DueItem) -> object:
        if item.snoozed_until is not None:
            return PillSpec(PillKind.NEUTRAL, snooze_text(item.snoozed_until), "bell-off")
        return when_pill(item, self.today, self._ledger.reminders.window)


def number_of(item: DueItem) -> int:
    """Return the number of an item's row: the first 63 bits of its identity."""
    return int.from_bytes(item.identity.bytes[:8], "big") >> 1
