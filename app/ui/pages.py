"""What a page of the window is, and the list of those that there are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.services.changes import Area, Change

if TYPE_CHECKING:
    from app.ui.session import Session


class Group(StrEnum):
    """The groups of the sidebar, in their order."""

    TOP = ""
    LEDGER = "ledger"
    PRACTICE = "practice"
    RECORDS = "records"


class BadgeKind(StrEnum):
    """What the figure beside a page's name says: how many there are, how many need something done, or are new."""

    COUNT = "count"
    ATTENTION = "attention"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Badge:
    """The figure beside a page's name in the sidebar."""

    number: int
    kind: BadgeKind = BadgeKind.COUNT


class Page(QWidget):
    """A page of the window. It is made when it is first shown, and gets everything it needs in `session`.

    Override what the page needs; nothing has to be called on the base class.
    """

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session

    def open(self, **arguments: Any) -> None:
        """Show what `Navigation.show_page` was given, for example a record by its id."""

    def refresh(self, change: Change | None) -> None:
        """Show the data anew: because of one change, or (None) because of any number while it was hidden."""

    def focus_first(self) -> None:
        """Put the focus where the user goes on, usually into the table. Called whenever the page is shown."""
        self.setFocus()

    def panes(self) -> list[QWidget]:
        """Return the widgets that F6 moves between, in order; hidden ones are skipped."""
        return [self]

    def leave(self) -> None:
        """Remember what should be remembered; called when another page is shown and before the window closes."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """The declaration of a page.

    `title` and the group place it in the sidebar, `order` among the pages of its group. `areas` are the parts of
    the ledger that it shows. `badge` is asked on a reader thread, and again when one of the areas changed.
    `mnemonic` is the title with an "&" for the View menu.
    """

    id: str
    title: str
    mnemonic: str
    icon: str
    group: Group
    factory: Callable[["Session"], Page]
    areas: frozenset[Area]
    order: int = 0
    badge: Callable[["Session"], Badge | None] | None = None


@dataclass(slots=True)
class Pages:
    """The pages of a window."""

    _specs: dict[str, PageSpec] = field(default_factory=dict)

    def add(self, spec: PageSpec) -> None:
        """Declare a page. Raises `ValueError` when its id is taken."""
        if spec.id in self._specs:
            raise ValueError(f"There are two pages {spec.id!r}.")
        self._specs[spec.id] = spec

    def all(self) -> list[PageSpec]:
        """Return the pages in the order of the sidebar."""
        groups = list(Group)
        return sorted(self._specs.values(), key=lambda spec: (groups.index(spec.group), spec.order))

    def get(self, id: str) -> PageSpec | None:
        """Return a page's declaration, or None when there is no such page."""
        return self._specs.get(id)
