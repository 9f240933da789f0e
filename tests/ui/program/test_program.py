"""The program from its start to its end: what it opens, and what happens when it cannot."""

import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.profile import Profile
from app.services import settings
from app.services.ledger import create_ledger, open_ledger
from app.services.paths import default_ledger, sample_ledger
from app.ui import features, opening
from app.ui.crash import CrashReporter
from app.ui.crash_dialog import CrashDialog, LastRunDialog
from app.ui.display import display_problem
from app.ui.program import Program
from app.ui.trouble.window import TroubleWindow
from app.ui.welcome.window import WelcomeWindow
from app.ui.window.app_window import OpeningWindow
from app.ui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def crashes(tmp_path: Path) -> CrashReporter:
    return CrashReporter(tmp_path / "log")


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path, crashes: CrashReporter) -> Iterator[Program]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    made = Program(qapp, crashes, tmp_path / "config")
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.end()
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    QLocale.setDefault(before)


def shown(qtbot: QtBot, program: Program, kind: type) -> object:
    """Wait until the program shows a window of a kind."""
    qtbot.waitUntil(lambda: type(program.window) is kind)
    return program.window


def welcome(qtbot: QtBot, program: Program) -> WelcomeWindow:
    window = shown(qtbot, program, WelcomeWindow)
    assert isinstance(window, WelcomeWindow)
    return window


def trouble(qtbot: QtBot, program: Program) -> TroubleWindow:
    window = shown(qtbot, program, TroubleWindow)
    assert isinstance(window, TroubleWindow)
    return window


def main(qtbot: QtBot, program: Program) -> MainWindow:
    window = shown(qtbot, program, MainWindow)
    assert isinstance(window, MainWindow)
    return window


def test_without_a_ledger_the_welcome_page_makes_one(qtbot: QtBot, program: Program) -> None:
    program.start(None, sample=False)
    window = welcome(qtbot, program)
    qtbot.keyClicks(window.form.profile_form.name, "Robin")
    qtbot.keyClick(window.form.profile_form.name, Qt.Key.Key_Return)
    opened = main(qtbot, program)
    assert opened.session.ledger.path == default_ledger()
    assert opened.session.ledger.profile.name == "Robin"
    assert program.preferences.recent_ledgers() == [default_ledger()]


def test_the_ledger_that_was_open_last_opens_again(qtbot: QtBot, program: Program, ledger_path: Path) -> None:
    create_ledger(default_ledger(), Profile())
    program.preferences.remember_ledger(ledger_path)
    program.start(None, sample=False)
    assert main(qtbot, program).session.ledger.path == ledger_path


