"""The toolbar: the actions that ask for a place in it, and the search box at its right end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.ui.actions import Action, ActionRegistry, keys_text
from app.ui.i18n import tr
from app.ui.theme import icons
from app.ui.theme.theme import Theme
from app.ui.widgets.button import ToolButton, flat, tool_button
from app.ui.widgets.search_box import SearchBox

_ICON_ONLY_BELOW = 10
# What the design leaves at the ends, less what the style leaves by itself.
_LEFT, _RIGHT = 6, 8
_BEFORE_CORNER = 8


class ToolBar(QToolBar):
    """Built from the registry; the first ten places show icons only, the others icon and text."""

    def __init__(
        self, actions: ActionRegistry, theme: Theme, open_palette: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(tr("Toolbar"), parent)
        self._actions = actions
        self._theme = theme
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.search = SearchBox(tr("Search or run a command"), keys_text("Ctrl+K"))
        self.search.clicked.connect(open_palette)
        self.addWidget(_space(_LEFT))
        spring = _space(theme.space("l"))
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._end = self.addWidget(spring)
        self.addWidget(self.search)
        self._edge = self.addWidget(_space(_RIGHT))
        self._shown: list[str] = []
        self._placed: list[QAction] = []
        self._build()
        self._take_height()
        actions.structure_changed.connect(self._build)
        theme.changed.connect(self._take_height)

    def add_to_corner(self, widget: QWidget) -> None:
        """Add a widget at the right end, behind the search box."""
        self.insertWidget(self._edge, _space(_BEFORE_CORNER))
        self.insertWidget(self._edge, widget)

    def _take_height(self) -> None:
        self.setFixedHeight(self._theme.size("toolbar") + 1)

    def _wanted(self) -> list[Action]:
        chosen = [action for action in self._actions.every() if action.toolbar is not None]
        return sorted(chosen, key=lambda action: action.toolbar or 0)

    def _build(self) -> None:
        wanted = self._wanted()
        ids = [action.id for action in wanted]
        if ids == self._shown:
            return
        self._shown = ids
        for placed in self._placed:
            self.removeAction(placed)
            placed.deleteLater()
        self._placed = []
        section = None
        for action in wanted:
            place = action.toolbar or 0
            if section is not None and place // 10 != section:
                self._placed.append(self.insertSeparator(self._end))
            section = place // 10
            self._add(action, icon_only=place < _ICON_ONLY_BELOW)

    def _add(self, action: Action, *, icon_only: bool) -> None:
        does = self._actions.qaction(action.id)
        name = action.plain_title
        button: QAbstractButton
        if action.drops_down:
            button = self._split_button(action, does.iconText())
        else:
            button = tool_button(action.icon, name) if icon_only else flat(does.iconText(), action.icon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(action.id)
        placed = self.insertWidget(self._end, button)
        self._placed.append(placed)
        _Follower(button, placed, does)

    def _split_button(self, action: Action, text: str) -> QToolButton:
        """Return a button that does one thing, and behind its arrow offers others. Alt+Down opens the menu."""
        button = ToolButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        if action.icon:
            icons.bind(button, action.icon, gap=True)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, action.drops_down))
        button.setMenu(menu)
        opens = QAction(tr("More to add"), button)
        opens.setShortcut("Alt+Down")
        opens.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        opens.triggered.connect(button.showMenu)
        button.addAction(opens)
        return button

    def _fill(self, menu: QMenu, ids: Sequence[str]) -> None:
        known = {action.id for action in self._actions.every()}
        self._actions.refresh()
        menu.clear()
        for id in ids:
            if id in known:
                menu.addAction(self._actions.qaction(id))
            elif not id:
                menu.addSeparator()


class _Follower(QObject):
    """Lets a button do what an action does, and be as the action is. Lives as long as the button."""

    def __init__(self, button: QAbstractButton, placed: QAction, does: QAction) -> None:
        super().__init__(button)
        self._button, self._placed, self._does = button, placed, does
        button.clicked.connect(does.trigger)
        does.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._button.setEnabled(self._does.isEnabled())
        self._button.setToolTip(self._does.toolTip())
        self._placed.setVisible(self._does.isVisible())


def _space(width: int) -> QWidget:
    space = QWidget()
    space.setMinimumWidth(width)
    space.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return space
