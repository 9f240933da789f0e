"""The sheet of keyboard shortcuts, built from the registry of actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.text import fold
from app.ui.actions import Action, ActionRegistry, Menu, keys_text, plain
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.key_badge import KeyBadge
from app.ui.widgets.label import Label

_WIDTH, _HEIGHT = 760, 560
_COLUMNS = 2


class ShortcutSheet(QDialog):
    """Every action that has a shortcut now, under the name of its menu; a field narrows them down."""

    def __init__(self, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._groups = grouped(actions)
        look = theme.current()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Filter shortcuts"))
        self.field.setAccessibleName(tr("Filter shortcuts"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(look.px(220))
        self.field.textChanged.connect(self._fill)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Keyboard shortcuts"))
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(close, ButtonKind.DEFAULT)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Keyboard shortcuts"), "subtitle"), 1)
        head.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(buttons)
        room = parent.size()
        self.resize(min(look.px(_WIDTH), room.width() - 48), min(look.px(_HEIGHT), room.height() - 48))
        self._fill("")

    def _fill(self, text: str) -> None:
        wanted = fold(text)
        shown = [(menu, [a for a in actions if _fits(a, wanted)]) for menu, actions in self._groups]
        self.area.setWidget(_sheet([(menu, actions) for menu, actions in shown if actions]))


def grouped(actions: ActionRegistry) -> list[tuple[str, list[Action]]]:
    """Return the actions with shortcuts, by the menu of the menu bar that they are in, in its order."""
    bar: list[Menu] = sorted(
        (menu for menu in actions.menus() if menu.place is None), key=lambda menu: menu.order
    )
    with_keys = [action for action in actions.actions() if action.shortcuts]
    groups = []
    for menu in bar:
        own = [action for action in with_keys if action.place and action.place.menu.split("/")[0] == menu.id]
        if own:
            groups.append((plain(menu.title), sorted(own, key=lambda action: _position(actions, action))))
    others = [action for action in with_keys if action.place is None]
    return [*groups, (tr("In tables and forms"), others)] if others else groups


def _position(actions: ActionRegistry, action: Action) -> list[tuple[int, int]]:
    """Where a menu shows an action, one pair a level."""
    position: list[tuple[int, int]] = []
    place = action.place
    while place is not None:
        position.insert(0, (place.section, place.order))
        place = actions.menu(place.menu).place
    return position


def _fits(action: Action, wanted: str) -> bool:
    keys = " ".join(keys_text(shortcut) for shortcut in action.shortcuts)
    return not wanted or wanted in fold(action.plain_title) or wanted in fold(keys)


def _sheet(groups: Sequence[tuple[str, list[Action]]]) -> QWidget:
    """The groups in columns of about the same height."""
    look = theme.current()
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    row.setContentsMargins(0, 0, look.space("m"), 0)
    row.setSpacing(look.space("xl") + look.space("s"))
    columns = [QVBoxLayout() for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for column in columns:
        column.setSpacing(look.space("l"))
        row.addLayout(column, 1)
    for title, actions in groups:
        shortest = heights.index(min(heights))
        heights[shortest] += len(actions) + 2
        columns[shortest].addWidget(_group(title, actions))
    for column in columns:
        column.addStretch()
    if not groups:
        columns[0].insertWidget(0, Label(tr("No shortcut has this name"), tone="secondary"))
    return sheet


def _group(title: str, actions: Sequence[Action]) -> QWidget:
    look = theme.current()
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.space("m"))
    grid.setVerticalSpacing(look.space("xs") + 2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(Label(title, "heading"), 0, 0, 1, 2)
    for line, action in enumerate(actions, start=1):
        grid.addWidget(Label(action.plain_title.rstrip("…"), wrap=True), line, 0)
        keys = QHBoxLayout()
        keys.setSpacing(look.space("xs"))
        keys.addStretch()
        for shortcut in dict.fromkeys(keys_text(shortcut) for shortcut in _shown(action)):
            keys.addWidget(KeyBadge(shortcut))
        grid.addLayout(keys, line, 1)
    return group


def _shown(action: Action) -> list[str]:
    """The shortcuts that differ to a reader: "Ctrl+=" is how "Ctrl++" is typed without Shift."""
    shown = [shortcut for shortcut in action.shortcuts if shortcut != "Ctrl+="]
    return [shortcut for shortcut in shown if not QKeySequence(shortcut).isEmpty()]
