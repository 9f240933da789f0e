"""Rows of a file as they would become records, in words for a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.money import Money
from app.domain.purchases import Purchase, PurchaseStatus
from app.domain.warranties import furthest
from app.services.importing.kind import Record
from app.services.importing.mapping import Target
from app.services.importing.preview import Preview, PreviewRow
from app.services.importing.report import ImportReport
from app.services.importing.running import ALREADY_THERE
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn, Mark
from app.ui.i18n import tr, tr_n

_WARRANTY = "warranty_"
_NAMES = ("name", "debt")
_WIDTHS = {
    "name": 240,
    "debt": 220,
    "notes": 160,
    "price": 130,
    "purchased_on": 140,
    "retailer": 150,
    "order_number": 190,
}
_WIDTH = 130


def shown_fields(preview: Preview) -> list[str]:
    """Return the fields that the table has columns for; all that is told of a warranty is one of them."""
    mapped = preview.mapping.columns
    fields = [
        target.key
        for target in preview.kind.targets
        if target.required and (target.key in mapped or any(other in mapped for other in target.instead))
    ]
    for target in preview.kind.targets:
        key = _WARRANTY if target.key.startswith(_WARRANTY) else target.key
        if target.key in mapped and key not in fields:
            fields.append(key)
    return fields


def columns_of(preview: Preview, fields: Sequence[str]) -> list[GridColumn]:
    """Return the columns of the table: where the row stands, the fields, and what becomes of the row."""
    row_words = {"line": tr("Line"), "row": tr("Row"), "item": tr("Item")}
    first = GridColumn(row_words.get(preview.row_word, tr("Line")), 90, right=True, quiet=True, fits=True)
    becomes = GridColumn(tr("Becomes"), 180, quiet=True, fits=True)
    return [first, becomes, *(_column(preview, key) for key in fields)]


def word_for_good_rows(report: ImportReport) -> str:
    """Return what becomes of rows that are records, as far as the counts of the whole run tell."""
    there = report.skipped_for.get(ALREADY_THERE, 0)
    if report.created:
        return tr("New or known") if there or report.updated else tr("New")
    return tr("Update") if report.updated else tr("Already there")


def cells_of(preview: Preview, row: PreviewRow, fields: Sequence[str], good: str) -> list[GridCell]:
    """Return the cells of one row, with every problem marked where it is; `good` says what a record becomes."""
    whole = row.problems.get("", "")
    first = GridCell(formats.count(row.line), Mark.ERROR if whole else Mark.NONE, whole)
    return [first, _becomes(row, good), *(_cell(preview, row, key) for key in fields)]


def field_at(preview: Preview, header: str, fields: Sequence[str]) -> int:
    """Return the place among the fields of the one that a column of the file becomes, or -1."""
    for at, key in enumerate(fields):
        if header in _headers(preview, key):
            return at
    return -1


def _column(preview: Preview, key: str) -> GridColumn:
    if key == _WARRANTY:
        return GridColumn(tr("Warranty until"), _WIDTH, fits=True)
    target = preview.kind.target_of[key]
    return GridColumn(
        tr(target.title),
        _WIDTHS.get(key, _WIDTH),
        right=target.kind in ("money", "rate", "count"),
        strong=key in _NAMES,
        quiet=target.kind in ("date", "note", "instant", "uuid"),
        grows=2 if key in _NAMES else 1,
        fits=True,
    )


def _becomes(row: PreviewRow, good: str) -> GridCell:
    if row.problems:
        return GridCell(tr("Not imported"))
    if row.skipped:
        return GridCell(tr("Passed over: {reason}").format(reason=row.skipped))
    return GridCell(good)


def _headers(preview: Preview, key: str) -> list[str]:
    """Return the columns of the file that a column of the table is made of."""
    mapped = preview.mapping.columns
    if key == _WARRANTY:
        return [header for name, header in mapped.items() if name.startswith(_WARRANTY)]
    if key in mapped:
        return [mapped[key]]
    return [mapped[other] for other in preview.kind.target_of[key].instead if other in mapped]


def _cell(preview: Preview, row: PreviewRow, key: str) -> GridCell:
    headers = _headers(preview, key)
    for header in headers:
        reason = row.problems.get(header)
        if reason:
            return GridCell(_text_in_file(preview, row, header) or formats.NO_VALUE, Mark.ERROR, reason)
    if row.record is not None:
        text = _text_of(row.record, key, preview.kind.target_of.get(key))
        if text is not None:
            return GridCell(text or formats.NO_VALUE)
    texts = [_text_in_file(preview, row, header) for header in headers]
    return GridCell(" ".join(filter(None, texts)) or formats.NO_VALUE, quiet=bool(row.skipped))


def _text_in_file(preview: Preview, row: PreviewRow, header: str) -> str:
    at = preview.headers.index(header) if header in preview.headers else len(row.cells)
    return " ".join(row.cells[at].split())[:200] if at < len(row.cells) else ""


def _text_of(record: Record, key: str, target: Target | None) -> str | None:
    """Return a field of a record in words, or None where the record has it in another shape than the file."""
    special = _SPECIAL.get(key)
    if isinstance(record, Purchase) and special is not None:
        return special(record)
    value = getattr(record, key, None)
    if target is None or not hasattr(record, key) or target.kind in ("word", "json", "minimum"):
        return None
    if value is None:
        return ""
    if target.kind == "money":
        # A payment is in the currency of its debt, and only the file says how it is written.
        return formats.money(Money(value, record.currency)) if hasattr(record, "currency") else None
    tell = _BY_KIND.get(target.kind)
    return " ".join(str(value).split())[:200] if tell is None else tell(value)


_BY_KIND: Mapping[str, Callable[[Any], str]] = {
    "rate": formats.rate,
    "date": formats.date,
    "count": formats.count,
    "instant": formats.date_time,
}


def _warranty(purchase: Purchase) -> str:
    if not purchase.covers:
        return ""
    until = furthest(purchase.covers)
    if until is None:
        return tr("voided")
    return tr("lifetime") if until.year == 9999 else formats.date(until)


def _refunds(purchase: Purchase) -> str:
    if not purchase.refunds:
        return ""
    return formats.money(Money(purchase.refunded, purchase.currency))


def _covers(purchase: Purchase) -> str:
    return tr_n("{n} warranty", "{n} warranties", len(purchase.covers)) if purchase.covers else ""


def _status(purchase: Purchase) -> str:
    words = {
        PurchaseStatus.ORDERED: tr("Ordered"),
        PurchaseStatus.RECEIVED: tr("Received"),
        PurchaseStatus.RETURNED: tr("Returned"),
    }
    return words[purchase.status]


_SPECIAL: Mapping[str, Callable[[Purchase], str]] = {
    _WARRANTY: _warranty,
    "debt": lambda purchase: purchase.debt.name if purchase.debt else "",
    "debt_uuid": lambda purchase: str(purchase.debt.uuid) if purchase.debt else "",
    "tags": lambda purchase: ", ".join(purchase.tags),
    "status": _status,
    "covers": _covers,
    "refunds": _refunds,
}
