"""A folder of previews that stays small: those that were not looked at for longest go first."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from app.services.paths import cache_folder
from app.storage.files import replace_file

_log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 2_000
_KEPT = 0.8
"""When the folder is full, so much of it is kept."""
_ENDING = ".preview"
_PNG = b"\x89PNG\r\n\x1a\n"
_PAGES = 4
"""A file has the number of pages in so many bytes, then the PNG."""


def preview_cache() -> "PreviewCache":
    """Return the cache in the platform's folder for such things."""
    return PreviewCache(cache_folder() / "previews")


def forget_previews(contents: Iterable[str]) -> None:
    """Remove the previews of files that are gone, which may show what nobody else should see."""
    preview_cache().forget(contents)


class PreviewCache:
    """Previews by the SHA-256 of the file and the size in pixels that they fit into.

    Nothing here raises: what cannot be kept is made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, sha256: str, width: int, height: int) -> tuple[bytes, int] | None:
        """Return the PNG of a preview and the number of pages, or None when there is none."""
        kept = self._place(sha256, width, height)
        try:
            found = kept.read_bytes()
            os.utime(kept)
        except OSError:
            return None
        pages, png = int.from_bytes(found[:_PAGES]), found[_PAGES:]
        return (png, pages) if png.startswith(_PNG) and png.endswith(b"IEND\xaeB`\x82") else None

    def put(self, sha256: str, width: int, height: int, png: bytes, pages: int) -> None:
        """Keep a preview, and drop old ones where the folder has grown too large."""
        kept = self._place(sha256, width, height)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            with replace_file(kept) as file:
                Path(file.name).chmod(0o600)
                file.write(pages.to_bytes(_PAGES) + png)
            self._drop_old()
        except OSError as error:
            _log.info("a preview could not be kept: %s", type(error).__name__)

    def forget(self, contents: Iterable[str]) -> None:
        """Remove the previews of files that are gone."""
        gone = set(contents)
        try:
            for kept in self._folder.glob(f"*{_ENDING}"):
                if kept.name.partition("-")[0] in gone:
                    kept.unlink(missing_ok=True)
        except OSError as error:
            _log.info("previews could not be removed: %s", type(error).__name__)

    def _place(self, sha256: str, width: int, height: int) -> Path:
        return self._folder / f"{sha256}-{width}x{height}{_ENDING}"

    def _drop_old(self) -> None:
        with os.scandir(self._folder) as entries:
            kept = [(entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries]
        size = sum(one[1] for one in kept)
        if size <= MOST_BYTES and len(kept) <= MOST_FILES:
            return
        number = len(kept)
        for _, bytes_of_it, path in sorted(kept):
            if size <= MOST_BYTES * _KEPT and number <= MOST_FILES * _KEPT:
                return
            Path(path).unlink(missing_ok=True)
            size -= bytes_of_it
            number -= 1
