"""What a table asks of the page that fills it. Nothing here knows Qt; all reads happen on reader threads."""

from array import array
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from app.services.ledger import Interrupt

Ids: TypeAlias = "array[int]"
"""Row ids in order, as `array("q")`."""


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which rows a table shows and in which order. `filter` means something only to the source."""

    filter: Any = None
    sort: str = ""
    descending: bool = False


class Row(Protocol):
    """One record as a source returns it: any plain value that knows its id."""

    @property
    def id(self) -> int:
        """The record's id in the ledger."""


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The top of a result: its first rows in order, and how many there are in all (None: not counted yet)."""

    rows: Sequence[Any]
    total: int | None


class TableSource(Protocol):
    """Fills a table. All but `value` are called on reader threads, at times several at once.

    What a read raises after its interrupt was cancelled is reported to nobody.
    """

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` rows and the count, as fast as possible: this is what appears first."""

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all rows in order."""

    def rows(self, ids: Sequence[int]) -> Sequence[Any]:
        """Return the rows with these ids, in any order; rows that are gone are left out."""

    def value(self, row: Any, key: str) -> object:
        """Return what a loaded row holds in a column, from memory: None or an empty value for an empty cell.

        Money is a `Money`, tags a tuple of texts, a status or warranty a `PillSpec` or, where it goes without
        saying, a plain text.
        """


class CellEditing(Protocol):
    """Lets cells of editable columns be edited in place. Only `edit` leaves the window's thread."""

    def edit_text(self, row: Any, key: str) -> str:
        """Return the text that the editor starts with."""

    def problem(self, row: Any, key: str, text: str) -> str:
        """Return one sentence saying what is wrong with `text`, or an empty text."""

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        """Save `text` into the cell. A refusal is the future's exception; its text is shown at the editor."""
