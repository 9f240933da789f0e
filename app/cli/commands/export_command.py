"""`export`: write records to a file or to stdout."""

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

from app.cli.frame import Call, CommandLine, UsageError, day, key_value
from app.cli.kinds import add_kind
from app.services import kinds
from app.services.exporting import ExportFormat, ExportOptions, ExportReport, export_file, format_of

STDOUT = "-"


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_kind(parser, (kind.key for kind in kinds.exported()))
    parser.add_argument("file", metavar="FILE", help="where to; - is stdout")
    parser.add_argument(
        "--format", choices=[known.value for known in ExportFormat], help="otherwise FILE's ending"
    )
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="of this day or later")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="of this day or earlier")
    parser.add_argument("--where", action="append", type=key_value, default=[], metavar="KEY=VALUE")
    parser.add_argument("--pretty", action="store_true", help="indent JSON")


def _run(call: Call) -> int:
    given = call.arguments
    to_stdout = given.file == STDOUT
    if to_stdout and call.output.as_json:
        raise UsageError("--json and FILE - would both write to stdout; name a file.")
    target: Path | BinaryIO = sys.stdout.buffer if to_stdout else Path(given.file).expanduser()
    kind = kinds.exporting(given.kind)
    if kind.between is None and (given.first or given.last):
        raise UsageError(f"The {kind.many} have no day; leave out --from and --to.")
    written = _format(given.format, given.file)
    with call.ledger() as ledger:
        wanted = kind.conditions(ledger, given.where)
        if kind.between is not None:
            wanted = kind.between(wanted, given.first, given.last)
        options = ExportOptions(kind, written, wanted, bom=not to_stdout, pretty=given.pretty)
        report: ExportReport = call.with_progress(
            "Export", lambda context: export_file(ledger, target, options, context)
        )
    if not to_stdout:
        counted = f"{report.rows:,} {kind.one if report.rows == 1 else kind.many}"
        words = f"Wrote {counted} ({report.bytes:,} bytes) to {report.path}."
        call.output.answer(report.to_json(), words)
    return 0


def _format(named: str | None, file: str) -> ExportFormat:
    if named is not None:
        return ExportFormat(named)
    if file == STDOUT:
        return ExportFormat.CSV
    found = format_of(file)
    if found is None:
        known = ", ".join(format.value for format in ExportFormat)
        raise UsageError(f"The ending of {file} names no format; add --format with one of {known}.")
    return found


COMMAND = CommandLine("export", "Write records to a file.", _arguments, _run)
