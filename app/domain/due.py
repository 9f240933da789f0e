"""What is due: the days on which something ends or is to be paid, as plain values.

All of them are calendar facts: they belong to a day, and no timezone shifts them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from app.domain.dates import LATEST
from app.domain.debts import Debt, TermEnd
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.months import Month
from app.domain.text import fold

DEFAULT_DAYS = 90
"""How many days ahead what is due is listed, unless more or fewer are asked for."""
OVERDUE_DAYS = 14
"""So many days a payment stays listed after its day while nothing says that it was made."""
LONGEST_SPAN = 36_525
"""Nobody looks further ahead than a hundred years."""
EARLY_DAYS = 20
"""A payment made so many days before its day, or later, is taken for the one that was asked for."""
FOR_EVER = date.max
"""What is snoozed until this day is not told of again."""
PAYMENT_KINDS = frozenset({DueKind.PAYMENT, DueKind.LAST_INSTALMENT})

_PLACES = {kind: place for place, kind in enumerate(DueKind)}


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due on a day.

    `title` is the name of the product or the debt, `party` who it is with: the retailer, the warranty's provider or
    the creditor; it may be empty. `amount` is in minor units of `currency`: what a purchase cost after refunds, what
    is to be paid, or what is owed when a promotional rate ends; None where no amount is known. `uuid` and `id` are
    those of the record, and `belongs_to` is the id of the purchase or the debt that shows it.
    """

    kind: DueKind
    on: date
    title: str
    record: DueRecord
    id: int
    uuid: UUID
    belongs_to: int
    currency: str
    amount: int | None = None
    party: str = ""
    warranty_kind: str = ""
    rate: Decimal | None = None
    """The rate in per cent a year that a debt has from the day after its promotion on."""
    snoozed_until: date | None = None
    """The day on which it is told of again, `FOR_EVER` for never; None where it is not snoozed."""

    @property
    def identity(self) -> UUID:
        """What tells this item from all others; the same whenever it is listed."""
        return identity_of(self.uuid, self.kind, self.on)

    def days_from(self, today: date) -> int:
        """How many days are left on a day; 0 when it is due that day."""
        return (self.on - today).days


def identity_of(record: UUID, kind: DueKind, on: date) -> UUID:
    """Return the identity of what is due on a day of a record, whether or not it is listed."""
    return uuid5(record, f"{kind} {on.isoformat()}")


@dataclass(frozen=True, slots=True)
class DueFilter:
    """Which of what is due is wanted: for so many `days` ahead, of some kinds (all where none is named), with words.

    The words of `text` are looked for in title and party. `snoozed` lists what is snoozed too.
    """

    days: int = DEFAULT_DAYS
    kinds: frozenset[DueKind] = frozenset()
    text: str = ""
    snoozed: bool = True

    def __bool__(self) -> bool:
        """Tell whether some kinds or words are asked for; how far ahead is no condition."""
        return bool(self.kinds or self.text)

    def lets_through(self, item: DueItem) -> bool:
        """Tell whether an item is wanted; its day is not looked at."""
        if self.kinds and item.kind not in self.kinds:
            return False
        if item.snoozed_until is not None and not self.snoozed:
            return False
        searched = fold(f"{item.title} {item.party}")
        return all(word in searched for word in fold(self.text).split())

    def to_json(self) -> dict[str, Any]:
        """Return the filter as plain JSON values."""
        return {"days": self.days, "kinds": sorted(self.kinds), "text": self.text, "snoozed": self.snoozed}

    @classmethod
    def from_json(cls, document: object) -> "DueFilter":
        """Return the filter that `to_json` wrote. Raises `ValueError` for anything else."""
        try:
            held: Mapping[str, Any] = dict(document)  # type: ignore[call-overload]
            return cls(
                min(max(int(held["days"]), 0), LONGEST_SPAN),
                frozenset(DueKind(kind) for kind in held["kinds"]),
                str(held["text"]),
                bool(held["snoozed"]),
            )
        except (KeyError, TypeError) as problem:
            raise ValueError("this is not a filter of what is due") from problem


