"""An import tried out: what a whole run would do, taken back at its end, and its rows with what is wrong with them."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.services.importing.plan import ImportOptions
from app.services.importing.preview import Preview, PreviewRow, preview
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.jobs import JobContext
from app.services.ledger import Ledger

SHOWN_ROWS = 300


@dataclass(frozen=True)
class Rehearsal:
    """What an import would do: its whole report, some of the rows, and how many records there are before it."""

    report: ImportReport
    preview: Preview
    present: int


def rehearse(
    ledger: Ledger, path: Path, options: ImportOptions, context: JobContext | None = None
) -> Rehearsal:
    """Run an import and take it back. Raises what `import_file` raises."""
    running = context or JobContext()
    report = import_file(ledger, path, replace(options, dry_run=True), running)
    running.check()
    seen = preview(ledger, path, options, SHOWN_ROWS)
    problems: dict[int, dict[str, str]] = {}
    for error in report.errors:
        problems.setdefault(error.line, {}).setdefault(error.column, error.reason)
    rows = tuple(_with_problems(row, problems.get(row.line)) for row in seen.rows)
    return Rehearsal(report, replace(seen, rows=rows), options.kind.count(ledger))


def _with_problems(row: PreviewRow, found: dict[str, str] | None) -> PreviewRow:
    """Add what only the whole run found out, such as a row that the ledger refuses."""
    if not found or row.problems:
        return row
    return replace(row, problems=found, record=None)
