"""Exchange rates that the user entered or imported, and amounts converted by them.

Nothing is converted unless the user asks for one total, and what was converted says by which rates.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from app.domain.dates import EARLIEST, LATEST
from app.domain.money import CURRENCIES, MAX_MINOR, Money
from app.domain.problems import Problem

MOST_DIGITS = 10
"""How many digits a rate may have before its point, and how many after it."""

OWN, ECB = "", "ECB"
"""The sources of rates: entered by the user, or the European Central Bank's reference rates."""

_SOURCE = re.compile("[A-Za-z0-9 ]{0,40}")


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One `base` is worth `rate` of `currency` on a day, and until a later rate of the two is known."""

    on: date
    base: str
    currency: str
    rate: Decimal
    source: str = OWN
    id: int = 0


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, and the rate that was used: one unit of the former for `rate` of the new one.

    `on` is the day of the rate; of two that were multiplied, the day of the one further from the day asked for.
    """

    money: Money
    rate: Fraction
    on: date


@dataclass(frozen=True, slots=True)
class ConvertedTotal:
    """One total of amounts in several currencies, and what its reader has to know.

    `total` leaves out what is in `missing`, the totals that could not be converted. `converted` are the currencies
    that were, `first` and `last` the days of the oldest and the newest rate used; None where none was. `early` is how
    many amounts are older than every rate, and were converted by the first one after their day.
    """

    total: Money
    converted: tuple[str, ...] = ()
    missing: tuple[Money, ...] = ()
    first: date | None = None
    last: date | None = None
    early: int = 0


def check_rate(rate: ExchangeRate) -> list[Problem]:
    """Return what keeps a rate from being saved."""
    problems = [
        Problem(key, "Enter a currency code such as EUR.", code)
        for key, code in (("base", rate.base), ("currency", rate.currency))
        if code not in CURRENCIES
    ]
    if rate.base == rate.currency:
        problems.append(Problem("currency", "Choose two different currencies."))
    if not rate.rate.is_finite() or rate.rate <= 0:
        problems.append(Problem("rate", "Enter a rate greater than 0, such as 1.0823."))
    elif rate.rate.adjusted() >= MOST_DIGITS or _decimals(rate.rate) > MOST_DIGITS:
        problems.append(
            Problem("rate", f"Enter a rate with at most {MOST_DIGITS} digits on each side of the point.")
        )
    if not EARLIEST <= rate.on <= LATEST:
        problems.append(Problem("on", f"Enter a day between {EARLIEST.year} and {LATEST.year}."))
    return problems


def check_source(source: str) -> list[Problem]:
    """Return what is wrong with the name of a source that a file gives; "" stands for what the user entered."""
    if _SOURCE.fullmatch(source):
        return []
    return [Problem("source", "Name the source in at most 40 letters and digits, such as ECB.", source)]


def _decimals(rate: Decimal) -> int:
    # Not `normalize`, which rounds what is longer than the context's precision.
    _sign, digits, exponent = rate.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -exponent - zeros) if isinstance(exponent, int) else 0


class Quote(NamedTuple):
    """What one unit is worth, exactly, by a rate of a day; `own` where the user entered it."""

    rate: Fraction
    on: date
    own: bool = False


@dataclass
class _Course:
    """The rates of one pair, by day."""

    days: list[date] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    def on(self, day: date) -> Quote:
        """Return the rate of a day: the last one up to it, or the first there is for an earlier day."""
        return self.quotes[max(bisect_right(self.days, day) - 1, 0)]


