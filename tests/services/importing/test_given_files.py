"""Files in the layouts of other programs give exactly what is expected of them, and nothing twice."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.money import plain
from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import names, purchases
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import contents, damage, differences

DATA = Path(__file__).parents[2] / "data" / "imports"
EXPECTED: dict[str, dict[str, Any]] = json.loads((DATA / "EXPECTED.json").read_text(encoding="utf-8"))
CURRENCIES = {"homebox.csv": "EUR", "warracker-excel.csv": "USD"}


def import_given(ledger: Ledger, name: str, **options: Any) -> ImportReport:
    return import_file(
        ledger, DATA / name, ImportOptions(PURCHASES, currency=CURRENCIES.get(name, ""), **options)
    )


def all_purchases(ledger: Ledger) -> list[Purchase]:
    ids = purchases.ids(ledger, PurchaseFilter(), SortBy("purchased_on", descending=False))
    found = [purchases.get(ledger, id) for id in ids]
    return [purchase for purchase in found if purchase is not None]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_file_gives_what_is_expected(ledger: Ledger, name: str) -> None:
    expected = EXPECTED[name]
    report = import_given(ledger, name)
    assert report.created == expected["purchases"]
    totals = purchases.totals(ledger, PurchaseFilter()).by_currency
    assert {total.currency: plain(total.gross, total.currency) for total in totals} == expected["totals"]
    if "rows" in expected:
        assert report.rows == expected["rows"]
    assert list(report.failed_lines) == expected.get("failed_lines", [])
    assert [error.line for error in report.errors] == expected.get("failed_lines", [])
    imported = all_purchases(ledger)
    covers = [cover for purchase in imported for cover in purchase.covers]
    if "warranties" in expected:
        assert len(covers) == expected["warranties"]
        assert (
            sum(cover.kind == "LIFETIME" and cover.ends_on is None for cover in covers)
            == expected["lifetime"]
        )
    if "warranty_ends" in expected:
        assert sorted(str(cover.ends_on) for cover in covers) == expected["warranty_ends"]
    for key in ("retailers", "brands"):
        if key in expected:
            assert len({getattr(purchase, key[:-1]) for purchase in imported}) == expected[key]
    assert damage(ledger) == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("policy", ["skip", "update"])
def test_a_file_imported_again_changes_nothing(ledger: Ledger, name: str, policy: str) -> None:
    import_given(ledger, name)
    before = contents(ledger)
    report = import_given(ledger, name, duplicates=policy)
    assert report.created == 0
    expected = EXPECTED[name]["purchases"]
    assert (report.updated if policy == "update" else 0) == (expected if policy == "update" else 0)
    assert differences(before, contents(ledger)) == []


def test_an_import_is_one_undo(ledger: Ledger) -> None:
    before = contents(ledger)
    import_given(ledger, "homebox.csv")
    assert ledger.undo_label == "Import 30 purchases"
    after = contents(ledger)
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    ledger.redo().result()
    assert differences(after, contents(ledger)) == []


def test_the_second_part_of_an_order_history_adds_nothing(ledger: Ledger) -> None:
    import_given(ledger, "amazon-order-history.1.csv")
    report = import_given(ledger, "amazon-order-history.2.csv")
    assert (report.created, report.updated, report.failed) == (0, 0, 0)
    assert report.skipped == 9


def test_the_first_part_adds_what_the_second_lacks(ledger: Ledger) -> None:
    assert import_given(ledger, "amazon-order-history.2.csv").created == 7
    assert import_given(ledger, "amazon-order-history.1.csv").created == 53


def test_an_amazon_line_is_told_with_its_parts(ledger: Ledger) -> None:
    report = import_given(ledger, "amazon-order-history.1.csv")
    assert report.skipped_for == {"cancelled": 14}
    assert report.warnings == ["14 rows passed over: cancelled."]
    first = next(item for item in all_purchases(ledger) if item.order_number == "986-8812311-8580488")
    assert (first.name, first.price, first.currency, first.quantity) == ("Café table", 161761, "USD", 3)
    assert (first.unit_price, first.tax, first.shipping, first.discount) == (50081, 12018, 0, 500)
    assert (first.retailer, first.source, first.paid_with) == ("Amazon.com", "Amazon", "Visa - 1234")
    assert first.notes == "ASIN B022633036"
    assert first.purchased_on == date(2024, 11, 9)


@pytest.mark.parametrize(("zone", "day"), [("UTC", 3), ("Europe/Berlin", 3), ("America/New_York", 2)])
def test_the_day_of_an_instant_is_the_profiles(tmp_path: Path, zone: str, day: int) -> None:
    from tests.helpers.ledgers import new_ledger

    with new_ledger(tmp_path / zone.replace("/", "-"), Profile(currency="USD", timezone=zone)) as ledger:
        import_given(ledger, "amazon-order-history.1.csv")
        order = next(item for item in all_purchases(ledger) if item.order_number == "960-2395922-5261324")
    assert order.purchased_on == date(2025, 10, day)


def test_a_homebox_item_is_told_whole(ledger: Ledger) -> None:
    import_given(ledger, "homebox.csv")
    chair = next(item for item in all_purchases(ledger) if item.serial_number == "SN00001")
    assert (chair.name, chair.quantity, chair.price, chair.currency) == (
        "Office chair <ergonomic>",
        2,
        6905,
        "EUR",
    )
    assert (chair.retailer, chair.brand, chair.tags) == ("Brightwell", "Acme", ("desk", "tech"))
    assert (chair.kept_at, chair.model_number) == ("Home / Office", "M1")
    assert chair.notes == "note, with comma\nand a line"
    (cover,) = chair.covers
    assert (cover.starts_on, cover.ends_on, cover.notes) == (date(2024, 9, 10), date(2026, 9, 10), "shop")
    kinds = {row.name for row in names.listing(ledger, names.NameKind.BRAND) if row.count}
    assert kinds == {"Acme", "Orbis"}


def test_a_warracker_product_has_its_length_of_warranty(ledger: Ledger) -> None:
    import_given(ledger, "warracker-excel.csv")
    dock = next(item for item in all_purchases(ledger) if item.serial_number == "S1,T1")
    assert (dock.name, dock.tags, dock.retailer) == ("USB-C dock 11-in-1", ("a", "b"), "Northwind")
    (cover,) = dock.covers
    assert cover.duration is not None
    assert (cover.duration.total_months, cover.ends_on) == (30, date(2027, 6, 28))


def test_paypal_payments_are_purchases_and_the_rest_is_told(ledger: Ledger) -> None:
    report = import_given(ledger, "paypal-activity.csv")
    assert report.skipped_for == {"pending": 5, "memo": 1}
    first = next(item for item in all_purchases(ledger) if item.order_number == "TX000000")
    assert (first.name, first.retailer, first.price, first.paid_with) == ("Shop A", "Shop A", 857, "PayPal")
    assert first.purchased_on == date(2025, 3, 18)


def test_a_table_of_ones_own_tells_its_bad_rows_and_gives_the_rest(ledger: Ledger) -> None:
    report = import_given(ledger, "haushalt.csv")
    assert [(error.column, error.value, error.reason) for error in report.errors] == [
        ("Datum", "31.02.25", "“31.02.25” does not exist: February 2025 has no day 31; mend the date."),
        ("Preis", "n/a", "“n/a” is not an amount; write one such as 1234.50."),
        ("Artikel", "", "The product is missing; say what was bought."),
        ("Preis", "1e999", "“1e999” has an exponent; write the amount in digits, such as 1234.50."),
    ]
    assert {item.name for item in all_purchases(ledger)} >= {"=Sum'r towel", "@home camera", "Café table"}
    assert {item.retailer for item in all_purchases(ledger)} == {"Händler Süd"}
