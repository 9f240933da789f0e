"""Everything a user can do from the window, declared once.

Menus, toolbar, context menus, command palette and shortcut sheet are all built from one registry, so that they
cannot disagree about a text, a shortcut or whether something can be done now.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.i18n import tr
from app.ui.theme import icons
from app.ui.widgets.label import plain_tip


class Misdeclared(ValueError):
    """Two actions have one id or one shortcut, or an action names a menu that is not there: a programming error."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a menu shows something: the menu's id, the section (a line divides two) and the order within it."""

    menu: str
    section: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the menu bar, or with a `place` a submenu. Its title has a mnemonic.

    `fill` puts in what is known only when the menu opens, such as recent ledgers; `enabled` greys the menu.
    """

    id: str
    title: str
    place: Place | None = None
    order: int = 0
    fill: Callable[[QMenu], None] | None = None
    enabled: Callable[[], bool] | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do.

    `text` has a mnemonic, and "…" where more input follows. `shortcuts` are portable texts such as "Ctrl+Shift+Z",
    the first of which is shown. With a `page` the action is there only while that page is current; with `within`
    its shortcut works only while the focus is in that widget. An action with `checked` shows a tick, one with a
    `group` besides is one choice out of several. `live_text` and `enabled` are asked whenever the registry is
    refreshed. `title` is what the palette and the shortcut sheet call it, by default the text. `toolbar` is its
    place in the toolbar, where lower numbers stand further left and every new ten begins behind a line; there its
    button has an arrow that `drops_down` a menu of these actions, as far as there are such ("" is a line).
    """

    id: str
    text: str
    run: Callable[[], object] | None = None
    place: Place | None = None
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    title: str = ""
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    group: str = ""
    live_text: Callable[[], str] | None = None
    page: str = ""
    within: QWidget | None = None
    in_palette: bool = True
    toolbar: int | None = None
    drops_down: tuple[str, ...] = ()

    @property
    def plain_title(self) -> str:
        """The name of the action without its mnemonic."""
        return self.title or plain(self.text)


@dataclass(frozen=True, slots=True)
class Handler:
    """What an action of the window ("edit.copy", "edit.find") does while one page is current."""

    run: Callable[[], object]
    enabled: Callable[[], bool] | None = None


@dataclass(slots=True)
class _Entry:
    action: Action
    qaction: QAction
    handlers: dict[str, Handler] = field(default_factory=dict)


