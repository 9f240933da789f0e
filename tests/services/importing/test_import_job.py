"""An import as a job: progress, cancel, and memory that does not grow with the file."""

import csv
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.purchases import PurchaseFilter
from app.services import purchases
from app.services.importing import running as importing
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.readers import UnreadableFile
from app.services.importing.readers.delimited import DelimitedText
from app.services.importing.readers.source import Row
from app.services.importing.running import import_file
from app.services.jobs import Cancelled, JobContext, JobState
from app.services.ledger import Interrupted, Ledger
from tests.helpers.ledgers import contents, damage, differences


def large_file(path: Path, rows: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Price", "Date", "Retailer", "Order number"])
        for number in range(rows):
            writer.writerow(
                [f"Thing {number}", f"{number % 900}.50", "2025-03-31", f"Shop {number % 9}", number // 2]
            )
    return path


def test_progress_is_told_in_the_files_bytes(ledger: Ledger, tmp_path: Path) -> None:
    path = large_file(tmp_path / "large.csv", 3000)
    told: list[tuple[int, int | None]] = []
    context = JobContext()
    real = context.progress

    def progress(done: int, total: int | None, text: str = "") -> None:
        told.append((done, total))
        real(done, total, text)

    context.progress = progress  # type: ignore[method-assign]
    import_file(ledger, path, ImportOptions(PURCHASES), context)
    assert len(told) > 10
    assert told == sorted(told)
    assert {total for _, total in told} == {path.stat().st_size}
    assert told[-1][0] <= path.stat().st_size


@pytest.mark.parametrize("rows", [50, 2500])
def test_a_cancelled_import_changes_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    path = large_file(tmp_path / "large.csv", 3000)
    before = contents(ledger)
    context = JobContext()
    real = DelimitedText.rows

    def cancelling(source: DelimitedText) -> Iterator[Row]:
        for number, row in enumerate(real(source)):
            if number == rows and cancelling_now:
                context.cancel()
            yield row

    cancelling_now = False
    monkeypatch.setattr(DelimitedText, "rows", cancelling)
    run = importing._run

    def begin(*given: object) -> object:
        nonlocal cancelling_now
        cancelling_now = True
        return run(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_run", begin)
    with pytest.raises((Cancelled, Interrupted)):
        import_file(ledger, path, ImportOptions(PURCHASES), context)
    assert differences(before, contents(ledger)) == []
    assert ledger.undo_label is None


def test_an_import_runs_as_a_job(ledger: Ledger, tmp_path: Path) -> None:
    path = large_file(tmp_path / "large.csv", 500)
    job = ledger.jobs.start(
        "Import", lambda context: import_file(ledger, path, ImportOptions(PURCHASES), context)
    )
    assert job.future.result(timeout=30).created == 500
    assert job.state is JobState.COMPLETED
    assert damage(ledger) == []


def test_a_disk_error_while_reading_is_told_and_changes_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large_file(tmp_path / "large.csv", 3000)
    before = contents(ledger)
    real = DelimitedText.rows

    def failing(source: DelimitedText) -> Iterator[Row]:
        for number, row in enumerate(real(source)):
            if number == 2500:
                raise UnreadableFile("large.csv cannot be read (Input/output error); check the disk.")
            yield row

    monkeypatch.setattr(importing, "make_plan", _plan_then(monkeypatch, failing))
    with pytest.raises(UnreadableFile, match="Input/output error"):
        import_file(ledger, path, ImportOptions(PURCHASES))
    assert differences(before, contents(ledger)) == []


def _plan_then(monkeypatch: pytest.MonkeyPatch, rows: object) -> object:
    real = importing.make_plan

    def plan(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        monkeypatch.setattr(DelimitedText, "rows", rows)
        return found

    return plan


@pytest.mark.long
def test_memory_does_not_grow_with_the_file(ledger: Ledger, tmp_path: Path) -> None:
    peaks = []
    for rows in (30_000, 90_000):
        path = large_file(tmp_path / f"{rows}.csv", rows)
        tracemalloc.start()
        assert import_file(ledger, path, ImportOptions(PURCHASES, duplicates="add")).created == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
    assert purchases.count(ledger, PurchaseFilter()) == 120_000
