"""Finding rows again in an ordered vector of ids, of any length, without keeping other threads waiting."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from app.ui.tables.source import Ids

Span = tuple[int, int]
"""A run of rows: the first, and the one after the last."""

# A step over so many rows takes about a millisecond; between two steps other threads get their turn.
_STEP = 1 << 15
# How far around its old row an id is looked for first: most changes move few rows.
_NEAR = 2000
# A flag for every number up to the highest id is quicker than a set, unless ids are few and far between.
_FLAGS_PER_ROW = 32


def no_ids() -> Ids:
    """Return an empty vector."""
    return array("q")


def position(ids: Ids, wanted: int, near: int = 0) -> int:
    """Return the row that holds the id, or -1. `near` is where it was before."""
    start = max(0, near - _NEAR)
    found = _index(ids, wanted, start, near + _NEAR)
    if found >= 0:
        return found
    for start in range(0, len(ids), _STEP):
        found = _index(ids, wanted, start, start + _STEP)
        if found >= 0:
            return found
    return -1


def spans_of(ids: Ids, wanted: Collection[int]) -> list[Span]:
    """Return the runs of rows whose ids are among the wanted, in order."""
    if not wanted or not ids:
        return []
    spans: list[Span] = []
    is_wanted = _membership(ids, wanted)
    for start, part in _parts(ids):
        _append_runs(bytes(map(is_wanted, part)), start, spans)
    return spans


def joined(ranges: Iterable[Span]) -> list[Span]:
    """Return runs of rows in order, with those that touch or overlap made one."""
    spans: list[Span] = []
    for start, stop in sorted(ranges):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((start, stop))
    return spans


def covers(spans: Sequence[Span], row: int) -> bool:
    """Tell whether a row lies in one of the runs, which are in order and do not overlap."""
    at = bisect_right(spans, row, key=lambda span: span[0]) - 1
    return at >= 0 and row < spans[at][1]


def taken(ids: Ids, spans: Iterable[Span]) -> Ids:
    """Return the ids of the rows in the runs."""
    result = no_ids()
    for start, stop in spans:
        result.extend(ids[start:stop])
    return result


def _index(ids: Ids, wanted: int, start: int, stop: int) -> int:
    try:
        return int(ids.index(wanted, start, stop))
    except ValueError:
        return -1


def _parts(ids: Ids) -> Iterator[tuple[int, Ids]]:
    return ((start, ids[start : start + _STEP]) for start in range(0, len(ids), _STEP))


def _membership(ids: Ids, wanted: Collection[int]) -> Callable[[int], int]:
    """Return what says 1 or True for each wanted id of the vector."""
    if not isinstance(wanted, array):
        return frozenset(wanted).__contains__
    highest = max(max(part) for vector in (ids, wanted) for _, part in _parts(vector))
    lowest = min(min(part) for vector in (ids, wanted) for _, part in _parts(vector))
    if lowest < 0 or highest > _FLAGS_PER_ROW * (len(ids) + len(wanted)):
        return frozenset(wanted).__contains__
    flags = bytearray(highest + 1)
    for item in wanted:
        flags[item] = 1
    return flags.__getitem__


def _append_runs(hits: bytes, offset: int, spans: list[Span]) -> None:
    at = hits.find(1)
    while at >= 0:
        end = hits.find(0, at)
        if end < 0:
            end = len(hits)
        if spans and spans[-1][1] == offset + at:
            spans[-1] = (spans[-1][0], offset + end)
        else:
            spans.append((offset + at, offset + end))
        at = hits.find(1, end)
