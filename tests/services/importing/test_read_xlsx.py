"""XLSX workbooks: read as values and within bounds, or refused in words."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.services.importing.readers import ReadOptions, Row, Source, UnreadableFile, open_table


def saved(tmp_path: Path, fill: Callable[[Any], None], name: str = "file.xlsx") -> Path:
    book = Workbook()
    fill(book)
    path = tmp_path / name
    book.save(path)
    return path


def table(tmp_path: Path, *lines: list[Any]) -> Path:
    def fill(book: Any) -> None:
        for line in lines:
            book.active.append(line)

    return saved(tmp_path, fill)


def rewritten(path: Path, changes: dict[str, Callable[[bytes], bytes]]) -> Path:
    """Change members of a package, or add them."""
    with zipfile.ZipFile(path) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    for name, change in changes.items():
        members[name] = change(members.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def refusal(path: Path, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableFile) as error:
        list(open_table(path, options).rows())
    text = str(error.value)
    assert text.startswith(path.name)
    assert text.endswith(".")
    return text


def rows(path: Path) -> list[Row]:
    return list(open_table(path).rows())


def test_cells_keep_their_kind_and_numbers_are_what_the_sheet_shows(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Name", "Price", "Date", "Count", "Yes"],
        ["Lamp", 0.1 + 0.2, date(2025, 3, 31), 2, True],
        [None, None, None, None, None],
        ["Desk", "12,50 €", datetime.fromisoformat("2025-03-31T14:30"), 3.0, None],
    )
    source = open_table(path)
    assert source.headers == ("Name", "Price", "Date", "Count", "Yes")
    assert list(source.rows()) == [
        Row(2, ["Lamp", Decimal("0.3"), date(2025, 3, 31), 2, True]),
        Row(4, ["Desk", "12,50 €", datetime.fromisoformat("2025-03-31T14:30"), 3, ""]),
    ]
    assert source.row_word == "row"
    assert source.description == "XLSX, sheet “Sheet”"


@pytest.mark.parametrize("mac", [False, True])
def test_serial_numbers_are_dates_of_the_workbooks_calendar(tmp_path: Path, mac: bool) -> None:
    def fill(book: Any) -> None:
        if mac:
            book.epoch = CALENDAR_MAC_1904
        book.active.append(["Date", "Serial"])
        book.active.append([date(2025, 3, 31), 45747 - (1462 if mac else 0)])

    source = open_table(saved(tmp_path, fill))
    (row,) = source.rows()
    assert row.cells[0] == date(2025, 3, 31)
    assert source.serial_day(Decimal(str(row.cells[1]))) == date(2025, 3, 31)
    assert source.serial_day(Decimal(10**9)) is None


def test_titles_above_the_table_and_other_sheets_are_passed_over(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active.title = "Empty"
        sheet = book.create_sheet("Bought")
        sheet.cell(4, 1, "Name")
        sheet.cell(4, 2, "Price")
        sheet.cell(5, 1, "Lamp")
        sheet.cell(5, 2, 1)
        book.create_sheet("Hidden").sheet_state = "hidden"

    path = saved(tmp_path, fill)
    source = open_table(path)
    assert list(source.rows()) == [Row(5, ["Lamp", 1])]
    assert source.notes == ["Only the sheet “Bought” was read; the file has 2 sheets."]
    assert "has no sheet “Sold”; choose one that it has" in refusal(path, ReadOptions(sheet="Sold"))


def test_values_beside_the_table_and_repeated_headers_are_told(tmp_path: Path) -> None:
    found = rows(
        table(tmp_path, ["Name", "Price"], ["Lamp", 1, None, "why?"], ["Name", "Price"], ["Desk", 2])
    )
    assert [(row.line, bool(row.problem)) for row in found] == [(2, True), (3, True), (4, False)]
    assert found[0].problem == "This row has a value to the right of the 2 named columns; name or clear it."


def test_merged_cells_cost_their_rows(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for line in (["Name", "Price", "Shop"], ["Lamp", 1, "A"], ["Desk", 2, None], ["Chair", 3, "B"]):
            sheet.append(line)
        sheet.merge_cells("C2:C3")

    found = rows(saved(tmp_path, fill))
    problem = "This row has merged cells; unmerge them, so that each cell has its own value."
    assert [(row.line, row.problem) for row in found] == [(2, problem), (3, problem), (4, "")]


def test_formulas_give_their_last_value_and_are_never_run(tmp_path: Path) -> None:
    path = table(tmp_path, ["Name", "Price"], ['=HYPERLINK("http://example.org")', "=1+1"], ["Lamp", 1])
    assert rows(path) == [Row(3, ["Lamp", 1])]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = table(tmp_path, ["Name", "Price", "Shop"], ["Lamp", 1, "A"], ["Desk", 2, "B"])
    for told in (b'<dimension ref="A1"/>', b'<dimension ref="A1:B2"/>', b""):

        def lie(sheet: bytes, told: bytes = told) -> bytes:
            return re.sub(rb"<dimension [^>]*/>", told, sheet)

        found = rows(rewritten(path, {"xl/worksheets/sheet1.xml": lie}))
        assert [row.cells for row in found] == [["Lamp", 1, "A"], ["Desk", 2, "B"]]


def test_one_far_cell_does_not_hang(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active.append(["Name", "Price"])
        book.active.append(["Lamp", 1])
        book.active["XFD1048576"] = "far"

    path = saved(tmp_path, fill)
    assert path.stat().st_size < 8000
    started = time.perf_counter()
    assert rows(path) == [Row(2, ["Lamp", 1])]
    assert time.perf_counter() - started < 10


def test_a_row_number_out_of_this_world_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, ["Name"], ["Lamp"], ["Desk"])

    def far(sheet: bytes) -> bytes:
        return sheet.replace(b'r="3"', b'r="99999999999"').replace(b'"A3"', b'"A99999999999"')

    started = time.perf_counter()
    assert "has too many rows; split it, at most 1,048,576 can be read" in refusal(
        rewritten(path, {"xl/worksheets/sheet1.xml": far})
    )
    assert time.perf_counter() - started < 10


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = table(tmp_path, ["Name"], ["Lamp"])
    bomb = rewritten(path, {"xl/sharedStrings.xml": lambda _: b"\x00" * (200 << 20)})
    assert bomb.stat().st_size < 1_000_000
    assert "unpacks to 200 MB; split it, at most 128 MB can be read." in refusal(bomb)
    parts = {f"xl/media/{number}": lambda _: b"" for number in range(10_001)}
    assert "at most 10,000 can be read" in refusal(rewritten(table(tmp_path, ["Name"], ["Lamp"]), parts))


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    for part in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        path = rewritten(table(tmp_path, ["Name"], ["Lamp"]), {part: lambda _: lol})
        assert "is damaged or not a proper XLSX workbook" in refusal(path)


def test_macros_and_links_to_other_files_are_left_alone(tmp_path: Path) -> None:
    path = rewritten(
        table(tmp_path, ["Name"], ["Lamp"]),
        {"xl/vbaProject.bin": lambda _: b"macro", "xl/externalLinks/externalLink1.xml": lambda _: b"<broken"},
    )
    assert rows(path) == [Row(2, ["Lamp"])]


def test_escaped_letters_are_read_as_what_they_mean(tmp_path: Path) -> None:
    assert rows(table(tmp_path, ["Name"], ["a_x000D_b _x005F_x0041_"])) == [Row(2, ["a\rb _x0041_"])]


def test_other_office_files_are_refused_in_words(tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refusal(locked) == "locked.xlsx is protected with a password; save it without one first."
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert refusal(old) == "old.xls is in the old Excel format; save it as XLSX or CSV first."
    for name, member, words in (
        ("a.ods", "content.xml", "is an OpenDocument file; save the table as XLSX or CSV first."),
        ("a.zip", "readme.txt", "is an archive, not a workbook; save the table as XLSX or CSV first."),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr(member, "x")
        assert refusal(tmp_path / name) == f"{name} {words}"


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_a_cut_file_is_refused(tmp_path: Path, keep: float) -> None:
    path = table(tmp_path, ["Name"], ["Lamp"])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert refusal(path) == "file.xlsx is damaged or not a proper XLSX workbook; save it again, or as CSV."


def test_broken_parts_are_refused(tmp_path: Path) -> None:
    for part in (
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
    ):
        path = rewritten(
            table(tmp_path, ["Name"], ["Lamp"]), {part: lambda content: content[: len(content) // 2]}
        )
        assert "is damaged" in refusal(path)


def test_empty_and_oversized_sheets_are_refused(tmp_path: Path) -> None:
    assert refusal(table(tmp_path)) == "file.xlsx is empty; there is nothing to import."
    assert "has column names but no rows below them" in refusal(table(tmp_path, ["Name", "Price"]))
    assert "has more than 500 columns" in refusal(table(tmp_path, [f"c{n}" for n in range(1000)], ["x"]))


def test_a_sheet_without_column_names_can_be_read_by_number(tmp_path: Path) -> None:
    source: Source = open_table(table(tmp_path, ["Lamp", 1], ["Desk", 2]), ReadOptions(has_header=False))
    assert source.headers == ("Column 1", "Column 2")
    assert [row.line for row in source.rows()] == [1, 2]


def test_a_csv_called_xlsx_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(io.BytesIO(b"Name,Price\nLamp,1\n").getvalue())
    assert rows(path) == [Row(2, ["Lamp", "1"])]
