"""What counts as the same purchase, and what each way of treating duplicates does with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.domain.problems import Refused
from app.domain.purchases import Purchase, PurchaseStatus
from app.services import purchases
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought as a_purchase
from tests.helpers.ledgers import contents, damage, differences

Importing = Callable[..., ImportReport]
Stored = Callable[[], list[Purchase]]

HEADER = ["name", "price", "currency", "purchased_on", "retailer"]
LAMP = ["Lamp", "12.50", "EUR", "2025-03-31", "Brightwell"]
ORDERED = [*HEADER, "order_number", "order_line", "source"]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.skipped, report.failed


def test_the_same_product_day_price_currency_and_retailer_is_the_same_purchase(
    import_table: Importing, bought: Stored
) -> None:
    assert counts(import_table(HEADER, LAMP)) == (1, 0, 0, 0)
    again = ["LAMP", "12.50 €", "", "31.03.2025", "brightwell "]
    assert counts(import_table(HEADER, again)) == (0, 0, 1, 0)
    assert len(bought()) == 1


@pytest.mark.parametrize("column", range(5))
def test_a_difference_in_any_of_them_makes_another(import_table: Importing, column: int) -> None:
    import_table(HEADER, LAMP)
    other = list(LAMP)
    other[column] = ["Desk", "12.51", "USD", "2025-04-01", "Halden Home"][column]
    assert counts(import_table(HEADER, other)) == (1, 0, 0, 0)


def test_without_a_retailer_only_one_without_a_retailer_is_the_same(import_table: Importing) -> None:
    import_table(HEADER, LAMP)
    bare = [*LAMP[:4], ""]
    assert counts(import_table(HEADER, bare)) == (1, 0, 0, 0)
    assert counts(import_table(HEADER, bare)) == (0, 0, 1, 0)


def test_equal_rows_of_one_file_are_as_many_purchases_and_imported_again_add_nothing(
    import_table: Importing, bought: Stored
) -> None:
    assert counts(import_table(HEADER, LAMP, LAMP)) == (2, 0, 0, 0)
    assert counts(import_table(HEADER, LAMP, LAMP)) == (0, 0, 2, 0)
    assert counts(import_table(HEADER, LAMP, LAMP, LAMP)) == (1, 0, 2, 0)
    assert len(bought()) == 3


def test_what_was_typed_by_hand_is_found_again(ledger: Ledger, import_table: Importing) -> None:
    ledger.run(purchases.add(a_purchase("Lamp", 1250, purchased_on=date(2025, 3, 31))))
    assert counts(import_table(HEADER[:4], LAMP[:4])) == (0, 0, 1, 0)


def test_a_line_of_an_order_is_known_by_its_number(import_table: Importing, bought: Stored) -> None:
    line = [*LAMP, "A-1", 1, "shop"]
    import_table(ORDERED, line)
    dearer = ["Lamp with shade", "15.00", "EUR", "2025-04-02", "Brightwell", "A-1", 1, "shop"]
    assert counts(import_table(ORDERED, dearer)) == (0, 0, 1, 0)
    assert counts(import_table(ORDERED, dearer, duplicates="update")) == (0, 1, 0, 0)
    (only,) = bought()
    assert (only.name, only.price, only.order_line) == ("Lamp with shade", 1500, 1)
    assert counts(import_table(ORDERED, [*LAMP, "A-1", 2, "shop"])) == (1, 0, 0, 0)
    assert counts(import_table(ORDERED, [*LAMP, "A-2", 1, "shop"])) == (1, 0, 0, 0)


def test_lines_without_a_number_are_known_by_their_product(import_table: Importing, bought: Stored) -> None:
    header = [*HEADER, "order_number"]
    lamp, desk = [*LAMP, "A-1"], ["Desk", "80", "EUR", "2025-03-31", "Brightwell", "A-1"]
    assert counts(import_table(header, lamp, lamp, desk)) == (3, 0, 0, 0)
    assert counts(import_table(header, desk, lamp)) == (0, 0, 2, 0)
    assert counts(import_table(header, lamp, desk, lamp, lamp)) == (1, 0, 3, 0)
    assert len(bought()) == 4


def test_the_same_thing_in_two_orders_is_two_purchases(import_table: Importing) -> None:
    header = [*HEADER, "order_number"]
    import_table(header, [*LAMP, "A-1"])
    assert counts(import_table(header, [*LAMP, "A-2"])) == (1, 0, 0, 0)
    assert counts(import_table(header, [*LAMP, "A-1"], [*LAMP, "A-2"])) == (0, 0, 2, 0)


def test_a_line_whose_price_changed_does_not_take_the_place_of_an_equal_one(
    import_table: Importing, bought: Stored
) -> None:
    header = [*HEADER, "order_number"]
    cheap, dear = [*LAMP, "A-1"], ["Lamp", "99.00", *LAMP[2:], "A-1"]
    import_table(header, cheap, dear)
    changed = ["Lamp", "98.00", *LAMP[2:], "A-1"]
    assert counts(import_table(header, changed, cheap, duplicates="update")) == (0, 2, 0, 0)
    assert sorted(item.price for item in bought()) == [1250, 9800]


def test_a_uuid_comes_before_everything_else(import_json: Importing, bought: Stored) -> None:
    one = {
        "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
        "name": "Lamp",
        "price": "12.50",
        "currency": "EUR",
    }
    item = {**one, "purchased_on": "2025-03-31"}
    assert counts(import_json([item])) == (1, 0, 0, 0)
    renamed = {**item, "name": "Desk", "price": "80.00"}
    assert counts(import_json([renamed])) == (0, 0, 1, 0)
    assert counts(import_json([renamed], duplicates="update")) == (0, 1, 0, 0)
    (only,) = bought()
    assert (only.name, only.price, str(only.uuid)) == ("Desk", 8000, item["uuid"])


def test_a_uuid_that_a_file_has_twice_costs_the_second_row(import_json: Importing, bought: Stored) -> None:
    item = {
        "uuid": str(UUID(int=1)),
        "name": "Lamp",
        "price": "1",
        "currency": "EUR",
        "purchased_on": "2025-03-31",
    }
    report = import_json([item, {**item, "name": "Desk"}])
    assert counts(report) == (1, 0, 0, 1)
    (error,) = report.errors
    assert error.column == "uuid"
    assert error.value == str(UUID(int=1))
    assert error.reason == "An earlier row has the same UUID; remove one of them, or this UUID."
    assert [purchase.name for purchase in bought()] == ["Lamp"]


def test_adding_makes_copies_with_identifiers_of_their_own(
    ledger: Ledger, import_json: Importing, bought: Stored
) -> None:
    cover = {"uuid": str(UUID(int=7)), "kind": "LIMITED", "starts_on": "2025-03-31", "ends_on": "2027-03-31"}
    item = {
        "uuid": str(UUID(int=1)), "name": "Lamp", "price": "10.00", "currency": "EUR", "purchased_on": "2025-03-31",
        "covers": [cover], "refunds": [{"uuid": str(UUID(int=8)), "on": "2025-04-01", "amount": "2.00"}],
    }  # fmt: skip
    assert counts(import_json([item])) == (1, 0, 0, 0)
    assert counts(import_json([item, item], duplicates="add")) == (2, 0, 0, 0)
    assert len({purchase.uuid for purchase in bought()}) == 3
    assert len({purchase.covers[0].uuid for purchase in bought()}) == 3
    assert len({purchase.refunds[0].uuid for purchase in bought()}) == 3
    assert damage(ledger) == []


def test_a_cover_that_belongs_to_another_purchase_is_copied(
    ledger: Ledger, import_json: Importing, bought: Stored
) -> None:
    cover = {"uuid": str(UUID(int=7)), "kind": "LIMITED", "starts_on": "2025-03-31", "ends_on": "2027-03-31"}
    item = {
        "name": "Lamp",
        "price": "10.00",
        "currency": "EUR",
        "purchased_on": "2025-03-31",
        "covers": [cover],
    }
    import_json([{**item, "uuid": str(UUID(int=1))}])
    assert counts(import_json([{**item, "uuid": str(UUID(int=2)), "name": "Desk"}])) == (1, 0, 0, 0)
    import_json([{**item, "uuid": str(UUID(int=2)), "name": "Desk"}], duplicates="update")
    assert len({purchase.covers[0].uuid for purchase in bought()}) == 2
    assert damage(ledger) == []


def test_updating_changes_what_the_file_says_and_nothing_else(
    import_table: Importing, bought: Stored
) -> None:
    header = ["name", "price", "currency", "purchased_on", "retailer", "notes", "tags", "status", "quantity"]
    import_table(header, [*LAMP, "by the bed", "home,light", "ORDERED", 2])
    report = import_table(
        [*HEADER, "status", "category"], [*LAMP, "RECEIVED", "Furniture"], duplicates="update"
    )
    assert counts(report) == (0, 1, 0, 0)
    (only,) = bought()
    assert (only.status, only.category) == (PurchaseStatus.RECEIVED, "Furniture")
    assert (only.notes, only.tags, only.quantity) == ("by the bed", ("home", "light"), 2)


def test_updating_a_warranty_told_in_columns_changes_the_one_that_is_there(
    import_table: Importing, bought: Stored
) -> None:
    header = [*HEADER, "warranty until"]
    import_table(header, [*LAMP, "2027-03-31"])
    (before,) = bought()
    assert counts(import_table(header, [*LAMP, "2028-03-31"], duplicates="update")) == (0, 1, 0, 0)
    (after,) = bought()
    assert [str(cover.ends_on) for cover in after.covers] == ["2028-03-31"]
    assert after.covers[0].uuid == before.covers[0].uuid


def test_an_update_that_cannot_be_is_told_and_changes_nothing(
    ledger: Ledger, import_json: Importing, bought: Stored
) -> None:
    item = {
        "uuid": str(UUID(int=1)),
        "name": "Lamp",
        "price": "10.00",
        "currency": "EUR",
        "purchased_on": "2025-03-31",
    }
    import_json([{**item, "refunds": [{"on": "2025-04-01", "amount": "9.00"}]}])
    before = contents(ledger)
    report = import_json([{**item, "price": "5.00"}], duplicates="update")
    assert counts(report) == (0, 0, 0, 1)
    assert report.errors[0].reason == "The refunds are more than the price of 5.00 EUR; lower one of them."
    assert differences(before, contents(ledger)) == []


def test_an_update_is_one_undo_with_its_new_purchases(ledger: Ledger, import_table: Importing) -> None:
    header = [*HEADER, "notes"]
    rows = [[f"Thing {number}", "1.00", "EUR", "2025-03-31", "Shop", ""] for number in range(3000)]
    import_table(header, *rows)
    before = contents(ledger)
    changed = [[*row[:5], "seen"] for row in rows] + [["New", "1.00", "EUR", "2025-03-31", "Shop", ""]] * 2
    assert counts(import_table(header, *changed, duplicates="update")) == (2, 3000, 0, 0)
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []


def test_names_are_matched_whatever_their_case(
    ledger: Ledger, import_table: Importing, bought: Stored
) -> None:
    header = ["name", "price", "currency", "purchased_on", "retailer", "brand", "category", "tags"]
    import_table(
        header,
        ["Lamp", "1", "EUR", "2025-03-31", "Brightwell", "Acme", "Home", "desk"],
        ["Desk", "2", "EUR", "2025-03-31", "brightwell ", "ACME", "HOME", "Desk,desk"],
    )
    assert {(item.retailer, item.brand, item.category, item.tags) for item in bought()} == {
        ("Brightwell", "Acme", "Home", ("desk",))
    }


def test_an_unknown_way_of_treating_duplicates_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,Price,Date\nLamp,1,2025-03-31\n")
    options: dict[str, Any] = {"duplicates": "merge"}
    with pytest.raises(Refused, match="Duplicates can be treated as skip, update, add; choose one of these"):
        import_file(ledger, path, ImportOptions(PURCHASES, **options))
