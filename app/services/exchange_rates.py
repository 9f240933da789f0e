"""What a user can do with exchange rates: enter and import them, and ask for one total."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.domain.exchange_rates import (
    ECB,
    OWN,
    ConvertedTotal,
    ExchangeRate,
    RateTable,
    check_rate,
    useful_pairs,
)
from app.domain.money import Money
from app.domain.problems import Problem, Refused
from app.services.changes import Command, Write, labelled
from app.services.importing.report import RowError
from app.services.jobs import JobContext
from app.services.ledger import Interrupt, Ledger, Reader
from app.storage import exchange_rates as stored

__all__ = [
    "ECB",
    "OWN",
    "RateReport",
    "count",
    "import_rates",
    "listing",
    "one_total",
    "remove",
    "remove_imported",
    "save",
    "table",
    "table_for",
]


@dataclass(frozen=True)
class RateReport:
    """What an import of rates did.

    `added`, `changed` and `same` count rates, `skipped` those in currencies that are not known (`unknown`), `failed`
    the cells that are no rate, told one by one in `errors`. `first` and `last` are the days of the file's rates and
    `currencies` what they are between.
    """

    added: int
    changed: int
    same: int
    skipped: int
    failed: int
    errors: tuple[RowError, ...]
    unknown: tuple[str, ...]
    currencies: tuple[str, ...]
    first: date | None
    last: date | None


# -- reading


def table(ledger: Ledger, interrupt: Interrupt | None = None) -> RateTable:
    """Return all rates. Where there are many, `one_total` is quicker, which reads only what it needs."""
    return ledger.read(lambda reader: RateTable(stored.stream(reader)), interrupt)


def table_for(
    reader: Reader, currencies: Collection[str], currency: str, first: date, last: date
) -> RateTable:
    """Return the rates that amounts of some days in some currencies are converted into one by."""
    wanted = useful_pairs(stored.pairs(reader), currencies, currency)
    return RateTable(stored.needed(reader, sorted(wanted), first, last))


def one_total(
    ledger: Ledger,
    amounts: Iterable[tuple[Money, date]],
    currency: str,
    interrupt: Interrupt | None = None,
) -> ConvertedTotal:
    """Return one total of amounts in several currencies, each by the rate of its day and rounded on its own.

    What has no rate is left out of the total and told in `missing`: whoever shows the figure shows that too.
    """
    listed = list(amounts)
    foreign = [(money, day) for money, day in listed if money.currency != currency]
    if not foreign:
        return RateTable([]).total(listed, currency)
    codes = {money.currency for money, _ in foreign}
    days = [day for _, day in foreign]

    def read(reader: Reader) -> RateTable:
        return table_for(reader, codes, currency, min(days), max(days))

    return ledger.read(read, interrupt).total(listed, currency)


def listing(ledger: Ledger, interrupt: Interrupt | None = None) -> list[ExchangeRate]:
    """Return every own rate, and of imported ones the latest of each pair, by pair, the latest first."""
    return ledger.read(stored.listed, interrupt)


def count(ledger: Ledger, source: str | None = None) -> int:
    """Return how many rates there are, perhaps of one source only."""
    return ledger.read(lambda reader: stored.count(reader, source))


# -- changing


def save(rate: ExchangeRate) -> Command:
    """Add an own rate, or store one that is there already (by its id); the result is its id.

    Raises `Refused` with every problem, also when it runs: a pair has one own rate a day.
    """
    ready = replace(rate, base=rate.base.strip().upper(), currency=rate.currency.strip().upper(), source=OWN)
    problems = check_rate(ready)
    if problems:
        raise Refused(problems)

    def run(write: Write) -> int:
        other = stored.find(write.connection, ready)
        if other is not None and other.id != ready.id:
            raise Refused([_twice(ready)])
        if not ready.id:
            return stored.insert(write, [stored.stored(ready)])[0]
        present = stored.get(write.connection, ready.id)
        if present is None or present.source != OWN:
            raise Refused("This rate was deleted meanwhile.")
        stored.replace(write, [(ready.id, stored.stored(ready))])
        return ready.id

    verb = "Change" if ready.id else "Add"
    return Command(f"{verb} a rate of {ready.base} in {ready.currency}", run)


def remove(chosen: Collection[int]) -> Command:
    """Delete rates; the result is how many there were."""
    wanted = list(chosen)
    return Command(
        "Delete rates",
        lambda write: stored.delete(write, wanted),
        label_of=lambda number: labelled("Delete", "exchange rate", number),
    )


def remove_imported(source: str = ECB) -> Command:
    """Delete all rates that came from a source; the result is how many there were."""
    return Command(
        "Delete imported rates",
        lambda write: stored.delete_of(write, source),
        label_of=lambda number: labelled("Delete", "exchange rate", number),
    )


# -- files


def import_rates(ledger: Ledger, path: Path, context: JobContext) -> RateReport:
    """Import a file of rates in the European Central Bank's layout or in ours, as one change that can be undone.

    What is there already stays as it is, so that importing again adds nothing. Cells that are no rate are reported
    and keep no other from being imported. Raises `UnreadableFile` (a `Refused`) and `Cancelled`.
    """
    from app.services.rate_files import read_rates

    found = read_rates(path, context.progress)
    days = found.days
    context.progress(0, None, "Storing")

    def run(write: Write) -> tuple[int, int, int]:
        return _store(write, found.rates, context)

    command = Command(
        "Import exchange rates",
        run,
        label_of=lambda result: labelled("Import", "exchange rate", result[0] + result[1]),
    )
    added, changed, same = ledger.run(command, context.interrupt).result
    return RateReport(
        added,
        changed,
        same,
        sum(found.unknown.values()),
        found.failed,
        tuple(found.errors),
        tuple(sorted(found.unknown)),
        found.currencies,
        days[0] if days else None,
        days[1] if days else None,
    )


def _store(write: Write, rows: list[stored.StoredRate], context: JobContext) -> tuple[int, int, int]:
    """Add or change rates, and return how many were added, changed and there already."""
    present = {source: stored.known(write.connection, source) for source in {row[3] for row in rows}}
    new: list[stored.StoredRate] = []
    changed: list[tuple[int, stored.StoredRate]] = []
    for row in rows:
        on, base, currency, source, rate = row
        there = present[source].get((base, currency, on))
        if there is None:
            new.append(row)
        elif _differs(there[1], rate):
            changed.append((there[0], row))
    context.check()
    if new:
        stored.insert(write, new)
    stored.replace(write, changed)
    return len(new), len(changed), len(rows) - len(new) - len(changed)


def _differs(one: str, other: str) -> bool:
    return one != other and Decimal(one) != Decimal(other)


def _twice(rate: ExchangeRate) -> Problem:
    words = f"You entered a rate of {rate.base} in {rate.currency} for {rate.on.isoformat()} already; change that one."
    return Problem("on", words, rate.on.isoformat())
