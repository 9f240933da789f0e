"""A filter chip: "Category is Electronics ✕"."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme

_PAD, _BETWEEN, _CROSS_WIDTH = 10, 6, 24
_ICON = 14
_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words; `key` tells it from the others: Chip("category", "Category is", "Electronics")."""

    key: str
    label: str
    value: str


class ChipButton(QAbstractButton):
    """Shows a chip. Enter, Space or a click edits it, Delete or its ✕ removes it; long values are elided."""

    edit_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.setText(f"{chip.label} {chip.value}")
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(tr("Enter edits this filter, Delete removes it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.edit_requested.emit(chip.key))
        theme.current().changed.connect(self._restyle)

    @property
    def chip(self) -> Chip:
        """The filter shown."""
        return self._chip

    def sizeHint(self) -> QSize:
        """The whole text, but not more than a value of some length needs."""
        label, value = self._fonts()
        words = self._value_left(label) + QFontMetrics(value).horizontalAdvance(self._chip.value) + 1
        look = theme.current()
        return QSize(min(words, look.px(340)) + self._cross().width(), look.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Enter edits; Space is QAbstractButton's own."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit(self._chip.key)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_requested.emit(self._chip.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the ✕ is not one on the button."""
        if not self._on_cross(event.position().toPoint()):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove on a click on the ✕."""
        if not self.isDown() and self._on_cross(event.position().toPoint()):
            self.remove_requested.emit(self._chip.key)
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        super().mouseMoveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint fill, words and ✕."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = look.radius("control")
            painter.setPen(QPen(look.color("accent"), 1) if look.high_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection" if self.isDown() or self.underMouse() else "accentSoft"))
            painter.drawRoundedRect(self.rect(), radius, radius)
            self._paint_words(painter)
            cross = self._cross()
            hovered = self.underMouse() and self._on_cross(self.mapFromGlobal(self.cursor().pos()))
            ink = "text" if hovered else "textSecondary"
            side = look.px(_ICON)
            drawing = look.icons.pixmap("x", ink, side, self.devicePixelRatioF())
            painter.drawPixmap(cross.center().x() - side // 2 + 1, (self.height() - side) // 2, drawing)

    def _paint_words(self, painter: QPainter) -> None:
        label_font, value_font = self._fonts()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.current().color("text"))
        painter.setFont(label_font)
        painter.drawText(QRect(_PAD, 0, self.width(), self.height()), flags, self._chip.label)
        left = self._value_left(label_font)
        room = self._cross().x() - left
        metrics = QFontMetrics(value_font)
        painter.setFont(value_font)
        shown = metrics.elidedText(self._chip.value, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), flags, shown)

    def _value_left(self, label_font: QFont) -> int:
        if not self._chip.label:
            return _PAD
        return _PAD + QFontMetrics(label_font).horizontalAdvance(self._chip.label) + _BETWEEN

    @staticmethod
    def _fonts() -> tuple[QFont, QFont]:
        look = theme.current()
        return look.num_font("body"), look.num_font("bodyStrong")

    def _cross(self) -> QRect:
        width = theme.current().px(_CROSS_WIDTH)
        return QRect(self.width() - width, 0, width, self.height())

    def _on_cross(self, point: QPoint) -> bool:
        return self._cross().contains(point)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
