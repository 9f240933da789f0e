"""The filters of a table: a field, the chips that are set, and what adds or clears them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import flat, link
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.flow import FlowLayout

_FIELD = 200
_ICON = 16
_BELOW = 12


class FilterField(QLineEdit):
    """A line edit with the filter icon in it; Esc empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("dense", "true")
        self.setClearButtonEnabled(True)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field with Esc; an empty one leaves the key to its surroundings."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the icon into its left margin."""
        super().paintEvent(event)
        look = theme.current()
        side = look.px(_ICON)
        drawing = look.icons.pixmap("list-filter", "textSecondary", side, self.devicePixelRatioF())
        with QPainter(self) as painter:
            painter.drawPixmap(9, (self.height() - side) // 2, drawing)

    def _restyle(self) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(_FIELD))
        self.setTextMargins(look.px(_ICON) + 7, 0, 0, 0)
        self.update()


class FilterBar(QWidget):
    """A filter field, chips, "Add filter" and "Clear filters"; begins a second line when it is narrow.

    `field` is the line edit, `add_button` the button that the menu of filters belongs to. The signals with a text
    carry the key of a chip.
    """

    text_changed = Signal(str)
    chip_edit_requested = Signal(str)
    chip_removed = Signal(str)
    add_requested = Signal()
    clear_requested = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[ChipButton] = []
        self.field = FilterField()
        self.field.setPlaceholderText(placeholder or tr("Filter this table"))
        self.field.setAccessibleName(placeholder or tr("Filter this table"))
        self.add_button = flat(tr("Add filter"), "plus")
        self._clear = link(tr("Clear filters"))
        for button in (self.add_button, self._clear):
            button.setProperty("dense", "true")
        self._lay_out()
        self.field.textChanged.connect(self._text_changed)
        self.add_button.clicked.connect(self.add_requested)
        self._clear.clicked.connect(self.clear_requested)
        self._show_clear()

    def text(self) -> str:
        """Return what is typed in the field."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Put a text into the field; `text_changed` tells it as if it were typed."""
        self.field.setText(text)

    def chips(self) -> list[Chip]:
        """Return the chips shown, in their order."""
        return [button.chip for button in self._chips]

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; where the focus was on one that is gone, it goes to its neighbour."""
        focused = next((at for at, button in enumerate(self._chips) if button.hasFocus()), -1)
        for button in self._chips:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._chips = [self._made(chip, at) for at, chip in enumerate(chips)]
        order = [self.field, *self._chips, self.add_button, self._clear]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self._show_clear()
        if focused >= 0:
            heir = self._chips[min(focused, len(self._chips) - 1)] if self._chips else self.field
            heir.setFocus(Qt.FocusReason.OtherFocusReason)

    def chip_button(self, key: str) -> ChipButton | None:
        """Return the button of a chip, to set a popup beside it."""
        return next((button for button in self._chips if button.chip.key == key), None)

    def clear_button(self) -> QPushButton:
        """Return the link that clears all filters."""
        return self._clear

    def focus_field(self) -> None:
        """Put the cursor into the field, all of its text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _made(self, chip: Chip, at: int) -> ChipButton:
        button = ChipButton(chip)
        button.edit_requested.connect(self.chip_edit_requested)
        button.remove_requested.connect(self.chip_removed)
        self._flow.insert_widget(1 + at, button)
        button.show()
        return button

    def _lay_out(self) -> None:
        look = theme.current()
        left = QWidget()
        self._flow = FlowLayout(left, gap=look.space("s"), line_gap=look.space("s"))
        self._flow.addWidget(self.field)
        self._flow.addWidget(self.add_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("xl"), 0, look.space("xl"), _BELOW)
        row.setSpacing(look.space("s"))
        row.addWidget(left, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)

    def _text_changed(self, text: str) -> None:
        self._show_clear()
        self.text_changed.emit(text)

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self._chips or self.field.text()))
