"""What all files of ours have in common: columns, what one cell can carry, and how much a table is.

Exports write by the declared fields of a kind of record and the import of our own files reads by them, so that a
ledger that was written to files and read back is the same ledger. Version 1 of the format:

- In JSON a record is an object with the attributes of its fields as keys. Money is a decimal string with the digits
  of its currency, a rate a decimal string in per cent, dates are ISO 8601, instants are UTC with milliseconds and a
  Z; what is not set is null or "".
- In CSV and XLSX there is a column a field. Tags are separated by `; `, with a backslash in front of a semicolon or
  backslash that belongs to a tag. What else is a list or an object in JSON is the same JSON in one cell.
- In CSV text cells are written with `app.domain.spreadsheet.guard`.
- In XLSX dates and instants are date cells (instants in UTC), amounts, rates and counts are numbers. Text is written
  with `to_xlsx_text`. One cell of a sheet holds 32,767 characters: longer texts go on in columns to the right of all
  others, headed as `continued` says, and are put together again by joining the cells.
- Derived columns are there for the reader, and are passed over when the file is read.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from app.domain.parsing import NotUnderstood, shown

FORMAT_VERSION = 1
"""The `format` that our JSON files name; a reader refuses a higher one."""

FieldKind = Literal[
    "text", "note", "money", "currency", "rate", "figure", "date", "month", "count", "word", "yes", "status", "tags",
    "covers", "refunds", "json", "uuid", "instant", "until",
]  # fmt: skip
"""What a column holds.

text      one line of text
note      text of many lines
money     a decimal amount in the row's currency
currency  an ISO 4217 code
rate      a decimal number in per cent
figure    any other decimal number
date      a calendar date
month     a calendar month, `2026-03`
count     a whole number
word      one of a few words in capitals
yes       true or false
status    a `PurchaseStatus`
tags      texts in one cell, see `tags_to_cell`
covers    JSON in one cell, see `covers_to_json`
refunds   JSON in one cell, see `refunds_to_json`
json      any other JSON in one cell
uuid      a UUID with its dashes
instant   a moment in UTC
until     a calendar date, or `Lifetime`
"""


@dataclass(frozen=True, slots=True)
class ExchangeField:
    """One column of an exported table. The header never changes; `attribute` is the field and the key in JSON."""

    header: str
    attribute: str
    kind: FieldKind = "text"
    derived: bool = False


CellStyle = Literal["csv", "csv with comma", "sheet", "json"]
"""How cells are written: for CSV, text guarded, with a decimal point or comma; for a sheet, dates as day numbers; as
the values of JSON."""


@dataclass(frozen=True)
class Extent:
    """How much a table is as a sheet: rows, about how many bytes of XML, its currencies.

    `longest` has the characters of the longest cell of each field whose length nothing bounds, 0 for the others.
    """

    rows: int
    bytes: int
    currencies: tuple[str, ...]
    longest: tuple[int, ...]


XLSX_PIECE = 16_383
"""How many characters of a text go into one cell of a sheet: half its limit, as some letters count as two there."""


def continued(header: str, piece: int) -> str:
    """Return the header of the column with the second and further pieces of long texts: `Notes (2)`."""
    return f"{header} ({piece})"


def to_xlsx_text(text: str) -> str:
    """Return a text as a cell of a sheet holds it: letters that XML lacks as `_xHHHH_` (ECMA-376, ST_Xstring)."""
    return _NOT_FOR_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_xlsx_text(text: str) -> str:
    """Return the text that a cell of a sheet means, whichever program wrote it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


# The underscore of a text that reads like an escape is written as one itself.
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def tags_to_cell(tags: Iterable[str]) -> str:
    r"""Return tags as one text: `garden; DIY \; tools`."""
    return "; ".join(tag.replace("\\", "\\\\").replace(";", "\\;") for tag in tags)


def tags_from_cell(text: str) -> tuple[str, ...]:
    """Return the tags that `tags_to_cell` was given; blanks around each, and empty ones, are left out."""
    tags = (re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL).strip() for part in _TAG.findall(text))
    return tuple(tag for tag in tags if tag)


_TAG = re.compile(r"(?:[^;\\]|\\.|\\$)+", re.DOTALL)


def to_cell(document: Any) -> str:
    """Return a list or an object as one cell of JSON; an empty one is an empty cell."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) if document else ""


def from_cell(text: str) -> Any:
    """Return what JSON a cell holds, an empty list for an empty one. Raises `NotUnderstood`."""
    if not text.strip():
        return []
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"{shown(text)} is not JSON; leave the cell as it was exported.") from error
