"""Jobs that come round: started while the window is open, told when they fail, paused and resumed."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.services import due_jobs, job_history
from app.services.due_jobs import DueJob
from app.services.jobs import JobContext, JobTerms
from app.services.ledger import Ledger
from app.storage.errors import DiskFull
from app.ui.jobs import register
from app.ui.jobs.page import JobsPage
from app.ui.jobs.schedule import Schedule
from app.ui.window.main_window import MainWindow

BACKUP = JobTerms("backup")


class Work:
    """A job that is due until it was done once."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.begun = 0
        self.go_on = threading.Event()
        self.go_on.set()
        self.due = True

    def is_due(self, _ledger: Ledger) -> bool:
        return self.due

    def run(self, _ledger: Ledger, _context: JobContext) -> Any:
        self.begun += 1
        assert self.go_on.wait(10)
        if self.problem is not None:
            raise self.problem
        self.due = False


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    jobs = (DueJob("Automatic backup", BACKUP, made.is_due, made.run),)
    monkeypatch.setattr(due_jobs, "DUE_JOBS", jobs)
    return made


@pytest.fixture
def window(open_window: Callable[..., MainWindow], ledger: Ledger, work: Work) -> MainWindow:
    job_history.follow(ledger)
    return open_window(register.register)


@pytest.fixture
def schedule(window: MainWindow) -> Schedule:
    found = window.findChild(Schedule)
    assert found is not None
    return found


def test_what_is_due_is_run_once_and_noted(
    qtbot: QtBot, schedule: Schedule, work: Work, ledger: Ledger
) -> None:
    work.go_on.clear()
    schedule.look()
    qtbot.waitUntil(lambda: work.begun == 1)
    schedule.look()
    work.go_on.set()
    qtbot.waitUntil(lambda: not work.due)
    qtbot.waitUntil(lambda: [job.state for job in job_history.records(ledger)] == ["COMPLETED"])
    assert work.begun == 1


def test_a_failure_is_told_once_and_not_tried_again_at_once(
    qtbot: QtBot, schedule: Schedule, work: Work, window: MainWindow, ledger: Ledger
) -> None:
    work.problem = DiskFull("The disk is full.")
    schedule.look()
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.text() == "The automatic backup could not be made: The disk is full."
    schedule.look()
    qtbot.waitUntil(lambda: [job.state for job in job_history.records(ledger)] == ["FAILED"])
    assert work.begun == 1


def test_while_it_is_paused_nothing_runs(
    qtbot: QtBot, schedule: Schedule, work: Work, window: MainWindow, ledger: Ledger
) -> None:
    page = window.show_page("jobs")
    assert isinstance(page, JobsPage)
    page.pause.click()
    qtbot.waitUntil(page.paused.isVisible)
    assert due_jobs.is_paused(ledger)
    assert page.pause.text() == "Resume the schedule"
    window.actions_registry.refresh()
    assert "Resume" in window.actions_registry.qaction("jobs.pause").text()
    schedule.look()
    with qtbot.waitSignal(schedule.changed):
        window.actions_registry.run("jobs.pause")
    qtbot.waitUntil(lambda: work.begun == 1)
    assert page.paused.isHidden() or not page.paused.isVisible()


def test_a_pause_is_remembered(
    qtbot: QtBot, open_window: Callable[..., MainWindow], ledger: Ledger, work: Work, tmp_path: Path
) -> None:
    ledger.run(due_jobs.pause(paused=True))
    window = open_window(register.register)
    schedule = window.findChild(Schedule)
    assert schedule is not None
    qtbot.waitUntil(lambda: schedule.paused)
    schedule.look()
    assert work.begun == 0
