"""XLSX sheets as tables, with what a hostile or odd workbook can do kept in bounds before it is opened."""

import re
import warnings
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from app.domain.exchange import from_xlsx_text
from app.domain.parsing import shown
from app.services.importing.readers.source import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_SHARED_MEGABYTES,
    MAX_SHEET_ROWS,
    MAX_UNPACKED_MEGABYTES,
    Cell,
    Row,
    Source,
    UnreadableFile,
    name_columns,
    numbered_columns,
    only_a_header,
    unreadable,
)

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
_MOST_MEMBERS = 10_000
_MOST_MERGES = 100_000
_SCANNED_BLOCK = 1 << 20
_STYLED_ROWS = 200
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass
class Workbook(Source):
    """One sheet of an XLSX workbook. Values only: formulas, macros and links to other files are never run.

    `merged` are the ranges of rows below the header that merged cells reach over, `percents` the places of columns
    whose numbers are shown as per cent, and are read as they are shown.
    """

    row_word: str = "row"
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    format: ClassVar[str] = "XLSX"
    header_row: int = 1
    merged: list[tuple[int, int]] = field(default_factory=list)
    percents: tuple[int, ...] = ()

    @property
    def description(self) -> str:
        """The sheet that is being read."""
        return f"XLSX, sheet “{self.sheet}”"

    def rows(self) -> Iterator[Row]:
        """Give the rows below the header; empty ones are left out."""
        header = list(self.headers)
        for line, cells in self.cells_from(
            self.header_row + 1 if self.options.has_header else self.header_row
        ):
            self.position = line
            yield self._row(line, cells, header)

    def _row(self, line: int, cells: list[Cell], header: list[str]) -> Row:
        width = len(header)
        surplus = [cell for cell in cells[width:] if cell != ""]
        fitted = (cells + [""] * width)[:width]
        if surplus:
            return Row(
                line,
                fitted,
                f"This row has a value to the right of the {width} named columns; name or clear it.",
            )
        if [str(cell) for cell in fitted] == header:
            return Row(line, fitted, "This row repeats the header.")
        if self._is_merged(line):
            problem = "This row has merged cells; unmerge them, so that each cell has its own value."
            return Row(line, fitted, problem)
        too_long = any(isinstance(cell, str) and len(cell) > MAX_CELL_CHARACTERS for cell in fitted)
        if too_long:
            return Row(
                line, fitted, f"A cell is too long; at most {MAX_CELL_CHARACTERS:,} characters can be read."
            )
        return Row(line, fitted)

    def _is_merged(self, line: int) -> bool:
        before = bisect_right(self.merged, line, key=_first_of) - 1
        return before >= 0 and line <= self.merged[before][1]

    def cells_from(self, first_row: int) -> Iterator[tuple[int, list[Cell]]]:
        """Give the rows that are not empty, from a row on, each with its number."""
        with _opened(self.path) as book:
            yield from self.cells_in(book[self.sheet], first_row)

    def cells_in(self, sheet: Any, first_row: int) -> Iterator[tuple[int, list[Cell]]]:
        """Like `cells_from`, of a sheet that is open."""
        told = max(len(self.headers) + 1, sheet.max_column or 0) if self.headers else MAX_COLUMNS + 1
        # What a sheet says of its own size may be wrong, and rows beyond it would not be given.
        sheet.reset_dimensions()
        widest = min(told, MAX_COLUMNS + 1)
        rows = sheet.iter_rows(min_row=first_row, max_col=widest, values_only=True)
        empty: tuple[Any, ...] | None = None
        for line, values in enumerate(_read(self.path, rows), start=first_row):
            if line > MAX_SHEET_ROWS:
                raise UnreadableFile(
                    f"{self.path.name} has too many rows; split it, at most {MAX_SHEET_ROWS:,} can be read."
                )
            # One and the same tuple stands for all the rows of a gap, however many there are.
            if values is empty:
                continue
            if values.count(None) == len(values):
                empty = values
                continue
            cells = [_cell(value) for value in values]
            if any(cell != "" for cell in cells):
                for place in self.percents:
                    cells[place] = _in_per_cent(cells[place])
                yield line, cells


def _first_of(rows: tuple[int, int]) -> int:
    """Return the first row of a range."""
    return rows[0]


