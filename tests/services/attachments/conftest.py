"""Ledgers that a test closes itself."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.services.ledger import Ledger
from tests.helpers.ledgers import new_ledger


@pytest.fixture
def new() -> Iterator[Callable[[Path], Ledger]]:
    """Make a ledger in a folder; it is closed at the end at the latest."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(new_ledger(folder))
