"""What can be done with the table of any page of records: copying, filtering, columns and details."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.ui.actions import Action, Menu, Place
from app.ui.i18n import tr

if TYPE_CHECKING:
    from app.ui.records.page import RecordsPage


def declare_table(page: "RecordsPage", id: str) -> None:
    """Add what the page of that id can do with its table to the window's actions, menus and shortcuts.

    The actions are called `ID.copy_headed`, `ID.add_filter`, `ID.clear_filters` and `ID.details`.
    """

    def fill(menu: QMenu) -> None:
        for action in page.table.columns_menu(menu).actions():
            menu.addAction(action)

    actions = page.session.actions
    actions.add_menu(Menu(f"view/{id}_columns", tr("&Columns"), Place("view", 30, 0), page=id, fill=fill))
    actions.add(
        Action(
            f"{id}.copy_headed",
            tr("Copy with &headings"),
            lambda: page.table.copy(heading=True),
            Place("edit", 10, 15),
            shortcuts=("Ctrl+Shift+C",),
            enabled=lambda: page.has_selection,
            page=id,
        ),
        Action(
            f"{id}.add_filter",
            tr("A&dd filter…"),
            page.filters.open_menu,
            Place("edit", 20, 10),
            icon="plus",
            page=id,
        ),
        Action(
            f"{id}.clear_filters",
            tr("C&lear filters"),
            page.filters.clear,
            Place("edit", 20, 20),
            icon="x",
            shortcuts=("Ctrl+Shift+F",),
            enabled=lambda: bool(page.filters.wanted),
            page=id,
        ),
        Action(
            f"{id}.details",
            tr("Deta&ils"),
            page.toggle_pane,
            Place("view", 30, 10),
            icon="panel-right",
            shortcuts=("Alt+Return",),
            title=tr("Show or hide the details"),
            checked=page.pane.isVisible,
            enabled=lambda: page.has_selection or page.pane.isVisible(),
            page=id,
        ),
    )
    actions.handle("edit.copy", id, page.table.copy, lambda: page.has_selection)
    actions.handle("edit.select_all", id, page.table.selectAll)
    actions.handle("edit.find", id, page.filters.bar.focus_field)
