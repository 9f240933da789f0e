"""The focus ring of buttons and boxes: outside their edge, where a style sheet cannot draw."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QRadioButton,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from app.ui.theme import theme

NO_RING = "noRing"
"""A widget with this property set shows its focus by itself."""
RING_COLOR = "ringColor"
"""The colour name of the ring, where the usual one would not be seen on what lies behind the widget."""

_GAP, _LINE = 2, 2
_NOTHING = QRect(-1, -1, 1, 1)
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
    QEvent.Type.ParentChange,
}


class FocusRings(QObject):
    """Draws the ring of whichever button has the focus, in every window of the application; made once.

    A button that got the focus by a click shows no ring until a key is pressed.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._focus_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focused button when it or something around it moves."""
        kind = event.type()
        if kind in _MOVES:
            self._place()
        elif kind == QEvent.Type.KeyPress and watched is self._target:
            ring = self._ring()
            if ring is not None and ring.isHidden():
                ring.show()
        return super().eventFilter(watched, event)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if old is not None and shiboken6.isValid(old) and (ring := _ring_of(old.window())):
            ring.hide()
        if new is None or not _wants_ring(new):
            return
        self._target = new
        part: QWidget | None = new
        while part is not None:
            part.installEventFilter(self)
            self._watched.append(part)
            part = None if part.isWindow() else part.parentWidget()
        self._place()
        ring = self._ring()
        if ring is not None:
            ring.setVisible(QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton)

    def _leave(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None

    def _ring(self) -> "_Ring | None":
        if self._target is None or not shiboken6.isValid(self._target):
            return None
        window = self._target.window()
        return _ring_of(window) or _Ring(window)

    def _place(self) -> None:
        ring = self._ring()
        if ring is not None and self._target is not None:
            ring.surround(self._target)


class _Ring(QWidget):
    """The overlay of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._radius = 0
        self._color = "focus"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.current().changed.connect(self.update)

    def surround(self, target: QWidget) -> None:
        """Lie around a widget, cut off where a scroll area cuts it off."""
        part, self._radius = _outline(target)
        self._color = str(target.property(RING_COLOR) or "focus")
        space = _GAP + _LINE
        place = QRect(target.mapTo(self._window, part.topLeft()), part.size())
        place.adjust(-space, -space, space, space)
        self.setGeometry(place)
        seen = _seen_part(target, self._window, place)
        if seen == place:
            self.clearMask()
        elif seen.isEmpty():
            # An empty mask would be none: what is scrolled away altogether would have its ring over other things.
            self.setMask(_NOTHING)
        else:
            self.setMask(seen.translated(-place.topLeft()))
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().color(self._color), _LINE))
            half = _LINE / 2
            radius = self._radius + _GAP + half
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _ring_of(window: QWidget) -> _Ring | None:
    for child in window.children():
        if isinstance(child, _Ring):
            return child
    return None


def _wants_ring(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton | QSlider) and not widget.property(NO_RING)


def _outline(widget: QWidget) -> tuple[QRect, int]:
    """The part of a widget that the ring goes around, and its corner radius."""
    look = theme.current()
    if isinstance(widget, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        option.initFrom(widget)
        box = isinstance(widget, QCheckBox)
        element = QStyle.SubElement.SE_CheckBoxIndicator if box else QStyle.SubElement.SE_RadioButtonIndicator
        rect = widget.style().subElementRect(element, option, widget)
        return rect, look.radius("indicator") if box else rect.height() // 2
    return widget.rect(), look.radius("control")


def _seen_part(target: QWidget, window: QWidget, place: QRect) -> QRect:
    """The part of `place` that the scroll areas around `target` let one see."""
    around = target.parentWidget()
    while around is not None and around is not window:
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            place = place.intersected(QRect(around.mapTo(window, around.rect().topLeft()), around.size()))
        around = area
    return place
