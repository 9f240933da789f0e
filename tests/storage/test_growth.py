"""What concerns one purchase takes as long in a large ledger as in a small one."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from app.domain.purchases import PurchaseFilter, Refund, SortBy
from app.domain.warranties import Cover, Horizon
from app.services import names, purchases
from app.services.changes import Command, Write
from app.services.ledger import Ledger
from app.services.names import NameKind
from app.services.sample.many_purchases import many_purchases
from app.storage.database import driver
from app.storage.purchases import first_page
from tests.helpers.ledgers import add_all, bought, new_ledger

SMALL, LARGE = 300, 6_000
EVERY = 10


class Counted:
    """A ledger whose writer counts the instructions that SQLite runs."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._ticks = 0
        ledger.submit(Command("Count", self._count, undoable=False)).result()

    def _count(self, write: Write) -> None:
        driver(write.connection).set_progress_handler(self._tick, EVERY)

    def _tick(self) -> int:
        self._ticks += 1
        return 0

    def instructions(self, act: Callable[[Ledger], object]) -> int:
        before = self._ticks
        act(self.ledger)
        return (self._ticks - before) * EVERY


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Counted]]:
    folder: Path = tmp_path_factory.mktemp("growth")
    with new_ledger(folder / "small") as small, new_ledger(folder / "large") as large:
        for ledger, size in ((small, SMALL), (large, LARGE)):
            ledger.run(purchases.add(bought("First", retailer="Rare shop", tags=("rare",))))
            made = many_purchases(size, 1, date(2026, 11, 20))
            ledger.run(add_all([list(islice(made, 500)) for _ in range(0, size, 500)]))
        yield [Counted(small), Counted(large)]


def change_covers(ledger: Ledger) -> None:
    present = purchases.get(ledger, 1)
    assert present is not None
    covers = () if present.covers else (Cover(date(2026, 1, 1), date(2027, 1, 1)),)
    refunds = () if present.refunds else (Refund(date(2026, 4, 1), 100),)
    fields = {"name": present.name, "price": present.price, "currency": present.currency}
    again = bought(**fields, id=1, uuid=present.uuid, covers=covers, refunds=refunds)
    ledger.submit(purchases.replace_with(again)).result()


def rename(ledger: Ledger) -> None:
    id = names.find(ledger, NameKind.RETAILER, "Rare shop")
    assert id is not None
    ledger.submit(names.save(NameKind.RETAILER, id, "RARE SHOP")).result()


ACTS: dict[str, Callable[[Ledger], object]] = {
    "add": lambda ledger: ledger.submit(purchases.add(bought("New", retailer="New shop"))).result(),
    "rename a retailer": rename,
    "change a field": lambda ledger: ledger.submit(purchases.set_field(1, "notes", "dented")).result(),
    "change warranties and refunds": change_covers,
    "change the status of some": lambda ledger: ledger.submit(
        purchases.bulk_edit([1, 2, 3], {"status": "ORDERED", "category": "Light"}, ("seen",))
    ).result(),
    "duplicate": lambda ledger: ledger.submit(purchases.duplicate([1])).result(),
    "delete": lambda ledger: ledger.submit(purchases.remove([1])).result(),
}


@pytest.mark.parametrize("name", ACTS)
def test_one_purchase_costs_the_same_in_any_ledger(ledgers: list[Counted], name: str) -> None:
    steps = {"do": ACTS[name], "undo": undo, "redo": redo}
    # Now and then the search index tidies up; the least of a few rounds is what the act itself costs.
    for step, act in steps.items():
        costs: list[list[int]] = [[], []]
        for _ in range(4):
            for counted, cost in zip(ledgers, costs, strict=True):
                if step == "redo":
                    undo(counted.ledger)
                cost.append(counted.instructions(act))
                if step == "undo":
                    redo(counted.ledger)
                elif step == "do":
                    undo(counted.ledger)
        if step == "do":
            for counted in ledgers:
                act(counted.ledger)
        small, large = map(min, costs)
        assert large < small * 1.5 + 500, f"{step}: {small} and {large} instructions"
    for counted in ledgers:
        undo(counted.ledger)


def undo(ledger: Ledger) -> None:
    assert ledger.undo().result() is not None


def redo(ledger: Ledger) -> None:
    assert ledger.redo().result() is not None


@pytest.mark.parametrize("key", ["purchased_on", "name", "price", "warranty"])
@pytest.mark.parametrize("text", ["", "brightwell", "ht"])
def test_the_first_page_needs_no_look_at_the_rest(
    ledgers: list[Counted], key: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_page, "_FEW", 10)
    wanted, sort = PurchaseFilter(text=text), SortBy(key)

    def run(write: Write) -> list[int]:
        return first_page.first_ids(write.connection, wanted, sort, Horizon(date(2026, 11, 20)), 5)

    look = Command("Look", run, undoable=False)
    small, large = (counted.instructions(lambda ledger: ledger.submit(look).result()) for counted in ledgers)
    assert large < small * 3 + 500, f"{small} and {large} instructions"
