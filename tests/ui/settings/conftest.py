"""A window, and what is around it."""

from tests.ui.window.conftest import ledger, ledger_path, look, open_window, shell, window

__all__ = ["ledger", "ledger_path", "look", "open_window", "shell", "window"]
