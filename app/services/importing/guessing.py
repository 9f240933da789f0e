"""A mapping guessed from column names and from what stands below them; what stays open is said, not decided."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Literal

from app.domain.parsing import (
    NotUnderstood,
    guess_date_order,
    guess_decimal_mark,
    parse_boolean,
    parse_date,
    parse_money,
    parse_whole_number,
)
from app.domain.text import fold
from app.services.importing.cells import read_status
from app.services.importing.header_words import HEADER_WORDS
from app.services.importing.mapping import TARGET_OF, TARGETS, Mapping
from app.services.importing.readers.source import Cell

SAMPLE_ROWS = 10_000
"""How many rows a guess looks at."""

_NO_LETTER = re.compile(r"[\W_]+")
_RANKS = {word: (key, rank) for key, words in HEADER_WORDS.items() for rank, word in enumerate(words) if word}

AmbiguityKind = Literal["date_order", "decimal_mark"]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Something about a column that its values leave open: what, and examples of values with two readings."""

    kind: AmbiguityKind
    column: str
    examples: tuple[str, ...]

    @property
    def question(self) -> str:
        """The question in words."""
        example = self.examples[0] if self.examples else ""
        if self.kind == "date_order":
            return f"Is “{example}” in {self.column} written day first or month first?"
        return f"Does the mark in “{example}” in {self.column} separate decimals or thousands?"


@dataclass(frozen=True)
class Guess:
    """A guessed mapping, what it leaves open, and the columns that it does not use."""

    mapping: Mapping
    ambiguities: tuple[Ambiguity, ...]
    unmapped: tuple[str, ...]


