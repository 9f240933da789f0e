"""Files of exchange rates: the two layouts of the European Central Bank, and our own.

`eurofxref.csv` and `eurofxref-hist.csv` have a row a day and a column a currency, each cell telling what one euro is
worth: `Date, USD, JPY, …`, blanks around the cells, a comma at the end, N/A where there was no rate. Our own has a row
a rate: `Date,Base,Currency,Rate,Source`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from app.domain.dates import EARLIEST, LATEST
from app.domain.exchange_rates import ECB, ExchangeRate, check_rate, check_source
from app.domain.parsing import NotUnderstood, parse_date
from app.services.importing.bank_rates import EURO, NO_RATE, currency_columns, has_bank_layout
from app.services.importing.readers import Source, UnreadableFile, open_table
from app.services.importing.report import MOST_LISTED, RowError, clipped
from app.storage.exchange_rates import StoredRate, stored

HEADERS = ("Date", "Base", "Currency", "Rate", "Source")
"""The columns of our own layout."""

_RATE = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,10})?")
_NOT_ZERO = re.compile("[1-9]")
_BETWEEN_LOOKS = 50

Told = Callable[[int, int], None]
"""Hears how many bytes of how many were read, and may raise to stop the reading."""


@dataclass
class RateFile:
    """What a file of rates holds.

    `rates` are as they are stored, each of another pair, source and day. `unknown` counts the rates in currencies
    that are not known, such as those that the euro replaced; `errors` tell of each cell that is no rate, and
    `failed` how many they are.
    """

    rates: list[StoredRate] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    failed: int = 0

    def fail(self, line: int, column: str, value: object, reason: str) -> None:
        """Tell of a cell that is left out."""
        self.failed += 1
        if len(self.errors) < MOST_LISTED:
            self.errors.append(RowError(line, column, clipped(str(value)), reason))

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that there is a rate of, None without rates."""
        found = [row[0] for row in self.rates]
        return (date.fromisoformat(min(found)), date.fromisoformat(max(found))) if found else None

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that the rates are between, in order."""
        return tuple(sorted({code for row in self.rates for code in row[1:3]}))


def is_rates(path: Path) -> bool:
    """Tell by its first line whether a file is one of rates; False also for what cannot be read."""
    try:
        with path.open("rb") as file:
            line = file.readline(4096).decode("utf-8-sig", "replace")
    except OSError:
        return False
    headers = [cell.strip().strip('"') for cell in line.split(",")]
    return has_bank_layout(headers) or _has_own_layout(headers)


def read_rates(path: Path, told: Told) -> RateFile:
    """Read a file of rates. Raises `UnreadableFile`, whose text is one sentence; single cells never do."""
    source = open_table(path)
    if _has_own_layout(source.headers):
        return _read(source, _OwnRows(source.headers), told)
    if has_bank_layout(source.headers):
        return _read(source, _EcbRows(source.headers), told)
    raise UnreadableFile(
        f"{path.name} has no exchange rates: its first line should begin “Date, USD, …” as in the European Central"
        f" Bank's files, or be “{','.join(HEADERS)}”."
    )


def _has_own_layout(headers: Sequence[str]) -> bool:
    return {name.casefold() for name in HEADERS[:-1]} <= {header.casefold() for header in headers}


def _read(source: Source, rows: "_EcbRows | _OwnRows", told: Told) -> RateFile:
    found = RateFile()
    for number, row in enumerate(source.rows()):
        if number % _BETWEEN_LOOKS == 0:
            told(source.position, source.size)
        if row.problem:
            found.fail(row.line, "", ", ".join(map(str, row.cells)), row.problem)
        else:
            rows.take(found, row.line, [str(cell).strip() for cell in row.cells])
    told(source.size, source.size)
    return found


class _EcbRows:
    """Takes rows with a day and what one euro was worth on it."""

    def __init__(self, headers: Sequence[str]) -> None:
        self._columns = list(currency_columns(headers))
        self._lines: dict[date, int] = {}

    def take(self, found: RateFile, line: int, cells: Sequence[str]) -> None:
        """Take the rates of a day."""
        day = _day(found, line, cells[0])
        if day is None:
            return
        if day in self._lines:
            found.fail(
                line,
                "Date",
                cells[0],
                f"Line {self._lines[day]} has rates of this day; delete one of the two.",
            )
            return
        self._lines[day] = line
        on = day.isoformat()
        for at, code, is_known in self._columns:
            cell = cells[at]
            if cell in NO_RATE:
                continue
            if not is_known:
                found.unknown[code] = found.unknown.get(code, 0) + 1
            elif _RATE.fullmatch(cell) and _NOT_ZERO.search(cell):
                found.rates.append((on, EURO, code, ECB, cell))
            else:
                found.fail(
                    line, code, cell, "This is no rate; write one with a point such as 1.0823, or N/A."
                )


class _OwnRows:
    """Takes rows of one rate each."""

    def __init__(self, headers: Sequence[str]) -> None:
        places = {header.casefold(): at for at, header in enumerate(headers)}
        self._at = [places.get(name.casefold()) for name in HEADERS]
        self._lines: dict[tuple[str, ...], int] = {}

    def take(self, found: RateFile, line: int, cells: Sequence[str]) -> None:
        """Take one rate."""
        on, base, currency, rate, source = ("" if at is None else cells[at] for at in self._at)
        day = _day(found, line, on)
        if day is None:
            return
        try:
            amount = Decimal(rate) if rate.isascii() and "_" not in rate else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        for problem in check_source(source):
            found.fail(line, "Source", source, problem.reason)
            return
        wanted = ExchangeRate(day, base.upper(), currency.upper(), amount, source)
        for problem in check_rate(wanted)[:1]:
            column = {"base": "Base", "currency": "Currency", "rate": "Rate"}.get(problem.field, "Date")
            value = {"Base": base, "Currency": currency, "Rate": rate}.get(column, on)
            found.fail(line, column, value, problem.reason)
            return
        row = stored(wanted)
        earlier = self._lines.setdefault(row[:4], line)
        if earlier != line:
            found.fail(line, "Date", on, f"Line {earlier} has a rate of this day; delete one of the two.")
            return
        found.rates.append(row)


def _day(found: RateFile, line: int, text: str) -> date | None:
    try:
        day = parse_date(text)
    except NotUnderstood as problem:
        found.fail(line, "Date", text, str(problem))
        return None
    if not EARLIEST <= day <= LATEST:
        found.fail(line, "Date", text, f"Enter a day between {EARLIEST.year} and {LATEST.year}.")
        return None
    return day
