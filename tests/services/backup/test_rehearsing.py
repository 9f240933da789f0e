"""A rehearsal says, table by table and by name, what a restore would do, and changes nothing."""

from pathlib import Path

from app.services import backup, purchases
from app.services.ledger import Ledger
from tests.helpers.backups import names
from tests.helpers.ledgers import bought


def test_what_goes_what_comes_back_and_what_changes(furnished: Ledger, archive: Path) -> None:
    furnished.run(purchases.remove([1]))
    furnished.run(purchases.add(bought("Newcomer")))
    furnished.run(purchases.bulk_edit([2], {"retailer": "Corner shop"}, ()))
    there = names(furnished.path)
    found = backup.rehearse(archive, furnished)
    (table,) = [one for one in found.tables if one.table == "purchases"]
    assert (table.now, table.after) == (4, 4)
    assert (table.removed, table.comes_back, table.changed) == (1, 1, 1)
    assert table.removed_names == ("Newcomer",)
    assert table.comes_back_names == ("Kettle",)
    assert table.changed_names == ("Lamp",)
    assert not found.is_same
    assert names(furnished.path) == there


def test_the_same_is_the_same(furnished: Ledger, archive: Path) -> None:
    found = backup.rehearse(archive, furnished)
    assert found.is_same
    assert found.attachments == 3
    assert not found.older_schema


def test_without_a_ledger_all_of_it_comes_back(archive: Path) -> None:
    found = backup.rehearse(archive, None)
    assert {one.now for one in found.tables} == {0}
    assert next(one for one in found.tables if one.table == "purchases").comes_back == 4
