"""The workbook around exported rows: styles, widths, frozen header and filter, made by openpyxl and taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZipFile

from app.domain.exchange import XLSX_PIECE, ExchangeField, Extent, FieldKind, continued
from app.domain.money import exponent

SHEET = "xl/worksheets/sheet1.xml"
_WIDTHS: dict[FieldKind, int] = {
    "text": 20, "note": 40, "money": 16, "currency": 12, "date": 15, "count": 14, "status": 12, "tags": 20,
    "covers": 24, "refunds": 24, "json": 24, "rate": 12, "figure": 14, "month": 12, "word": 16, "yes": 12, "uuid": 38,
    "instant": 26, "until": 17,
}  # fmt: skip
_WIDTH_OF_NAMES = 44
_NAMES = ("name", "debt")
_TEXT_FORMAT = "@"
_FORMATS: dict[FieldKind, str] = {
    "date": "yyyy-mm-dd",
    "until": "yyyy-mm-dd",
    "instant": 'yyyy-mm-dd hh:mm:ss.000"Z"',
    "count": "0",
    "rate": '0.###"%"',
    "figure": "General",
}
BOTTOM = "</sheetData>"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet. `style` numbers its style, None standing for the style of the row's currency.

    `overflow` has the letters of the columns where texts go on that are too long for one cell.
    """

    letters: str
    style: int | None
    overflow: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """A workbook without its rows: the other files of the package, and the sheet before and behind the rows."""

    files: dict[str, bytes]
    before: str
    behind: str
    columns: list[SheetColumn]
    money_styles: dict[str, int]


def make_frame(title: str, fields: Sequence[ExchangeField], extent: Extent) -> Frame:
    """Return the workbook for a table of these fields, with room for as many rows as `extent` says."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "Counterfoil"
    sheet = book.active
    sheet.title = title
    headers, overflows = _headers(fields, extent)
    _write_header(sheet, headers)
    columns = []
    for number, (field, overflow) in enumerate(zip(fields, overflows, strict=True), 1):
        letters = get_column_letter(number)
        sheet.column_dimensions[letters].width = (
            _WIDTH_OF_NAMES if field.attribute in _NAMES else _WIDTHS[field.kind]
        )
        style = None if field.kind == "money" else style_id(sheet, _FORMATS.get(field.kind, _TEXT_FORMAT))
        columns.append(SheetColumn(letters, style, tuple(get_column_letter(further) for further in overflow)))
    table = f"A1:{get_column_letter(len(headers))}{extent.rows + 1}"
    sheet.freeze_panes = "B2" if fields[0].attribute in _NAMES else "A2"
    sheet.auto_filter.ref = table
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    money_styles = {currency: style_id(sheet, money_format(currency)) for currency in extent.currencies}
    files = saved(book)
    before, _, behind = files.pop(SHEET).decode().partition(BOTTOM)
    # openpyxl has seen the header only.
    before = before.replace(f'<dimension ref="{sheet.dimensions}" />', f'<dimension ref="{table}" />')
    return Frame(files, before, BOTTOM + behind, columns, money_styles)


def _headers(fields: Sequence[ExchangeField], extent: Extent) -> tuple[list[str], list[range]]:
    """Return all headers, and for each field the numbers of the columns where its long texts go on."""
    headers = [field.header for field in fields]
    overflows = []
    for field, longest in zip(fields, extent.longest, strict=True):
        pieces = ceil(longest / XLSX_PIECE)
        first = len(headers) + 1
        headers += [continued(field.header, piece) for piece in range(2, pieces + 1)]
        overflows.append(range(first, len(headers) + 1))
    return headers, overflows


def _write_header(sheet: Any, headers: Sequence[str]) -> None:
    from openpyxl.styles import Font

    sheet.append(headers)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.number_format = _TEXT_FORMAT


def style_id(sheet: Any, number_format: str) -> int:
    """Return the number that the workbook knows a style by."""
    from openpyxl.cell import Cell

    cell = Cell(sheet)
    cell.number_format = number_format
    return int(cell.style_id)


def money_format(currency: str) -> str:
    """Return the number format of amounts in a currency."""
    digits = exponent(currency)
    return f"[${currency}] #,##0" + ("." + "0" * digits if digits else "")


def saved(book: Any) -> dict[str, bytes]:
    """Return the files that a workbook is a package of, by their names."""
    buffer = BytesIO()
    book.save(buffer)
    with ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}
