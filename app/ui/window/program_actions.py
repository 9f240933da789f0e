"""The actions that every window has: files, appearance, help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from app.services.ledger import is_ledger
from app.ui import preferences as declared
from app.ui.actions import Action, ActionRegistry, Menu, Place, literal, plain
from app.ui.i18n import tr
from app.ui.preferences import Preferences, Setting
from app.ui.shell import Shell
from app.ui.window.help import open_about, open_shortcuts

_TEXT_STEPS = [choice.value for choice in declared.text_size().choices]


def declare_menus(actions: ActionRegistry) -> None:
    """Declare the menus of the menu bar, and the submenus that every window has."""
    for order, (id, title) in enumerate(
        (
            ("file", tr("&File")),
            ("edit", tr("&Edit")),
            ("view", tr("&View")),
            ("data", tr("&Data")),
            ("tools", tr("&Tools")),
            ("help", tr("&Help")),
        )
    ):
        actions.add_menu(Menu(id, title, order=order))
    actions.add_menu(Menu("view/density", declared.density().label, Place("view", 40, 10)))
    actions.add_menu(Menu("view/text", declared.text_size().label, Place("view", 40, 20)))
    actions.add_menu(Menu("view/appearance", declared.appearance().label, Place("view", 40, 30)))


def declare(actions: ActionRegistry, shell: Shell, window: QWidget, open_now: Path | None = None) -> None:
    """Declare menus and actions that need no ledger. `open_now` is the ledger in the window, if any."""
    declare_menus(actions)
    _declare_file(actions, shell, window, open_now)
    preferences = shell.preferences
    _declare_choices(actions, preferences, declared.density(), "view/density")
    _declare_choices(actions, preferences, declared.text_size(), "view/text")
    _declare_choices(actions, preferences, declared.appearance(), "view/appearance")
    _declare_view(actions, preferences, window)
    _declare_help(actions, shell, window, open_now)
    preferences.changed.connect(actions.refresh_soon)


def _declare_file(actions: ActionRegistry, shell: Shell, window: QWidget, open_now: Path | None) -> None:
    actions.add_menu(
        Menu(
            "file/recent",
            tr("Open &recent"),
            Place("file", 0, 20),
            fill=lambda menu: _fill_recent(menu, shell, open_now),
            enabled=lambda: bool(_recent(shell, open_now)),
        )
    )
    actions.add(
        Action(
            "file.new",
            tr("&New ledger…"),
            lambda: shell.new_ledger(window),
            Place("file", 0, 0),
            icon="book-plus",
            tip=tr("Make another ledger in a folder of its own"),
        ),
        Action(
            "file.open",
            tr("&Open ledger…"),
            lambda: shell.choose_ledger(window),
            Place("file", 0, 10),
            icon="folder-open",
            shortcuts=("Ctrl+O",),
            tip=tr("Open a folder that holds a ledger"),
        ),
        Action(
            "file.sample",
            tr("Open the &sample ledger"),
            shell.open_sample,
            Place("file", 0, 30),
            icon="flask-conical",
            tip=tr("A ledger to look around in, apart from yours"),
        ),
        Action(
            "file.restore",
            tr("Restore from &backup…"),
            shell.open_restore,
            Place("file", 40, 20),
            icon="archive-restore",
            tip=tr("Verify a backup, look at what it changes, and put it in the ledger's place"),
        ),
        Action(
            "file.quit", tr("&Quit"), shell.quit, Place("file", 90, 0), icon="log-out", shortcuts=("Ctrl+Q",)
        ),
    )


def _recent(shell: Shell, open_now: Path | None) -> list[Path]:
    return [path for path in shell.preferences.recent_ledgers() if path != open_now]


def _fill_recent(menu: QMenu, shell: Shell, open_now: Path | None) -> None:
    for number, path in enumerate(_recent(shell, open_now), start=1):
        entry = menu.addAction(f"&{number} {literal(str(path))}")
        entry.setEnabled(is_ledger(path))
        entry.triggered.connect(_opener(shell, path))


def _opener(shell: Shell, path: Path) -> Callable[[], None]:
    return lambda: shell.open_ledger(path)


def _declare_choices(actions: ActionRegistry, preferences: Preferences, setting: Setting, menu: str) -> None:
    """Declare one action for each value of a setting."""
    for order, choice in enumerate(setting.choices):
        actions.add(
            Action(
                f"{menu.replace('/', '.')}.{choice.value}",
                choice.text,
                partial(preferences.set, setting, choice.value),
                Place(menu, 0, order),
                title=f"{plain(setting.label)}: {plain(choice.text)}",
                tip=setting.tip,
                checked=partial(_is_chosen, preferences, setting, choice.value),
                group=setting.key,
            )
        )


def _is_chosen(preferences: Preferences, setting: Setting, value: object) -> bool:
    return bool(preferences.get(setting) == value)


def _declare_view(actions: ActionRegistry, preferences: Preferences, window: QWidget) -> None:
    size, motion = declared.text_size(), declared.reduce_motion()

    def step(by: int) -> None:
        at = _TEXT_STEPS.index(preferences.get(size)) + by
        preferences.set(size, _TEXT_STEPS[max(0, min(at, len(_TEXT_STEPS) - 1))])

    def switch_full_screen() -> None:
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    actions.add(
        Action(
            "view.larger",
            tr("&Larger text"),
            lambda: step(1),
            Place("view/text", 10, 0),
            shortcuts=("Ctrl++", "Ctrl+="),
            enabled=lambda: preferences.get(size) < _TEXT_STEPS[-1],
        ),
        Action(
            "view.smaller",
            tr("&Smaller text"),
            lambda: step(-1),
            Place("view/text", 10, 10),
            shortcuts=("Ctrl+-",),
            enabled=lambda: preferences.get(size) > _TEXT_STEPS[0],
        ),
        Action(
            "view.normal",
            tr("&Normal text"),
            lambda: preferences.set(size, size.default),
            Place("view/text", 10, 20),
            shortcuts=("Ctrl+0",),
            enabled=lambda: preferences.get(size) != size.default,
        ),
        Action(
            "view.motion",
            motion.label,
            lambda: preferences.set(motion, not preferences.get(motion)),
            Place("view", 40, 40),
            tip=motion.tip,
            checked=lambda: bool(preferences.get(motion)),
        ),
        Action(
            "view.full_screen",
            tr("&Full screen"),
            switch_full_screen,
            Place("view", 50, 0),
            shortcuts=("F11",),
            checked=window.isFullScreen,
        ),
    )


def _declare_help(actions: ActionRegistry, shell: Shell, window: QWidget, open_now: Path | None) -> None:
    actions.add(
        Action(
            "help.shortcuts",
            tr("&Keyboard shortcuts"),
            lambda: open_shortcuts(window, actions),
            Place("help", 0, 0),
            icon="keyboard",
            shortcuts=("F1", "Ctrl+/"),
        ),
        Action(
            "help.logs",
            tr("Open &log folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(shell.log_folder))),
            Place("help", 10, 0),
            icon="scroll-text",
            tip=tr("The folder with what the program logged, and its crash reports"),
        ),
        Action(
            "help.about",
            tr("&About Counterfoil"),
            lambda: open_about(window, open_now),
            Place("help", 20, 0),
            icon="info",
        ),
    )
