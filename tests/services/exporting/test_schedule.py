"""The schedule of a payoff plan in files: every month of every debt, with nothing lost and nothing run."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from app.domain.debts import FixedMinimum
from app.domain.debts.assumptions import assumptions
from app.domain.debts.engine import run, schedule
from app.domain.debts.plan import Plan, PlanDebt, PlanInput
from app.domain.exchange import from_xlsx_text
from app.domain.months import Month
from app.domain.problems import Refused
from app.domain.spreadsheet import unguard
from app.services.exporting import ExportFormat, schedule_xlsx
from app.services.exporting.schedule import HEADERS, ScheduleOptions, export_schedule
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from tests.helpers.generated import NASTY

CARD = PlanDebt("Visa card ··4471", 124018, Decimal("24.9"), FixedMinimum(5000))
LOAN = PlanDebt("Car loan", 64185, Decimal("6.4"), FixedMinimum(2500), promo_apr=Decimal(0), promo_months=3)


def plan_of(*debts: PlanDebt, extra: int = 10000) -> Plan:
    given = PlanInput(debts or (CARD, LOAN), Month(2026, 12), extra=extra)
    return run(given, tuple(range(len(given.debts))), strategy="avalanche")


def written(ledger: Ledger, plan: Plan, format: ExportFormat, currency: str = "EUR", **options: Any) -> bytes:
    target = io.BytesIO()
    export_schedule(ledger, plan, currency, target, ScheduleOptions(format, **options))
    return target.getvalue()


def lines_of(ledger: Ledger, plan: Plan, **options: Any) -> list[list[str]]:
    text = written(ledger, plan, ExportFormat.CSV, **options).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=options.get("delimiter", ",")))


def book_of(ledger: Ledger, plan: Plan, currency: str = "EUR") -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(ledger, plan, ExportFormat.XLSX, currency)))


def test_a_csv_file_has_a_line_for_every_month_of_every_debt(ledger: Ledger) -> None:
    plan = plan_of()
    lines = lines_of(ledger, plan)
    assert lines[0] == list(HEADERS)
    assert lines[1] == [
        "2026-12", "Visa card ··4471", "EUR", "1240.18", "25.73", "150.00", "124.27", "1115.91",
    ]  # fmt: skip
    assert len(lines) - 1 == len(schedule(plan))
    assert sum(Decimal(line[5]) for line in lines[1:]) == Decimal(plan.total_paid) / 100
    assert sum(Decimal(line[4]) for line in lines[1:]) == Decimal(plan.total_interest) / 100


def test_csv_follows_the_choices_of_the_dialog(ledger: Ledger) -> None:
    text = written(ledger, plan_of(), ExportFormat.CSV, delimiter=";", decimal_mark=",", bom=False).decode()
    first, second, *_ = text.split("\r\n")
    assert first == "Month;Debt;Currency;Opening;Interest;Payment;Principal;Closing"
    assert second == "2026-12;Visa card ··4471;EUR;1240,18;25,73;150,00;124,27;1115,91"
    assert written(ledger, plan_of(), ExportFormat.CSV).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("currency", "opening"), [("JPY", "124018"), ("KWD", "124.018")])
def test_amounts_have_the_decimals_of_their_currency(ledger: Ledger, currency: str, opening: str) -> None:
    text = written(ledger, plan_of(), ExportFormat.CSV, currency).decode("utf-8-sig")
    assert text.split("\r\n")[1].split(",")[2:4] == [currency, opening]
    document = json.loads(written(ledger, plan_of(), ExportFormat.JSON, currency))
    assert document["schedule"][0]["opening"] == opening


def test_names_survive_whatever_they_look_like(ledger: Ledger) -> None:
    plan = plan_of(*(replace(LOAN, name=name, key=str(at)) for at, name in enumerate(NASTY)))
    names = [line[1] for line in lines_of(ledger, plan)[1 : len(NASTY) + 1]]
    assert [unguard(name) for name in names] == NASTY
    assert not [name for name in names if name.startswith(("=", "+", "-", "@", "\t", "\r"))]
    document = json.loads(written(ledger, plan, ExportFormat.JSON))
    assert [row["debt"] for row in document["schedule"][: len(NASTY)]] == NASTY
    sheet = book_of(ledger, plan)["Schedule"]
    cells = [sheet.cell(row, 2) for row in range(2, len(NASTY) + 2)]
    assert [from_xlsx_text(cell.value) for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("pretty", [False, True])
def test_json_carries_the_summary_the_payoffs_and_the_assumptions(ledger: Ledger, pretty: bool) -> None:
    plan = plan_of()
    text = written(ledger, plan, ExportFormat.JSON, pretty=pretty).decode()
    document = json.loads(text)
    assert document["counterfoil"]["kind"] == "schedule"
    assert document["counterfoil"]["ledger"] == ledger.profile.name
    assert (document["strategy"], document["currency"], document["start"]) == ("avalanche", "EUR", "2026-12")
    assert document["months"] == plan.months
    assert document["debt_free"] == str(plan.debt_free)
    assert Decimal(document["total_interest"]) == Decimal(plan.total_interest) / 100
    assert Decimal(document["total_paid"]) == Decimal(plan.total_paid) / 100
    assert document["assumptions"] == assumptions(plan)
    assert "never" not in document
    assert sum(Decimal(payoff["paid"]) for payoff in document["payoffs"]) == Decimal(plan.total_paid) / 100
    assert [(payoff["debt"], payoff["month"]) for payoff in document["payoffs"]] == sorted(
        ((debt.name, months) for debt, months in zip(plan.input.debts, plan.payoffs, strict=True)),
        key=lambda payoff: payoff[1] or 0,
    )
    assert document["schedule"][0] == {
        "month": 1, "date": "2026-12", "debt": "Visa card ··4471", "opening": "1240.18", "interest": "25.73",
        "payment": "150.00", "principal": "124.27", "closing": "1115.91",
    }  # fmt: skip
    assert len(document["schedule"]) == len(schedule(plan))
    lines = text.splitlines()
    assert ('  "strategy": "avalanche",' in lines) is pretty
    assert ('    {"month": 1' in text) is False


def test_a_plan_that_never_ends_says_which_debt_and_how_much_more(ledger: Ledger) -> None:
    plan = plan_of(PlanDebt("Loan", 1000000, Decimal(30), FixedMinimum(10000)), extra=0)
    document = json.loads(written(ledger, plan, ExportFormat.JSON))
    assert (document["months"], document["debt_free"], document["total_paid"]) == (None, None, None)
    assert document["never"][0]["debt"] == "Loan"
    assert Decimal(document["never"][0]["short_by"]) > 100
    summary = book_of(ledger, plan)["Summary"]
    assert [cell.value for cell in summary[2]][:3] == ["Loan", "never", None]
    assert (
        summary["A4"].value
        == f"“Loan” is never paid off; it takes {document['never'][0]['short_by']} EUR a month more."
    )


def test_a_plan_without_debts_is_an_empty_schedule(ledger: Ledger) -> None:
    plan = run(PlanInput((), Month(2026, 12)), (), strategy="avalanche")
    assert lines_of(ledger, plan) == [list(HEADERS)]
    for pretty in (False, True):
        assert json.loads(written(ledger, plan, ExportFormat.JSON, pretty=pretty))["schedule"] == []
    assert book_of(ledger, plan)["Schedule"].max_row == 1
    with pytest.raises(Refused, match="Nothing is owed"):
        written(ledger, plan, ExportFormat.XLSX, live=True)


def test_a_workbook_has_real_numbers_dates_and_currencies(ledger: Ledger) -> None:
    plan = plan_of()
    sheet = book_of(ledger, plan)["Schedule"]
    assert [cell.value for cell in sheet[1]] == [header for header in HEADERS if header != "Currency"]
    assert [cell.value for cell in sheet[2]] == [
        datetime(2026, 12, 1),  # noqa: DTZ001
        "Visa card ··4471", 1240.18, 25.73, 150, 124.27, 1115.91,
    ]  # fmt: skip
    assert (sheet["A2"].number_format, sheet["C2"].number_format) == ("mmm yyyy", "[$EUR] #,##0.00")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:G{len(schedule(plan)) + 1}"
    assert all(sheet.column_dimensions[letter].width >= 12 for letter in "ABCDEFG")


def test_the_second_sheet_has_the_sums_and_the_assumptions(ledger: Ledger) -> None:
    plan = plan_of()
    sheet = book_of(ledger, plan, "JPY")["Summary"]
    assert [cell.value for cell in sheet[1]] == ["Debt", "Paid off in", "Months", "Interest", "Paid"]
    total = [cell.value for cell in sheet[4]]
    assert plan.debt_free is not None
    assert total == [
        "All debts",
        datetime(plan.debt_free.year, plan.debt_free.month, 1),  # noqa: DTZ001
        plan.months,
        plan.total_interest,
        plan.total_paid,
    ]
    assert [sheet.cell(2, column).value + sheet.cell(3, column).value for column in (4, 5)] == total[3:]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert (told["Strategy"], told["Currency"]) == ("Avalanche", "JPY")
    for name, words in assumptions(plan).items():
        assert told[name.capitalize()] == words


def test_no_cell_of_a_workbook_is_a_formula(ledger: Ledger) -> None:
    plan = plan_of(replace(CARD, name="=1+1"), replace(LOAN, name="@x"))
    with ZipFile(io.BytesIO(written(ledger, plan, ExportFormat.XLSX))) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        assert not [name for name in sheets if b"<f" in package.read(name)]


def test_more_rows_than_a_sheet_has_are_refused(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule_xlsx, "MOST_ROWS", 3)
    with pytest.raises(Refused, match="A sheet holds 3 rows"):
        written(ledger, plan_of(), ExportFormat.XLSX)


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_file_is_told_by_its_rows_bytes_and_hash(
    ledger: Ledger, tmp_path: Path, format: ExportFormat, live: bool
) -> None:
    target = tmp_path / "schedule"
    options = ScheduleOptions(format, live=live)
    if live and format is not ExportFormat.XLSX:
        with pytest.raises(Refused, match="Only an XLSX workbook can recompute"):
            export_schedule(ledger, plan_of(), "EUR", target, options)
        assert not target.exists()
        return
    report = export_schedule(ledger, plan_of(), "EUR", target, options)
    data = target.read_bytes()
    assert (report.bytes, report.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert report.path == str(target)
    assert report.rows >= len(schedule(plan_of()))


def test_options_that_no_file_can_have_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="delimiter"):
        export_schedule(
            ledger, plan_of(), "EUR", tmp_path / "x", ScheduleOptions(ExportFormat.CSV, delimiter="x")
        )
    with pytest.raises(Refused, match="lies in the ledger's own folder"):
        export_schedule(ledger, plan_of(), "EUR", ledger.path / "x.csv", ScheduleOptions(ExportFormat.CSV))


class CancelledMeanwhile(JobContext):
    """A job that somebody cancels when the first rows are written."""

    def progress(self, done: int, total: int | None, text: str = "") -> None:
        self.cancel()
        super().progress(done, total, text)


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_cancelled_export_leaves_what_was_there(
    ledger: Ledger, tmp_path: Path, format: ExportFormat, live: bool
) -> None:
    target = tmp_path / "files" / "schedule"
    target.parent.mkdir()
    target.write_bytes(b"before")
    options = ScheduleOptions(format, live=live and format is ExportFormat.XLSX)
    with pytest.raises(Cancelled):
        export_schedule(ledger, plan_of(), "EUR", target, options, CancelledMeanwhile())
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("schedule", b"before")]
