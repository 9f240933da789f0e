"""How charts show what is looked at, and where the keyboard is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen

from app.ui.theme import theme

_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_WIDTH, _RADIUS = 2, 4


def came_by_key(event: QFocusEvent) -> bool:
    """Return whether a key brought the focus, so that a ring is to be seen."""
    return event.reason() in _KEYS


def paint_ring(painter: QPainter, rect: QRectF) -> None:
    """Paint the ring of the focus just inside a rectangle."""
    half = _WIDTH / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().color("focus"), _WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), _RADIUS, _RADIUS)


def band_color() -> QColor:
    """Return the fill behind what is looked at; on a card in the dark that of hovered rows would not be seen."""
    look = theme.current()
    return QColor(look.color("selectionInactive" if look.dark else "hover"))
