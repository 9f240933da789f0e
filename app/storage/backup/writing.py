"""Writes a one-file archive: a zip that any program can read, as a stream of bytes."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, cast

from app.domain.backups import DATABASE, MANIFEST, Manifest, Member, manifest_to_json

Content = tuple[Member, Iterator[bytes]]

_LEVEL = 1
_LARGE = 1 << 31
_DEFLATED = frozenset({DATABASE, MANIFEST})


class _Outlet:
    """Takes what the zip writer writes, and gives it away."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def write(self, block: bytes) -> int:
        self._blocks.append(bytes(block))
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self._blocks)
        self._blocks.clear()
        return taken


def archive_bytes(manifest: Manifest, contents: Iterable[Content]) -> Iterator[bytes]:
    """Give the bytes of an archive of the members that `manifest` names, in that order.

    The database is deflated; attachments are packed already and stored as they are.
    """
    text = json.dumps(manifest_to_json(manifest), ensure_ascii=False, indent=1).encode()
    parts = ((member.name, member.size, blocks) for member, blocks in contents)
    outlet = _Outlet()
    with zipfile.ZipFile(cast("IO[bytes]", outlet), "w", compresslevel=_LEVEL) as archive:
        for name, size, blocks in chain(parts, [(MANIFEST, len(text), iter([text]))]):
            # A member that is opened by its name has no clock time and can be read by its owner only.
            archive.compression = zipfile.ZIP_DEFLATED if name in _DEFLATED else zipfile.ZIP_STORED
            with archive.open(name, "w", force_zip64=size >= _LARGE) as file:
                for block in blocks:
                    file.write(block)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
