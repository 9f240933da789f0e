"""The whole window with every feature, driven through the keyboard alone."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.profile import Profile
from app.services import settings
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.ui.features import register_all
from app.ui.names.page import NamesPage
from app.ui.purchases.page import PurchasesPage
from app.ui.theme import theme
from app.ui.window.main_window import MainWindow
from tests.ui.window.conftest import FakeShell


class Person:
    """Somebody at a keyboard in front of one window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def ledger(self) -> Ledger:
        return self.window.session.ledger

    @property
    def purchases(self) -> PurchasesPage:
        page = self.window.host.current_page()
        assert isinstance(page, PurchasesPage)
        return page

    @property
    def names(self) -> NamesPage:
        page = self.window.host.current_page()
        assert isinstance(page, NamesPage)
        return page

    def focus(self) -> QWidget:
        """Return what the keyboard goes to."""
        self._activate()
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        return target

    def press(self, *shortcuts: str) -> None:
        """Press keys one after another: "Ctrl+N", "Return", "Tab"."""
        for shortcut in shortcuts:
            combination = QKeySequence(shortcut)[0]
            QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def go(self, page: str) -> None:
        """Press the shortcut of a page."""
        (shortcut,) = self.window.actions_registry.get(f"view.page.{page}").shortcuts
        self.press(shortcut)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(self.focus(), text)

    def replace(self, text: str) -> None:
        """Type a text over what the field holds."""
        self.press("Ctrl+A")
        self.type(text)

    def wait(self, condition: Callable[[], object], timeout: int = 15_000) -> None:
        """Wait until something is so."""

        def met() -> bool:
            self._activate()
            return bool(condition())

        self.qtbot.waitUntil(met, timeout=timeout)

    def _activate(self) -> None:
        """Do what a window manager does when a dialog closes: the window below becomes the active one."""
        if QApplication.activeWindow() is None and QApplication.activePopupWidget() is None:
            modal = QApplication.activeModalWidget() or self.window
            modal.activateWindow()
            QApplication.processEvents()

    def undo(self, what: str) -> None:
        """Press Ctrl+Z once the window offers to take back a change whose name has `what` in it."""
        action = self.window.actions_registry.qaction("edit.undo")
        self.wait(lambda: action.isEnabled() and what in action.text())
        self.press("Ctrl+Z")

    def settle(self) -> None:
        """Wait until the table is complete."""
        model = self.purchases.table.table_model
        self.wait(lambda: model.complete and not model.busy)

    def dialog(self, kind: type) -> QWidget:
        """Return the dialog that is open."""
        self.wait(lambda: isinstance(QApplication.activeWindow(), kind))
        found = QApplication.activeWindow()
        assert isinstance(found, kind)
        assert isinstance(found, QWidget)
        return found


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    made = theme.install(qapp, theme.Appearance.LIGHT, reduce_motion=True)
    yield made
    made.stop()
    qapp.setStyleSheet("")
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    theme.use(None)
    QLocale.setDefault(before)


@pytest.fixture
def shell(tmp_path: Path, look: theme.Theme) -> Iterator[FakeShell]:
    made = FakeShell(tmp_path, look)
    yield made
    made.preferences.close()
    assert not made.reported


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The folder of an empty ledger."""
    create_ledger(tmp_path / "books", Profile("Robin", "DE", "Europe/Berlin", "EUR"))
    return tmp_path / "books"


Sit = Callable[[Path], "contextlib.AbstractContextManager[Person]"]


@pytest.fixture
def sit_down(qtbot: QtBot, shell: FakeShell) -> Sit:
    """Opens the window on a ledger for as long as a `with` lasts, and closes both after it."""

    @contextlib.contextmanager
    def sit(path: Path) -> Iterator[Person]:
        ledger = open_ledger(path)
        window = MainWindow(shell, ledger, settings.read_all(ledger), lambda: None)
        register_all(window.session)
        window.start()
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        window.resize(1440, 900)
        qtbot.waitUntil(lambda: window.width() == 1440)
        person = Person(qtbot, window)
        try:
            person.go("purchases")
            person.settle()
            yield person
        finally:
            window.close()
            window.deleteLater()
            ledger.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return sit