class ActionRegistry(QObject):
    """All actions of one window. `host` is the widget whose focus makes their shortcuts work.

    `structure_changed` tells that actions or menus came or went, `refreshed` that texts or states may differ.
    """

    structure_changed = Signal()
    refreshed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._entries: dict[str, _Entry] = {}
        self._menus: dict[str, Menu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._page = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)

    # -- declaring

    def add_menu(self, menu: Menu) -> None:
        """Declare a menu; its place may be filled by any number of actions."""
        if menu.id in self._menus:
            raise Misdeclared(f"There are two menus {menu.id!r}.")
        self._menus[menu.id] = menu
        self.structure_changed.emit()

    def add(self, *actions: Action) -> None:
        """Declare actions. Raises `Misdeclared` when an id or an active shortcut is taken."""
        for action in actions:
            self._check(action)
            self._entries[action.id] = _Entry(action, self._made(action))
        self.structure_changed.emit()
        self.refresh_soon()

    def handle(
        self, id: str, page: str, run: Callable[[], object], enabled: Callable[[], bool] | None = None
    ) -> None:
        """Say what an action of the window does while `page` is current."""
        self._entries[id].handlers[page] = Handler(run, enabled)
        self.refresh_soon()

    # -- using

    @property
    def page(self) -> str:
        """The id of the current page."""
        return self._page

    def set_page(self, page: str) -> None:
        """Make the actions of a page available, and those of other pages not."""
        self._page = page
        self.refresh()

    def refresh(self) -> None:
        """Ask every action for its text and whether it can be done now. Call it after a change of selection."""
        self._soon.stop()
        for entry in self._entries.values():
            self._refresh(entry)
        self.refreshed.emit()

    def refresh_soon(self) -> None:
        """Refresh once, when the present event has been dealt with."""
        if not self._soon.isActive():
            self._soon.start()

    def run(self, id: str) -> bool:
        """Do an action as if it had been chosen from a menu; tells whether it could be done."""
        entry = self._entries[id]
        self._refresh(entry)
        if not (entry.qaction.isVisible() and entry.qaction.isEnabled()):
            return False
        entry.qaction.trigger()
        return True

    def qaction(self, id: str) -> QAction:
        """Return the Qt action, to be put on a button of a page. Its state follows the registry."""
        return self._entries[id].qaction

    def get(self, id: str) -> Action:
        """Return the declaration of an action."""
        return self._entries[id].action

    def every(self) -> list[Action]:
        """Return all declared actions, those of other pages too."""
        return [entry.action for entry in self._entries.values()]

    def actions(self) -> list[Action]:
        """Return the declared actions that belong to the window or to the current page, in order of declaration."""
        return [entry.action for entry in self._entries.values() if self._belongs(entry.action)]

    def available(self) -> list[Action]:
        """Return the actions that can be done now."""
        return [action for action in self.actions() if self._entries[action.id].qaction.isEnabled()]

    def menus(self) -> list[Menu]:
        """Return all declared menus."""
        return list(self._menus.values())

    def menu(self, id: str) -> Menu:
        """Return the declaration of a menu."""
        return self._menus[id]

    def context_menu(self, parent: QWidget, ids: Sequence[str]) -> QMenu:
        """Return a menu of actions, "" standing for a line between two. It deletes itself when it is closed."""
        self.refresh()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id in ids:
            if id:
                menu.addAction(self._entries[id].qaction)
            else:
                menu.addSeparator()
        return menu

    # -- inside

    def _check(self, action: Action) -> None:
        if action.id in self._entries:
            raise Misdeclared(f"There are two actions {action.id!r}.")
        if action.place is not None and action.place.menu not in self._menus:
            raise Misdeclared(f"{action.id!r} is to be in a menu {action.place.menu!r} that is not there.")
        if action.within is not None:
            return
        for entry in self._entries.values():
            other = entry.action
            apart = other.within is not None or (other.page and action.page and other.page != action.page)
            taken = set(other.shortcuts) & set(action.shortcuts)
            if taken and not apart:
                raise Misdeclared(f"{action.id!r} and {other.id!r} both have the shortcut {taken.pop()}.")

    def _made(self, action: Action) -> QAction:
        made = QAction(action.text, self)
        made.setObjectName(action.id)
        made.setIconText(plain(action.text))
        made.setShortcuts([QKeySequence(shortcut) for shortcut in action.shortcuts])
        made.setMenuRole(QAction.MenuRole.NoRole)
        made.setToolTip(plain_tip(tip_of(action)))
        if action.icon:
            icons.bind(made, action.icon)
        if action.checked is not None:
            made.setCheckable(True)
        if action.group:
            if action.group not in self._groups:
                self._groups[action.group] = QActionGroup(self)
            self._groups[action.group].addAction(made)
        made.triggered.connect(partial(self._triggered, action.id))
        if action.within is not None:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.within.addAction(made)
            action.within.destroyed.connect(partial(self._forget, action.id))
        else:
            self._host.addAction(made)
        return made

    def _forget(self, id: str) -> None:
        if shiboken6.isValid(self) and self._entries.pop(id, None) is not None:
            self.structure_changed.emit()

    def _belongs(self, action: Action) -> bool:
        return not action.page or action.page == self._page

    def _handler(self, entry: _Entry) -> Handler | None:
        """What the action would do now: what the declaration says where that is possible, else what the page says."""
        own = Handler(entry.action.run, entry.action.enabled) if entry.action.run else None
        for handler in (own, entry.handlers.get(self._page)):
            if handler is not None and (handler.enabled is None or handler.enabled()):
                return handler
        return None

    def _refresh(self, entry: _Entry) -> None:
        action, made = entry.action, entry.qaction
        belongs = self._belongs(action)
        made.setVisible(belongs)
        made.setEnabled(belongs and self._handler(entry) is not None)
        if action.live_text is not None and belongs:
            made.setText(action.live_text())
        if action.checked is not None and belongs:
            made.setChecked(action.checked())

    def _triggered(self, id: str, _checked: bool = False) -> None:
        entry = self._entries[id]
        handler = self._handler(entry)
        # What was possible at the last refresh need not be possible any more.
        if handler is not None:
            handler.run()
        self.refresh_soon()


def plain(text: str) -> str:
    """Return an action's text without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def literal(text: str) -> str:
    """Return text from the user's data so that a menu shows it as it is."""
    return text.replace("&", "&&")


def keys_text(shortcut: str) -> str:
    """Return a portable shortcut as this platform writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def tip_of(action: Action) -> str:
    """Return the tooltip of an action: what it does, and its shortcut."""
    words = action.tip or plain(action.text).rstrip("…")
    if not action.shortcuts:
        return words
    return tr("{words} ({keys})").format(words=words, keys=keys_text(action.shortcuts[0]))


def in_order(actions: Iterable[Action]) -> list[Action]:
    """Return the actions of one menu as it shows them."""
    placed = [action for action in actions if action.place is not None]
    return sorted(
        placed, key=lambda action: (action.place.section, action.place.order) if action.place else (0, 0)
    )
