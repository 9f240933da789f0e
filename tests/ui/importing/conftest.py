"""Fixtures for dialogs that work on a ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.services.ledger import Ledger
from app.ui.session import Session
from app.ui.theme.theme import Theme
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
