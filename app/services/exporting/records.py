"""Records as the cells of files, put into words here: for kinds of which there are thousands rather than millions."""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.dates import iso_instant, to_milliseconds
from app.domain.exchange import CellStyle, ExchangeField, Extent, FieldKind, to_cell
from app.domain.money import plain
from app.domain.spreadsheet import guard
from app.services.exporting.kind import Rows

Tell = Callable[[Any, str], Any]
"""Returns an attribute of a record: an amount in minor units, a rate, a date, a text, None where nothing is set."""

_UNBOUNDED: frozenset[FieldKind] = frozenset({"note", "json"})
_TEXTS: frozenset[FieldKind] = frozenset({"text", "note"})
_DAY_ZERO = date(1899, 12, 30)
_NO_LEAP_DAY = date(1900, 3, 1)
_ABOUT_A_CELL = 60


@dataclass(frozen=True)
class RecordTable:
    """Chosen records, given anew by each call of `chosen`; `tell` knows their attributes.

    `document_of` gives a record's JSON object where that is more than its fields. `counted` counts the records where
    that is quicker than to read them.
    """

    chosen: Callable[[], Iterator[Any]]
    tell: Tell
    document_of: Callable[[Any, Sequence[ExchangeField]], dict[str, Any]] | None = None
    counted: Callable[[], int] | None = None

    def count(self) -> int:
        """Return how many records there are."""
        return self.counted() if self.counted is not None else sum(1 for _ in self.chosen())

    def cells(self, fields: Sequence[ExchangeField], style: CellStyle) -> Rows:
        """Return a tuple a record with a cell a field."""
        for record in self.chosen():
            yield self._row(record, fields, style)

    def documents(self, fields: Sequence[ExchangeField]) -> Generator[tuple[str], None, None]:
        """Return each record as the text of a JSON object."""
        for record in self.chosen():
            if self.document_of is not None:
                document = self.document_of(record, fields)
            else:
                names = (field.attribute for field in fields)
                document = dict(zip(names, self._row(record, fields, "json"), strict=True))
            yield (json.dumps(document, ensure_ascii=False, separators=(",", ":")),)

    def extent(self, fields: Sequence[ExchangeField]) -> Extent:
        """Measure the records before a sheet is begun."""
        rows = size = 0
        currencies: set[str] = set()
        longest = [0] * len(fields)
        for record in self.chosen():
            rows += 1
            currencies.add(self.tell(record, "currency"))
            cells = self._row(record, fields, "sheet")
            for place, (field, cell) in enumerate(zip(fields, cells, strict=True)):
                length = len(str(cell)) if cell not in (None, "") else 0
                size += _ABOUT_A_CELL + 2 * length if length else 0
                if field.kind in _UNBOUNDED:
                    longest[place] = max(longest[place], length)
        return Extent(rows, size, tuple(sorted(currencies)), tuple(longest))

    def _row(self, record: Any, fields: Sequence[ExchangeField], style: CellStyle) -> tuple[Any, ...]:
        currency = self.tell(record, "currency")
        return tuple(
            word(field.kind, self.tell(record, field.attribute), currency, style) for field in fields
        )


def word(kind: FieldKind, value: Any, currency: str, style: CellStyle) -> Any:
    """Return a value as a cell of a style, or as a value of JSON."""
    if value is None:
        return None if style in ("json", "sheet") else ""
    if kind == "money":
        text = plain(value, currency)
        return text.replace(".", ",") if style == "csv with comma" else text
    if kind == "json" and style == "json":
        return value
    if kind == "json":
        return to_cell(value)
    if style == "sheet":
        return _in_a_sheet(value)
    if style == "json":
        return _in_json(value)
    text = _text(value)
    if kind in _TEXTS:
        return guard(text)
    return text.replace(".", ",") if kind in ("rate", "figure") and style == "csv with comma" else text


def _in_a_sheet(value: Any) -> Any:
    """Return a number where a sheet has one: dates are days, and there is a 29 February 1900 that never was."""
    if isinstance(value, bool):
        return _text(value)
    if isinstance(value, int | Decimal):
        return Decimal(f"{value:f}")
    if isinstance(value, datetime):
        return to_milliseconds(value) / 86_400_000 + 25_569
    if isinstance(value, date):
        return (value - _DAY_ZERO).days - (value < _NO_LEAP_DAY)
    return str(value)


def _in_json(value: Any) -> Any:
    return value if isinstance(value, bool | int) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return iso_instant(value)
    return value.isoformat() if isinstance(value, date) else str(value)
