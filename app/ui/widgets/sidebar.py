"""The sidebar: the pages in groups, with counts and what needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.label import plain_tip
from app.ui.widgets.sidebar_delegate import ITEM_ROLE, SidebarDelegate

_EDGE = 10
_NARROW = 52
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """A page in the sidebar: a grey count, or how much needs attention, or how much is new."""

    id: str
    text: str
    icon: str
    group: str = ""
    count: int | None = None
    attention: int = 0
    new: int = 0

    def spoken(self) -> str:
        """Return what a screen reader says: "Warranties, 2 need attention"."""
        if self.attention:
            needs = tr_n("{n} needs attention", "{n} need attention", self.attention)
            return tr("{page}, {what}").format(page=self.text, what=needs)
        if self.new:
            fresh = tr_n("{n} new", "{n} new", self.new)
            return tr("{page}, {what}").format(page=self.text, what=fresh)
        if self.count is not None:
            return tr("{page}, {what}").format(page=self.text, what=formats.count(self.count))
        return self.text


class SidebarModel(QAbstractListModel):
    """The rows of the sidebar: items, and the labels of their groups."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SidebarItem | str] = []
        self.icon_only = False

    def set_items(self, items: Sequence[SidebarItem]) -> None:
        """Show other items, a label before each group."""
        self.beginResetModel()
        self._rows = []
        group = ""
        for item in items:
            if item.group and item.group != group:
                self._rows.append(item.group)
            group = item.group
            self._rows.append(item)
        self.endResetModel()

    def row_of(self, page_id: str) -> int:
        """Return the row of a page, -1 when there is none."""
        for row, entry in enumerate(self._rows):
            if isinstance(entry, SidebarItem) and entry.id == page_id:
                return row
        return -1

    def id_at(self, row: int) -> str:
        """Return the page of a row, "" for a group's label."""
        entry = self._rows[row] if 0 <= row < len(self._rows) else ""
        return entry.id if isinstance(entry, SidebarItem) else ""

    def change(self, page_id: str, count: int | None, attention: int, new: int) -> None:
        """Give a page other figures; a page that is not there is passed over."""
        row = self.row_of(page_id)
        entry = self._rows[row] if row >= 0 else ""
        if isinstance(entry, SidebarItem):
            self._rows[row] = replace(entry, count=count, attention=attention, new=new)
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Group labels cannot be reached."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate, type-ahead, tooltips and screen readers ask for."""
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
        if role == ITEM_ROLE:
            return entry
        text = entry if isinstance(entry, str) else entry.text
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text if isinstance(entry, str) else entry.spoken()
        if role == Qt.ItemDataRole.ToolTipRole and self.icon_only and isinstance(entry, SidebarItem):
            return plain_tip(entry.spoken())
        return None


class _List(QListView):
    """The list inside; it tells whether the focus came by the keyboard, so that the ring shows only then."""

    def __init__(self) -> None:
        super().__init__()
        self.by_keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring unless a click brought the focus."""
        self.by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the ring from now on."""
        self.by_keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show no ring after a click."""
        self.by_keyboard = False
        super().mousePressEvent(event)


class SidebarView(QFrame):
    """The sidebar. `activated` tells the id of the page that the user went to, by click or by arrow key."""

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "sidebar")
        self.setObjectName("sidebar")
        self._quiet = False
        self._model = SidebarModel(self)
        self._list = _List()
        self._list.setProperty("ground", "sidebar")
        self._list.setModel(self._model)
        self._list.setItemDelegate(SidebarDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(tr("Pages"))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.selectionModel().currentChanged.connect(self._current_changed)
        self.setFocusProxy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _EDGE, 0, _EDGE)
        column.addWidget(self._list)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def set_items(self, items: Sequence[SidebarItem]) -> None:
        """Show these pages; the current one stays current if it is among them."""
        held = self.current()
        self._quiet = True
        self._model.set_items(items)
        self._quiet = False
        self.set_current(held)

    def current(self) -> str:
        """Return the id of the current page, "" for none."""
        return self._model.id_at(self._list.currentIndex().row())

    def set_current(self, page_id: str) -> None:
        """Mark a page as the current one without telling anybody; an unknown id is passed over."""
        row = self._model.row_of(page_id)
        if row >= 0:
            self._quiet = True
            self._list.setCurrentIndex(self._model.index(row))
            self._quiet = False

    def set_counts(self, page_id: str, count: int | None = None, *, attention: int = 0, new: int = 0) -> None:
        """Change what stands at the right of a page."""
        self._model.change(page_id, count, attention, new)

    def set_icon_only(self, icon_only: bool) -> None:
        """Show the icons alone, with the names as tooltips, where the window is narrow."""
        if icon_only != self._model.icon_only:
            self._model.icon_only = icon_only
            self._restyle()

    def is_icon_only(self) -> bool:
        """Return whether only the icons are shown."""
        return self._model.icon_only

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew when the style changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._list.scheduleDelayedItemsLayout()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        page_id = self._model.id_at(current.row())
        if page_id and not self._quiet:
            self.activated.emit(page_id)

    def _restyle(self) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(_NARROW) + 1 if self._model.icon_only else look.size("sidebarWidth"))
        self._list.scheduleDelayedItemsLayout()
        self._list.viewport().update()
