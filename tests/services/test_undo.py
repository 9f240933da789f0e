"""Undo and redo: every command is taken back and done again to the byte."""

from datetime import date
from itertools import islice

import pytest

from app.services import purchases
from app.services.changes import Command
from app.services.ledger import Ledger
from app.services.sample.many_purchases import many_purchases
from app.services.undo import DEPTH
from app.storage import derived
from tests.helpers.ledgers import add_all, bought, contents, damage, differences, opened


def test_names_that_later_batches_of_an_import_bring_come_back_with_redo(ledger: Ledger) -> None:
    empty = contents(ledger)
    batches = [
        [bought("Kettle", retailer="Corner Hardware", tags=("home",))],
        [bought("Lamp", retailer="Halden Home", brand="Lumera", category="Light", tags=("home", "gift"))],
    ]
    ledger.run(add_all(batches))
    filled = contents(ledger)
    ledger.undo().result()
    assert differences(empty, contents(ledger)) == []
    ledger.redo().result()
    assert differences(filled, contents(ledger)) == []


def test_undo_and_redo_name_what_they_take_back(ledger: Ledger) -> None:
    assert ledger.undo().result() is None
    assert ledger.redo().result() is None
    ledger.run(purchases.add(bought("Kettle")))
    ledger.run(purchases.add(bought("Pan")))
    assert (ledger.undo_label, ledger.redo_label) == ("Add “Pan”", None)
    ledger.undo().result()
    assert (ledger.undo_label, ledger.redo_label) == ("Add “Kettle”", "Add “Pan”")
    ledger.run(purchases.add(bought("Pot")))
    assert (ledger.undo_label, ledger.redo_label) == ("Add “Pot”", None)


def test_a_hundred_steps_can_be_taken_back_and_no_more(ledger: Ledger) -> None:
    for number in range(DEPTH + 5):
        ledger.run(purchases.add(bought(f"Thing {number}")))
    steps = 0
    while ledger.undo().result() is not None:
        steps += 1
    assert steps == DEPTH
    assert purchases.count(ledger) == 5
    while ledger.redo().result() is not None:
        steps -= 1
    assert steps == 0
    assert purchases.count(ledger) == DEPTH + 5


def test_a_command_that_changes_nothing_is_no_step(ledger: Ledger) -> None:
    change = ledger.run(Command("Nothing", lambda _write: "looked"))
    assert (change.result, change.undoable, ledger.undo_label) == ("looked", False, None)


def test_an_undo_that_fails_leaves_the_step_to_be_tried_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    before = contents(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(derived, "refresh", lambda *_given: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    assert ledger.undo_label == "Add “Kettle”"
    ledger.undo().result()
    assert purchases.count(ledger) == 0


def test_what_is_undone_is_gone_after_closing_and_the_stack_with_it(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    ledger.run(purchases.add(bought("Pan")))
    ledger.undo().result()
    ledger.close()
    with opened(ledger.path) as again:
        assert purchases.count(again) == 1
        assert (again.undo_label, again.redo_label) == (None, None)


def check_import_and_back(ledger: Ledger, size: int) -> None:
    """Add many purchases as an import does, change some, and go all the way back and forth."""
    first = contents(ledger)
    made = many_purchases(size, 1, date(2026, 11, 20))
    batches = iter(lambda: list(islice(made, 2_000)), [])
    ledger.run(add_all(list(batches)))
    ledger.run(purchases.bulk_edit(range(1, size // 2), {"status": "ORDERED", "brand": "Newbrand"}))
    ledger.run(purchases.remove(range(size // 4, size)))
    last = contents(ledger)
    while ledger.undo().result() is not None:
        pass
    assert differences(first, contents(ledger)) == []
    while ledger.redo().result() is not None:
        pass
    assert differences(last, contents(ledger)) == []
    assert damage(ledger) == []


def test_an_import_is_one_step_there_and_back(ledger: Ledger) -> None:
    check_import_and_back(ledger, 4_500)


@pytest.mark.long
def test_a_large_import_is_one_step_there_and_back(ledger: Ledger) -> None:
    check_import_and_back(ledger, 100_000)
