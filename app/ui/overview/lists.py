"""What the rows of the lists say."""

from collections.abc import Sequence
from datetime import date

from app.domain.due import DueItem
from app.services.overview import ROWS, Covered
from app.services.purchases import PurchaseRow
from app.services.warranties import CoverRow
from app.ui import formats
from app.ui.due.words import amount_text, kind_icon, kind_name, when_pill
from app.ui.i18n import tr, tr_n
from app.ui.overview.rows import Row
from app.ui.purchases.words import category_icon, cover_pill


def warranty_rows(found: Covered, today: date, soon: int) -> list[Row]:
    """Return the warranties that end next, with how much of each is over."""
    return [_warranty(row, today, soon) for row in found.rows]


def warranties_caption(found: Covered, days: int) -> str:
    """Return how many end soon."""
    ending = formats.count(found.ending)
    return tr("{number} in the next {days} days").format(number=ending, days=formats.count(days))


def due_rows(items: Sequence[DueItem], today: date, soon: int) -> list[Row]:
    """Return what is due next."""
    return [
        Row(
            kind_icon(item.kind),
            item.title,
            kind_name(item.kind),
            day=formats.date(item.on),
            amount=amount_text(item) if item.record == "DEBT" else "",
            pill=when_pill(item, today, soon),
        )
        for item in items[:ROWS]
    ]


def due_caption(items: Sequence[DueItem], days: int) -> str:
    """Return how much is due."""
    said = tr("{number} in the next {days} days")
    return said.format(number=formats.count(len(items)), days=formats.count(days))


def recent_rows(rows: Sequence[PurchaseRow]) -> list[Row]:
    """Return the purchases that were made last."""
    return [
        Row(
            category_icon(row.category),
            row.name,
            row.retailer,
            day=formats.date(row.purchased_on),
            amount=formats.money(row.net),
        )
        for row in rows
    ]


def recent_caption(recorded: int) -> str:
    """Return how many purchases there are."""
    return tr_n("{n} recorded", "{n} recorded", recorded)


def _warranty(row: CoverRow, today: date, soon: int) -> Row:
    end = row.cover.ends_on or today
    whole = (end - row.cover.starts_on).days
    elapsed = (today - row.cover.starts_on).days / whole if whole > 0 else 1.0
    return Row(
        category_icon(row.category),
        row.product,
        row.retailer,
        elapsed=elapsed,
        day=formats.date(end),
        pill=cover_pill(row.cover, today, soon),
    )
