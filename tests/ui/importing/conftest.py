"""Fixtures for dialogs that work on a ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.ledger import Ledger
from app.ui.importing.wizard import ImportWizard
from app.ui.session import Session
from app.ui.theme.theme import Theme
from tests.ui.importing.driving import Open
from tests.ui.importing.standin import Told, ledger_in, session_on, theme_of


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    with theme_of(qapp) as theme:
        yield theme


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_in(tmp_path / "ledger") as opened:
        yield opened


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def session(look: Theme, ledger: Ledger, told: Told, tmp_path: Path) -> Iterator[Session]:
    with session_on(ledger, look, tmp_path / "preferences", told) as made:
        yield made


@pytest.fixture
def open_wizard(qtbot: QtBot, session: Session) -> Open:
    def open_(path: Path | None = None) -> ImportWizard:
        wizard = ImportWizard(session, path)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(wizard)
        wizard.show()
        qtbot.waitExposed(wizard)
        if path is not None:
            qtbot.waitUntil(lambda: wizard.flow.facts is not None)
        return wizard

    return open_
