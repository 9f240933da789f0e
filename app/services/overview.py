"""What the overview shows of a ledger at a glance, from the same figures as the pages behind it.

Each function is one read, or asks the services of the pages. Amounts are in minor units; two currencies are never
added, so what has an amount comes once for each of them, the profile's own first.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.debts.engine import first_minimums, monthly_total
from app.domain.debts.plan import Plan
from app.domain.exchange_rates import ConvertedTotal
from app.domain.months import Month
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.domain.purchases import SortBy as PurchaseOrder
from app.domain.spending import Analysis, CoverCounts, months, months_before
from app.domain.spending_periods import ONE_TOTAL, Preset, Question, Shift, Span
from app.domain.warranties import CoverFilter
from app.domain.warranties import SortBy as CoverOrder
from app.services import debts, plans, purchases, scenarios, spending, warranties
from app.services.ledger import Interrupt, Ledger, Reader
from app.services.purchases import PurchaseRow
from app.services.warranties import CoverRow
from app.storage.purchases import spending as stored
from app.storage.purchases.by_category import by_day_and_category
from app.storage.warranties import over_time

ENDING_DAYS = 90
"""A warranty that ends within so many days is listed."""

ROWS = 6
"""How many lines a list has at most."""

_HISTORY = 12
"""How many months, the present one included, a small line beside a figure covers."""

MINIMUMS, SNOWBALL = "minimums", "snowball"


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many records of each kind the ledger has."""

    purchases: int
    debts: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent in one currency from the beginning of a period to today, net of refunds, and then.

    `before` is that of the same days one period earlier, None where nothing was bought before they ended, so that
    there is nothing to compare with. `history` has the last twelve months, the present one up to today.
    """

    currency: str
    span: Span
    net: int
    before_span: Span
    before: int | None
    history: tuple[int, ...]
    converted: ConvertedTotal | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one currency, and was at the end of the month before this one (None before the first debt).

    `history` has the ends of the months before, as far as known and at most eleven, and the present balance.
    """

    currency: str
    balance: int
    month: Month
    before: int | None
    history: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the plan in use leads in one currency; `plan` is None where it cannot be worked out, and `problem` why.

    `others` are snowball and minimums only with the same money, as far as they are not the plan itself. `actual` is
    what was really owed on the plan's debts, day by day of a change. `months_saved` counts against minimums only and
    is None where one of the two never ends. `owed` is what the plan's debts come to today.
    """

    currency: str
    plan: Plan | None
    others: tuple[Plan, ...] = ()
    minimums: int = 0
    each_month: int = 0
    owed: int = 0
    actual: tuple[tuple[date, int], ...] = ()
    problem: Refused | None = None

    @property
    def baseline(self) -> Plan | None:
        """The plan that pays the minimums only."""
        every = (self.plan, *self.others)
        return next((plan for plan in every if plan is not None and plan.strategy == MINIMUMS), None)

    @property
    def months_saved(self) -> int | None:
        """How many months sooner than with minimums only the plan ends."""
        plan, baseline = self.plan, self.baseline
        if plan is None or baseline is None or plan.months is None or baseline.months is None:
            return None
        return baseline.months - plan.months


@dataclass(frozen=True, slots=True)
class Debts:
    """Everything about debts."""

    owed: tuple[Owed, ...]
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """How warranties stand today, how many were in force at the ends of the months before, and what ends soon.

    `history` ends with today. `ending` counts what ends within `ENDING_DAYS`, of which `rows` are the first.
    """

    counts: CoverCounts
    month: Month
    history: tuple[int, ...]
    ending: int
    rows: tuple[CoverRow, ...]

    @property
    def recorded(self) -> int:
        """How many warranties there are, whatever became of them."""
        counts = self.counts
        return counts.active + counts.expiring + counts.expired + counts.voided

    @property
    def in_force(self) -> int:
        """How many warranties are in force today."""
        return self.counts.active + self.counts.expiring


@dataclass(frozen=True, slots=True)
class CategorySpending:
    """What was spent in one category (no name stands for none) in each step of an analysis, net."""

    id: int
    name: str
    amounts: tuple[int, ...]


def recorded(ledger: Ledger) -> Recorded:
    """Return how many purchases and debts there are."""
    return Recorded(purchases.count(ledger), debts.count(ledger))


def spent_this_month(
    ledger: Ledger, interrupt: Interrupt | None = None, *, one_total: bool = False
) -> tuple[Spent, ...]:
    """Return what was spent since the first of the month, against the same days of the month before.

    With `one_total` everything is converted into the owner's currency, by the rate of each purchase's day.
    """
    today = ledger.today()
    span = Span(today.replace(day=1), today)
    if one_total:
        asked = Question(Preset.CUSTOM, span.first, span.last, ONE_TOTAL)
        found = _spent_in_one_currency(ledger, asked, interrupt)
        if found:
            return found
    return _spent(ledger, span, Shift(months=1), interrupt)


def spent_this_year(
    ledger: Ledger, interrupt: Interrupt | None = None, *, one_total: bool = False
) -> tuple[Spent, ...]:
    """Return what was spent since the first of January, against the same days of the year before.

    `one_total` is as for the month.
    """
    today = ledger.today()
    if one_total:
        found = _spent_in_one_currency(ledger, Question(Preset.THIS_YEAR, currency=ONE_TOTAL), interrupt)
        if found:
            return found
    return _spent(ledger, Span(date(today.year, 1, 1), today), Shift(months=12), interrupt)


def by_category(
    ledger: Ledger, found: Analysis, interrupt: Interrupt | None = None
) -> tuple[CategorySpending, ...]:
    """Return an analysis by category, the largest first, in the steps that it has; nothing of converted amounts."""
    if found.converted is not None:
        return ()
    ends = [step.span.last for step in found.steps]

    def read(reader: Reader) -> dict[int, list[int]]:
        within = stored.period(reader, *found.span, found.currency)
        sums: dict[int, list[int]] = {}
        for day, id, net in by_day_and_category(reader, within):
            sums.setdefault(id, [0] * len(ends))[bisect_left(ends, day)] += net
        return sums

    sums = ledger.read(read, interrupt)
    return tuple(
        CategorySpending(each.id, each.name, tuple(sums[each.id]))
        for each in found.figures.by_category
        if each.id in sums
    )


def recent_purchases(ledger: Ledger, interrupt: Interrupt | None = None) -> list[PurchaseRow]:
    """Return the purchases that were made last, in any currency, the latest first."""
    ids = purchases.first_ids(ledger, PurchaseFilter(), PurchaseOrder(), ROWS, interrupt=interrupt)
    return purchases.rows(ledger, ids)


def covered(ledger: Ledger, interrupt: Interrupt | None = None) -> Covered:
    """Return how warranties stand, and those that end soon, the next to end first."""
    today = ledger.today()
    days = [*_month_ends(today), today]
    history = ledger.read(lambda reader: over_time.in_force(reader, days), interrupt)
    ending = warranties.ids(ledger, CoverFilter(expiring_days=ENDING_DAYS), CoverOrder(), interrupt)
    return Covered(
        warranties.counts(ledger, interrupt=interrupt),
        Month.of(today).plus(-1),
        tuple(history),
        len(ending),
        tuple(warranties.rows(ledger, ending[:ROWS])),
    )


def debts_and_plans(ledger: Ledger) -> Debts:
    """Return what is owed, and where the plan in use leads, for each currency that there are debts in."""
    totals = _own_first(ledger, {total.currency: total.balance for total in debts.totals(ledger)})
    return Debts(
        tuple(_owed(ledger, currency, balance) for currency, balance in totals),
        tuple(_outlook(ledger, currency) for currency, balance in totals if balance),
    )


# -- inside


def _spent(ledger: Ledger, span: Span, shift: Shift, interrupt: Interrupt | None) -> tuple[Spent, ...]:
    before = shift.span(span)
    today = span.last
    shown = Span(months_before(today, _HISTORY - 1), today)

    def read(reader: Reader) -> tuple[Spent, ...]:
        now, then = _nets(reader, span), _nets(reader, before)
        compared = stored.first_day(reader, stored.period(reader, None, before.last)) is not None
        names = [str(month)[:7] for month in months(*shown)]
        by_month: dict[str, dict[str, int]] = {}
        for month, currency, _count, net in stored.by_month(reader, stored.period(reader, *shown)):
            by_month.setdefault(currency, {})[month] = net
        known = {currency: 0 for found in (now, then, by_month) for currency in found}
        return tuple(
            Spent(
                currency,
                span,
                now.get(currency, 0),
                before,
                then.get(currency, 0) if compared else None,
                tuple(by_month.get(currency, {}).get(name, 0) for name in names),
            )
            for currency, _ in _own_first(ledger, known)
        )

    return ledger.read(read, interrupt)


def _spent_in_one_currency(ledger: Ledger, asked: Question, interrupt: Interrupt | None) -> tuple[Spent, ...]:
    """Return one figure of everything, or none where there is only one currency."""
    found = spending.analysis(ledger, asked, interrupt)
    then = found.before_span
    if found.converted is None or then is None:
        return ()
    shown = spending.analysis(ledger, Question(currency=ONE_TOTAL), interrupt)
    before = found.before.net if found.before else 0
    bought_before = ledger.read(
        lambda reader: stored.first_day(reader, stored.period(reader, None, then.last))
    )
    return (
        Spent(
            found.currency,
            found.span,
            found.total.net if found.total else 0,
            then,
            before if bought_before is not None else None,
            tuple(step.figures.net for step in shown.steps),
            found.converted,
        ),
    )


def _nets(reader: Reader, span: Span) -> dict[str, int]:
    within = stored.period(reader, *span)
    return {row[0]: row[2] - row[3] for row in stored.by_currency(reader, within)}


def _owed(ledger: Ledger, currency: str, balance: int) -> Owed:
    today = ledger.today()
    changes = plans.actual_balances(ledger, currency)
    ends = [_balance_on(changes, day) for day in _month_ends(today)]
    known = [end for end in ends if end is not None]
    return Owed(currency, balance, Month.of(today).plus(-1), ends[-1], (*known, balance))


def _balance_on(changes: Iterable[tuple[date, int]], day: date) -> int | None:
    """Return what was owed at the end of a day, None before anything was."""
    found = None
    for changed_on, balance in changes:
        if changed_on > day:
            break
        found = balance
    return found


def _outlook(ledger: Ledger, currency: str) -> Outlook:
    try:
        plan = plans.plan_in_use(ledger, currency)
        if plan is None:
            return Outlook(currency, None)
        keys = [key for key in (SNOWBALL, MINIMUMS) if key != plan.strategy]
        others = tuple(plans.compute(plan.input, keys))
    except Refused as problem:
        return Outlook(currency, None, problem=problem)
    followed = scenarios.in_use(ledger, currency) is not None
    actual = plans.actual_balances(ledger, currency, [debt.identity for debt in plan.input.debts])
    return Outlook(
        currency,
        plan,
        others,
        sum(first_minimums(plan.input)),
        monthly_total(plan.input),
        actual[-1][1] if actual else sum(debt.balance for debt in plan.input.debts),
        # A plan that is made anew every day has nothing behind it that it could be compared with.
        tuple(actual) if followed else (),
    )


def _month_ends(today: date) -> list[date]:
    """Return the last days of the eleven months before this one."""
    first = months_before(today, _HISTORY - 2)
    return [month - timedelta(days=1) for month in months(first, today)]


def _own_first(ledger: Ledger, amounts: dict[str, int]) -> list[tuple[str, int]]:
    usual = ledger.profile.currency
    return sorted(amounts.items(), key=lambda pair: (pair[0] != usual, pair[0]))
