"""What is due: one list of warranty ends, return-by dates, payment days and promotional rates that end."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from app.domain.debts import Debt, DebtFilter
from app.domain.debts.courses import accounts_of
from app.domain.debts.plan import PlanInput
from app.domain.due import (
    DEFAULT_DAYS,
    EARLY_DAYS,
    FOR_EVER,
    DueFilter,
    DueItem,
    Span,
    debt_item,
    in_order,
    instalment_days,
    is_missed,
    payments_due,
    promotion_end,
    with_snoozes,
)
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.months import Month
from app.domain.warranties import Cover
from app.services.ledger import Interrupt, Ledger, Reader
from app.services.plans import plan_debts
from app.storage import due as stored
from app.storage import snoozes
from app.storage.debts import reading

__all__ = [
    "DEFAULT_DAYS",
    "FOR_EVER",
    "TITLES",
    "DueFilter",
    "DueItem",
    "DueKind",
    "DueRecord",
    "due",
    "item_of_cover",
    "listing",
    "listing_with_snoozes",
]

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


def listing(
    ledger: Ledger, wanted: DueFilter, today: date | None = None, interrupt: Interrupt | None = None
) -> list[DueItem]:
    """Return what a filter lets through of all that is due, as `due` orders it, and what is not settled yet.

    Unlike in `due`, a payment of the last days that was not recorded is there too, with a day that is past, and
    items say until when they are snoozed. Raises what `due` raises.
    """
    return listing_with_snoozes(ledger, wanted, today, interrupt)[0]


def listing_with_snoozes(
    ledger: Ledger, wanted: DueFilter, today: date | None = None, interrupt: Interrupt | None = None
) -> tuple[list[DueItem], dict[UUID, date]]:
    """Return a listing together with all snoozes, also those that are over, read at one time."""
    day = today or ledger.today()
    span = Span.ahead(day, wanted.days)

    def read(reader: Reader) -> tuple[list[DueItem], dict[UUID, date]]:
        snoozed = snoozes.read(reader)
        found = [*_missed(reader, ledger, day), *_items(reader, span)]
        items = with_snoozes(found, snoozed, day)
        return [item for item in items if wanted.lets_through(item)], snoozed

    items, snoozed = ledger.read(read, interrupt)
    return in_order(items), snoozed


def item_of_cover(cover: Cover, purchase_id: int, product: str, currency: str) -> DueItem | None:
    """Return the end of one cover as an item, None where it has no end or is not in the ledger."""
    if cover.uuid is None or cover.ends_on is None or cover.voided:
        return None
    return DueItem(
        kind=DueKind.WARRANTY_END,
        on=cover.ends_on,
        title=product,
        record=DueRecord.WARRANTY,
        id=cover.id,
        uuid=cover.uuid,
        belongs_to=purchase_id,
        currency=currency,
        party=cover.provider,
        warranty_kind=cover.kind,
    )


def _missed(reader: Reader, ledger: Ledger, today: date) -> Iterator[DueItem]:
    """Give the payments of the last days that nothing in the ledger says were made.

    A debt that was entered only afterwards begins with what is asked for next.
    """
    span = Span.behind(today)
    for debt in reading.stream(reader, DebtFilter(paid_off=False)):
        entered = ledger.profile.day_of(debt.created_at) if debt.created_at else today
        for kind, day in instalment_days(debt, span):
            if debt.balance <= 0 or day < entered or stored.has_statement_since(reader, debt.id, day):
                continue
            asked = _minimums(debt, Month.of(day))[:1]
            item = debt_item(debt, kind, day, asked[0] if asked and asked[0] else None)
            if is_missed(item, stored.paid_since(reader, debt.id, day - timedelta(days=EARLY_DAYS))):
                yield item


def _items(reader: Reader, span: Span) -> Iterator[DueItem]:
    yield from stored.warranty_ends(reader, span)
    yield from stored.return_dates(reader, span)
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
