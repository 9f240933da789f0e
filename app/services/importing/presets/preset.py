"""What there is to know of another program's file: its columns, and what is odd about its rows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.parsing import DateOrder, DecimalMark

Cells = Callable[[str], str]
"""Gives the text in a column of the present row by the column's name, "" where there is no such column."""

Values = dict[str, Any]
"""The values read from the present row, by the key of the field."""


def keeps_all(_cells: Cells) -> str:
    """Pass every row over to the import."""
    return ""


def changes_nothing(_values: Values, _cells: Cells) -> None:
    """Leave the values as they were read."""


@dataclass(frozen=True)
class Preset:
    """A program's file. It is recognised by having all columns of one of the sets in `recognised_by`.

    `columns` names for each field the column, or several of which a file has one. A value in `nothing` is none.
    `skips` tells why a row is no record, in a few words for the report, or "". `adapts` changes the values
    of a row that is one. Decimal mark and order of dates are None where they depend on the user's settings in
    that program; `usual_order` is what an open order of dates then means, by the decimal mark.

    `own` files are written by us: texts are guarded in CSV, amounts never grouped, long texts go on in further
    columns. Those in JSON are a `document`. Where `exactly` is set a file has no columns but these. Files that never
    have a line of column names have them in `headerless`, and `begins` recognises their first line.
    """

    id: str
    label: str
    source: str
    recognised_by: tuple[frozenset[str], ...]
    columns: Mapping[str, str | tuple[str, ...]]
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    tag_separator: str = ","
    nothing: frozenset[str] = frozenset()
    skips: Callable[[Cells], str] = keeps_all
    adapts: Callable[[Values, Cells], None] = changes_nothing
    usual_order: Callable[[DecimalMark | None], DateOrder | None] = field(default=lambda _mark: None)
    own: bool = False
    exactly: frozenset[str] = frozenset()
    document: bool = False
    headerless: tuple[str, ...] = ()
    begins: Callable[[Sequence[str]], bool] = field(default=lambda _cells: False)

    def recognises(self, headers: frozenset[str]) -> bool:
        """Tell whether a file with these columns is this program's."""
        if self.exactly and not all(_unnumbered(header) in self.exactly for header in headers):
            return False
        return any(needed <= headers for needed in self.recognised_by)

    def columns_in(self, headers: tuple[str, ...]) -> dict[str, str]:
        """Return the fields that a file with these columns has, each with its column."""
        present = frozenset(headers)
        found: dict[str, str] = {}
        for key, names in self.columns.items():
            for name in (names,) if isinstance(names, str) else names:
                if name in present:
                    found[key] = name
                    break
        return found


def _unnumbered(header: str) -> str:
    """Return a column's name without the number that continued columns have: `Notes (2)` is `Notes`."""
    return re.sub(r" \([0-9]+\)$", "", header)
