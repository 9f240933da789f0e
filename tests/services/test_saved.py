"""Saved filters and saved mappings."""

from decimal import Decimal

import pytest

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.services import saved
from app.services.ledger import Ledger
from app.services.saved import Shelf


def names(ledger: Ledger, scope: str = "purchases") -> list[str]:
    return [entry.name for entry in saved.listing(ledger, Shelf.FILTERS, scope)]


def test_a_filter_is_saved_replaced_and_deleted(ledger: Ledger) -> None:
    wanted = PurchaseFilter(text="größer", price_from=Decimal("10.50"))
    id = ledger.run(saved.save(Shelf.FILTERS, "purchases", " Big ", wanted.to_json())).result
    (entry,) = saved.listing(ledger, Shelf.FILTERS, "purchases")
    assert (entry.id, entry.name) == (id, "Big")
    assert PurchaseFilter.from_json(entry.definition) == wanted
    again = ledger.run(saved.save(Shelf.FILTERS, "purchases", "BIG", {})).result
    assert (again, names(ledger)) == (id, ["BIG"])
    ledger.run(saved.delete(Shelf.FILTERS, entry))
    assert names(ledger) == []
    for before in (["BIG"], ["Big"], []):
        ledger.undo().result()
        assert names(ledger) == before


def test_pages_and_kinds_keep_their_own(ledger: Ledger) -> None:
    for scope in ("purchases", "warranties"):
        ledger.run(saved.save(Shelf.FILTERS, scope, "Mine", {"text": scope}))
    ledger.run(saved.save(Shelf.MAPPINGS, "purchases", "Mine", {"columns": []}))
    assert names(ledger) == names(ledger, "warranties") == ["Mine"]
    assert [entry.definition for entry in saved.listing(ledger, Shelf.MAPPINGS, "purchases")] == [
        {"columns": []}
    ]


@pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 501])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="Enter a name"):
        saved.save(Shelf.FILTERS, "purchases", name, {})
