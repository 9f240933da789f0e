"""The toolbar: the actions that ask for a place in it, and the search box at its right end."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from app.ui.actions import Action, ActionRegistry, keys_text
from app.ui.i18n import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.search_box import SearchBox

_ICON_ONLY_BELOW = 10


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
        self.setIconSize(QSize(16, 16))
        self.search = SearchBox(tr("Search or run a command"), keys_text("Ctrl+K"))
        self.search.clicked.connect(open_palette)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        spring.setMinimumWidth(16)
        self._end = self.addWidget(spring)
        self.addWidget(self.search)
        self._shown: list[str] = []
        self._placed: list[QAction] = []
        self._build()
        self._take_height()
        actions.structure_changed.connect(self._build)
        theme.changed.connect(self._take_height)

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
        self._placed = []
        section = None
        for action in wanted:
            place = action.toolbar or 0
            if section is not None and place // 10 != section:
                self._placed.append(self.insertSeparator(self._end))
            section = place // 10
            self._add(action, icon_only=place < _ICON_ONLY_BELOW)

    def _add(self, action: Action, *, icon_only: bool) -> None:
        made = self._actions.qaction(action.id)
        self.insertAction(self._end, made)
        self._placed.append(made)
        button = self.widgetForAction(made)
        if not isinstance(button, QToolButton):
            return
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.plain_title)
        if icon_only:
            button.setProperty("icononly", "true")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        else:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
