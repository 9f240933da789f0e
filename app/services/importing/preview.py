"""What an import would make of a file, before anything is written: the first rows, and every problem at its cell."""

from collections.abc import Mapping as Mappable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from app.services.importing.cells import as_text
from app.services.importing.guessing import Ambiguity
from app.services.importing.kind import ImportKind, Ready, Record, Skipped
from app.services.importing.mapping import Mapping
from app.services.importing.plan import ImportOptions, Plan, make_plan
from app.services.importing.readers import Row
from app.services.importing.report import clipped
from app.services.importing.rows import RowReader
from app.services.importing.running import setting_for
from app.services.ledger import Ledger

LONGEST_CELL = 2_000
"""How many characters of a cell a preview has."""

LOOKED_AT = 5_000
"""How many rows are counted as good, passed over or wrong; of larger files only the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as the file has it, with a cell a column, each on one line and shortened where it is very long.

    `problems` are sentences by column, "" standing for the row as a whole. A row that is no record says why in
    `skipped`; a good one has its `record`.
    """

    line: int
    cells: tuple[str, ...]
    problems: Mappable[str, str] = field(default_factory=dict)
    skipped: str = ""
    record: Record | None = None


@dataclass(frozen=True)
class Preview:
    """A file as it would be imported. `missing` are titles of required fields without a column.

    `good`, `skipped` and `wrong` count the rows that were looked at; `more` says that the file has others.
    `names_currency` tells whether rows say their currency; where not, they get that of the options.
    """

    kind: ImportKind
    path: Path
    description: str
    program: str
    headers: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    mapping: Mapping
    ambiguities: tuple[Ambiguity, ...]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    names_currency: bool
    row_word: str
    good: int
    skipped: int
    wrong: int
    more: bool
    notes: tuple[str, ...]


def preview(ledger: Ledger, path: Path, options: ImportOptions, limit: int = 100) -> Preview:
    """Return what the import of a file would make of its first rows. Raises `Refused` for a file that cannot be read.

    At most `limit` rows are returned, wrong ones further below among them. Duplicates are not looked for: a
    rehearsal (`import_file` with `dry_run`) counts those.
    """
    plan = make_plan(path, options)
    reader = (
        None
        if plan.missing
        else ledger.read(lambda connection: RowReader(plan, setting_for(ledger, options, connection)))
    )
    rows = plan.source.rows()
    looked_at = [_row(plan, row, reader) for row in islice(rows, LOOKED_AT)]
    return Preview(
        kind=plan.kind,
        path=path,
        description=plan.source.description,
        program=plan.preset.label if plan.preset else "",
        headers=plan.source.headers,
        rows=_shown(looked_at, limit),
        mapping=plan.mapping,
        ambiguities=plan.ambiguities,
        unmapped=plan.unmapped,
        missing=tuple(target.title for target in plan.missing),
        names_currency=plan.names_currency,
        row_word=plan.source.row_word,
        good=sum(row.record is not None for row in looked_at),
        skipped=sum(bool(row.skipped) for row in looked_at),
        wrong=sum(bool(row.problems) for row in looked_at),
        more=next(rows, None) is not None,
        notes=tuple(dict.fromkeys(plan.source.notes)),
    )


def _row(plan: Plan, row: Row, reader: RowReader | None) -> PreviewRow:
    width = len(plan.source.headers)
    cells = tuple(clipped(as_text(cell), LONGEST_CELL) for cell in row.cells[:width])
    cells += ("",) * (width - len(cells))
    if reader is None:
        return PreviewRow(row.line, cells, {"": row.problem} if row.problem else {})
    made = reader.read(row)
    if isinstance(made, Ready):
        return PreviewRow(row.line, cells, record=made.record)
    if isinstance(made, Skipped):
        return PreviewRow(row.line, cells, skipped=made.reason)
    present = frozenset(plan.source.headers)
    problems: dict[str, str] = {}
    for error in made:
        problems.setdefault(error.column if error.column in present else "", error.reason)
    return PreviewRow(row.line, cells, problems)


def _shown(rows: list[PreviewRow], limit: int) -> tuple[PreviewRow, ...]:
    """Return the first rows; where others further below are wrong, those take the place of good ones."""
    wrong = [row for row in rows[limit:] if row.problems][: limit // 2]
    return (*rows[: limit - len(wrong)], *wrong)
