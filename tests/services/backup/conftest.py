"""A ledger with attachments that is open while a test runs, and backups of it."""

from pathlib import Path

import pytest

from app.services import backup
from app.services.ledger import Ledger
from tests.helpers.backups import furnish


@pytest.fixture
def furnished(ledger: Ledger, tmp_path: Path) -> Ledger:
    furnish(ledger, tmp_path / "receipts")
    return ledger


@pytest.fixture
def archive(furnished: Ledger, tmp_path: Path) -> Path:
    return backup.create(furnished, tmp_path / "mine.counterfoil").path
