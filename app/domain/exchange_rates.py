"""Exchange rates that the user entered or imported, and amounts converted by them.

Nothing is converted unless the user asks for one total, and what was converted says by which rates.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from app.domain.dates import EARLIEST, LATEST
from app.domain.money import CURRENCIES, Money, to_decimal
from app.domain.problems import Problem

MOST_DIGITS = 12
"""How many digits a rate may have before its point, and how many after it."""

OWN, ECB = "", "ECB"
"""The sources of rates: entered by the user, or the European Central Bank's reference rates."""


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

    `on` is the day of the older of the rates that it was worked out of.
    """

    money: Money
    rate: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class ConvertedTotal:
    """One total of amounts in several currencies, and what its reader has to know.

    `total` leaves out what is in `missing`, the totals for which there is no rate. `converted` are the currencies
    that were converted, `first` and `last` the days of the oldest and the newest rate used; None where none was.
    """

    total: Money
    converted: tuple[str, ...] = ()
    missing: tuple[Money, ...] = ()
    first: date | None = None
    last: date | None = None


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


def _decimals(rate: Decimal) -> int:
    exponent = rate.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass
class _Course:
    """The rates of one pair, by day."""

    days: list[date] = field(default_factory=list)
    rates: list[Decimal] = field(default_factory=list)

    def on(self, day: date) -> tuple[Decimal, date] | None:
        """Return the rate of a day: the last one up to it, or the first there is for an earlier day."""
        if not self.days:
            return None
        at = max(bisect_right(self.days, day) - 1, 0)
        return self.rates[at], self.days[at]


class RateTable:
    """Rates by pair and day. Converts directly, the other way round, or through one third currency.

    Of two rates of one pair and day the user's own wins over an imported one.
    """

    def __init__(self, rates: Iterable[ExchangeRate]) -> None:
        self._courses: dict[tuple[str, str], _Course] = {}
        chosen: dict[tuple[str, str, date], ExchangeRate] = {}
        for rate in rates:
            key = (rate.base, rate.currency, rate.on)
            if key not in chosen or rate.source == OWN:
                chosen[key] = rate
        for base, currency, day in sorted(chosen):
            course = self._courses.setdefault((base, currency), _Course())
            course.days.append(day)
            course.rates.append(chosen[base, currency, day].rate)
        self._bases = sorted(
            {base for base, _ in self._courses} | {currency for _, currency in self._courses}
        )

    def rate(self, base: str, currency: str, day: date) -> tuple[Decimal, date] | None:
        """Return what one `base` is worth on a day and the day of the oldest rate used, None without any rate."""
        if base == currency:
            return Decimal(1), day
        direct = self._direct(base, currency, day)
        if direct is not None:
            return direct
        crossed = []
        for middle in self._bases:
            first, second = self._direct(base, middle, day), self._direct(middle, currency, day)
            if first is not None and second is not None:
                with localcontext(prec=40):
                    crossed.append((first[0] * second[0], min(first[1], second[1])))
        return max(crossed, key=lambda found: found[1], default=None)

    def _direct(self, base: str, currency: str, day: date) -> tuple[Decimal, date] | None:
        there = self._found(base, currency, day)
        back = self._found(currency, base, day)
        if there is None or (back is not None and back[1] > there[1]):
            if back is None:
                return None
            with localcontext(prec=40):
                return 1 / back[0], back[1]
        return there

    def _found(self, base: str, currency: str, day: date) -> tuple[Decimal, date] | None:
        course = self._courses.get((base, currency))
        return None if course is None else course.on(day)

    def convert(self, money: Money, currency: str, day: date) -> Converted | None:
        """Return an amount in another currency by the rate of a day, rounded half up once; None without a rate."""
        found = self.rate(money.currency, currency, day)
        if found is None:
            return None
        rate, on = found
        with localcontext(prec=60):
            scaled = (to_decimal(money.minor, money.currency) * rate).scaleb(CURRENCIES[currency])
            minor = int(scaled.to_integral_value(ROUND_HALF_UP))
        return Converted(Money(minor, currency), rate, on)

    def total(self, amounts: Iterable[tuple[Money, date]], currency: str) -> ConvertedTotal:
        """Add up amounts in one currency, each by the rate of its day and rounded on its own."""
        total, first, last = 0, date.max, date.min
        converted: set[str] = set()
        missing: dict[str, int] = {}
        for money, day in amounts:
            found = self.convert(money, currency, day)
            if found is None:
                missing[money.currency] = missing.get(money.currency, 0) + money.minor
                continue
            total += found.money.minor
            if money.currency != currency:
                converted.add(money.currency)
                first, last = min(first, found.on), max(last, found.on)
        return ConvertedTotal(
            Money(total, currency),
            tuple(sorted(converted)),
            tuple(Money(minor, code) for code, minor in sorted(missing.items())),
            first if converted else None,
            last if converted else None,
        )
