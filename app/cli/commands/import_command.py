"""`import`: bring records in from a file."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.commands.new_command import profile_from
from app.cli.frame import Call, CommandLine
from app.cli.kinds import add_kind
from app.domain.problems import Refused
from app.services import kinds
from app.services.importing.kind import ImportKind
from app.services.importing.mapping import Mapping
from app.services.importing.plan import DUPLICATES, ImportOptions, check_plan, make_plan
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.ledger import Ledger, create_ledger, is_ledger, open_ledger

_LISTED = 20


def _arguments(parser: argparse.ArgumentParser) -> None:
    known = kinds.imported()
    add_kind(parser, (kind.key for kind in known))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--preset",
        default="",
        metavar="P",
        help=f"whose file it is: {', '.join(dict.fromkeys(preset.id for kind in known for preset in kind.presets))}",
    )
    parser.add_argument("--map", type=Path, metavar="MAP.json", help="which column is which field")
    parser.add_argument("--currency", default="", metavar="C", help="of rows that name none")
    parser.add_argument(
        "--duplicates", choices=DUPLICATES, default="skip", help="what to do with known records"
    )
    parser.add_argument(
        "--all-or-nothing", action="store_true", help="keep nothing when a row cannot be imported"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")


def _run(call: Call) -> int:
    given = call.arguments
    path: Path = given.file.expanduser()
    kind = kinds.importing(given.kind)
    options = ImportOptions(
        kind,
        preset=given.preset,
        mapping=None if given.map is None else _mapping(given.map.expanduser(), kind),
        currency=given.currency.upper(),
        duplicates=given.duplicates,
        all_or_nothing=given.all_or_nothing,
        dry_run=given.dry_run,
    )
    # Before a ledger is made for a file that cannot be imported.
    check_plan(make_plan(path, options))
    with _ledger(call, rehearsal=given.dry_run) as ledger:
        report = call.with_progress("Import", lambda context: import_file(ledger, path, options, context))
    call.output.answer(report.to_json(), _words(report))
    return 1 if report.failed else 0


@contextmanager
def _ledger(call: Call, *, rehearsal: bool) -> Iterator[Ledger]:
    """Open the ledger, which is made first if it is not there; for a rehearsal in a place that is thrown away."""
    if is_ledger(call.ledger_path):
        with call.ledger(writing=True) as ledger:
            yield ledger
        return
    with TemporaryDirectory(prefix="counterfoil-") as elsewhere:
        place = Path(elsewhere) / "ledger" if rehearsal else call.ledger_path
        create_ledger(place, profile_from())
        ledger = open_ledger(place)
        try:
            yield ledger
        finally:
            ledger.close()


def _mapping(path: Path, kind: ImportKind) -> Mapping:
    try:
        return Mapping.from_json(json.loads(path.read_text(encoding="utf-8")), kind.target_of)
    except OSError as error:
        raise Refused(f"The map {path} cannot be read: {error.strerror}. Check its name.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(
            f'The map {path} is not JSON; write one such as {{"columns": {{"name": "Item"}}}}.'
        ) from error


def _words(report: ImportReport) -> str:
    verb = "Would be " if report.rehearsed else ""
    counts = (
        f"{verb}created {report.created:,}, updated {report.updated:,}, "
        f"skipped {report.skipped:,}, failed {report.failed:,}."
    )
    lines = [counts[0].upper() + counts[1:]]
    if report.rolled_back and not report.rehearsed:
        lines.append("Nothing was kept, as not every row could be imported.")
    lines += [
        f"{report.row_word} {error.line}: {error.column}: {error.reason}" for error in report.errors[:_LISTED]
    ]
    if len(report.errors) > _LISTED:
        lines.append(f"… and {len(report.errors) - _LISTED:,} more; --json lists them.")
    return "\n".join([*lines, *report.warnings])


COMMAND = CommandLine("import", "Bring records in from a file.", _arguments, _run)
