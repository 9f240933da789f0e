"""Holds the pages of a window: made when first shown, refreshed when their data changed, with a history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.changes import Change
from app.ui.pages import Page, PageSpec
from app.ui.session import Session

_HISTORY_LIMIT = 100


class NoSuchPage(LookupError):
    """A page was to be shown that nobody declared: a programming error."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One step of the history: a page and what it was given."""

    id: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


class PageHost(QStackedWidget):
    """The stack of pages. `page_changed` tells the id of the page that is shown now."""

    page_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._session: Session | None = None
        self._made: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._history: list[Visit] = []
        self._at = -1

    def attach(self, session: Session) -> None:
        """Say what pages are made with."""
        self._session = session

    @property
    def current_id(self) -> str:
        """The id of the page that is shown, "" before the first."""
        return self._history[self._at].id if self._at >= 0 else ""

    def current_page(self) -> Page | None:
        """Return the page that is shown."""
        return self._made.get(self.current_id)

    def show_page(self, id: str, **arguments: Any) -> Page:
        """Show a page and return it. Raises `NoSuchPage`."""
        self._spec(id)
        visit = Visit(id, arguments)
        if self._at < 0 or self._history[self._at] != visit:
            del self._history[self._at + 1 :]
            self._history.append(visit)
            del self._history[:-_HISTORY_LIMIT]
        return self._go(len(self._history) - 1)

    def can_go(self, steps: int) -> bool:
        """Tell whether the history reaches that far back (-1) or forward (1)."""
        return 0 <= self._at + steps < len(self._history)

    def go(self, steps: int) -> None:
        """Go back or forward in the history, as far as it reaches."""
        if self.can_go(steps):
            self._go(self._at + steps)

    def take_change(self, change: Change) -> None:
        """Refresh the page that is shown if it shows what changed; others do it when they are shown again."""
        for id, page in self._made.items():
            if not (self._spec(id).areas & change.areas):
                continue
            if id == self.current_id and self.isVisible():
                page.refresh(change)
            else:
                self._stale.add(id)

    def leave(self) -> None:
        """Let the current page remember what it wants to, before the window closes."""
        page = self.current_page()
        if page is not None:
            page.leave()

    def _go(self, at: int) -> Page:
        before = self.current_page()
        visit = self._history[at]
        self._at = at
        page = self._page(visit.id)
        if before is not None and before is not page:
            before.leave()
        if visit.id in self._stale:
            self._stale.discard(visit.id)
            page.refresh(None)
        self.setCurrentWidget(page)
        # Before the page is opened, so that its own actions are there when it says what can be done.
        self.page_changed.emit(visit.id)
        page.open(**visit.arguments)
        page.focus_first()
        return page

    def _page(self, id: str) -> Page:
        if id not in self._made:
            if self._session is None:
                raise NoSuchPage("The pages have no session yet.")
            page = self._spec(id).factory(self._session)
            self._made[id] = page
            self._stale.add(id)
            self.addWidget(page)
        return self._made[id]

    def _spec(self, id: str) -> PageSpec:
        spec = self._session.pages.get(id) if self._session is not None else None
        if spec is None:
            raise NoSuchPage(f"There is no page {id!r}.")
        return spec
