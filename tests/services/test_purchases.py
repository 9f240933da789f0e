"""What a user can do with purchases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.domain.problems import Refused
from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.warranties import LIFETIME, Cover, CoverStatus, Duration, cover_for
from app.services import names, purchases
from app.services.changes import Area
from app.services.ledger import Ledger
from app.services.names import NameKind
from tests.helpers.ledgers import add_all, bought, contents, damage, differences

MONITOR = Purchase(
    name="27-inch 4K monitor",
    price=56_700,
    currency="USD",
    purchased_on=date(2025, 3, 14),
    quantity=2,
    unit_price=26_250,
    tax=4_200,
    retailer="Brightwell Electronics",
    brand="Brightwell",
    category="Electronics",
    tags=("tax 2025", "office"),
    return_by=date(2025, 4, 14),
    order_number="BE-0377",
    order_line=1,
    model_number="BW27-4K",
    serial_number="BW27-4K-081-5526",
    paid_with="Visa ··4471",
    kept_at="Practice, room 2",
    notes="Dead-pixel cover\nfor the first 12 months.",
    covers=(
        cover_for(date(2025, 3, 14), Duration(3)),
        Cover(date(2025, 3, 14), None, kind=LIFETIME, provider="Shop", policy_number="P-1", voided=True),
    ),
    refunds=(Refund(date(2025, 3, 20), 700, 1, "Scratched"),),
    source="Amazon",
)


def saved(ledger: Ledger, purchase: Purchase) -> Purchase:
    found = purchases.get(ledger, ledger.run(purchases.add(purchase)).result)
    assert found is not None
    return found


def plain(purchase: Purchase) -> Purchase:
    """Return a purchase without what storing it adds."""
    return replace(
        purchase,
        id=0,
        uuid=None,
        created_at=None,
        updated_at=None,
        tags=tuple(sorted(purchase.tags)),
        covers=tuple(replace(cover, id=0, uuid=None) for cover in purchase.covers),
        refunds=tuple(replace(refund, uuid=None) for refund in purchase.refunds),
    )


def names_of(ledger: Ledger, wanted: PurchaseFilter | None = None) -> list[str]:
    ids = purchases.ids(ledger, wanted or PurchaseFilter(), SortBy("name", descending=False))
    return [row.name for row in purchases.rows(ledger, ids)]


def test_every_field_is_stored_and_read_again(ledger: Ledger) -> None:
    found = saved(ledger, MONITOR)
    assert plain(found) == plain(MONITOR)
    assert found.uuid is not None
    assert found.uuid.version == 7
    assert found.created_at == found.updated_at is not None
    assert all(cover.uuid and cover.id for cover in found.covers)
    given = uuid4()
    assert saved(ledger, replace(MONITOR, uuid=given)).uuid == given


def test_texts_are_cleaned_before_they_are_stored(ledger: Ledger) -> None:
    untidy = replace(
        MONITOR,
        name="  Ke\u202ettle\x00 ",
        currency=" usd ",
        retailer=" Corner\tShop ",
        tags=(" gift ", "gift", "  ", ""),
        notes="one\r\ntwo\x1b ",
        covers=(replace(MONITOR.covers[0], provider=" Ma\u202eker\ud800 ", notes="a\r\nb"),),
        refunds=(replace(MONITOR.refunds[0], note=" \u2066torn\x07"),),
    )
    found = saved(ledger, untidy)
    assert (found.name, found.currency, found.retailer) == ("Kettle", "USD", "Corner Shop")
    assert (found.tags, found.notes) == (("gift",), "one\ntwo")
    assert (found.covers[0].provider, found.covers[0].notes) == ("Maker", "a\nb")
    assert found.refunds[0].note == "torn"


def test_names_are_the_same_whatever_their_case(ledger: Ledger) -> None:
    for retailer in ("Corner Shop", "CORNER  SHOP", "ｃorner shop"):
        ledger.run(purchases.add(bought(retailer=retailer)))
    (row,) = [row for row in names.listing(ledger, NameKind.RETAILER) if row.count]
    assert (row.name, row.count) == ("Corner Shop", 3)


@pytest.mark.parametrize("fields", [{"name": " "}, {"price": -1}, {"currency": "Taler"}, {"quantity": 0}])
def test_what_cannot_be_saved_is_refused_before_anything_happens(
    ledger: Ledger, fields: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        purchases.add(bought(**fields))
    assert [problem.field for problem in refusal.value.problems] == list(fields)
    assert purchases.count(ledger) == 0


def test_a_warranty_beyond_the_calendar_is_refused_in_words(ledger: Ledger) -> None:
    endless = Cover(date(2025, 3, 14), None, Duration(years=9000))
    with pytest.raises(Refused, match="The warranty is too long"):
        purchases.add(bought(covers=(endless,)))


def test_the_end_of_a_cover_follows_its_duration(ledger: Ledger) -> None:
    found = saved(ledger, bought(covers=(Cover(date(2024, 2, 29), None, Duration(months=12)),)))
    assert found.covers[0].ends_on == date(2025, 2, 28)


def test_a_change_keeps_the_parts_that_stay(ledger: Ledger) -> None:
    before = saved(ledger, MONITOR)
    extended = cover_for(date(2025, 3, 14), Duration(5), "EXTENDED")
    changed = replace(before, name="Monitor", tags=("office", "new"), covers=(before.covers[0], extended))
    ledger.run(purchases.replace_with(changed))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert plain(after) == plain(changed)
    assert after.covers[0] == before.covers[0]
    assert (after.uuid, after.created_at, after.refunds) == (before.uuid, before.created_at, before.refunds)
    assert after.updated_at is not None
    assert before.updated_at is not None
    assert after.updated_at >= before.updated_at
    (row,) = purchases.rows(ledger, [before.id])
    assert row.covered_until == date(2030, 3, 14)
    assert damage(ledger) == []


def test_a_purchase_deleted_meanwhile_is_not_changed(ledger: Ledger) -> None:
    gone = saved(ledger, MONITOR)
    ledger.run(purchases.remove([gone.id]))
    for command in (purchases.replace_with(gone), purchases.set_field(gone.id, "name", "x")):
        with pytest.raises(Refused, match="was deleted meanwhile"):
            ledger.run(command)
    with pytest.raises(Refused, match="were deleted meanwhile"):
        ledger.run(purchases.duplicate([gone.id]))
    assert purchases.get(ledger, gone.id) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Screen"),
        ("retailer", "Elsewhere"),
        ("brand", ""),
        ("category", "Office"),
        ("status", PurchaseStatus.RETURNED),
        ("kept_at", "Home"),
        ("tags", ("one", "two")),
    ],
)
def test_one_field_is_changed_in_place(ledger: Ledger, field: str, value: Any) -> None:
    before = saved(ledger, MONITOR)
    change = ledger.run(purchases.set_field(before.id, field, value))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert plain(after) == plain(replace(before, **{field: value}))
    assert change.label.startswith("Change “")
    assert damage(ledger) == []


@pytest.mark.parametrize(("field", "value"), [("price", 60_000), ("quantity", 3)])
def test_a_new_price_lets_go_of_parts_that_no_longer_make_it_up(
    ledger: Ledger, field: str, value: int
) -> None:
    before = saved(ledger, MONITOR)
    ledger.run(purchases.set_field(before.id, field, value))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert getattr(after, field) == value
    assert (after.unit_price, after.tax, after.shipping, after.discount) == (None, None, None, None)
    ledger.undo().result()
    assert purchases.get(ledger, before.id) == before


def test_a_price_that_the_parts_make_up_keeps_them(ledger: Ledger) -> None:
    before = saved(ledger, MONITOR)
    ledger.run(purchases.set_field(before.id, "price", before.price))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert (after.unit_price, after.tax) == (before.unit_price, before.tax)


def test_a_price_below_the_refunds_is_refused(ledger: Ledger) -> None:
    before = saved(ledger, MONITOR)
    with pytest.raises(Refused, match="refunds are more than the price"):
        ledger.run(purchases.set_field(before.id, "price", 699))
    assert purchases.get(ledger, before.id) == before


def test_covers_that_start_with_the_purchase_move_with_its_day(ledger: Ledger) -> None:
    later = replace(cover_for(date(2025, 6, 1), Duration(1)), provider="Shop")
    fixed = Cover(date(2025, 3, 14), date(2026, 1, 1))
    before = saved(ledger, replace(MONITOR, covers=(MONITOR.covers[0], fixed, later), refunds=()))
    ledger.run(purchases.set_field(before.id, "purchased_on", date(2024, 2, 29)))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert sorted((cover.starts_on, cover.ends_on) for cover in after.covers) == [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 3, 14), date(2026, 1, 1)),
        (date(2025, 6, 1), date(2026, 6, 1)),
    ]


def test_a_currency_with_other_decimals_is_not_set_in_place(ledger: Ledger) -> None:
    before = saved(ledger, replace(MONITOR, refunds=()))
    with pytest.raises(Refused, match="JPY"):
        ledger.run(purchases.set_field(before.id, "currency", "JPY"))
    ledger.run(purchases.set_field(before.id, "currency", "EUR"))
    after = purchases.get(ledger, before.id)
    assert after is not None
    assert after.currency == "EUR"


def test_copies_leave_what_belongs_to_the_one_piece(ledger: Ledger) -> None:
    before = saved(ledger, MONITOR)
    (copy_id,) = ledger.run(purchases.duplicate([before.id])).result[0]
    copy = purchases.get(ledger, copy_id)
    assert copy is not None
    assert plain(copy) == plain(
        replace(before, order_number="", order_line=None, serial_number="", source="", refunds=())
    )
    assert copy.uuid != before.uuid
    assert not {cover.uuid for cover in copy.covers} & {cover.uuid for cover in before.covers}
    assert ledger.undo_label == "Duplicate “27-inch 4K monitor”"
    assert damage(ledger) == []


def test_deleting_takes_everything_along_and_undo_brings_it_back(ledger: Ledger) -> None:
    first, second = saved(ledger, MONITOR), saved(ledger, bought("Kettle"))
    before = contents(ledger)
    ledger.run(purchases.remove([first.id, 10**9]))
    after = contents(ledger)
    assert [after[table] for table in ("covers", "refunds", "purchase_tags")] == [[], [], []]
    assert names_of(ledger) == ["Kettle"]
    assert ledger.undo_label == "Delete 1 purchase"
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    ledger.run(purchases.remove([second.id]))
    assert ledger.undo_label == "Delete “Kettle”"
    assert damage(ledger) == []


def bulk(ledger: Ledger, chosen: Iterable[int], **values: Any) -> purchases.BulkReport:
    tags, untag = values.pop("tags", ()), values.pop("untag", ())
    report = ledger.run(purchases.bulk_edit(list(chosen), values, tags, untag)).result
    assert isinstance(report, purchases.BulkReport)
    return report


def test_many_are_changed_in_one_step(ledger: Ledger) -> None:
    ledger.run(add_all([[bought(f"Thing {number:03}", tags=("old",)) for number in range(300)]]))
    before = contents(ledger)
    report = bulk(
        ledger,
        range(1, 201),
        status="RETURNED",
        retailer="New shop",
        brand="",
        category="Tools",
        currency="USD",
        tags=("sold", "Old"),
    )
    assert (report.changed, report.refused) == (200, ())
    for id in (1, 200):
        one = purchases.get(ledger, id)
        assert one is not None
        assert (one.status, one.retailer, one.category, one.currency, one.tags) == (
            PurchaseStatus.RETURNED,
            "New shop",
            "Tools",
            "USD",
            ("old", "sold"),
        )
    untouched = purchases.get(ledger, 201)
    assert untouched is not None
    assert (untouched.status, untouched.retailer, untouched.tags) == (PurchaseStatus.RECEIVED, "", ("old",))
    assert len(names_of(ledger, PurchaseFilter(text="new shop"))) == 200
    assert ledger.undo_label == "Change 200 purchases"
    bulk(ledger, range(1, 301), untag=("OLD", "unknown"))
    assert [row.tags for row in purchases.rows(ledger, [1, 201])] == ["sold", ""]
    for _ in range(2):
        ledger.undo().result()
    assert differences(before, contents(ledger)) == []


def test_those_that_cannot_be_changed_are_named_and_the_rest_is(ledger: Ledger) -> None:
    currencies = ("EUR", "JPY", "USD", "KWD")
    ledger.run(add_all([[bought(currency, currency=currency) for currency in currencies]]))
    report = bulk(ledger, range(1, 9), currency="GBP", status="ORDERED")
    assert report.changed == 2
    assert [(id, name) for id, name, _ in report.refused] == [(2, "JPY"), (4, "KWD")]
    assert all("other decimals than GBP" in reason for _, _, reason in report.refused)
    rows = purchases.rows(ledger, range(1, 5))
    assert [row.currency for row in rows] == ["GBP", "JPY", "GBP", "KWD"]
    assert [row.status for row in rows] == ["ORDERED", "RECEIVED", "ORDERED", "RECEIVED"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "LOST"}, "status"),
        ({"currency": "Taler"}, "currency"),
        ({"retailer": "x" * 501}, "retailer"),
    ],
)
def test_a_value_that_fits_no_purchase_is_refused(values: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        purchases.bulk_edit([1], values)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_ten_thousand_at_once_and_back(ledger: Ledger) -> None:
    ledger.run(add_all([[bought(f"Thing {number}") for number in range(5_000)] for _ in range(2)]))
    before = contents(ledger)
    everything = purchases.ids(ledger, PurchaseFilter(), SortBy())
    assert bulk(ledger, everything, status="ORDERED", retailer="Corner Shop").changed == 10_000
    assert purchases.count(ledger, PurchaseFilter(statuses=frozenset({PurchaseStatus.ORDERED}))) == 10_000
    assert len(ledger.run(purchases.duplicate(everything[:2_500])).result[0]) == 2_500
    assert ledger.run(purchases.remove(everything)).result[0] == 10_000
    changed = contents(ledger)
    for _ in range(3):
        ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    for _ in range(3):
        ledger.redo().result()
    assert differences(changed, contents(ledger)) == []


def test_pages_of_a_list_are_exact_and_rows_that_are_gone_are_left_out(ledger: Ledger) -> None:
    ledger.run(add_all([[bought(f"Thing {number:02}") for number in range(20)]]))
    sort = SortBy("name", descending=False)
    everything = list(purchases.ids(ledger, PurchaseFilter(), sort))
    assert purchases.first_ids(ledger, PurchaseFilter(), sort, 5, offset=15) == everything[15:]
    assert purchases.first_ids(ledger, PurchaseFilter(), sort, 5, offset=20) == []
    ledger.run(purchases.remove([everything[3]]))
    rows = purchases.rows(ledger, everything[:5])
    assert [row.name for row in rows] == ["Thing 00", "Thing 01", "Thing 02", "Thing 04"]


def test_totals_stand_apart_by_currency_and_tell_what_came_back(ledger: Ledger) -> None:
    ledger.run(purchases.add(MONITOR))
    ledger.run(purchases.add(bought(price=4900)))
    ledger.run(purchases.add(bought(price=100)))
    totals = purchases.totals(ledger, PurchaseFilter())
    assert totals.count == 3
    assert [(total.currency, total.count, total.gross, total.refunded) for total in totals.by_currency] == [
        ("EUR", 2, 5000, 0),
        ("USD", 1, 56_700, 700),
    ]
    assert purchases.totals_of(ledger, [1]).by_currency == totals.by_currency[1:]
    assert purchases.totals(ledger, PurchaseFilter(text="nothing")).by_currency == ()


def test_the_state_of_warranties_is_that_of_today(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.run(purchases.add(bought("Radio", covers=(Cover(date(2025, 1, 1), date(2026, 3, 31)),))))
    expiring = PurchaseFilter(warranty=frozenset({CoverStatus.EXPIRING}))
    for today, found in (
        (date(2026, 2, 28), []),
        (date(2026, 3, 1), ["Radio"]),
        (date(2026, 3, 31), ["Radio"]),
        (date(2026, 4, 1), []),
    ):
        monkeypatch.setattr(Ledger, "today", lambda _self, today=today: today)
        assert names_of(ledger, expiring) == found


def test_changing_a_purchase_names_it(ledger: Ledger) -> None:
    id = saved(ledger, MONITOR).id
    for command in (
        purchases.set_field(id, "name", "Screen"),
        purchases.bulk_edit([id], {"status": "RETURNED"}),
        purchases.remove([id]),
    ):
        change = ledger.run(command)
        assert change.concerns(Area.PURCHASES, id)
        assert not change.concerns(Area.PURCHASES, id + 1)
