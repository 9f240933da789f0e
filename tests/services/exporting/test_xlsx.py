"""Purchases as a sheet: real numbers, dates and currencies; text that stays text; a header that stays in sight."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.styles.numbers import is_date_format

from app.domain.exchange import from_xlsx_text
from app.domain.money import CURRENCIES
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.domain.warranties import Cover, Duration, cover_for
from app.services import purchases
from app.services.exporting import ExportFormat, ExportOptions, export_file, xlsx_writer
from app.services.exporting import purchases as exporting
from app.services.ledger import Ledger
from tests.helpers.generated import NASTY
from tests.helpers.ledgers import add_all, bought

HEADERS = [field.header for field in EXCHANGE_FIELDS]


def book_of(ledger: Ledger, **options: Any) -> Any:
    target = BytesIO()
    export_file(ledger, target, ExportOptions(exporting.PURCHASES, ExportFormat.XLSX, **options))
    return openpyxl.load_workbook(BytesIO(target.getvalue()))


def cells_of(sheet: Any, row: int = 2) -> dict[str, Any]:
    return {sheet.cell(1, cell.column).value: cell for cell in sheet[row]}


def test_an_empty_ledger_gives_a_sheet_with_its_header(ledger: Ledger) -> None:
    sheet = book_of(ledger).active
    assert sheet.title == "Purchases"
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert sheet.max_row == 1


def test_numbers_are_numbers_and_dates_are_dates(ledger: Ledger) -> None:
    ledger.run(
        add_all(
            [
                [
                    bought(
                        "Kettle",
                        123456,
                        quantity=3,
                        order_line=2,
                        return_by=date(2026, 4, 13),
                        covers=(cover_for(date(2026, 3, 14), Duration(2)),),
                        created_at=datetime(2026, 3, 14, 9, 30, 15, 678000, UTC),
                    )
                ]
            ]
        )
    )
    cells = cells_of(book_of(ledger).active)
    assert (cells["Price"].value, cells["Price"].data_type) == (1234.56, "n")
    assert (cells["Quantity"].value, cells["Order line"].value) == (3, 2)
    assert cells["Purchased on"].value == datetime(2026, 3, 14)  # noqa: DTZ001
    assert cells["Return by"].value == datetime(2026, 4, 13)  # noqa: DTZ001
    assert cells["Warranty until"].value == datetime(2028, 3, 14)  # noqa: DTZ001
    assert cells["Created at"].value == datetime(2026, 3, 14, 9, 30, 15, 678000)  # noqa: DTZ001
    assert cells["Purchased on"].number_format == "yyyy-mm-dd"
    assert cells["Retailer"].value is None


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2199, 12, 31)])
def test_days_are_right_at_the_ends_of_the_calendar(ledger: Ledger, day: date) -> None:
    ledger.run(purchases.add(bought("Kettle", purchased_on=day)))
    assert cells_of(book_of(ledger).active)["Purchased on"].value.date() == day


def test_amounts_are_formatted_in_their_currency(ledger: Ledger) -> None:
    ledger.run(
        add_all([[bought("a", 1, "EUR"), bought("b", 10**15 - 1, "JPY"), bought("c", 10**15 - 1, "KWD")]])
    )
    sheet = book_of(ledger).active
    prices = [cells_of(sheet, row)["Price"] for row in (2, 3, 4)]
    assert [cell.value for cell in prices] == [0.01, 999999999999999, 999999999999.999]
    formats = ["[$EUR] #,##0.00", "[$JPY] #,##0", "[$KWD] #,##0.000"]
    assert [cell.number_format for cell in prices] == formats
    assert cells_of(sheet, 3)["Refunded"].number_format == "[$JPY] #,##0"


def test_no_format_of_a_currency_is_taken_for_one_of_a_date() -> None:
    assert not [code for code in CURRENCIES if is_date_format(f"[${code}] #,##0.00")]


def test_a_lifetime_is_said_in_a_word(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Pan", covers=(Cover(date(2026, 1, 1), kind="LIFETIME"),))))
    assert cells_of(book_of(ledger).active)["Warranty until"].value == "Lifetime"


def test_text_is_text_however_it_looks(ledger: Ledger) -> None:
    ledger.run(add_all([[purchases.prepared(bought(f"{text}x", notes=text)) for text in NASTY]]))
    sheet = book_of(ledger).active
    for row, text in enumerate(NASTY, 2):
        cells = cells_of(sheet, row)
        stored = purchases.get(ledger, row - 1)
        assert stored is not None
        assert cells["Product"].data_type == "s"
        assert cells["Product"].number_format == "@"
        assert from_xlsx_text(cells["Product"].value) == stored.name, text
        assert from_xlsx_text(cells["Notes"].value or "") == stored.notes, text


def test_no_cell_is_a_formula(ledger: Ledger) -> None:
    ledger.run(
        purchases.add(bought("=1+1", retailer="=2", brand="@x", notes="=cmd|' /C calc'!A0", tags=("=3",)))
    )
    target = BytesIO()
    export_file(ledger, target, ExportOptions(exporting.PURCHASES, ExportFormat.XLSX))
    with ZipFile(target) as package:
        assert b"<f" not in package.read("xl/worksheets/sheet1.xml")


def test_the_header_is_frozen_and_filtered_and_columns_are_wide_enough(ledger: Ledger) -> None:
    ledger.run(add_all([[bought("Kettle"), bought("Lamp")]]))
    sheet = book_of(ledger).active
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:AF3"
    assert sheet.dimensions == "A1:AF3"
    assert sheet["A1"].font.bold
    for number, header in enumerate(HEADERS, 1):
        letters = openpyxl.utils.get_column_letter(number)
        assert len(header) < sheet.column_dimensions[letters].width <= 50


def test_chosen_columns_keep_their_formats_without_the_currency(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle", 100, "JPY")))
    sheet = book_of(ledger, columns=("price",)).active
    assert [cell.value for cell in sheet["A"]] == ["Price", 100]
    assert sheet["A2"].number_format == "[$JPY] #,##0"
    assert sheet.freeze_panes == "A2"


def test_rows_stay_in_order_over_several_batches(ledger: Ledger) -> None:
    ledger.run(add_all([[bought(f"Lamp {number}") for number in range(1_201)]]))
    sheet = book_of(ledger, wanted=PurchaseFilter(text="lamp")).active
    assert [cell.value for cell in sheet["A"]][1:] == [f"Lamp {number}" for number in range(1_201)]
    assert book_of(ledger, ids=[3, 1]).active["A2"].value == "Lamp 2"


def test_more_rows_than_a_sheet_has_are_refused(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.run(add_all([[bought(f"Lamp {number}") for number in range(6)]]))
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 5)
    with pytest.raises(Refused, match="A sheet holds 5 purchases and these are 6"):
        export_file(ledger, tmp_path / "x.xlsx", ExportOptions(exporting.PURCHASES, ExportFormat.XLSX))
    assert list(tmp_path.glob("*.xlsx")) == []


def test_long_texts_go_on_in_columns_at_the_right(ledger: Ledger) -> None:
    long = "abcdefghi " * 5_000 + "end"
    many = tuple(Cover(date(2026, 1, 1), date(2027, 1, 1), notes="n" * 900) for _ in range(40))
    ledger.run(add_all([[bought("Kettle", notes=long, covers=many), bought("Lamp", notes="short")]]))
    sheet = book_of(ledger).active
    cells = cells_of(sheet)
    assert [header for header in cells if header not in HEADERS] == [
        "Notes (2)",
        "Notes (3)",
        "Notes (4)",
        "Warranties (2)",
        "Warranties (3)",
    ]
    pieces = ["Notes", "Notes (2)", "Notes (3)", "Notes (4)"]
    assert "".join(cells[piece].value for piece in pieces) == long
    columns = [cell.column for cell in sheet[2] if cell.value is not None]
    assert all(one < other for one, other in pairwise(columns))


def test_a_file_larger_than_two_gigabytes_is_packed_for_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    monkeypatch.setattr(xlsx_writer, "LARGE", 0)
    assert book_of(ledger).active["A2"].value == "Kettle"
