"""The fixtures of a window on a ledger."""

from tests.ui.window.conftest import ledger, ledger_path, look, open_window, shell, window

__all__ = ["ledger", "ledger_path", "look", "open_window", "shell", "window"]
