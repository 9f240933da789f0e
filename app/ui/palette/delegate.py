"""Paints the lines of the palette."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.palette.entries import Entry
from app.ui.palette.model import LINE_ROLE
from app.ui.theme import theme
from app.ui.widgets.key_badge import key_badge_size, paint_key_badge

_MARGIN, _PAD, _ICON, _GAP = 6, 10, 16, 10
_ROW, _HEADING = 32, 30
_Index = QModelIndex | QPersistentModelIndex


class PaletteDelegate(QStyledItemDelegate):
    """Headings in small letters; entries with icon, title (matched letters semibold) and shortcut or detail."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Entries are 32 high."""
        heading = isinstance(index.data(LINE_ROLE), str)
        return QSize(10, theme.current().px(_HEADING if heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = index.data(LINE_ROLE)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Entry):
            state = option.state
            self._paint_entry(painter, rect.adjusted(_MARGIN, 0, -_MARGIN, 0), line, state)
        else:
            self._paint_heading(painter, rect.adjusted(_MARGIN + _PAD, 0, -_PAD, 0), str(line))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        look = theme.current()
        font = look.font("small")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(look.color("textSecondary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, state: QStyle.StateFlag) -> None:
        look = theme.current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection" if selected else "hover"))
            painter.drawRoundedRect(QRectF(rect), look.radius("control"), look.radius("control"))
        side = look.px(_ICON)
        if entry.icon:
            ratio = painter.device().devicePixelRatio()
            color = "accent" if selected else "textSecondary"
            drawing = look.icons.pixmap(entry.icon, color, side, ratio)
            painter.drawPixmap(rect.x() + _PAD, rect.y() + (rect.height() - side) // 2, drawing)
        right = self._paint_right(painter, rect, entry)
        left = rect.x() + _PAD + side + _GAP
        self._paint_title(painter, QRect(left, rect.y(), right - left - _GAP, rect.height()), entry)

    def _paint_right(self, painter: QPainter, rect: QRect, entry: Entry) -> int:
        """Paint the shortcut's badge or the detail; return where it begins."""
        look = theme.current()
        edge = rect.right() - _PAD
        if entry.keys:
            size = key_badge_size(entry.keys)
            top = rect.y() + (rect.height() - size.height()) // 2
            paint_key_badge(painter, QPoint(edge - size.width(), top), entry.keys)
            return edge - size.width()
        if entry.detail:
            painter.setFont(look.num_font("body"))
            painter.setPen(look.color("textSecondary"))
            width = painter.fontMetrics().horizontalAdvance(entry.detail)
            place = QRect(edge - width, rect.y(), width + 1, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.detail)
            return edge - width
        return edge

    def _paint_title(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        look = theme.current()
        font = look.font("body")
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, font)
        layout.setFormats(_semibold(shown, entry, whole=shown == entry.title))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width() + metrics.maxWidth())
        layout.endLayout()
        painter.setPen(look.color("text"))
        layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2))


def _semibold(shown: str, entry: Entry, *, whole: bool) -> list[QTextLayout.FormatRange]:
    """The matched letters, as far as they are shown. Qt counts in UTF-16 units, Python in letters."""
    formats = []
    last = len(shown) if whole else len(shown) - 1
    for position in entry.positions:
        if position >= last:
            break
        made = QTextLayout.FormatRange()
        made.start = len(shown[:position].encode("utf-16-le")) // 2
        made.length = len(shown[position].encode("utf-16-le")) // 2
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        made.format = strong
        formats.append(made)
    return formats
