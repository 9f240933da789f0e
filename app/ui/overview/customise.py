"""The dialog in which cards are chosen and put in order."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.i18n import tr
from app.ui.overview import words
from app.ui.overview.choices import Arrangement, Card, Figure
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, icon_button, set_kind
from app.ui.widgets.label import Label

_KEY = Qt.ItemDataRole.UserRole
_LINE, _WIDTH, _LEAST_LINES = 30, 420, 2
_AROUND = 80
"""So much of the screen's height is left to the frame of the window and the panels."""


class _Lines(QListWidget):
    """The lines; `asked_to_move` tells that the current one is to go up (-1) or down (1)."""

    asked_to_move = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._show_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current line with Alt and the arrows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.asked_to_move.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._show_focus()

    def fit(self) -> None:
        """Be as high as the lines are, or less on a small screen, where they scroll."""
        line = theme.current().px(_LINE)
        self.setMinimumHeight(min(self.count(), _LEAST_LINES) * line)
        self.setMaximumHeight(self.count() * line + 4)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The height of all lines."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def _show_focus(self) -> None:
        look = theme.current()
        ink = look.color("focus" if self.hasFocus() else "border").name()
        fill = look.color("selection" if self.hasFocus() else "selectionInactive").name()
        self.setStyleSheet(f"QListWidget {{ border: 1px solid {ink}; selection-background-color: {fill}; }}")


class CardList(QWidget):
    """A list whose lines are ticked, and moved by buttons, by Alt with the arrows, or by dragging."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.list = _Lines()
        self.list.setAccessibleName(title)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.up = icon_button("arrow-up", tr("Move up: {list} (Alt+Up)").format(list=title), compact=True)
        self.down = icon_button(
            "arrow-down", tr("Move down: {list} (Alt+Down)").format(list=title), compact=True
        )
        for made, step in ((self.up, -1), (self.down, 1)):
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, step=step: self.move_line(step))
        self.list.asked_to_move.connect(self.move_line)
        self.list.currentRowChanged.connect(self._show_ways)
        self.list.model().rowsMoved.connect(lambda *_moved: self._show_ways())
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(title, "bodyStrong"))
        column.addLayout(row)

    def fill(self, keys: Sequence[str], names: Mapping[str, str], hidden: frozenset[str]) -> None:
        """Show these lines in this order, those that are not hidden ticked."""
        line = theme.current().px(_LINE)
        self.list.clear()
        for key in keys:
            item = QListWidgetItem(names[key], self.list)
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Unchecked if key in hidden else Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, line))
        self.list.fit()
        self.list.setCurrentRow(0)
        self._show_ways()

    def order(self) -> list[str]:
        """Return the keys of the lines in their order."""
        return [str(item.data(_KEY)) for item in self._items()]

    def hidden(self) -> set[str]:
        """Return the keys of the lines that are not ticked."""
        return {
            str(item.data(_KEY)) for item in self._items() if item.checkState() is not Qt.CheckState.Checked
        }

    def move_line(self, step: int) -> None:
        """Move the current line up (-1) or down (1)."""
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + step < self.list.count():
            self.list.insertItem(at + step, self.list.takeItem(at))
            self.list.setCurrentRow(at + step)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _show_ways(self) -> None:
        at = self.list.currentRow()
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < self.list.count() - 1)


class CustomiseDialog(QDialog):
    """Which figures and cards the page shows, and in which order."""

    def __init__(self, present: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Customise overview"))
        self.figures = CardList(tr("Figures"))
        self.cards = CardList(tr("Cards"))
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.reset = self.buttons.addButton(tr("Reset"), QDialogButtonBox.ButtonRole.ResetRole)
        cancel = self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self.save, ButtonKind.PRIMARY)
        for other in (self.reset, cancel):
            set_kind(other, ButtonKind.DEFAULT)
            other.setAutoDefault(False)
        self.save.setDefault(True)
        self.reset.setToolTip(tr("Show the cards again that there are at first"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.reset.clicked.connect(lambda: self.show_arrangement(Arrangement()))
        look = theme.current()
        column = QVBoxLayout(self)
        margin = look.space("xl")
        column.setContentsMargins(margin, look.space("l"), margin, look.space("l"))
        column.setSpacing(look.space("m"))
        words_above = Label(
            tr("Tick what you want to see, and put it in order. A card without any data is left out."),
            "small",
            "secondary",
            wrap=True,
        )
        column.addWidget(words_above)
        column.addWidget(self.figures)
        column.addWidget(self.cards)
        column.addWidget(self.buttons)
        self.show_arrangement(present)
        self.setMinimumWidth(look.px(_WIDTH))
        room = self.screen().availableGeometry().height() - _AROUND
        self.resize(look.px(_WIDTH), min(self.sizeHint().height(), room))
        self.figures.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_arrangement(self, present: Arrangement) -> None:
        """Show what is ticked and in which order."""
        self.figures.fill(present.figures, {key: words.figure_name(key) for key in Figure}, present.hidden)
        self.cards.fill(present.cards, {key: words.card_name(key) for key in Card}, present.hidden)

    def arrangement(self) -> Arrangement:
        """Return what is chosen."""
        return Arrangement(
            tuple(Figure(key) for key in self.figures.order()),
            tuple(Card(key) for key in self.cards.order()),
            frozenset(self.figures.hidden() | self.cards.hidden()),
        )
