"""Selection, current row and what is on the screen survive every load; any number of rows is selected at once."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.tables.view import LedgerTable
from tests.ui.tables.conftest import MakeTable, shown_texts, shows_rows
from tests.ui.tables.fakes import ByHand, FakeSource

MILLION = 1_000_000
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _click(qtbot: QtBot, table: LedgerTable, row: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    where = table.visualRect(table.table_model.index(row, 1)).center()
    none = Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier or none, where)


def _refresh(qtbot: QtBot, table: LedgerTable) -> None:
    with qtbot.waitSignal(table.table_model.settled):
        table.table_model.refresh()
    table.viewport().repaint()
    qtbot.waitUntil(lambda: shows_rows(table))


def _top(table: LedgerTable) -> str:
    return shown_texts(table)[0]


def test_all_of_a_million_rows_are_selected_at_once(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(MILLION))

    before = time.perf_counter()
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    table.viewport().repaint()
    spent = time.perf_counter() - before

    assert table.selected_count() == MILLION
    assert len(table.selected_ids()) == MILLION
    assert spent < 2  # going through the rows one by one takes longer


def test_the_ids_of_several_runs_come_in_the_order_of_the_table(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(100))
    _click(qtbot, table, 7)
    _click(qtbot, table, 9, SHIFT)
    _click(qtbot, table, 2, CTRL)

    assert list(table.selected_ids()) == [98, 93, 92, 91]
    assert table.selected_count() == 4


def test_columns_moved_about_do_not_count_rows_twice(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(100))
    table.horizontalHeader().moveSection(0, 3)
    _click(qtbot, table, 3)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)

    assert list(table.selected_ids()) == [97, 96]


def test_sorting_keeps_the_selection_and_the_current_row(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(5000), sort="bought")
    _click(qtbot, table, 4)
    _click(qtbot, table, 6, CTRL)
    chosen = set(table.selected_ids())
    current = table.current_id()

    with qtbot.waitSignal(table.table_model.settled):
        table.sort_by("name", descending=False)

    assert set(table.selected_ids()) == chosen
    assert table.current_id() == current
    assert table.selected_count() == 2


def test_a_row_in_sight_stays_where_it_is_when_the_table_is_sorted(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(5000), sort="bought")
    table.verticalScrollBar().setValue(2500 * table.row_height)
    table.viewport().repaint()
    _click(qtbot, table, 2505)
    before = table.visualRect(table.currentIndex()).top()
    current = table.current_id()

    with qtbot.waitSignal(table.table_model.settled):
        table.sort_by("bought", descending=False)

    assert table.current_id() == current
    assert table.visualRect(table.currentIndex()).top() == before


def test_a_refresh_keeps_current_row_selection_and_what_is_on_the_screen(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(5000)
    table = make_table(source)
    table.verticalScrollBar().setValue(1000 * table.row_height + 7)
    table.viewport().repaint()
    qtbot.waitUntil(lambda: shows_rows(table))
    _click(qtbot, table, 1003)
    current, top, texts = table.current_id(), table.visualRect(table.currentIndex()).top(), shown_texts(table)
    source.count = 5100
    source.removed = {4999, 4998}
    told: list[object] = []
    table.current_changed.connect(told.append)

    _refresh(qtbot, table)

    assert table.current_id() == current
    assert table.visualRect(table.currentIndex()).top() == top
    assert shown_texts(table) == texts
    assert list(table.selected_ids()) == [current]
    assert told == []


def test_with_the_current_row_out_of_sight_a_refresh_keeps_the_topmost_that_is_left(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(5000)
    table = make_table(source)
    table.verticalScrollBar().setValue(1000 * table.row_height)
    table.viewport().repaint()
    qtbot.waitUntil(lambda: shows_rows(table))
    source.count = 5010
    source.removed = {4000}

    _refresh(qtbot, table)

    assert shown_texts(table)[:2] == ["Thing 4001", "Thing 3999"]


def test_at_the_top_a_new_first_row_is_seen(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(5000)
    table = make_table(source)
    _click(qtbot, table, 2)
    source.count = 5001

    _refresh(qtbot, table)

    assert _top(table) == "Thing 5001"
    assert table.current_id() == 4998


def test_when_the_current_record_is_deleted_the_next_becomes_current(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(50)
    table = make_table(source)
    _click(qtbot, table, 3)
    source.removed = {47}

    with qtbot.waitSignal(table.current_changed) as told:
        table.table_model.refresh()

    assert told.args == [46]
    assert table.selected_count() == 0


def test_rows_chosen_while_a_refresh_runs_are_the_ones_kept(qtbot: QtBot, make_table: MakeTable) -> None:
    executor, source = ByHand(), FakeSource(500)
    table = make_table(source, executor, loaded=False)
    table.table_model.load()
    while executor.waiting:
        executor.run()
        QApplication.processEvents()
    _click(qtbot, table, 1)
    source.removed = {500}
    table.table_model.refresh()
    executor.run()
    QApplication.processEvents()
    executor.run()
    _click(qtbot, table, 5)
    while executor.waiting or table.table_model.busy:
        QApplication.processEvents()
        if executor.waiting:
            executor.run()

    assert table.current_id() == 495
    assert list(table.selected_ids()) == [495]


def test_a_selected_row_beyond_the_first_rows_of_an_answer_is_found_with_the_rest(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    executor = ByHand()
    table = make_table(FakeSource(5000), executor, loaded=False)
    table.table_model.load()
    while executor.waiting:
        executor.run()
        QApplication.processEvents()
    _click(qtbot, table, 0)
    told: list[object] = []
    table.current_changed.connect(told.append)

    table.sort_by("bought", descending=False)
    executor.run()
    QApplication.processEvents()
    assert _top(table) == "Thing 1"
    while executor.waiting:
        executor.run()
        QApplication.processEvents()

    assert table.current_id() == 5000
    assert list(table.selected_ids()) == [5000]
    assert told == []
    assert _top(table) == "Thing 1"


def test_another_filter_shows_its_top_and_keeps_what_is_still_there(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(5000))
    table.verticalScrollBar().setValue(1000 * table.row_height)
    table.viewport().repaint()
    _click(qtbot, table, 1000)
    _click(qtbot, table, 1001, CTRL)

    with qtbot.waitSignal(table.table_model.settled):
        table.table_model.set_filter(10)

    assert _top(table) == "Thing 5000"
    assert list(table.selected_ids()) == [4000]


def test_select_all_survives_a_refresh_without_new_rows(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(20_000)
    table = make_table(source)
    table.selectAll()
    source.count = 20_001
    source.removed = {5, 6}

    _refresh(qtbot, table)

    assert table.selected_count() == 19_998
    assert 20_001 not in table.selected_ids()


def test_a_selection_torn_into_thousands_of_pieces_is_given_up_and_that_is_said(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    table = make_table(FakeSource(120_000), sort="bought")
    _click(qtbot, table, 0)
    table.selectionModel().select(
        _rows(table, 0, 60_000),
        table.selectionModel().SelectionFlag.ClearAndSelect | table.selectionModel().SelectionFlag.Rows,
    )

    with qtbot.waitSignal(table.said) as said:
        table.sort_by("name", descending=False)

    assert said.args == ["60,000 selected rows are too scattered now to stay selected."]
    assert table.selected_count() == 0
    qtbot.waitUntil(lambda: not table.table_model.busy)


def _rows(table: LedgerTable, first: int, stop: int) -> object:
    from PySide6.QtCore import QItemSelection

    model = table.table_model
    return QItemSelection(model.index(first, 0), model.index(stop - 1, model.columnCount() - 1))


def test_a_new_record_can_be_gone_to_as_soon_as_it_is_loaded(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(5000)
    table = make_table(source)
    source.count = 5001
    table.table_model.set_sort("bought", descending=False)
    table.go_to(5001)

    qtbot.waitUntil(lambda: table.current_id() == 5001)

    assert list(table.selected_ids()) == [5001]
    assert table.visible_rows()[0] <= table.currentIndex().row() <= table.visible_rows()[1]


def test_going_to_a_record_that_is_not_shown_changes_nothing(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(50))
    _click(qtbot, table, 3)

    table.go_to(999)
    QApplication.processEvents()

    assert table.current_id() == 47


def test_the_selection_is_told_once_for_each_change(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(50))
    told: list[int] = []
    table.selection_changed.connect(lambda: told.append(table.selected_count()))

    _click(qtbot, table, 3)
    table.selectAll()

    assert told[-1] == 50
    assert 1 in told
    assert QApplication.focusWidget() is table
