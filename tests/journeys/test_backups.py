"""Somebody backs up, changes things, restores through the wizard, and takes that back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.attachments import Owner, OwnerKind
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import attachments, purchases
from app.services.backup.flow import Step
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.ui.backups.page import BackupsPage
from app.ui.backups.wizard import RestoreWizard
from app.ui.crash import CrashReporter
from app.ui.program import Program
from app.ui.window.main_window import MainWindow

PATIENCE = 30_000


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


def press(*keys: str) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        combination = QKeySequence(key)[0]
        target = QApplication.focusWidget()
        assert target is not None, f"nothing has the focus for {key}"
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def everything(ledger: Ledger) -> list[tuple[object, ...]]:
    """Return what a person sees of the purchases and their files."""
    found = list(purchases.ids(ledger, PurchaseFilter(), SortBy("name", False)))
    told: list[tuple[object, ...]] = []
    for id in found:
        purchase = purchases.get(ledger, id)
        assert purchase is not None
        files = attachments.of_purchase(ledger, id)
        readable = [attachments.path_of(ledger, file).read_bytes() for file in files]
        told.append((purchase.uuid, purchase.name, purchase.price, purchase.notes, tuple(readable)))
    return told


def wizard_at(qtbot: QtBot, step: Step) -> RestoreWizard:
    def there() -> bool:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, RestoreWizard) or shown.flow.step is not step:
            return False
        return step is not Step.PREVIEW or shown.flow.rehearsal is not None

    qtbot.waitUntil(there, timeout=PATIENCE)
    found = QApplication.activeModalWidget()
    assert isinstance(found, RestoreWizard)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_what_was_backed_up_comes_back_and_the_restore_can_be_taken_back(
    qtbot: QtBot, program: Program, books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(disk))
    program.start(books, sample=False)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=PATIENCE)
    ledger = window_of(program).session.ledger
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("Paid, with thanks")
    for name in ("Kettle", "Toaster"):
        ledger.run(purchases.add(Purchase(name, 4500, "EUR", date(2026, 3, 14))))
    ids = list(purchases.ids(ledger, PurchaseFilter(), SortBy("name", False)))
    attachments.attach(ledger, Owner(OwnerKind.PURCHASE, ids[0]), [receipt], JobContext())
    before = everything(ledger)

    # Ctrl+B asks for a folder, and backs up to it.
    qtbot.waitUntil(window_of(program).isActiveWindow)
    press("Ctrl+B")
    qtbot.waitUntil(lambda: any(disk.glob("*.snapshot")), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not ledger.jobs.running(), timeout=PATIENCE)

    # Then things change.
    ledger.run(purchases.remove([ids[0]]))
    ledger.run(purchases.set_field(ids[1], "notes", "Given away"))
    ledger.run(purchases.add(Purchase("Lamp", 2500, "EUR", date(2026, 5, 1))))
    after = everything(ledger)
    assert after != before

    # The page of backups leads from the row to the wizard.
    page = window_of(program).show_page("backups")
    assert isinstance(page, BackupsPage)
    qtbot.waitUntil(lambda: page.current() is not None)
    page.table.setFocus()
    press("Return")
    wizard = wizard_at(qtbot, Step.PREVIEW)
    assert wizard.preview_page.note.text() == "This ledger loses what you recorded since then: 1 purchase."
    press("Return")
    assert wizard.flow.step is Step.PREVIEW
    press("Alt+R")
    wizard = wizard_at(qtbot, Step.DONE)
    assert everything(window_of(program).session.ledger) == before

    # And back again.
    wizard.done_page.undo.click()
    wizard_at(qtbot, Step.PREVIEW)
    press("Alt+R")
    wizard = wizard_at(qtbot, Step.DONE)
    assert everything(window_of(program).session.ledger) == after
    press("Return")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
