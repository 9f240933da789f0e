"""The settings: the profile, and the program's appearance."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from app.services.ledger import Ledger
from app.ui.preferences import Choice, Preferences, all_settings, appearance, reduce_motion, text_size
from app.ui.settings.choices import ChoiceField, countries, currencies, timezones
from app.ui.settings.dialog import SettingsDialog
from app.ui.theme import theme
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import FakeShell


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    assert window.session.actions.run("tools.settings")
    return window.findChild(SettingsDialog)  # type: ignore[return-value]


def test_the_profile_is_saved_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, dialog: SettingsDialog, ledger: Ledger
) -> None:
    form = dialog.tab("profile").form
    assert (form.name.text(), form.country.name(), form.currency.name()) == ("Robin", "Germany", "EUR: Euro")
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Robin Weaver")
    form.country.set_name("swITZERLAND")
    form.timezone.set_name("Europe/Zurich")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ledger.profile.name == "Robin Weaver")
    assert (ledger.profile.country, ledger.profile.currency) == ("CH", "EUR")
    assert ledger.profile.timezone == "Europe/Zurich"
    qtbot.waitUntil(lambda: window.undo_bar.text() == "Changed the profile")
    window.bridge.undo()
    qtbot.waitUntil(lambda: ledger.profile.name == "Robin")


def test_nothing_is_written_when_nothing_was_changed(
    qtbot: QtBot, dialog: SettingsDialog, ledger: Ledger
) -> None:
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert ledger.undo_label is None


def test_what_is_wrong_is_said_at_its_field(dialog: SettingsDialog, ledger: Ledger) -> None:
    form = dialog.tab("profile").form
    dialog.tabs.setCurrentIndex(1)
    form.currency.set_name("shells")
    form.timezone.set_name("Mars/Olympus")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.tabs.currentIndex() == 0
    assert form.fields["currency"].message == "Use a currency code such as EUR or USD."
    assert form.fields["timezone"].message == "Use a timezone such as Europe/Berlin."
    assert form.fields["name"].state == ""
    form.currency.set_name("usd")
    form.timezone.set_name("UTC")
    dialog.save()
    assert form.fields["currency"].state == ""


def test_appearance_is_seen_at_once_and_cancel_brings_it_back(
    dialog: SettingsDialog, look: theme.Theme, window: MainWindow
) -> None:
    def choose(key: str, text: str) -> None:
        combo = dialog.tab("appearance").findChild(QComboBox, key)
        combo.setCurrentText(text)
        combo.activated.emit(combo.currentIndex())

    choose("appearance", "Dark")
    choose("text_percent", "150 %")
    choose("density", "Comfortable")
    dialog.tab("appearance").findChild(QCheckBox, "reduce_motion").click()
    assert (look.dark, look.text_percent, look.density) == (True, 150, theme.Density.COMFORTABLE)
    dialog.reject()
    assert (look.text_percent, look.density) == (100, theme.Density.COMPACT)
    assert window.session.preferences.get(reduce_motion()) is False


def test_every_setting_is_in_the_form_with_its_default(dialog: SettingsDialog, shell: FakeShell) -> None:
    for setting in all_settings():
        assert dialog.tab("appearance").findChild((QComboBox, QCheckBox)[not setting.choices], setting.key)
    shell.preferences.set(text_size(), 200)
    dialog.tab("appearance")._use_defaults()
    assert all(shell.preferences.get(setting) == setting.default for setting in all_settings())


def test_lists_of_choices_are_whole() -> None:
    assert {"DE", "US", "JP", ""} <= {choice.value for choice in countries()}
    assert {"EUR", "JPY", "KWD"} <= {choice.value for choice in currencies()}
    assert {"Europe/Berlin", "UTC", "America/New_York"} <= {choice.value for choice in timezones()}


def test_a_choice_is_found_by_text_or_value(qtbot: QtBot, look: theme.Theme) -> None:
    field = ChoiceField([Choice("", "Not given"), Choice("DE", "Germany"), Choice("CI", "Côte d’Ivoire")])
    qtbot.addWidget(field)
    for typed, value in (
        ("germany", "DE"),
        ("de", "DE"),
        ("cote d’ivoire", "CI"),
        ("", None),
        ("Not given", ""),
    ):
        field.set_name(typed)
        assert field.value() == value
    field.set_value("XX")
    assert (field.name(), field.value()) == ("XX", None)


def test_preferences_survive(tmp_path: Path, qtbot: QtBot) -> None:
    first = Preferences(tmp_path)
    with qtbot.waitSignal(first.changed) as heard:
        first.set(appearance(), "dark")
    assert heard.args == ["appearance"]
    for number in range(12):
        first.remember_ledger(tmp_path / str(number))
    first.remember_ledger(tmp_path / "5")
    first.forget_ledger(tmp_path / "11")
    first.close()
    second = Preferences(tmp_path)
    assert second.get(appearance()) == "dark"
    assert [path.name for path in second.recent_ledgers()] == ["5", "10", "9", "8", "7", "6", "4"]
    second.close()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", '"dark"', "[" * 100_000, '{"appearance": 3, "text_percent": true, "recent": {"a": 1}}'],
)
def test_a_damaged_file_of_preferences_gives_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text, encoding="utf-8")
    preferences = Preferences(tmp_path)
    assert all(preferences.get(setting) == setting.default for setting in all_settings())
    assert preferences.recent_ledgers() == []
    preferences.set(text_size(), 150)
    preferences.close()
    assert json.loads((tmp_path / "preferences.json").read_text(encoding="utf-8"))["text_percent"] == 150


def test_preferences_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", encoding="utf-8")
    preferences = Preferences(tmp_path / "config")
    preferences.set(text_size(), 150)
    preferences.close()
    assert preferences.get(text_size()) == 150
