"""`export`: write records to a file or to stdout."""

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

from app.cli.frame import Call, CommandLine, UsageError, day, key_value
from app.cli.kinds import add_kind
from app.services import kinds
from app.services.exporting import ExportFormat, ExportOptions, ExportReport, export_file, format_of
from app.services.exporting.schedule import KIND as SCHEDULE
from app.services.exporting.schedule import ScheduleOptions, export_schedule
from app.services.exporting.schedule_choice import chosen_plan

STDOUT = "-"
Target = Path | BinaryIO
Written = tuple[ExportReport, str, str]
"""What was written, and what one row and several are called."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_kind(parser, (*(kind.key for kind in kinds.exported()), SCHEDULE))
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
    target: Target = sys.stdout.buffer if to_stdout else Path(given.file).expanduser()
    written = _format(given.format, given.file)
    write = _schedule if given.kind == SCHEDULE else _records
    report, one, many = write(call, target, written)
    if not to_stdout:
        counted = f"{report.rows:,} {one if report.rows == 1 else many}"
        words = f"Wrote {counted} ({report.bytes:,} bytes) to {report.path}."
        call.output.answer(report.to_json(), words)
    return 0


def _records(call: Call, target: Target, written: ExportFormat) -> Written:
    given = call.arguments
    kind = kinds.exporting(given.kind)
    if kind.between is None and (given.first or given.last):
        raise UsageError(f"The {kind.many} have no day; leave out --from and --to.")
    with call.ledger() as ledger:
        wanted = kind.conditions(ledger, given.where)
        if kind.between is not None:
            wanted = kind.between(wanted, given.first, given.last)
        options = ExportOptions(kind, written, wanted, bom=isinstance(target, Path), pretty=given.pretty)
        report = call.with_progress("Export", lambda context: export_file(ledger, target, options, context))
    return report, kind.one, kind.many


def _schedule(call: Call, target: Target, written: ExportFormat) -> Written:
    given = call.arguments
    if given.first or given.last:
        raise UsageError("A schedule begins with its plan; leave out --from and --to.")
    with call.ledger() as ledger:
        chosen = call.with_progress("Plan", lambda context: chosen_plan(ledger, given.where, context))
        options = ScheduleOptions(written, chosen.live, bom=isinstance(target, Path), pretty=given.pretty)
        report = call.with_progress(
            "Export",
            lambda context: export_schedule(ledger, chosen.plan, chosen.currency, target, options, context),
        )
    return report, "row", "rows"


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
