"""The restore wizard, from choosing a backup to the ledger that came back, and back again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.recurrence import Every
from app.services import backup
from app.services.backup import BackupSettings, automatic
from app.services.backup.flow import Step
from app.services.jobs import JobContext
from app.services.ledger import EnvironmentProblem, open_ledger
from app.ui.backups.changes_list import ChangesList
from app.ui.backups.wizard import RestoreWizard
from app.ui.program import Program
from app.ui.welcome.window import WelcomeWindow
from app.ui.window.main_window import MainWindow
from tests.ui.backups.conftest import Start, ledger_of, make_backup, names_in, wizard_of
from tests.ui.importing.driving import cells


def until(qtbot: QtBot, wizard: RestoreWizard, step: Step) -> None:
    """Wait until the wizard is at a step, and has what it needs there."""
    qtbot.waitUntil(lambda: wizard.flow.step is step, timeout=60_000)
    if step is Step.PREVIEW:
        qtbot.waitUntil(lambda: wizard.flow.rehearsal is not None or refusal(wizard) != "", timeout=60_000)
        assert not refusal(wizard)


def refusal(wizard: RestoreWizard) -> str:
    """Return what the first page says is wrong."""
    page = wizard.choose_page
    field = page.passphrase_field
    return page.place.message if page.place.state else field.message if field.state else ""


def restored(qtbot: QtBot, wizard: RestoreWizard) -> None:
    wizard.next_button.click()
    until(qtbot, wizard, Step.DONE)


def table(wizard: RestoreWizard) -> dict[str, list[str]]:
    return {row[0].text: [cell.text for cell in row[1:]] for row in cells(wizard.preview_page.table)}


def test_the_preview_says_what_changes_and_restore_does_it(
    qtbot: QtBot, program: Program, start: Start, saved: Path
) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    page = wizard.preview_page
    assert table(wizard)["Purchases"][:5] == ["2", "2", "−1", "+1", "—"]
    assert table(wizard)["Purchases"][5] == "“Lamp” goes, “Toaster” returns"
    assert page.note.text() == "This ledger loses what you recorded since then: 1 purchase."
    assert "· 1 file ·" in page.boxes.text()
    assert page.boxes.text().endswith("· verified")
    assert wizard.focusWidget() is page.keep
    assert page.keep.isChecked()
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]

    restored(qtbot, wizard)
    assert names_in(ledger_of(program)) == ["Kettle", "Toaster"]
    assert wizard.done_page.title().startswith("Restored the backup of ")
    assert isinstance(program.window, MainWindow)
    assert program.window.status.text.text() == wizard.done_page.title()
    assert wizard.parentWidget() is program.window


def test_enter_restores_nothing_on_the_preview(qtbot: QtBot, start: Start, saved: Path) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    qtbot.keyClick(wizard.preview_page.keep, Qt.Key.Key_Return)
    assert wizard.flow.step is Step.PREVIEW
    assert not wizard.next_button.isDefault()


def test_a_restore_is_undone(qtbot: QtBot, program: Program, start: Start, saved: Path) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    restored(qtbot, wizard)
    wizard.done_page.undo.click()
    again = wizard_of(program)
    until(qtbot, again, Step.PREVIEW)
    restored(qtbot, again)
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]


def test_without_the_safety_backup_none_is_left(
    qtbot: QtBot, program: Program, start: Start, saved: Path, ledger_path: Path
) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    qtbot.keyClick(wizard.preview_page.keep, Qt.Key.Key_Space)
    restored(qtbot, wizard)
    assert wizard.done_page.undo.isHidden()
    qtbot.waitUntil(lambda: not backup.restore_points(ledger_path))


def test_names_of_what_changes_are_listed(qtbot: QtBot, start: Start, saved: Path) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    wizard.preview_page.show_list.click()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, ChangesList)
    told = [[cell.text for cell in row] for row in cells(shown.table)]
    assert ["Purchases", "removed", "Lamp"] in told
    assert ["Purchases", "comes back", "Toaster"] in told
    shown.reject()


def test_a_damaged_backup_is_refused_at_its_field(
    qtbot: QtBot, program: Program, start: Start, saved: Path
) -> None:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 0xFF
    saved.write_bytes(content)
    wizard = start(saved)
    qtbot.waitUntil(lambda: wizard.choose_page.place.state == "error")
    assert wizard.flow.step is Step.CHOOSE
    assert "Your ledger is unchanged" in wizard.choose_page.place.message
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]


def test_a_file_that_is_no_backup_is_refused(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.counterfoil"
    foreign.write_text("Dear Robin")
    wizard = start(foreign)
    qtbot.waitUntil(lambda: wizard.choose_page.place.state == "error")
    assert str(foreign) in wizard.choose_page.place.message
    wizard.reject()


def test_a_locked_backup_asks_for_its_passphrase(
    qtbot: QtBot, program: Program, start: Start, ledger_path: Path, tmp_path: Path
) -> None:
    locked = make_backup(ledger_path, tmp_path / "locked.counterfoil", "open sesame")
    wizard = start(locked)
    page = wizard.choose_page
    qtbot.waitUntil(page.passphrase_field.isVisible)
    assert not wizard.next_button.isEnabled()
    qtbot.keyClicks(page.passphrase, "open says me")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.passphrase_field.state == "error", timeout=60_000)
    page.passphrase.clear()
    qtbot.keyClicks(page.passphrase, "open sesame")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    until(qtbot, wizard, Step.PREVIEW)
    assert wizard.preview_page.note.text() == "The ledger holds just what this backup does."
    restored(qtbot, wizard)
    assert names_in(ledger_of(program)) == ["Kettle", "Toaster"]


def test_a_restore_that_is_cancelled_changes_nothing(
    qtbot: QtBot, program: Program, start: Start, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(_path: Path, _ledger: Path, context: JobContext, _passphrase: str | None) -> None:
        context.pause(20)

    monkeypatch.setattr(backup, "restore", wait)
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    wizard.next_button.click()
    until(qtbot, wizard, Step.RESTORE)
    qtbot.waitUntil(lambda: program.present()[1] is None)
    wizard.cancel_button.click()
    until(qtbot, wizard, Step.PREVIEW)
    assert wizard.hint.text() == "The restore was cancelled; nothing was changed."
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]
    assert wizard.parentWidget() is program.window


def test_a_restore_that_fails_says_so_and_the_ledger_comes_back(
    qtbot: QtBot, program: Program, start: Start, saved: Path
) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    saved.unlink()
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.choose_page.place.state == "error")
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]


def test_on_a_new_machine_one_says_where_the_ledger_goes(
    qtbot: QtBot, program: Program, saved: Path, tmp_path: Path
) -> None:
    program.start(None, sample=False, backup=saved)
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow))
    wizard = wizard_of(program)
    until(qtbot, wizard, Step.PREVIEW)
    assert wizard.preview_page.keep.isHidden() or not wizard.preview_page.keep.isVisible()
    wizard.back_button.click()
    wizard.choose_page.target.field.selectAll()
    qtbot.keyClicks(wizard.choose_page.target.field, str(tmp_path / "new"))
    wizard.next_button.click()
    until(qtbot, wizard, Step.PREVIEW)
    restored(qtbot, wizard)
    assert ledger_of(program).path == tmp_path / "new"
    assert names_in(ledger_of(program)) == ["Kettle", "Toaster"]
    assert wizard.done_page.undo.isHidden()


def test_a_folder_with_a_ledger_is_no_new_place(
    qtbot: QtBot, program: Program, saved: Path, ledger_path: Path
) -> None:
    program.start(None, sample=False)
    program.open_restore()
    wizard = wizard_of(program)
    wizard.choose_page.choose(saved)
    wizard.choose_page.target.field.selectAll()
    qtbot.keyClicks(wizard.choose_page.target.field, str(ledger_path))
    wizard.next_button.click()
    assert wizard.flow.step is Step.CHOOSE
    assert wizard.choose_page.target.state == "error"
    wizard.reject()


def test_backups_that_are_known_are_offered(
    qtbot: QtBot, program: Program, start: Start, saved: Path, ledger_path: Path, tmp_path: Path
) -> None:
    backup.restore(saved, ledger_path)
    wizard = start(None)
    known = wizard.choose_page.known
    qtbot.waitUntil(lambda: known.grid.rowCount() == 1)
    known.setFocus()
    assert wizard.choose_page.place.path() == backup.restore_points(ledger_path)[0]
    wizard.next_button.click()
    until(qtbot, wizard, Step.PREVIEW)
    assert "Lamp" in table(wizard)["Purchases"][5]


def test_a_double_click_on_a_known_backup_goes_on(
    qtbot: QtBot, start: Start, saved: Path, ledger_path: Path
) -> None:
    backup.restore(saved, ledger_path)
    wizard = start(None)
    known = wizard.choose_page.known
    qtbot.waitUntil(lambda: known.grid.rowCount() == 1)
    place = known.visualRect(known.grid.index(0, 0)).center()
    qtbot.mouseClick(known.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wizard.flow.backup == backup.restore_points(ledger_path)[0]
    qtbot.mouseDClick(known.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(known.viewport(), Qt.MouseButton.LeftButton, pos=place)
    until(qtbot, wizard, Step.PREVIEW)
    wizard.reject()


def test_a_ledger_that_cannot_be_read_is_replaced(
    qtbot: QtBot, program: Program, saved: Path, ledger_path: Path
) -> None:
    (ledger_path / "counterfoil.db").write_bytes(b"no database at all, but long enough to be looked at")
    program.start(None, sample=False)
    program.open_restore(saved, ledger_path)
    wizard = wizard_of(program)
    until(qtbot, wizard, Step.PREVIEW)
    restored(qtbot, wizard)
    assert names_in(ledger_of(program)) == ["Kettle", "Toaster"]


def test_browsing_chooses(
    qtbot: QtBot, program: Program, start: Start, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = start(None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(saved), ""))
    wizard.choose_page.place.browse.click()
    assert wizard.flow.backup == saved
    assert wizard.next_button.isEnabled()
    wizard.reject()


def test_closing_the_program_stops_what_the_wizard_does(
    qtbot: QtBot, program: Program, start: Start, saved: Path, ledger_path: Path
) -> None:
    wizard = start(saved)
    qtbot.waitUntil(lambda: wizard.flow.step is not Step.CHOOSE)
    program.quit()
    qtbot.waitUntil(lambda: _opens(ledger_path))


def test_the_wizard_lets_go_of_nothing_before_restore(
    qtbot: QtBot, program: Program, start: Start, saved: Path, ledger_path: Path
) -> None:
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    wizard.reject()
    assert names_in(ledger_of(program)) == ["Kettle", "Lamp"]
    assert program.window is not None
    program.window.close()
    qtbot.waitUntil(lambda: _opens(ledger_path))


def _opens(path: Path) -> bool:
    try:
        open_ledger(path).close()
    except EnvironmentProblem:
        return False
    return True


def test_automatic_backups_go_on_after_an_old_backup_was_restored(
    qtbot: QtBot, program: Program, start: Start, saved: Path, ledger_path: Path, tmp_path: Path
) -> None:
    wanted = BackupSettings(Every.WEEKLY, str(tmp_path / "disk"))
    opened = open_ledger(ledger_path)
    opened.run(automatic.save(opened, wanted))
    opened.close()
    wizard = start(saved)
    until(qtbot, wizard, Step.PREVIEW)
    restored(qtbot, wizard)
    qtbot.waitUntil(lambda: automatic.read(ledger_of(program)) == wanted)
    wizard.next_button.click()
    qtbot.waitUntil(lambda: not ledger_of(program).jobs.running(), timeout=20_000)


def test_the_welcome_page_offers_a_restore(qtbot: QtBot, program: Program) -> None:
    program.start(None, sample=False)
    assert isinstance(program.window, WelcomeWindow)
    program.window.restore_button.click()
    wizard = wizard_of(program)
    assert wizard.choose_page.target.isVisible()
    wizard.reject()
