"""Columns are arranged, sorted and sized by the user, and stay so."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.tables.view import LedgerTable
from app.ui.theme.theme import Density, Theme
from tests.ui.tables.conftest import MakeTable, shown_texts
from tests.ui.tables.fakes import FakeSource


def _keys(table: LedgerTable) -> list[str]:
    return [column.key for column in table.shown_columns()]


def _width(table: LedgerTable, key: str) -> int:
    return table.horizontalHeader().sectionSize(table.table_model.column_of(key))


def _click_heading(qtbot: QtBot, table: LedgerTable, key: str) -> None:
    header = table.horizontalHeader()
    x = header.sectionViewportPosition(table.table_model.column_of(key)) + 20
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))


def _drag(qtbot: QtBot, table: LedgerTable, key: str, by: int) -> None:
    """Drag the right edge of a column."""
    header = table.horizontalHeader()
    edge = header.sectionViewportPosition(table.table_model.column_of(key)) + _width(table, key) - 1
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(header.viewport(), left, pos=QPoint(edge, 10))
    qtbot.mouseMove(header.viewport(), QPoint(edge + by, 10))
    qtbot.mouseRelease(header.viewport(), left, pos=QPoint(edge + by, 10))


def test_columns_fill_the_table_and_the_name_takes_what_is_left(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    name, shop = _width(table, "name"), _width(table, "shop")

    table.resize(1100, 500)

    assert table.horizontalHeader().length() == table.viewport().width()
    assert _width(table, "name") == name + 200
    assert _width(table, "shop") == shop


def test_a_little_too_narrow_the_name_gives_way_before_anything_scrolls(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))

    table.resize(870, 500)
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(600, 500)
    assert table.horizontalScrollBar().maximum() > 0
    assert _width(table, "name") == 140


def test_the_page_margin_goes_with_whatever_column_is_first_or_last(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    assert table.paddings(0) == (24, 10)
    assert table.paddings(7) == (10, 24)

    table.horizontalHeader().moveSection(0, 2)
    table.resizing_ended()

    assert table.paddings(0) == (10, 10)
    assert table.paddings(1) == (24, 10)


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(500), sort="bought")
    _click_heading(qtbot, table, "name")
    assert table.sorted_by() == ("name", False)
    _click_heading(qtbot, table, "name")
    assert table.sorted_by() == ("name", True)
    _click_heading(qtbot, table, "bought")
    assert table.sorted_by() == ("bought", True)
    _click_heading(qtbot, table, "bought")
    qtbot.waitUntil(lambda: shown_texts(table)[0] == "Thing 1")


def test_a_column_that_cannot_be_sorted_does_nothing(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(50), sort="bought")
    _click_heading(qtbot, table, "warranty")
    assert table.sorted_by() == ("bought", True)


def test_a_column_drawn_wider_stays_so_and_is_saved(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    before = _width(table, "shop")

    with qtbot.waitSignal(table.columns_changed):
        _drag(qtbot, table, "shop", 20)

    assert _width(table, "shop") == before + 20
    other = make_table(FakeSource(10))
    other.restore(table.saved_state())
    assert _width(other, "shop") == before + 20


def test_a_name_made_narrower_by_hand_leaves_the_room_to_the_last_column(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(10))
    last = _width(table, "price")

    _drag(qtbot, table, "name", -40)

    assert _width(table, "price") == last + 40
    assert table.horizontalHeader().length() == table.viewport().width()


def test_the_layout_survives_being_saved_as_json(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(10), sort="bought")
    table.horizontalHeader().moveSection(0, 3)
    table.show_column("tags", shown=True)
    table.show_column("paid_with", shown=False)
    table.sort_by("name", descending=True)
    _drag(qtbot, table, "receipt", 15)

    other = make_table(FakeSource(10), loaded=False)
    other.restore(json.loads(json.dumps(table.saved_state())))
    other.table_model.load()

    assert _keys(other) == _keys(table)
    assert other.saved_state() == table.saved_state()
    assert [_width(other, key) for key in _keys(other)] == [_width(table, key) for key in _keys(table)]
    assert other.sorted_by() == ("name", True)
    qtbot.waitUntil(lambda: not other.table_model.busy)


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"columns": None, "sort": 7},
        {"columns": [], "sort": "unknown"},
        {"columns": ["bought", {"key": "gone", "width": 5}], "sort": "warranty"},
        {"columns": [{"key": "bought", "width": "wide"}, {"key": "name", "width": -3}]},
        {"columns": [{"key": key, "shown": False} for key in ("bought", "name", "shop")]},
        {"columns": [{"key": ["unhashable"]}]},
    ],
)
def test_a_saved_layout_that_does_not_fit_leaves_a_usable_table(
    make_table: MakeTable, saved: dict[str, object]
) -> None:
    table = make_table(FakeSource(10))
    before = _keys(table)

    table.restore(saved)

    assert set(_keys(table)) == set(before)
    assert table.sorted_by()[0] == ""


def test_a_column_that_came_later_takes_its_declared_place(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    state = table.saved_state()
    state["columns"] = [entry for entry in state["columns"] if entry["key"] != "name"]

    other = make_table(FakeSource(10))
    other.restore(state)

    assert _keys(other) == _keys(table)


def test_columns_are_chosen_from_a_menu_and_brought_back(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    _trigger(table, "Shop")
    assert "shop" not in _keys(table)
    _trigger(table, "Tags")
    assert "tags" in _keys(table)

    _trigger(table, "&Reset columns")

    assert _keys(table) == ["bought", "name", "shop", "paid_with", "warranty", "receipt", "price"]


def test_the_last_column_cannot_be_hidden(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    for key in _keys(table):
        table.show_column(key, shown=False)

    assert _keys(table) == ["price"]
    menu = table.columns_menu()
    assert [action.isEnabled() for action in menu.actions() if action.text() == "Amount"] == [False]


def test_the_menu_sorts_too(make_table: MakeTable) -> None:
    table = make_table(FakeSource(10))
    menu = table.columns_menu().actions()[0].menu()
    assert isinstance(menu, QMenu)
    assert [action.isEnabled() for action in menu.actions()[-2:]] == [False, False]

    next(action for action in menu.actions() if action.text() == "Item").trigger()
    assert table.sorted_by() == ("name", False)
    again = table.columns_menu().actions()[0].menu()
    assert isinstance(again, QMenu)
    assert [action.text() for action in again.actions() if action.isChecked()] == ["Item", "&Ascending"]
    again.actions()[-1].trigger()
    assert table.sorted_by() == ("name", True)


def _trigger(table: LedgerTable, text: str) -> None:
    menu = table.columns_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


def test_a_double_click_on_an_edge_fits_the_column_to_what_is_seen(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(1_000_000))
    header = table.horizontalHeader()
    shop = table.table_model.column_of("shop")
    edge = header.sectionViewportPosition(shop) + header.sectionSize(shop) - 1
    header.resizeSection(shop, 400)
    edge = header.sectionViewportPosition(shop) + 400 - 1

    qtbot.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))

    assert 120 < header.sectionSize(shop) < 200


def test_density_and_text_size_change_the_rows_and_keep_the_place(
    qtbot: QtBot, make_table: MakeTable, theme: Theme
) -> None:
    table = make_table(FakeSource(5000))
    assert table.row_height == 30
    table.verticalScrollBar().setValue(1000 * 30)

    theme.set_density(Density.COMFORTABLE)
    assert table.row_height == 38
    assert table.visible_rows()[0] == 1000

    theme.set_text_percent(150)
    assert table.row_height == 57
    assert table.visible_rows()[0] == 1000
    assert table.horizontalHeader().height() == 45
    assert _width(table, "shop") == 237
