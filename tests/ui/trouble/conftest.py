"""The fixtures of a window."""

from tests.ui.window.conftest import look, shell

__all__ = ["look", "shell"]
