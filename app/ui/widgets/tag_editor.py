"""Tags typed into one field: each becomes a chip, the next is typed behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QSizePolicy, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.flow import FlowLayout

_ENDS_TAG = ",;"
_EDIT_WIDTH = 90


class _TagChip(ChipButton):
    """A tag as a chip without a label: the height of a line, no more."""

    def sizeHint(self) -> QSize:
        """Smaller than a filter's chip."""
        size = super().sizeHint()
        return QSize(size.width(), theme.current().px(22))


class TagEditor(QWidget):
    """A field of tags.

    Enter, comma or leaving the field makes a chip of what was typed. Backspace in the empty field removes the last
    one; Left goes to the chips, where Delete removes.
    """

    tags_changed = Signal()

    def __init__(self, known: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._chips: list[_TagChip] = []
        self._known = QStringListModel(list(known), self)
        self._edit = QLineEdit()
        self._edit.setObjectName("bare")
        self._edit.setFrame(False)
        self._edit.installEventFilter(self)
        self._edit.textEdited.connect(self._text_edited)
        self._edit.setCompleter(self._completer())
        self._flow = FlowLayout(self, gap=4, line_gap=4)
        self._flow.setContentsMargins(5, 4, 5, 4)
        self._flow.addWidget(self._edit)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self._edit)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def tags(self) -> tuple[str, ...]:
        """Return the tags, that which is being typed included."""
        typed = self._edit.text().strip()
        return (*self._tags, typed) if typed and not self._has(typed) else tuple(self._tags)

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these tags."""
        self._tags = list(tags)
        self._edit.clear()
        self._show_chips()

    def set_known(self, names: Sequence[str]) -> None:
        """Offer these names as one types."""
        self._known.setStringList(list(names))

    def setAccessibleName(self, name: str) -> None:
        """Name the field for screen readers; the name is read where the cursor is."""
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn keys of the line edit into chips."""
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if kind == QEvent.Type.FocusOut:
                self._take_typed()
            self.update()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._took_key(event):
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the chips is one into the field."""
        super().mousePressEvent(event)
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame of a field, in the colour of its state."""
        look = theme.current()
        focused = self._edit.hasFocus()
        width = 2 if focused else 1
        state = self.property("state")
        color = {"error": "danger", "warning": "warning"}.get(state, "focus" if focused else "borderControl")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color(color), width))
            painter.setBrush(look.color("surface"))
            half = width / 2
            radius = look.radius("control") - half
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _took_key(self, event: QKeyEvent) -> bool:
        typed = self._edit.text()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typed.strip():
            self._take_typed()
            return True
        if not typed and self._chips:
            if key == Qt.Key.Key_Backspace:
                self._remove(self._tags[-1])
                return True
            if key == Qt.Key.Key_Left:
                self._chips[-1].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _text_edited(self, text: str) -> None:
        if any(sign in text for sign in _ENDS_TAG):
            self._take_typed()

    def _take_typed(self) -> None:
        typed = self._edit.text().replace(";", ",")
        added = False
        for part in typed.split(","):
            tag = " ".join(part.split())
            if tag and not self._has(tag):
                self._tags.append(tag)
                added = True
        self._edit.clear()
        if added:
            self._show_chips()
            self.tags_changed.emit()

    def _has(self, tag: str) -> bool:
        return tag.casefold() in (held.casefold() for held in self._tags)

    def _remove(self, tag: str) -> None:
        self._tags.remove(tag)
        self._show_chips()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tags_changed.emit()

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for at, tag in enumerate(self._tags):
            chip = _TagChip(Chip(tag, "", tag), self)
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            chip.setAccessibleDescription(tr("Delete removes this tag"))
            chip.remove_requested.connect(self._remove)
            self._flow.insert_widget(at, chip)
            chip.show()
            self._chips.append(chip)
        self.updateGeometry()

    def _completer(self) -> QCompleter:
        completer = QCompleter(self._known, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("completer")
        completer.setPopup(popup)
        completer.activated.connect(self._take_typed, Qt.ConnectionType.QueuedConnection)
        return completer

    def _restyle(self) -> None:
        look = theme.current()
        self._edit.setMinimumWidth(look.px(_EDIT_WIDTH))
        self._edit.setFixedHeight(look.px(22))
        self.setMinimumHeight(look.size("control"))
        self.update()
