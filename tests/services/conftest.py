"""An empty ledger that is open while a test runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.ledger import Ledger
from tests.helpers.ledgers import new_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as opened:
        yield opened
