"""`due`: warranty ends, return-by dates, payment days and promotional rates that end, as a list or for a calendar."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from app.cli.frame import Call, CommandLine, UsageError, natural
from app.domain.due import DueFilter, DueItem
from app.domain.money import Money, plain
from app.services.due import DEFAULT_DAYS, FOR_EVER, TITLES, listing
from app.services.exporting.calendar import export_calendar

STDOUT = "-"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--days",
        type=natural,
        default=DEFAULT_DAYS,
        metavar="N",
        help=f"list today and so many days after it; otherwise {DEFAULT_DAYS}",
    )
    parser.add_argument(
        "--ics",
        metavar="FILE",
        help="also write the dates to FILE, for any calendar; - is stdout, and only that",
    )


def _run(call: Call) -> int:
    given = call.arguments
    to_stdout = given.ics == STDOUT
    if to_stdout and call.output.as_json:
        raise UsageError("--json and --ics - would both write to stdout; name a file.")
    with call.ledger() as ledger:
        today = ledger.today()
        wanted = DueFilter(given.days)
        items = call.with_progress("Due", lambda context: listing(ledger, wanted, today, context.interrupt))
        report = None
        if given.ics is not None:
            target: Path | BinaryIO = sys.stdout.buffer if to_stdout else Path(given.ics).expanduser()
            report = call.with_progress(
                "Calendar", lambda context: export_calendar(ledger, items, target, context=context)
            )
    if to_stdout:
        return 0
    document: dict[str, Any] = {"due": [_document(item, today) for item in items]}
    lines = [_words(items, today, given.days)]
    if report is not None:
        document["ics"] = report.to_json()
        counted = f"{report.rows:,} {'date' if report.rows == 1 else 'dates'}"
        lines.append(f"Wrote {counted} ({report.bytes:,} bytes) to {report.path}.")
    call.output.answer(document, "\n\n".join(lines))
    return 0


def _document(item: DueItem, today: date) -> dict[str, Any]:
    """Return an item as a JSON object; `record` and `uuid` say whose day it is, `rate` is per cent a year.

    `days` is negative for a payment that was not recorded; `snoozed_until` is a day, or "never" to be told of again.
    """
    return {
        "kind": item.kind.value,
        "on": item.on.isoformat(),
        "days": item.days_from(today),
        "snoozed_until": _until(item.snoozed_until),
        "title": item.title,
        "with": item.party,
        "warranty": item.warranty_kind or None,
        "amount": None if item.amount is None else plain(item.amount, item.currency),
        "currency": item.currency,
        "rate": None if item.rate is None else str(item.rate),
        "record": item.record.value,
        "uuid": str(item.uuid),
    }


def _words(items: Sequence[DueItem], today: date, days: int) -> str:
    if not items:
        return "Nothing is due today." if days == 0 else f"Nothing is due within {_days(days)}."
    rows = [
        (
            item.on.isoformat(),
            _when(item.days_from(today)),
            TITLES[item.kind],
            "" if item.amount is None else str(Money(item.amount, item.currency)),
            f"{item.title} ({item.party})" if item.party else item.title,
        )
        for item in items
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    # The name comes last: how wide it is on a terminal is not known in every script.
    return "\n".join(
        f"{on}  {when:<{widths[1]}}  {kind:<{widths[2]}}  {amount:>{widths[3]}}  {name}"
        for on, when, kind, amount, name in rows
    )


def _until(day: date | None) -> str | None:
    if day is None:
        return None
    return "never" if day == FOR_EVER else day.isoformat()


def _when(days: int) -> str:
    if days < 0:
        return f"{_days(-days)} ago"
    return "today" if days == 0 else f"in {_days(days)}"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


COMMAND = CommandLine("due", "Show what is due.", _arguments, _run)
