"""What can be done after an import, and the ways into the wizard."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.services import purchases
from app.services.importing.flow import Step
from app.services.importing.running import import_file
from app.services.ledger import Ledger
from app.ui.importing.register import ACTION, register
from app.ui.importing.wizard import ImportWizard
from app.ui.session import Session
from tests.ui.importing.driving import HOUSEHOLD, Key, Open, choose_place, go_on, press
from tests.ui.importing.standin import Told


def test_failed_rows_are_mended_and_imported_again(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    target = tmp_path / "mend.csv"
    choose_place(monkeypatch, target)
    wizard.report_page.save_failed.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(wizard.report_page.note.isVisible)
    assert wizard.report_page.note.text() == f"4 rows are in {target}. Mend them there and import that file."
    text = target.read_text(encoding="utf-8-sig")
    mended = text.replace("31.02.25", "28.02.25").replace("n/a", "9,99 €").replace("1e999", "19,99 €")
    target.write_text(mended, encoding="utf-8-sig")
    again = open_wizard(target)
    go_on(qtbot, again, Step.REPORT)
    assert again.report_page.title() == "Imported 3 purchases"
    assert purchases.count(ledger) == 53


def test_the_report_is_saved(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    choose_place(monkeypatch, tmp_path / "report.txt")
    wizard.report_page.save_report.click()
    qtbot.waitUntil(lambda: wizard.report_page.note.text() == f"The report is in {tmp_path / 'report.txt'}.")
    assert "Line 25, Preis" in (tmp_path / "report.txt").read_text()
    choose_place(monkeypatch, tmp_path / "nowhere" / "report.txt")
    wizard.report_page.save_report.click()
    qtbot.waitUntil(lambda: "nowhere" in wizard.report_page.note.text())


def test_one_undo_takes_the_whole_import_back(qtbot: QtBot, open_wizard: Open, ledger: Ledger) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    assert ledger.undo_label == "Import 50 purchases"
    wizard.report_page.undo.click()
    qtbot.waitUntil(lambda: wizard.report_page.title() == "The import was taken back")
    assert purchases.count(ledger) == 0
    assert not wizard.report_page.undo.isVisible()


def test_undo_does_not_take_back_what_came_after(qtbot: QtBot, open_wizard: Open, ledger: Ledger) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    first = purchases.first_ids(ledger, PurchaseFilter(), purchases.SortBy(), 1)
    ledger.run(purchases.remove(first))
    wizard.report_page.undo.click()
    assert "Something else was changed since" in wizard.report_page.note.text()
    assert purchases.count(ledger) == 49


def test_the_imported_purchases_are_shown(qtbot: QtBot, open_wizard: Open, told: Told) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    wizard.report_page.show_imported.click()
    assert not wizard.isVisible()
    assert told.shown == [("purchases", {"filter": PurchaseFilter()})]


def test_all_or_nothing_that_fails_after_all_says_that_nothing_came_in(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "changing.csv"
    path.write_text("Item,Price,Date\nLamp,12.50,2025-03-04\n")
    wizard = open_wizard(path)
    go_on(qtbot, wizard, Step.PREVIEW)
    wizard.preview_page.all_or_nothing.click()
    path.write_text("Item,Price,Date\nLamp,12.50,2025-03-04\nDesk,much,2025-03-04\n")
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.flow.step is Step.REPORT)
    assert wizard.report_page.title() == "Nothing was imported"
    assert purchases.count(ledger) == 0
    assert not wizard.report_page.undo.isVisible()


def test_the_menu_and_a_drop_open_the_wizard(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    register(session)
    assert session.actions.get(ACTION).shortcuts == ("Ctrl+I",)
    session.actions.run(ACTION)
    wizard = QApplication.activeModalWidget()
    assert isinstance(wizard, ImportWizard)
    wizard.reject()
    (handler,) = session.drops
    assert handler.accepts(HOUSEHOLD)
    assert handler.accepts(tmp_path / "book.XLSX")
    assert not handler.accepts(tmp_path / "receipt.pdf")
    assert handler.words([HOUSEHOLD]) == "Import haushalt.csv"
    handler.open([HOUSEHOLD])
    dropped = QApplication.activeModalWidget()
    assert isinstance(dropped, ImportWizard)
    qtbot.waitUntil(lambda: dropped.flow.facts is not None)
    dropped.reject()


def test_a_window_that_closes_during_the_rehearsal_is_not_waited_for(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Escape)
    assert not wizard.isVisible()
    report = import_file(ledger, HOUSEHOLD, wizard.flow.options())
    assert report.created == 50


def test_a_wizard_that_was_closed_at_once_hears_of_nothing(qtbot: QtBot, session: Session) -> None:
    ImportWizard(session, HOUSEHOLD).reject()
    later: list[bool] = []
    session.bridge.read(lambda _interrupt: True, later.append)
    qtbot.waitUntil(lambda: bool(later))
