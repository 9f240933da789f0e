"""Write records to a file or to stdout."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app import __version__
from app.domain.dates import iso_instant
from app.domain.exchange import FORMAT_VERSION
from app.services.exporting.csv_writer import write_csv
from app.services.exporting.json_writer import write_json
from app.services.exporting.kind import Selection, Table
from app.services.exporting.options import ExportFormat, ExportOptions
from app.services.exporting.sink import Sink, sink_for
from app.services.exporting.xlsx_writer import write_xlsx
from app.services.jobs import JobContext
from app.services.ledger import Ledger


@dataclass(frozen=True)
class ExportReport:
    """What an export wrote: records, bytes, their SHA-256, where to (`-` for stdout), and how long it took."""

    rows: int
    bytes: int
    sha256: str
    path: str
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {"rows": self.rows, "bytes": self.bytes, "sha256": self.sha256, "path": self.path}


def export_file(
    ledger: Ledger, target: Path | BinaryIO, options: ExportOptions, context: JobContext | None = None
) -> ExportReport:
    """Write records, as they are at one moment, and return what was written.

    A file is there whole or not at all: when the export is cancelled or fails, what was at `target` stays. Raises
    `Refused` for options or a target that cannot be, `EnvironmentProblem`, and `Cancelled` or `Interrupted` when
    the job was cancelled.
    """
    started = time.monotonic()
    running = context or JobContext()
    options.check()
    wanted = options.kind.everything if options.wanted is None else options.wanted
    selection = Selection(ledger.horizon(), wanted, options.sort, options.ids)
    with sink_for(target, ledger.path) as sink:
        rows = ledger.read(
            lambda reader: _write(
                sink, options.kind.table(reader, selection), options, head(ledger, options.kind.key), running
            ),
            running.interrupt,
        )
    path = str(target.absolute()) if isinstance(target, Path) else "-"
    return ExportReport(rows, sink.size, sink.sha256, path, time.monotonic() - started)


def _write(
    sink: Sink, table: Table, options: ExportOptions, head: dict[str, Any], running: JobContext
) -> int:
    total = table.count()

    def told(done: int) -> None:
        running.progress(done, total)

    told(0)
    match options.format:
        case ExportFormat.CSV:
            return write_csv(sink, table, options, told)
        case ExportFormat.JSON:
            return write_json(sink, table, options, head, told)
        case ExportFormat.XLSX:
            return write_xlsx(sink, table, options, told)


def head(ledger: Ledger, kind: str) -> dict[str, Any]:
    """Return what a JSON file says of itself: what it has, who wrote it when, and from which ledger."""
    return {
        "format": FORMAT_VERSION,
        "app_version": __version__,
        "kind": kind,
        "exported_at": iso_instant(ledger.now()),
        "ledger": ledger.profile.name,
    }
