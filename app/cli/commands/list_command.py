"""`list`: show records, a page at a time."""

import argparse

from app.cli.frame import Call, CommandLine, key_value, natural
from app.cli.kinds import add_kind
from app.cli.output import table
from app.domain.purchases import SortBy
from app.services.filtering import where_filter
from app.services.listing import ALL, list_purchases, sort_from

_SHOWN = ("name", "purchased_on", "retailer", "status", "price", "currency")


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_kind(parser)
    parser.add_argument("--where", action="append", type=key_value, default=[], metavar="KEY=VALUE")
    parser.add_argument(
        "--sort", metavar="KEY", help="ascending; --sort=-KEY for descending; newest first otherwise"
    )
    parser.add_argument("--limit", type=natural, metavar="N", default=None)
    parser.add_argument("--offset", type=natural, metavar="N", default=0)


def _run(call: Call) -> int:
    given = call.arguments
    sort = sort_from(given.sort) if given.sort else SortBy()
    limit = ALL if given.limit is None else given.limit
    with call.ledger() as ledger:
        wanted = where_filter(ledger, given.where)
        total, items = list_purchases(ledger, wanted, sort, limit, given.offset)
    lines = table([tuple(str(item[key]) for key in _SHOWN) for item in items])
    shown = f"{len(items):,} of {total:,} purchases"
    call.output.answer({"total": total, "items": items}, f"{lines}\n{shown}" if lines else shown)
    return 0


COMMAND = CommandLine("list", "List records.", _arguments, _run)
