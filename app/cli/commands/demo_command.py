"""`demo`: make the sample ledger."""

import argparse

from app.cli.frame import Call, CommandLine, natural
from app.services import debts, purchases
from app.services.sample import make_sample


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size", choices=("small", "large"), default="small", help="large has 100,000 purchases"
    )
    parser.add_argument("--seed", type=natural, default=1, metavar="N", help="another seed, other purchases")


def _run(call: Call) -> int:
    path, given = call.ledger_path, call.arguments
    call.with_progress(
        "Sample ledger", lambda context: make_sample(path, given.size, given.seed, context=context)
    )
    with call.ledger() as ledger:
        made = {"purchases": purchases.count(ledger), "debts": debts.count(ledger)}
    call.output.answer(
        {"ledger": str(path), "size": given.size, "seed": given.seed, **made},
        f"Made the sample ledger in {path} with {made['purchases']:,} purchases and {made['debts']:,} debts.",
    )
    return 0


COMMAND = CommandLine("demo", "Make the sample ledger.", _arguments, _run)
