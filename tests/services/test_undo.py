"""Undo and redo: every command is taken back and done again to the byte."""

from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, bought, contents, differences


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
