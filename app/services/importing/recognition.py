"""What kind of records a file holds, told by its head, its columns, and what those are called."""

from collections.abc import Sequence
from pathlib import Path

from app.services.importing.kind import ImportKind
from app.services.importing.presets import recognise
from app.services.importing.readers import ReadOptions, Source, open_table
from app.services.importing.readers.json_items import JsonItems


def recognised_kind(kinds: Sequence[ImportKind], path: Path, read: ReadOptions) -> ImportKind:
    """Return the kind of record that a file most likely holds, the first kind where nothing tells.

    Raises `UnreadableFile`.
    """
    source = open_table(path, read)
    named = _named(kinds, source)
    if named is not None:
        return named
    for own in (True, False):
        for kind in kinds:
            known = recognise([preset for preset in kind.presets if preset.own is own], source.headers)
            if known is not None:
                return kind
    return max(kinds, key=lambda kind: _score(kind, source.headers))


def _named(kinds: Sequence[ImportKind], source: Source) -> ImportKind | None:
    """Return the kind that a document of ours says it holds, or whose list a document has."""
    if not isinstance(source, JsonItems):
        return None
    by_key = {kind.key: kind for kind in kinds}
    head = source.facts.get("counterfoil")
    told = head.get("kind") if isinstance(head, dict) else None
    return by_key.get(str(told)) or by_key.get(source.list_key)


_UNKNOWN = (-1_000, 0)


def _score(kind: ImportKind, headers: Sequence[str]) -> tuple[int, int]:
    """Return how well columns suit a kind: how few required fields are missing, then how many are known at all."""
    known = {kind.headers.field(header) for header in headers} - {""}
    if not known:
        return _UNKNOWN
    return -len(kind.missing(dict.fromkeys(known, ""))), len(known)