def _read(path: Path, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except _broken() as error:
            raise _damaged(path) from error
        yield values


def check_package(path: Path) -> None:
    """Refuse a package that is no workbook, or that would unpack to more than can be read. Raises `UnreadableFile`."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except OSError as error:
        raise unreadable(path, error) from error
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise _damaged(path) from error
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        kind = "an OpenDocument file" if "content.xml" in names else "an archive, not a workbook"
        raise UnreadableFile(f"{path.name} is {kind}; save the table as XLSX or CSV first.")
    if len(members) > _MOST_MEMBERS:
        raise UnreadableFile(
            f"{path.name} has {len(members):,} parts; at most {_MOST_MEMBERS:,} can be read."
        )
    sheets = sum(member.file_size for member in members if member.filename.startswith("xl/worksheets/"))
    shared = sum(member.file_size for member in members) - sheets
    for unpacked, limit in ((sheets, MAX_UNPACKED_MEGABYTES), (shared, MAX_SHARED_MEGABYTES)):
        if unpacked > limit << 20:
            raise UnreadableFile(
                f"{path.name} unpacks to {unpacked >> 20:,} MB; split it, at most {limit} MB can be read."
            )
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(f"{path.name} is protected with a password; save it without one first.")


def open_workbook(source: Workbook) -> Workbook:
    """Find the sheet, its column names and its merged cells. Raises `UnreadableFile`."""
    with _opened(source.path) as book:
        source.epoch = book.epoch
        source.sheets = _visible(book)
        if source.options.sheet and source.options.sheet not in source.sheets:
            raise UnreadableFile(
                f"{source.path.name} has no sheet {shown(source.options.sheet)}; choose one that it has."
            )
        sheet, rows, cells = _first_filled(source, book)
        while cells and cells[-1] == "":
            cells.pop()
        if source.options.has_header:
            source.headers = name_columns(source.path, cells)
            if next(rows, None) is None:
                raise only_a_header(source.path)
        else:
            source.headers = numbered_columns(len(name_columns(source.path, cells)))
        source.percents = _percents(source, sheet)
        part = sheet._worksheet_path  # noqa: SLF001 (nothing public tells it)
    source.merged = _merged_rows(source, part)
    if len(source.sheets) > 1 and not source.options.sheet:
        source.notes.append(
            f"Only the sheet “{source.sheet}” was read; the file has {len(source.sheets)} sheets."
        )
    return source


def _visible(book: Any) -> tuple[str, ...]:
    """Return the titles of the sheets that are shown, or of all where none is."""
    shown_ones = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
    return shown_ones or tuple(sheet.title for sheet in book.worksheets)


def _first_filled(source: Workbook, book: Any) -> tuple[Any, Iterator[tuple[int, list[Cell]]], list[Cell]]:
    """Settle on the chosen sheet or the first that is not empty; return it, its further rows, and its first."""
    for name in [source.options.sheet] if source.options.sheet else source.sheets:
        sheet = book[name]
        source.sheet, source.size = name, min(sheet.max_row or 0, MAX_SHEET_ROWS)
        rows = source.cells_in(sheet, 1)
        found = next(rows, None)
        if found is not None:
            source.header_row, cells = found
            return sheet, rows, cells
    raise UnreadableFile(f"{source.path.name} is empty; there is nothing to import.")


def _percents(source: Workbook, sheet: Any) -> tuple[int, ...]:
    """Return the places of columns whose numbers are all shown as per cent, as far as the first rows tell."""
    first = source.header_row + int(source.options.has_header)
    rows = sheet.iter_rows(min_row=first, max_row=first + _STYLED_ROWS, max_col=len(source.headers))
    told: dict[int, bool] = {}
    for cells in _read(source.path, rows):
        for place, cell in enumerate(cells):
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                shown_as = _QUOTED.sub("", cell.number_format or "")
                told[place] = "%" in shown_as and told.get(place, True)
    return tuple(place for place, is_percent in told.items() if is_percent)


def _in_per_cent(cell: Cell) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return cell
    return Decimal(f"{(Decimal(cell) * 100).normalize():f}")


def _merged_rows(source: Workbook, part: str) -> list[tuple[int, int]]:
    """Return the rows that merged cells below the header reach over, as ranges in order that do not touch."""
    ranges: list[tuple[int, int]] = []
    rest = b""
    try:
        with zipfile.ZipFile(source.path) as package, package.open(part) as stream:
            while block := stream.read(_SCANNED_BLOCK):
                text = rest + block
                end = 0
                for found in _MERGED.finditer(text):
                    ranges.append((int(found[1]), int(found[2])))
                    end = found.end()
                if len(ranges) > _MOST_MERGES:
                    raise UnreadableFile(
                        f"{source.path.name} has more than {_MOST_MERGES:,} merged cells; unmerge them."
                    )
                rest = text[max(end, len(text) - 200) :]
    except _broken() as error:
        raise _damaged(source.path) from error
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if last <= source.header_row:
            continue
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((max(first, source.header_row + 1), last))
    return joined


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook for reading values. The file is closed at the end, whatever happens in between."""
    from openpyxl import load_workbook

    # It warns of parts that it leaves out; none of them are values.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with file:
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False, keep_vba=False)
        except _broken() as error:
            raise _damaged(path) from error
        try:
            yield book
        finally:
            book.close()


def _broken() -> tuple[type[BaseException], ...]:
    """Return what a damaged or forged workbook raises while it is read."""
    import lzma
    import struct
    import zlib
    from xml.etree import ElementTree as ET

    from defusedxml.common import DefusedXmlException
    from openpyxl.utils.exceptions import InvalidFileException

    return (
        InvalidFileException, DefusedXmlException, ET.ParseError, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
        struct.error, LookupError, ValueError, TypeError, AttributeError, RuntimeError, OverflowError, EOFError,
        OSError,
    )  # fmt: skip


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(f"{path.name} is damaged or not a proper XLSX workbook; save it again, or as CSV.")


def _cell(value: Any) -> Cell:
    """Return a cell's value: text as it is, numbers exactly as the sheet shows them, dates as dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        return from_xlsx_text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        # A sheet keeps binary fractions and shows fifteen digits of them; those are what was meant.
        return Decimal(f"{value:.15g}") if value - value == 0 else str(value)
    if isinstance(value, int):
        return value if abs(value) < 10**20 else str(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, date) else str(value)
