"""Warranties as a user changes them: dates and lengths, voiding, many at once, and what a list shows of them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.domain.claims import Claim
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.domain.warranties import Cover, CoverFilter, CoverStatus, Duration, SortBy, cover_for
from app.services import claims, purchases, warranties
from app.services.changes import Area
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, contents, differences


def add_cover(ledger: Ledger, cover: Cover, name: str = "Kettle") -> int:
    """Add a purchase with one cover and return the cover's id."""
    purchase = ledger.run(purchases.add(bought(name))).result
    return int(ledger.run(warranties.add(purchase, cover)).result)


def two_years(start: date = date(2026, 3, 14)) -> Cover:
    return cover_for(start, Duration(years=2))


def one(ledger: Ledger, id: int) -> Cover:
    found = warranties.get(ledger, id)
    assert found is not None
    return found.cover


def test_a_cover_is_added_to_a_purchase_and_taken_back(ledger: Ledger) -> None:
    purchase = ledger.run(purchases.add(bought("Desk lamp", retailer="IKEA"))).result
    before = contents(ledger)
    change = ledger.run(warranties.add(purchase, replace(two_years(), provider=" Philips ")))
    assert change.label == "Add a warranty to “Desk lamp”"
    assert change.ids[Area.WARRANTIES] == {change.result}
    assert change.ids[Area.PURCHASES] == {purchase}
    row = warranties.get(ledger, change.result)
    assert row is not None
    assert (row.product, row.retailer, row.cover.provider) == ("Desk lamp", "IKEA", "Philips")
    assert row.cover.ends_on == date(2028, 3, 14)
    stored = purchases.rows(ledger, [purchase])[0]
    assert stored.covered_until == date(2028, 3, 14)
    undone = ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    assert undone is not None
    assert undone.areas >= {Area.WARRANTIES, Area.PURCHASES}


def test_a_cover_that_cannot_be_is_refused_in_words(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="ends before it starts"):
        warranties.add(1, Cover(date(2026, 1, 2), date(2026, 1, 1)))
    with pytest.raises(Refused, match="too long"):
        warranties.add(1, Cover(date(2026, 1, 2), duration=Duration(years=9000)))
    with pytest.raises(Refused, match="at most 500"):
        warranties.add(1, replace(two_years(), provider="x" * 501))
    with pytest.raises(Refused, match="deleted meanwhile"):
        ledger.run(warranties.add(77, two_years()))


def test_a_new_start_moves_the_end_where_the_length_is_known(ledger: Ledger) -> None:
    id = add_cover(ledger, two_years())
    ledger.run(warranties.set_field(id, "starts_on", date(2026, 4, 1)))
    assert one(ledger, id).ends_on == date(2028, 4, 1)
    ledger.run(warranties.set_field(id, "duration", Duration(months=18)))
    assert one(ledger, id).ends_on == date(2027, 10, 1)
    ledger.run(warranties.set_field(id, "ends_on", date(2027, 12, 31)))
    assert one(ledger, id).duration is None
    ledger.run(warranties.set_field(id, "starts_on", date(2026, 5, 1)))
    assert one(ledger, id).ends_on == date(2027, 12, 31)
    ledger.run(warranties.set_field(id, "kind", "Lifetime"))
    assert (one(ledger, id).kind, one(ledger, id).ends_on) == ("LIFETIME", None)
    with pytest.raises(Refused, match="how long it lasts"):
        ledger.run(warranties.set_field(id, "kind", "PARTS"))


def test_the_furthest_cover_in_force_decides_for_its_purchase(ledger: Ledger) -> None:
    purchase = ledger.run(purchases.add(bought("Kettle"))).result
    today = ledger.today()
    near = ledger.run(warranties.add(purchase, Cover(today, today + timedelta(days=5)))).result
    far = ledger.run(warranties.add(purchase, Cover(today, today + timedelta(days=400)))).result

    def state() -> set[CoverStatus]:
        return {
            status
            for status in CoverStatus
            if purchases.count(ledger, PurchaseFilter(warranty=frozenset({status})))
        }

    assert state() == {CoverStatus.ACTIVE}
    assert [row.id for row in warranties.still_covered(ledger, purchase)] == [far, near]
    ledger.run(warranties.void([far]))
    assert one(ledger, far).ends_on == today + timedelta(days=400)
    assert state() == {CoverStatus.EXPIRING}
    ledger.run(warranties.void([near]))
    assert state() == {CoverStatus.VOIDED}
    assert warranties.still_covered(ledger, purchase) == []
    ledger.run(warranties.void([far], voided=False))
    assert state() == {CoverStatus.ACTIVE}
    assert ledger.undo_label == "Restore a warranty of “Kettle”"


