"""Pictures made of attached files, by the libraries that are loaded when the first one is asked for."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.attachments.pdf import ONE_AT_A_TIME, PDF, first_page

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 64_000_000
"""A picture with more is not decoded; one of 4 GB can hide in a few kilobytes."""

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
SHOWN = frozenset({PDF, *_FORMATS})
"""The media types that pictures are made of."""


def picture(path: Path, media_type: str, width: int, height: int) -> tuple[bytes, int]:
    """Return a PNG of a file that fits into so many pixels, and its number of pages.

    Raises whatever a broken or hostile file makes the libraries raise.
    """
    with ONE_AT_A_TIME:
        if media_type == PDF:
            image, pages = first_page(path, width, height)
        else:
            image, pages = _image(path, _FORMATS[media_type], width, height)
        target = BytesIO()
        image.save(target, "PNG")
        return target.getvalue(), pages


def _image(path: Path, kind: str, width: int, height: int) -> "tuple[Image, int]":
    from PIL import Image, ImageOps

    # Pillow only warns of some pictures that are far too large.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(path, formats=(kind, "MPO") if kind == "JPEG" else (kind,)) as opened:
            # A JPEG can be decoded at a fraction of its size, so that large ones cost no memory.
            opened.draft(None, (width * 2, height * 2))
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            pages = getattr(opened, "n_frames", 1) if kind == "TIFF" else 1
            opened.seek(0)
            opened.load()
            upright = _plain(ImageOps.exif_transpose(opened))
            upright.thumbnail((width, height))
            return upright, pages


def _plain(image: "Image") -> "Image":
    """Return an image that PNG can hold, without what else the file says, such as where a photo was taken."""
    if image.mode.startswith("I"):
        # Shades of 16 bits: converted as they are, all but the darkest would be white.
        image = image.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    converted = image.convert("RGBA" if image.has_transparency_data else "RGB")
    converted.info.clear()
    return converted
