"""Spending and warranties of a period in figures: one function for the page, the command line and reports."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

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
from app.services.ledger import Interrupt, Ledger, Reader
from app.storage.purchases import first_page, reading
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

    Raises `Refused` for a period that ends before it begins.
    """
    if asked.preset is Preset.CUSTOM and asked.first and asked.last:
        _check(asked.first, asked.last)
    horizon, usual = ledger.horizon(), ledger.profile.currency
    return ledger.read(lambda reader: _analysis(reader, asked, horizon, usual), interrupt)


def recent_purchases(
    ledger: Ledger, span: Span, currency: str, limit: int = RECENT, interrupt: Interrupt | None = None
) -> list[PurchaseRow]:
    """Return the purchases of a period in one currency that were made last, the latest first."""
    wanted = PurchaseFilter(bought_from=span.first, bought_to=span.last, currency=currency)
    horizon = ledger.horizon()

    def read(reader: Reader) -> list[PurchaseRow]:
        return reading.rows(reader, first_page.first_ids(reader, wanted, SortBy(), horizon, limit))

    return ledger.read(read, interrupt)


def _check(first: date, last: date) -> None:
    if last < first:
        raise Refused(f"The period ends on {last} before it begins on {first}; turn the two around.")


def _analysis(reader: Reader, asked: Question, horizon: Horizon, usual: str) -> Analysis:
    today = horizon.today
    known = sorted(stored.currencies(reader), key=lambda currency: currency != usual)
    currency = asked.currency if asked.currency in known else next(iter(known), usual)
    days = reading.days(reader)
    span = span_of(asked, today, Span(*days) if days else None)
    shift = shift_of(asked, span)
    before = shift.span(span) if shift else None
    possible = steps_for(span)
    # What is too short for the period gives way to the next that is not.
    step = max(asked.step, possible[0], key=list(Step).index)
    within = stored.period(reader, *span, currency)
    of_any_currency = stored.period(reader, *span)
    covers = CoverCounts(*stored.cover_counts(reader, of_any_currency, horizon))
    figures = _summary(reader, within, (), covers, TOP)
    return Analysis(
        span=span,
        currency=currency,
        currencies=tuple(known),
        step=step,
        possible_steps=tuple(possible),
        figures=figures,
        total=next(iter(figures.currencies), None),
        before_span=before,
        before=_total(reader, before, currency) if before else None,
        steps=_steps(reader, span, step, shift, currency),
        cover_months=cover_months(stored.cover_ends(reader, of_any_currency), today),
        recent_covers=tuple(stored.recent_covers(reader, of_any_currency, RECENT)),
    )


def _total(reader: Reader, span: Span, currency: str) -> CurrencySpending | None:
    within = stored.period(reader, *span, currency)
    found = [_currency(reader, within, *row) for row in stored.by_currency(reader, within)]
    return found[0] if found else None


def _steps(
    reader: Reader, span: Span, step: Step, shift: Shift | None, currency: str
) -> tuple[StepSpending, ...]:
    spans = cut(span, step)
    found = _added_up(reader, spans, currency)
    if shift is None:
        return tuple(StepSpending(*each) for each in zip(spans, found, strict=True))
    spans_before = cut_before(spans, shift.span(span), shift)
    found_before = _added_up(reader, spans_before, currency)
    return tuple(StepSpending(*each) for each in zip(spans, found, spans_before, found_before, strict=True))


def _added_up(reader: Reader, spans: Sequence[Span], currency: str) -> list[Figures]:
    """Return the figures of spans that follow each other."""
    within = stored.period(reader, spans[0].first, spans[-1].last, currency)
    found = [Figures()] * len(spans)
    ends = [span.last for span in spans]
    for day, *sums in stored.by_day(reader, within):
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
