"""`plan`: payoff plans of the ledger's debts, or of those in a file."""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.cli.frame import Call, CommandLine, UsageError
from app.cli.plans import Answer, document, words
from app.domain.dates import EARLIEST, LATEST, is_plausible
from app.domain.debts.engine import BudgetTooLow
from app.domain.debts.plan import Conventions, OneOff, PlanDebt, PlanInput, Rounding
from app.domain.debts.search import best
from app.domain.debts.strategies import BEST, MINIMUMS, STRATEGIES, compare
from app.domain.money import CURRENCIES, MoneyError, UnknownCurrency, to_minor
from app.domain.months import Month
from app.domain.problems import Refused
from app.domain.text import name_key
from app.services import plans
from app.services.debt_files import read_debts
from app.services.ledger import Ledger

FILE_CURRENCY = "USD"
"""The currency of a file of debts when none is named: one with two decimals, like most."""
KEYS = (*STRATEGIES, BEST)
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")


@dataclass(frozen=True)
class AskedOneOff:
    """A one-off payment as the words of the command tell it."""

    month: Month
    amount: Decimal
    debt: str


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--debts", type=Path, metavar="FILE.json", help="the debts; otherwise those of the ledger"
    )
    parser.add_argument(
        "--currency",
        type=str.upper,
        metavar="C",
        help=f"of the amounts in FILE, otherwise {FILE_CURRENCY}; or which of the ledger's debts",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--strategy",
        nargs="+",
        action="extend",
        choices=KEYS,
        metavar="S",
        help=f"one or several of {', '.join(KEYS)}; otherwise {plans.DEFAULT_STRATEGY}",
    )
    which.add_argument("--all", action="store_true", help="every strategy")
    money = parser.add_mutually_exclusive_group()
    money.add_argument(
        "--extra",
        type=amount,
        metavar="A",
        help="paid each month beyond the minimums; without this and B, what the profile's monthly debt budget leaves",
    )
    money.add_argument("--budget", type=amount, metavar="B", help="paid each month in all")
    parser.add_argument(
        "--start", type=month, metavar="YYYY-MM", help="the first month, otherwise the coming one"
    )
    parser.add_argument(
        "--rounding",
        choices=[rounding.value for rounding in Rounding],
        default=Rounding.HALF_UP.value,
        metavar="half-up|half-even|none",
        help="of fractions of the smallest unit",
    )
    parser.add_argument(
        "--no-rollover", action="store_true", help="do not pass on what a paid-off debt sets free"
    )
    parser.add_argument(
        "--one-off",
        nargs="+",
        action="extend",
        type=one_off,
        default=[],
        metavar="YYYY-MM=A[:DEBT]",
        help="paid once on top, to DEBT or else by the strategy",
    )
    parser.add_argument("--schedule", action="store_true", help="show every month of every debt")


def amount(text: str) -> Decimal:
    """Read an amount of 0 or more. Raises `argparse.ArgumentTypeError` with a sentence."""
    if not _AMOUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not an amount of 0 or more; write it as 250.00")
    return Decimal(text)


def month(text: str) -> Month:
    """Read a month. Raises `argparse.ArgumentTypeError` with a sentence."""
    try:
        found = Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a month; write it as 2026-03") from None
    if not is_plausible(found.first_day):
        raise argparse.ArgumentTypeError(
            f"“{text}” lies too far away; use a month between {EARLIEST.year} and {LATEST.year}"
        )
    return found


def one_off(text: str) -> AskedOneOff:
    """Read a one-off payment. Raises `argparse.ArgumentTypeError` with a sentence."""
    when, mark, what = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(
            f"“{text[:40]}” is not a one-off payment; write it as 2026-03=500 or 2026-03=500:DEBT"
        )
    how_much, colon, debt = what.partition(":")
    if colon and not debt.strip():
        raise argparse.ArgumentTypeError(
            f"“{text[:40]}” names no debt behind its colon; name one, or leave it out"
        )
    return AskedOneOff(month(when), amount(how_much), debt.strip())


