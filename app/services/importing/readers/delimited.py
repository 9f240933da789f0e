"""CSV and its kin: any delimiter, any line ends, quoted line breaks; a bad row is told and the next is read."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, ClassVar

from app.services.importing.readers.encoding import Encoding, detect, open_text
from app.services.importing.readers.source import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_LINE_CHARACTERS,
    Row,
    Source,
    UnreadableFile,
    name_columns,
    numbered_columns,
    only_a_header,
    unreadable,
)

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""The delimiters that are recognised, and what a sentence calls them."""

_SAMPLE_LINES = 200
_DAMAGED = re.compile("[\x00\ud800-\udfff]")
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)[\r\n]*", re.IGNORECASE)


@dataclass
class DelimitedText(Source):
    """A text file of rows whose cells are separated by one character."""

    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    delimiter: str = ","
    format: ClassVar[str] = "CSV"

    @property
    def description(self) -> str:
        """The encoding and the delimiter in words."""
        separated = DELIMITERS.get(self.delimiter, f"“{self.delimiter}”")
        return f"CSV, {self.encoding.name.removesuffix('-sig')}, separated by {separated}"

    def rows(self) -> Iterator[Row]:
        """Give the rows below the header; empty ones are left out."""
        with open_text(self.path, self.encoding) as stream:
            records = self.records(stream)
            if self.options.has_header:
                next(records)
            header = list(self.headers)
            for row in records:
                self.position = stream.buffer.tell()  # type: ignore[attr-defined]
                yield row if row.problem else self._fitted(row, header)

    def records(self, stream: IO[str]) -> Iterator[Row]:
        """Give every row that is not empty, the header first, each with the line that it began on."""
        lines = _Lines(stream)
        lines.skip_separator_line()
        reader = self._reader(lines)
        while True:
            lines.begin_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _LineTooLong) as error:
                yield Row(lines.row_start, lines.first_cells(self.delimiter), _problem_of(error, lines))
                lines.read_again_after_first()
                reader = self._reader(lines)
                continue
            except OSError as error:
                raise unreadable(self.path, error) from error
            if any(cells):
                yield Row(lines.row_start, cells, lines.damage())

    def _reader(self, lines: "_Lines") -> "Iterator[list[str]]":
        csv.field_size_limit(MAX_CELL_CHARACTERS)
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def _fitted(self, row: Row, header: Sequence[str]) -> Row:
        """Return a row with as many cells as the header, or with the problem that it has not."""
        cells, width = row.cells, len(header)
        if len(cells) == width:
            return Row(row.line, cells, "This row repeats the header.") if cells == header else row
        if len(cells) > width and not any(cells[width:]):
            return Row(row.line, cells[:width])
        return Row(row.line, cells, self._misfit(cells, width))

    def _misfit(self, cells: Sequence[object], width: int) -> str:
        for other, name in DELIMITERS.items():
            if len(cells) == 1 and other != self.delimiter and str(cells[0]).count(other) + 1 >= width > 1:
                own = DELIMITERS.get(self.delimiter, f"“{self.delimiter}”")
                return f"This row is separated by {name}, the header by {own}; use one of them throughout."
        count = f"{len(cells):,} cell{'' if len(cells) == 1 else 's'}"
        if len(cells) > MAX_COLUMNS:
            return f"This row has {count}; at most {MAX_COLUMNS} can be read."
        hint = "quote texts that contain the delimiter" if len(cells) > width else "add the missing ones"
        return f"This row has {count} where the header has {width}; {hint}."


class _LineTooLong(Exception):
    """A line is longer than any row may be."""


