"""Finds the pages of a table by the tree that they form, and where that tree is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.storage.salvage.pages import Pages
from app.storage.salvage.records import (
    INDEX_INTERIOR,
    INDEX_LEAF,
    INTERIOR,
    LEAF,
    Leaf,
    cell_count,
    cell_pointers,
    kind_of,
    read_leaf,
    start_of,
    varint,
)

LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
_DEEPEST = 20


class PageSet:
    """Numbers of pages, at a byte for each page that there is."""

    def __init__(self, count: int) -> None:
        self._flags = bytearray(count + 1)

    def __contains__(self, number: int) -> bool:
        return 0 <= number < len(self._flags) and bool(self._flags[number])

    def add(self, number: int) -> None:
        """Take a page in; one beyond the end is no page."""
        if 0 <= number < len(self._flags):
            self._flags[number] = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows above `low` and up to `high`, whose page is not to be found from the tree."""

    low: int
    high: int

    def holds(self, leaf: Leaf) -> bool:
        """Tell whether all rows of a page belong in here."""
        return all(self.low < row.rowid <= self.high for row in leaf.rows)


Fits = Callable[[Leaf], bool]
"""Tells whether rows may be those of the table that is read."""


class Tree:
    """One table's pages. `claimed` gets every page that is found to be one of them."""

    def __init__(self, pages: Pages, claimed: PageSet) -> None:
        self._pages = pages
        self._claimed = claimed
        self.gaps: list[Gap] = []

    def leaves(self, root: int, fits: Fits) -> Iterator[Leaf]:
        """Give the table's pages of rows in the order of the tree, and note every gap."""
        yield from self._below(root, LOWEST, HIGHEST, fits, 0)

    def _below(self, number: int, low: int, high: int, fits: Fits, depth: int) -> Iterator[Leaf]:
        page = self._pages.read(number)
        if page is None or number in self._claimed or depth > _DEEPEST:
            self.gaps.append(Gap(low, high))
            return
        kind = kind_of(page, number)
        children = self._children(page, number, low, high) if kind == INTERIOR else []
        if children:
            self._claimed.add(number)
            for child, above, upto in children:
                yield from self._below(child, above, upto, fits, depth + 1)
            return
        leaf = read_leaf(self._pages, number) if kind not in (INDEX_LEAF, INDEX_INTERIOR) else Leaf((), 0)
        if kind == LEAF and not leaf.rows and not leaf.broken:
            # Empty tables have a page without rows.
            self._claimed.add(number)
        elif leaf.rows and fits(leaf) and _mostly_between(leaf, low, high):
            self._claimed.add(number)
            yield leaf
        else:
            self.gaps.append(Gap(low, high))

    def _children(self, page: bytes, number: int, low: int, high: int) -> list[tuple[int, int, int]]:
        """Return the pages below one, each with the rowids that lie on it; those that cannot be become gaps."""
        head = start_of(number)
        found: list[tuple[int, int, int]] = []
        before = low
        for pointer in cell_pointers(page, head + 12, head):
            try:
                key, _ = varint(page, pointer + 4)
            except IndexError:
                key = LOWEST
            if pointer < 12 or not before < key <= high:
                self.gaps.append(Gap(low, high))
                continue
            found.append((int.from_bytes(page[pointer : pointer + 4], "big"), before, key))
            before = key
        if found:
            found.append((int.from_bytes(page[head + 8 : head + 12], "big"), before, high))
        return found


def _mostly_between(leaf: Leaf, low: int, high: int) -> bool:
    inside = sum(low < row.rowid <= high for row in leaf.rows)
    return inside * 2 > len(leaf.rows)


def claim_index(
    pages: Pages, root: int, claimed: PageSet, step: Callable[[], None], depth: int = 0
) -> int | None:
    """Claim an index's pages, and return how many entries it has, None when some of its pages are gone.

    `step` is called for each page.
    """
    step()
    page = pages.read(root)
    if page is None or root in claimed or depth > _DEEPEST:
        return None
    head = start_of(root)
    kind = kind_of(page, root)
    if kind not in (INDEX_LEAF, INDEX_INTERIOR):
        return None
    claimed.add(root)
    entries: int | None = cell_count(page, head)
    if kind == INDEX_LEAF:
        return entries
    children = [int.from_bytes(page[at : at + 4], "big") for at in cell_pointers(page, head + 12, head)]
    children.append(int.from_bytes(page[head + 8 : head + 12], "big"))
    for child in children:
        below = claim_index(pages, child, claimed, step, depth + 1)
        entries = None if below is None or entries is None else entries + below
    return entries
