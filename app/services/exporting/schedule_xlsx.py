"""The schedule of a payoff plan as a workbook: every month of every debt, what it comes to, what was assumed."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from app.domain.debts.assumptions import assumptions
from app.domain.debts.plan import Plan, ScheduleRow
from app.domain.debts.strategies import BEST, STRATEGIES
from app.domain.exchange import to_xlsx_text
from app.domain.money import to_decimal
from app.domain.problems import Refused
from app.services.exporting.schedule_sums import ROWS_AT_ONCE, Told, debt_totals
from app.services.exporting.sink import Sink
from app.services.exporting.xlsx_frame import money_format
from app.services.exporting.xlsx_writer import MOST_ROWS

MONTH_FORMAT = "mmm yyyy"
TEXT_FORMAT = "@"
COUNT_FORMAT = "0"
_HEADERS = (
    ("Month", 12), ("Debt", 34), ("Opening", 18), ("Interest", 18), ("Payment", 18), ("Principal", 18),
    ("Closing", 18),
)  # fmt: skip
_SUMMARY_HEADERS = (("Debt", 34), ("Paid off in", 14), ("Months", 12), ("Interest", 18), ("Paid", 18))
_TEXTS = {"Debt", "Minimum payment"}


def write_workbook(sink: Sink, plan: Plan, currency: str, rows: Sequence[ScheduleRow], told: Told) -> None:
    """Write a sheet with the schedule and one with its sums and assumptions; `told` hears of progress.

    Raises `Refused` for more rows than a sheet has, and `OSError`.
    """
    from openpyxl import Workbook

    if len(rows) > MOST_ROWS:
        raise Refused(
            f"A sheet holds {MOST_ROWS:,} rows and this schedule has {len(rows):,}. Write it as CSV instead."
        )
    book = Workbook()
    book.properties.creator = "Counterfoil"
    sheet = book.active
    sheet.title = "Schedule"
    table_head(sheet, 1, _HEADERS)
    money = money_format(currency)
    for number, row in enumerate(rows, 2):
        put(sheet, number, 1, row.month.first_day, MONTH_FORMAT)
        put_text(sheet, number, 2, plan.input.debts[row.debt].name)
        amounts = (row.opening, row.interest, row.payment, row.principal, row.closing)
        for column, amount in enumerate(amounts, 3):
            put(sheet, number, column, to_decimal(amount, currency), money)
        if number % ROWS_AT_ONCE == 0:
            told(number - 2, len(rows))
    finish_table(sheet, 1, len(_HEADERS), len(rows), "C2")
    _write_summary(book.create_sheet("Summary"), plan, currency, rows)
    save(book, sink, lambda: told(len(rows), len(rows)))


def _write_summary(sheet: Any, plan: Plan, currency: str, rows: Sequence[ScheduleRow]) -> None:
    money = money_format(currency)
    table_head(sheet, 1, _SUMMARY_HEADERS)
    row = 1
    for row, total in enumerate(debt_totals(plan, rows), 2):
        put_text(sheet, row, 1, plan.input.debts[total.debt].name)
        put_payoff(sheet, row, plan, total.months)
        put(sheet, row, 4, to_decimal(total.interest, currency), money)
        put(sheet, row, 5, to_decimal(total.paid, currency), money)
    row += 1
    put_text(sheet, row, 1, "All debts", bold=True)
    put_payoff(sheet, row, plan, plan.months)
    put(sheet, row, 4, to_decimal(plan.total_interest, currency), money)
    put(sheet, row, 5, to_decimal(plan.total_paid, currency), money)
    sheet.freeze_panes = "A2"
    fit_on_paper(sheet)
    for never in plan.never:
        row += 1
        put_text(sheet, row, 1, never_sentence(plan, currency, never.debt, never.short_by))
    row += 2
    put_text(sheet, row, 1, "Strategy", bold=True)
    put_text(sheet, row, 2, strategy_title(plan))
    row += 1
    put_text(sheet, row, 1, "Currency", bold=True)
    put_text(sheet, row, 2, currency)
    put_assumptions(sheet, row + 2, plan)


def put_payoff(sheet: Any, row: int, plan: Plan, months: int | None) -> None:
    """Write the month in which something is paid off, and its number in the plan, to columns 2 and 3."""
    if months is None:
        put_text(sheet, row, 2, "never")
        return
    put(sheet, row, 2, plan.month(max(months, 1)).first_day, MONTH_FORMAT)
    put(sheet, row, 3, months, COUNT_FORMAT)


def put_assumptions(sheet: Any, first: int, plan: Plan, column: int = 1) -> None:
    """Write what a plan takes for granted from a row on."""
    put_text(sheet, first, column, "Assumptions", bold=True)
    for row, (name, words) in enumerate(assumptions(plan).items(), first + 1):
        put_text(sheet, row, column, name[:1].upper() + name[1:])
        put_text(sheet, row, column + 1, words)


def never_sentence(plan: Plan, currency: str, debt: int, short_by: int) -> str:
    """Return in words which debt a plan never pays off, and how much more it takes."""
    more = f"{to_decimal(short_by, currency)} {currency}"
    return f"“{plan.input.debts[debt].name}” is never paid off; it takes {more} a month more."


def strategy_title(plan: Plan) -> str:
    """Return what a plan's strategy is called, in a word or two."""
    if plan.strategy == BEST:
        return "Best found"
    known = STRATEGIES.get(plan.strategy)
    return known.title if known is not None else "Order as given"


def put(sheet: Any, row: int, column: int, value: Any, number_format: str) -> Any:
    """Write a number or a date, and return its cell."""
    cell = sheet.cell(row, column, value)
    cell.number_format = number_format
    return cell


def put_text(sheet: Any, row: int, column: int, text: str, *, bold: bool = False) -> Any:
    """Write a text that stays one, whatever it looks like, and return its cell."""
    cell = sheet.cell(row, column, to_xlsx_text(text))
    # openpyxl takes a text that begins with = for a formula.
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    if bold:
        cell.font = bold_font()
    return cell


def bold_font(size: int = 11, color: str | None = None) -> Any:
    """Return the workbook's own font in bold; one without a name would be another one."""
    from openpyxl.styles import Font

    return Font(name="Calibri", size=size, bold=True, color=color)


def table_head(sheet: Any, row: int, headers: Sequence[tuple[str, int]]) -> None:
    """Write the headers of a table, each given with the width of its column; those of texts stand at the left."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for column, (header, width) in enumerate(headers, 1):
        cell = put_text(sheet, row, column, header, bold=True)
        cell.alignment = Alignment(horizontal="left" if header in _TEXTS else "right")
        sheet.column_dimensions[get_column_letter(column)].width = width


def finish_table(sheet: Any, head: int, columns: int, rows: int, frozen: str) -> None:
    """Give a table under a header row its filter, keep the header in sight, and repeat it on paper."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{head + rows}"
    sheet.print_title_rows = f"{head}:{head}"
    fit_on_paper(sheet)


def fit_on_paper(sheet: Any) -> None:
    """Print a sheet as wide as a page that lies on its side."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def save(book: Any, sink: Sink, told: Callable[[], None]) -> None:
    """Write a workbook. Raises `OSError`, and what `told` raises before the first byte is written."""
    buffer = BytesIO()
    book.save(buffer)
    told()
    sink.write(buffer.getvalue())
