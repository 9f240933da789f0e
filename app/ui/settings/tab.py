"""A tab of the settings dialog, which features declare in `Session.settings`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.problems import Problem
from app.services.changes import Command

if TYPE_CHECKING:
    from app.ui.session import Session


class SettingsTab(QWidget):
    """Settings on one subject. A tab whose changes take effect at once overrides `restore` only."""

    def show_problems(self) -> bool:
        """Show what keeps the settings from being saved at their fields; tells whether there is anything."""
        return False

    def command(self) -> Command | None:
        """Return what saves the settings as they are entered, None when nothing was changed."""
        return None

    def show_refusal(self, problems: Sequence[Problem]) -> bool:
        """Show at the fields why the command was refused; tells whether there is a field for it."""
        return False

    def restore(self) -> None:
        """Bring back what was set when the dialog was opened; called when it is cancelled."""


@dataclass(frozen=True, slots=True)
class SettingsTabSpec:
    """The declaration of a tab: its title with a mnemonic, its place, and what makes it when the dialog opens."""

    id: str
    title: str
    make: "Callable[[Session], SettingsTab]"
    order: int = 50
