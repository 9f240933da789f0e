"""What is due in words: what a day means, when it is, and what is told of it."""

from collections.abc import Sequence
from datetime import date

from app.domain.due import FOR_EVER, DueItem
from app.domain.due_kinds import DueKind
from app.domain.money import Money
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind

_URGENT_DAYS = 7
_ICONS = {
    DueKind.RETURN_BY: "package-open",
    DueKind.WARRANTY_END: "shield-check",
    DueKind.PAYMENT: "banknote",
    DueKind.LAST_INSTALMENT: "banknote",
    DueKind.PROMOTION_END: "percent",
}


def kind_name(kind: DueKind) -> str:
    """Return what a day means."""
    names = {
        DueKind.RETURN_BY: tr("Return by"),
        DueKind.WARRANTY_END: tr("Warranty ends"),
        DueKind.PAYMENT: tr("Payment"),
        DueKind.LAST_INSTALMENT: tr("Last instalment"),
        DueKind.PROMOTION_END: tr("Promotional rate ends"),
    }
    return names[kind]


def kind_icon(kind: DueKind) -> str:
    """Return the drawing of a kind of day."""
    return _ICONS[kind]


def kind_pill(kind: DueKind) -> PillSpec:
    """Return the pill that says what a day means."""
    return PillSpec(PillKind.NEUTRAL, kind_name(kind), kind_icon(kind))


def when_text(item: DueItem, today: date) -> str:
    """Return how far away the day of an item is."""
    left = item.days_from(today)
    if left < 0:
        return tr_n("{n} day overdue", "{n} days overdue", -left)
    if left == 0:
        return tr("Today")
    return tr("Tomorrow") if left == 1 else tr_n("{n} day left", "{n} days left", left)


def when_pill(item: DueItem, today: date, soon: int) -> PillSpec:
    """Return the pill of an item's day; `soon` is how many days ahead something counts as soon."""
    left, text = item.days_from(today), when_text(item, today)
    if left < 0:
        return PillSpec(PillKind.BAD, text, "circle-alert")
    if left <= _URGENT_DAYS:
        return PillSpec(PillKind.BAD, text, "triangle-alert")
    if left <= soon:
        return PillSpec(PillKind.WARN, text, "clock")
    return PillSpec(PillKind.NEUTRAL, text, "calendar")


def snooze_text(until: date) -> str:
    """Return until when something is snoozed."""
    if until == FOR_EVER:
        return tr("No more reminders")
    return tr("Snoozed until {date}").format(date=formats.date(until))


def amount_text(item: DueItem) -> str:
    """Return the amount of an item, an empty text where none is known."""
    return "" if item.amount is None else formats.money(Money(item.amount, item.currency))


def sentence(item: DueItem, today: date) -> str:
    """Return what is due and when, in one line: for notices, and for who hears the window."""
    words = tr("{kind}: {title}, {when}")
    when = when_text(item, today)
    return words.format(kind=kind_name(item.kind), title=item.title, when=when[:1].lower() + when[1:])


def summary(items: Sequence[DueItem], today: date) -> tuple[str, str]:
    """Return the title and the line of a notice about items that were not told of yet; no amount is in them."""
    first = items[0]
    if len(items) == 1:
        when = f"{when_text(first, today)} · {formats.date(first.on)}"
        return tr("{kind}: {title}").format(kind=kind_name(first.kind), title=first.title), when
    title = tr_n("{n} date is coming up", "{n} dates are coming up", len(items))
    parts = (first.title, kind_name(first.kind), when_text(first, today))
    return title, tr("Next: {what}").format(what=" · ".join(parts))


def days_of(number: int) -> str:
    """Return a number of days in words."""
    return tr_n("{n} day", "{n} days", number)


def counted(number: int) -> str:
    """Return how many dates there are."""
    return tr_n("{n} date", "{n} dates", number)
