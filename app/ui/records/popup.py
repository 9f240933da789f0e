"""The popups in which filters are chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.text import fold
from app.ui.i18n import tr
from app.ui.theme import theme

_SEARCHED_FROM = 9
_ROWS = 10
_LINE = 28
_FOLDED = Qt.ItemDataRole.UserRole + 1
_VALUE = Qt.ItemDataRole.UserRole + 2


class FilterPopup(QFrame):
    """A small window below a button; Esc closes it and gives the focus back."""

    def __init__(self, name: str, width: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self.setFixedWidth(theme.current().px(width))
        self.column = QVBoxLayout(self)
        space = theme.current().space("m")
        self.column.setContentsMargins(space, space, space, space)
        self.column.setSpacing(theme.current().space("s"))

    def open_below(self, button: QWidget) -> None:
        """Show the popup below a button, where the screen has room for it."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, button.height() + 4))
        room = self.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = corner.y()
        if top + self.height() > room.bottom():
            top = max(room.top(), button.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        self.move(max(left, room.left()), top)
        self.show()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where the user begins."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class ChoicePopup(FilterPopup):
    """Values with a tick each. Every tick takes effect at once; many values can be searched.

    Space ticks, Enter ticks and closes; in the search field Enter ticks the first that is found.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        ticked: frozenset[object],
        chosen: Callable[[frozenset[object]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(name, 260, parent)
        self._chosen = chosen
        self._model = QStandardItemModel(self)
        for value, text in choices:
            item = QStandardItem(text)
            item.setEditable(False)
            item.setSizeHint(QSize(0, theme.current().px(_LINE)))
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            item.setData(fold(text), _FOLDED)
            item.setData(value, _VALUE)
            self._model.appendRow(item)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterRole(_FOLDED)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search"))
        self.field.setAccessibleName(tr("Search in this list"))
        self.field.setVisible(len(choices) >= _SEARCHED_FROM)
        self.list = _TickList(name, self._found)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.list.fit(min(max(len(choices), 1), _ROWS))
        self.field.textChanged.connect(self._search)
        self.list.done.connect(self._tick_and_close)
        self.list.toggled.connect(self._toggle)
        self._model.itemChanged.connect(self._tell)

    def ticked(self) -> frozenset[object]:
        """Return the values that are ticked."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return frozenset(item.data(_VALUE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def focus_first(self) -> None:
        """Begin in the search field, or in a short list."""
        first: QWidget = self.list if self.field.isHidden() else self.field
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentIndex(self._found.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the field into the list, and tick what is found with Enter."""
        key = event.key()
        if key == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.setCurrentIndex(self._found.index(0, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._found.rowCount():
            self._toggle(0)
            self.field.selectAll()
        else:
            super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        self._found.setFilterFixedString(fold(text))

    def _toggle(self, row: int) -> None:
        index = self._found.index(row, 0)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        self._found.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _tick_and_close(self, row: int) -> None:
        if not self.ticked():
            self._toggle(row)
        self.close()

    def _tell(self) -> None:
        self._chosen(self.ticked())


class OneOfPopup(FilterPopup):
    """A few values of which one is chosen; choosing closes the popup."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        present: object,
        chosen: Callable[[object], None],
        parent: QWidget,
    ) -> None:
        super().__init__(name, 200, parent)
        self._chosen = chosen
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setProperty("ground", "raised")
        line = theme.current().px(_LINE)
        for value, text in choices:
            item = QListWidgetItem(text, self.list)
            item.setData(_VALUE, value)
            item.setSizeHint(QSize(0, line))
            if value == present:
                self.list.setCurrentItem(item)
        self.list.setFixedHeight(min(len(choices), _ROWS) * line + 2)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.column.addWidget(self.list)

    def focus_first(self) -> None:
        """Begin in the list."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self, item: QListWidgetItem) -> None:
        if self.isVisible():
            self.close()
            self._chosen(item.data(_VALUE))


class _TickList(QListView):
    """The list of a choice; Space or a click anywhere on a line asks to tick it, Enter is `done`."""

    done = Signal(int)
    toggled = Signal(int)

    def __init__(self, name: str, model: QSortFilterProxyModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setProperty("ground", "raised")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.toggled.emit(index.row()))

    def fit(self, rows: int) -> None:
        """Be as high as so many lines."""
        self.setFixedHeight(rows * theme.current().px(_LINE) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space; Enter is done; Esc is the popup's."""
        key, index = event.key(), self.currentIndex()
        if key == Qt.Key.Key_Space and index.isValid():
            self.toggled.emit(index.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.done.emit(index.row())
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
