"""A window on a real, empty ledger, with small pages that remember what they were asked to show."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.profile import Profile
from app.domain.purchases import Purchase
from app.services import purchases, settings
from app.services.changes import Area, Change, Command
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.preferences import Preferences, apply
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.window.main_window import MainWindow


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """A light theme without movement, taken off the application again after the test."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    made = theme.install(qapp, theme.Appearance.LIGHT, reduce_motion=True)
    yield made
    made.stop()
    qapp.setStyleSheet("")
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.use(None)
    QLocale.setDefault(before)


class FakeShell:
    """Stands in for the program around a window; remembers what it was asked for."""

    def __init__(self, folder: Path, look: theme.Theme) -> None:
        self.preferences = Preferences(folder / "config")
        self.theme = look
        self.log_folder = folder / "log"
        self.reported: list[BaseException] = []
        self.asked: list[tuple[Any, ...]] = []
        self.failures: list[Callable[[BaseException], None] | None] = []
        self.preferences.changed.connect(lambda key: apply(self.preferences, look, key))

    def report(self, error: BaseException) -> None:
        self.reported.append(error)

    def open_ledger(self, path: Path, failed: Callable[[BaseException], None] | None = None) -> None:
        self.asked.append(("open", path))
        self.failures.append(failed)

    def open_sample(self, failed: Callable[[BaseException], None] | None = None) -> None:
        self.asked.append(("sample",))
        self.failures.append(failed)

    def create_ledger(
        self, path: Path, profile: Profile, failed: Callable[[BaseException], None] | None = None
    ) -> None:
        self.asked.append(("create", path, profile))
        self.failures.append(failed)

    def choose_ledger(self, parent: QWidget) -> None:
        self.asked.append(("choose",))

    def new_ledger(self, parent: QWidget) -> None:
        self.asked.append(("new",))

    def open_restore(self, path: Path | None = None, target: Path | None = None) -> None:
        self.asked.append(("restore", path))

    def quit(self) -> None:
        self.asked.append(("quit",))


@pytest.fixture
def shell(tmp_path: Path, look: theme.Theme) -> Iterator[FakeShell]:
    made = FakeShell(tmp_path, look)
    yield made
    made.preferences.close()
    assert not made.reported


class FakePage(Page):
    """A field over a list, which remembers what it was asked to show."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.opened: list[dict[str, Any]] = []
        self.refreshed: list[Change | None] = []
        self.left = 0
        self.field = QLineEdit()
        self.table = QListWidget()
        self.splitter = QSplitter()
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(QListWidget())
        session.state.remember_splitter(self.splitter, "fake.splitter")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.splitter)

    def open(self, **arguments: Any) -> None:
        self.opened.append(arguments)

    def refresh(self, change: Change | None) -> None:
        self.refreshed.append(change)

    def focus_first(self) -> None:
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.field, self.table]

    def leave(self) -> None:
        self.left += 1


def declare_pages(session: Session) -> None:
    """Add a page of purchases and one of names."""
    session.pages.add(
        PageSpec(
            "purchases",
            "Purchases",
            "&Purchases",
            "receipt-text",
            Group.LEDGER,
            FakePage,
            frozenset({Area.PURCHASES}),
            badge=lambda of: Badge(purchases.count(of.ledger)),
        )
    )
    session.pages.add(
        PageSpec(
            "names", "Names", "Na&mes", "tags", Group.LEDGER, FakePage, frozenset({Area.NAMES}), order=10
        )
    )


def toaster() -> Command:
    """The command that adds one purchase."""
    return purchases.add(Purchase("Toaster", 4500, "EUR", date(2026, 3, 14)))


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    create_ledger(tmp_path / "books", Profile("Robin", "DE", "Europe/Berlin", "EUR"))
    return tmp_path / "books"


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(ledger_path)
    yield opened
    opened.close()


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, shell: FakeShell, ledger: Ledger) -> Iterator[OpenWindow]:
    """Opens a window on the ledger; every one is closed at the end."""
    made: list[MainWindow] = []

    def opened(register: Callable[[Session], None] = declare_pages) -> MainWindow:
        window = MainWindow(shell, ledger, settings.read_all(ledger), lambda: None)
        register(window.session)
        window.start()
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: " · " in window.status.ledger.text())
        return window

    yield opened
    for window in made:
        window.close()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()
