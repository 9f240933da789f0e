"""The names of one kind as rows of a table, and editing them in place."""

from array import array
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any
from urllib.parse import urlsplit

from app.domain.columns import Column
from app.domain.problems import Refused
from app.domain.text import clean, fold, name_key
from app.services import names
from app.services.ledger import Interrupt, Ledger
from app.services.names import NameKind, NameRow
from app.ui.i18n import tr
from app.ui.tables.source import FirstRows, Ids, TableQuery

_NAME = Column("name", "Name", "name", 320, editable=True)
_URL = Column("url", "Web page", "text", 300, editable=True, supporting=True)
_COUNT = Column("count", "Purchases", "count", 110)


def columns_of(kind: NameKind) -> tuple[Column, ...]:
    """Return the columns of a kind: only retailers and brands have a web page."""
    return (_NAME, _URL, _COUNT) if kind.has_url else (_NAME, _COUNT)


class NameSource:
    """Fills the table of one kind. There are thousands of names at most, so that they are sorted in memory."""

    def __init__(self, ledger: Ledger, kind: NameKind) -> None:
        self._ledger = ledger
        self._kind = kind

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` names and how many there are."""
        found = self._found(query)
        return FirstRows(found[:n], len(found))

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all names in order."""
        return array("q", (row.id for row in self._found(query)))

    def rows(self, ids: Sequence[int]) -> Sequence[NameRow]:
        """Return the names with these ids."""
        wanted = frozenset(ids)
        return [row for row in names.listing(self._ledger, self._kind) if row.id in wanted]

    def value(self, row: NameRow, key: str) -> object:
        """Return what a name holds in a column."""
        return getattr(row, key)

    def _found(self, query: TableQuery) -> list[NameRow]:
        words = fold(str(query.filter or "")).split()
        rows = [
            row
            for row in names.listing(self._ledger, self._kind)
            if all(word in fold(f"{row.name} {row.url}") for word in words)
        ]
        if query.sort == "count":
            return sorted(rows, key=lambda row: row.count if not query.descending else -row.count)
        if query.sort == "url":
            return sorted(rows, key=lambda row: (fold(row.url), name_key(row.name)), reverse=query.descending)
        return sorted(rows, key=lambda row: name_key(row.name), reverse=query.descending)


class NameEditing:
    """Renames in place, and sets web pages."""

    def __init__(self, ledger: Ledger, kind: NameKind) -> None:
        self._ledger = ledger
        self._kind = kind
        self._names: dict[int, str] = {}

    def edit_text(self, row: NameRow, key: str) -> str:
        """Return the text that the editor starts with."""
        return str(getattr(row, key))

    def problem(self, row: NameRow, key: str, text: str) -> str:
        """Return one sentence saying what is wrong with a text, or an empty one."""
        self._names = {row.id: row.name}
        if key == "name":
            return "" if clean(text) else tr("Enter a name.")
        try:
            web_page(text)
        except ValueError as problem:
            return str(problem)
        return ""

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        """Save a text into a cell."""
        try:
            if key == "name":
                command = names.save(self._kind, row_id, text)
            else:
                command = names.save(self._kind, row_id, self._names[row_id], web_page(text))
        except (Refused, ValueError) as problem:
            refused: Future[Any] = Future()
            refused.set_exception(Refused(str(problem)))
            return refused
        return self._ledger.submit(command)


def web_page(text: str) -> str:
    """Return an address as it is stored, with its scheme; "" for none. Raises `ValueError` with a sentence."""
    address = clean(text)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    problem = ValueError(tr("Enter the address of a web page, such as https://example.com."))
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise problem from None
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or " " in address:
        raise problem
    return address
