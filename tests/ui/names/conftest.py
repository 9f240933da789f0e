"""The same ledger and session that the tests of purchases use."""

from tests.ui.purchases.conftest import book, ledger, look, session, window

__all__ = ["book", "ledger", "look", "session", "window"]
