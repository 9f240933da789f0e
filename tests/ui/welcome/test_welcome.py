"""The welcome window: a new ledger by keyboard, and every problem in words at its place."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, Refused
from app.domain.profile import Profile
from app.services.ledger import LedgerExists, create_ledger
from app.services.paths import default_ledger
from app.ui.welcome.dialog import NewLedgerDialog
from app.ui.welcome.new_ledger import free_folder
from app.ui.welcome.window import WelcomeWindow
from tests.ui.window.conftest import FakeShell


@pytest.fixture
def welcome(qtbot: QtBot, shell: FakeShell, monkeypatch: pytest.MonkeyPatch) -> WelcomeWindow:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    made = WelcomeWindow(shell)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_ledger_is_made_by_name_and_return(qtbot: QtBot, welcome: WelcomeWindow, shell: FakeShell) -> None:
    form = welcome.form.profile_form
    assert welcome.focusWidget() is form.name
    qtbot.keyClicks(form.name, "Robin")
    assert (form.country.name(), form.currency.name()) == ("United Kingdom", "GBP: British Pound")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    ((verb, path, profile),) = shell.asked
    assert (verb, path) == ("create", default_ledger())
    assert isinstance(profile, Profile)
    assert (profile.name, profile.country, profile.currency) == ("Robin", "GB", "GBP")
    assert not welcome.create_button.isEnabled()


def test_the_currency_follows_the_country_until_it_is_chosen(qtbot: QtBot, welcome: WelcomeWindow) -> None:
    form = welcome.form.profile_form
    form.country.set_name("Japan")
    assert form.currency.value() == "JPY"
    line = form.currency.lineEdit()
    line.setText("USD")
    line.textEdited.emit("USD")
    form.country.set_name("Germany")
    assert form.currency.value() == "USD"


def test_problems_are_shown_at_their_fields(qtbot: QtBot, welcome: WelcomeWindow, shell: FakeShell) -> None:
    form = welcome.form
    form.profile_form.currency.set_name("shells")
    form.submit()
    assert form.profile_form.fields["currency"].state == "error"
    form.profile_form.currency.set_value("EUR")
    form.folder.setText("books")
    form.submit()
    assert form.folder_field.message.startswith("Enter the whole path of a folder")
    assert shell.asked == []
    form.folder.setText("/somewhere/books")
    form.submit()
    failed = shell.failures.pop()
    assert failed is not None
    failed(LedgerExists("There is a ledger in /somewhere/books already."))
    assert form.folder_field.message == "There is a ledger in /somewhere/books already."
    assert form.folder.hasFocus()
    assert welcome.create_button.isEnabled()
    failed(Refused([Problem("timezone", "Use a timezone such as Europe/Berlin.")]))
    assert form.profile_form.fields["timezone"].state == "error"


def test_choosing_a_folder_with_files_makes_one_inside(
    welcome: WelcomeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(documents))
    welcome.form.change.click()
    assert welcome.form.folder.text() == str(documents)
    (documents / "letter.odt").touch()
    welcome.form.change.click()
    assert welcome.form.folder.text() == str(documents / "Counterfoil")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    welcome.form.change.click()
    assert welcome.form.folder.text() == str(documents / "Counterfoil")


def test_the_sample_and_another_folder(qtbot: QtBot, welcome: WelcomeWindow, shell: FakeShell) -> None:
    qtbot.mouseClick(welcome.sample_link, Qt.MouseButton.LeftButton)
    assert not welcome.open_button.isEnabled()
    failed = shell.failures.pop()
    assert failed is not None
    failed(LedgerExists("The disk is full."))
    assert welcome.notice.text() == "The disk is full."
    qtbot.mouseClick(welcome.open_button, Qt.MouseButton.LeftButton)
    assert shell.asked == [("sample",), ("choose",)]


def test_recent_ledgers_that_are_still_there(qtbot: QtBot, shell: FakeShell, tmp_path: Path) -> None:
    create_ledger(tmp_path / "a&b", Profile())
    for name in ("a&b", "gone"):
        shell.preferences.remember_ledger(tmp_path / name)
    welcome = WelcomeWindow(shell)
    qtbot.addWidget(welcome)
    shown = [b for b in welcome.findChildren(QPushButton) if b.accessibleName().startswith("Open /")]
    assert [button.text() for button in shown] == ["a&&b"]
    shown[0].click()
    assert shell.asked == [("open", tmp_path / "a&b")]


def test_a_new_folder_holds_no_ledger_yet(tmp_path: Path) -> None:
    assert free_folder(tmp_path / "ledger") == tmp_path / "ledger"
    for name in ("ledger", "ledger-2"):
        create_ledger(tmp_path / name, Profile())
    assert free_folder(tmp_path / "ledger") == tmp_path / "ledger-3"


def test_a_new_ledger_from_the_menu(qtbot: QtBot, shell: FakeShell, tmp_path: Path) -> None:
    welcome = WelcomeWindow(shell)
    qtbot.addWidget(welcome)
    dialog = NewLedgerDialog(shell, welcome)
    dialog.open()
    dialog.form.folder.setText(str(tmp_path / "second"))
    qtbot.keyClick(dialog.form.folder, Qt.Key.Key_Return)
    assert [asked[1] for asked in shell.asked] == [tmp_path / "second"]
    assert not dialog.create_button.isEnabled()
