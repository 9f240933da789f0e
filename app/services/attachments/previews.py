"""Previews of attached files: small pictures, kept in a cache of bounded size."""

import logging
from dataclasses import dataclass
from pathlib import Path

from app.domain.attachments import Attachment
from app.services.attachments.cache import preview_cache
from app.services.attachments.copies import path_of
from app.services.attachments.media import HEAD, media_type_of
from app.services.attachments.pictures import SHOWN, picture
from app.services.jobs import JobContext
from app.services.ledger import EnvironmentProblem, Ledger

_log = logging.getLogger(__name__)

_SMALLEST, _LARGEST = 16, 4096
"""In pixels."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of a file as a PNG, and how many pages the file has."""

    png: bytes
    pages: int


def preview(
    ledger: Ledger, attachment: Attachment, width: int, height: int, context: JobContext | None = None
) -> Preview | None:
    """Return a picture of a file that fits into so many pixels, turned upright, of the first of its pages.

    None stands for a file of a type that has no preview, one that is unavailable, and one that cannot be read. Raises
    `Cancelled` only. May take a second: call it in a job.
    """
    if attachment.media_type not in SHOWN:
        return None
    running = context or JobContext()
    running.check()
    wide, high = (max(_SMALLEST, min(side, _LARGEST)) for side in (width, height))
    cache = preview_cache()
    # Of a file that was found to be unavailable a kept preview would hide that.
    kept = cache.get(attachment.sha256, wide, high) if attachment.available else None
    if kept is not None:
        return Preview(*kept)
    try:
        path = path_of(ledger, attachment)
    except EnvironmentProblem as problem:
        _log.info("no preview of a file: %s", type(problem).__name__)
        return None
    running.check()
    made = _made(path, attachment.media_type, wide, high)
    if made is not None:
        cache.put(attachment.sha256, wide, high, made.png, made.pages)
    return made


def preview_of_path(path: Path, width: int, height: int) -> Preview | None:
    """Return a picture of a file that is not in the ledger, as `preview` does; nothing of it is kept."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            media_type = media_type_of(path.name, file.read(HEAD))
    except OSError:
        return None
    wide, high = (max(_SMALLEST, min(side, _LARGEST)) for side in (width, height))
    return _made(path, media_type, wide, high) if media_type in SHOWN else None


def _made(path: Path, media_type: str, width: int, height: int) -> Preview | None:
    try:
        return Preview(*picture(path, media_type, width, height))
    except Exception as error:  # noqa: BLE001 - a hostile file can make the libraries raise anything
        _log.info("no preview of a file of type %s: %s", media_type, type(error).__name__)
        return None
