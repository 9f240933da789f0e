"""The main window around an open ledger."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.services.changes import Area, Change
from app.services.ledger import Ledger
from app.ui.actions import ActionRegistry
from app.ui.bridge import Bridge
from app.ui.i18n import tr
from app.ui.later import after_first_page
from app.ui.menus import MenuBar
from app.ui.pages import Page
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.state import LedgerState, packed, unpacked
from app.ui.undo_mirror import UndoMirror
from app.ui.widgets.sidebar import SidebarItem, SidebarView
from app.ui.widgets.undo_bar import UndoBar
from app.ui.window import ledger_actions, program_actions
from app.ui.window.app_window import AppWindow
from app.ui.window.badges import Badges
from app.ui.window.done import done_text
from app.ui.window.drops import DropTarget
from app.ui.window.host import PageHost
from app.ui.window.notice_bar import NoticeBar
from app.ui.window.panes import PaneRing
from app.ui.window.status_bar import StatusBar
from app.ui.window.toolbar import ToolBar

_NARROW_BELOW = 1100
_GROUP_TITLES: Mapping[str, Callable[[], str]] = {
    "": lambda: "",
    "ledger": lambda: tr("Ledger"),
    "practice": lambda: tr("Practice"),
    "records": lambda: tr("Records"),
}


class MainWindow(AppWindow):
    """Sidebar, page, toolbar, menus and status bar of one ledger.

    It makes the `session` that features add their pages and actions to; `start` then shows the first page.
    `closed` is called once when the window has gone and the ledger may be closed.
    """

    def __init__(
        self, shell: Shell, ledger: Ledger, values: Mapping[str, Any], closed: Callable[[], None]
    ) -> None:
        super().__init__(shell.theme)
        self._shell = shell
        self._ledger = ledger
        self._closed: Callable[[], None] | None = closed
        theme = shell.theme
        self.bridge = Bridge(ledger, shell.report)
        self.actions_registry = ActionRegistry(self)
        self.state = LedgerState(ledger, self.bridge, values)
        self.host = PageHost()
        self.sidebar = SidebarView()
        self.notice = NoticeBar(theme)
        self.status = StatusBar(theme, self)
        self.mirror = UndoMirror(ledger, self)
        self.session = Session(
            ledger=ledger,
            window=self,
            bridge=self.bridge,
            actions=self.actions_registry,
            navigation=self,
            notices=self,
            state=self.state,
            preferences=shell.preferences,
            theme=theme,
            restore=shell.open_restore,
            salvage=lambda problem: shell.open_trouble(ledger.path, problem, salvage=True),
        )
        self.host.attach(self.session)
        program_actions.declare(self.actions_registry, shell, self, ledger.path)
        self.panes = PaneRing(self)
        ledger_actions.declare(self.session, self.host, self.panes, self.open_palette)
        self._build()
        self._drops = DropTarget(self, self.session.drops)
        self.badges = Badges(self.session, self.sidebar, self.status)
        self._connect()

    # -- what pages may ask for

    def show_page(self, id: str, **arguments: Any) -> Page:
        """Show a page and return it."""
        return self.host.show_page(id, **arguments)

    def notify(self, text: str) -> None:
        """Say in the status bar what was done."""
        self.status.say(text)

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence above the page."""
        self.notice.tell(text, action_text, action)

    def partly_failed(self, text: str, show: Callable[[], object]) -> None:
        """Say in the status bar that a part of a job failed."""
        self.status.say_partly_failed(text, show)

    # -- life

    def start(self) -> None:
        """Show the page that was shown last, or the first one; to be called when all pages are declared."""
        pages = self.session.pages.all()
        ledger_actions.declare_pages(self.actions_registry, pages, self.show_page)
        self.sidebar.set_items(
            [SidebarItem(spec.id, spec.title, spec.icon, _GROUP_TITLES[spec.group]()) for spec in pages]
        )
        last = self.state.get("window.page")
        known = [spec.id for spec in pages]
        if known:
            self.show_page(last if last in known else known[0])
        for make in self.session.corner:
            self.toolbar.add_to_corner(make(self.session))
        self.actions_registry.refresh()
        after_first_page(self, self._make_rest)

    def open_palette(self) -> None:
        """Show the command palette."""
        from app.ui.palette.dialog import Palette

        Palette(self.session).open_over(self)

    def raise_to_front(self) -> None:
        """Come to the front, out of the task bar if need be."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how things were, then let go of the ledger."""
        if self._closed is not None:
            closed, self._closed = self._closed, None
            self.host.leave()
            self.state.put("window.geometry", packed(self.saveGeometry()))
            self.state.flush()
            self.badges.stop()
            self.bridge.close()
            QApplication.instance().focusChanged.disconnect(self._focus_moved)  # type: ignore[union-attr]
            closed()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only the icons of the sidebar when there is little room."""
        super().resizeEvent(event)
        self.sidebar.set_icon_only(self.width() < _NARROW_BELOW)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files that something here can open."""
        self._drops.enter(event)

    def dragLeaveEvent(self, event: QEvent) -> None:
        """Take the invitation to drop away."""
        self._drops.leave()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._drops.drop(event)

    # -- inside

    def _build(self) -> None:
        theme = self._shell.theme
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.menus = MenuBar(self.menuBar(), self.actions_registry)
        self.toolbar = ToolBar(self.actions_registry, theme, self.open_palette, self)
        self.addToolBar(self.toolbar)
        self.setStatusBar(self.status)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.host, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(content, 1)
        self.setCentralWidget(middle)
        self.undo_bar = UndoBar(content, bottom=50)
        self.panes.set_parts([self.toolbar.search, self.sidebar], self.host)
        geometry = unpacked(self.state.get("window.geometry"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.take_first_size()

    def _make_rest(self) -> None:
        """Make and read what nobody waits for."""
        for make in self.session.footer:
            self.status.add_to_end(make(self.session))
        self.badges.start()

    def _connect(self) -> None:
        self.bridge.changed.connect(self._changed)
        self.bridge.job_changed.connect(self.status.take_job)
        self.bridge.failed.connect(self.show_problem)
        self.sidebar.activated.connect(self.show_page)
        self.host.page_changed.connect(self._page_changed)
        self.undo_bar.undo_requested.connect(self.bridge.undo)
        self.mirror.moved.connect(self.actions_registry.refresh_soon)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _changed(self, change: Change) -> None:
        self.mirror.take_change(change)
        self.host.take_change(change)
        self.badges.take_change(change)
        if change.kind == "undo":
            self.undo_bar.dismiss()
            self.status.say(tr("Undone: {change}").format(change=change.label), "undo-2")
        elif change.kind == "redo":
            self.status.say(tr("Done again: {change}").format(change=change.label), "redo-2")
        elif change.undoable:
            words, icon = done_text(change.label)
            self.undo_bar.show_message(words, icon)
        if change.areas != {Area.SETTINGS}:
            self.actions_registry.refresh_soon()

    def _page_changed(self, id: str) -> None:
        spec = self.session.pages.get(id)
        if spec is not None:
            self.setWindowTitle(tr("{page} — Counterfoil").format(page=spec.title))
        self.sidebar.set_current(id)
        self.actions_registry.set_page(id)
        self.state.put("window.page", id)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A menu that opens takes the focus nowhere; what it offers is asked for when it opens.
        if new is not None and new.window() is self:
            self.actions_registry.refresh_soon()
