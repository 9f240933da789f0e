"""Buttons of the design: one function a kind, so that every button of a kind looks and behaves the same."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from app.ui.theme import icons
from app.ui.widgets.label import plain_tip, set_property


class ButtonKind(StrEnum):
    """How a button looks; a window has one primary button at most."""

    DEFAULT = "default"
    PRIMARY = "primary"
    FLAT = "flat"
    LINK = "link"
    DANGER = "danger"


_ICON_COLORS = {ButtonKind.PRIMARY: "onAccent", ButtonKind.DANGER: "onAccent", ButtonKind.LINK: "accent"}


class PushButton(QPushButton):
    """A button that Return presses as Space does, wherever it stands; in a dialog also where another is the default."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button, or open its menu."""
        if not is_return(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            if self.menu() is not None:
                self.showMenu()
            else:
                self.click()


class ToolButton(QToolButton):
    """A button of a tool bar that Return presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button, or open its menu where it has nothing else."""
        if not is_return(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            if self.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup and self.menu() is not None:
                self.showMenu()
            else:
                self.click()


def is_return(event: QKeyEvent) -> bool:
    """Tell whether a key is Return or Enter with nothing else held down."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier


def button(
    text: str,
    kind: ButtonKind = ButtonKind.DEFAULT,
    icon: str = "",
    *,
    compact: bool = False,
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a button with text and perhaps a Lucide icon; compact ones are 26 high instead of 30."""
    made = PushButton(text, parent)
    made.setProperty("kind", kind.value)
    if compact:
        made.setProperty("compact", "true")
    if icon:
        icons.bind(made, icon, normal=_ICON_COLORS.get(kind, "textSecondary"), gap=True)
    if kind is ButtonKind.LINK:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def primary(
    text: str, icon: str = "", *, compact: bool = False, parent: QWidget | None = None
) -> QPushButton:
    """Return the one filled button of a window."""
    return button(text, ButtonKind.PRIMARY, icon, compact=compact, parent=parent)


def default(
    text: str, icon: str = "", *, compact: bool = False, parent: QWidget | None = None
) -> QPushButton:
    """Return an ordinary, outlined button."""
    return button(text, ButtonKind.DEFAULT, icon, compact=compact, parent=parent)


def flat(text: str, icon: str = "", *, compact: bool = False, parent: QWidget | None = None) -> QPushButton:
    """Return a button without an outline."""
    return button(text, ButtonKind.FLAT, icon, compact=compact, parent=parent)


def link(text: str, *, compact: bool = False, parent: QWidget | None = None) -> QPushButton:
    """Return a button that looks like a link."""
    return button(text, ButtonKind.LINK, compact=compact, parent=parent)


def danger(text: str, icon: str = "", *, compact: bool = False, parent: QWidget | None = None) -> QPushButton:
    """Return a button for what cannot be taken back."""
    return button(text, ButtonKind.DANGER, icon, compact=compact, parent=parent)


def icon_button(icon: str, name: str, *, compact: bool = False, parent: QWidget | None = None) -> QPushButton:
    """Return an outlined square button with an icon only; `name` is its tooltip and accessible name."""
    made = PushButton(parent)
    made.setProperty("icononly", "true")
    if compact:
        made.setProperty("compact", "true")
    icons.bind(made, icon)
    made.setToolTip(plain_tip(name))
    made.setAccessibleName(name)
    return made


def tool_button(
    icon: str,
    name: str,
    *,
    compact: bool = False,
    color: str = "textSecondary",
    parent: QWidget | None = None,
) -> QToolButton:
    """Return a square button without an outline; `name` is its tooltip and accessible name."""
    made = ToolButton(parent)
    made.setProperty("icononly", "true")
    if compact:
        made.setProperty("compact", "true")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    icons.bind(made, icon, normal=color)
    made.setToolTip(plain_tip(name))
    made.setAccessibleName(name)
    return made


def set_kind(target: QPushButton, kind: ButtonKind) -> None:
    """Give an existing button, such as one of a QDialogButtonBox, the look of a kind."""
    set_property(target, "kind", kind.value)
