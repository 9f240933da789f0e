"""Purchases as CSV: exact text, harmless to spreadsheets, readable by any reader of RFC 4180."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.exchange import tags_to_cell, to_cell
from app.domain.money import plain
from app.domain.problems import Refused
from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.purchases.exchange import EXCHANGE_FIELDS, refunds_to_json
from app.domain.spreadsheet import guard
from app.domain.warranties import Duration, cover_for
from app.domain.warranties.exchange import covers_to_json
from app.services import purchases
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.ledger import Ledger
from app.storage.purchases import reading
from tests.helpers.generated import purchases as any_purchases
from tests.helpers.ledgers import add_all, bought, new_ledger

UUID_7 = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def text_of(ledger: Ledger, **options: Any) -> str:
    target = BytesIO()
    export_file(
        ledger, target, ExportOptions(exporting.PURCHASES, ExportFormat.CSV, **{"bom": False, **options})
    )
    return target.getvalue().decode()


def rows_of(ledger: Ledger, **options: Any) -> list[dict[str, str]]:
    text = StringIO(text_of(ledger, **options), newline="")
    return list(csv.DictReader(text, delimiter=options.get("delimiter", ","), strict=True))


def test_an_empty_ledger_gives_the_headers(ledger: Ledger) -> None:
    assert text_of(ledger) == ",".join(field.header for field in EXCHANGE_FIELDS) + "\r\n"


def test_every_field_stands_in_its_column(ledger: Ledger) -> None:
    purchase = Purchase(
        name="Desk lamp, 40 cm",
        price=4370,
        currency="EUR",
        purchased_on=date(2026, 3, 14),
        quantity=2,
        unit_price=2000,
        tax=0,
        shipping=499,
        discount=129,
        retailer="IKEA",
        brand="Müller",
        category="Household",
        tags=("office", "a;b"),
        status=PurchaseStatus.RETURNED,
        return_by=date(2026, 4, 13),
        order_number="302-1",
        order_line=2,
        model_number="M1",
        serial_number="S1",
        paid_with="Visa",
        kept_at="Desk",
        notes="two\nlines",
        covers=(cover_for(date(2026, 3, 14), Duration(2)),),
        refunds=(Refund(date(2026, 4, 1), 370, 1, "scratched", UUID_7),),
        source="amazon",
        uuid=UUID_7,
    )
    ledger.run(purchases.add(purchase))
    (row,) = rows_of(ledger)
    stored = purchases.get(ledger, 1)
    assert stored is not None
    made = row.pop("Created at")
    assert made.endswith("Z")
    assert row.pop("Updated at") == made
    assert row.pop("Warranties") == to_cell(covers_to_json(stored.covers))
    assert row == {
        "Product": "Desk lamp, 40 cm",
        "Quantity": "2",
        "Price": "43.70",
        "Refunded": "3.70",
        "Currency": "EUR",
        "Unit price": "20.00",
        "Tax": "0.00",
        "Shipping": "4.99",
        "Discount": "1.29",
        "Purchased on": "2026-03-14",
        "Status": "RETURNED",
        "Retailer": "IKEA",
        "Brand": "Müller",
        "Category": "Household",
        "Tags": "a\\;b; office",
        "Return by": "2026-04-13",
        "Warranty until": "2028-03-14",
        "Order number": "302-1",
        "Order line": "2",
        "Model number": "M1",
        "Serial number": "S1",
        "Paid with": "Visa",
        "Kept at": "Desk",
        "Notes": "two\nlines",
        "Refunds": '[{"uuid":"01890a5d-ac96-774b-bcce-b302099a8057","on":"2026-04-01","amount":"3.70",'
        '"quantity":1,"note":"scratched"}]',
        "Debt": "",
        "Debt UUID": "",
        "Source": "amazon",
        "UUID": "01890a5d-ac96-774b-bcce-b302099a8057",
    }


def test_what_is_not_set_is_an_empty_cell(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    (row,) = rows_of(ledger)
    set_by_us = {"Product", "Quantity", "Price", "Refunded", "Currency", "Purchased on", "Status", "UUID"}
    assert {header for header, cell in row.items() if cell} == set_by_us | {"Created at", "Updated at"}
    assert row["Refunded"] == "0.00"


@pytest.mark.parametrize(
    ("currency", "minor", "point", "comma"),
    [
        ("EUR", 5, "0.05", "0,05"),
        ("JPY", 1234, "1234", "1234"),
        ("KWD", 1234, "1.234", "1,234"),
        ("CLF", 10**15 - 1, "99999999999.9999", "99999999999,9999"),
        ("EUR", 10**15 - 1, "9999999999999.99", "9999999999999,99"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(
    ledger: Ledger, currency: str, minor: int, point: str, comma: str
) -> None:
    ledger.run(purchases.add(bought("Kettle", minor, currency)))
    assert rows_of(ledger)[0]["Price"] == point
    assert rows_of(ledger, decimal_mark=",", delimiter=";")[0]["Price"] == comma
    assert rows_of(ledger, decimal_mark=",")[0]["Price"] == comma


def test_text_that_could_be_a_formula_is_guarded_and_numbers_are_not(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("=1+1", notes="'@x", tags=("-5",), order_number="12-7", retailer="+1")))
    (row,) = rows_of(ledger)
    assert (row["Product"], row["Notes"], row["Tags"], row["Retailer"]) == ("'=1+1", "''@x", "'-5", "'+1")
    assert row["Order number"] == "12-7"
    assert row["Price"] == "49.00"


def test_lines_end_as_the_standard_says_and_quotes_stand_where_needed(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought('Say "hi", you', notes="a\nb")))
    text = text_of(ledger, columns=("name", "notes"))
    assert text == 'Product,Notes\r\n"Say ""hi"", you","a\nb"\r\n'


def test_a_mark_tells_spreadsheets_that_it_is_utf_8(ledger: Ledger) -> None:
    target = BytesIO()
    export_file(ledger, target, ExportOptions(exporting.PURCHASES, ExportFormat.CSV))
    assert target.getvalue().startswith(b"\xef\xbb\xbfProduct,")


def test_columns_keep_their_order_whatever_is_asked_for_first(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    text = text_of(ledger, columns=("currency", "name", "price"), delimiter="\t")
    assert text == "Product\tPrice\tCurrency\r\nKettle\t49.00\tEUR\r\n"


def test_a_column_with_nothing_in_it_still_has_its_rows(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    assert text_of(ledger, columns=("brand",)) == 'Brand\r\n""\r\n'


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"delimiter": "x"}, "delimiter"),
        ({"decimal_mark": "'"}, "decimal mark"),
        ({"columns": ("name", "colour")}, "“colour” is not a column"),
    ],
)
def test_options_that_make_no_file_are_refused(ledger: Ledger, options: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        text_of(ledger, **options)


def names(ledger: Ledger, **options: Any) -> list[str]:
    return [row["Product"] for row in rows_of(ledger, **options)]


def test_the_filter_and_the_order_decide_which_rows_come_and_how(ledger: Ledger) -> None:
    ledger.run(
        add_all(
            [
                [
                    bought("Kettle", 300, retailer="Zoo", brand="B", category="C"),
                    bought("Lamp", 100, retailer="amazon"),
                    bought("Chair", 200),
                ]
            ]
        )
    )
    assert names(ledger) == ["Kettle", "Lamp", "Chair"]
    assert names(ledger, sort=SortBy("name", descending=False)) == ["Chair", "Kettle", "Lamp"]
    assert names(ledger, sort=SortBy("price")) == ["Kettle", "Chair", "Lamp"]
    for key in ("retailer", "brand", "category", "warranty", "status", "purchased_on"):
        assert sorted(names(ledger, sort=SortBy(key))) == ["Chair", "Kettle", "Lamp"]
    assert names(ledger, sort=SortBy("retailer", descending=False)) == ["Chair", "Lamp", "Kettle"]
    assert names(ledger, wanted=PurchaseFilter(text="lam")) == ["Lamp"]
    assert names(ledger, wanted=PurchaseFilter(retailers=frozenset({0}))) == ["Chair"]


def test_chosen_purchases_come_in_the_order_of_their_choice(ledger: Ledger) -> None:
    ledger.run(add_all([[bought(f"Lamp {number}") for number in range(2_500)]]))
    chosen = [2_500, 7, 9_999, *range(100, 2_100), 1]
    expected = [f"Lamp {id - 1}" for id in chosen if id != 9_999]
    assert names(ledger, ids=chosen) == expected
    assert names(ledger, ids=[]) == []


@settings(max_examples=30)
@given(batch=st.lists(any_purchases(), min_size=1, max_size=4))
def test_the_database_words_cells_as_the_program_would(
    tmp_path_factory: pytest.TempPathFactory, batch: Sequence[Purchase]
) -> None:
    with new_ledger(tmp_path_factory.mktemp("l") / "ledger") as ledger:
        ledger.run(add_all([batch]))
        stored = ledger.read(lambda reader: list(reading.get_many(reader, range(1, len(batch) + 1))))
        for row, purchase in zip(rows_of(ledger), stored, strict=True):
            assert row["Product"] == guard(purchase.name)
            assert row["Notes"] == guard(purchase.notes)
            assert row["Tags"] == guard(tags_to_cell(purchase.tags))
            assert row["Price"] == plain(purchase.price, purchase.currency)
            assert row["Warranties"] == to_cell(covers_to_json(purchase.covers))
            assert row["Refunds"] == to_cell(refunds_to_json(purchase))
            assert row["UUID"] == str(purchase.uuid)
            assert row["Return by"] == ("" if purchase.return_by is None else purchase.return_by.isoformat())
