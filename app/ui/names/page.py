"""The page of retailers, brands, categories and tags: rename, merge, delete, add."""

from functools import partial
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.services import names
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.services.names import NameKind
from app.ui import formats
from app.ui.actions import Action, Place
from app.ui.i18n import tr, tr_n
from app.ui.names.dialogs import AddDialog, MergeDialog
from app.ui.names.kinds import ORDER, counted, new_text, plural, purchases_with, purpose
from app.ui.names.source import web_page
from app.ui.names.tab import NamesTab
from app.ui.pages import Page
from app.ui.session import Session
from app.ui.theme import icons
from app.ui.widgets.button import default, primary
from app.ui.widgets.label import Label
from app.ui.widgets.page_header import PageHeader

PAGE = "names"
_STATE = "names.kind"
_FIELD = 200


class NamesPage(Page):
    """Four tables under tabs; the actions are about what is selected in the one in front."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._tabs = {kind: NamesTab(session, kind) for kind in ORDER}
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setAccessibleName(tr("Kinds of names"))
        self._stack = QStackedWidget()
        for kind, tab in self._tabs.items():
            self._bar.addTab(plural(kind))
            self._stack.addWidget(tab)
            tab.purchases_wanted.connect(partial(self._show_purchases, kind))
            tab.changed.connect(self._refresh_actions)
            tab.table.delete_requested.connect(self.delete)
        self._field = QLineEdit()
        self._field.setProperty("dense", "true")
        self._field.setPlaceholderText(tr("Filter this table"))
        self._field.setAccessibleName(tr("Filter this table"))
        self._field.setClearButtonEnabled(True)
        icon = self._field.addAction(icons.icon("list-filter"), QLineEdit.ActionPosition.LeadingPosition)
        icons.bind(icon, "list-filter")
        self._words = Label("", tone="secondary")
        self._selected = Label("", tone="secondary", tabular=True)
        self._merge = default(tr("Merge…"), "merge")
        self._new = primary("", "plus")
        self._lay_out()
        self._declare()
        self._field.textChanged.connect(self._filter)
        self._merge.clicked.connect(self.merge)
        self._new.clicked.connect(self.add)
        self._new.setEnabled(not session.ledger.read_only)
        remembered = session.state.get(_STATE, NameKind.RETAILER.value)
        self._bar.setCurrentIndex(next((at for at, kind in enumerate(ORDER) if kind == remembered), 0))
        self._bar.currentChanged.connect(self._tab_changed)
        self._tab_changed(self._bar.currentIndex())

    # -- what the window asks

    def open(self, **arguments: Any) -> None:
        """Show one `kind` of names, or the page as it was left."""
        kind = arguments.get("kind")
        if kind in self._tabs:
            self._bar.setCurrentIndex(ORDER.index(kind))

    def refresh(self, change: Change | None) -> None:
        """Show the names anew, and how many there are."""
        if change is not None and not change.areas & {Area.NAMES, Area.PURCHASES}:
            return
        self.tab.load()
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> dict[NameKind, int]:
            return {kind: len(names.choices(ledger, kind)) for kind in ORDER}

        self.session.bridge.read(read, self._take_counts, key="names.counts")

    def focus_first(self) -> None:
        """Go on in the table."""
        self.tab.table.setFocus()

    def panes(self) -> list[QWidget]:
        """Tabs, filter, table."""
        return [self._bar, self._field, self.tab.table]

    def leave(self) -> None:
        """Remember which kind was in front."""
        self.session.state.put(_STATE, self.tab.kind.value)

    # -- what a user can do

    @property
    def tab(self) -> NamesTab:
        """The tab in front."""
        return self._tabs[ORDER[self._bar.currentIndex()]]

    def add(self) -> None:
        """Ask for a new name."""
        dialog = AddDialog(self.session, self.tab.kind)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rename(self) -> None:
        """Edit the current name in place."""
        self.tab.table.edit_current()

    def merge(self) -> None:
        """Ask which of the selected names stays, and let the others become it."""
        kind, rows = self.tab.kind, self.tab.selected()
        if len(rows) < 2:
            return
        dialog = MergeDialog(self.session, kind, rows)
        ids = [row.id for row in rows]
        dialog.accepted.connect(
            lambda: self.session.bridge.run_command(names.merge(kind, ids, dialog.into()))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def delete(self) -> None:
        """Delete the selected names; the purchases stay, and undo brings the names back."""
        ids = list(self.tab.table.selected_ids())
        if ids and not self.session.ledger.read_only:
            self.session.bridge.run_command(names.delete(self.tab.kind, ids))

    def show_purchases(self) -> None:
        """Show the purchases that use the current name."""
        id = self.tab.table.current_id()
        if id is not None:
            self._show_purchases(self.tab.kind, id)

    def open_web_page(self) -> None:
        """Open the web page of the current name in the browser."""
        rows = self.tab.selected()
        try:
            address = web_page(rows[0].url) if len(rows) == 1 else ""
        except ValueError as problem:
            self.session.notices.show_problem(str(problem))
            return
        if address:
            QDesktopServices.openUrl(QUrl(address))

    # -- inside

    def _show_purchases(self, kind: NameKind, id: int) -> None:
        self.session.show_page("purchases", filter=purchases_with(kind, id))

    def _tab_changed(self, at: int) -> None:
        tab = self._tabs[ORDER[at]]
        self._stack.setCurrentWidget(tab)
        self._new.setText(new_text(tab.kind))
        self._words.setText(purpose(tab.kind))
        tab.set_filter(self._field.text().strip())
        tab.load()
        self._refresh_actions()

    def _filter(self, text: str) -> None:
        self.tab.set_filter(text.strip())

    def _take_counts(self, counts: dict[NameKind, int]) -> None:
        for at, kind in enumerate(ORDER):
            self._bar.setTabText(at, f"{plural(kind)}  {formats.count(counts[kind])}")
            self._bar.setAccessibleTabName(at, counted(kind, counts[kind]))

    def _refresh_actions(self) -> None:
        selected = self.tab.table.selected_count()
        shown = counted(self.tab.kind, self.tab.model.rowCount())
        chosen = " · " + tr_n("{n} selected", "{n} selected", selected) if selected else ""
        self._selected.setText(shown + chosen)
        self._merge.setEnabled(selected > 1 and not self.session.ledger.read_only)
        self.session.actions.refresh_soon()

    def _lay_out(self) -> None:
        look = self.session.theme
        head = PageHeader(tr("Retailers & brands"))
        head.add_control(self._merge)
        head.add_control(self._new)
        margin = look.space("xl")
        tabs = QHBoxLayout()
        tabs.setContentsMargins(margin - look.space("m"), 0, margin, 0)
        tabs.addWidget(self._bar)
        tabs.addStretch()
        filters = QHBoxLayout()
        filters.setContentsMargins(margin, look.space("m"), margin, look.space("m"))
        filters.setSpacing(look.space("l"))
        filters.addWidget(self._field)
        filters.addWidget(self._words, 1)
        foot = QWidget()
        foot.setProperty("ground", "surfaceAlt")
        foot.setFixedHeight(look.px(34))
        below = QHBoxLayout(foot)
        below.setContentsMargins(margin, 0, margin, 0)
        below.addWidget(self._selected, 1)
        self._field.setFixedWidth(look.px(_FIELD))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(tabs)
        column.addWidget(_rule())
        column.addLayout(filters)
        column.addWidget(_rule())
        column.addWidget(self._stack, 1)
        column.addWidget(_rule())
        column.addWidget(foot)

    def _declare(self) -> None:
        actions, can_write = self.session.actions, not self.session.ledger.read_only

        def some() -> bool:
            return can_write and self.tab.table.selected_count() > 0

        def one() -> bool:
            return self.tab.table.selected_count() == 1

        actions.add(
            Action(
                "names.add",
                tr("&Add a name…"),
                self.add,
                Place("data", 10, 0),
                icon="plus",
                shortcuts=("Ctrl+Shift+N",),
                enabled=lambda: can_write,
                page=PAGE,
            ),
            Action(
                "names.rename",
                tr("&Rename"),
                self.rename,
                Place("data", 10, 10),
                icon="pencil",
                shortcuts=("F2",),
                enabled=some,
                page=PAGE,
                within=self,
            ),
            Action(
                "names.merge",
                tr("&Merge…"),
                self.merge,
                Place("data", 10, 20),
                icon="merge",
                shortcuts=("Ctrl+M",),
                enabled=lambda: can_write and self.tab.table.selected_count() > 1,
                page=PAGE,
            ),
            Action(
                "names.purchases",
                tr("&Show purchases"),
                self.show_purchases,
                Place("data", 10, 30),
                icon="receipt-text",
                enabled=one,
                page=PAGE,
            ),
            Action(
                "names.open",
                tr("&Open web page"),
                self.open_web_page,
                Place("data", 10, 40),
                icon="external-link",
                enabled=lambda: one() and any(row.url for row in self.tab.selected()),
                page=PAGE,
            ),
            Action(
                "names.delete",
                tr("&Delete"),
                self.delete,
                Place("data", 10, 50),
                icon="trash-2",
                shortcuts=("Del",),
                enabled=some,
                page=PAGE,
                within=self._stack,
            ),
        )
        actions.handle("edit.copy", PAGE, self._copy, some)
        actions.handle("edit.select_all", PAGE, self._select_all)
        actions.handle("edit.find", PAGE, self._focus_field)

    def _copy(self) -> None:
        self.tab.table.copy()

    def _select_all(self) -> None:
        self.tab.table.selectAll()

    def _focus_field(self) -> None:
        self._field.setFocus()
        self._field.selectAll()


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", "horizontal")
    return line
