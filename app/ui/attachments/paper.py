"""Paints a file as a slip of paper: its first page, torn off below, or what stands for a page."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from app.domain.attachments import Attachment
from app.ui.attachments.previews import Picture
from app.ui.attachments.words import ending_of, icon_of
from app.ui.theme import theme

_TOOTH = 6
_ICON = 24
_BLANK = QColor(Qt.GlobalColor.white)


def paper_size(picture: Picture | None, room: QSize) -> QSize:
    """Return the size of the slip in logical pixels: that of the page, or one with the shape of a receipt."""
    if picture is None or picture.pixmap is None:
        return QSize(room.width(), min(room.height(), round(room.width() * 1.3)))
    ratio = picture.pixmap.devicePixelRatio()
    return QSize(round(picture.pixmap.width() / ratio), round(picture.pixmap.height() / ratio))


def paint_paper(
    painter: QPainter, place: QRect, attachment: Attachment, picture: Picture | None, *, torn: bool = True
) -> None:
    """Paint a file into `place`; a `picture` of None is still being made."""
    look = theme.current()
    outline = _torn(QRectF(place)) if torn else _plain(QRectF(place))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if picture is not None and picture.pixmap is not None:
        # Filled with a brush, not clipped: only so is the torn edge smooth. A brush counts in the picture's pixels.
        painter.fillPath(outline, _BLANK)
        brush, pixels = QBrush(picture.pixmap), picture.pixmap.size()
        fit = QTransform.fromTranslate(place.x(), place.y())
        brush.setTransform(fit.scale(place.width() / pixels.width(), place.height() / pixels.height()))
        painter.fillPath(outline, brush)
    else:
        painter.fillPath(outline, look.color("raised"))
        if picture is not None:
            _paint_sign(painter, place, attachment)
    painter.setPen(QPen(look.color("borderStrong" if look.dark else "border"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
    painter.restore()


def _paint_sign(painter: QPainter, place: QRect, attachment: Attachment) -> None:
    """Paint an icon, and the ending of the file's name where there is room for it."""
    look = theme.current()
    side = min(look.px(_ICON), max(12, place.width() // 2))
    color = "textSecondary" if attachment.available else "danger"
    sign = look.icons.pixmap(icon_of(attachment), color, side, painter.device().devicePixelRatio())
    words = ending_of(attachment) if place.height() >= 3 * side else ""
    painter.setFont(look.font("caption"))
    height = painter.fontMetrics().height() + 4 if words else 0
    top = place.y() + (place.height() - side - height) // 2
    painter.drawPixmap(place.x() + (place.width() - side) // 2, top, sign)
    if words:
        painter.setPen(look.color("textSecondary"))
        below = QRect(place.x(), top + side + 4, place.width(), height)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), words)


def _torn(place: QRectF) -> QPainterPath:
    """Return the outline of a slip whose lower edge was torn along a saw."""
    whole = place.adjusted(0.5, 0.5, -0.5, -0.5)
    teeth = max(1, round(whole.width() / _TOOTH))
    step = whole.width() / teeth
    edge = QPolygonF([whole.bottomLeft() - QPointF(0, _TOOTH / 2), whole.topLeft(), whole.topRight()])
    edge.append(whole.bottomRight() - QPointF(0, _TOOTH / 2))
    for tooth in range(teeth):
        right = whole.right() - tooth * step
        edge.append(QPointF(right - step / 2, whole.bottom()))
        edge.append(QPointF(right - step, whole.bottom() - _TOOTH / 2))
    path = QPainterPath()
    path.addPolygon(edge)
    path.closeSubpath()
    return path


def _plain(place: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    return path
