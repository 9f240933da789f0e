"""The first rows of a file, by column, for guesses about what its columns are."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.domain.parsing import NotUnderstood
from app.domain.text import fold
from app.services.importing.readers.source import Cell

_NO_LETTER = re.compile(r"[\W_]+")


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
        return sum(understood(reads, text) for text in texts) / len(texts) if texts else 0.0


class HeaderIndex:
    """The names that columns have, and the fields that they mean: a line of names a field, the surest first."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._ranks = {
            word: (key, rank) for key, names in words.items() for rank, word in enumerate(names) if word
        }

    def rank(self, header: str) -> tuple[str, int]:
        """Return the field that a column's name means and how sure that is (0 is surest), ("", 0) for none."""
        return self._ranks.get(header_key(header), ("", 0))

    def field(self, header: str) -> str:
        """Return the field that a column's name means, or "" for none."""
        return self.rank(header)[0]


def header_key(header: str) -> str:
    """Return a column name as the words for fields are written."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return _NO_LETTER.sub(" ", fold(split)).strip()


def header_words(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the names of columns by field, each field's written as one text with commas between them."""
    return {
        key: tuple(part.strip() for part in words.replace("\n", " ").split(","))
        for key, words in table.items()
    }


def understood(reads: Callable[[str], object], text: str) -> bool:
    """Tell whether a parser can read a text."""
    try:
        reads(text)
    except NotUnderstood:
        return False
    return True
