"""Reports of unexpected errors: written, without data, told once, and offered by the next start."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.crash import Crash, CrashReporter, report_text
from app.ui.crash_dialog import CrashDialog, LastRunDialog
from app.ui.theme import theme

ROOT = Path(__file__).resolve().parents[3]


def failing(secret: str) -> BaseException:
    """An error with a secret in its message, its variables and its cause."""
    try:
        try:
            amount = f"{secret} 45.00"
            raise KeyError(amount)
        except KeyError as cause:
            raise ValueError(f"cannot read {secret}") from cause
    except ValueError as error:
        return error


def test_a_report_names_places_and_no_data() -> None:
    text = report_text(failing("Toaster"), "thread writer")
    assert "Toaster" not in text
    assert "45.00" not in text
    assert "tests/ui/program/test_crash.py:" in text
    assert "in failing" in text
    assert text.index("builtins.ValueError") < text.index("Caused by:") < text.index("builtins.KeyError")
    assert "Where: thread writer" in text
    assert "SQLite: " in text
    assert str(ROOT) not in text


def test_messages_that_speak_of_the_program_are_kept() -> None:
    with pytest.raises(AttributeError) as caught:
        object().nonsense  # type: ignore[attr-defined]  # noqa: B018
    assert "no attribute 'nonsense'" in report_text(caught.value)


def test_an_error_is_written_and_told_once(tmp_path: Path, expected_log: Callable[..., None]) -> None:
    expected_log("unexpected ValueError")
    reporter = CrashReporter(tmp_path / "log")
    told: list[Crash] = []
    reporter.listen(told.append)
    error = failing("Toaster")
    reporter.report(error)
    reporter.report(error)
    (crash,) = told
    assert crash.kind == "ValueError"
    assert crash.file is not None
    assert crash.file.stat().st_mode & 0o777 == 0o600
    assert reporter.unseen() == [crash.file]
    reporter.mark_seen(crash.file)
    assert reporter.unseen() == []
    assert crash.file.exists()


def test_old_reports_go(tmp_path: Path) -> None:
    reporter = CrashReporter(tmp_path)
    for _ in range(25):
        reporter._written("text")
    assert len(list(tmp_path.glob("*.txt"))) == len(reporter.unseen()) == 20


def test_a_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("unexpected ValueError")
    expected_log("could not be written", level=logging.WARNING)
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    crash = CrashReporter(tmp_path / "log").report(failing("Toaster"))
    assert crash is not None
    assert crash.file is None


def test_threads_and_the_main_one_report(
    tmp_path: Path, expected_log: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    expected_log("unexpected ValueError")
    expected_log("unexpected KeyError")
    reporter = CrashReporter(tmp_path)
    told: list[Crash] = []
    reporter.listen(told.append)
    reporter.install()
    try:
        error = failing("Toaster")
        sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=lambda: {}["Toaster"])
        thread.start()
        thread.join()
    finally:
        reporter.uninstall()
    assert [crash.kind for crash in told] == ["ValueError", "KeyError"]
    assert list(tmp_path.glob("running-*")) == []


def _run(script: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_run_that_dies_by_a_fault_leaves_a_report_to_the_next(tmp_path: Path) -> None:
    script = """
import faulthandler, sys
from pathlib import Path
from app.ui.crash import CrashReporter
CrashReporter(Path(sys.argv[1])).install()
def the_place():
    faulthandler._sigsegv()
the_place()
"""
    assert _run(script, tmp_path).returncode < 0
    (report,) = CrashReporter(tmp_path).unseen()
    text = report.read_text(encoding="utf-8")
    assert "Segmentation fault" in text
    assert "in the_place" in text
    assert list(tmp_path.glob("running-*")) == []


def test_a_run_that_is_killed_leaves_nothing_to_tell(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from app.ui.crash import CrashReporter
CrashReporter(Path(sys.argv[1])).install()
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert _run(script, tmp_path).returncode < 0
    assert list(tmp_path.glob("running-*.lock"))
    assert CrashReporter(tmp_path).unseen() == []
    assert list(tmp_path.iterdir()) == []


def test_another_run_that_lives_is_left_alone(tmp_path: Path) -> None:
    living = CrashReporter(tmp_path)
    hooks = sys.excepthook, threading.excepthook
    living.install()
    try:
        assert CrashReporter(tmp_path).unseen() == []
        assert len(list(tmp_path.glob("running-*.lock"))) == 1
    finally:
        living.uninstall()
        sys.excepthook, threading.excepthook = hooks


@pytest.fixture
def reporter(tmp_path: Path, expected_log: Callable[..., None]) -> CrashReporter:
    expected_log("unexpected ValueError")
    made = CrashReporter(tmp_path / "log")
    made.report(failing("Toaster"))
    return made


def test_the_dialog_shows_the_report_and_goes_on_or_quits(
    qtbot: QtBot, look: theme.Theme, reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    left: list[bool] = []
    (report,) = reporter.unseen()
    dialog = CrashDialog(reporter, report, "ValueError", lambda: left.append(True), None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert reporter.unseen() == []
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    assert list(buttons) == ["Show report", "Open folder", "Quit", "Continue"]
    buttons["Open folder"].click()
    assert opened == [str(report.parent)]
    buttons["Show report"].click()
    assert dialog.view.toPlainText() == report.read_text(encoding="utf-8")
    buttons["Show report"].click()
    assert QGuiApplication.clipboard().text() == dialog.view.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert left == []


def test_quit_quits(qtbot: QtBot, look: theme.Theme, reporter: CrashReporter) -> None:
    left: list[bool] = []
    dialog = CrashDialog(reporter, None, "ValueError", lambda: left.append(True), None)
    qtbot.addWidget(dialog)
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    assert list(buttons) == ["Quit", "Continue"]
    buttons["Quit"].click()
    assert left == [True]


def test_the_next_start_offers_all_reports_at_once(
    qtbot: QtBot, look: theme.Theme, reporter: CrashReporter
) -> None:
    reporter._written("older")
    reports = reporter.unseen()
    dialog = LastRunDialog(reporter, reports, None)
    qtbot.addWidget(dialog)
    assert reporter.unseen() == []
