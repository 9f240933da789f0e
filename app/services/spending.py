"""Spending and warranties of a period in figures: one function for the page, the command line and reports."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.domain.exchange_rates import Tally
from app.domain.money import Money
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.spending import (
    Analysis,
    CoverCounts,
    CurrencySpending,
    Figures,
    MonthSpending,
    NamedSpending,
    ProductSpending,
    StepSpending,
    Summary,
    cover_months,
    months,
    months_before,
    rounded,
    share,
)
from app.domain.spending_periods import (
    ONE_TOTAL,
    Preset,
    Question,
    Shift,
    Span,
    Step,
    cut,
    cut_before,
    shift_of,
    span_of,
    steps_for,
)
from app.domain.warranties import Horizon
from app.services.exchange_rates import table_for
from app.services.ledger import Interrupt, Ledger, Reader
from app.storage.purchases import converting, first_page, reading
from app.storage.purchases import spending as stored
from app.storage.purchases.reading import PurchaseRow
from app.storage.purchases.spending import Period

__all__ = ["RECENT", "TOP", "analysis", "recent_purchases", "summary"]

TOP = 10
"""How many products the summary lists in each currency."""

RECENT = 10
"""How many of the latest purchases and warranties are listed."""

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
    if first and last:
        _check(first, last)
    horizon = ledger.horizon()

    def read(reader: Reader) -> Summary:
        within = stored.period(reader, first, last)
        covers = CoverCounts(*stored.cover_counts(reader, within, horizon))
        return _summary(reader, within, _by_month(reader, first, last, horizon.today), covers, top)

    return ledger.read(read, interrupt)


def analysis(ledger: Ledger, asked: Question, interrupt: Interrupt | None = None) -> Analysis:
    """Return spending of a period in one currency, with what it is compared with.

    With `ONE_TOTAL` every purchase is converted into the owner's currency by the rate of its day, its net and its
    gross amount each rounded on its own; `Analysis.converted` then says by which rates. Raises `Refused` for a
    period that ends before it begins.
    """
    if asked.preset is Preset.CUSTOM and asked.first and asked.last:
        _check(asked.first, asked.last)
    horizon, usual = ledger.horizon(), ledger.profile.currency
    return ledger.read(lambda reader: _analysis(reader, asked, horizon, usual), interrupt)


def recent_purchases(
    ledger: Ledger, span: Span, currency: str, limit: int = RECENT, interrupt: Interrupt | None = None
) -> list[PurchaseRow]:
    """Return the purchases of a period in one currency, or in any (""), that were made last, the latest first."""
    wanted = PurchaseFilter(bought_from=span.first, bought_to=span.last, currency=currency)
    horizon = ledger.horizon()

    def read(reader: Reader) -> list[PurchaseRow]:
        return reading.rows(reader, first_page.first_ids(reader, wanted, SortBy(), horizon, limit))

    return ledger.read(read, interrupt)


def _check(first: date, last: date) -> None:
    if last < first:
        raise Refused(f"The period ends on {last} before it begins on {first}; turn the two around.")


def _analysis(reader: Reader, asked: Question, horizon: Horizon, usual: str) -> Analysis:
    known = sorted(stored.currencies(reader), key=lambda currency: currency != usual)
    foreign = any(currency != usual for currency in known)
    days = reading.days(reader)
    span = span_of(asked, horizon.today, Span(*days) if days else None)
    shift = shift_of(asked, span)
    looked_at = _LookedAt(span, shift, shift.span(span) if shift else None)
    if asked.currency == ONE_TOTAL and foreign:
        found = _in_one_currency(reader, asked, horizon, looked_at, usual)
    else:
        currency = asked.currency if asked.currency in known else next(iter(known), usual)
        found = _figures(
            reader, asked, horizon, looked_at, currency, lambda days: stored.period(reader, *days, currency)
        )
    return replace(found, currencies=tuple(known), own_currency=usual if foreign else "")


class _LookedAt(NamedTuple):
    """A period, how far back it is compared, and with which days."""

    span: Span
    shift: Shift | None
    before: Span | None


def _in_one_currency(
    reader: Reader, asked: Question, horizon: Horizon, looked_at: _LookedAt, currency: str
) -> Analysis:
    """Answer with every purchase converted by the rate of its day."""
    spans = [span for span in (looked_at.span, looked_at.before) if span is not None]
    codes = {code for span in spans for code in converting.foreign_currencies(reader, *span, currency)}
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    rates = table_for(reader, codes, currency, first, last)
    tallies = [Tally(rates, currency) for _ in spans]

    def rows() -> Iterator[tuple[int, int, int]]:
        for span, tally in zip(spans, tallies, strict=True):
            for id, day, gross, net in converting.foreign(reader, *span, currency):
                before, after = rates.convert(gross, currency, day), tally.add(net, day)
                if before is not None and after is not None:
                    yield id, before.money.minor, after

    with converting.converted(reader, rows()):
        found = _figures(
            reader,
            asked,
            horizon,
            looked_at,
            currency,
            lambda days: converting.period_in(currency, stored.period(reader, *days)),
        )
    nets = (found.total.net if found.total else 0, found.before.net if found.before else 0)
    told = [tally.total(net) for tally, net in zip(tallies, nets, strict=False)]
    return replace(found, converted=told[0], before_converted=told[1] if len(told) > 1 else None)


def _figures(
    reader: Reader,
    asked: Question,
    horizon: Horizon,
    looked_at: _LookedAt,
    currency: str,
    within: Callable[[Span], Period],
) -> Analysis:
    """Return the figures of a period in one currency; `within` tells where its purchases of some days are read."""
    span, shift, before = looked_at
    possible = steps_for(span)
    # What is too short for the period gives way to the next that is not.
    step = max(asked.step, possible[0], key=list(Step).index)
    of_any_currency = stored.period(reader, *span)
    covers = CoverCounts(*stored.cover_counts(reader, of_any_currency, horizon))
    figures = _summary(reader, within(span), (), covers, TOP)
    return Analysis(
        span=span,
        currency=currency,
        currencies=(),
        step=step,
        possible_steps=tuple(possible),
        figures=figures,
        total=next(iter(figures.currencies), None),
        before_span=before,
        before=_total(reader, within(before)) if before else None,
        steps=_steps(reader, span, step, shift, within),
        cover_months=cover_months(stored.cover_ends(reader, of_any_currency), horizon.today),
        recent_covers=tuple(stored.recent_covers(reader, of_any_currency, RECENT)),
    )


def _total(reader: Reader, within: Period) -> CurrencySpending | None:
    found = [_currency(reader, within, *row) for row in stored.by_currency(reader, within)]
    return found[0] if found else None


def _steps(
    reader: Reader, span: Span, step: Step, shift: Shift | None, within: Callable[[Span], Period]
) -> tuple[StepSpending, ...]:
    spans = cut(span, step)
    found = _added_up(reader, spans, within)
    if shift is None:
        return tuple(StepSpending(*each) for each in zip(spans, found, strict=True))
    spans_before = cut_before(spans, shift.span(span), shift)
    found_before = _added_up(reader, spans_before, within)
    return tuple(StepSpending(*each) for each in zip(spans, found, spans_before, found_before, strict=True))


def _added_up(reader: Reader, spans: Sequence[Span], within: Callable[[Span], Period]) -> list[Figures]:
    """Return the figures of spans that follow each other."""
    found = [Figures()] * len(spans)
    ends = [span.last for span in spans]
    for day, *sums in stored.by_day(reader, within(Span(spans[0].first, spans[-1].last))):
        at = bisect_left(ends, day)
        found[at] += Figures(*sums)
    return found


def _summary(
    reader: Reader, within: Period, by_month: tuple[MonthSpending, ...], covers: CoverCounts, top: int
) -> Summary:
    currencies = tuple(_currency(reader, within, *row) for row in stored.by_currency(reader, within))
    wholes = {found.currency: found.net for found in currencies}
    named = _named(reader, within, wholes)
    return Summary(
        count=sum(found.count for found in currencies),
        currencies=currencies,
        by_month=by_month,
        by_retailer=named("retailer"),
        by_brand=named("brand"),
        by_category=named("category"),
        top_products=tuple(
            ProductSpending(name, count, Money(net, currency))
            for currency in wholes
            for name, count, net in stored.top_products(reader, within, currency, top)
        ),
        covers=covers,
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
        found = sorted(stored.by_name(reader, within, kind), key=lambda row: ranks[row[2]])
        return tuple(
            NamedSpending(name, count, Money(net, currency), share(net, wholes[currency]), id)
            for id, name, currency, count, net in found
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
