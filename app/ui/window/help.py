"""Opens the windows of the Help menu, loading them only then."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.actions import ActionRegistry


def open_shortcuts(window: QWidget, actions: ActionRegistry) -> None:
    """Show the sheet of keyboard shortcuts."""
    from app.ui.shortcuts import ShortcutSheet

    ShortcutSheet(actions, window).open()


def open_about(window: QWidget, ledger: Path | None) -> None:
    """Show what this program is and what it is made of."""
    from app.ui.about import AboutDialog

    AboutDialog(ledger, window).open()
