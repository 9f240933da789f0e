"""A real ledger behind a session whose window is a plain widget, for dialogs that need no page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.profile import Profile
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.ui.actions import ActionRegistry, Menu
from app.ui.bridge import Bridge
from app.ui.preferences import Preferences
from app.ui.session import Session
from app.ui.state import LedgerState
from app.ui.theme import registry
from app.ui.theme.theme import Appearance, Theme, install


@dataclass
class Told:
    """Stands in for the window: remembers what it was asked to show and tell."""

    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def show_page(self, id: str, **arguments: Any) -> Any:
        self.shown.append((id, arguments))

    def notify(self, text: str) -> None:
        self.told.append(text)

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self.problems.append(text)

    def partly_failed(self, text: str, show: Callable[[], object]) -> None:
        self.problems.append(text)


@contextmanager
def theme_of(app: QApplication, appearance: Appearance = Appearance.LIGHT) -> Iterator[Theme]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme = install(app, appearance, reduce_motion=True)
    yield theme
    theme.stop()
    registry.use(None)
    QLocale.setDefault(before)


@contextmanager
def ledger_in(folder: Path, currency: str = "EUR") -> Iterator[Ledger]:
    create_ledger(folder, Profile("Robin", "DE", "Europe/Berlin", currency))
    opened = open_ledger(folder)
    yield opened
    opened.close()


@contextmanager
def session_on(ledger: Ledger, theme: Theme, folder: Path, told: Told) -> Iterator[Session]:
    errors: list[BaseException] = []
    bridge = Bridge(ledger, errors.append)
    bridge.failed.connect(told.problems.append)
    host = QWidget()
    preferences = Preferences(folder)
    state = LedgerState(ledger, bridge, {})
    actions = ActionRegistry(host)
    actions.add_menu(Menu("file", "&File"))
    yield Session(ledger, host, bridge, actions, told, told, state, preferences, theme)
    state.flush()
    bridge.close()
    preferences.close()
    host.close()
    host.deleteLater()
    assert not errors, errors
