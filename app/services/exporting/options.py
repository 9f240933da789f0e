"""What an export writes and how, as one value that can be remembered and repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from app.domain.exchange import ExchangeField
from app.domain.problems import Problem, Refused
from app.services.exporting.kind import ExportKind

DELIMITERS = (",", ";", "\t", "|")
DECIMAL_MARKS = (".", ",")


class ExportFormat(StrEnum):
    """The kinds of file that records are written to; the value is also the ending of the file's name."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


@dataclass(frozen=True)
class ExportOptions:
    """What kind of records are written, how, and which.

    `ids` chooses records one by one and in that order; otherwise all that the filter `wanted` lets through are
    written (None standing for everything), in the order of `sort` or, without one, as they were entered. `columns`
    are attributes of the kind's fields, written in the order of their declaration; empty stands for all of them. The
    delimiter, the decimal mark and the byte order mark (`bom`, which spreadsheets need to see UTF-8) are for CSV,
    `pretty` is for JSON.
    """

    kind: ExportKind
    format: ExportFormat
    wanted: Any = None
    sort: Any = None
    ids: Sequence[int] | None = None
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    decimal_mark: str = "."
    bom: bool = True
    pretty: bool = False

    def fields(self) -> tuple[ExchangeField, ...]:
        """Return the columns that are written. JSON carries derived ones only where they are asked for by name."""
        if self.columns:
            return tuple(column for column in self.kind.fields if column.attribute in self.columns)
        if self.format is ExportFormat.JSON:
            return tuple(column for column in self.kind.fields if not column.derived)
        return self.kind.fields

    def check(self) -> None:
        """Raise `Refused` for options that no file can be written with."""
        problems = csv_problems(self.delimiter, self.decimal_mark)
        known = {column.attribute for column in self.kind.fields}
        problems += [
            Problem("columns", f"“{name}” is not a column; choose from {', '.join(sorted(known))}.", name)
            for name in self.columns
            if name not in known
        ]
        if problems:
            raise Refused(problems)


def csv_problems(delimiter: str, decimal_mark: str) -> list[Problem]:
    """Return what keeps CSV from being written so."""
    problems = []
    if delimiter not in DELIMITERS:
        problems.append(
            Problem("delimiter", "Choose comma, semicolon, tab or | as the delimiter.", delimiter)
        )
    if decimal_mark not in DECIMAL_MARKS:
        problems.append(
            Problem("decimal_mark", "Choose a point or a comma as the decimal mark.", decimal_mark)
        )
    return problems


def format_of(name: str | PurePath) -> ExportFormat | None:
    """Return the format that the ending of a file's name stands for, or None where it stands for none."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    return ExportFormat(ending) if ending in {known.value for known in ExportFormat} else None
