"""The palette itself: a field over a list, in the upper third of the window."""

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.palette import entries
from app.ui.palette.delegate import PaletteDelegate
from app.ui.palette.entries import EntryGroup
from app.ui.palette.model import PaletteModel, spoken
from app.ui.session import FoundRecord, RecordProvider, Session
from app.ui.widgets.key_badge import KeyBadge
from app.ui.widgets.label import Label

_WIDTH, _FIELD, _LIST_MOST = 560, 42, 392
_EDGE = 16
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}


class Palette(QDialog):
    """Lies over the window it belongs to until something is chosen, Esc is pressed or a click falls beside it.

    It is a part of the window rather than a window of its own, because Wayland places windows as it likes.
    While it is open, keys reach nothing else.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.setWindowFlags(Qt.WindowType.Widget)
        self._session = session
        self._focus_before: QWidget | None = QApplication.focusWidget()
        self._found: dict[str, EntryGroup] = {}
        self._shown_text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Command palette"))
        self.setAutoFillBackground(False)
        self.field = QLineEdit()
        self.list = QListView()
        self.model = PaletteModel(self)
        self._nothing = Label(tr("Nothing found"), tone="secondary")
        self._card = QFrame(self)
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.finished.connect(self._give_focus_back)

    def open_over(self, window: QWidget) -> None:
        """Show it over `window` with the focus in its field."""
        window.installEventFilter(self)
        self._session.actions.refresh()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def titles(self) -> list[str]:
        """Return the titles of the entries that are offered."""
        found = [self.model.entry(row) for row in range(self.model.rowCount())]
        return [entry.title for entry in found if entry is not None]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close at a click beside the palette."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list from the field, and stay in place when the window is resized."""
        if watched is self.field:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    # -- inside

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move_to(self.model.next_row(self.list.currentIndex().row(), _STEPS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape or (
            key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.reject()
        elif key == Qt.Key.Key_PageDown:
            self._move_to(self.model.next_row(self.model.rowCount(), -1))
        elif key == Qt.Key.Key_PageUp:
            self._move_to(self.model.next_row(-1, 1))
        else:
            return False
        return True

    def _move_to(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else self.model.index(-1))
        entry = self.model.entry(row)
        if entry is not None:
            # The heading of the first group is worth seeing too.
            self.list.scrollTo(self.model.index(0 if row == 1 else row))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, spoken(entry)))

    def _choose(self, row: int) -> None:
        entry = self.model.entry(row)
        if entry is not None:
            self.accept()
            entry.run()

    def _search(self, text: str) -> None:
        wanted = text.strip()
        if not wanted:
            self._found.clear()
        for provider in self._session.records if wanted else ():
            self._session.bridge.read(
                partial(_found_by, provider, wanted),
                partial(self._records_came, provider, wanted),
                key=("palette", provider.id),
            )
        self._show(wanted)

    def _records_came(self, provider: RecordProvider, text: str, found: Sequence[FoundRecord]) -> None:
        if shiboken6.isValid(self) and self.field.text().strip() == text:
            self._found[provider.id] = entries.records(provider, text, found)
            self._show(text)

    def _show(self, text: str) -> None:
        groups = [entries.commands(self._session, text), entries.pages(self._session, text)]
        groups += [
            self._found[provider.id] for provider in self._session.records if provider.id in self._found
        ]
        held = self.model.entry(self.list.currentIndex().row())
        self.model.set_groups(groups)
        # What the user moved to stays chosen when records come later; another text begins at the top again.
        row = self.model.row_of(held.title) if held is not None and text == self._shown_text else -1
        if row < 0:
            row = self.model.next_row(-1, 1)
        self._shown_text = text
        self._nothing.setVisible(self.model.rowCount() == 0)
        self.list.setVisible(self.model.rowCount() > 0)
        self._fit()
        self._move_to(row)

    def _lay_out(self) -> None:
        theme = self._session.theme
        self._card.setObjectName("card")
        self.field.setObjectName("paletteField")
        self.field.setPlaceholderText(tr("Search or run a command"))
        self.field.setAccessibleName(tr("Search or run a command"))
        self.field.setFrame(False)
        self.field.setStyleSheet(
            "QLineEdit, QLineEdit:focus { border: 0; background: transparent; padding: 0; }"
        )
        icon = QLabel()
        icon.setPixmap(theme.icons.pixmap("search", "textSecondary", theme.px(16), self.devicePixelRatioF()))
        top = QHBoxLayout()
        top.setContentsMargins(_EDGE, 0, 10, 0)
        top.setSpacing(10)
        for piece in (icon, self.field, KeyBadge(tr("Esc"))):
            top.addWidget(piece)
        head = QWidget()
        head.setLayout(top)
        head.setFixedHeight(theme.px(_FIELD))
        line = QFrame()
        line.setProperty("rule", "horizontal")
        self._nothing.setContentsMargins(_EDGE, 12, _EDGE, 12)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setAccessibleName(tr("Commands, pages and records"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setProperty("ground", "raised")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 7)
        column.setSpacing(0)
        for widget in (head, line, self.list, self._nothing):
            column.addWidget(widget)
        shadow = QGraphicsDropShadowEffect(self._card)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 8)
        shadow.setColor(theme.color("shadow"))
        self._card.setGraphicsEffect(shadow)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(QRect(QPoint(), window.size()))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the lines need, in the upper third."""
        theme = self._session.theme
        height = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        top = self.height() // 6
        room = self.height() - top - theme.px(_FIELD) - 3 * _EDGE
        self.list.setFixedHeight(max(0, min(height, theme.px(_LIST_MOST), room)))
        width = min(theme.px(_WIDTH), self.width() - 2 * _EDGE)
        self._card.setFixedWidth(width)
        self._card.adjustSize()
        self._card.move((self.width() - width) // 2, top)

    def _give_focus_back(self) -> None:
        before = self._focus_before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()


def _found_by(provider: RecordProvider, text: str, interrupt: Interrupt) -> Sequence[FoundRecord]:
    return provider.search(text, entries.RECORDS_SHOWN, interrupt)