def test_the_default_place_is_next(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    create_ledger(default_ledger(), Profile())
    program.preferences.remember_ledger(tmp_path / "gone")
    program.start(None, sample=False)
    assert main(qtbot, program).session.ledger.path == default_ledger()


def test_the_sample_ledger_is_made_and_found_again(qtbot: QtBot, program: Program) -> None:
    program.open_sample()
    first = main(qtbot, program)
    assert first.session.ledger.path == sample_ledger()
    program.open_sample()
    qtbot.waitUntil(lambda: program.window is first)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that has to be empty again when the program has ended."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


def test_a_fresh_sample_ledger_goes_with_the_program(temporary: Path, qtbot: QtBot, program: Program) -> None:
    program.start(None, sample=True)
    window = main(qtbot, program)
    assert temporary in window.session.ledger.path.parents
    assert window.session.ledger.path not in program.preferences.recent_ledgers()


def test_a_folder_without_a_ledger_is_said_on_the_welcome_page(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    program.start(tmp_path, sample=False)
    assert welcome(qtbot, program).notice.text().startswith(f"There is no ledger in {tmp_path}.")


def test_a_file_that_is_no_ledger_leads_to_what_can_be_done(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "counterfoil.db").write_bytes(b"no database at all" * 100)
    program.start(tmp_path, sample=False)
    assert "not a Counterfoil ledger" in trouble(qtbot, program).sentence.text()


def test_a_foreign_database_leads_there_too(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "counterfoil.db") as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    program.start(tmp_path, sample=False)
    assert "database of another program" in trouble(qtbot, program).sentence.text()


def test_another_ledger_takes_the_window_over(
    qtbot: QtBot, program: Program, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_ledger(default_ledger(), Profile())
    program.start(None, sample=False)
    first = main(qtbot, program)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(ledger_path))
    assert first.session.actions.run("file.open")
    qtbot.waitUntil(lambda: program.window is not first)
    assert main(qtbot, program).session.ledger.path == ledger_path
    # The first one is closed, so that others can have it.
    program._workers.submit(lambda: None).result()
    qtbot.waitUntil(lambda: not _is_locked(default_ledger()))


def _is_locked(path: Path) -> bool:
    from app.services.ledger import LedgerInUse

    try:
        open_ledger(path).close()
    except LedgerInUse:
        return True
    return False


def test_a_ledger_that_cannot_be_opened_leaves_the_window_as_it_is(
    qtbot: QtBot, program: Program, ledger_path: Path, tmp_path: Path
) -> None:
    program.start(ledger_path, sample=False)
    window = main(qtbot, program)
    program.open_ledger(tmp_path / "gone")
    qtbot.waitUntil(lambda: "There is no ledger" in window.notice.text())
    assert program.window is window


def test_a_damaged_ledger_beside_an_open_one_is_told_with_a_way_to_help_it(
    qtbot: QtBot, program: Program, ledger_path: Path, tmp_path: Path
) -> None:
    program.start(ledger_path, sample=False)
    window = main(qtbot, program)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "counterfoil.db").write_bytes(b"no database at all" * 100)
    program.open_ledger(tmp_path / "other")
    qtbot.waitUntil(lambda: "not a Counterfoil ledger" in window.notice.text())
    assert program.window is window
    next(
        link for link in window.notice.findChildren(QPushButton) if "What can be done" in link.text()
    ).click()
    assert trouble(qtbot, program).path == tmp_path / "other"


def test_a_damaged_ledger_is_saved_and_opened(qtbot: QtBot, program: Program, ledger_path: Path) -> None:
    with (ledger_path / "counterfoil.db").open("r+b") as file:
        file.write(bytes(100))
    program.start(ledger_path, sample=False)
    window = trouble(qtbot, program)
    window.salvage_button.click()
    qtbot.waitUntil(lambda: window.report is not None)
    assert window.report is not None
    window.report.open_button.click()
    assert main(qtbot, program).session.ledger.profile.name == "Robin"


def test_a_ledger_that_is_damaged_while_it_is_open_is_closed_saved_and_opened(
    qtbot: QtBot, program: Program, ledger_path: Path
) -> None:
    program.start(ledger_path, sample=False)
    main(qtbot, program).session.salvage("The database file is damaged.")
    window = trouble(qtbot, program)
    assert window.sentence.text() == "The database file is damaged."
    qtbot.waitUntil(lambda: window.report is not None)
    assert window.report is not None
    window.report.open_button.click()
    main(qtbot, program)


def test_the_same_ledger_again_only_raises_the_window(
    qtbot: QtBot, program: Program, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start(ledger_path, sample=False)
    window = main(qtbot, program)
    raised: list[bool] = []
    qtbot.waitUntil(lambda: program._calls is not None)
    assert program._calls is not None
    monkeypatch.setattr(program._calls, "_called", lambda: raised.append(True))
    program.open_ledger(ledger_path)
    qtbot.waitUntil(lambda: raised == [True])
    assert program.window is window


def test_a_ledger_that_takes_long_to_open_is_waited_for_in_a_window(
    qtbot: QtBot, program: Program, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    really = opening.open_here

    def slowly(path: Path, backup: Path | None = None) -> opening.Outcome:
        go_on.wait(10)
        return really(path, backup)

    monkeypatch.setattr(opening, "open_here", slowly)
    program.start(ledger_path, sample=False)
    shown(qtbot, program, OpeningWindow)
    go_on.set()
    main(qtbot, program)


def test_an_unexpected_error_is_told_and_the_program_goes_on(
    qtbot: QtBot, program: Program, ledger_path: Path, expected_log: object
) -> None:
    expected_log("unexpected ZeroDivisionError")  # type: ignore[operator]
    program.start(ledger_path, sample=False)
    window = main(qtbot, program)
    program.report(ZeroDivisionError())
    qtbot.waitUntil(lambda: window.findChild(CrashDialog) is not None)
    assert window.findChild(CrashDialog).isVisible()
    window.findChild(CrashDialog).accept()


def test_a_window_that_cannot_be_made_leaves_another_with_the_reason(
    qtbot: QtBot,
    program: Program,
    ledger_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: object,
) -> None:
    expected_log("unexpected ZeroDivisionError")  # type: ignore[operator]

    def broken(_session: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(features, "register_all", broken)
    program.start(ledger_path, sample=False)
    shown(qtbot, program, WelcomeWindow)
    qtbot.waitUntil(lambda: any(isinstance(widget, CrashDialog) for widget in QApplication.topLevelWidgets()))
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog))
    qtbot.waitUntil(dialog.isVisible)
    dialog.accept()
    monkeypatch.undo()
    program.open_ledger(ledger_path)
    main(qtbot, program)


def test_a_second_window_that_cannot_be_made_leaves_the_first_as_it_was(
    qtbot: QtBot,
    program: Program,
    ledger_path: Path,
    expected_log: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected_log("unexpected ZeroDivisionError")
    create_ledger(default_ledger(), Profile())
    program.start(None, sample=False)
    window = main(qtbot, program)
    qtbot.waitUntil(lambda: program._calls is not None)

    def broken(_session: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(features, "register_all", broken)
    program.open_ledger(ledger_path)
    qtbot.waitUntil(lambda: "error in the program" in window.notice.text())
    assert program.window is window
    assert program._calls is not None
    qtbot.waitUntil(lambda: not _is_locked(ledger_path))


def test_a_report_of_the_last_run_is_offered(
    qtbot: QtBot, program: Program, ledger_path: Path, crashes: CrashReporter
) -> None:
    crashes._written("Counterfoil report")
    program.start(ledger_path, sample=False)
    window = main(qtbot, program)
    qtbot.waitUntil(lambda: window.findChild(LastRunDialog) is not None)
    window.findChild(LastRunDialog).accept()
    assert crashes.unseen() == []


def test_a_preference_changes_the_look_at_once(qtbot: QtBot, program: Program) -> None:
    program.start(None, sample=False)
    window = welcome(qtbot, program)
    assert window.actions_registry.run("view.appearance.dark")
    assert program.theme.dark
    assert window.actions_registry.run("view.text.150")
    assert program.theme.text_percent == 150


@pytest.mark.parametrize(
    ("environment", "platform", "opens"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_whether_a_window_can_be_opened(environment: dict[str, str], platform: str, *, opens: bool) -> None:
    assert (display_problem(environment, platform) is None) == opens


def test_asked_to_end_it_saves_and_ends_well(ledger_path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.ui import application, program

class Watched(program.Program):
    def _after_first_paint(self, window, ledger):
        super()._after_first_paint(window, ledger)
        window.resize(1024, 710)
        os.kill(os.getpid(), signal.SIGTERM)

application.Program = Watched
raise SystemExit(application.run_window(application.WindowOptions(Path(sys.argv[1]))))
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(ledger_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    ledger = open_ledger(ledger_path)
    assert "window.geometry" in settings.read_all(ledger)
    ledger.close()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_an_error_in_a_slot_is_reported_and_the_window_stays(ledger_path: Path, tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.ui import application, program

class Watched(program.Program):
    def _after_first_paint(self, window, ledger):
        super()._after_first_paint(window, ledger)
        QTimer.singleShot(0, lambda: {}["secret"])

    def _tell_crash(self, crash):
        super()._tell_crash(crash)
        assert self.window.isVisible()
        QTimer.singleShot(0, self.quit)

application.Program = Watched
options = application.WindowOptions(Path(sys.argv[1]), log_dir=Path(sys.argv[2]))
raise SystemExit(application.run_window(options))
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(ledger_path), str(tmp_path / "log")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    (report,) = (tmp_path / "log").glob("report-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "secret" not in text
