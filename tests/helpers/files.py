"""Receipts, pictures and broken files for tests."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from app.domain.attachments import Attachment, Owner, OwnerKind
from app.services import attachments, purchases
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought


def written(path: Path, content: bytes) -> Path:
    """Write a file, with its folders, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def pdf_bytes(
    *pages: Sequence[str], size: tuple[float, float] = (300, 400), encrypt: str | None = None
) -> bytes:
    """Return a PDF with a page of lines for each argument."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1, encrypt=encrypt)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(20, size[1] - 30 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def image_bytes(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
) -> bytes:
    """Return a picture, its left half dark."""
    from PIL import Image

    image = Image.new(mode, size, 255 if mode in ("L", "1") else None)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), 0 if mode in ("L", "1") else "navy"), (0, 0))
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def bomb_png(side: int = 60_000) -> bytes:
    """Return a PNG of a few kilobytes that claims to have more pixels than memory has bytes."""
    head = side.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in chunks
    )


def add_purchase(ledger: Ledger, **fields: Any) -> Owner:
    """Add a purchase, and return it as what files hang on."""
    return Owner(OwnerKind.PURCHASE, ledger.run(purchases.add(bought(**fields))).result)


def attach(ledger: Ledger, owner: Owner, *paths: Path) -> list[Attachment]:
    """Attach files, all of them, and return what the record has then."""
    report = attachments.attach(ledger, owner, paths, JobContext())
    assert report.failed == []
    return attachments.listing(ledger, owner)


def stored_files(ledger_folder: Path) -> list[str]:
    """Return the names of all files below the folder of attached files."""
    return sorted(path.name for path in (ledger_folder / "uploads").rglob("*") if path.is_file())
