"""A table's worth of made-up purchases, of any length, without a database."""

from array import array
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.columns import Column
from app.domain.money import Money
from app.domain.problems import Refused
from app.services.ledger import Interrupt, Interrupted
from app.ui.tables.cells import PillSpec
from app.ui.tables.source import FirstRows, TableQuery
from app.ui.widgets.pill import PillKind

COLUMNS = (
    Column("bought", "Bought", "date", 110),
    Column("name", "Item", "name", 192, editable=True),
    Column("shop", "Shop", "text", 158),
    Column("paid_with", "Paid with", "text", 122, supporting=True),
    Column("warranty", "Warranty", "warranty", 130, sortable=False),
    Column("tags", "Tags", "tags", 140, visible=False, sortable=False),
    Column("receipt", "Receipt", "receipt", 80),
    Column("price", "Amount", "money", 80, editable=True),
)
SHOPS = ("Brightwell Electronics", "Northwind Office", "Tallymark", "Corner Books")
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Bought:
    """One made-up purchase."""

    id: int
    name: str
    shop: str
    paid_with: str
    bought: date
    price: Money
    warranty: PillSpec | None = None
    receipt: int = 0
    tags: tuple[str, ...] = ()


def make(row_id: int) -> Bought:
    """Return the purchase with this id; always the same."""
    return Bought(
        row_id,
        f"Thing {row_id}",
        SHOPS[row_id % len(SHOPS)],
        "Debit" if row_id % 3 else "",
        FIRST_DAY + timedelta(days=row_id % 9000),
        Money(row_id * 7 % 100_000 - 500, "USD"),
        PillSpec(PillKind.OK, f"{row_id % 40 + 4} months left", "shield-check") if row_id % 4 else None,
        row_id % 2,
        ("office", "tax 2025")[: row_id % 3],
    )


class FakeSource:
    """Purchases with ids from 1 on, newest (highest) first unless sorted otherwise.

    A filter is a number: only ids that it divides are shown. `asked` tells which reads were made.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.removed: set[int] = set()
        self.changed: dict[int, Bought] = {}
        self.asked: list[tuple[str, Any]] = []
        self.interrupted = 0
        self.failing: Exception | None = None
        self.total_known = True
        self.edits: list[tuple[int, str, str]] = []
        self.edit_futures: list[Future[Any]] = []

    def ids(self, query: TableQuery, interrupt: Interrupt) -> "array[int]":
        self.asked.append(("ids", query))
        if interrupt.cancelled:
            self.interrupted += 1
            raise Interrupted
        self._fail()
        return array("q", self._ids(query))

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        self.asked.append(("first", query))
        if interrupt.cancelled:
            self.interrupted += 1
            raise Interrupted
        self._fail()
        ids = self._ids(query)
        return FirstRows([self._row(row_id) for row_id in ids[:n]], len(ids) if self.total_known else None)

    def rows(self, ids: Sequence[int]) -> list[Bought]:
        self.asked.append(("rows", list(ids)))
        self._fail()
        return [self._row(row_id) for row_id in ids if row_id not in self.removed and row_id <= self.count]

    def value(self, row: Bought, key: str) -> object:
        return getattr(row, key)

    def edit_text(self, row: Bought, key: str) -> str:
        return str(row.price.decimal()) if key == "price" else str(getattr(row, key))

    def problem(self, row: Bought, key: str, text: str) -> str:
        if key == "price" and not text.replace(".", "", 1).isdecimal():
            return "Enter an amount such as 139.00."
        return "" if text.strip() else "Enter a name."

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        future: Future[Any] = Future()
        self.edits.append((row_id, key, text))
        self.edit_futures.append(future)
        return future

    def finish_edit(self, **changes: Any) -> None:
        """Let the oldest edit succeed, with what it changes."""
        row_id, _, _ = self.edits[len(self.edits) - len(self.edit_futures)]
        row = self._row(row_id)
        fields = {name: getattr(row, name) for name in Bought.__slots__}
        self.changed[row_id] = Bought(**(fields | changes))
        self.edit_futures.pop(0).set_result(None)

    def refuse_edit(self, reason: str) -> None:
        """Let the oldest edit be refused."""
        self.edit_futures.pop(0).set_exception(Refused(reason))

    def _row(self, row_id: int) -> Bought:
        return self.changed.get(row_id) or make(row_id)

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing

    def _ids(self, query: TableQuery) -> Sequence[int]:
        step = query.filter or 1
        ids: Sequence[int] = range(step, self.count + 1, step)
        if query.sort == "name":
            # An order in which neighbours are far apart: 7919 is prime.
            ids = sorted(ids, key=lambda row_id: row_id * 7919 % (self.count + 1))
        if query.descending or not query.sort:
            ids = ids[::-1]
        if self.removed:
            ids = [row_id for row_id in ids if row_id not in self.removed]
        return ids


class ByHand(Executor):
    """Runs what was submitted when the test says so, on the test's own thread."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def run(self, at: int = 0) -> None:
        """Run one piece of work."""
        future, work = self.waiting.pop(at)
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - kept in the future, as executors do
            future.set_exception(error)


class AtOnce(ByHand):
    """Runs what is submitted at once; results still come through the event loop."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future = super().submit(fn, *args, **kwargs)
        self.run()
        return future
