"""The page of jobs: what runs with its progress and Cancel, and how everything ended."""

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.identity import new_uuid
from app.services import job_history, job_kinds
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.errors import DiskFull
from app.storage.jobs import JobRecord
from app.ui.jobs import register
from app.ui.jobs.page import JobsPage
from app.ui.jobs.words import kind_name, length_text, message, state_pill
from app.ui.window.main_window import MainWindow

PATIENCE = 10


@pytest.fixture
def page(open_window: Callable[..., MainWindow], ledger: Ledger, qtbot: QtBot) -> JobsPage:
    job_history.follow(ledger)
    shown = open_window(register.register).show_page("jobs")
    assert isinstance(shown, JobsPage)
    qtbot.waitUntil(lambda: shown.table.table_model.complete)
    return shown


def texts(page: JobsPage, key: str) -> list[str]:
    model = page.table.table_model
    column = model.column_of(key)
    return [model.index(row, column).data() for row in range(model.rowCount())]


def full(_context: JobContext) -> None:
    raise DiskFull("The disk is full.")


def test_without_jobs_the_page_says_what_it_is_for(page: JobsPage) -> None:
    assert page._empty.isVisible()


def test_how_jobs_ended_is_listed_the_latest_first(page: JobsPage, ledger: Ledger, qtbot: QtBot) -> None:
    ledger.jobs.start("Importing a.csv", lambda _context: None, job_kinds.IMPORT, inline=True)
    ledger.jobs.start("Exporting b.csv", full, job_kinds.EXPORT, inline=True)
    qtbot.waitUntil(lambda: texts(page, "state") == ["Failed", "Completed"])
    assert texts(page, "name") == ["Exporting b.csv", "Importing a.csv"]
    assert texts(page, "kind") == ["Export", "Import"]
    assert texts(page, "message") == ["The disk is full.", "—"]
    assert page.footer.counts_text() == "2 jobs"
    page.table.selectAll()
    page.session.actions.run("edit.copy")
    qtbot.waitUntil(lambda: "The disk is full." in QGuiApplication.clipboard().text())


def test_a_job_that_runs_shows_how_far_it_is_and_can_be_cancelled(
    page: JobsPage, ledger: Ledger, qtbot: QtBot
) -> None:
    under_way = threading.Event()

    def work(context: JobContext) -> None:
        context.progress(3, 10)
        under_way.set()
        context.pause(PATIENCE)

    ledger.jobs.start("Importing a.csv", work, job_kinds.IMPORT)
    assert under_way.wait(PATIENCE)
    qtbot.waitUntil(lambda: any(b.isVisible() for b in page.running.findChildren(QPushButton)))
    qtbot.waitUntil(lambda: texts(page, "state") == ["Running"])
    (cancel,) = page.running.findChildren(QPushButton)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: texts(page, "state") == ["Cancelled"])
    qtbot.waitUntil(lambda: not page.running.isVisible())


def test_words() -> None:
    began = dt.datetime(2026, 3, 14, 9, 0, tzinfo=dt.UTC)

    def job(state: str, attempt: int = 1, error: str = "", *, interrupted: bool = False) -> JobRecord:
        return JobRecord(1, new_uuid(), "backup", "Back up", state, attempt, began, began, error, interrupted)

    assert state_pill(job("FAILED", interrupted=True)).text == "Interrupted"
    assert state_pill(job("CANCELLED")).text == "Cancelled"
    assert message(job("FAILED", attempt=3, error="The disk is full.")) == "The disk is full. Tried 3 times."
    assert message(job("COMPLETED", attempt=2)) == "Tried 2 times"
    assert kind_name("something later") == "something later"
    for seconds, text in ((0.2, "under a second"), (5, "5 s"), (75, "1 min 15 s"), (3720, "1 h 2 min")):
        assert length_text(dt.timedelta(seconds=seconds)) == text


def test_every_kind_of_job_has_a_name(tmp_path: Path) -> None:
    for name, terms in vars(job_kinds).items():
        if name.isupper():
            assert kind_name(terms.kind) != terms.kind
