"""Write the schedule of a payoff plan to a file or to stdout: what is paid to whom, month by month."""

import csv
import io
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.domain.debts.assumptions import assumptions
from app.domain.debts.engine import schedule
from app.domain.debts.plan import Plan, ScheduleRow
from app.domain.money import exponent, plain
from app.domain.problems import Problem, Refused
from app.domain.spreadsheet import guard
from app.services.exporting.options import ExportFormat, csv_problems
from app.services.exporting.running import ExportReport, head
from app.services.exporting.schedule_sums import ROWS_AT_ONCE, Told, debt_totals
from app.services.exporting.sink import Sink, sink_for
from app.services.jobs import JobContext
from app.services.ledger import Ledger

KIND = "schedule"
HEADERS = ("Month", "Debt", "Currency", "Opening", "Interest", "Payment", "Principal", "Closing")
_LINE_END = "\r\n"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """How a schedule is written.

    `live` writes a workbook of formulas that follow its extra payment. The delimiter, the decimal mark and the
    byte order mark (`bom`) are for CSV, `pretty` is for JSON.
    """

    format: ExportFormat
    live: bool = False
    delimiter: str = ","
    decimal_mark: str = "."
    bom: bool = True
    pretty: bool = False

    def check(self) -> None:
        """Raise `Refused` for options that no file can be written with."""
        if self.live and self.format is not ExportFormat.XLSX:
            raise Refused([Problem("live", "Only an XLSX workbook can recompute a plan; choose XLSX.")])
        problems = csv_problems(self.delimiter, self.decimal_mark)
        if problems:
            raise Refused(problems)


def export_schedule(
    ledger: Ledger,
    plan: Plan,
    currency: str,
    target: Path | BinaryIO,
    options: ScheduleOptions,
    context: JobContext | None = None,
) -> ExportReport:
    """Write the schedule of a plan in a currency, and return what was written; `rows` are rows of the schedule.

    A file is there whole or not at all: when the export is cancelled or fails, what was at `target` stays. Raises
    `Refused` for options or a target that cannot be, `EnvironmentProblem`, and `Cancelled` when the job was.
    """
    started = time.monotonic()
    running = context or JobContext()
    options.check()
    exponent(currency)
    running.check()
    with sink_for(target, ledger.path) as sink:
        rows = _write(sink, plan, currency, options, head(ledger, KIND), running.progress)
        running.check()
    path = str(target.absolute()) if isinstance(target, Path) else "-"
    return ExportReport(rows, sink.size, sink.sha256, path, time.monotonic() - started)


def _write(
    sink: Sink, plan: Plan, currency: str, options: ScheduleOptions, about: dict[str, Any], told: Told
) -> int:
    if options.live:
        from app.services.exporting.schedule_live import write_live

        return write_live(sink, plan, currency, told)
    rows = schedule(plan)
    match options.format:
        case ExportFormat.CSV:
            _write_csv(sink, plan, currency, rows, options, told)
        case ExportFormat.JSON:
            _write_json(sink, plan, currency, rows, about, told, pretty=options.pretty)
        case ExportFormat.XLSX:
            from app.services.exporting.schedule_xlsx import write_workbook

            write_workbook(sink, plan, currency, rows, told)
    return len(rows)


def _write_csv(
    sink: Sink,
    plan: Plan,
    currency: str,
    rows: Sequence[ScheduleRow],
    options: ScheduleOptions,
    told: Told,
) -> None:
    names = [guard(debt.name) for debt in plan.input.debts]
    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK if options.bom else "")
    writer = csv.writer(text, delimiter=options.delimiter, lineterminator=_LINE_END)
    writer.writerow(HEADERS)
    for done, batch in _batches(rows):
        for row in batch:
            amounts = (plain(amount, currency) for amount in _amounts(row))
            if options.decimal_mark != ".":
                amounts = (amount.replace(".", options.decimal_mark) for amount in amounts)
            writer.writerow((str(row.month), names[row.debt], currency, *amounts))
        sink.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
        told(done, len(rows))
    sink.write(text.getvalue().encode())


def _write_json(
    sink: Sink,
    plan: Plan,
    currency: str,
    rows: Sequence[ScheduleRow],
    about: dict[str, Any],
    told: Told,
    *,
    pretty: bool,
) -> None:
    """Write one document; a compact one has a line for each row of the schedule."""
    names = [debt.name for debt in plan.input.debts]
    indent, between = (2, ",\n    ") if pretty else (None, ",\n")
    document = json.dumps(
        {"counterfoil": about, **plan_document(plan, currency, rows)}, ensure_ascii=False, indent=indent
    )
    sink.write(document.removesuffix("}").rstrip("\n").encode())
    sink.write(b',\n  "schedule": [\n    ' if pretty else b', "schedule": [\n')
    for done, batch in _batches(rows):
        texts = (
            json.dumps(row_document(row, names, currency), ensure_ascii=False, indent=indent) for row in batch
        )
        if pretty:
            texts = (text.replace("\n", "\n    ") for text in texts)
        before = between if done > len(batch) else ""
        sink.write((before + between.join(texts)).encode())
        told(done, len(rows))
    sink.write(b"\n  ]\n}\n" if pretty else b"\n]}\n")


def plan_document(plan: Plan, currency: str, rows: Sequence[ScheduleRow]) -> dict[str, Any]:
    """Return a plan as a JSON object without its schedule; of a plan that never ends, no totals are told."""
    ends = plan.months is not None
    names = [debt.name for debt in plan.input.debts]
    document: dict[str, Any] = {
        "strategy": plan.strategy,
        "currency": currency,
        "start": str(plan.input.start),
        "months": plan.months,
        "debt_free": None if plan.debt_free is None else str(plan.debt_free),
        "total_interest": plain(plan.total_interest, currency) if ends else None,
        "total_paid": plain(plan.total_paid, currency) if ends else None,
        "payoffs": [
            {
                "debt": names[total.debt],
                "month": total.months,
                "date": None if total.months is None else str(plan.month(total.months)),
                "interest": plain(total.interest, currency) if ends else None,
                "paid": plain(total.paid, currency) if ends else None,
            }
            for total in debt_totals(plan, rows)
        ],
    }
    if plan.never:
        document["never"] = [
            {"debt": names[never.debt], "short_by": plain(never.short_by, currency)} for never in plan.never
        ]
    document["assumptions"] = assumptions(plan)
    return document


def row_document(row: ScheduleRow, names: Sequence[str], currency: str) -> dict[str, Any]:
    """Return a row of a schedule as a JSON object: `month` is its number in the plan, `date` the calendar month."""
    return {
        "month": row.number,
        "date": str(row.month),
        "debt": names[row.debt],
        "opening": plain(row.opening, currency),
        "interest": plain(row.interest, currency),
        "payment": plain(row.payment, currency),
        "principal": plain(row.principal, currency),
        "closing": plain(row.closing, currency),
    }


def _amounts(row: ScheduleRow) -> tuple[int, ...]:
    return row.opening, row.interest, row.payment, row.principal, row.closing


def _batches(rows: Sequence[ScheduleRow]) -> Iterator[tuple[int, Sequence[ScheduleRow]]]:
    """Give rows a few hundred at a time, each time with how many there were so far."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        batch = rows[start : start + ROWS_AT_ONCE]
        yield start + len(batch), batch
