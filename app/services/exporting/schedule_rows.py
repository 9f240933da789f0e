"""The long sheets of a live workbook: every month of every debt, and every month, as rows of formulas.

openpyxl makes the workbook with the heads of these sheets; their rows are poured into it as they are made, so that
memory stays flat and a cancelled export stops at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from app.services.exporting.schedule_formulas import MONTH_COLUMNS, SCHEDULE, Formulas, letters
from app.services.exporting.schedule_sums import ROWS_AT_ONCE, Told
from app.services.exporting.schedule_xlsx import (
    COUNT_FORMAT,
    MONTH_FORMAT,
    bold_font,
    finish_table,
    put,
    table_head,
)
from app.services.exporting.sink import Sink
from app.services.exporting.xlsx_frame import BOTTOM, money_format, saved, style_id

RATE_FORMAT = "0.00####"
SPACED_COUNT_FORMAT = "0_W"
"""Of whole numbers with a text at their right: a space as wide as a W in between."""
_DONE_COLOR = "A0A0A0"
_HEADERS = {
    "number": ("No.", 6), "month": ("Month", 11), "debt": ("Debt no.", 10), "name": ("Debt", 30),
    "order": ("Order", 8), "rate": ("Rate %", 9), "opening": ("Opening", 17), "interest": ("Interest", 15),
    "instalment": ("Instalment", 15), "minimum": ("Minimum", 15), "one_off": ("One-off", 15),
    "left": ("Still owed", 17), "extra": ("Extra", 15), "payment": ("Payment", 15),
    "principal": ("Principal", 15), "closing": ("Closing", 17),
}  # fmt: skip
_MONTH_HEADERS = {
    "number": ("No.", 6), "month": ("Month", 11), "paused": ("Pauses", 8), "minimums": ("Minimums", 16),
    "one_offs": ("One-offs to spread", 19), "beyond": ("Beyond the minimums", 20), "paid": ("Paid", 16),
    "interest": ("Interest", 16), "closing": ("Balance after", 18),
}  # fmt: skip
_COUNTS = {"number", "debt", "order", "paused"}
_MOSTLY_NOTHING = {"paused", "one_offs", "instalment", "one_off", "extra"}

Rows = Iterator[str]
"""Rows of a sheet as XML."""
Cell = tuple[str, int, str | int]
"""The letters of a column, the number of a style, and a formula or a number."""


def schedule_sheet(sheet: Any, formulas: Formulas, told: Told) -> Rows:
    """Write the head of the schedule, and return its rows; `told` hears how many were taken, of how many."""
    columns = formulas.columns
    total = formulas.months * len(formulas.debts)
    table_head(sheet, 1, [_HEADERS[key] for key in columns])
    finish_table(sheet, 1, len(columns), total, f"{columns['order']}2")
    _grey(sheet, f"A2:{letters(len(columns))}{total + 1}", f"${columns['opening']}2=0")
    money = money_format(formulas.currency)
    styles = {key: style_id(sheet, _format(key, money)) for key in columns}
    return _schedule_rows(formulas, styles, told, total)


def _schedule_rows(formulas: Formulas, styles: Mapping[str, int], told: Told, total: int) -> Rows:
    columns = formulas.columns
    for number in range(1, formulas.months + 1):
        for debt in range(len(formulas.debts)):
            row = formulas.row(number, debt)
            cells = formulas.of_month(number, debt)
            yield _row(row, ((columns[key], styles[key], cells[key]) for key in columns))
            done = row - formulas.row(1, 0) + 1
            if done % ROWS_AT_ONCE == 0 or done == total:
                told(done, total)


def months_sheet(sheet: Any, formulas: Formulas) -> Rows:
    """Write the head of the sheet with what is paid in all and to whom, and return its rows, one a month."""
    table_head(sheet, 1, [*_MONTH_HEADERS.values(), *[("", 15)] * len(formulas.debts)])
    first = len(_MONTH_HEADERS) + 1
    for debt in range(len(formulas.debts)):
        put(sheet, 1, first + debt, "=" + formulas.of_debt("name", debt), "General").font = bold_font()
    columns = len(_MONTH_HEADERS) + len(formulas.debts)
    finish_table(sheet, 1, columns, formulas.months, "C2")
    nothing = f"AND(${MONTH_COLUMNS['paid']}2=0,${MONTH_COLUMNS['closing']}2=0)"
    _grey(sheet, f"A2:{letters(columns)}{formulas.months + 1}", nothing)
    money = money_format(formulas.currency)
    styles = {key: style_id(sheet, _format(key, money)) for key in _MONTH_HEADERS}
    return _months_rows(formulas, styles, style_id(sheet, _quiet(money)))


def _months_rows(formulas: Formulas, styles: Mapping[str, int], money_style: int) -> Rows:
    payment, first = formulas.columns["payment"], len(_MONTH_HEADERS) + 1
    for number in range(1, formulas.months + 1):
        cells: list[Cell] = [(MONTH_COLUMNS["number"], styles["number"], number)]
        cells += [
            (MONTH_COLUMNS[key], styles[key], formula) for key, formula in formulas.of_all(number).items()
        ]
        cells += [
            (letters(first + debt), money_style, f"{SCHEDULE}!{payment}${formulas.row(number, debt)}")
            for debt in range(len(formulas.debts))
        ]
        yield _row(formulas.month_row(number), cells)


def _row(number: int, cells: Iterable[Cell]) -> str:
    """Return a row as XML."""
    inside = "".join(
        f'<c r="{column}{number}" s="{style}">{_content(content)}</c>' for column, style, content in cells
    )
    return f'<row r="{number}">{inside}</row>'


def _content(content: str | int) -> str:
    return f"<v>{content}</v>" if isinstance(content, int) else f"<f>{escape(content)}</f><v></v>"


def pour(sink: Sink, book: Any, sheets: Mapping[str, Rows]) -> None:
    """Write a workbook, with further rows for some of its sheets by their titles. Raises `OSError`."""
    files = saved(book)
    parts = {f"xl/worksheets/sheet{at}.xml": title for at, title in enumerate(book.sheetnames, 1)}
    # All that packing needs of a file that it only writes onwards.
    file = cast(IO[bytes], sink)
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            rows = sheets.get(parts.get(name, ""))
            if rows is None:
                package.writestr(name, content)
                continue
            sheet = book[parts[name]]
            before, _, behind = content.decode().partition(BOTTOM)
            # openpyxl has seen the header only.
            seen, whole = (f'<dimension ref="{ref}" />' for ref in (sheet.dimensions, sheet.auto_filter.ref))
            with package.open(name, "w") as part:
                part.write(before.replace(seen, whole).encode())
                for row in rows:
                    part.write(row.encode())
                part.write((BOTTOM + behind).encode())


def _format(key: str, money: str) -> str:
    if key in _MOSTLY_NOTHING:
        return _quiet(COUNT_FORMAT if key in _COUNTS else money)
    if key == "debt":
        return SPACED_COUNT_FORMAT
    if key in _COUNTS:
        return COUNT_FORMAT
    return {"month": MONTH_FORMAT, "rate": RATE_FORMAT, "name": "General"}.get(key, money)


def _quiet(number_format: str) -> str:
    """Return a format that leaves cells of 0 empty."""
    return f"{number_format};-{number_format};"


def _grey(sheet: Any, cells: str, condition: str) -> None:
    """Let rows in which nothing happens any more step back."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font

    sheet.conditional_formatting.add(cells, FormulaRule(formula=[condition], font=Font(color=_DONE_COLOR)))
