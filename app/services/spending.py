"""Spending and warranties of a period in figures: one function for the page, the command line and reports."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from app.domain.money import Money
from app.domain.problems import Refused
from app.domain.spending import (
    CoverCounts,
    CurrencySpending,
    MonthSpending,
    NamedSpending,
    ProductSpending,
    Summary,
    months,
    months_before,
    rounded,
    share,
)
from app.services.ledger import Interrupt, Ledger, Reader
from app.storage.purchases import spending as stored
from app.storage.purchases.spending import Period

__all__ = ["TOP", "summary"]

TOP = 10
"""How many products the summary lists in each currency."""

_MONTHS = 12
"""How many months are shown of a period without a beginning and an end, the present one included."""


def summary(
    ledger: Ledger,
    first: date | None = None,
    last: date | None = None,
    *,
    top: int = TOP,
    interrupt: Interrupt | None = None,
) -> Summary:
    """Return all figures of the purchases bought from `first` to `last`, both included; None leaves an end open.

    Without either, figures are of everything and the months are the last 12. Raises `Refused` for a period that
    ends before it begins.
    """
    if first and last and last < first:
        raise Refused(f"The period ends on {last} before it begins on {first}; turn the two around.")
    today = ledger.today()
    return ledger.read(lambda reader: _summary(reader, first, last, today, top), interrupt)


def _summary(reader: Reader, first: date | None, last: date | None, today: date, top: int) -> Summary:
    within = stored.period(reader, first, last)
    currencies = tuple(_currency(reader, within, *row) for row in stored.by_currency(reader, within))
    wholes = {found.currency: found.net for found in currencies}
    named = _named(reader, within, wholes)
    return Summary(
        count=sum(found.count for found in currencies),
        currencies=currencies,
        by_month=_by_month(reader, first, last, today),
        by_retailer=named("retailer"),
        by_brand=named("brand"),
        by_category=named("category"),
        top_products=tuple(
            ProductSpending(name, count, Money(net, currency))
            for currency in wholes
            for name, count, net in stored.top_products(reader, within, currency, top)
        ),
        covers=CoverCounts(*stored.cover_counts(reader, within, today)),
    )


def _currency(
    reader: Reader, within: Period, currency: str, count: int, gross: int, refunded: int, largest: int
) -> CurrencySpending:
    middle = stored.middle(reader, within, currency, count)
    median = rounded(Decimal(sum(middle)) / len(middle))
    return CurrencySpending(currency, count, gross, refunded, median, largest)


def _named(
    reader: Reader, within: Period, wholes: dict[str, int]
) -> Callable[[str], tuple[NamedSpending, ...]]:
    ranks = {currency: rank for rank, currency in enumerate(wholes)}

    def by(kind: str) -> tuple[NamedSpending, ...]:
        # Amounts in two currencies cannot be ranked, so each currency is a list of its own.
        found = sorted(stored.by_name(reader, within, kind), key=lambda row: ranks[row[1]])
        return tuple(
            NamedSpending(name, count, Money(net, currency), share(net, wholes[currency]))
            for name, currency, count, net in found
        )

    return by


def _by_month(
    reader: Reader, first: date | None, last: date | None, today: date
) -> tuple[MonthSpending, ...]:
    """Return every month of the period in order, those without a purchase too."""
    until = last or today
    since = first
    if since is None and last is None:
        since = months_before(today, _MONTHS - 1)
    elif since is None:
        since = stored.first_day(reader, stored.period(reader, None, last)) or until
    found: dict[str, list[tuple[str, int, int]]] = {}
    for month, currency, count, net in stored.by_month(reader, stored.period(reader, since, until)):
        found.setdefault(month, []).append((currency, count, net))
    return tuple(
        MonthSpending(
            month=month,
            count=sum(count for _, count, _ in parts),
            totals=tuple(Money(net, currency) for currency, _, net in sorted(parts)),
        )
        for month in months(since, until)
        for parts in [found.get(month.isoformat()[:7], [])]
    )
