"""Retailers, brands, categories and tags: added, renamed, merged and deleted, with every purchase kept."""

import pytest

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import names, purchases
from app.services.ledger import Ledger
from app.services.names import NameKind
from tests.helpers.ledgers import bought, contents, damage, differences

KINDS = list(NameKind)


def add(ledger: Ledger, kind: NameKind, name: str, url: str = "") -> int:
    return int(ledger.run(names.add(kind, name, url)).result)


def bought_with(ledger: Ledger, kind: NameKind, name: str, label: str = "Kettle") -> int:
    fields = {"tags": (name,)} if kind is NameKind.TAG else {kind.value: name}
    return int(ledger.run(purchases.add(bought(label, **fields))).result)


def used(ledger: Ledger, kind: NameKind) -> dict[str, int]:
    """Return the names that purchases use, with how many do."""
    return {row.name: row.count for row in names.listing(ledger, kind) if row.count}


def name_on(ledger: Ledger, kind: NameKind, id: int) -> str:
    (row,) = purchases.rows(ledger, [id])
    return str(row.tags if kind is NameKind.TAG else getattr(row, kind.value))


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_added_once_whatever_its_case(ledger: Ledger, kind: NameKind) -> None:
    id = add(ledger, kind, "  Corner   Haus ")
    assert names.find(ledger, kind, "CORNER HAUS") == id
    assert (id, "Corner   Haus") in names.choices(ledger, kind)
    before = contents(ledger)
    with pytest.raises(Refused, match="already; merge the two instead"):
        ledger.run(names.add(kind, "ＣＯＲＮＥＲ haus"))
    assert differences(before, contents(ledger)) == []


@pytest.mark.parametrize("name", ["", "   ", "\u202e", "x" * 501])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        names.add(NameKind.TAG, name)
    assert [problem.field for problem in refusal.value.problems] == ["name"]


def test_addresses_belong_to_retailers_and_brands(ledger: Ledger) -> None:
    for kind in KINDS:
        id = add(ledger, kind, "Somewhere", "https://example.invalid")
        (row,) = [row for row in names.listing(ledger, kind) if row.id == id]
        assert row.url == ("https://example.invalid" if kind.has_url else "")
        ledger.run(names.save(kind, id, "Somewhere else"))
        (row,) = [row for row in names.listing(ledger, kind) if row.id == id]
        assert (row.name, bool(row.url)) == ("Somewhere else", kind.has_url)


def test_names_stand_in_their_order_whatever_case_and_accents(ledger: Ledger) -> None:
    for name in ("zebra", "Özil", "oak", "Ähre", "Birke"):
        add(ledger, NameKind.TAG, name)
    order = ["Ähre", "Birke", "oak", "Özil", "zebra"]
    assert [row.name for row in names.listing(ledger, NameKind.TAG)] == order
    assert [name for _, name in names.choices(ledger, NameKind.TAG)] == order


@pytest.mark.parametrize("kind", KINDS)
def test_a_rename_shows_everywhere(ledger: Ledger, kind: NameKind) -> None:
    purchase = bought_with(ledger, kind, "Old name")
    id = names.find(ledger, kind, "old name")
    assert id is not None
    ledger.run(names.save(kind, id, "OLD NAME"))
    assert name_on(ledger, kind, purchase) == "OLD NAME"
    ledger.run(names.save(kind, id, "New name"))
    assert (name_on(ledger, kind, purchase), used(ledger, kind)) == ("New name", {"New name": 1})
    if kind.has_url:
        for text, found in (("new name", [purchase]), ("old name", [])):
            assert list(purchases.ids(ledger, PurchaseFilter(text=text), SortBy())) == found
    add(ledger, kind, "Taken")
    with pytest.raises(Refused, match="merge the two"):
        ledger.run(names.save(kind, id, "taken"))
    assert damage(ledger) == []


@pytest.mark.parametrize("kind", KINDS)
def test_merging_takes_the_purchases_along(ledger: Ledger, kind: NameKind) -> None:
    bought_ids = [bought_with(ledger, kind, name) for name in ("One", "Two", "Two", "Three")]
    ids = [names.find(ledger, kind, name) or 0 for name in ("One", "Two")]
    before = contents(ledger)
    ledger.run(names.merge(kind, ids, ids[0]))
    assert used(ledger, kind) == {"One": 3, "Three": 1}
    assert [name_on(ledger, kind, id) for id in bought_ids] == ["One", "One", "One", "Three"]
    assert names.find(ledger, kind, "Two") is None
    assert damage(ledger) == []
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []


def test_merging_tags_that_one_purchase_has_both_of(ledger: Ledger) -> None:
    both = ledger.run(purchases.add(bought(tags=("One", "Two")))).result
    ids = [names.find(ledger, NameKind.TAG, name) or 0 for name in ("One", "Two")]
    ledger.run(names.merge(NameKind.TAG, ids, ids[1]))
    assert name_on(ledger, NameKind.TAG, both) == "Two"
    assert used(ledger, NameKind.TAG) == {"Two": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_purchases_keep_living_without_a_name_that_is_deleted(ledger: Ledger, kind: NameKind) -> None:
    first, second = bought_with(ledger, kind, "Gone"), bought_with(ledger, kind, "Stays")
    before = contents(ledger)
    gone = names.find(ledger, kind, "gone")
    assert gone is not None
    ledger.run(names.delete(kind, [gone]))
    assert [name_on(ledger, kind, id) for id in (first, second)] == ["", "Stays"]
    assert purchases.ids(ledger, PurchaseFilter(text="gone"), SortBy()).tolist() == []
    assert damage(ledger) == []
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    assert name_on(ledger, kind, first) == "Gone"


@pytest.mark.parametrize("kind", KINDS)
def test_many_names_at_once(ledger: Ledger, kind: NameKind) -> None:
    ids = [add(ledger, kind, f"Name {number}") for number in range(20)]
    ledger.run(names.delete(kind, [*ids[:10], 10**9]))
    known = {id for id, _ in names.choices(ledger, kind)}
    assert known.isdisjoint(ids[:10])
    assert known.issuperset(ids[10:])
