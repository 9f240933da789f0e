"""The program's own settings, one line for each that is declared. A change is seen at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from app.ui.actions import plain
from app.ui.i18n import tr
from app.ui.preferences import Preferences, Setting, all_settings
from app.ui.settings.tab import SettingsTab
from app.ui.theme import theme
from app.ui.widgets.button import link
from app.ui.widgets.form import FormField


class AppearanceForm(SettingsTab):
    """Built from the declarations of the settings; `restore` brings back how things were."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._before = {setting.key: preferences.get(setting) for setting in all_settings()}
        self._showing: list[Callable[[], None]] = []
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        for setting in all_settings():
            column.addWidget(self._line(setting))
        defaults = link(tr("Use the defaults"))
        defaults.setAutoDefault(False)
        defaults.clicked.connect(self._use_defaults)
        column.addWidget(defaults, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def restore(self) -> None:
        """Bring back what was set when the form was opened."""
        for setting in all_settings():
            self._preferences.set(setting, self._before[setting.key])

    def _line(self, setting: Setting) -> QWidget:
        return self._choice_line(setting) if setting.choices else self._tick_line(setting)

    def _choice_line(self, setting: Setting) -> QWidget:
        combo = QComboBox()
        combo.setObjectName(setting.key)
        for choice in setting.choices:
            combo.addItem(plain(choice.text), choice.value)
        combo.activated.connect(lambda: self._set(setting, combo.currentData()))

        def show() -> None:
            combo.setCurrentIndex(combo.findData(self._preferences.get(setting)))

        self._show_now_and_later(show)
        return FormField(setting.label, combo, help_text=setting.tip)

    def _tick_line(self, setting: Setting) -> QWidget:
        box = QCheckBox(setting.label)
        box.setObjectName(setting.key)
        box.setToolTip(setting.tip)
        box.clicked.connect(lambda checked: self._set(setting, checked))

        def show() -> None:
            box.setChecked(bool(self._preferences.get(setting)))

        self._show_now_and_later(show)
        return box

    def _show_now_and_later(self, show: Callable[[], None]) -> None:
        show()
        self._showing.append(show)

    def _set(self, setting: Setting, value: Any) -> None:
        self._preferences.set(setting, value)

    def _use_defaults(self) -> None:
        for setting in all_settings():
            self._preferences.set(setting, setting.default)
        for show in self._showing:
            show()
