"""A mapping guessed from column names and from what stands below them; what stays open is said, not decided."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
from app.services.importing.kind import ImportKind
from app.services.importing.mapping import Mapping, Target
from app.services.importing.readers.source import Cell
from app.services.importing.samples import Samples, understood

SAMPLE_ROWS = 10_000
"""How many rows a guess looks at."""

ORDERS: tuple[Literal["dmy", "mdy"], ...] = ("dmy", "mdy")
MARKS: tuple[Literal[".", ","], ...] = (".", ",")

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


def guess_mapping(kind: ImportKind, headers: Sequence[str], samples: Samples) -> Guess:
    """Return the likeliest mapping of an unknown table."""
    columns = _by_name(kind, headers, samples)
    _by_content(kind, columns, headers, samples)
    kind.settle_columns(columns, headers, samples)
    return settle(kind, Mapping(columns=columns), headers, samples)


def settle(kind: ImportKind, mapping: Mapping, headers: Sequence[str], samples: Samples) -> Guess:
    """Return a mapping with decimal mark and order of dates filled in where the file shows them."""
    open_questions: list[Ambiguity] = []
    if mapping.decimal_mark is None:
        amounts = _columns_of(kind, mapping, "money", "rate", "minimum")
        mark = guess_decimal_mark(_bare(text) for column in amounts for text in samples.texts(column))
        mapping = replace(mapping, decimal_mark=mark)
        if mark is None:
            open_questions += _open(samples, amounts, "decimal_mark", parse_money)
    if mapping.date_order is None:
        dates = _columns_of(kind, mapping, "date")
        order = guess_date_order(text for column in dates for text in samples.texts(column))
        mapping = replace(mapping, date_order=order)
        if order is None:
            open_questions += _open(samples, dates, "date_order", parse_date)
    used = set(mapping.columns.values())
    unmapped = tuple(header for header in headers if header not in used)
    return Guess(mapping, tuple(open_questions), unmapped)


def _bare(text: str) -> str:
    """Return a text without a sign of per cent at its end."""
    return text.strip().removesuffix("%").rstrip()


def _columns_of(kind: ImportKind, mapping: Mapping, *kinds: str) -> list[str]:
    return [column for key, column in mapping.columns.items() if kind.target_of[key].kind in kinds]


def _open(
    samples: Samples, columns: Sequence[str], kind: AmbiguityKind, reads: Callable[[str], object]
) -> list[Ambiguity]:
    found = []
    for column in columns:
        unread = [text for text in samples.texts(column) if _two_readings(_bare(text), reads)]
        if unread:
            found.append(Ambiguity(kind, column, tuple(dict.fromkeys(unread))[:3]))
    return found


def _two_readings(text: str, reads: Callable[[str], object]) -> bool:
    try:
        reads(text)
    except NotUnderstood as refusal:
        return "may mean" in str(refusal) or "two readings" in str(refusal)
    return False


def _by_name(kind: ImportKind, headers: Sequence[str], samples: Samples) -> dict[str, str]:
    """Give each field the column whose name means it most surely and whose values can be that.

    A required field takes a column by its name alone where there is none better: its bad cells are then told.
    """
    best: dict[str, tuple[bool, int, str]] = {}
    needed = {key for target in kind.targets if target.required for key in (target.key, *target.instead)}
    for header in headers:
        key, rank = kind.headers.rank(header)
        if not key:
            continue
        target = kind.target_of[key]
        doubtful = not _plausible(target, header, samples)
        if doubtful and key not in needed:
            continue
        if key not in best or (doubtful, rank) < best[key][:2]:
            best[key] = (doubtful, rank, header)
    return {target.key: best[target.key][2] for target in kind.targets if target.key in best}


def _plausible(target: Target, header: str, samples: Samples) -> bool:
    """Tell whether the cells of a column can be what its name says; half of them is enough, as some are bad."""
    if not samples.cells(header):
        return True
    match target.kind:
        case "date":
            return is_dates(header, samples)
        case "word":
            return target.read is None or samples.share(header, target.read) > 0.9
        case "yes":
            return samples.share(header, parse_boolean) > 0.9
        case "count":
            return samples.share(header, lambda text: parse_whole_number(text, ".")) > 0.5
        case "money" | "rate":
            return is_amounts(header, samples)
        case "minimum":
            documented = any(isinstance(cell, dict) for cell in samples.cells(header))
            return documented or is_amounts(header, samples)
        case _:
            return True


def _by_content(kind: ImportKind, columns: dict[str, str], headers: Sequence[str], samples: Samples) -> None:
    """Find fields by what columns hold, where one column alone can be it."""
    for key, what in kind.by_content:
        if key in columns:
            continue
        used = set(columns.values())
        fitting = [header for header in headers if header not in used and _FITS[what](header, samples)]
        if len(fitting) == 1:
            columns[key] = fitting[0]


def is_dates(header: str, samples: Samples) -> bool:
    """Tell whether a column holds dates."""
    if any(not isinstance(cell, str) for cell in samples.cells(header)[:20]):
        return True
    return max(samples.share(header, partial(parse_date, order=order)) for order in ORDERS) > 0.5


def is_amounts(header: str, samples: Samples) -> bool:
    """Tell whether a column holds amounts or rates."""
    return max(samples.share(header, partial(_reads_amount, mark)) for mark in MARKS) > 0.5


def is_words(header: str, samples: Samples) -> bool:
    """Tell whether a column holds different texts that are neither dates nor amounts."""
    texts = samples.texts(header)[:200]
    return (
        bool(texts)
        and len(set(texts)) > 1
        and not is_dates(header, samples)
        and not is_amounts(header, samples)
    )


_FITS = {"date": is_dates, "amount": is_amounts, "words": is_words}


def _reads_amount(mark: Literal[".", ","], text: str) -> object:
    return parse_money(_bare(text), mark)


def looks_like_data(kind: ImportKind, cells: Iterable[Cell]) -> bool:
    """Tell whether a row of supposed column names holds a date or an amount, and no name that means a field."""
    found = False
    for cell in cells:
        text = str(cell)
        if kind.headers.field(text):
            return False
        found = found or is_data(text)
    return found


def is_data(text: str) -> bool:
    """Tell whether a text is a date or an amount."""
    return any(understood(reads, text) for reads in _READS_DATA)


_READS_DATA: tuple[Callable[[str], object], ...] = (
    partial(parse_date, order="dmy"),
    partial(parse_date, order="mdy"),
    partial(parse_money, decimal_mark="."),
    partial(parse_money, decimal_mark=","),
)
