"""The registry of actions, and what is built from it."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import features
from app.ui.actions import Action, ActionRegistry, Menu, Misdeclared, Place, plain
from app.ui.shortcuts import ShortcutSheet, grouped
from app.ui.theme import theme
from app.ui.welcome.window import WelcomeWindow
from app.ui.window.main_window import MainWindow
from app.ui.window.toolbar import ToolBar
from tests.ui.window.conftest import FakeShell, OpenWindow


@pytest.fixture
def host(qtbot: QtBot, look: theme.Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(host: QWidget) -> ActionRegistry:
    made = ActionRegistry(host)
    made.add_menu(Menu("data", "&Data"))
    return made


def nothing() -> None:
    """Do nothing."""


@pytest.mark.parametrize(
    "second",
    [
        Action("one", "&Other", nothing),
        Action("two", "&Two", nothing, shortcuts=("Ctrl+E",)),
        Action("two", "&Two", nothing, shortcuts=("F2", "Ctrl+E"), page="names"),
        Action("two", "&Two", nothing, Place("dreams")),
    ],
)
def test_mistakes_in_declarations_are_found(actions: ActionRegistry, second: Action) -> None:
    actions.add(Action("one", "&One", nothing, shortcuts=("Ctrl+E",)))
    with pytest.raises(Misdeclared):
        actions.add(second)


def test_two_menus_of_one_name_are_a_mistake(actions: ActionRegistry) -> None:
    with pytest.raises(Misdeclared):
        actions.add_menu(Menu("data", "&Data"))


def test_pages_may_use_one_shortcut_each(actions: ActionRegistry) -> None:
    done: list[str] = []
    actions.add(
        Action("a.go", "&Go", lambda: done.append("a"), shortcuts=("F3",), page="a"),
        Action("b.go", "&Go", lambda: done.append("b"), shortcuts=("F3",), page="b"),
    )
    actions.set_page("b")
    assert [actions.run("a.go"), actions.run("b.go"), done] == [False, True, ["b"]]
    assert [action.id for action in actions.available()] == ["b.go"]


def test_an_action_that_cannot_be_done_is_not(actions: ActionRegistry) -> None:
    allowed, done = [True], []
    actions.add(Action("one", "&One", lambda: done.append(1), enabled=lambda: allowed[0]))
    actions.refresh()
    allowed[0] = False
    # The user is faster than the refresh: the action still looks possible.
    assert actions.qaction("one").isEnabled()
    actions.qaction("one").trigger()
    assert done == []
    actions.refresh()
    assert not actions.qaction("one").isEnabled()


def test_ticks_and_live_texts_follow_a_refresh(actions: ActionRegistry) -> None:
    state = {"on": False, "text": "&Undo"}
    actions.add(
        Action(
            "one", "&Undo", nothing, checked=lambda: bool(state["on"]), live_text=lambda: str(state["text"])
        )
    )
    state.update(on=True, text="&Undo Add")
    actions.refresh()
    made = actions.qaction("one")
    assert (made.isChecked(), made.text()) == (True, "&Undo Add")


def test_a_shortcut_within_a_widget_goes_with_it(
    qtbot: QtBot, host: QWidget, actions: ActionRegistry
) -> None:
    field = QLineEdit(host)
    other = QLineEdit(host)
    done: list[int] = []
    actions.add(Action("clear", "&Clear", lambda: done.append(1), shortcuts=("F4",), within=field))
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    other.setFocus()
    qtbot.keySequence(other, "F4")
    assert done == []
    field.setFocus()
    qtbot.keySequence(field, "F4")
    assert done == [1]
    with qtbot.waitSignal(actions.structure_changed):
        field.deleteLater()
    assert actions.actions() == []


def test_a_context_menu_shows_actions_and_lines(host: QWidget, actions: ActionRegistry) -> None:
    actions.add(Action("one", "&One", nothing), Action("two", "&Two", nothing))
    menu = actions.context_menu(host, ["one", "", "two"])
    assert [action.isSeparator() for action in menu.actions()] == [False, True, False]


@pytest.mark.parametrize(("text", "bare"), [("&New…", "New…"), ("Salt && pepper", "Salt & pepper")])
def test_mnemonics_are_not_part_of_a_title(text: str, bare: str) -> None:
    assert plain(text) == bare


def test_the_toolbar_is_built_from_the_registry(
    qtbot: QtBot, host: QWidget, actions: ActionRegistry, look: theme.Theme
) -> None:
    done: list[int] = []
    actions.add(Action("back", "&Back", nothing, icon="arrow-left", toolbar=0))
    bar = ToolBar(actions, look, nothing, host)
    actions.add(
        Action("new", "&New…", lambda: done.append(1), icon="plus", toolbar=10, enabled=lambda: not done)
    )
    actions.refresh()
    button = next(child for child in bar.findChildren(QWidget) if child.objectName() == "new")
    assert (button.text(), button.isEnabled()) == ("New…", True)  # type: ignore[attr-defined]
    button.click()  # type: ignore[attr-defined]
    assert done == [1]
    qtbot.waitUntil(lambda: not button.isEnabled())
    assert bar.findChild(QToolButton, "back").accessibleName() == "Back"


def _mnemonic(action: QAction) -> str:
    bare = action.text().replace("&&", "")
    at = bare.find("&")
    return bare[at + 1].lower() if at >= 0 else ""


def _menus(menu: QMenu, name: str) -> dict[str, list[QAction]]:
    own = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    found = {name: own}
    for action in own:
        if action.menu() is not None:
            found |= _menus(action.menu(), f"{name} > {action.text()}")  # type: ignore[arg-type]
    return found


def _check_mnemonics(window: MainWindow | WelcomeWindow) -> None:
    window.actions_registry.refresh()
    bar = [action for action in window.menuBar().actions() if action.isVisible()]
    menus = {"menu bar": bar}
    for action in bar:
        menus |= _menus(action.menu(), action.text())  # type: ignore[arg-type]
    for name, own in menus.items():
        letters = Counter(_mnemonic(action) for action in own)
        assert "" not in letters, f"{name}: {[a.text() for a in own if not _mnemonic(a)]} have no mnemonic"
        twice = [letter for letter, number in letters.items() if number > 1]
        assert not twice, f"{name}: {[a.text() for a in own if _mnemonic(a) in twice]} share a mnemonic"


def test_every_menu_item_has_a_mnemonic_of_its_own(open_window: OpenWindow) -> None:
    window = open_window(features.register_all)
    for spec in window.session.pages.all():
        window.show_page(spec.id)
        _check_mnemonics(window)


def test_the_welcome_window_has_mnemonics_too(qtbot: QtBot, shell: FakeShell) -> None:
    window = WelcomeWindow(shell)
    qtbot.addWidget(window)
    _check_mnemonics(window)
    titles = [plain(action.text()) for action in window.menuBar().actions() if action.isVisible()]
    assert titles == ["File", "View", "Help"]


def test_every_action_of_the_toolbar_is_in_a_menu_and_has_an_icon(open_window: OpenWindow) -> None:
    window = open_window(features.register_all)
    for action in window.actions_registry.every():
        if action.toolbar is not None:
            assert action.place is not None, action.id
            assert action.icon, action.id


def test_the_recent_ledgers_are_offered(
    window: MainWindow, shell: FakeShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = window.session.ledger.path
    other = here.with_name("other & older")
    other.mkdir()
    (other / "counterfoil.db").touch()
    for path in (other, here.with_name("gone"), here):
        shell.preferences.remember_ledger(path)
    menu = window.menus.menu("file/recent")
    assert menu.menuAction().isEnabled()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert texts == [f"&1 {here.with_name('gone')}", f"&2 {here.parent}/other && older"]
    assert [action.isEnabled() for action in menu.actions()] == [False, True]
    menu.actions()[1].trigger()
    assert shell.asked == [("open", other)]


def test_the_appearance_menus_set_the_preferences(
    window: MainWindow, shell: FakeShell, look: theme.Theme
) -> None:
    run = window.session.actions.run
    assert run("view.appearance.dark")
    assert look.dark
    window.session.actions.refresh()
    assert window.session.actions.qaction("view.appearance.dark").isChecked()
    assert run("view.density.comfortable")
    assert look.density is theme.Density.COMFORTABLE
    assert run("view.larger")
    assert look.text_percent == 110
    assert run("view.text.200")
    assert not run("view.larger")
    assert run("view.smaller")
    assert look.text_percent == 175
    assert run("view.normal")
    assert run("view.motion")
    assert shell.preferences.raw("reduce_motion") is True


def test_the_sheet_names_every_shortcut_and_can_be_filtered(qtbot: QtBot, window: MainWindow) -> None:
    named = {action.id for _, group in grouped(window.actions_registry) for action in group}
    assert named == {action.id for action in window.actions_registry.actions() if action.shortcuts}
    sheet = ShortcutSheet(window.actions_registry, window)
    qtbot.addWidget(sheet)
    sheet.open()
    assert "Undo" in _texts(sheet)
    qtbot.keyClicks(sheet.field, "ctrl+shift")
    assert _texts(sheet) == ["Edit", "Redo"]
    sheet.field.setText("no such thing")
    assert _texts(sheet) == ["No shortcut has this name"]


def _texts(sheet: ShortcutSheet) -> list[str]:
    return [label.text() for label in sheet.area.widget().findChildren(QLabel)]
