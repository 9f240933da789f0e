"""The fixtures of dialogs that work on a ledger."""

from tests.ui.importing.conftest import ledger, look, session, told

__all__ = ["ledger", "look", "session", "told"]
