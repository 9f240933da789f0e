"""Records as a sheet for spreadsheet programs: real numbers, dates and currencies, and text that stays text.

openpyxl makes the workbook; the rows are poured into its one sheet as they come from the database. So no row is ever
an object, memory stays flat, and nothing lies about in temporary folders.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from app.domain.exchange import XLSX_PIECE, to_xlsx_text
from app.domain.problems import Refused
from app.services.exporting.kind import Rows, Table
from app.services.exporting.options import ExportOptions
from app.services.exporting.sink import Sink
from app.services.exporting.xlsx_frame import SHEET, Frame, make_frame

MOST_ROWS = 1_048_575
"""How many rows a sheet holds below its header."""

LARGE = 2_000_000_000
"""From about so many bytes on a sheet is packed as ZIP64, which not every spreadsheet program likes."""

ROWS_AT_ONCE = 500
_COMPRESSION = 5


def write_xlsx(sink: Sink, table: Table, options: ExportOptions, told: Callable[[int], None]) -> int:
    """Write the records and return how many they are; `told` hears of progress.

    Raises `Refused` for more rows than a sheet has, and `OSError`.
    """
    fields = options.fields()
    extent = table.extent(fields)
    if extent.rows > MOST_ROWS:
        raise Refused(
            f"A sheet holds {MOST_ROWS:,} {options.kind.many} and these are {extent.rows:,}. "
            "Choose fewer, or write them as CSV."
        )
    frame = make_frame(options.kind.title, fields, extent)
    currency = options.kind.currency
    # All that packing needs of a file that it only writes onwards.
    file = cast(IO[bytes], sink)
    with (
        closing(table.cells([*fields, currency] if currency else fields, "sheet")) as rows,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as package,
    ):
        for name, content in frame.files.items():
            package.writestr(name, content)
        with package.open(SHEET, "w", force_zip64=extent.bytes > LARGE) as sheet:
            return _pour(sheet, rows, frame, told)


def _pour(sheet: IO[bytes], rows: Rows, frame: Frame, told: Callable[[int], None]) -> int:
    done = 0
    sheet.write(frame.before.encode())
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        # Row 1 is the header.
        lines = [_row(number, row, frame) for number, row in enumerate(batch, done + 2)]
        sheet.write("".join(lines).encode())
        done += len(batch)
        told(done)
    sheet.write(frame.behind.encode())
    return done


def _row(number: int, row: Sequence[Any], frame: Frame) -> str:
    """Return one row as XML. Amounts come as decimal texts and are numbers; other texts are text."""
    money_style = frame.money_styles.get(row[-1], 0)
    parts = [f'<row r="{number}">']
    late: list[str] = []
    for column, value in zip(frame.columns, row, strict=False):
        if value is None or value == "":
            continue
        if column.style is None:
            parts.append(f'<c r="{column.letters}{number}" s="{money_style}"><v>{value}</v></c>')
        elif not isinstance(value, str):
            parts.append(f'<c r="{column.letters}{number}" s="{column.style}"><v>{value}</v></c>')
        else:
            parts.append(_text_cell(column.letters, number, column.style, value[:XLSX_PIECE]))
            if len(value) > XLSX_PIECE:
                late += _further_pieces(column.overflow, number, column.style, value)
    return "".join(parts) + "".join(late) + "</row>"


def _further_pieces(overflow: Sequence[str], number: int, style: int, value: str) -> list[str]:
    pieces = [value[start : start + XLSX_PIECE] for start in range(XLSX_PIECE, len(value), XLSX_PIECE)]
    return [
        _text_cell(letters, number, style, piece) for letters, piece in zip(overflow, pieces, strict=False)
    ]


_HARMLESS = re.compile("[^&<>_\\x00-\\x1f\\ufffe\\uffff]*")


def _text_cell(letters: str, number: int, style: int, value: str) -> str:
    text = value if _HARMLESS.fullmatch(value) else _escaped(value)
    space = "" if value == value.strip() else ' xml:space="preserve"'
    return f'<c r="{letters}{number}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _escaped(value: str) -> str:
    return to_xlsx_text(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
