"""The field of the toolbar that opens the command palette."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import theme
from app.ui.widgets.focus_ring import NO_RING
from app.ui.widgets.key_badge import key_badge_size, paint_key_badge

_ICON, _PAD, _GAP = 16, 9, 8
_BADGE_INSET = 6


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
        return QSize(
            _PAD * 2 + look.px(_ICON) + _GAP + key_badge_size(self._shortcut).width(), look.size("control")
        )

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
            edge = self._paint_badge(painter)
            painter.setFont(look.font("body"))
            painter.setPen(look.color("textPlaceholder"))
            left = _PAD + side + _GAP
            words = QRect(left, 0, edge - left - _GAP, self.height())
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

    def _paint_badge(self, painter: QPainter) -> int:
        """Paint the shortcut; return where it begins."""
        size = key_badge_size(self._shortcut)
        corner = QPoint(self.width() - _BADGE_INSET - size.width(), (self.height() - size.height()) // 2)
        paint_key_badge(painter, corner, self._shortcut)
        return corner.x()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
