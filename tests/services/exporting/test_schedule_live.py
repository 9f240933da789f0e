"""A plan as a workbook of formulas: whatever the extra is changed to, it comes to what the program works out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from app.domain.debts import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.engine import run, schedule
from app.domain.debts.plan import (
    USUAL,
    Compounding,
    Conventions,
    OneOff,
    Order,
    Pause,
    Plan,
    PlanDebt,
    PlanInput,
    Rounding,
    Switch,
    Timing,
)
from app.domain.exchange import from_xlsx_text
from app.domain.money import exponent
from app.domain.months import Month
from app.services.exporting import ExportFormat, schedule_live
from app.services.exporting.schedule import ScheduleOptions, export_schedule
from app.services.exporting.schedule_live import months_needed
from app.services.ledger import Ledger
from tests.helpers.generated import NASTY
from tests.helpers.spreadsheets import needs_libreoffice, recomputed

START = Month(2026, 12)
HOUSEHOLD = (
    PlanDebt("=Visa", 1124018, Decimal("24.9"), PercentMinimum(Decimal(2), 2500)),
    PlanDebt("Loan", 386000, Decimal("9.75"), FixedMinimum(16400), promo_apr=Decimal("3.9"), promo_months=7),
    PlanDebt("Car", 641855, Decimal("6.4"), TermMinimum(36), promo_apr=Decimal(1), promo_months=5),
    PlanDebt("Card 2", 250075, Decimal("19.99"), PercentMinimum(Decimal(1), 2500, plus_interest=True)),
    PlanDebt("Student", 976000, Decimal(6), TermMinimum(70)),
)
HALVES = tuple(
    # At 6 per cent a month's interest is often exactly half a cent.
    replace(debt, apr=Decimal(6), promo_apr=debt.promo_apr and Decimal(3))
    for debt in HOUSEHOLD
)
ORDER: Order = (0, 3, 1, 2, 4)
GIVEN = PlanInput(HOUSEHOLD, START, extra=24000)


@dataclass(frozen=True)
class Case:
    """A plan, and what its extra is changed to in the workbook."""

    given: PlanInput
    extra: int
    order: Order = ORDER
    switches: tuple[Switch, ...] = ()
    currency: str = "EUR"

    @property
    def plan(self) -> Plan:
        return run(self.given, self.order, strategy="avalanche", switches=self.switches)

    @property
    def changed(self) -> Plan:
        given = replace(self.given, extra=self.extra, budget=None)
        return run(given, self.order, strategy="avalanche", switches=self.switches)


def conventions(**changed: Any) -> PlanInput:
    return replace(GIVEN, conventions=replace(USUAL, **changed))


LUMPS = (
    OneOff(START.plus(-1), 500000),
    OneOff(START.plus(2), 200000, "Card 2"),
    OneOff(START.plus(3), 150000, "Card 2"),
    OneOff(START.plus(3), 99999),
    OneOff(START.plus(15), 12345, "Card 2"),
)
CASES = {
    "as given": Case(GIVEN, 24000),
    "nothing extra": Case(GIVEN, 0),
    "a cent": Case(GIVEN, 1),
    "a thousand": Case(GIVEN, 100000),
    "all at once": Case(GIVEN, 5_000_000),
    "halves": Case(replace(GIVEN, debts=HALVES), 1001),
    "halves to even": Case(
        replace(GIVEN, debts=HALVES, conventions=Conventions(rounding=Rounding.HALF_EVEN)), 1001
    ),
    "one-offs and pauses": Case(
        replace(GIVEN, one_offs=LUMPS, pauses=(Pause(START.plus(5), 3), Pause(START.plus(7), 4))), 30000
    ),
    "a budget": Case(replace(GIVEN, extra=0, budget=110000), 12345),
    "nothing rolls over": Case(replace(conventions(rollover=False), one_offs=LUMPS), 20000),
    "minimums only": Case(replace(conventions(rollover=False), extra=0), 0),
    "orders that change": Case(
        GIVEN, 30000, (1, 0, 2, 3, 4), (Switch(8, (0, 3, 4, 1, 2)), Switch(14, (4, 3, 2, 1, 0)))
    ),
    "no decimals": Case(GIVEN, 24000, currency="JPY"),
    "three decimals": Case(GIVEN, 24000, currency="KWD"),
    "one debt": Case(replace(GIVEN, debts=HOUSEHOLD[:1]), 7500, (0,)),
    "never": Case(
        PlanInput((PlanDebt("Loan", 1000000, Decimal(30), FixedMinimum(10000)),), START), 10000, (0,)
    ),
}
USUAL_CASES = ("as given", "nothing extra", "halves", "one-offs and pauses", "orders that change", "one debt")
OTHER_CONVENTIONS = {
    f"{rounding.value}, {timing.value}, {compounding.value}": Case(
        conventions(rounding=rounding, timing=timing, compounding=compounding), 30000
    )
    for rounding, timing, compounding in product(Rounding, Timing, Compounding)
}


def book_of(ledger: Ledger, plan: Plan, currency: str = "EUR") -> Any:
    target = io.BytesIO()
    export_schedule(ledger, plan, currency, target, ScheduleOptions(ExportFormat.XLSX, live=True))
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def changed_book(ledger: Ledger, case: Case) -> Any:
    """Return the workbook of a plan in which somebody typed another extra."""
    book = book_of(ledger, case.plan, case.currency)
    book["Plan"]["C4"] = Decimal(case.extra).scaleb(-exponent(case.currency))
    return book


def minor(value: Any, currency: str) -> int:
    """Return an amount of a sheet in minor units, as the sheet shows it."""
    # What a binary fraction is short of a half is no amount.
    exact = round(Decimal(value).scaleb(exponent(currency)), 6)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def differences(case: Case, book: Any) -> list[str]:
    """Return in words where a recomputed workbook says something else than the program."""
    want = case.changed
    found = []
    sheet = book["Plan"]
    summary = {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(4, 11)}
    if want.months is None or want.months > months_needed(case.plan):
        if not str(summary["Months"]).startswith("more than") or not sheet["A11"].value:
            found.append(f"months: {summary['Months']}, {sheet['A11'].value}")
    else:
        free = want.debt_free
        assert free is not None
        expected = {
            "Months": want.months,
            "Debt-free": datetime(free.year, free.month, 1),  # noqa: DTZ001
            "Total interest": want.total_interest,
            "Total paid": want.total_paid,
        }
        for name, figure in expected.items():
            got = minor(summary[name], case.currency) if name.startswith("Total") else summary[name]
            if got != figure:
                found.append(f"{name}: {got} in place of {figure}")
        for debt, months in enumerate(want.payoffs):
            if sheet.cell(16 + debt, 14).value != months:
                found.append(f"debt {debt}: {sheet.cell(16 + debt, 14).value} months in place of {months}")
    return found + _rows_that_differ(case, want, book["Schedule"])


def _rows_that_differ(case: Case, want: Plan, sheet: Any) -> list[str]:
    headers = [cell.value for cell in sheet[1]]
    at = {name: headers.index(name) for name in headers}
    figures = ("Opening", "Interest", "Payment", "Principal", "Closing")
    got = {
        (row[at["No."]], row[at["Debt no."]] - 1): tuple(
            minor(row[at[name]], case.currency) for name in figures
        )
        for row in sheet.iter_rows(min_row=2, values_only=True)
    }
    found = []
    for row in schedule(want):
        amounts = (row.opening, row.interest, row.payment, row.principal, row.closing)
        # Beyond that a debt that grows for ever has more digits than a sheet.
        if (row.number, row.debt) in got and row.opening < 10**12:
            there = got.pop((row.number, row.debt))
            if there != amounts:
                found.append(f"month {row.number}, debt {row.debt}: {there} in place of {amounts}")
    if want.months is not None:
        found += [f"month {number}, debt {debt}: {rest}" for (number, debt), rest in got.items() if any(rest)]
    return found[:5]


def check(ledger: Ledger, cases: dict[str, Case], folder: Path) -> None:
    books = recomputed({name: changed_book(ledger, case) for name, case in cases.items()}, folder)
    wrong = {name: differences(case, books[name]) for name, case in cases.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@needs_libreoffice
def test_a_changed_extra_comes_to_what_the_program_works_out(ledger: Ledger, tmp_path: Path) -> None:
    check(ledger, {name: CASES[name] for name in USUAL_CASES}, tmp_path / "sheets")


@pytest.mark.long
@needs_libreoffice
def test_so_it_does_in_less_usual_plans(ledger: Ledger, tmp_path: Path) -> None:
    others = {name: case for name, case in CASES.items() if name not in USUAL_CASES}
    check(ledger, others | OTHER_CONVENTIONS, tmp_path / "sheets")


@pytest.mark.long
@needs_libreoffice
def test_so_it_does_for_any_household(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule_live, "MOST_MONTHS", 60)
    cases = {str(seed): some_case(Random(seed)) for seed in range(150)}
    short = {name: case for name, case in cases.items() if months_needed(case.plan) <= 90}
    assert len(short) > 50
    check(ledger, short, tmp_path / "sheets")


def some_case(random: Random) -> Case:
    debts = tuple(_some_debt(random, f"d{number}") for number in range(random.randint(1, 5)))
    order = list(range(len(debts)))
    random.shuffle(order)
    switches, month = [], 1
    for _ in range(random.choice([0, 0, 1, 3])):
        month += random.randint(1, 10)
        later = order[:]
        random.shuffle(later)
        switches.append(Switch(month, tuple(later)))
    one_offs = [
        OneOff(
            START.plus(random.randint(-1, 30)),
            random.randint(0, 300000),
            random.choice([None, *(debt.name for debt in debts)]),
        )
        for _ in range(random.choice([0, 0, 1, 4]))
    ]
    pauses = [
        Pause(START.plus(random.randint(-2, 20)), random.randint(0, 5))
        for _ in range(random.choice([0, 0, 2]))
    ]
    given = PlanInput(
        debts,
        START,
        extra=random.choice([0, random.randint(0, 100000)]),
        one_offs=tuple(one_offs),
        pauses=tuple(pauses),
        conventions=Conventions(
            random.choice([Compounding.MONTHLY, Compounding.MONTHLY, Compounding.DAILY]),
            random.choice([Rounding.HALF_UP, Rounding.HALF_UP, Rounding.HALF_EVEN]),
            random.choice([Timing.INTEREST_FIRST, Timing.INTEREST_FIRST, Timing.PAYMENT_FIRST]),
            random.random() < 0.8,
        ),
    )
    return Case(given, random.choice([0, random.randint(0, 100000)]), tuple(order), tuple(switches))


def _some_debt(random: Random, name: str) -> PlanDebt:
    balance = random.choice([random.randint(0, 500), *[random.randint(1000, 2_000_000)] * 4])
    rules = (
        FixedMinimum(random.choice([0, balance // 50 + 1, balance // 20])),
        PercentMinimum(Decimal(random.choice(["0", "1", "2.5", "3.333"])), random.choice([0, 1000, 5000])),
        PercentMinimum(
            Decimal(random.choice(["0", "0.5", "2"])), random.choice([0, 2500]), plus_interest=True
        ),
        TermMinimum(random.randint(1, 60)),
    )
    promotion = random.random() < 0.4
    return PlanDebt(
        name,
        balance,
        random.choice([Decimal(0), Decimal(6), Decimal(12), Decimal(random.randint(0, 40000)).scaleb(-3)]),
        random.choice(rules),
        promo_apr=random.choice([Decimal(0), Decimal("3.9"), Decimal(5)]) if promotion else None,
        promo_months=random.randint(0, 14) if promotion else 0,
    )


def formulas_of(sheet: Any) -> Sequence[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_extra_is_a_cell_to_type_in_and_everything_else_is_a_formula(ledger: Ledger) -> None:
    book = book_of(ledger, Case(GIVEN, 0).plan)
    assert book.sheetnames == ["Plan", "Schedule", "Months"]
    plan = book["Plan"]
    assert (plan["A4"].value, plan["C4"].value, plan["C4"].data_type) == (
        "Extra payment each month",
        240,
        "n",
    )
    assert plan["C4"].number_format == "[$EUR] #,##0.00"
    assert [plan.cell(row, 3).data_type for row in (5, 7, 8, 9, 10)] == ["f"] * 5
    sheet = book["Schedule"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"f"}
    assert book.calculation.fullCalcOnLoad
    assert plan.data_validations.dataValidation[0].sqref.ranges


def test_sheets_have_a_frozen_header_a_filter_and_widths(ledger: Ledger) -> None:
    book = book_of(ledger, Case(GIVEN, 0).plan)
    for name, rows in (("Schedule", 61 * 5), ("Months", 61)):
        sheet = book[name]
        assert sheet.max_row == rows + 1
        assert sheet.freeze_panes[-1] == "2"
        assert sheet.auto_filter.ref == sheet.dimensions
        for number, cell in enumerate(sheet[1], 1):
            width = sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width
            assert width > len(str(cell.value)) or cell.data_type == "f"


def test_names_of_debts_are_texts_and_in_no_formula(ledger: Ledger) -> None:
    debts = tuple(replace(HOUSEHOLD[1], name=name, key=str(at)) for at, name in enumerate(NASTY))
    plan = run(replace(GIVEN, debts=debts), tuple(range(len(debts))))
    book = book_of(ledger, plan)
    cells = [book["Plan"].cell(16 + at, 2) for at in range(len(debts))]
    assert [from_xlsx_text(cell.value) for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    known = set(
        formulas_of(book_of(ledger, run(replace(GIVEN, debts=_numbered(debts)), plan.order))["Schedule"])
    )
    assert set(formulas_of(book["Schedule"])) == known


def _numbered(debts: Sequence[PlanDebt]) -> tuple[PlanDebt, ...]:
    return tuple(replace(debt, name=f"d{at}") for at, debt in enumerate(debts))


def test_there_are_months_enough_for_an_extra_of_nothing(ledger: Ledger) -> None:
    plan = Case(GIVEN, 0).plan
    least = run(replace(GIVEN, extra=0), ORDER).months
    assert plan.months is not None
    assert least is not None
    assert plan.months < least == months_needed(plan)


def test_a_plan_that_hardly_ends_has_a_bounded_workbook_that_says_so(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule_live, "MOST_MONTHS", 48)
    plan = Case(GIVEN, 0).plan
    assert plan.months is not None
    assert plan.months < months_needed(plan) == 48
    words = book_of(ledger, plan)["Plan"]["A11"].value
    assert "not paid off within the 48 months of this workbook" in words
    monkeypatch.setattr(schedule_live, "MOST_MONTHS", 12)
    assert months_needed(plan) == plan.months
    never = CASES["never"].plan
    assert never.months is None
    assert months_needed(never) == 12
    monkeypatch.setattr(schedule_live, "MOST_MONTHS", 600)
    monkeypatch.setattr(schedule_live, "MOST_ROWS", 250)
    assert months_needed(plan) == 50


def test_further_one_offs_and_pauses_have_room(ledger: Ledger) -> None:
    case = CASES["one-offs and pauses"]
    sheet = book_of(ledger, case.plan)["Plan"]
    rows = {sheet.cell(row, 2).value: row for row in range(16, 60)}
    first = rows["One-off payments"] + 1
    assert [sheet.cell(first + 1, column).value for column in (2, 3, 5)] == [
        datetime(2027, 2, 1),  # noqa: DTZ001
        2000, 4,
    ]  # fmt: skip
    assert [sheet.cell(first + at, 5).value for at in range(6)] == [0, 4, 4, 0, 4, None]
    yellow = sheet["C4"].fill.start_color.rgb
    assert [sheet.cell(first + at, 3).fill.start_color.rgb for at in range(11)] == [yellow] * 11
    pauses = rows["Pauses (only the minimums)"] + 1
    assert [sheet.cell(pauses + at, 3).value for at in range(3)] == [3, 4, None]


def test_the_file_is_a_plain_package_without_links_or_macros(ledger: Ledger) -> None:
    target = io.BytesIO()
    options = ScheduleOptions(ExportFormat.XLSX, live=True)
    report = export_schedule(ledger, Case(GIVEN, 0).plan, "EUR", target, options)
    assert report.rows == 61 * 5
    with ZipFile(target) as package:
        assert package.testzip() is None
        assert not [
            name for name in package.namelist() if "external" in name.lower() or "vba" in name.lower()
        ]
