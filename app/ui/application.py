"""The window's start: Qt's application, the crash reporter around it, and the program inside."""

import gc
import sys
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.services.paths import config_folder, log_folder
from app.ui.crash import CrashReporter
from app.ui.ending import EndingSignals
from app.ui.program import Program
from app.ui.theme.tokens import RESOURCES

_STARTED_AFTER_MS = 4000
_TURN_SECONDS = 0.0005
APPLICATION_ID = "app.counterfoil.Counterfoil"


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the window is started with. `ledger` None leaves it to what was open last, or the default place.

    `backup` is a backup to restore.
    """

    ledger: Path | None = None
    sample: bool = False
    backup: Path | None = None
    config_dir: Path = field(default_factory=config_folder)
    log_dir: Path = field(default_factory=log_folder)


def run_window(options: WindowOptions) -> int:
    """Open the window and run until it is closed; return the exit status."""
    crashes = CrashReporter(options.log_dir)
    crashes.install()
    try:
        app = make_application(sys.argv[:1])
        QTimer.singleShot(_STARTED_AFTER_MS, app, collect_again)
        program = Program(app, crashes, options.config_dir)
        signals = EndingSignals(program.quit)
        program.start(options.ledger, sample=options.sample, backup=options.backup)
        status = app.exec()
        program.end()
        signals.close()
    finally:
        gc.enable()
        crashes.uninstall()
    return status


def collect_again() -> None:
    """Collect garbage from now on, as `bootstrap` left to us, without going through what the start made every time.

    The window stands still while that is gone through, and it stays until the end anyway.
    """
    gc.freeze()
    gc.enable()


def make_application(arguments: list[str]) -> QApplication:
    """Make the Qt application with its names and icon, and have other threads give way to its own in time."""
    # Painting lets go of the interpreter at nearly every call to Qt, and each time a thread that computes would keep
    # it for five milliseconds.
    sys.setswitchinterval(_TURN_SECONDS)
    QApplication.setApplicationName("Counterfoil")
    QApplication.setApplicationDisplayName("Counterfoil")
    QApplication.setOrganizationName("Counterfoil")
    QApplication.setOrganizationDomain("counterfoil.app")
    QApplication.setDesktopFileName(APPLICATION_ID)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(arguments)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "icon.svg")))
    return app
