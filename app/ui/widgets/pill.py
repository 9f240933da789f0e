"""The status pill: an icon and a word on a soft fill, for delegates to paint and as a widget."""

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

_BEFORE_ICON, _ICON, _AFTER_ICON, _SIDE = 6, 12, 5, 8


class PillKind(StrEnum):
    """What a pill says; its colour follows."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    RUNNING = "running"
    NEUTRAL = "neutral"


_COLORS = {
    PillKind.OK: ("success", "successSoft"),
    PillKind.WARN: ("warning", "warningSoft"),
    PillKind.BAD: ("danger", "dangerSoft"),
    PillKind.RUNNING: ("accent", "accentSoft"),
    PillKind.NEUTRAL: ("text", "selectionInactive"),
}
_ICONS = {
    PillKind.OK: "shield-check",
    PillKind.WARN: "clock",
    PillKind.BAD: "circle-x",
    PillKind.RUNNING: "play",
    PillKind.NEUTRAL: "",
}


def usual_icon(kind: PillKind) -> str:
    """Return the icon that pills of this kind mostly have, "" for none."""
    return _ICONS[kind]


def pill_size(text: str, icon: str = "") -> QSize:
    """Return the size of a pill with this text and Lucide icon ("" for none)."""
    look = theme.current()
    width = ceil(QFontMetricsF(look.num_font("caption")).horizontalAdvance(text))
    before = _BEFORE_ICON + look.px(_ICON) + _AFTER_ICON if icon else _SIDE
    return QSize(before + width + _SIDE, look.size("pill"))


def paint_pill(painter: QPainter, rect: QRect, kind: PillKind, text: str, icon: str = "") -> int:
    """Paint a pill at the left of `rect`, centred in its height, elided to its width; return its width."""
    look = theme.current()
    wanted = pill_size(text, icon)
    width = min(wanted.width(), rect.width())
    box = QRect(rect.x(), rect.y() + (rect.height() - wanted.height()) // 2, width, wanted.height())
    ink, fill = _COLORS[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.color(fill))
    painter.setPen(QPen(look.color(ink), 1) if look.high_contrast else Qt.PenStyle.NoPen)
    radius = box.height() / 2
    painter.drawRoundedRect(QRectF(box), radius, radius)
    before = _SIDE
    if icon:
        side = look.px(_ICON)
        ratio = painter.device().devicePixelRatio()
        drawing = look.icons.pixmap(icon, ink, side, ratio)
        painter.drawPixmap(box.x() + _BEFORE_ICON, box.y() + (box.height() - side) // 2, drawing)
        before = _BEFORE_ICON + side + _AFTER_ICON
    font = look.num_font("caption")
    painter.setFont(font)
    painter.setPen(look.color(ink))
    words = box.adjusted(before, 0, -_SIDE, 0)
    fits = width == wanted.width()
    metrics = QFontMetricsF(font)
    shown = text if fits else metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    painter.drawText(words, flags, shown)
    painter.restore()
    return width


class Pill(QWidget):
    """A pill that stands on its own; `icon` None takes the usual one of its kind, "" shows none."""

    def __init__(
        self, text: str, kind: PillKind, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, kind, icon)
        theme.current().changed.connect(self._theme_changed)

    def set(self, text: str, kind: PillKind, icon: str | None = None) -> None:
        """Say something else."""
        self._text, self._kind = text, kind
        self._icon = usual_icon(kind) if icon is None else icon
        self.setAccessibleName(text)
        self._theme_changed()

    def text(self) -> str:
        """Return what the pill says."""
        return self._text

    def sizeHint(self) -> QSize:
        """The size that shows the whole text."""
        return pill_size(self._text, self._icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        with QPainter(self) as painter:
            paint_pill(painter, self.rect(), self._kind, self._text, self._icon)

    def _theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
