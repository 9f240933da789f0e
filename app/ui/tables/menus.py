"""The menus of a table's columns: which are shown, and what they are sorted by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.columns import Column
from app.ui.i18n import tr

if TYPE_CHECKING:
    from app.ui.tables.base import RowTable


def columns_menu(table: "RowTable", parent: QWidget) -> QMenu:
    """Return a menu to sort the table, choose its columns and bring the usual ones back."""
    menu = QMenu(parent)
    sort = menu.addMenu(tr("&Sort by"))
    _add_sorting(table, sort)
    menu.addSeparator()
    _add_choices(table, menu)
    return menu


def heading_menu(table: "RowTable", column: Column, parent: QWidget) -> QMenu:
    """Return the menu of one heading: sort by it, hide it, choose others."""
    menu = QMenu(parent)
    if column.sortable:
        _add(menu, tr("Sort &ascending"), lambda: table.sort_by(column.key, descending=False))
        _add(menu, tr("Sort &descending"), lambda: table.sort_by(column.key, descending=True))
        menu.addSeparator()
    hide = _add(menu, tr("&Hide this column"), lambda: table.show_column(column.key, shown=False))
    hide.setEnabled(len(table.shown_columns()) > 1)
    menu.addSeparator()
    _add_choices(table, menu)
    return menu


def _add_sorting(table: "RowTable", menu: QMenu) -> None:
    key, descending = table.sorted_by()
    columns, directions = QActionGroup(menu), QActionGroup(menu)
    for column in table.table_model.columns:
        if column.sortable:
            action = _checkable(menu, _escaped(tr(column.title)), column.key == key)
            action.triggered.connect(_sorter(table, column.key, column.descending_first))
            columns.addAction(action)
    menu.addSeparator()
    for text, down in ((tr("&Ascending"), False), (tr("&Descending"), True)):
        action = _checkable(menu, text, down == descending)
        action.triggered.connect(_sorter(table, key, down))
        action.setEnabled(bool(key))
        directions.addAction(action)


def _add_choices(table: "RowTable", menu: QMenu) -> None:
    shown = {column.key for column in table.shown_columns()}
    for column in table.table_model.columns:
        action = _checkable(menu, _escaped(tr(column.title)), column.key in shown)
        action.setEnabled(shown != {column.key})
        action.triggered.connect(_chooser(table, column.key))
    menu.addSeparator()
    _add(menu, tr("&Reset columns"), table.reset_columns)


def _checkable(menu: QMenu, text: str, checked: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(checked)
    return action


def _add(menu: QMenu, text: str, run: Callable[..., object]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(run)
    return action


def _sorter(table: "RowTable", key: str, descending: bool) -> Callable[..., object]:
    return lambda: table.sort_by(key, descending=descending)


def _chooser(table: "RowTable", key: str) -> Callable[..., object]:
    return lambda checked: table.show_column(key, shown=checked)


def _escaped(title: str) -> str:
    return title.replace("&", "&&")