class _Lines:
    """The lines of a file for `csv.reader`, counted, with those of the present row kept for a second look."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._number = 0
        self._again: list[str] = []
        self._row: list[str] = []
        self._row_characters = 0
        self.row_start = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(MAX_LINE_CHARACTERS)
        if not line:
            raise StopIteration
        self._number += 1
        self._row.append(line)
        self._row_characters += len(line)
        if self._row_characters >= MAX_LINE_CHARACTERS:
            self._skip_rest_of(line)
            raise _LineTooLong
        return line

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self._row.clear()
        self._row_characters = 0
        self.row_start = self._number + 1

    def skip_separator_line(self) -> None:
        """Pass over the `sep=;` that some programs write in front."""
        line = self._stream.readline(MAX_LINE_CHARACTERS)
        if _SEPARATOR_LINE.fullmatch(line):
            self._number += 1
        elif line:
            self._again.append(line)

    def read_again_after_first(self) -> None:
        """Give every line of the present row but the first once more, as rows of their own."""
        later = self._row[1:]
        self._number -= len(later)
        self._again.extend(reversed(later))

    @property
    def spans_lines(self) -> bool:
        """Whether the present row goes over several lines."""
        return len(self._row) > 1

    def first_cells(self, delimiter: str) -> list[str]:
        """Return the first line of a row that could not be read, roughly in cells and shortened."""
        first = self._row[0] if self._row else ""
        return [cell.strip('" \r\n') for cell in first[:2000].split(delimiter)]

    def damage(self) -> str:
        """Return what is wrong with the characters of the present row, or "" where nothing is."""
        for line in self._row:
            found = _DAMAGED.search(line)
            if found is None:
                continue
            if found[0] == "\x00":
                return "This row contains NUL characters; remove them or save the file as plain text."
            return "This row has bytes that are not valid in the file's encoding; save the file as UTF-8."
        return ""

    def _skip_rest_of(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(MAX_LINE_CHARACTERS)


def _problem_of(error: Exception, lines: _Lines) -> str:
    if isinstance(error, _LineTooLong):
        if lines.spans_lines:
            return "This row opens a quotation mark that is never closed; close it or write it twice."
        return f"This line is too long; at most {MAX_LINE_CHARACTERS:,} characters can be read."
    text = str(error)
    if "field larger" in text and not lines.spans_lines:
        return f"A cell of this row is too long; at most {MAX_CELL_CHARACTERS:,} characters can be read."
    if "unexpected end" in text or lines.spans_lines:
        return "This row opens a quotation mark that is never closed; close it or write it twice."
    return "This row has text behind a closing quotation mark; write marks inside a text twice."


def open_delimited(source: DelimitedText) -> DelimitedText:
    """Find out encoding, delimiter and column names of a text file. Raises `UnreadableFile`."""
    source.encoding = detect(source.path, source.options.encoding)
    if source.encoding.note:
        source.notes.append(source.encoding.note)
    source.delimiter = source.options.delimiter or _guess_delimiter(source)
    with open_text(source.path, source.encoding) as stream:
        records = source.records(stream)
        first = next(records, None)
        if first is None:
            raise UnreadableFile(f"{source.path.name} is empty; there is nothing to import.")
        if first.problem:
            raise UnreadableFile(f"The column names of {source.path.name} cannot be read. {first.problem}")
        if source.options.has_header:
            source.headers = name_columns(source.path, first.cells)
            if next(records, None) is None:
                raise only_a_header(source.path)
        else:
            source.headers = numbered_columns(len(name_columns(source.path, first.cells)))
    return source


def _guess_delimiter(source: DelimitedText) -> str:
    """Return the delimiter under which most of the first lines have as many cells as the header."""
    with open_text(source.path, source.encoding) as stream:
        try:
            sample = [stream.readline(MAX_CELL_CHARACTERS) for _ in range(_SAMPLE_LINES)]
        except OSError as error:
            raise unreadable(source.path, error) from error
    told = _SEPARATOR_LINE.fullmatch(sample[0])
    if told:
        return told[1]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        score = _consistency(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _consistency(sample: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Return which share of the rows is as wide as the first under a delimiter, to tenths, and that width."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        widths = [
            len(cells)
            for cells in islice(csv.reader(sample, delimiter=delimiter), _SAMPLE_LINES)
            if any(cells)
        ]
    except csv.Error:
        widths = [line.count(delimiter) + 1 for line in sample if line.strip()]
    if not widths or widths[0] < 2:
        return (0.0, 0)
    alike = sum(width == widths[0] for width in widths) / len(widths)
    return (round(alike, 1), widths[0])
