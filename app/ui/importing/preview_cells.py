"""Rows of a file as they would become purchases, in words for a table."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.money import Money
from app.domain.purchases import Purchase, PurchaseStatus
from app.domain.warranties import furthest
from app.services.importing.mapping import TARGET_OF, TARGETS
from app.services.importing.preview import Preview, PreviewRow
from app.services.importing.purchases import ALREADY_THERE
from app.services.importing.report import ImportReport
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn, Mark
from app.ui.i18n import tr, tr_n

_ALWAYS = ("name", "price", "purchased_on")
_WARRANTY = "warranty_"
_WIDTHS = {"name": 240, "notes": 160, "price": 130, "purchased_on": 140, "retailer": 150, "order_number": 190}
_WIDTH = 130


def shown_fields(preview: Preview) -> list[str]:
    """Return the fields that the table has columns for; all that is told of a warranty is one of them."""
    mapped = preview.mapping.columns
    fields = [key for key in _ALWAYS if key in mapped or key == "price"]
    for target in TARGETS:
        key = _WARRANTY if target.key.startswith(_WARRANTY) else target.key
        if target.key in mapped and key not in fields:
            fields.append(key)
    return fields


def columns_of(preview: Preview, fields: Sequence[str]) -> list[GridColumn]:
    """Return the columns of the table: where the row stands, the fields, and what becomes of the row."""
    row_words = {"line": tr("Line"), "row": tr("Row"), "item": tr("Item")}
    first = GridColumn(row_words.get(preview.row_word, tr("Line")), 90, right=True, quiet=True, fits=True)
    becomes = GridColumn(tr("Becomes"), 180, quiet=True, fits=True)
    return [first, becomes, *(_column(key) for key in fields)]


def word_for_good_rows(report: ImportReport) -> str:
    """Return what becomes of rows that are purchases, as far as the counts of the whole run tell."""
    there = report.skipped_for.get(ALREADY_THERE, 0)
    if report.created:
        return tr("New or known") if there or report.updated else tr("New")
    return tr("Update") if report.updated else tr("Already there")


def cells_of(preview: Preview, row: PreviewRow, fields: Sequence[str], good: str) -> list[GridCell]:
    """Return the cells of one row, with every problem marked where it is; `good` says what a purchase becomes."""
    whole = row.problems.get("", "")
    first = GridCell(formats.count(row.line), Mark.ERROR if whole else Mark.NONE, whole)
    return [first, _becomes(row, good), *(_cell(preview, row, key) for key in fields)]


def field_at(preview: Preview, header: str, fields: Sequence[str]) -> int:
    """Return the place among the fields of the one that a column of the file becomes, or -1."""
    for at, key in enumerate(fields):
        if header in _headers(preview, key):
            return at
    return -1


def _column(key: str) -> GridColumn:
    if key == _WARRANTY:
        return GridColumn(tr("Warranty until"), _WIDTH, fits=True)
    target = TARGET_OF[key]
    return GridColumn(
        tr(target.title),
        _WIDTHS.get(key, _WIDTH),
        right=target.kind in ("money", "count"),
        strong=key == "name",
        quiet=target.kind in ("date", "note", "instant", "uuid"),
        grows=2 if key == "name" else 1,
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
    if key == "price" and key not in mapped:
        return [mapped["unit_price"]] if "unit_price" in mapped else []
    return [mapped[key]] if key in mapped else []


def _cell(preview: Preview, row: PreviewRow, key: str) -> GridCell:
    headers = _headers(preview, key)
    for header in headers:
        reason = row.problems.get(header)
        if reason:
            return GridCell(_text_in_file(preview, row, header) or formats.NO_VALUE, Mark.ERROR, reason)
    if row.purchase is not None:
        return GridCell(_text_of(row.purchase, key) or formats.NO_VALUE)
    texts = [_text_in_file(preview, row, header) for header in headers]
    return GridCell(" ".join(filter(None, texts)) or formats.NO_VALUE, quiet=bool(row.skipped))


def _text_in_file(preview: Preview, row: PreviewRow, header: str) -> str:
    at = preview.headers.index(header) if header in preview.headers else len(row.cells)
    return " ".join(row.cells[at].split())[:200] if at < len(row.cells) else ""


def _text_of(purchase: Purchase, key: str) -> str:
    if key == _WARRANTY:
        return _warranty(purchase)
    tell = _SPECIAL.get(key)
    if tell is not None:
        return tell(purchase)
    value = getattr(purchase, key)
    kind = TARGET_OF[key].kind
    if value is None:
        return ""
    if kind == "money":
        return formats.money(Money(value, purchase.currency))
    if kind == "date":
        return formats.date(value)
    if kind == "count":
        return formats.count(value)
    if kind == "instant":
        return formats.date_time(value)
    return " ".join(str(value).split())[:200]


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
    "tags": lambda purchase: ", ".join(purchase.tags),
    "status": _status,
    "covers": _covers,
    "refunds": _refunds,
}