class RateTable:
    """Rates by pair and day. Converts directly, the other way round, or through one third currency.

    Of all ways the one with the latest rate up to the day counts; where two are of one day, the user's own, then the
    more direct. Before the first rate of a pair, that first one has to do: a total with it says so (`early`), since
    leaving such purchases out would be further from the truth than a rate that is shown with its day.
    """

    def __init__(self, rates: Iterable[ExchangeRate]) -> None:
        self._courses: dict[tuple[str, str], _Course] = {}
        chosen: dict[tuple[str, str, date], ExchangeRate] = {}
        for rate in rates:
            key = (rate.base, rate.currency, rate.on)
            if key not in chosen or rate.source == OWN:
                chosen[key] = rate
        for base, currency, day in sorted(chosen):
            rate = chosen[base, currency, day]
            course = self._courses.setdefault((base, currency), _Course())
            course.days.append(day)
            course.quotes.append(Quote(Fraction(rate.rate), day, rate.source == OWN))
        self._neighbours: dict[str, set[str]] = {}
        for base, currency in self._courses:
            self._neighbours.setdefault(base, set()).add(currency)
            self._neighbours.setdefault(currency, set()).add(base)
        self._found: dict[tuple[str, str, date], Quote | None] = {}

    def rate(self, base: str, currency: str, day: date) -> Quote | None:
        """Return what one `base` is worth on a day, None where no rate leads from one currency to the other."""
        key = (base, currency, day)
        if key not in self._found:
            self._found[key] = self._best(base, currency, day)
        return self._found[key]

    def convert(self, money: Money, currency: str, day: date) -> Converted | None:
        """Return an amount in another currency by the rate of a day, rounded half up, once.

        None without a rate, or where the amount would be larger than any that is kept.
        """
        quote = self.rate(money.currency, currency, day)
        if quote is None:
            return None
        minor = _times(money.minor, quote.rate, CURRENCIES[currency] - CURRENCIES[money.currency])
        return None if abs(minor) > MAX_MINOR else Converted(Money(minor, currency), quote.rate, quote.on)

    def total(self, amounts: Iterable[tuple[Money, date]], currency: str) -> ConvertedTotal:
        """Add up amounts in one currency, each by the rate of its day and rounded on its own."""
        tally = Tally(self, currency)
        total = 0
        for money, day in amounts:
            total += tally.add(money, day) or 0
        return tally.total(total)

    def _best(self, base: str, currency: str, day: date) -> Quote | None:
        if base == currency:
            return Quote(Fraction(1), day)
        ways = [(quote, 0) for quote in self._direct(base, currency, day)]
        between = self._neighbours.get(base, set()) & self._neighbours.get(currency, set())
        for middle in sorted(between):
            first = _nearest(self._direct(base, middle, day), day)
            second = _nearest(self._direct(middle, currency, day), day)
            days = (first.on, second.on)
            on = max(days) if max(days) > day else min(days)
            ways.append((Quote(first.rate * second.rate, on), 1))
        return min(ways, key=lambda way: (*_rank(way[0], day), way[1]))[0] if ways else None

    def _direct(self, base: str, currency: str, day: date) -> list[Quote]:
        found = []
        if (base, currency) in self._courses:
            found.append(self._courses[base, currency].on(day))
        if (currency, base) in self._courses:
            back = self._courses[currency, base].on(day)
            found.append(back._replace(rate=1 / back.rate))
        return found


class Tally:
    """Converts amounts one by one, and remembers what a reader of their total has to know."""

    def __init__(self, rates: RateTable, currency: str) -> None:
        self._rates = rates
        self._currency = currency
        self._days: set[date] = set()
        self._converted: set[str] = set()
        self._missing: dict[str, int] = {}
        self._early = 0

    def add(self, money: Money, day: date) -> int | None:
        """Return an amount in minor units of the tally's currency, None where it cannot be converted."""
        if money.currency == self._currency:
            return money.minor
        found = self._rates.convert(money, self._currency, day)
        if found is None:
            self._missing[money.currency] = self._missing.get(money.currency, 0) + money.minor
            return None
        self._converted.add(money.currency)
        self._days.add(found.on)
        self._early += found.on > day
        return found.money.minor

    def total(self, minor: int) -> ConvertedTotal:
        """Return a total of what was converted, in minor units, with what there is to know of it."""
        return ConvertedTotal(
            Money(minor, self._currency),
            tuple(sorted(self._converted)),
            tuple(Money(amount, code) for code, amount in sorted(self._missing.items())),
            min(self._days, default=None),
            max(self._days, default=None),
            self._early,
        )


def useful_pairs(
    pairs: Iterable[tuple[str, str]], currencies: Collection[str], currency: str
) -> set[tuple[str, str]]:
    """Return of the pairs that rates are known for those that can convert some currencies into one."""
    known = set(pairs)
    around: dict[str, set[str]] = {}
    for one, other in known:
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    near = around.get(currency, set()) | {currency}
    wanted: set[frozenset[str]] = set()
    for each in set(currencies) - {currency}:
        for middle in around.get(each, set()) & near:
            wanted |= {frozenset((each, middle)), frozenset((middle, currency))}
    return {pair for pair in known if frozenset(pair) in wanted}


def _rank(quote: Quote, day: date) -> tuple[bool, int, bool]:
    return quote.on > day, abs((day - quote.on).days), not quote.own


def _nearest(quotes: Iterable[Quote], day: date) -> Quote:
    return min(quotes, key=lambda quote: _rank(quote, day))


def _times(minor: int, rate: Fraction, shift: int) -> int:
    """Return an amount times a rate, the point moved by the difference in decimals, rounded half away from zero."""
    above, below = abs(minor) * rate.numerator, rate.denominator
    if shift >= 0:
        above *= 10**shift
    else:
        below *= 10**-shift
    rounded = (2 * above + below) // (2 * below)
    return rounded if minor >= 0 else -rounded
