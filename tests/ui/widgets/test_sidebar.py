"""The sidebar: groups, counts, and getting about by keyboard and mouse."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.ui.theme import theme
from app.ui.widgets.sidebar import SidebarItem, SidebarView

ITEMS = (
    SidebarItem("overview", "Overview", "layout-dashboard"),
    SidebarItem("purchases", "Purchases", "receipt", "Ledger", count=1066),
    SidebarItem("warranties", "Warranties", "shield-check", "Ledger", attention=2),
    SidebarItem("milestones", "Milestones", "award", "Records", new=1),
)


@pytest.fixture
def sidebar(qtbot: QtBot) -> SidebarView:
    view = SidebarView()
    qtbot.addWidget(view)
    view.set_items(ITEMS)
    view.set_current("purchases")
    view.resize(208, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


def _list(sidebar: SidebarView) -> QListView:
    found = sidebar.findChild(QListView)
    assert found is not None
    return found


def _spoken(sidebar: SidebarView) -> list[str]:
    model = _list(sidebar).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount(QModelIndex()))]


def test_rows_are_read_out_with_what_they_count(sidebar: SidebarView) -> None:
    assert _spoken(sidebar) == [
        "Overview",
        "Ledger",
        "Purchases, 1,066",
        "Warranties, 2 need attention",
        "Records",
        "Milestones, 1 new",
    ]


def test_arrow_keys_pass_over_the_labels_of_groups(sidebar: SidebarView, qtbot: QtBot) -> None:
    went: list[str] = []
    sidebar.activated.connect(went.append)
    view = _list(sidebar)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert went == ["overview", "purchases", "warranties", "milestones"]
    assert sidebar.current() == "milestones"


def test_a_click_goes_to_a_page_and_one_on_a_label_does_not(sidebar: SidebarView, qtbot: QtBot) -> None:
    went: list[str] = []
    sidebar.activated.connect(went.append)
    view = _list(sidebar)
    for row in (1, 3):
        middle = view.visualRect(view.model().index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle))
    assert went == ["warranties"]


def test_the_program_can_move_without_being_told_of_it(sidebar: SidebarView) -> None:
    went: list[str] = []
    sidebar.activated.connect(went.append)
    sidebar.set_current("overview")
    sidebar.set_current("no such page")
    assert sidebar.current() == "overview"
    assert went == []


def test_other_items_keep_the_current_page(sidebar: SidebarView) -> None:
    sidebar.set_items(ITEMS[1:])
    assert sidebar.current() == "purchases"


def test_counts_change_in_place(sidebar: SidebarView) -> None:
    sidebar.set_counts("purchases", 67)
    sidebar.set_counts("warranties", attention=1)
    sidebar.set_counts("milestones")
    sidebar.set_counts("no such page", 5)
    spoken = _spoken(sidebar)
    assert "Purchases, 67" in spoken
    assert "Warranties, 1 needs attention" in spoken
    assert "Milestones" in spoken


def test_icons_alone_have_tooltips(sidebar: SidebarView) -> None:
    index = _list(sidebar).model().index(3, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None
    wide = sidebar.width()
    sidebar.set_icon_only(True)
    assert sidebar.is_icon_only()
    assert sidebar.width() < wide / 3
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Warranties, 2 need attention"
    assert not sidebar.grab().isNull()


def test_rows_grow_with_the_text(sidebar: SidebarView, look: theme.Theme, qtbot: QtBot) -> None:
    view = _list(sidebar)
    before = view.visualRect(view.model().index(2, 0)).height()
    look.set_text_percent(200)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(2, 0)).height() == 2 * (before - 1) + 1)
    assert sidebar.width() == 416


def test_the_ring_shows_after_a_key_but_not_after_a_click(sidebar: SidebarView, qtbot: QtBot) -> None:
    view = _list(sidebar)
    index = view.model().index(2, 0)
    inside = view.visualRect(index).topLeft() + QPoint(100, 1)
    ring = theme.current().color("focus").name()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.viewport().grab().toImage().pixelColor(inside).name() == ring
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert view.viewport().grab().toImage().pixelColor(inside).name() != ring
