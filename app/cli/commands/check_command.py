"""`check`: look for damage in the ledger, and mend what can be mended."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.cli.frame import Call, CommandLine
from app.services.check import Finding, after_salvage, damaged, find, mend, needs_salvage
from app.services.ledger import Damaged


@dataclass
class _Checked:
    """What was found at first, what is left, and what was done in words."""

    before: list[Finding]
    left: list[Finding]
    done: list[str] = field(default_factory=list)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair",
        action="store_true",
        help="mend what can be worked out again, and save what can be read of a damaged database into a new one",
    )


def _run(call: Call) -> int:
    repairing = call.arguments.repair
    checked = _check(call, repairing=repairing)
    if repairing and needs_salvage(checked.left):
        checked = _salvage(call, checked)
    # A file that is marked as unavailable is still not there: that is no mending.
    left = {(finding.what, finding.where) for finding in checked.left}
    mended = [finding for finding in checked.before if (finding.what, finding.where) not in left]
    document = {"ok": not checked.left, "findings": [_document(finding) for finding in checked.left]}
    call.output.answer(document, _words(checked, mended))
    return 1 if checked.left else 0


def _check(call: Call, *, repairing: bool) -> _Checked:
    """Look, and mend what takes no salvage."""
    try:
        with call.ledger(writing=repairing) as ledger:
            before = found = call.with_progress("Check", lambda context: find(ledger, context))
            mendable = [finding for finding in found if finding.mendable]
            if repairing and mendable and not needs_salvage(found):
                ledger.run(mend(ledger, mendable))
                found = call.with_progress("Check", lambda context: find(ledger, context))
            return _Checked(before, found)
    except Damaged as problem:
        return _Checked([damaged(problem)], [damaged(problem)])


def _salvage(call: Call, before: _Checked) -> _Checked:
    from app.services.salvage import losses, salvage, summary

    done = call.with_progress("Salvage", lambda context: salvage(call.ledger_path, context))
    with call.ledger(writing=True) as ledger:
        found = call.with_progress("Check", lambda context: find(ledger, context))
        mendable = after_salvage(found)
        if mendable:
            ledger.run(mend(ledger, mendable))
            found = call.with_progress("Check", lambda context: find(ledger, context))
    return _Checked(before.before, [*losses(done), *found], [summary(done)])


def _document(finding: Finding) -> dict[str, str]:
    return {"what": finding.what, "where": finding.where, "repair": finding.repair}


def _words(checked: _Checked, mended: Sequence[Finding]) -> str:
    lines = list(checked.done)
    lines += [f"Mended: {finding.where}: {finding.what}" for finding in mended]
    lines += [f"{finding.where}: {finding.what} {finding.repair}" for finding in checked.left]
    if not checked.left:
        lines.append(
            "Nothing is wrong with this ledger any more." if mended else "Nothing is wrong with this ledger."
        )
    return "\n".join(lines)


COMMAND = CommandLine("check", "Look for damage in the ledger.", _arguments, _run)
