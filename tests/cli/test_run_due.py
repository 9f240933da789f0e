"""`run-due`: what is due is run, once, and its outcome told."""

from pathlib import Path

import pytest

from app.domain.recurrence import Every
from app.services.backup import automatic
from app.services.backup.automatic import BackupSettings
from tests.cli.conftest import Run
from tests.helpers.ledgers import opened


@pytest.fixture
def disk(run: Run, ledger_path: Path, tmp_path: Path) -> Path:
    """The disk of the automatic backups."""
    made = tmp_path / "disk"
    made.mkdir()
    run("new", "--currency", "EUR")
    with opened(ledger_path) as ledger:
        ledger.run(automatic.save(ledger, BackupSettings(Every.DAILY, str(made / "backups"))))
    return made


def test_what_is_due_runs_once(run: Run, disk: Path) -> None:
    answer = run("--json", "run-due")
    (ran,) = answer.document["ran"]
    assert (answer.status, ran["job"], ran["outcome"]) == (0, "Automatic backup", "completed")
    assert ran["seconds"] > 0
    again = run("--json", "run-due")
    assert (again.status, again.document) == (0, {"ran": []})
    assert run("run-due").out == "Nothing is due.\n"


def test_what_fails_is_told(run: Run, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.jobs.JobContext.pause", lambda _context, _seconds: None)
    disk.rmdir()
    answer = run("--json", "run-due")
    assert (answer.status, answer.document["ran"][0]["outcome"]) == (1, "failed")
    assert "There is no folder" in answer.err


def test_while_the_window_has_the_ledger_nothing_is_run(run: Run, disk: Path, ledger_path: Path) -> None:
    with opened(ledger_path):
        answer = run("--json", "run-due")
    assert (answer.status, answer.document) == (0, {"ran": []})
    assert "open in another program" in answer.err
