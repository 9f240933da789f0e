"""Settings of one ledger: window state and choices that travel with it."""

from collections.abc import Mapping
from typing import Any

from app.services.changes import Command, Write
from app.services.ledger import Ledger
from app.storage import settings as stored

__all__ = ["put", "read_all"]


def read_all(ledger: Ledger) -> dict[str, Any]:
    """Return every setting by its key."""
    return ledger.read(stored.read_all)


def put(values: Mapping[str, Any]) -> Command:
    """Store settings; a value is anything that JSON can hold. Not part of undo."""

    def run(write: Write) -> None:
        for key, value in values.items():
            stored.put(write, key, value)

    return Command("Change settings", run, undoable=False)
