"""What a page is given: the ledger, and the parts of the window that it may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.services.ledger import Interrupt, Ledger
from app.ui.actions import ActionRegistry
from app.ui.bridge import Bridge
from app.ui.pages import Page, Pages
from app.ui.preferences import Preferences
from app.ui.state import LedgerState
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.settings.tab import SettingsTabSpec


class Navigation(Protocol):
    """Moves between the pages of a window."""

    def show_page(self, id: str, **arguments: Any) -> Page:
        """Show a page and return it; the arguments go to its `open`, and come again when the user comes back."""


class Notices(Protocol):
    """Tells the user something without standing in the way."""

    def notify(self, text: str) -> None:
        """Say in the status bar, and to a screen reader, what was done."""

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence above the page until the user closes it, perhaps with a button."""

    def partly_failed(self, text: str, show: Callable[[], object]) -> None:
        """Say in the status bar that a part of a job failed, with a Show button for the rest."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record in the command palette: its name, a word or figure at the right, and what choosing it does."""

    title: str
    detail: str
    icon: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class RecordProvider:
    """Finds records for the command palette.

    `search(text, limit, interrupt)` runs on a reader thread and returns the best first; `run` of a record is
    called on the window's. `title` heads the group.
    """

    id: str
    title: str
    search: Callable[[str, int, Interrupt], Sequence[FoundRecord]]


@dataclass(frozen=True, slots=True)
class DropHandler:
    """Opens files that are dropped on the window: `words` says what a drop will do ("Import sales.csv").

    The first handler whose `accepts` agrees to every file gets them. Files of a handler that is `for_records` go to
    the record that they are dropped on, where they are dropped on one.
    """

    accepts: Callable[[Path], bool]
    words: Callable[[Sequence[Path]], str]
    open: Callable[[Sequence[Path]], object]
    for_records: bool = False


@dataclass(frozen=True)
class Session:
    """One open ledger in one window.

    Features add their pages, actions, record providers, drop handlers, tabs of the settings and widgets at the ends
    of the toolbar and the status bar to it.
    """

    ledger: Ledger
    window: "QWidget"
    """The parent for dialogs."""
    bridge: Bridge
    actions: ActionRegistry
    navigation: Navigation
    notices: Notices
    state: LedgerState
    preferences: Preferences
    theme: Theme
    pages: Pages = field(default_factory=Pages)
    records: list[RecordProvider] = field(default_factory=list)
    drops: list[DropHandler] = field(default_factory=list)
    settings: "list[SettingsTabSpec]" = field(default_factory=list)
    corner: "list[Callable[[Session], QWidget]]" = field(default_factory=list)
    """What makes the widgets at the right end of the toolbar, once the window has its first page."""
    footer: "list[Callable[[Session], QWidget]]" = field(default_factory=list)
    """What makes the widgets at the right end of the status bar, once that page stands."""
    restore: Callable[[Path | None], object] = lambda _path: None
    """Shows the restore wizard, with a backup where one is chosen; a window outside of the program has none."""
    salvage: Callable[[str], object] = lambda _problem: None
    """Closes the ledger and saves what can be read of its damaged database; gets the sentence that says why."""

    def notify(self, text: str) -> None:
        """Say in the status bar what was done."""
        self.notices.notify(text)

    def show_page(self, id: str, **arguments: Any) -> Page:
        """Show a page and return it."""
        return self.navigation.show_page(id, **arguments)
