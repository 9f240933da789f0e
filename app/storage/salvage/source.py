"""A damaged database as a set of tables: which pages are whose, and what rows are on them."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Table

from app.storage.salvage.pages import Pages
from app.storage.salvage.records import INTERIOR, LEAF, Leaf, Row, kind_of, read_leaf
from app.storage.salvage.shapes import Shape
from app.storage.salvage.trees import HIGHEST, LOWEST, Gap, PageSet, Tree, claim_index
from app.storage.tables import metadata

Told = Callable[[int, int], None]
"""Hears how many pages of how many were read; may raise to stop the work."""

_SCHEMA_COLUMNS = 5
_TOLD_EVERY = 64


@dataclass
class Part:
    """One table of the damaged database. `entries` is how many rows its indexes know of, None where that is lost."""

    shape: Shape
    root: int | None
    gaps: list[Gap] = field(default_factory=list)
    entries: int | None = None


class Source:
    """Reads a damaged database. `roots` says where tables are whose place the database itself does not tell.

    Raises `EnvironmentProblem`, and whatever `told` raises.
    """

    def __init__(self, path: Path, roots: Mapping[str, int], told: Told) -> None:
        self.pages = Pages(path)
        self._told = told
        self._done = 0
        self._claimed = PageSet(self.pages.count)
        for number in self.pages.free():
            self._claimed.add(number)
        self.parts = self._parts(roots)

    def rows(self) -> Iterator[tuple[Shape, Leaf]]:
        """Give what is on the pages of each table, and then what is on pages that no tree leads to any more."""
        for part in self.parts.values():
            if part.root is None:
                part.gaps.append(Gap(LOWEST, HIGHEST))
                continue
            tree = Tree(self.pages, self._claimed)
            for leaf in tree.leaves(part.root, part.shape.fits):
                self._step()
                yield part.shape, leaf
            part.gaps = tree.gaps
        if any(part.gaps for part in self.parts.values()):
            yield from self._stray()

    def close(self) -> None:
        """Let go of the files."""
        self.pages.close()

    def _step(self) -> None:
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._told(min(self._done, self.pages.count), self.pages.count)

    def _stray(self) -> Iterator[tuple[Shape, Leaf]]:
        for number in range(1, self.pages.count + 1):
            self._step()
            leaf = self._unclaimed(number)
            shape = None if leaf is None else self._owner(leaf)
            if leaf is not None and shape is not None:
                self._claimed.add(number)
                yield shape, leaf

    def _unclaimed(self, number: int) -> Leaf | None:
        if number in self._claimed:
            return None
        page = self.pages.read(number)
        if page is None or kind_of(page, number) != LEAF:
            return None
        leaf = read_leaf(self.pages, number)
        return leaf if leaf.rows else None

    def _owner(self, leaf: Leaf) -> Shape | None:
        """Return the one table with a gap that a page can belong to, None when there is none, or more than one."""
        broken = [part for part in self.parts.values() if part.gaps and part.shape.fits(leaf)]
        exact = [part for part in broken if any(gap.holds(leaf) for gap in part.gaps)]
        found = exact or broken
        return found[0].shape if len(found) == 1 else None

    # -- the schema

    def _parts(self, roots: Mapping[str, int]) -> dict[str, Part]:
        entries = list(self._schema())
        told = {row[1]: row for row in entries if row[0] == "table"}
        parts = {}
        for table in metadata.sorted_tables:
            row = told.get(table.name)
            root = row[3] if row is not None else self._believed(table, roots.get(table.name))
            parts[table.name] = Part(Shape(table, _columns(row[4], table) if row is not None else None), root)
        for kind, _name, owner, root, _sql in entries:
            if kind == "index":
                known = claim_index(self.pages, root, self._claimed, self._step)
                part = parts.get(owner)
                if part is not None and known is not None:
                    part.entries = max(part.entries or 0, known)
        return parts

    def _believed(self, table: Table, root: int | None) -> int | None:
        """Return where a table begins in every ledger, if what is there looks like it."""
        if root is None:
            return None
        leaf = read_leaf(self.pages, root)
        page = self.pages.read(root)
        if page is None:
            return None
        kind = kind_of(page, root)
        return root if kind == INTERIOR or (kind == LEAF and Shape(table).fits(leaf)) else None

    def _schema(self) -> Iterator[tuple[str, str, str, int, str]]:
        """Give (kind, name, table, root page, SQL) of what the database says it has."""
        tree = Tree(self.pages, self._claimed)
        yield from (_entry(row) for leaf in tree.leaves(1, _is_schema) for row in leaf.rows if _is_entry(row))
        if not tree.gaps:
            return
        for number in range(1, self.pages.count + 1):
            leaf = self._unclaimed(number)
            if leaf is not None and _is_schema(leaf):
                self._claimed.add(number)
                yield from (_entry(row) for row in leaf.rows if _is_entry(row))


def _is_schema(leaf: Leaf) -> bool:
    return any(_is_entry(row) for row in leaf.rows)


def _is_entry(row: Row) -> bool:
    values = row.values
    return (
        len(values) == _SCHEMA_COLUMNS
        and values[0] in ("table", "index")
        and isinstance(values[1], str)
        and isinstance(values[2], str)
        and isinstance(values[3], int)
        and (values[4] is None or isinstance(values[4], str))
    )


def _entry(row: Row) -> tuple[str, str, str, int, str]:
    kind, name, owner, root, sql = row.values
    return kind, name, owner, root, sql or ""


def _columns(sql: str, table: Table) -> list[str] | None:
    """Return a table's columns in the order that they are stored in, None where the statement does not tell."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("PRAGMA trusted_schema=0")
            connection.set_authorizer(_only_tables)
            connection.execute(sql)
            connection.set_authorizer(None)
            found = [row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')]
    except (sqlite3.Error, sqlite3.Warning, ValueError):
        return None
    needed = {
        column.name for column in table.columns if not column.nullable and column.server_default is None
    }
    return found if needed <= set(found) else None


_ALLOWED = frozenset(
    {sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE,
     sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_REINDEX, sqlite3.SQLITE_SELECT}
)  # fmt: skip


def _only_tables(action: int, *_details: object) -> int:
    """Let a statement from a damaged file make a table in memory, and nothing else."""
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
