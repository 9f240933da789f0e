"""What the values of each table look like, so that rows are told from other bytes, and bad values from good ones."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table
from sqlalchemy.types import TypeDecorator

from app.domain.attachments import AttachmentKind, FileState
from app.domain.dates import from_milliseconds
from app.domain.money import CURRENCIES
from app.domain.purchases import PurchaseStatus
from app.storage import jobs
from app.storage.attachments.store import is_sha256
from app.storage.salvage.records import Damage, Leaf, Row
from app.storage.types import CalendarDate, Identifier, Instant, Status

_SAMPLE = 8
_DECIMAL = re.compile(r"[0-9]{1,30}(\.[0-9]{1,30})?")
_NO_TEXT = frozenset("\0\ufffd")
_FREE_TEXT = frozenset(
    "notes note text paid_with kept_at serial_number model_number order_number policy_number provider source url"
    " error creditor".split()
)
"""Columns of text that mean nothing to the program: empty, they spoil nothing else."""
Good = Callable[[Any], bool]


def _is_integer(value: Any) -> bool:
    return type(value) is int


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_rate(value: Any) -> bool:
    return isinstance(value, str) and _DECIMAL.fullmatch(value) is not None


def _as(read: Callable[[Any], object]) -> Good:
    """Make a test of something that raises for what it cannot read."""

    def good(value: Any) -> bool:
        try:
            read(value)
        except (ValueError, TypeError, OverflowError, OSError, KeyError, RecursionError):
            return False
        return True

    return good


_BY_TYPE: tuple[tuple[type[Any], Good], ...] = (
    (CalendarDate, _as(date.fromisoformat)),
    (Instant, lambda value: _is_integer(value) and _as(from_milliseconds)(value)),
    (Status, _as(PurchaseStatus)),
    (Identifier, lambda value: isinstance(value, bytes) and _as(lambda data: UUID(bytes=data))(value)),
    (Boolean, lambda value: value in (0, 1) and _is_integer(value)),
)
_BY_NAME: dict[tuple[str, str], Good] = {
    ("settings", "value"): lambda value: _is_text(value) and _as(json.loads)(value),
    ("profile", "timezone"): lambda value: _is_text(value) and bool(value) and _as(ZoneInfo)(value),
    ("scenarios", "definition"): lambda value: _is_text(value) and _as(json.loads)(value),
    ("saved_filters", "definition"): lambda value: _is_text(value) and _as(json.loads)(value),
    ("import_mappings", "definition"): lambda value: _is_text(value) and _as(json.loads)(value),
    ("exchange_rates", "rate"): _is_rate,
    ("jobs", "state"): frozenset({*jobs.KEPT, jobs.RUNNING}).__contains__,
    ("files", "sha256"): is_sha256,
    ("files", "state"): _as(FileState),
    ("attachments", "kind"): _as(AttachmentKind),
}


def _good(table: Table, column: "Column[Any]") -> Good:
    named = _BY_NAME.get((table.name, column.name))
    if named is not None:
        return named
    if column.name in ("currency", "base"):
        return lambda value: value in CURRENCIES
    for kind, good in _BY_TYPE:
        if isinstance(column.type, kind):
            return good
    impl = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(impl, Integer):
        return _is_integer
    return _is_text if not isinstance(impl, LargeBinary) else lambda value: isinstance(value, bytes)


@dataclass(frozen=True, slots=True)
class Taken:
    """A row as it can be stored. `damaged` counts the values that had to be left out or mended."""

    values: tuple[Any, ...]
    damaged: int


class Shape:
    """One table: in which order its columns are stored, and what may be in them.

    `stored` are the names of the columns as the damaged database has them; those that the present table does not know
    are passed over, and those that it has besides get what a new row gets.
    """

    def __init__(self, table: Table, stored: Sequence[str] | None = None) -> None:
        self.table = table
        self.name = table.name
        self.stored = tuple(stored or table.columns.keys())
        self.columns = tuple(name for name in self.stored if name in table.columns)
        self._places = [self.stored.index(name) for name in self.columns]
        made = [table.columns[name] for name in self.columns]
        self._good = [_good(table, column) for column in made]
        self._optional = [bool(column.nullable) for column in made]
        self._is_id = [bool(column.primary_key) and isinstance(column.type, Integer) for column in made]
        self._free_text = [column.name in _FREE_TEXT for column in made]

    def fits(self, leaf: Leaf) -> bool:
        """Tell whether rows look like those of this table."""
        sample = leaf.rows[:_SAMPLE]
        return sum(self.take(row) is not None for row in sample) * 2 > len(sample)

    def take(self, row: Row) -> Taken | None:
        """Return a row as it can be stored, None where a value is wrong that it cannot be without."""
        if len(row.values) > len(self.stored):
            return None
        values, damaged = [], 0
        for number, place in enumerate(self._places):
            if self._is_id[number]:
                values.append(row.rowid)
                continue
            value = row.values[place] if place < len(row.values) else self._default(number)
            if value is None:
                if not self._optional[number]:
                    return None
            elif value is Damage.GONE or not self._good[number](value):
                if not (self._optional[number] or self._free_text[number]):
                    return None
                damaged += 1
                value = None if self._optional[number] else ""
            elif isinstance(value, str) and not _NO_TEXT.isdisjoint(value):
                damaged += 1
                value = value.replace("\0", "\ufffd")
            values.append(value)
        return Taken(tuple(values), damaged)

    def _default(self, number: int) -> Any:
        """Return what a column that was added later has in rows from before."""
        default = self.table.columns[self.columns[number]].server_default
        if default is None:
            return None
        text = str(getattr(default, "arg", ""))
        return int(text) if text.lstrip("-").isdigit() else text
