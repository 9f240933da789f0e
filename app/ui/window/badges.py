"""The figures of the sidebar and of the status bar, counted on reader threads and again after a change."""

from pathlib import Path

from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.pages import Badge, BadgeKind, PageSpec
from app.ui.session import Session
from app.ui.widgets.sidebar import SidebarView
from app.ui.window.status_bar import StatusBar

_QUIET_AREAS = frozenset({Area.SETTINGS})


class Badges:
    """Keeps the figures beside the pages' names, and the ledger's name and size, up to date."""

    def __init__(self, session: Session, sidebar: SidebarView, status: StatusBar) -> None:
        self._session = session
        self._sidebar = sidebar
        self._status = status
        self._stopped = False

    def start(self) -> None:
        """Ask for all figures; once the first page stands, since nobody waits for them."""
        for spec in self._session.pages.all():
            self._ask(spec)
        self._ask_size()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._stopped = True

    def take_change(self, change: Change) -> None:
        """Ask again for the figures that a change may have made wrong."""
        if change.areas <= _QUIET_AREAS:
            return
        for spec in self._session.pages.all():
            if spec.areas & change.areas:
                self._ask(spec)
        self._ask_size()

    def _ask(self, spec: PageSpec) -> None:
        count = spec.badge
        if count is None or self._stopped:
            return
        wanted = count
        self._session.bridge.read(
            lambda _interrupt: wanted(self._session),
            lambda badge: self._show(spec.id, badge),
            key=("badge", spec.id),
        )

    def _show(self, id: str, badge: Badge | None) -> None:
        if badge is None:
            self._sidebar.set_counts(id)
        elif badge.kind is BadgeKind.COUNT:
            self._sidebar.set_counts(id, badge.number)
        elif badge.kind is BadgeKind.ATTENTION:
            self._sidebar.set_counts(id, attention=badge.number)
        else:
            self._sidebar.set_counts(id, new=badge.number)

    def _ask_size(self) -> None:
        if self._stopped:
            return
        path = self._session.ledger.path

        def measure(_interrupt: Interrupt) -> int:
            return folder_size(path)

        self._session.bridge.read(
            measure, lambda size: self._status.show_ledger(path.name, size), key="ledger size"
        )


def folder_size(folder: Path) -> int:
    """Return the bytes that the files of a ledger take; what vanishes meanwhile counts nothing."""
    total = 0
    for file in folder.glob("counterfoil.db*"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total
