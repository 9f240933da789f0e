"""`backup`: make, list, verify and restore backups."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.frame import Call, CommandLine, UsageError
from app.domain.dates import iso_instant
from app.domain.problems import Refused
from app.services import backup
from app.services.ledger import Damaged, ForeignDatabase, is_ledger, open_ledger

_LARGEST_PASSPHRASE = 10_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="create|list|verify|restore")
    create = _action(actions, "create", "back the ledger up")
    create.add_argument("to", type=Path, metavar="TO", help="a new file, or a folder of backups")
    create.add_argument("--anew", action="store_true", help="begin again where the backups have gone from TO")
    listed = _action(actions, "list", "list the backups in a folder")
    listed.add_argument("folder", type=Path, metavar="FOLDER")
    verify = _action(actions, "verify", "look whether a backup can be restored")
    restore = _action(actions, "restore", "put a backup in the place of the ledger")
    for action in (verify, restore):
        action.add_argument(
            "file", type=Path, metavar="FILE", help="a backup, or a folder for the newest one in it"
        )
    restore.add_argument("--yes", action="store_true", help="do not ask first")
    for action in (create, verify, restore):
        action.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="F",
            help="its first line is the passphrase; the key of a recovery sheet opens a backup too",
        )


def _action(actions: Any, name: str, summary: str) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(
        name, help=summary, description=summary, allow_abbrev=False
    )
    # Also behind the action; what stood in front of it stays when it is not said again.
    action.add_argument("--ledger", metavar="DIR", default=argparse.SUPPRESS, help="the ledger's folder")
    action.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document"
    )
    return action


def _run(call: Call) -> int:
    run = _ACTIONS.get(call.arguments.action)
    if run is None:
        raise UsageError("Say what to do: backup create TO, list FOLDER, verify FILE or restore FILE.")
    return run(call)


def _create(call: Call) -> int:
    given = call.arguments
    passphrase = _passphrase(given.passphrase_file)
    with call.ledger() as ledger:
        made = call.with_progress(
            "Backup", lambda context: backup.create(ledger, given.to, context, passphrase, anew=given.anew)
        )
    document = {
        "path": str(made.path),
        "created_at": iso_instant(made.created_at),
        "files": made.files,
        "bytes": made.bytes,
        "written": made.written,
        "left_out": [{"sha256": one.sha256, "why": one.why} for one in made.left_out],
    }
    call.output.answer(document, f"Backed up {made.files:,} files ({made.bytes:,} bytes) to {made.path}.")
    _note_left_out(call, len(made.left_out))
    return 1 if made.left_out else 0


def _note_left_out(call: Call, count: int) -> None:
    if count:
        attachments = "1 attachment is" if count == 1 else f"{count:,} attachments are"
        call.output.note(
            f"{attachments} missing or altered in the ledger, and so not in the backup; all else is."
        )


def _list(call: Call) -> int:
    found = backup.listing(call.arguments.folder.expanduser())
    items = [
        {
            "path": str(one.path),
            "created_at": None if one.created_at is None else iso_instant(one.created_at),
            "name": one.name,
            "files": one.files,
            "bytes": one.bytes,
            "schema": one.schema,
            "locked": one.locked,
            "problem": one.trouble or None,
        }
        for one in found
    ]
    call.output.answer(
        {"total": len(items), "items": items}, "\n".join(map(_line, found)) or "There are no backups."
    )
    return 1 if any(one.trouble for one in found) else 0


def _line(one: backup.Listed) -> str:
    if one.created_at is None:
        return f"{one.path.name}: {'locked with a passphrase' if one.locked else one.trouble}"
    return f"{one.path.name}: {one.created_at:%Y-%m-%d %H:%M} UTC, {one.files:,} files, {one.bytes:,} bytes"


def _verify(call: Call) -> int:
    given = call.arguments
    passphrase = _passphrase(given.passphrase_file)
    path = given.file.expanduser()
    found = call.with_progress("Verify", lambda context: backup.verify(path, context, passphrase))
    document = {
        "ok": found.ok,
        "files": found.files,
        "bytes": found.bytes,
        "schema": found.schema,
        "created_at": None if found.created_at is None else iso_instant(found.created_at),
        "problems": list(found.problems),
    }
    good = f"{found.path} is good: {found.files:,} files, {found.bytes:,} bytes."
    call.output.answer(document, good if found.ok else "\n".join(found.problems))
    return 0 if found.ok else 1


def _restore(call: Call) -> int:
    given = call.arguments
    passphrase = _passphrase(given.passphrase_file)
    path, ledger = given.file.expanduser(), call.ledger_path
    if not given.yes:
        _ask(call, path, passphrase)
    done = call.with_progress("Restore", lambda context: backup.restore(path, ledger, context, passphrase))
    point = None if done.restore_point is None else str(done.restore_point)
    rows = done.rows.get("purchases", 0)
    words = f"Restored {path} to {ledger}: {rows:,} purchases, {done.rows.get('debts', 0):,} debts."
    if point is not None:
        words += f" What was there before is in {point}."
    call.output.answer({"restored": done.rows, "restore_point": point}, words)
    return 0


def _ask(call: Call, path: Path, passphrase: str | None) -> None:
    """Show on stderr what a restore would do, and go on only when the user says so at a terminal."""
    call.output.note(_rehearsed(_rehearse(call, path, passphrase)))
    refusal = "Nothing was changed. Add --yes to restore."
    if not sys.stdin.isatty():
        raise Refused(refusal)
    sys.stderr.write("Restore it? Type yes: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() != "yes":
        raise Refused(refusal)


def _rehearse(call: Call, path: Path, passphrase: str | None) -> backup.Rehearsal:
    def compare(ledger: Any) -> backup.Rehearsal:
        return call.with_progress(
            "Compare", lambda context: backup.rehearse(path, ledger, context, passphrase)
        )

    if not is_ledger(call.ledger_path):
        return compare(None)
    try:
        ledger = open_ledger(call.ledger_path, read_only=True)
    except (Damaged, ForeignDatabase):
        return compare(None)
    try:
        return compare(ledger)
    finally:
        ledger.close()


def _rehearsed(found: backup.Rehearsal) -> str:
    lines = [f"{found.path} was made at {found.created_at:%Y-%m-%d %H:%M} UTC. Restoring it would change:"]
    for table in found.tables:
        if not table.is_same:
            lines.append(
                f"  {table.table}: {table.now:,} now, {table.after:,} after; {table.removed:,} removed, "
                f"{table.comes_back:,} come back, {table.changed:,} changed"
            )
            for word, names in (
                ("removed", table.removed_names),
                ("comes back", table.comes_back_names),
                ("changed", table.changed_names),
            ):
                lines += [f"    {word}: {name}" for name in names]
    return "\n".join(lines if len(lines) > 1 else [f"{lines[0]} nothing."])


def _passphrase(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        with file.expanduser().open(encoding="utf-8") as opened:
            found = opened.readline(_LARGEST_PASSPHRASE).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"The passphrase file {file} cannot be read. Check its name and its permissions."
        ) from error
    if not found:
        raise Refused(f"The first line of {file} is empty. Write the passphrase there.")
    return found


_ACTIONS: dict[str, Callable[[Call], int]] = {
    "create": _create,
    "list": _list,
    "verify": _verify,
    "restore": _restore,
}

COMMAND = CommandLine("backup", "Make, list, verify and restore backups.", _arguments, _run)
