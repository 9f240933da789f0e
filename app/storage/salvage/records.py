"""Reads the rows of a page of a table, each by itself, so that one that is damaged spoils no other."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.storage.salvage.pages import Pages

LEAF, INTERIOR = 13, 5
INDEX_LEAF, INDEX_INTERIOR = 10, 2
_FIRST_PAGE_HEADER = 100
_MOST_BYTES = 1 << 30
_SIGNED = 1 << 63


class Damage(Enum):
    """Stands for a value whose bytes are not there any more."""

    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was found: its rowid and its values in the order of the columns."""

    rowid: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was found on a page: its rows, and how many more places of rows there were that nothing could be made of."""

    rows: tuple[Row, ...]
    broken: int


def start_of(number: int) -> int:
    """Return where the head of a page is: the first one begins with that of the file."""
    return _FIRST_PAGE_HEADER if number == 1 else 0


def kind_of(page: bytes, number: int) -> int:
    """Return the byte that says what a page is."""
    return page[start_of(number)]


def read_leaf(pages: Pages, number: int) -> Leaf:
    """Read every row that a page has. Where the page cannot be read there are none."""
    page = pages.read(number)
    if page is None:
        return Leaf((), 0)
    rows, broken = [], 0
    for pointer in cell_pointers(page, start_of(number) + 8, start_of(number)):
        row = _row(pages, page, pointer)
        if row is None:
            broken += 1
        else:
            rows.append(row)
    return Leaf(tuple(rows), broken)


def cell_pointers(page: bytes, array_at: int, head: int) -> Iterator[int]:
    """Give where the cells of a page begin."""
    cells = int.from_bytes(page[head + 3 : head + 5], "big")
    most = (len(page) - array_at) // 2
    for place in range(min(cells, most)):
        at = array_at + 2 * place
        yield int.from_bytes(page[at : at + 2], "big")


def cell_count(page: bytes, head: int) -> int:
    """Return how many cells a page says it has."""
    return int.from_bytes(page[head + 3 : head + 5], "big")


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of 1 to 9 bytes, and return it with where the next thing begins. Raises `IndexError`."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _row(pages: Pages, page: bytes, pointer: int) -> Row | None:
    try:
        if pointer < 8:
            return None
        size, at = varint(page, pointer)
        rowid, at = varint(page, at)
        if not 1 < size <= min(_MOST_BYTES, pages.count * pages.size):
            return None
        payload = _payload(pages, page, at, size)
        values = _values(payload, size)
    except (IndexError, struct.error):
        return None
    signed = rowid - 2 * _SIGNED if rowid >= _SIGNED else rowid
    return None if values is None else Row(signed, values)


def _payload(pages: Pages, page: bytes, at: int, size: int) -> bytes:
    """Return a row's bytes; fewer than `size` where some of its further pages are gone."""
    usable = pages.usable
    most = usable - 35
    if size <= most:
        return page[at : min(at + size, usable)]
    least = (usable - 12) * 32 // 255 - 23
    fits = least + (size - least) % (usable - 4)
    local = fits if fits <= most else least
    if at + local + 4 > usable:
        return page[at:usable]
    parts = [page[at : at + local]]
    missing = size - local
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    while missing > 0:
        more = pages.read(following)
        if more is None:
            break
        following = int.from_bytes(more[:4], "big")
        part = more[4 : min(4 + missing, usable)]
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _values(payload: bytes, size: int) -> tuple[Any, ...] | None:
    head, at = varint(payload, 0)
    if not at <= head <= size:
        return None
    kinds = []
    while at < head:
        kind, at = varint(payload, at)
        kinds.append(kind)
    values: list[Any] = []
    place = head
    for kind in kinds:
        if kind in (10, 11):
            return None
        length = _length(kind)
        values.append(_value(kind, payload[place : place + length], length))
        place += length
    return tuple(values)


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]


def _value(kind: int, data: bytes, length: int) -> Any:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind >= 12 and kind % 2:
        # What is left of a text is worth more than nothing; what is no text is marked where it is not.
        return data.decode("utf-8", "replace") if data or not length else Damage.GONE
    if len(data) < length:
        return Damage.GONE
    if kind >= 12:
        return data
    if kind == 7:
        return struct.unpack(">d", data)[0]
    return int.from_bytes(data, "big", signed=True)
