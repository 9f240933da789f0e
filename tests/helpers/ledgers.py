"""Ledgers for tests: open ones that close by themselves, and everything in them as plain values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.profile import Profile
from app.domain.purchases import Purchase
from app.services.changes import Area, Command, Write
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.storage import check
from app.storage.findings import Finding
from app.storage.purchases import writing

Tables = dict[str, list[tuple[Any, ...]]]

_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


@contextmanager
def new_ledger(path: Path, profile: Profile = Profile(currency="EUR")) -> Iterator[Ledger]:  # noqa: B008
    """Make a ledger in a folder and open it for the length of the block."""
    create_ledger(path, profile)
    with opened(path) as ledger:
        yield ledger


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Ledger]:
    """Open the ledger in a folder for the length of the block."""
    ledger = open_ledger(path, read_only=read_only)
    try:
        yield ledger
    finally:
        ledger.close()


def contents(ledger: Ledger) -> Tables:
    """Return every row of every table, the search index's texts included."""

    def read(reader: Any) -> Tables:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = [name for (name,) in reader.exec_driver_sql(query)]
        return {
            name: [
                tuple(row) for row in reader.exec_driver_sql(f"SELECT rowid, * FROM {name} ORDER BY rowid")
            ]
            for name in names
            if not any(name == f"purchase_search{shadow}" for shadow in _SHADOWS)
        }

    return ledger.read(read)


def differences(before: Tables, after: Tables) -> list[str]:
    """Return in words which tables differ and in which first row; empty when nothing does."""
    found = []
    for name in sorted(before | after):
        one, other = before.get(name, []), after.get(name, [])
        if one != other:
            pairs = zip([*one, *[None] * len(other)], [*other, *[None] * len(one)], strict=False)
            found.append(f"{name}: " + next(f"{a} became {b}" for a, b in pairs if a != b))
    return found


def bought(name: str = "Kettle", price: int = 4900, currency: str = "EUR", **fields: Any) -> Purchase:
    """Return a purchase with whatever a test does not care about filled in."""
    given: dict[str, Any] = {"purchased_on": date(2026, 3, 14), **fields}
    return Purchase(name, price, currency, **given)


def add_all(batches: Sequence[Sequence[Purchase]]) -> Command:
    """Add purchases as an import does: batch after batch in one transaction."""

    def run(write: Write) -> int:
        for batch in batches:
            writing.insert(write, batch)
        write.touch(Area.PURCHASES, None)
        return sum(len(batch) for batch in batches)

    return Command("Import purchases", run)


def damage(ledger: Ledger) -> list[str]:
    """Return in words what is wrong inside a ledger; empty when everything fits together."""
    return [f"{found.what} ({found.where})" for found in ledger.read(_found)]


def _found(reader: Any) -> list[Finding]:
    return list(check.findings(reader, lambda _done, _total, _text: None))
