"""What purchases, covers and their states are called on the screen, in words and as pills."""

from datetime import date

from app.domain.purchases import PurchaseStatus
from app.domain.warranties import COVER_KINDS, REMINDER_DAYS, Cover, CoverStatus, Duration
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind

_URGENT_DAYS = 7
_NEAR_DAYS = 90


def status_name(status: PurchaseStatus) -> str:
    """Return what a status is called."""
    names = {
        PurchaseStatus.ORDERED: tr("Ordered"),
        PurchaseStatus.RECEIVED: tr("Received"),
        PurchaseStatus.RETURNED: tr("Returned"),
    }
    return names[status]


def status_pill(status: PurchaseStatus) -> PillSpec:
    """Return the pill of a status; the usual one has no icon."""
    looks = {
        PurchaseStatus.ORDERED: (PillKind.RUNNING, "truck"),
        PurchaseStatus.RECEIVED: (PillKind.NEUTRAL, ""),
        PurchaseStatus.RETURNED: (PillKind.NEUTRAL, "undo-2"),
    }
    kind, icon = looks[status]
    return PillSpec(kind, status_name(status), icon)


def refund_pill() -> PillSpec:
    """Return the pill of a purchase of which money came back."""
    return PillSpec(PillKind.NEUTRAL, tr("Refund"), "undo-2")


def warranty_name(status: CoverStatus) -> str:
    """Return what the state of a warranty is called."""
    names = {
        CoverStatus.ACTIVE: tr("Active"),
        CoverStatus.EXPIRING: tr("Expiring"),
        CoverStatus.EXPIRED: tr("Ended"),
        CoverStatus.VOIDED: tr("Voided"),
    }
    return names[status]


def warranty_pill(
    until: date | None, has_covers: bool, today: date, soon: int = REMINDER_DAYS
) -> PillSpec | None:
    """Return the pill of a purchase's furthest cover, None where it has none.

    `until` is its last day, `date.max` for a lifetime, and None where every cover was voided. `soon` is how many
    days ahead of its end a cover counts as expiring.
    """
    return _pill_until(until, today, soon) if has_covers else None


def cover_pill(cover: Cover, today: date, soon: int = REMINDER_DAYS) -> PillSpec:
    """Return the pill of one cover, which counts as expiring `soon` days ahead of its end."""
    return _pill_until(None if cover.voided else cover.last_day, today, soon)


def _pill_until(until: date | None, today: date, soon: int) -> PillSpec:
    if until is None:
        return PillSpec(PillKind.NEUTRAL, warranty_name(CoverStatus.VOIDED), "ban")
    if until == date.max:
        return PillSpec(PillKind.OK, tr("Lifetime"), "shield-check")
    days = (until - today).days
    if days < 0:
        text = tr("Ended {month}").format(month=formats.month(until))
        return PillSpec(PillKind.BAD, text, "circle-x")
    left = formats.time_left(until, today)
    text = left[:1].upper() + left[1:]
    if days <= _URGENT_DAYS:
        return PillSpec(PillKind.BAD, text, "triangle-alert")
    if days <= soon:
        return PillSpec(PillKind.WARN, text, "clock")
    if days <= _NEAR_DAYS:
        return PillSpec(PillKind.NEUTRAL, text, "calendar")
    return PillSpec(PillKind.OK, text, "shield-check")


_CATEGORY_ICONS = {
    "electronics": "monitor",
    "office supplies": "paperclip",
    "furniture": "armchair",
    "software and subscriptions": "app-window",
    "books and courses": "book-open",
    "household": "house",
    "tools": "wrench",
    "clothing": "shirt",
    "health": "heart-pulse",
    "travel": "plane",
    "groceries": "shopping-basket",
    "services": "briefcase",
    "practice equipment": "stethoscope",
    "practice supplies": "stethoscope",
}


def category_icon(category: str) -> str:
    """Return the drawing of a category of the starter set, and a tag for every other."""
    return _CATEGORY_ICONS.get(category.casefold(), "tag")


def cover_kind_name(kind: str) -> str:
    """Return what a kind of cover is called; a text of the user's own stays as it is."""
    names = {
        "LIMITED": tr("Limited"),
        "EXTENDED": tr("Extended"),
        "LIFETIME": tr("Lifetime"),
        "STATUTORY": tr("Statutory"),
        "PARTS": tr("Parts"),
        "LABOUR": tr("Labour"),
        "ACCIDENTAL": tr("Accidental damage"),
    }
    return names.get(kind, kind)


def cover_kind_of(name: str) -> str:
    """Return the kind of cover that a name on the screen means; any other text is a kind of its own."""
    wanted = name.strip()
    for kind in COVER_KINDS:
        if wanted.casefold() in (kind.casefold(), cover_kind_name(kind).casefold()):
            return kind
    return wanted


def duration_text(duration: Duration) -> str:
    """Return a length of time in words: "2 years 6 months"."""
    parts = (
        tr_n("{n} year", "{n} years", duration.years) if duration.years else "",
        tr_n("{n} month", "{n} months", duration.months) if duration.months else "",
        tr_n("{n} day", "{n} days", duration.days) if duration.days else "",
    )
    return " ".join(part for part in parts if part)
