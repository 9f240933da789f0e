"""What every reader gives: the names of the columns, and rows with the line that each began on."""

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from app.domain.dates import is_plausible
from app.domain.parsing import printable
from app.domain.problems import Refused

MAX_COLUMNS = 500
MAX_CELL_CHARACTERS = 1_000_000
MAX_LINE_CHARACTERS = 16_000_000
MAX_JSON_ITEM_CHARACTERS = 4_000_000
MAX_SHEET_ROWS = 1_048_576
_LAST_SERIAL = 200_000
MAX_UNPACKED_MEGABYTES = 512
MAX_SHARED_MEGABYTES = 128

Cell = str | int | Decimal | bool | date | datetime | list[Any] | dict[str, Any]
"""What a cell may hold: text, or a value where the file says what it is. An empty cell is an empty text."""


class UnreadableFile(Refused):
    """A file that cannot be imported at all; `str()` is one sentence that names it and says what to do."""


class Row(NamedTuple):
    """One row of a file. `line` is where it begins, as an editor or spreadsheet counts; the first is 1.

    A row with a `problem` cannot be used: the sentence says why, and `cells` is what could be read of it.
    """

    line: int
    cells: Sequence[Cell]
    problem: str = ""


@dataclass(frozen=True)
class ReadOptions:
    """How a file is to be read where the user knows better than the guess; empty means guess.

    `has_header` of False takes the first line for data and names the columns Column 1, Column 2 and so on.
    """

    encoding: str = ""
    delimiter: str = ""
    has_header: bool = True
    sheet: str = ""


@dataclass
class Source(ABC):
    """An opened table. `rows` may be called again and begins at the first row each time.

    `position` follows the reading in the units of `size`, for progress. `notes` are sentences that the user
    should see. `row_word` is what a row's number counts: a line, an item of a list, a row of a sheet.
    `epoch` is day 0 of the file's serial numbers for dates, where it has those.
    """

    path: Path
    options: ReadOptions
    headers: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    size: int = 0
    position: int = 0
    row_word: str = "line"
    epoch: datetime | None = None
    format: ClassVar[str] = ""

    @property
    def description(self) -> str:
        """How the file is being read, in a few words."""
        return self.format

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Give every row below the header. Raises `UnreadableFile` where reading cannot go on."""

    def serial_day(self, number: Decimal) -> date | None:
        """Return the date that a bare number stands for in this file, or None where it stands for none."""
        if self.epoch is None or not 1 <= number < _LAST_SERIAL:
            return None
        day = (self.epoch + timedelta(days=int(number))).date()
        return day if is_plausible(day) else None


def check_file(path: Path) -> int:
    """Return the size of an ordinary, readable, non-empty file. Raises `UnreadableFile`."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path.name} in that place; check the name.") from None
    except OSError as error:
        raise unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(f"{path.name} is a folder; choose a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"{path.name} is not an ordinary file; save what it gives to a file first.")
    if not os.access(path, os.R_OK):
        raise UnreadableFile(f"{path.name} may not be read; allow it in the file's permissions.")
    if status.st_size == 0:
        raise UnreadableFile(f"{path.name} is empty; there is nothing to import.")
    return status.st_size


def unreadable(path: Path, error: OSError) -> UnreadableFile:
    """Return the refusal for a file that the system would not give."""
    if isinstance(error, PermissionError):
        return UnreadableFile(f"{path.name} may not be read; allow it in the file's permissions.")
    reason = error.strerror or "the disk gave an error"
    return UnreadableFile(f"{path.name} cannot be read ({reason}); check the disk, or copy the file first.")


def name_columns(path: Path, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of columns from a header row: cleaned, none empty, no two alike.

    A column without a name is called by its number, a second one of the same name gets a (2).
    """
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFile(
            f"{path.name} has more than {MAX_COLUMNS} columns; remove those that are not needed."
        )
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        wanted = printable(" ".join(str(cell).replace("\ufeff", "").split()))[:200] or f"Column {number}"
        name, again = wanted, 2
        while name in taken:
            name, again = f"{wanted} ({again})", again + 1
        names.append(name)
        taken.add(name)
    return tuple(names)


def numbered_columns(count: int) -> tuple[str, ...]:
    """Return the names of columns of a file that has no header."""
    return tuple(f"Column {number}" for number in range(1, count + 1))


def only_a_header(path: Path) -> UnreadableFile:
    """Return the refusal for a file that has column names and nothing else."""
    return UnreadableFile(f"{path.name} has column names but no rows below them; there is nothing to import.")
