"""What exports and lists have to know of one kind of record; all else about them is the same for every kind."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from app.domain.exchange import CellStyle, ExchangeField, Extent
from app.domain.warranties import Horizon
from app.services.ledger import Ledger, Reader

Rows = Generator[tuple[Any, ...], None, None]
"""Rows as they come from the ledger. Whoever stops before the last one closes it."""


class Table(Protocol):
    """Chosen records of one kind as the cells of files. All of it is read inside one `Ledger.read`."""

    def count(self) -> int:
        """Return how many records there are."""

    def cells(self, fields: Sequence[ExchangeField], style: CellStyle) -> Rows:
        """Return a tuple a record with a cell a field.

        For CSV every cell is text. For a sheet counts, rates, dates and instants are numbers (of days), amounts are
        decimal texts, and a cell where nothing is set is None or empty.
        """

    def documents(self, fields: Sequence[ExchangeField]) -> Generator[tuple[str], None, None]:
        """Return each record as the text of a JSON object with the fields' attributes as keys."""

    def extent(self, fields: Sequence[ExchangeField]) -> Extent:
        """Measure the records before a sheet is begun, whose columns and formats stand at its top."""


@dataclass(frozen=True)
class Selection:
    """Which records: those that a filter lets through, or some by their ids, as given.

    Filter and order are values of the kind; without an order records come as they were entered. By `horizon` the
    state of anything is judged.
    """

    horizon: Horizon
    wanted: Any
    sort: Any = None
    ids: Sequence[int] | None = None


@dataclass(frozen=True)
class ExportKind:
    """One kind of record that is listed and written to files.

    `key` is its name on the command line, and of the list in our JSON documents; `one` and `many` are its name in
    sentences, `title` that of a sheet. `fields` are the columns of files. `everything` is the filter that lets all
    records through; `conditions` makes one of conditions as they are typed, `between` narrows one to days. `sorts` are
    the keys that records can be ordered by, `order` makes an order of one. `ids` finds a page of records.

    `attributes` tells for columns of the page's list that are no field what fields hold what they show. `shown` are
    the keys that the command line lists for people.
    """

    key: str
    one: str
    many: str
    title: str
    fields: tuple[ExchangeField, ...]
    table: Callable[[Reader, Selection], Table]
    count: Callable[[Ledger, Any], int]
    everything: Any
    conditions: Callable[[Ledger, Iterable[tuple[str, str]]], Any]
    sorts: tuple[str, ...]
    order: Callable[[str, bool], Any]
    usual_order: Any
    ids: Callable[[Reader, Selection, int, int], Sequence[int]]
    shown: tuple[str, ...]
    between: Callable[[Any, date | None, date | None], Any] | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def currency(self) -> ExchangeField | None:
        """The field with the currency of a record's amounts, None for records without amounts."""
        return next((column for column in self.fields if column.kind == "currency"), None)

    def attributes_of(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Return the attributes of the fields that hold what some columns of a list show.

        Amounts bring their currency along, without which nobody could read them.
        """
        wanted = {attribute for key in columns for attribute in self.attributes.get(key, (key,))}
        chosen = [column for column in self.fields if column.attribute in wanted]
        with_amounts = any(column.kind == "money" for column in chosen)
        return tuple(
            column.attribute
            for column in self.fields
            if column.attribute in wanted or (with_amounts and column is self.currency)
        )
