"""`list`: show records, a page at a time."""

import argparse

from app.cli.frame import Call, CommandLine, key_value, natural
from app.cli.kinds import add_kind
from app.cli.output import table
from app.services import kinds
from app.services.listing import ALL, list_records, sort_from


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_kind(parser, (kind.key for kind in kinds.exported()))
    parser.add_argument("--where", action="append", type=key_value, default=[], metavar="KEY=VALUE")
    parser.add_argument("--sort", metavar="KEY", help="ascending; --sort=-KEY for descending")
    parser.add_argument("--limit", type=natural, metavar="N", default=None)
    parser.add_argument("--offset", type=natural, metavar="N", default=0)


def _run(call: Call) -> int:
    given = call.arguments
    kind = kinds.exporting(given.kind)
    sort = sort_from(kind, given.sort) if given.sort else kind.usual_order
    limit = ALL if given.limit is None else given.limit
    with call.ledger() as ledger:
        wanted = kind.conditions(ledger, given.where)
        total, items = list_records(ledger, kind, wanted, sort, limit, given.offset)
    lines = table([tuple(_shown(item[key]) for key in kind.shown) for item in items])
    shown = f"{len(items):,} of {total:,} {kind.one if total == 1 else kind.many}"
    call.output.answer({"total": total, "items": items}, f"{lines}\n{shown}" if lines else shown)
    return 0


def _shown(value: object) -> str:
    return "" if value is None else str(value)


COMMAND = CommandLine("list", "List records.", _arguments, _run)
