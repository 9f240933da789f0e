"""PDF files read through PDFium: what they say, and a picture of the first page.

PDFium is not thread-safe, so that one lock goes around everything that is done with it.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.text import clean_note

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)

PDF = "application/pdf"
ONE_AT_A_TIME = threading.RLock()
"""Held around everything that PDFium does, and around the making of pictures, so that memory stays bounded."""

_PAGES = 20
"""So many pages are read for what they say; receipts have a few."""
_LETTERS = 20_000
"""So many letters are kept."""


def pdf_text(path: Path) -> str:
    """Return what the first pages of a PDF say, as one text; empty where nothing can be read. Raises nothing."""
    parts: list[str] = []
    with ONE_AT_A_TIME:
        try:
            with _opened(path) as document:
                for number in range(min(len(document), _PAGES)):
                    parts.append(_words(document, number))
                    if sum(map(len, parts)) >= _LETTERS:
                        break
        except Exception as error:  # noqa: BLE001 - a hostile file can make the reader raise anything
            _log.info("the text of a PDF could not be read: %s", type(error).__name__)
    return _tidy("\n".join(parts))[:_LETTERS]


def first_page(path: Path, width: int, height: int) -> "tuple[Image, int]":
    """Return a picture of the first page that fits into so many pixels, and the number of pages.

    Raises whatever a broken or hostile file makes PDFium raise, and `ValueError` for one without a page.
    """
    with ONE_AT_A_TIME, _opened(path) as document:
        pages = len(document)
        if not pages:
            raise ValueError("no page")
        page = document[0]
        try:
            wide, high = page.get_size()
            if not (wide > 0 and high > 0):
                raise ValueError("a page without a size")
            scale = min(width / wide, height / high)
            bitmap = page.render(scale=scale, may_draw_forms=False)
            try:
                return bitmap.to_pil().convert("RGB"), pages
            finally:
                bitmap.close()
        finally:
            page.close()


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def _words(document: Any, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_bounded()
            return text[:_LETTERS]
        finally:
            text_page.close()
    finally:
        page.close()


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in clean_note(text).splitlines())
    return "\n".join(line for line in lines if line)
