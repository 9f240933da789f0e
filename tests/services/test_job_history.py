"""The history of jobs: every end is kept, what was cut off is found, and it stays short."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import job_history
from app.services.changes import Command
from app.services.jobs import Cancelled, JobContext, JobTerms
from app.services.ledger import Ledger
from app.storage import jobs as stored
from app.storage.errors import DiskFull
from tests.helpers.ledgers import new_ledger, opened

IMPORT = JobTerms("import")
PATIENCE = 10


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as made:
        job_history.follow(made)
        yield made


def settle(ledger: Ledger) -> None:
    """Wait until everything that was handed to the writer is written."""
    ledger.run(Command("Wait", lambda _write: None, undoable=False))


def fail(_context: JobContext) -> None:
    raise DiskFull("The disk is full.")


def test_every_way_to_end_is_kept(ledger: Ledger) -> None:
    ledger.jobs.start("Import a.csv", lambda _context: None, IMPORT, inline=True)
    ledger.jobs.start("Import b.csv", fail, IMPORT, inline=True)
    ledger.jobs.start(
        "Import c.csv", lambda context: context.cancel() or context.check(), IMPORT, inline=True
    )
    settle(ledger)
    told = [(job.name, job.kind, job.state, job.error) for job in job_history.records(ledger)]
    assert told == [
        ("Import c.csv", "import", "CANCELLED", ""),
        ("Import b.csv", "import", "FAILED", "The disk is full."),
        ("Import a.csv", "import", "COMPLETED", ""),
    ]
    for job in job_history.records(ledger):
        assert job.ended_at is not None
        assert job.started_at <= job.ended_at
    assert job_history.last_completed(ledger, "import") is not None
    assert job_history.last_completed(ledger, "backup") is None


def test_what_a_page_does_by_the_way_is_not_kept(ledger: Ledger) -> None:
    ledger.jobs.start("Look something up", lambda _context: None, inline=True)
    settle(ledger)
    assert job_history.records(ledger) == []


def test_a_job_is_in_the_history_while_it_runs(ledger: Ledger) -> None:
    running, done = threading.Event(), threading.Event()

    def work(_context: JobContext) -> None:
        running.set()
        done.wait(PATIENCE)

    job = ledger.jobs.start("Import a.csv", work, IMPORT)
    assert running.wait(PATIENCE)
    settle(ledger)
    (present,) = job_history.records(ledger)
    assert (present.state, present.ended_at) == ("RUNNING", None)
    done.set()
    job.future.result(PATIENCE)


def test_closing_the_ledger_cancels_and_says_so(tmp_path: Path) -> None:
    running = threading.Event()

    def work(context: JobContext) -> None:
        running.set()
        context.pause(PATIENCE)

    with new_ledger(tmp_path / "ledger") as ledger:
        job_history.follow(ledger)
        job = ledger.jobs.start("Import a.csv", work, IMPORT)
        assert running.wait(PATIENCE)
    with pytest.raises(Cancelled):
        job.future.result(0)
    with opened(tmp_path / "ledger") as ledger:
        assert job_history.mark_interrupted(ledger) == []
        assert [job.state for job in job_history.records(ledger)] == ["CANCELLED"]


def test_a_job_that_was_cut_off_is_marked_at_the_next_start(ledger: Ledger) -> None:
    ledger.run(
        Command("Begin", lambda write: stored.begin(write, b"1" * 16, "backup", "Back up"), undoable=False)
    )
    assert job_history.mark_interrupted(ledger) == ["backup"]
    (found,) = job_history.records(ledger)
    assert (found.state, found.interrupted) == ("FAILED", True)
    assert found.error == "The program ended before this was finished; nothing of it was kept."
    assert found.ended_at is not None
    assert job_history.mark_interrupted(ledger) == []


def test_only_the_latest_are_kept(ledger: Ledger) -> None:
    for number in range(103):
        ledger.jobs.start(f"Import {number}", lambda _context: None, IMPORT, inline=True)
    ledger.jobs.start("Import it", fail, IMPORT, inline=True)
    settle(ledger)
    names = [job.name for job in job_history.records(ledger)]
    assert names == ["Import it", *(f"Import {number}" for number in range(102, 2, -1))]


def test_the_history_is_no_part_of_undo(ledger: Ledger) -> None:
    ledger.jobs.start("Import a.csv", lambda _context: None, IMPORT, inline=True)
    settle(ledger)
    assert ledger.undo_label is None


def test_a_ledger_that_is_only_read_has_no_new_history(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger"):
        pass
    with opened(tmp_path / "ledger", read_only=True) as ledger:
        job_history.follow(ledger)
        ledger.jobs.start("Export", lambda _context: None, JobTerms("export"), inline=True)
        assert job_history.mark_interrupted(ledger) == []
        assert job_history.records(ledger) == []
