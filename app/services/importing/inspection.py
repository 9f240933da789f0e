"""What is to be known of a file before anything is decided: what it is, how it reads, its first rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app.services.importing.cells import as_text
from app.services.importing.guessing import SAMPLE_ROWS
from app.services.importing.kind import ImportKind
from app.services.importing.plan import ImportOptions, Plan, make_plan
from app.services.importing.readers import Cell, ReadOptions
from app.services.importing.readers.delimited import DelimitedText
from app.services.importing.readers.json_items import JsonItems
from app.services.importing.readers.workbook import Workbook
from app.services.ledger import Interrupt, Interrupted

FIRST_ROWS = 20
VALUES = 3
_LONGEST = 200


@dataclass(frozen=True)
class FileFacts:
    """A file that was looked into.

    `rows` counts its rows; with `more` there are more than those. `first_rows` are the texts of the first few,
    `values` up to three different values of each column. `encoding`, `delimiter` and `sheet` are what was found
    or chosen, "" where the format has none.
    """

    path: Path
    plan: Plan
    rows: int
    more: bool
    first_rows: tuple[tuple[str, ...], ...]
    values: tuple[tuple[str, ...], ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def options(self) -> ReadOptions:
        """How the file was read."""
        return self.plan.source.options

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.plan.source.headers

    @property
    def program(self) -> str:
        """Which program's file this is, in words; "" for a table of unknown origin."""
        return self.plan.preset.label if self.plan.preset is not None else ""

    @property
    def description(self) -> str:
        """How the file is read, in a few words."""
        return self.plan.source.description

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the file that the user should see."""
        return tuple(dict.fromkeys(self.plan.source.notes))

    @property
    def has_header_row(self) -> bool:
        """Whether the names of the columns stand in a row that could also be data."""
        return not isinstance(self.plan.source, JsonItems)


def look_into(
    kind: ImportKind, path: Path, read: ReadOptions, interrupt: Interrupt | None = None
) -> FileFacts:
    """Open a file and find out what it is. Raises `UnreadableFile` and `Interrupted`."""
    plan = make_plan(path, ImportOptions(kind, read=read))
    source = plan.source
    count = 0
    first: list[tuple[str, ...]] = []
    values: list[dict[str, None]] = [{} for _ in source.headers]
    for row in islice(source.rows(), SAMPLE_ROWS + 1):
        if interrupt is not None and count % 100 == 0 and interrupt.cancelled:
            raise Interrupted
        count += 1
        if len(first) < FIRST_ROWS:
            first.append(_fitted([shortened(cell) for cell in row.cells], len(source.headers)))
        if not row.problem:
            _take_values(values, row.cells)
    facts = FileFacts(
        path=path,
        plan=plan,
        rows=min(count, SAMPLE_ROWS),
        more=count > SAMPLE_ROWS,
        first_rows=tuple(first),
        values=tuple(tuple(found) for found in values),
    )
    return _with_details(facts)


def shortened(cell: Cell) -> str:
    """Return a cell as one line of text, cut where it is very long."""
    line = " ".join(as_text(cell)[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _with_details(facts: FileFacts) -> FileFacts:
    source = facts.plan.source
    if isinstance(source, DelimitedText):
        return replace(facts, encoding=source.encoding.name, delimiter=source.delimiter)
    if isinstance(source, JsonItems):
        return replace(facts, encoding=source.encoding.name)
    if isinstance(source, Workbook):
        return replace(facts, sheet=source.sheet, sheets=source.sheets)
    return facts


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def _take_values(values: list[dict[str, None]], cells: Sequence[Cell]) -> None:
    for found, cell in zip(values, cells, strict=False):
        if len(found) < VALUES and cell != "":
            found[shortened(cell)] = None
