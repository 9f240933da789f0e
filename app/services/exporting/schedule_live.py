"""A payoff plan as a live workbook: change the extra payment, and every month of the plan is worked out anew."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.domain.debts.engine import first_minimums, monthly_total, run
from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import HORIZON, Order, Plan, Rounding
from app.domain.money import to_decimal
from app.domain.problems import Refused
from app.services.exporting.schedule_formulas import (
    DEBT_COLUMNS,
    FIRST_DEBT_ROW,
    FIRST_ROW,
    MONTHS,
    PLAN,
    SCHEDULE,
    SWITCHES_ROW,
    Formulas,
)
from app.services.exporting.schedule_rows import (
    RATE_FORMAT,
    SPACED_COUNT_FORMAT,
    months_sheet,
    pour,
    schedule_sheet,
)
from app.services.exporting.schedule_sums import Told
from app.services.exporting.schedule_xlsx import (
    COUNT_FORMAT,
    MONTH_FORMAT,
    bold_font,
    fit_on_paper,
    put,
    put_assumptions,
    put_text,
    strategy_title,
    table_head,
)
from app.services.exporting.sink import Sink
from app.services.exporting.xlsx_frame import money_format

MOST_MONTHS = 600
"""A workbook has no more months than this, unless the plan itself is longer."""
MOST_ROWS = 24_000
"""Nor more rows of the schedule than about this, again unless the plan needs them."""

_INPUT_FILL = "FFF4CC"
_NOTE = "Change a yellow cell, such as the extra payment; everything else in this workbook follows."
_DEBT_HEADERS = {
    "number": ("No.", 6), "name": ("Debt", 34), "balance": ("Balance", 18), "apr": ("APR %", 12),
    "promo_apr": ("Promo APR %", 13), "promo_months": ("Promo months", 14), "rule": ("Minimum payment", 34),
    "fixed": ("Fixed amount", 16), "percent": ("Per cent", 10), "floor": ("At least", 16),
    "term": ("Instalments", 12), "least": ("First minimum", 16), "payoff": ("Paid off in", 13),
    "months": ("Months", 15), "interest": ("Interest", 17), "paid": ("Paid", 17),
}  # fmt: skip
_LABELS = (
    "Extra payment each month", "Paid each month", "First month", "Debt-free", "Months", "Total interest",
    "Total paid",
)  # fmt: skip


def write_live(sink: Sink, plan: Plan, currency: str, told: Told) -> int:
    """Write the workbook and return how many rows its schedule has; `told` hears of progress.

    It has as many months as the plan takes when the extra is lowered to nothing, within `MOST_MONTHS`. Raises
    `Refused` for a plan without debts, and `OSError`.
    """
    from openpyxl import Workbook

    if not plan.input.debts:
        raise Refused("Nothing is owed in this plan, so there is nothing to recompute.")
    formulas = Formulas(plan, currency, months_needed(plan))
    book = Workbook()
    book.properties.creator = "Counterfoil"
    book.calculation.fullCalcOnLoad = True
    sheet = book.active
    sheet.title = PLAN
    _write_plan(sheet, formulas)
    sheets = {
        SCHEDULE: schedule_sheet(book.create_sheet(SCHEDULE), formulas, told),
        MONTHS: months_sheet(book.create_sheet(MONTHS), formulas),
    }
    pour(sink, book, sheets)
    return formulas.months * len(formulas.debts)


def months_needed(plan: Plan) -> int:
    """Return how many months the workbook of a plan has: enough for the plan, and for an extra of nothing."""
    given = replace(plan.input, extra=0, budget=None)
    least = run(given, plan.order, strategy=plan.strategy, switches=plan.switches).months
    room = min(MOST_MONTHS, MOST_ROWS // max(len(given.debts), 1))
    own = min(HORIZON, room) if plan.months is None else plan.months
    return max(own, min(least or room, room), 1)


def _write_plan(sheet: Any, formulas: Formulas) -> None:
    plan, money = formulas.plan, money_format(formulas.currency)
    put_text(sheet, 1, 1, f"Payoff plan · {strategy_title(plan)}")
    sheet["A1"].font = bold_font(14)
    put_text(sheet, 2, 1, _NOTE)
    for row, label in enumerate(_LABELS, 4):
        put_text(sheet, row, 1, label, bold=True)
    _input(sheet, 4, 3, _first_extra(formulas), money)
    put(sheet, 5, 3, "=" + formulas.budget(), money)
    put(sheet, 6, 3, plan.input.start.first_day, MONTH_FORMAT)
    first, last = (formulas.of_debt("balance", debt) for debt in (0, max(len(formulas.debts) - 1, 0)))
    put(sheet, 8, 3, "=" + formulas.plan_months((first, last)), COUNT_FORMAT)
    put(sheet, 7, 3, "=" + _payoff("C8"), MONTH_FORMAT)
    put(sheet, 9, 3, "=" + formulas.sum_of("interest"), money)
    put(sheet, 10, 3, "=" + formulas.sum_of("payment"), money)
    put(sheet, 11, 1, "=" + _not_through(formulas.months), "General")
    sheet["A11"].font = bold_font(color="C00000")
    _write_debts(sheet, formulas, money)
    _write_one_offs(sheet, formulas, money)
    _write_pauses(sheet, formulas)
    put_assumptions(sheet, formulas.pauses_row + formulas.pauses + 1, plan, column=2)
    fit_on_paper(sheet)
    _ask_for_amounts(sheet, formulas)


def _first_extra(formulas: Formulas) -> Decimal | str:
    """Return what the plan pays beyond its first minimums."""
    given, currency = formulas.plan.input, formulas.currency
    if given.budget is not None and given.conventions.rounding is Rounding.NONE:
        # The first minimums have fractions of a minor unit, and so has what they leave of the budget.
        return f"={to_decimal(given.budget, currency)}-{formulas.first_minimums()}"
    return to_decimal(monthly_total(given) - sum(first_minimums(given)), currency)


def _write_debts(sheet: Any, formulas: Formulas, money: str) -> None:
    plan = formulas.plan
    headers = [*_DEBT_HEADERS.values(), *_order_headers(plan)]
    table_head(sheet, FIRST_DEBT_ROW - 1, headers)
    first_order = len(_DEBT_HEADERS) + 1
    orders = [plan.order, *(switch.order for switch in plan.switches)]
    for column, number in enumerate((1, *(switch.month for switch in plan.switches)), first_order):
        if plan.switches:
            put(sheet, SWITCHES_ROW, column, number, '"from month "0')
    for index, debt in enumerate(plan.input.debts):
        row = FIRST_DEBT_ROW + index
        put(sheet, row, 1, index + 1, SPACED_COUNT_FORMAT)
        put_text(sheet, row, 2, debt.name)
        _input(sheet, row, 3, to_decimal(debt.balance, formulas.currency), money)
        _input(sheet, row, 4, debt.apr, RATE_FORMAT)
        _input(sheet, row, 5, debt.promo_apr, RATE_FORMAT)
        _input(sheet, row, 6, debt.promo_months if debt.promo_apr is not None else None, SPACED_COUNT_FORMAT)
        _write_rule(sheet, row, debt.minimum, formulas.currency)
        put(sheet, row, 12, f"={SCHEDULE}!{formulas.columns['minimum']}{FIRST_ROW + index}", money)
        put(sheet, row, 14, "=" + formulas.debt_months(index), COUNT_FORMAT)
        put(sheet, row, 13, "=" + _payoff(f"N{row}"), MONTH_FORMAT)
        put(sheet, row, 15, "=" + formulas.sum_of("interest", index), money)
        put(sheet, row, 16, "=" + formulas.sum_of("payment", index), money)
        for column, order in enumerate(orders, first_order):
            _input(sheet, row, column, _rank(order, index), COUNT_FORMAT)


def _order_headers(plan: Plan) -> list[tuple[str, int]]:
    return [("Order", 12)] * (1 + len(plan.switches))


def _rank(order: Order, debt: int) -> int:
    """Return which debt it is in an order, counted from 1; one that is not in it comes behind all others."""
    return order.index(debt) + 1 if debt in order else len(order) + debt + 1


def _write_rule(sheet: Any, row: int, rule: Minimum, currency: str) -> None:
    money = money_format(currency)
    put_text(sheet, row, 7, _rule_words(rule))
    if isinstance(rule, FixedMinimum):
        _input(sheet, row, 8, to_decimal(rule.amount, currency), money)
    elif isinstance(rule, PercentMinimum):
        _input(sheet, row, 9, rule.percent, RATE_FORMAT)
        _input(sheet, row, 10, to_decimal(rule.floor, currency), money)
    else:
        _input(sheet, row, 11, rule.months, COUNT_FORMAT)


def _rule_words(rule: Minimum) -> str:
    if isinstance(rule, TermMinimum):
        return "level instalment"
    if isinstance(rule, PercentMinimum):
        return "interest + per cent of balance" if rule.plus_interest else "per cent of balance"
    return "fixed amount"


def _write_one_offs(sheet: Any, formulas: Formulas, money: str) -> None:
    """Write the table of payments made once, with room for some more; the debt is 0 where the order decides."""
    given = formulas.plan.input
    first = formulas.one_offs_row
    for column, header in enumerate(
        ("One-off payments", "Amount", "Plan month", "Debt no., 0 for the order"), 2
    ):
        put_text(sheet, first - 1, column, header, bold=True)
    numbers = {debt.identity: number for number, debt in enumerate(given.debts, 1)}
    for row in range(first, first + formulas.one_offs):
        one = given.one_offs[row - first] if row - first < len(given.one_offs) else None
        _input(sheet, row, 2, one and one.month.first_day, MONTH_FORMAT)
        _input(sheet, row, 3, one and to_decimal(one.amount, formulas.currency), money)
        put(sheet, row, 4, "=" + _plan_month(f"B{row}"), COUNT_FORMAT)
        _input(sheet, row, 5, one and numbers.get(one.debt or "", 0), COUNT_FORMAT)


def _write_pauses(sheet: Any, formulas: Formulas) -> None:
    given = formulas.plan.input.pauses
    first = formulas.pauses_row
    for column, header in enumerate(("Pauses (only the minimums)", "Months", "From month", "To month"), 2):
        put_text(sheet, first - 1, column, header, bold=True)
    for row in range(first, first + formulas.pauses):
        pause = given[row - first] if row - first < len(given) else None
        _input(sheet, row, 2, pause and pause.first.first_day, MONTH_FORMAT)
        _input(sheet, row, 3, pause and pause.months, COUNT_FORMAT)
        put(sheet, row, 4, "=" + _plan_month(f"B{row}"), COUNT_FORMAT)
        put(sheet, row, 5, f'=IF(ISNUMBER(D{row}),D{row}+C{row}-1,"")', COUNT_FORMAT)


def _plan_month(month: str) -> str:
    """Return which month of the plan a calendar month is, "" for an empty cell."""
    number = f"(YEAR({month})-YEAR($C$6))*12+MONTH({month})-MONTH($C$6)+1"
    return f'IF(ISNUMBER({month}),{number},"")'


def _payoff(months: str) -> str:
    """Return the calendar month in which something is paid off after so many months."""
    return f'IF(ISNUMBER({months}),EDATE($C$6,MAX({months},1)-1),"later")'


def _not_through(months: int) -> str:
    words = f"With this extra payment the debts are not paid off within the {months} months of this workbook."
    return f'IF(ISNUMBER(C8),"","{words}")'


def _input(sheet: Any, row: int, column: int, value: Any, number_format: str) -> None:
    """Write a value that is meant to be changed, on yellow ground."""
    from openpyxl.styles import PatternFill

    cell = put(sheet, row, column, value, number_format)
    cell.fill = PatternFill("solid", start_color=_INPUT_FILL)


def _ask_for_amounts(sheet: Any, formulas: Formulas) -> None:
    """Let the cells of amounts take nothing but amounts."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
    rule.errorTitle, rule.error = "Not an amount", "Enter an amount of 0 or more."
    sheet.add_data_validation(rule)
    last = FIRST_DEBT_ROW + len(formulas.debts) - 1
    rule.add("C4")
    rule.add(f"{DEBT_COLUMNS['balance']}{FIRST_DEBT_ROW}:{DEBT_COLUMNS['balance']}{last}")