def test_a_cover_is_stored_as_it_is_given(ledger: Ledger) -> None:
    id = add_cover(ledger, two_years())
    changed = replace(one(ledger, id), kind="Shop's own", notes="two\nlines", policy_number="P-1")
    ledger.run(warranties.replace(changed))
    assert one(ledger, id) == changed
    with pytest.raises(Refused, match="deleted meanwhile"):
        ledger.run(warranties.replace(replace(changed, id=id + 1)))


def test_a_kind_in_small_letters_is_the_programs_own_for_many_too(ledger: Ledger) -> None:
    id = add_cover(ledger, two_years())
    report = ledger.run(warranties.bulk_edit([id], {"kind": " lifetime"})).result
    assert report.changed == 0
    assert "a lifetime has no end" in report.refused[0][2]
    ledger.run(warranties.bulk_edit([id], {"kind": "extended"}))
    assert one(ledger, id).kind == "EXTENDED"
    ledger.run(warranties.bulk_edit([id], {"kind": "Sale of goods"}))
    assert one(ledger, id).kind == "Sale of goods"


def test_many_covers_are_changed_in_one_step_and_the_others_are_told(ledger: Ledger) -> None:
    plain = add_cover(ledger, Cover(date(2026, 1, 1), date(2027, 1, 31)), "Lamp")
    long = add_cover(ledger, two_years(date(2024, 2, 29)), "Chair")
    lifetime = add_cover(ledger, Cover(date(2026, 1, 1), kind="LIFETIME"), "Knife")
    late = add_cover(ledger, Cover(date(2026, 1, 1), date(2199, 12, 1)), "Clock")
    before = contents(ledger)
    everything = [plain, long, lifetime, late]
    report = ledger.run(
        warranties.bulk_edit(everything, {"provider": "Acme", "extend": Duration(months=1)})
    ).result
    assert report.changed == 2
    assert [(id, name) for id, name, _ in report.refused] == [(lifetime, "Knife"), (late, "Clock")]
    assert one(ledger, plain).ends_on == date(2027, 2, 28)
    assert (one(ledger, long).ends_on, one(ledger, long).duration) == (date(2026, 3, 29), Duration(2, 1))
    assert one(ledger, late).provider == ""
    assert ledger.undo_label == "Change 2 warranties"
    report = ledger.run(warranties.bulk_edit(everything, {"kind": "LIFETIME", "voided": True})).result
    assert report.changed == 1
    assert all("by itself" in reason for _, _, reason in report.refused)
    ledger.undo().result()
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    with pytest.raises(Refused, match="by how long"):
        warranties.bulk_edit(everything, {"extend": Duration()})


def test_deleting_takes_the_claims_along_and_undo_brings_them_back(ledger: Ledger) -> None:
    id = add_cover(ledger, two_years())
    ledger.run(claims.open_claim(Claim(date(2026, 5, 1), "R-1", cover_id=id)))
    before = contents(ledger)
    assert ledger.run(warranties.remove([id])).result == 1
    assert claims.open_count(ledger) == 0
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []


def test_days_left_puts_what_ends_soonest_first_and_what_is_over_last(ledger: Ledger) -> None:
    today = ledger.today()
    ended = add_cover(ledger, Cover(date(2020, 1, 1), date(2022, 1, 1)))
    lifetime = add_cover(ledger, Cover(date(2020, 1, 1), kind="LIFETIME"))
    soon = add_cover(ledger, Cover(date(2020, 1, 1), today))
    voided = add_cover(ledger, Cover(date(2020, 1, 1), today, voided=True))
    later = add_cover(ledger, Cover(date(2020, 1, 1), today + timedelta(days=50)))
    assert list(warranties.ids(ledger, CoverFilter(), SortBy())) == [soon, later, lifetime, ended, voided]
    assert [row.id for row in warranties.rows(ledger, [voided, 99, soon])] == [voided, soon]


def test_providers_and_kinds_are_listed_once_whatever_their_case(ledger: Ledger) -> None:
    for provider in ("Acme", "acme", "Acme", "Zeta", ""):
        add_cover(ledger, replace(two_years(), provider=provider, kind="EXTENDED", uuid=uuid4()))
    assert warranties.providers(ledger) == ["Acme", "Zeta"]
    assert warranties.kinds(ledger) == ["EXTENDED"]
    assert warranties.count(ledger, CoverFilter(providers=frozenset({"ACME"}))) == 3
    assert warranties.count(ledger, CoverFilter(providers=frozenset({"", "zeta"}))) == 2
