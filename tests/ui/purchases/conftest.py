"""A real ledger behind a session whose window is a plain widget."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.profile import Profile
from app.domain.purchases import Purchase
from app.services import purchases
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.ui.actions import ActionRegistry
from app.ui.bridge import Bridge
from app.ui.preferences import Preferences
from app.ui.purchases.lists import NameBook
from app.ui.purchases.page import PurchasesPage
from app.ui.session import Session
from app.ui.state import LedgerState
from app.ui.theme import registry
from app.ui.theme.theme import Appearance, Theme, install
from app.ui.window import ledger_actions
from app.ui.window.program_actions import declare_menus
from tests.ui.purchases.pages import EARBUDS, KETTLE, MONITOR, TAPE, MakePage

TODAY = date(2026, 11, 20)


@dataclass
class Window:
    """Stands in for the window: remembers what it was asked to show and tell."""

    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def show_page(self, id: str, **arguments: Any) -> None:
        self.shown.append((id, arguments))

    def notify(self, text: str) -> None:
        self.told.append(text)

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self.problems.append(text)

    def partly_failed(self, text: str, show: Callable[[], object]) -> None:
        self.problems.append(text)


class Nowhere:
    """Stands in for the other pages and panes of a window."""

    def can_go(self, steps: int) -> bool:
        return False

    def go(self, steps: int) -> None:
        """Stay."""

    def next_pane(self, step: int) -> None:
        """Stay."""


def declare_window_actions(session: Session) -> None:
    """Add the menus and actions that every window has."""
    declare_menus(session.actions)
    nowhere: Any = Nowhere()
    ledger_actions.declare(session, nowhere, nowhere, lambda: None)


@pytest.fixture
def look(qapp: Any) -> Iterator[Theme]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme = install(qapp, Appearance.LIGHT, reduce_motion=True)
    yield theme
    theme.stop()
    registry.use(None)
    QLocale.setDefault(before)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    create_ledger(tmp_path / "ledger", Profile("Robin", "US", "America/New_York", "USD"))
    opened = open_ledger(tmp_path / "ledger")
    monkeypatch.setattr(opened, "today", lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def session(qtbot: QtBot, look: Theme, ledger: Ledger, window: Window, tmp_path: Path) -> Iterator[Session]:
    errors: list[BaseException] = []
    bridge = Bridge(ledger, errors.append)
    bridge.failed.connect(window.problems.append)
    host = QWidget()
    qtbot.addWidget(host)
    preferences = Preferences(tmp_path / "preferences")
    state = LedgerState(ledger, bridge, {})
    made = Session(ledger, host, bridge, ActionRegistry(host), window, window, state, preferences, look)
    yield made
    state.flush()
    bridge.close()
    preferences.close()
    assert not errors


@pytest.fixture
def book(session: Session, qtbot: QtBot) -> NameBook:
    made = NameBook(session.ledger, session.bridge, session.window)
    qtbot.waitUntil(lambda: made.loaded)
    return made


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    declare_window_actions(session)

    def make(records: Sequence[Purchase] = (MONITOR, EARBUDS, TAPE, KETTLE)) -> PurchasesPage:
        for record in records:
            session.ledger.run(purchases.add(record))
        page = PurchasesPage(session)
        qtbot.addWidget(page)
        page.resize(1232, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("purchases")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page._recorded is not None and not page.table.table_model.busy)
        return page

    return make
