"""A window that has exchange rates, and the tab of its settings."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.ui.rates.tab import RatesTab
from app.ui.session import Session
from app.ui.settings.dialog import SettingsDialog
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import (
    OpenWindow,
    declare_pages,
    ledger,
    ledger_path,
    look,
    open_window,
    shell,
)

__all__ = ["ledger", "ledger_path", "look", "make_tab", "open_window", "shell", "window"]


def declare(session: Session) -> None:
    from app.ui.importing import register as importing
    from app.ui.rates import register as rates

    declare_pages(session)
    importing.register(session)
    rates.register(session)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(declare)


@pytest.fixture
def make_tab(qtbot: QtBot, window: MainWindow) -> Callable[[], RatesTab]:
    def make() -> RatesTab:
        assert window.session.actions.run("rates.open")
        dialog = window.findChild(SettingsDialog)
        assert isinstance(dialog, SettingsDialog)
        tab = dialog.tab("rates")
        assert isinstance(tab, RatesTab)
        qtbot.waitUntil(lambda: tab.focusProxy() is not None)
        return tab

    return make
