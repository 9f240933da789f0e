"""Paints the rows of the sidebar."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import formats
from app.ui.theme import theme

ITEM_ROLE = Qt.ItemDataRole.UserRole

_MARGIN, _PAD, _ICON, _ICON_TO_TEXT = 8, 10, 16, 10
_BAR_WIDTH, _BAR_HEIGHT = 3, 16
_BADGE_INSET = 8
_Index = QModelIndex | QPersistentModelIndex


class SidebarDelegate(QStyledItemDelegate):
    """Rows with icon, label and count, and the labels of groups.

    The row's data under `ITEM_ROLE` is a sidebar item (with text, icon, count, attention, new) or a group's label.
    """

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Items are 30 high with 1 between; a group's label keeps its distance from the group before."""
        look = theme.current()
        if isinstance(index.data(ITEM_ROLE), str):
            return QSize(10, 13 if self._icon_only(index) else look.px(16) + 17)
        return QSize(10, look.size("sidebarItem") + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = index.data(ITEM_ROLE)
        if isinstance(entry, str):
            self._paint_group(painter, option.rect, entry, self._icon_only(index))
        else:
            self._paint_item(painter, option, index)
        painter.restore()

    @staticmethod
    def _icon_only(index: _Index) -> bool:
        return bool(getattr(index.model(), "icon_only", False))

    @staticmethod
    def _paint_group(painter: QPainter, rect: QRect, label: str, icon_only: bool) -> None:
        look = theme.current()
        if icon_only:
            middle = rect.center().y()
            painter.fillRect(rect.x() + 14, middle, rect.width() - 28, 1, look.color("borderStrong"))
            return
        painter.setFont(look.font("groupLabel"))
        painter.setPen(look.color("textSecondary"))
        place = rect.adjusted(_MARGIN + _PAD, 0, -_MARGIN, -5)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, label)

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        item = index.data(ITEM_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(_MARGIN, 0, -_MARGIN, -1)
        self._paint_ground(painter, option, box, selected)
        side = look.px(_ICON)
        icon_at = QPoint(box.x() + _PAD, box.y() + (box.height() - side) // 2)
        ratio = painter.device().devicePixelRatio()
        ink = "accent" if selected else "textSecondary"
        painter.drawPixmap(icon_at, look.icons.pixmap(item.icon, ink, side, ratio))
        if self._icon_only(index):
            self._paint_dot(painter, icon_at, item.attention, item.new)
            return
        right = self._paint_figures(painter, box, item.count, item.attention, item.new)
        font = look.font("bodyStrong" if selected else "body")
        painter.setFont(font)
        painter.setPen(look.color("text"))
        left = icon_at.x() + side + _ICON_TO_TEXT
        place = QRect(left, box.y(), right - left - 6, box.height())
        text = QFontMetrics(font).elidedText(item.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect, selected: bool) -> None:
        look = theme.current()
        radius = look.radius("control")
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or hovered:
            painter.setBrush(look.color("selection" if selected else "hover"))
            painter.drawRoundedRect(box, radius, radius)
        if selected:
            bar = QRect(box.x(), box.y() + (box.height() - _BAR_HEIGHT) // 2, _BAR_WIDTH, _BAR_HEIGHT)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused and getattr(option.widget, "by_keyboard", False):
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), radius - 1, radius - 1)

    @classmethod
    def _paint_figures(
        cls, painter: QPainter, box: QRect, count: int | None, attention: int, new: int
    ) -> int:
        """Paint what stands at the right; return where it begins."""
        look = theme.current()
        if attention:
            return cls._paint_badge(painter, box, attention, look.color("warningSoft"), look.color("warning"))
        if new:
            return cls._paint_badge(painter, box, new, look.color("accentFill"), look.color("onAccent"))
        if count is None:
            return box.right() + 1 - _PAD
        font = look.num_font("small")
        painter.setFont(font)
        painter.setPen(look.color("textSecondary"))
        text = formats.count(count)
        place = box.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return place.right() + 1 - QFontMetrics(font).horizontalAdvance(text)

    @staticmethod
    def _paint_badge(painter: QPainter, box: QRect, number: int, fill: QColor, ink: QColor) -> int:
        look = theme.current()
        font = look.num_font("groupLabel")
        font.setLetterSpacing(font.letterSpacingType(), 100)
        text = formats.count(number)
        height = look.size("pill")
        width = max(QFontMetrics(font).horizontalAdvance(text) + 16, height)
        top = box.y() + (box.height() - height) // 2
        badge = QRect(box.right() + 1 - _BADGE_INSET - width, top, width, height)
        painter.setPen(QPen(ink, 1) if look.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return badge.x()

    @staticmethod
    def _paint_dot(painter: QPainter, icon_at: QPoint, attention: int, new: int) -> None:
        if not attention and not new:
            return
        look = theme.current()
        painter.setPen(QPen(look.color("sidebar"), 2))
        painter.setBrush(look.color("warning" if attention else "accent"))
        painter.drawEllipse(QPointF(icon_at.x() + look.px(_ICON), icon_at.y()), 5, 5)
