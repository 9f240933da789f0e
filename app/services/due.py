"""What is due: one list of warranty ends, return-by dates, payment days and promotional rates that end."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.domain.debts import Debt, DebtFilter
from app.domain.debts.courses import accounts_of
from app.domain.debts.plan import PlanInput
from app.domain.due import DEFAULT_DAYS, DueItem, Span, in_order, instalment_days, payments_due, promotion_end
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.months import Month
from app.services.ledger import Interrupt, Ledger, Reader
from app.services.plans import plan_debts
from app.storage import due as purchase_dates
from app.storage.debts import reading

__all__ = ["DEFAULT_DAYS", "TITLES", "DueItem", "DueKind", "DueRecord", "due"]

TITLES: Mapping[DueKind, str] = {
    DueKind.RETURN_BY: "Return by",
    DueKind.WARRANTY_END: "Warranty ends",
    DueKind.PAYMENT: "Payment",
    DueKind.LAST_INSTALMENT: "Last instalment",
    DueKind.PROMOTION_END: "Promotional rate ends",
}
"""What each kind is called on the command line and in a file for calendars."""


def due(
    ledger: Ledger, days: int = DEFAULT_DAYS, today: date | None = None, interrupt: Interrupt | None = None
) -> list[DueItem]:
    """Return what is due today and within so many days after it, by day, then kind, then name.

    `today` is the present day in the profile's timezone unless given. What lies before it is left out. Payments are
    the minimums that creditors ask for from what is owed now, as a plan reckons them. Raises `EnvironmentProblem`,
    and `Interrupted` when `interrupt` was cancelled.
    """
    span = Span.ahead(today or ledger.today(), days)
    return in_order(ledger.read(lambda reader: list(_items(reader, span)), interrupt))


def _items(reader: Reader, span: Span) -> Iterator[DueItem]:
    yield from purchase_dates.warranty_ends(reader, span)
    yield from purchase_dates.return_dates(reader, span)
    for debt in reading.stream(reader, DebtFilter(paid_off=False)):
        if debt.balance > 0:
            yield from _of_debt(debt, span)


def _of_debt(debt: Debt, span: Span) -> Iterator[DueItem]:
    first = next((day for _, day in instalment_days(debt, span)), None)
    if first is not None:
        start = Month.of(first)
        yield from payments_due(debt, span, start, _minimums(debt, start))
    ended = promotion_end(debt, span)
    if ended is not None:
        yield ended


def _minimums(debt: Debt, start: Month) -> list[int]:
    """Return what each month from `start` on asks for, in minor units, until the debt is paid off."""
    course = accounts_of(PlanInput(plan_debts([debt], start), start)).courses[0]
    return course.minimums[: course.ended]
