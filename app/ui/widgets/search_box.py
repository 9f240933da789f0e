"""The field of the toolbar that opens the command palette."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import theme
from app.ui.widgets.focus_ring import NO_RING

_ICON, _PAD, _GAP = 16, 9, 8
_BADGE_PAD, _BADGE_HEIGHT, _BADGE_INSET = 6, 18, 6


class SearchBox(QAbstractButton):
    """Looks like a field, works like a button; `shortcut` is the text of the key that does the same."""

    def __init__(self, text: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcut = shortcut
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(shortcut)
        self.setProperty(NO_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """320 wide, as high as a control."""
        look = theme.current()
        return QSize(look.px(320), look.size("control"))

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and the shortcut."""
        look = theme.current()
        return QSize(_PAD * 2 + look.px(_ICON) + _GAP + self._badge_width(), look.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint field, icon, text and the shortcut's badge."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            side = look.px(_ICON)
            top = (self.height() - side) // 2
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(_PAD, top, look.icons.pixmap("search", "textSecondary", side, ratio))
            badge = self._paint_badge(painter)
            painter.setFont(look.font("body"))
            painter.setPen(look.color("textPlaceholder"))
            left = _PAD + side + _GAP
            words = QRect(left, 0, badge.x() - left - _GAP, self.height())
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_frame(self, painter: QPainter) -> None:
        look = theme.current()
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(look.color("focus" if self.hasFocus() else "borderControl"), width))
        painter.setBrush(look.color("surface"))
        half = width / 2
        radius = look.radius("control") - half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _paint_badge(self, painter: QPainter) -> QRect:
        look = theme.current()
        height = look.px(_BADGE_HEIGHT)
        width = self._badge_width()
        badge = QRect(self.width() - _BADGE_INSET - width, (self.height() - height) // 2, width, height)
        painter.setPen(QPen(look.color("borderStrong"), 1))
        painter.setBrush(look.color("surfaceAlt"))
        painter.drawRoundedRect(QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("textSecondary"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._shortcut)
        return badge

    def _badge_width(self) -> int:
        metrics = QFontMetrics(theme.current().font("caption"))
        return metrics.horizontalAdvance(self._shortcut) + 2 * _BADGE_PAD

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
