"""What windows may ask of the program around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.domain.profile import Profile
from app.ui.preferences import Preferences
from app.ui.theme.theme import Theme

Failed = Callable[[BaseException], None]


class Shell(Protocol):
    """The running program, as its windows see it."""

    @property
    def preferences(self) -> Preferences:
        """The program's settings."""

    @property
    def theme(self) -> Theme:
        """The look of the program."""

    @property
    def log_folder(self) -> Path:
        """Where logs and crash reports are."""

    def report(self, error: BaseException) -> None:
        """Deal with an error that is a bug."""

    def open_ledger(self, path: Path, failed: Failed | None = None) -> None:
        """Open the ledger of a folder in the window's place; `failed` gets a problem, or the window tells it."""

    def open_sample(self, failed: Failed | None = None) -> None:
        """Open the sample ledger, which is made first if it is not there."""

    def create_ledger(self, path: Path, profile: Profile, failed: Failed | None = None) -> None:
        """Make a ledger and open it in the window's place; `failed` gets a refusal or a problem."""

    def choose_ledger(self, parent: QWidget) -> None:
        """Ask for the folder of a ledger and open it."""

    def new_ledger(self, parent: QWidget) -> None:
        """Ask for the name and place of a new ledger, make and open it."""

    def open_restore(self, path: Path | None = None, target: Path | None = None) -> None:
        """Show the restore wizard over the window, with a backup where one is chosen already.

        What is replaced is the ledger that is open, else the one in the folder `target`; without either a new place
        is asked for.
        """

    def open_trouble(self, path: Path, problem: str, *, salvage: bool = False) -> None:
        """Show, in the window's place, what can be done about a ledger that is damaged, and begin with a salvage."""

    def quit(self) -> None:
        """Close the window and end the program."""
