"""Lucide drawings in the colours of the theme, as icons and pixmaps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, cast
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from app.ui.theme import lucide
from app.ui.theme.registry import current

GAP = 4
"""Clear pixels at the right of a gapped icon: Qt leaves 4 between icon and text, the design asks for 8."""


class ShowsIcon(Protocol):
    """A button, an action: whatever has an icon."""

    def setIcon(self, icon: QIcon) -> None:
        """Show `icon`."""


@dataclass(frozen=True, slots=True)
class IconSpec:
    """A Lucide drawing with the colour names of its states, `size` logical pixels square.

    A gapped icon also has a form that is `GAP` wider, for a button whose icon size is `size + GAP` by `size`.
    """

    name: str
    size: int = 16
    normal: str = "textSecondary"
    selected: str = "accent"
    disabled: str = "textDisabled"
    gap: bool = False


def draw(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw the Lucide drawing `name` into `rect` of any painter, in one colour."""
    from PySide6.QtSvg import QSvgRenderer

    drawing = lucide.svg(name).replace("currentColor", color.name())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * color.alphaF())
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, rect)
    painter.restore()


class Icons:
    """Draws the icons of one theme and keeps them.

    `color` gives the theme's colour of a name, `scaled` a length at the text size in use. Buttons have icons that
    grow with the text; those of actions stay as they are, since menus and bars have their own icon size.
    """

    def __init__(self, color: Callable[[str], QColor], scaled: Callable[[int], int]) -> None:
        self._color = color
        self._scaled = scaled
        self._icons: dict[IconSpec, QIcon] = {}
        self._pixmaps: dict[tuple[str, int, int, float, str], QPixmap] = {}
        self._shapes: dict[tuple[str, int, float], QPixmap] = {}
        self._bound: WeakKeyDictionary[QObject, IconSpec] = WeakKeyDictionary()

    def icon(self, spec: IconSpec) -> QIcon:
        """Return the icon of `spec` in the colours of now; it does not follow the theme, `bind` does."""
        if spec not in self._icons:
            self._icons[spec] = self._make(spec)
        return self._icons[spec]

    def pixmap(
        self, name: str, color: str | QColor, size: int = 16, ratio: float = 1.0, room: int = 0
    ) -> QPixmap:
        """Return a drawing in one colour (or colour name), `size` logical pixels square and `room` wider."""
        value = QColor(self._color(color) if isinstance(color, str) else color)
        key = (name, size, room, ratio, value.name(QColor.NameFormat.HexArgb))
        if key not in self._pixmaps:
            self._pixmaps[key] = self._tinted(name, value, size, ratio, room)
        return self._pixmaps[key]

    def _tinted(self, name: str, color: QColor, size: int, ratio: float, room: int) -> QPixmap:
        pixmap = QPixmap(QSize(round((size + room) * ratio), round(size * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.drawPixmap(0, 0, self._shape(name, size, ratio))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(QRect(0, 0, size + room, size), color)
        return pixmap

    def _shape(self, name: str, size: int, ratio: float) -> QPixmap:
        """The drawing in black; reading the SVG takes ten times as long as giving it a colour."""
        key = (name, size, ratio)
        if key not in self._shapes:
            shape = QPixmap(QSize(round(size * ratio), round(size * ratio)))
            shape.setDevicePixelRatio(ratio)
            shape.fill(Qt.GlobalColor.transparent)
            with QPainter(shape) as painter:
                draw(painter, name, QRectF(0, 0, size, size), QColor(Qt.GlobalColor.black))
            self._shapes[key] = shape
        return self._shapes[key]

    def bind(self, target: QObject, spec: IconSpec) -> None:
        """Give `target` the icon of `spec` now, and again whenever the theme changes."""
        self._bound[target] = spec
        self._show(target, spec)

    def refresh(self) -> None:
        """Draw everything anew and hand the new icons to all that are bound."""
        self._icons.clear()
        self._pixmaps.clear()
        for target, spec in list(self._bound.items()):
            if shiboken6.isValid(target):
                self._show(target, spec)

    def _show(self, target: QObject, spec: IconSpec) -> None:
        if isinstance(target, QAbstractButton):
            size, room = self._scaled(spec.size), GAP if spec.gap else 0
            target.setIconSize(QSize(size + room, size))
            target.setIcon(self.icon(replace(spec, size=size)))
        else:
            cast("ShowsIcon", target).setIcon(self.icon(spec))

    def _make(self, spec: IconSpec) -> QIcon:
        icon = QIcon()
        states = (
            (QIcon.Mode.Normal, spec.normal),
            (QIcon.Mode.Selected, spec.selected),
            (QIcon.Mode.Disabled, spec.disabled),
        )
        for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}:
            for room in (0, GAP) if spec.gap else (0,):
                for mode, color in states:
                    icon.addPixmap(self.pixmap(spec.name, color, spec.size, ratio, room), mode)
        return icon


def icon(
    name: str,
    *,
    size: int = 16,
    normal: str = "textSecondary",
    selected: str = "accent",
    disabled: str = "textDisabled",
    gap: bool = False,
) -> QIcon:
    """Return a Lucide icon in the current theme's colours, as they are now."""
    return current().icons.icon(IconSpec(name, size, normal, selected, disabled, gap))


def pixmap(name: str, color: str | QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return a Lucide drawing in one colour (or colour name), `size` logical pixels square."""
    return current().icons.pixmap(name, color, size, ratio)


def bind(
    target: QObject,
    name: str,
    *,
    size: int = 16,
    normal: str = "textSecondary",
    selected: str = "accent",
    disabled: str = "textDisabled",
    gap: bool = False,
) -> None:
    """Give a button or an action a Lucide icon that follows the theme from now on."""
    current().icons.bind(target, IconSpec(name, size, normal, selected, disabled, gap))
