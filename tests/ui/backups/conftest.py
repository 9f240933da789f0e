"""The program on a ledger with some purchases, and a backup of it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import backup, purchases
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.ui.backups.wizard import RestoreWizard
from app.ui.crash import CrashReporter
from app.ui.program import Program
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import ledger, look, open_window, shell

__all__ = ["ledger", "look", "open_window", "shell"]


def bought(name: str) -> Purchase:
    return Purchase(name, 4500, "EUR", date(2026, 3, 14))


def names_in(ledger: Ledger) -> list[str]:
    """Return the names of the purchases, sorted."""
    found = purchases.ids(ledger, PurchaseFilter(), SortBy("name", False))
    return sorted(row.name for row in purchases.rows(ledger, list(found)))


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    path = tmp_path / "books"
    create_ledger(path, Profile("Robin", "DE", "Europe/Berlin", "EUR"))
    opened = open_ledger(path)
    for name in ("Kettle", "Toaster"):
        opened.run(purchases.add(bought(name)))
    opened.close()
    return path


def make_backup(path: Path, target: Path, passphrase: str | None = None) -> Path:
    """Back the ledger in a folder up to a file."""
    opened = open_ledger(path)
    try:
        return backup.create(opened, target, passphrase=passphrase).path
    finally:
        opened.close()


@pytest.fixture
def saved(ledger_path: Path, tmp_path: Path) -> Path:
    """A backup with a kettle and a toaster; since then a lamp was bought and the toaster deleted."""
    made = make_backup(ledger_path, tmp_path / "before.counterfoil")
    opened = open_ledger(ledger_path)
    opened.run(purchases.add(bought("Lamp")))
    found = purchases.ids(opened, PurchaseFilter(), SortBy("name", False))
    (toaster,) = (row.id for row in purchases.rows(opened, list(found)) if row.name == "Toaster")
    opened.run(purchases.remove([toaster]))
    opened.close()
    return made


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    made = Program(qapp, CrashReporter(tmp_path / "log"), tmp_path / "config")
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


Start = Callable[..., RestoreWizard]


@pytest.fixture
def start(qtbot: QtBot, program: Program, ledger_path: Path) -> Start:
    """Opens the ledger in the program's window, and the wizard with a backup over it."""

    def begin(path: Path | None) -> RestoreWizard:
        program.start(ledger_path, sample=False)
        qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
        program.open_restore(path)
        return wizard_of(program)

    return begin


def wizard_of(program: Program) -> RestoreWizard:
    found = QApplication.activeModalWidget()
    assert isinstance(found, RestoreWizard)
    return found


def ledger_of(program: Program) -> Ledger:
    assert isinstance(program.window, MainWindow)
    return program.window.session.ledger
