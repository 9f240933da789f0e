"""Receipts of the sample's purchases: a slip as a till prints it, made of what the purchase says."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.attachments import Owner, OwnerKind
from app.domain.money import to_decimal
from app.domain.purchases import Purchase
from app.domain.text import fold
from app.services.attachments.pdf import PDF, pdf_text
from app.services.changes import Write
from app.services.jobs import JobContext
from app.services.sample.purchases import with_receipts
from app.storage.attachments import writing
from app.storage.attachments.store import AttachmentStore
from app.storage.attachments.writing import NewFile, Pair

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _MARGIN, _LINE = 190.0, 14.0, 11.0
"""In points; a till's paper is 80 mm wide, of which it prints on 67."""
_SIZE, _BIG = 7.0, 9.0
_BARS = 46


@dataclass(frozen=True, slots=True)
class _Line:
    left: str
    right: str = ""
    strong: bool = False


def plant_receipts(
    write: Write, store: AttachmentStore, made: Sequence[Purchase], ids: Sequence[int], job: JobContext
) -> None:
    """Attach a receipt to each purchase that has one; what was ordered together has one in common."""
    wanted = with_receipts()
    slips: dict[str, list[tuple[Purchase, int]]] = {}
    for purchase, id in zip(made, ids, strict=True):
        if purchase.name in wanted:
            slips.setdefault(purchase.order_number or str(id), []).append((purchase, id))
    pairs: list[Pair] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, slip in enumerate(slips.values()):
            job.progress(number, len(slips), "Adding receipts")
            bought = [purchase for purchase, _ in slip]
            path = Path(folder) / receipt_name(bought[0])
            path.write_bytes(receipt_pdf(bought))
            stored = store.put(path)
            file = NewFile(path, path.name, stored.sha256, stored.size, PDF, pdf_text(path))
            pairs.extend((Owner(OwnerKind.PURCHASE, id), file) for _, id in slip)
    writing.add(write, pairs)


def receipt_name(purchase: Purchase) -> str:
    """Return the name of a purchase's receipt, which says where and when."""
    shop = "-".join(fold(purchase.retailer).split()) or "receipt"
    return f"{purchase.purchased_on.isoformat()}-{shop}.pdf"


def receipt_pdf(purchases: Sequence[Purchase]) -> bytes:
    """Return the receipt of what was bought in one go, as a PDF; the same bytes for the same purchases."""
    from reportlab.pdfgen.canvas import Canvas

    lines = list(_lines(purchases))
    height = _MARGIN * 2 + _LINE * (len(lines) + 7) + 24
    target = BytesIO()
    # Without `invariant` a PDF says when it was made, and no two would be the same.
    canvas = Canvas(target, pagesize=(_WIDTH, height), invariant=1)
    first = purchases[0]
    canvas.setTitle(receipt_name(first))
    y = height - _MARGIN - _BIG
    canvas.setFont("Helvetica-Bold", _BIG)
    canvas.drawCentredString(_WIDTH / 2, y, first.retailer.upper())
    y -= _LINE
    canvas.setFont("Helvetica", _SIZE)
    canvas.drawCentredString(_WIDTH / 2, y, f"{first.purchased_on:%d %b %Y} · {_number(first)}")
    y = _rule(canvas, y)
    for line in lines:
        if not line.left:
            y = _rule(canvas, y)
            continue
        canvas.setFont("Helvetica-Bold" if line.strong else "Helvetica", _SIZE)
        canvas.drawString(_MARGIN, y, line.left)
        canvas.drawRightString(_WIDTH - _MARGIN, y, line.right)
        y -= _LINE
    _barcode(canvas, y - 22, _number(first))
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _lines(purchases: Sequence[Purchase]) -> Iterator[_Line]:
    currency = purchases[0].currency
    for purchase in purchases:
        amount = purchase.price if purchase.unit_price is None else purchase.unit_price * purchase.quantity
        name = purchase.name if purchase.quantity == 1 else f"{purchase.quantity} x {purchase.name}"
        yield _Line(name, _amount(amount, currency))
        if purchase.serial_number:
            yield _Line(f"  S/N {purchase.serial_number}")
    yield _Line("")
    for title, minor in (
        ("Discount", -sum(purchase.discount or 0 for purchase in purchases)),
        ("Shipping", sum(purchase.shipping or 0 for purchase in purchases)),
        ("Sales tax", sum(purchase.tax or 0 for purchase in purchases)),
    ):
        if minor:
            yield _Line(title, _amount(minor, currency))
    total = sum(purchase.price for purchase in purchases)
    yield _Line(f"TOTAL {currency}", _amount(total, currency), strong=True)
    yield _Line(purchases[0].paid_with or "Paid", _amount(total, currency))


def _amount(minor: int, currency: str) -> str:
    return f"{to_decimal(minor, currency):,}"


def _number(purchase: Purchase) -> str:
    return purchase.order_number or f"{purchase.purchased_on:%y%m%d}-{purchase.price % 10_000:04}"


def _rule(canvas: "Canvas", y: float) -> float:
    canvas.setDash(1, 2)
    canvas.line(_MARGIN, y - 4, _WIDTH - _MARGIN, y - 4)
    canvas.setDash()
    return y - _LINE - 4


def _barcode(canvas: "Canvas", y: float, number: str) -> None:
    """Draw bars as wide as the letters of a number say; nobody is meant to scan them."""
    x = (_WIDTH - 2 * _BARS) / 2
    for bar in range(_BARS):
        width = 0.6 + (ord(number[bar % len(number)]) * (bar + 3) % 7) / 5
        canvas.rect(x + 2 * bar, y, width, 18, stroke=0, fill=1)
    canvas.setFont("Helvetica", _SIZE - 2)
    canvas.drawCentredString(_WIDTH / 2, y - 7, number)