class Samples:
    """The first rows of a file by column."""

    def __init__(self, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        self._positions = {header: position for position, header in enumerate(headers)}
        self._rows = [row for row in rows if len(row) == len(headers)]

    def cells(self, header: str) -> list[Cell]:
        """Return what stands in a column, empty cells left out."""
        position = self._positions.get(header)
        return [] if position is None else [row[position] for row in self._rows if row[position] != ""]

    def texts(self, header: str) -> list[str]:
        """Return the texts in a column; values that a file gives as what they are have no say in how to read."""
        return [cell for cell in self.cells(header) if isinstance(cell, str)]

    def rows(self, headers: Iterable[str], most: int = 200) -> list[list[Cell]]:
        """Return some columns row by row."""
        positions = [self._positions[header] for header in headers]
        return [[row[position] for position in positions] for row in self._rows[:most]]

    def share(self, header: str, reads: Callable[[str], object], most: int = 200) -> float:
        """Return which share of a column's cells, from 0 to 1, a parser understands."""
        texts = [str(cell) for cell in self.cells(header)[:most]]
        return sum(map(_understood(reads), texts)) / len(texts) if texts else 0.0


def header_key(header: str) -> str:
    """Return a column name as the words for fields are written."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return _NO_LETTER.sub(" ", fold(split)).strip()


def known_field(header: str) -> str:
    """Return the field that a column's name means, or "" for none."""
    found = _RANKS.get(header_key(header))
    return found[0] if found else ""


def guess_mapping(headers: Sequence[str], samples: Samples) -> Guess:
    """Return the likeliest mapping of an unknown table."""
    columns = _by_name(headers, samples)
    _by_content(columns, headers, samples)
    _settle_price(columns, headers, samples)
    return settle(Mapping(columns=columns), headers, samples)


def settle(mapping: Mapping, headers: Sequence[str], samples: Samples) -> Guess:
    """Return a mapping with decimal mark and order of dates filled in where the file shows them."""
    open_questions: list[Ambiguity] = []
    if mapping.decimal_mark is None:
        amounts = _columns_of(mapping, "money")
        mark = guess_decimal_mark(text for column in amounts for text in samples.texts(column))
        mapping = replace(mapping, decimal_mark=mark)
        if mark is None:
            open_questions += _open(samples, amounts, "decimal_mark", parse_money)
    if mapping.date_order is None:
        dates = _columns_of(mapping, "date")
        order = guess_date_order(text for column in dates for text in samples.texts(column))
        mapping = replace(mapping, date_order=order)
        if order is None:
            open_questions += _open(samples, dates, "date_order", parse_date)
    used = set(mapping.columns.values())
    unmapped = tuple(header for header in headers if header not in used)
    return Guess(mapping, tuple(open_questions), unmapped)


def _columns_of(mapping: Mapping, kind: str) -> list[str]:
    return [column for key, column in mapping.columns.items() if TARGET_OF[key].kind == kind]


def _open(
    samples: Samples, columns: Sequence[str], kind: AmbiguityKind, reads: Callable[[str], object]
) -> list[Ambiguity]:
    found = []
    for column in columns:
        unread = [text for text in samples.texts(column) if _two_readings(text, reads)]
        if unread:
            found.append(Ambiguity(kind, column, tuple(dict.fromkeys(unread))[:3]))
    return found


def _two_readings(text: str, reads: Callable[[str], object]) -> bool:
    try:
        reads(text)
    except NotUnderstood as refusal:
        return "may mean" in str(refusal) or "two readings" in str(refusal)
    return False


def _by_name(headers: Sequence[str], samples: Samples) -> dict[str, str]:
    """Give each field the column whose name means it most surely and whose values can be that.

    A required field takes a column by its name alone where there is none better: its bad cells are then told.
    """
    best: dict[str, tuple[bool, int, str]] = {}
    for header in headers:
        key, rank = _RANKS.get(header_key(header), ("", 0))
        if not key:
            continue
        doubtful = not _plausible(key, header, samples)
        if doubtful and not TARGET_OF[key].required:
            continue
        if key not in best or (doubtful, rank) < best[key][:2]:
            best[key] = (doubtful, rank, header)
    return {target.key: best[target.key][2] for target in TARGETS if target.key in best}


def _plausible(key: str, header: str, samples: Samples) -> bool:
    """Tell whether the cells of a column can be what its name says; half of them is enough, as some are bad."""
    if not samples.cells(header):
        return True
    kind = TARGET_OF[key].kind
    if kind == "date":
        return _is_dates(header, samples)
    if kind == "status":
        return samples.share(header, read_status) > 0.9
    if kind == "yes":
        return samples.share(header, parse_boolean) > 0.9
    if kind == "count":
        return samples.share(header, lambda text: parse_whole_number(text, ".")) > 0.5
    if kind == "money":
        return _is_amounts(header, samples)
    return True


def _by_content(columns: dict[str, str], headers: Sequence[str], samples: Samples) -> None:
    """Find the date, the price and the product by what columns hold, where one column alone can be it."""
    for key, fits in (("purchased_on", _is_dates), ("price", _is_amounts), ("name", _is_words)):
        if key in columns:
            continue
        used = set(columns.values())
        fitting = [header for header in headers if header not in used and fits(header, samples)]
        if len(fitting) == 1:
            columns[key] = fitting[0]


def _settle_price(columns: dict[str, str], headers: Sequence[str], samples: Samples) -> None:
    """Decide which of several prices is the one of the line, and keep the parts only where they add up to it."""
    if "price" not in columns and "unit_price" in columns and "quantity" not in columns:
        columns["price"] = columns.pop("unit_price")
    if "unit_price" not in columns and "quantity" in columns:
        used = set(columns.values())
        others = [header for header in headers if known_field(header) == "price" and header not in used]
        if others:
            columns["unit_price"] = others[0]
    if "unit_price" in columns and "price" in columns and not _adds_up(columns, samples):
        del columns["unit_price"]


def _adds_up(columns: dict[str, str], samples: Samples) -> bool:
    """Tell whether the parts of the price make up the price in all rows but a few (one in ten)."""
    mark = guess_decimal_mark(samples.texts(columns["price"]))
    right = wrong = 0
    for row in samples.rows(columns[key] for key in (*_PARTS, "price") if key in columns):
        cells = dict(zip((key for key in (*_PARTS, "price") if key in columns), row, strict=True))
        try:
            amounts = {key: parse_money(str(cell), mark).value for key, cell in cells.items() if cell != ""}
        except NotUnderstood:
            continue
        if {"unit_price", "price"} <= amounts.keys():
            total = amounts["unit_price"] * amounts.get("quantity", Decimal(1))
            total += amounts.get("tax", Decimal(0)) + amounts.get("shipping", Decimal(0))
            total -= abs(amounts.get("discount", Decimal(0)))
            right, wrong = right + (total == amounts["price"]), wrong + (total != amounts["price"])
    return right > 10 * wrong


_PARTS = ("unit_price", "quantity", "tax", "shipping", "discount")


def _is_dates(header: str, samples: Samples) -> bool:
    if any(not isinstance(cell, str) for cell in samples.cells(header)[:20]):
        return True
    return max(samples.share(header, partial(parse_date, order=order)) for order in ORDERS) > 0.5


def _is_amounts(header: str, samples: Samples) -> bool:
    return max(samples.share(header, partial(parse_money, decimal_mark=mark)) for mark in MARKS) > 0.5


def _is_words(header: str, samples: Samples) -> bool:
    texts = samples.texts(header)[:200]
    return (
        bool(texts)
        and len(set(texts)) > 1
        and not _is_dates(header, samples)
        and not _is_amounts(header, samples)
    )


_READS_DATA: tuple[Callable[[str], object], ...] = (
    partial(parse_date, order="dmy"),
    partial(parse_date, order="mdy"),
    partial(parse_money, decimal_mark="."),
    partial(parse_money, decimal_mark=","),
)
ORDERS: tuple[Literal["dmy", "mdy"], ...] = ("dmy", "mdy")
MARKS: tuple[Literal[".", ","], ...] = (".", ",")


def _understood(reads: Callable[[str], object]) -> Callable[[str], bool]:
    def understands(text: str) -> bool:
        try:
            reads(text)
        except NotUnderstood:
            return False
        return True

    return understands


def looks_like_data(cells: Iterable[Cell]) -> bool:
    """Tell whether a row of supposed column names holds a date or an amount, and no name that means a field."""
    found = False
    for cell in cells:
        text = str(cell)
        if known_field(text):
            return False
        found = found or any(_understood(reads)(text) for reads in _READS_DATA)
    return found
