"""Bad values cost their row one sentence at their cell; odd but clear ones are imported as they are meant."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.domain.problems import Refused
from app.domain.purchases import Purchase, PurchaseStatus
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.readers import UnreadableFile
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import contents, differences

Importing = Callable[..., ImportReport]
Stored = Callable[[], list[Purchase]]

GOOD = {"Name": "Lamp", "Price": "12.50", "Currency": "EUR", "Date": "2025-03-31"}


def row_of(**changed: str) -> tuple[list[str], list[str]]:
    row = {**GOOD, **changed}
    return list(row), list(row.values())


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Price", "NaN", "“NaN” is not an amount; write one such as 1234.50."),
        ("Price", "Infinity", "“Infinity” is not an amount; write one such as 1234.50."),
        ("Price", "1e999", "“1e999” has an exponent; write the amount in digits, such as 1234.50."),
        ("Price", "-12.50", "Enter an amount of 0 or more; money that came back is a refund."),
        ("Price", "(12.00)", "Enter an amount of 0 or more; money that came back is a refund."),
        ("Price", "12-", "Enter an amount of 0 or more; money that came back is a refund."),
        ("Price", "12345678901234567890", "This amount is too large; the limit is 9999999999999.99 EUR."),
        ("Price", "1" * 25, f"“{'1' * 25}” has too many digits; an amount may have at most 20."),
        ("Price", "12.505", "EUR has 2 decimals; round this amount first."),
        ("Price", "", "The price is missing; enter what was paid."),
        ("Price", "12 $", "This amount is in USD, the purchase in EUR; use one of them."),
        ("Name", "", "The product is missing; say what was bought."),
        ("Name", "x" * 10_000, "The name is too long; use at most 500 characters."),
        ("Name", "\u202e\x07", "The product is missing; say what was bought."),
        ("Currency", "XYZ", "“XYZ” is not a currency code; use one such as EUR or USD."),
        ("Date", "31.02.2025", "“31.02.2025” does not exist: February 2025 has no day 31; mend the date."),
        (
            "Date",
            "30 February 2025",
            "“30 February 2025” does not exist: February 2025 has no day 30; mend the date.",
        ),
        ("Date", "0000-01-01", "“0000-01-01” lies outside the years 1900 to 2199; mend the year."),
        ("Date", "9999-12-31", "“9999-12-31” lies outside the years 1900 to 2199; mend the year."),
        ("Date", "", "The date is missing; enter when it was bought."),
        ("Quantity", "0", "Enter a quantity from 1 to 1,000,000."),
        ("Quantity", "2.5", "“2.5” is not a whole number; write one such as 2."),
        ("Status", "lost", "“lost” is no status; write ordered, received or returned."),
        ("UUID", "12", "“12” is not a UUID; leave it as it was exported, or empty."),
        ("Return by", "soon", "“soon” is not a date; write one such as 2025-03-31."),
        ("Warranty until", "2024-01-01", "The warranty ends before it starts; change one of the dates."),
        ("Warranty months", "5000", "A warranty lasts from 0 to 150 years; mend its length."),
    ],
)
def test_a_bad_value_is_told_at_its_cell_and_changes_nothing(
    ledger: Ledger, import_table: Importing, column: str, value: str, reason: str
) -> None:
    before = contents(ledger)
    header, bad = row_of(**{column: value})
    mapping = {
        "Quantity": "quantity",
        "Status": "status",
        "Return by": "return_by",
        "Warranty until": "warranty_ends_on",
    }
    columns = {"name": "Name", "price": "Price", "currency": "Currency", "purchased_on": "Date"}
    columns |= {mapping.get(column, column.lower().replace(" ", "_")): column} if column not in GOOD else {}
    from app.services.importing.mapping import Mapping

    report = import_table(header, bad, mapping=Mapping(columns, ".", "dmy"))
    assert (report.created, report.failed) == (0, 1)
    (error,) = report.errors
    assert (error.line, error.column, error.reason) == (2, column, reason)
    told = value if value.isprintable() else "��"
    assert error.value == (told if len(told) <= 200 else told[:199] + "…")
    assert differences(before, contents(ledger)) == []


def test_yen_have_no_decimals(import_table: Importing) -> None:
    header, bad = row_of(Currency="JPY", Price="12.50")
    _, good = row_of(Currency="JPY", Price="1,250")
    report = import_table(header, bad, good)
    assert (report.created, report.failed) == (1, 1)
    assert report.errors[0].reason == "JPY has no decimals; round this amount first."


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12.345,67", 1234567),
        ("$ 12", 1200),
        ("12,50 €", 1250),
        ("1'234.50", 123450),
        ("١٢٫٥٠", 1250),
        ("CHF 12.-", 1200),
        ("0", 0),
        ("9,999,999,999,999.99", 999999999999999),
    ],
)
def test_a_clear_amount_is_read_however_it_is_written(
    import_table: Importing, bought: Stored, text: str, minor: int
) -> None:
    assert import_table(["Name", "Price", "Date"], ["Lamp", text, "2025-03-31"]).created == 1
    assert bought()[0].price == minor


def test_the_currency_of_a_row_is_its_own_or_the_chosen_or_the_profiles(
    import_table: Importing, bought: Stored
) -> None:
    import_table(
        ["Name", "Price", "Date"], ["a", "1.00 zł", "2025-03-31"], ["b", "1.00", "2025-03-31"], currency="USD"
    )
    import_table(["Name", "Price", "Date"], ["c", "1.00", "2025-03-31"])
    import_table(["Name", "Price", "Date"], ["d", "$1.00", "2025-03-31"], currency="CAD")
    assert {item.name: item.currency for item in bought()} == {"a": "PLN", "b": "USD", "c": "EUR", "d": "CAD"}


def test_an_amount_with_two_readings_is_told_at_its_cell(import_table: Importing) -> None:
    report = import_table(["Name", "Price", "Date"], ["a", "1,234", "2025-03-31"], ["b", "12", "2025-03-31"])
    assert (report.created, report.failed) == (1, 1)
    assert report.errors[0].reason == "“1,234” may mean 1234 or 1.234; say which mark separates the decimals."
    assert report.warnings == ["Does the mark in “1,234” in Price separate decimals or thousands?"]


def test_a_date_with_two_readings_is_told_at_its_cell(import_table: Importing) -> None:
    report = import_table(["Name", "Price", "Date"], ["a", "1", "03/04/2025"], ["b", "1", "2025-03-31"])
    assert (report.created, report.failed) == (1, 1)
    reason = "“03/04/2025” has two readings; say whether the day or the month comes first."
    assert report.errors[0].reason == reason
    assert report.warnings == ["Is “03/04/2025” in Date written day first or month first?"]


def test_text_is_kept_as_text(import_table: Importing, bought: Stored) -> None:
    names = [
        "=1+1",
        "@home",
        "<b>bold</b><img src=x>",
        "../../etc/passwd",
        "'quoted",
        "日本語",
        "Robert'); DROP TABLE",
    ]
    report = import_table(["Name", "Price", "Date"], *[[name, "1", "2025-03-31"] for name in names])
    assert report.created == len(names)
    assert {item.name for item in bought()} == set(names)


def test_control_and_bidirectional_characters_are_taken_out(import_table: Importing, bought: Stored) -> None:
    import_table(
        ["Name", "Price", "Date", "Notes"], ["La\u202emp\x07", "1", "2025-03-31", "one\r\ntwo\u2066"]
    )
    assert (bought()[0].name, bought()[0].notes) == ("Lamp", "one\ntwo")


def test_several_bad_cells_of_a_row_are_all_told_and_it_counts_once(import_table: Importing) -> None:
    report = import_table(
        ["Name", "Price", "Date"], ["", "x", "y"], ["Lamp", "1", "2025-03-31"], ["a", "b", "c"]
    )
    assert (report.created, report.failed) == (1, 2)
    assert [(error.line, error.column) for error in report.errors] == [
        (2, "Price"),
        (2, "Date"),
        (4, "Price"),
        (4, "Date"),
    ]


def test_all_or_nothing_keeps_nothing_when_a_row_is_bad(ledger: Ledger, import_table: Importing) -> None:
    before = contents(ledger)
    rows = [["Name", "Price", "Date"], ["Lamp", "1", "2025-03-31"], ["Desk", "x", "2025-03-31"]]
    report = import_table(*rows, all_or_nothing=True)
    assert (report.created, report.failed, report.rolled_back) == (0, 1, True)
    assert differences(before, contents(ledger)) == []
    assert ledger.undo_label is None
    assert import_table(rows[0], rows[1], all_or_nothing=True).created == 1


def test_a_rehearsal_counts_and_changes_nothing(ledger: Ledger, import_table: Importing) -> None:
    rows = [["Name", "Price", "Date"], ["Lamp", "1", "2025-03-31"], ["Desk", "x", "2025-03-31"]]
    before = contents(ledger)
    report = import_table(*rows, dry_run=True)
    assert (report.created, report.failed, report.rehearsed) == (1, 1, True)
    assert differences(before, contents(ledger)) == []


def test_the_price_is_worked_out_from_its_parts_where_it_is_not_given(
    import_table: Importing, bought: Stored
) -> None:
    import_table(
        ["Name", "Unit price", "Quantity", "Tax", "Shipping", "Discount", "Date"],
        ["Lamp", "10.00", "3", "1.50", "4.00", "-2.00", "2025-03-31"],
    )
    (lamp,) = bought()
    assert (lamp.price, lamp.unit_price, lamp.tax, lamp.shipping, lamp.discount) == (
        3350,
        1000,
        150,
        400,
        200,
    )


def test_parts_that_do_not_add_up_are_told(import_json: Importing) -> None:
    item = {
        "name": "Lamp",
        "price": "30.00",
        "unit_price": "10.00",
        "quantity": 2,
        "purchased_on": "2025-03-31",
    }
    fine = {**item, "quantity": 3}
    report = import_json([fine] * 20 + [item])
    assert (report.created, report.failed) == (20, 1)
    (error,) = report.errors
    assert (error.column, error.value) == ("price", "30.00")
    assert error.reason == "The parts add up to 20.00 EUR; change the price or one of the parts."


@pytest.mark.parametrize(
    ("field", "value", "column", "part"),
    [
        ("price", True, "price", "“True” is not an amount"),
        ("price", [1], "price", "“[1]” is not an amount"),
        ("price", "12.5.0", "price", "marks in odd places"),
        ("price", "1e400", "price", "has an exponent"),
        ("name", {"a": 1}, "name", "is a list or an object where one value belongs; write a text."),
        ("name", ["a"], "name", "is a list or an object where one value belongs"),
        ("quantity", 1.5, "quantity", "“1.5” is not a whole number"),
        ("quantity", 10**30, "quantity", "Enter a quantity from 1 to 1,000,000."),
        ("purchased_on", 20250331, "purchased_on", "“20250331” is not a date"),
        ("purchased_on", {"year": 2025}, "purchased_on", "is not a date"),
        ("tags", [["a"]], "tags", "is a list or an object"),
        ("covers", "x", "covers", "“x” is not JSON; leave the cell as it was exported."),
        ("covers", [1], "covers", "The warranties are not a list of objects"),
        ("covers", [{"kind": "LIMITED"}], "covers", "The date “a warranty's starts_on” is missing"),
        ("refunds", [{"on": "2025-04-01", "amount": "x"}], "refunds", "“x” is not an amount"),
        ("refunds", [{"on": "2025-04-01", "amount": "99"}], "refunds", "The refunds are more than the price"),
    ],
)
def test_wrong_types_in_json_are_told(
    import_json: Importing, field: str, value: Any, column: str, part: str
) -> None:
    good = {"name": "Lamp", "price": "10.00", "currency": "EUR", "purchased_on": "2025-03-31"}
    good |= {"quantity": 1, "tags": ["a"], "covers": [], "refunds": []}
    report = import_json([good, {**good, field: value}, good])
    assert (report.created, report.failed) == (2, 1)
    (error,) = report.errors
    assert error.column == column
    assert part in error.reason


def test_numbers_and_texts_in_json_mean_the_same(import_json: Importing, bought: Stored) -> None:
    import_json(
        [
            {"name": "a", "price": 12.5, "quantity": "2", "purchased_on": "2025-03-31", "order_number": 123},
            {
                "name": "b",
                "price": "12.50",
                "quantity": 2,
                "purchased_on": "2025-03-31",
                "order_number": "123",
            },
            {
                "name": "c",
                "price": 1e1,
                "quantity": 2,
                "purchased_on": "2025-03-31T23:30:00Z",
                "tags": ["x", "y"],
            },
        ]
    )
    a, b, c = bought()
    assert (a.price, a.quantity, a.order_number) == (b.price, b.quantity, b.order_number) == (1250, 2, "123")
    assert (c.price, c.tags, c.purchased_on) == (1000, ("x", "y"), date(2025, 3, 31))


def test_a_huge_number_in_json_is_refused_at_once(import_json: Importing) -> None:
    items = (
        f'{{"name": "a", "price": {price}, "purchased_on": "2025-03-31"}}' for price in ("1e1000000", "1")
    )
    report = import_json(f"[{', '.join(items)}]")
    assert (report.created, report.failed) == (1, 1)
    assert "has too many digits; an amount may have at most 20" in report.errors[0].reason


def test_a_workbook_gives_dates_numbers_and_serials(ledger: Ledger, tmp_path: Path, bought: Stored) -> None:
    book = Workbook()
    book.active.append(["Product", "Paid", "Bought on", "Serial number", "Status", "Order number"])
    book.active.append(["Lamp", 12.1 + 0.4, date(2025, 3, 31), "S1", "delivered", 4711])
    book.active.append(["Desk", "80,00 €", 45747, "S2", "returned", "A-1"])
    path = tmp_path / "bought.xlsx"
    book.save(path)
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert (report.created, report.row_word) == (2, "row")
    lamp, desk = bought()
    assert (lamp.price, lamp.purchased_on, lamp.order_number) == (1250, date(2025, 3, 31), "4711")
    assert (desk.price, desk.purchased_on, desk.status) == (8000, date(2025, 3, 31), PurchaseStatus.RETURNED)
    assert lamp.source == "XLSX file"


IS_DATA = "The first line of table.csv is data; add a line with the names of the columns above it."
SAYS_NOTHING = (
    "No column of table.csv is recognised as “Price” and “Purchased on”; "
    "name the columns, or say with a map which is which."
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Lamp,12.50,2025-03-31\nDesk,80,2025-04-01\n", IS_DATA),
        ("Colour,Size\nred,big\nblue,small\n", SAYS_NOTHING),
    ],
)
def test_a_table_whose_columns_say_nothing_is_refused(
    ledger: Ledger, tmp_path: Path, content: str, reason: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content)
    with pytest.raises(Refused) as error:
        import_file(ledger, path, ImportOptions(PURCHASES))
    assert str(error.value).replace("“Product” and ", "") == reason


def test_a_document_of_a_newer_program_is_refused(import_json: Importing) -> None:
    document = {"counterfoil": {"format": 99}, "purchases": [{"name": "Lamp"}]}
    with pytest.raises(
        UnreadableFile, match=r"was written by a newer Counterfoil \(format 99, this one knows 1\)"
    ):
        import_json(document)


def test_a_report_can_be_printed_whatever_was_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(
        "Nämé Größe,Name,Price,Date\n".encode() + b"L\xe9,Lamp,1,2025-03-31\n\x1b[31m,Desk,\x1b[31m,x\n"
    )
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert report.failed == 2
    text = json.dumps(report.to_json(), ensure_ascii=False)
    text.encode("utf-8")
    assert "\x1b" not in text
    assert "\\u001b" not in text


def test_names_of_json_that_cannot_be_printed_are_still_columns(
    import_json: Importing, bought: Stored
) -> None:
    item = {"name": "Lamp", "price": "1", "purchased_on": "2025-03-31", "\ud83d\x07": "x"}
    report = import_json([item, {**item, "price": "x"}])
    assert (report.created, report.failed) == (1, 1)
