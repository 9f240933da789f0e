"""The report of an import as a file, and the rows that failed as a CSV to mend and import again."""

import csv
import json
from pathlib import Path

from app.domain.exchange import tags_to_cell
from app.domain.spreadsheet import guard
from app.services.importing.cells import as_text
from app.services.importing.plan import ImportOptions, Plan, make_plan
from app.services.importing.readers import Cell
from app.services.importing.report import WHY_COLUMN, ImportReport
from app.storage.errors import file_problems
from app.storage.files import replace_file


def write_report(report: ImportReport, target: Path) -> None:
    """Write a report as JSON, or in words where the file is not called `.json`. Raises `EnvironmentProblem`."""
    if target.suffix.lower() == ".json":
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n"
    else:
        text = report_text(report)
    with (
        file_problems(target),
        replace_file(target, "w", encoding="utf-8", errors="backslashreplace") as file,
    ):
        file.write(text)


def report_text(report: ImportReport) -> str:
    """Return a report in words, a line an error."""
    lines = [
        f"Created {report.created:,}, updated {report.updated:,}, skipped {report.skipped:,}, failed {report.failed:,}."
    ]
    lines += report.warnings
    for error in report.errors:
        column = f", {error.column}" if error.column else ""
        value = f" “{error.value}”" if error.value else ""
        lines.append(f"{report.row_word.capitalize()} {error.line:,}{column}{value}: {error.reason}")
    return "\n".join(lines) + "\n"


def write_failed_rows(path: Path, options: ImportOptions, report: ImportReport, target: Path) -> int:
    """Write the failed rows of a file with its columns and why each failed; return how many there are.

    The file is UTF-8 CSV in the delimiter of the original, and can be imported again once it is mended. Raises
    `Refused` where the original can no longer be read, and `EnvironmentProblem`.
    """
    plan = make_plan(path, options)
    positions = [at for at, header in enumerate(plan.source.headers) if header != WHY_COLUMN]
    failed = frozenset(report.failed_lines)
    reasons = {error.line: error.reason for error in reversed(report.errors)}
    written = 0
    with (
        file_problems(target),
        replace_file(target, "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=getattr(plan.source, "delimiter", ","))
        writer.writerow([*(plan.source.headers[at] for at in positions), WHY_COLUMN])
        for row in plan.source.rows():
            if row.line in failed:
                cells = [_cell(plan, row.cells[at]) if at < len(row.cells) else "" for at in positions]
                writer.writerow([*cells, guard(reasons.get(row.line, row.problem))])
                written += 1
    return written


def _cell(plan: Plan, cell: Cell) -> str:
    """Return a cell as a mended file has it: guarded, unless its file has guarded it already."""
    own = plan.preset is not None and plan.preset.own
    if isinstance(cell, list) and all(isinstance(part, str) for part in cell):
        cell = tags_to_cell(cell) if own else f"{plan.mapping.tag_separator} ".join(cell)
    text = as_text(cell)
    guarded = (own and plan.source.format == "CSV") or WHY_COLUMN in plan.source.headers
    return text if guarded else guard(text)
