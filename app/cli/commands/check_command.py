"""`check`: look for damage in the ledger, and mend what can be mended."""

import argparse

from app.cli.frame import Call, CommandLine
from app.services.check import Finding, find, mend


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="mend what can be worked out again")


def _run(call: Call) -> int:
    with call.ledger(writing=call.arguments.repair) as ledger:
        before = found = call.with_progress("Check", lambda context: find(ledger, context))
        if call.arguments.repair and any(finding.mendable for finding in found):
            ledger.run(mend(ledger, found))
            found = call.with_progress("Check", lambda context: find(ledger, context))
    # A file that is marked as unavailable is still not there: that is no mending.
    left = {(finding.what, finding.where) for finding in found}
    mended = [finding for finding in before if (finding.what, finding.where) not in left]
    document = {"ok": not found, "findings": [_document(finding) for finding in found]}
    call.output.answer(document, _words(found, mended))
    return 1 if found else 0


def _document(finding: Finding) -> dict[str, str]:
    return {"what": finding.what, "where": finding.where, "repair": finding.repair}


def _words(found: list[Finding], mended: list[Finding]) -> str:
    lines = [f"Mended: {finding.where}: {finding.what}" for finding in mended]
    lines += [f"{finding.where}: {finding.what} {finding.repair}" for finding in found]
    if not found:
        lines.append(
            "Nothing is wrong with this ledger any more." if mended else "Nothing is wrong with this ledger."
        )
    return "\n".join(lines)


COMMAND = CommandLine("check", "Look for damage in the ledger.", _arguments, _run)
