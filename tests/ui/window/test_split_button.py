"""The button of the toolbar that does one thing and offers others behind its arrow."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from app.ui.actions import Action, Place
from app.ui.session import Session
from app.ui.window.main_window import MainWindow


def test_the_first_action_is_a_click_away_and_the_others_behind_the_arrow(
    open_window: Callable[..., MainWindow],
) -> None:
    done: list[str] = []

    def register(session: Session) -> None:
        for id, text, extra in (
            ("toast.new", "&Toast", {"toolbar": 10, "drops_down": ("toast.new", "jam.new", "", "tea.new")}),
            ("jam.new", "&Jam", {}),
        ):
            session.actions.add(
                Action(id, text, lambda id=id: done.append(id), Place("data", 0, len(done)), **extra)  # type: ignore[arg-type]
            )

    window = open_window(register)
    button = window.toolbar.findChild(QToolButton, "toast.new")
    assert button is not None
    assert button.popupMode() == QToolButton.ToolButtonPopupMode.MenuButtonPopup
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    button.click()
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    offered = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text() for action in offered] == ["&Toast", "&Jam"]
    offered[1].trigger()
    assert done == ["toast.new", "jam.new"]
    assert "Alt+Down" in [action.shortcut().toString() for action in button.actions()]
