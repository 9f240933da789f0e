"""Import and export against the quickest plain ways to do the same."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import import_file
from app.storage.database import DATABASE_NAME
from tests.benchmarks.harness import Benchmark, Result, medians, process_figures
from tests.benchmarks.ledgers import HUGE, LARGE, cache, empty_copy, folder_of, plain_connection
from tests.helpers.ledgers import opened

FILLED = ("retailers", "brands", "categories", "tags", "purchases", "covers", "refunds", "purchase_tags")

EXPORT = """
from tests.benchmarks.harness import peak_memory
import sys, time
from pathlib import Path
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.ledger import open_ledger
ledger = open_ledger(Path(sys.argv[1]), read_only=True)
started = time.perf_counter()
export_file(ledger, Path(sys.argv[2]), ExportOptions(exporting.PURCHASES, ExportFormat.CSV))
print(time.perf_counter() - started, peak_memory())
ledger.close()
"""
PANDAS = """
from tests.benchmarks.harness import peak_memory
import sqlite3, sys, time
import pandas
connection = sqlite3.connect(sys.argv[1] + "/counterfoil.db")
started = time.perf_counter()
pandas.read_sql(sys.argv[3], connection).to_csv(sys.argv[2], index=False)
print(time.perf_counter() - started, peak_memory())
"""
SAME_ROWS = """
    SELECT p.name, p.quantity, p.price / 100.0 AS price, p.refunded / 100.0 AS refunded, p.currency,
           p.unit_price / 100.0 AS unit_price, p.tax / 100.0 AS tax, p.shipping, p.discount, p.purchased_on, p.status,
           r.name AS retailer, b.name AS brand, c.name AS category,
           (SELECT group_concat(t.name, '; ') FROM purchase_tags AS l JOIN tags AS t ON t.id = l.tag_id
            WHERE l.purchase_id = p.id) AS tags,
           p.return_by, p.covered_until, p.order_number, p.order_line, p.model_number, p.serial_number, p.paid_with,
           p.kept_at, p.notes,
           (SELECT group_concat(kind || ' ' || starts_on || ' ' || ifnull(ends_on, ''), '; ') FROM covers
            WHERE purchase_id = p.id) AS covers,
           (SELECT group_concat(refunded_on || ' ' || amount, '; ') FROM refunds WHERE purchase_id = p.id) AS refunds,
           p.source, hex(p.uuid) AS uuid, p.created_at, p.updated_at
    FROM purchases AS p LEFT JOIN retailers AS r ON r.id = p.retailer_id
    LEFT JOIN brands AS b ON b.id = p.brand_id LEFT JOIN categories AS c ON c.id = p.category_id
    ORDER BY p.id
"""


@dataclass
class Parsed:
    """The rows of every table that an import fills, and the texts of the search index."""

    columns: dict[str, int]
    rows: dict[str, list[tuple[Any, ...]]]
    texts: list[tuple[Any, ...]]


def imports(rounds: int) -> Iterator[Result]:
    """Read, check, deduplicate and store 100,000 purchases from a CSV file."""
    file = cache() / "purchases.csv"
    if not file.exists():
        with opened(folder_of(LARGE), read_only=True) as ledger:
            export_file(ledger, file, ExportOptions(exporting.PURCHASES, ExportFormat.CSV))
    parsed = _parsed(folder_of(LARGE))

    def ours() -> float:
        with empty_copy() as folder, opened(folder) as ledger:
            started = time.perf_counter()
            report = import_file(ledger, file, ImportOptions(PURCHASES))
            elapsed = time.perf_counter() - started
            if report.created != LARGE:
                raise RuntimeError(f"{report.created} of {LARGE} were imported: {report.errors[:3]}")
            return elapsed

    def theirs() -> float:
        with empty_copy() as folder, plain_connection(folder) as raw:
            for table in FILLED:
                raw.execute(f"DELETE FROM {table}")
            started = time.perf_counter()
            _pour(raw, parsed)
            return time.perf_counter() - started

    mine, other = medians(rounds, [ours, theirs])
    yield Result(
        "import 100,000 purchases from CSV",
        mine,
        baseline=other,
        against="sqlite3.executemany of the parsed rows into the same tables and indexes",
        goal=5,
        note="The file is our own export with all 30 columns, warranties, refunds and tags in it; the baseline fills"
        " the search index too.",
    )


def _parsed(folder: Path) -> Parsed:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as raw:
        rows = {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in FILLED}
        texts = raw.execute("SELECT rowid, text FROM purchase_search").fetchall()
    return Parsed({table: len(found[0]) for table, found in rows.items()}, rows, texts)


def _pour(raw: sqlite3.Connection, parsed: Parsed) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for table, rows in parsed.rows.items():
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * parsed.columns[table])})", rows)
    raw.executemany("INSERT INTO purchase_search (rowid, text) VALUES (?, ?)", parsed.texts)
    raw.execute("COMMIT")


def exports(rounds: int) -> Iterator[Result]:
    """Write a million purchases as CSV, and a hundred thousand as XLSX."""
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        place = Path(scratch)
        memory: dict[str, list[float]] = {"ours": [], "theirs": [], "few": []}

        def run(name: str, code: str, rows: int, *more: str) -> float:
            seconds, peak = process_figures(code, str(folder_of(rows)), str(place / f"{name}.csv"), *more)
            memory[name].append(peak)
            return seconds

        mine, other, few = medians(
            rounds,
            [
                lambda: run("ours", EXPORT, HUGE),
                lambda: run("theirs", PANDAS, HUGE, SAME_ROWS),
                lambda: run("few", EXPORT, LARGE),
            ],
        )
        yield Result(
            "export 1,000,000 rows to CSV", mine, baseline=other, against="pandas read_sql → to_csv", goal=1
        )
        yield Result(
            "the memory it takes",
            max(memory["ours"]),
            unit="bytes",
            baseline=min(memory["theirs"]),
            against="pandas read_sql → to_csv",
            goal=0.2,
        )
        yield Result(
            "its memory against a tenth of the rows",
            max(memory["ours"]),
            unit="bytes",
            baseline=min(memory["few"]),
            against="our export of 100,000 rows",
            goal=1.2,
        )
        yield Result(
            "its time against a tenth of the rows",
            mine,
            baseline=few,
            against="our export of 100,000 rows",
            goal=11,
        )
        yield from _sheets(rounds, place)


def _sheets(rounds: int, place: Path) -> Iterator[Result]:
    with opened(folder_of(LARGE), read_only=True) as ledger, plain_connection(folder_of(LARGE)) as raw:
        ready = raw.execute(SAME_ROWS).fetchall()
        mine, other = medians(
            rounds,
            [
                lambda: _forget(
                    export_file(
                        ledger, place / "ours.xlsx", ExportOptions(exporting.PURCHASES, ExportFormat.XLSX)
                    )
                ),
                lambda: _write_sheet(place / "theirs.xlsx", ready),
            ],
        )
    yield Result(
        "export 100,000 rows to XLSX",
        mine,
        baseline=other,
        against="openpyxl write-only of ready tuples",
        goal=1.3,
    )


def _write_sheet(path: Path, rows: list[tuple[Any, ...]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Purchases")
    for row in rows:
        sheet.append(row)
    book.save(path)


def _forget(_report: object) -> None:
    """Only the time counts."""


BENCHMARKS = [Benchmark("import", imports), Benchmark("export", exports)]
