"""Builds the menu bar from the registry of actions."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QMenuBar

from app.ui.actions import ActionRegistry, Menu, in_order


class MenuBar:
    """Keeps a menu bar in step with the registry: rebuilt when actions come or go, a menu without any hidden."""

    def __init__(self, bar: QMenuBar, actions: ActionRegistry) -> None:
        self._bar = bar
        self._actions = actions
        self._menus: dict[str, QMenu] = {}
        self._built = False
        actions.structure_changed.connect(self._outdated)
        actions.refreshed.connect(self._refresh)

    def menu(self, id: str) -> QMenu:
        """Return a menu as it is now."""
        self._refresh()
        return self._menus[id]

    def _outdated(self) -> None:
        self._built = False
        self._actions.refresh_soon()

    def _refresh(self) -> None:
        if not self._built:
            self._build()
        # The deepest first, so that a menu of empty menus counts as empty.
        for menu in sorted(self._actions.menus(), key=lambda menu: -menu.id.count("/")):
            made = self._menus[menu.id].menuAction()
            made.setVisible(self._has_something(menu))
            made.setEnabled(menu.enabled is None or menu.enabled())

    def _has_something(self, menu: Menu) -> bool:
        if menu.page and menu.page != self._actions.page:
            return False
        if menu.fill is not None:
            return True
        shown = self._menus[menu.id].actions()
        return any(action.isVisible() and not action.isSeparator() for action in shown)

    def _build(self) -> None:
        self._built = True
        self._bar.clear()
        for made in self._menus.values():
            made.deleteLater()
        declared = self._actions.menus()
        self._menus = {menu.id: self._made(menu) for menu in declared}
        for menu in sorted((menu for menu in declared if menu.place is None), key=lambda menu: menu.order):
            self._bar.addMenu(self._menus[menu.id])
        for menu in declared:
            self._fill(menu)

    def _made(self, menu: Menu) -> QMenu:
        made = QMenu(menu.title, self._bar)
        made.setToolTipsVisible(False)
        if menu.fill is not None:
            made.aboutToShow.connect(self._filler(menu.fill, made))
        else:
            made.aboutToShow.connect(self._actions.refresh)
        return made

    @staticmethod
    def _filler(fill: Callable[[QMenu], None], made: QMenu) -> Callable[[], None]:
        def refill() -> None:
            made.clear()
            fill(made)

        return refill

    def _fill(self, menu: Menu) -> None:
        """Put the actions and submenus of a menu into it, a line between sections."""
        made = self._menus[menu.id]
        entries = [
            ((action.place.section, action.place.order), self._actions.qaction(action.id))
            for action in in_order(self._actions.every())
            if action.place is not None and action.place.menu == menu.id
        ]
        entries += [
            ((inner.place.section, inner.place.order), self._menus[inner.id].menuAction())
            for inner in self._actions.menus()
            if inner.place is not None and inner.place.menu == menu.id
        ]
        section = None
        for (number, _order), action in sorted(entries, key=lambda entry: entry[0]):
            if section is not None and number != section:
                made.addSeparator()
            section = number
            made.addAction(action)
