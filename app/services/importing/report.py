"""What an import did, row by row where something was wrong."""

from array import array
from dataclasses import dataclass, field
from typing import Any

from app.domain.parsing import printable

MOST_LISTED = 10_000
"""How many errors a report lists one by one; what is beyond is counted."""

WHY_COLUMN = "Why it was not imported"
"""The column that a file of failed rows has more than the file they came from. Such files are guarded like ours."""


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was not imported: the line it begins on, the column, the value there, and one sentence."""

    line: int
    column: str
    value: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Return the error as plain JSON values."""
        return {"line": self.line, "column": self.column, "value": self.value, "reason": self.reason}


def clipped(value: str, longest: int = 200) -> str:
    """Return a cell's text on one line, shortened, with a mark for each character that cannot be printed."""
    text = value if len(value) <= longest else value[: longest - 1] + "…"
    return text if text.isprintable() else printable(" ".join(text.split()))


@dataclass
class ImportReport:
    """How many rows became records, changed one, were passed over, or could not be read.

    `skipped_for` says why rows were passed over and how many. `failed_lines` are the lines of all failed rows, to
    write those to a file. `rolled_back` is set where nothing was kept: an import all or nothing that failed in
    part, or a rehearsal. `row_word` is what a line number counts: a line, an item or a row.
    """

    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    errors: list[RowError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    skipped_for: dict[str, int] = field(default_factory=dict)
    failed_lines: "array[int]" = field(default_factory=lambda: array("q"))
    rolled_back: bool = False
    rehearsed: bool = False
    row_word: str = "line"

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return self.created + self.updated + self.skipped + self.failed

    def skip(self, reason: str) -> None:
        """Count a row that was passed over."""
        self.skipped += 1
        self.skipped_for[reason] = self.skipped_for.get(reason, 0) + 1

    def fail(self, line: int, errors: list[RowError]) -> None:
        """Count a row that could not be imported, and list why."""
        self.failed += 1
        self.failed_lines.append(line)
        self.errors.extend(errors[: max(0, MOST_LISTED - len(self.errors))])

    def to_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "failed": self.failed,
            "errors": [error.to_json() for error in self.errors],
            "warnings": list(self.warnings),
        }