@dataclass(frozen=True, slots=True)
class Span:
    """The days, both included, for which is asked what is due."""

    first: date
    last: date

    @classmethod
    def ahead(cls, today: date, days: int) -> "Span":
        """Return today and so many days after it, as far as the ledger's dates reach."""
        left = max((LATEST - today).days, 0)
        return cls(today, today + timedelta(days=min(max(days, 0), left)))

    @classmethod
    def behind(cls, today: date) -> "Span":
        """Return the days before today on which a payment may have been missed."""
        past = (today - date.min).days
        return cls(today - timedelta(days=min(OVERDUE_DAYS, past)), today - timedelta(days=min(1, past)))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def in_order(items: Iterable[DueItem]) -> list[DueItem]:
    """Return items by day, then kind, then name, whatever order they come in."""
    return sorted(
        items, key=lambda item: (item.on, _PLACES[item.kind], fold(item.title), item.title, item.uuid.bytes)
    )


def with_snoozes(items: Iterable[DueItem], snoozed: Mapping[UUID, date], today: date) -> Iterator[DueItem]:
    """Give items with the days until which they are snoozed; a snooze that is over counts no more."""
    for item in items:
        until = snoozed.get(item.identity) if snoozed else None
        yield item if until is None or until <= today else replace(item, snoozed_until=until)


def is_missed(item: DueItem, paid: int | None) -> bool:
    """Tell whether a payment whose day is past was not made, as far as the ledger knows.

    `paid` is what was paid since `EARLY_DAYS` before its day, in minor units, None where nothing was.
    """
    return paid is None or (item.amount is not None and paid < item.amount)


def payment_days(due_day: int, span: Span) -> Iterator[date]:
    """Give the days of a span that a day of the month falls on; in a shorter month that is its last day."""
    month, end = Month.of(span.first), Month.of(span.last)
    while month <= end:
        day = month.day(due_day)
        if day in span:
            yield day
        month = month.plus(1)


def instalment_days(debt: Debt, span: Span) -> Iterator[tuple[DueKind, date]]:
    """Give the days of a span on which a debt asks for a payment, one a month, by day.

    The last instalment of a fixed term falls on its own day whatever the due day is, and is not followed by others.
    Once it has passed with something still owed, the due day counts again.
    """
    last = debt.minimum.last_instalment if isinstance(debt.minimum, TermEnd) else None
    if last is not None and last < span.first:
        last = None
    if debt.due_day is not None:
        for day in payment_days(debt.due_day, span):
            if day >= debt.opened_on and (last is None or Month.of(day) < Month.of(last)):
                yield DueKind.PAYMENT, day
    if last is not None and last in span:
        yield DueKind.LAST_INSTALMENT, last


def payments_due(debt: Debt, span: Span, start: Month, minimums: Sequence[int]) -> Iterator[DueItem]:
    """Give the payments of a debt that fall into a span.

    `minimums` are what the months from `start` on ask for, in minor units, as long as the debt is owed. Of a month
    that asks for nothing in particular, the amount is None.
    """
    for kind, day in instalment_days(debt, span):
        number = start.until(Month.of(day))
        if 0 <= number < len(minimums):
            yield debt_item(debt, kind, day, minimums[number] or None)


def promotion_end(debt: Debt, span: Span) -> DueItem | None:
    """Return the end of a debt's promotional rate where that lies in a span."""
    if debt.promo_ends_on is None or debt.promo_ends_on not in span:
        return None
    return debt_item(debt, DueKind.PROMOTION_END, debt.promo_ends_on, debt.balance, debt.apr)


def debt_item(
    debt: Debt, kind: DueKind, on: date, amount: int | None, rate: Decimal | None = None
) -> DueItem:
    """Return something that is due on a debt that is kept in the ledger. Raises `ValueError` for another one."""
    if debt.uuid is None:
        raise ValueError("only a debt of the ledger has anything due")
    return DueItem(
        kind=kind,
        on=on,
        title=debt.name,
        record=DueRecord.DEBT,
        id=debt.id,
        uuid=debt.uuid,
        belongs_to=debt.id,
        currency=debt.currency,
        amount=amount,
        party=debt.creditor,
        rate=rate,
    )