def _run(call: Call) -> int:
    given = call.arguments
    if given.currency is not None and given.currency not in CURRENCIES:
        raise Refused(str(UnknownCurrency(given.currency)))
    if given.debts is not None:
        inputs = [_of_file(given)]
    else:
        with call.ledger() as ledger:
            inputs = list(_of_ledger(given, ledger))
    chosen = list(KEYS) if given.all else list(dict.fromkeys(given.strategy or [plans.DEFAULT_STRATEGY]))
    answers = [answer for currency, each in inputs for answer in _answers(call, currency, each, chosen)]
    with_schedule = given.schedule
    call.output.answer(
        [document(answer, with_schedule=with_schedule) for answer in answers],
        "" if call.output.as_json else words(answers, with_schedule=with_schedule),
    )
    return 1 if any(answer.plan.months is None for answer in answers) else 0


def _of_file(given: argparse.Namespace) -> tuple[str, PlanInput]:
    currency = given.currency or FILE_CURRENCY
    debts = read_debts(given.debts.expanduser(), currency)
    # A plan for the coming month: of the machine's day, as there is no ledger that has a timezone.
    start = given.start or Month.of(date.today()).plus(1)  # noqa: DTZ011
    plan = PlanInput(
        debts,
        start,
        _minor(given.extra, currency) or 0,
        _minor(given.budget, currency),
        conventions=_conventions(given),
    )
    return currency, replace(plan, one_offs=_one_offs(given.one_off, debts, start, currency))


def _of_ledger(given: argparse.Namespace, ledger: Ledger) -> Iterator[tuple[str, PlanInput]]:
    """Give what is planned from, one for each currency that something is owed in."""
    owed = plans.currencies(ledger)
    if given.currency is not None and owed:
        if given.currency not in owed:
            raise Refused(f"Nothing is owed in {given.currency}; there are debts in {', '.join(owed)}.")
        owed = [given.currency]
    has_amounts = given.extra is not None or given.budget is not None or given.one_off
    if has_amounts and len(owed) > 1:
        raise UsageError(f"There are debts in {', '.join(owed)}; say with --currency which ones are meant.")
    for currency in owed:
        plan = plans.todays_input(
            ledger,
            currency,
            extra=_minor(given.extra, currency),
            budget=_minor(given.budget, currency),
            start=given.start,
            conventions=_conventions(given),
        )
        yield currency, replace(plan, one_offs=_one_offs(given.one_off, plan.debts, plan.start, currency))


def _conventions(given: argparse.Namespace) -> Conventions:
    return Conventions(rounding=Rounding(given.rounding), rollover=not given.no_rollover)


def _minor(value: Decimal | None, currency: str) -> int | None:
    if value is None:
        return None
    try:
        return to_minor(value, currency)
    except MoneyError as error:
        raise Refused(f"{value}: {error}") from error


def _one_offs(
    asked: Sequence[AskedOneOff], debts: Sequence[PlanDebt], start: Month, currency: str
) -> tuple[OneOff, ...]:
    made = []
    for one in asked:
        if one.month < start:
            raise Refused(
                f"The one-off payment in {one.month} lies before the plan, which starts in {start}."
            )
        debt = _identity(one.debt, debts) if one.debt else None
        made.append(OneOff(one.month, _minor(one.amount, currency) or 0, debt))
    return tuple(made)


def _identity(named: str, debts: Sequence[PlanDebt]) -> str:
    """Return what a plan knows a debt by, from its name or that. Raises `Refused`."""
    found = {
        debt.identity for debt in debts if named == debt.identity or name_key(named) == name_key(debt.name)
    }
    if len(found) > 1:
        raise Refused(f"{len(found)} debts are called “{named}”; rename all but one of them.")
    if not found:
        known = ", ".join(f"“{debt.name}”" for debt in debts) or "none"
        raise Refused(f"No debt is called “{named[:40]}”; the plan has {known}.")
    return found.pop()


def _answers(call: Call, currency: str, given: PlanInput, chosen: Sequence[str]) -> Iterator[Answer]:
    """Give the plan of each strategy, in the order asked for. Raises `Refused`."""
    try:
        others = iter(compare(given, [key for key in chosen if key != BEST]))
        baseline = compare(given, [MINIMUMS])[0]
        for key in chosen:
            if key == BEST:
                found = call.with_progress(
                    "Best plan", lambda context: best(given, context.progress, context.check)
                )
                yield Answer(currency, found.plan, baseline, found)
            else:
                yield Answer(currency, next(others), baseline)
    except BudgetTooLow as error:
        raise Refused(error.in_words(currency)) from error


COMMAND = CommandLine("plan", "Show payoff plans of debts.", _arguments, _run)
