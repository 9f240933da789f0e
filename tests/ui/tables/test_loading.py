"""A table shows its first rows at once and all of them soon, and never what nobody asks for any more."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.columns import Column
from app.services.ledger import DiskFailure
from app.ui.tables.cells import CellState
from app.ui.tables.model import ID_ROLE, VALUE_ROLE
from tests.ui.tables.conftest import MakeTable, shown_texts, shows_rows
from tests.ui.tables.fakes import Bought, ByHand, FakeSource

MILLION = 1_000_000


def _work(qtbot: QtBot, executor: ByHand, at: int = 0) -> None:
    """Run one read and let what it found arrive."""
    executor.run(at)
    QApplication.processEvents()


def test_the_first_rows_of_a_million_are_there_before_the_others_are_known(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    executor = ByHand()
    table = make_table(FakeSource(MILLION), executor, loaded=False)
    table.table_model.load()

    _work(qtbot, executor)

    assert table.table_model.rowCount() == MILLION
    assert not table.table_model.complete
    assert shown_texts(table)[:2] == ["Thing 1000000", "Thing 999999"]
    assert table.table_model.cell(MILLION - 1, 1).state is CellState.LOADING

    _work(qtbot, executor)
    _work(qtbot, executor)
    assert table.table_model.complete
    assert table.table_model.id_at(MILLION - 1) == 1


def test_a_jump_to_the_end_fetches_only_rows_around_it(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(MILLION)
    table = make_table(source)
    source.asked.clear()

    qtbot.keyClick(table, Qt.Key.Key_End)
    table.viewport().repaint()
    qtbot.waitUntil(lambda: shows_rows(table))

    assert shown_texts(table)[-1] == "Thing 1"
    fetched = [ids for kind, ids in source.asked if kind == "rows"]
    assert sum(map(len, fetched)) <= 4 * 128
    assert max(max(ids) for ids in fetched) < 1000


def test_rows_not_there_yet_are_spoken_of_as_loading(qtbot: QtBot, make_table: MakeTable) -> None:
    executor = ByHand()
    table = make_table(FakeSource(MILLION), executor, loaded=False)
    model = table.table_model
    model.load()
    _work(qtbot, executor)

    far = model.index(500_000, 1)

    assert model.data(far) == ""
    assert model.data(far, Qt.ItemDataRole.AccessibleTextRole) == "loading"


def test_data_of_a_far_row_asks_for_it_and_comes_later(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(MILLION))
    model = table.table_model
    index = model.index(700_000, 1)

    assert model.data(index) == ""
    qtbot.waitUntil(lambda: model.data(index) == "Thing 300000")
    assert model.data(index, ID_ROLE) == 300_000


def test_a_newer_question_stops_the_one_before_and_drops_its_answer(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    executor, source = ByHand(), FakeSource(1000)
    table = make_table(source, executor, loaded=False)
    table.table_model.load()
    table.table_model.set_filter(10)
    table.table_model.set_filter(100)

    assert len(executor.waiting) == 3
    for _ in range(3):
        _work(qtbot, executor)

    assert source.interrupted == 2
    assert table.table_model.rowCount() == 10
    assert shown_texts(table) == [f"Thing {n}" for n in range(1000, 0, -100)]


def test_an_answer_that_was_complete_already_is_dropped_too(qtbot: QtBot, make_table: MakeTable) -> None:
    executor = ByHand()
    table = make_table(FakeSource(1000), executor, loaded=False)
    table.table_model.load()
    executor.run()
    table.table_model.set_filter(100)
    QApplication.processEvents()

    assert table.table_model.rowCount() == 0
    _work(qtbot, executor)
    assert table.table_model.rowCount() == 10


def test_a_count_not_known_at_first_is_made_up_for_later(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(5000)
    source.total_known = False
    table = make_table(source)

    assert table.table_model.rowCount() == 5000
    qtbot.keyClick(table, Qt.Key.Key_End)
    table.viewport().repaint()
    qtbot.waitUntil(lambda: shown_texts(table)[-1] == "Thing 1")


def test_an_empty_answer_leaves_an_empty_table(qtbot: QtBot, make_table: MakeTable) -> None:
    table = make_table(FakeSource(0))

    assert table.table_model.rowCount() == 0
    assert table.selected_count() == 0
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.current_id() is None


def test_several_changes_during_a_load_are_read_once_more_after_it(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    executor, source = ByHand(), FakeSource(10)
    table = make_table(source, executor, loaded=False)
    model = table.table_model
    model.load()
    source.count = 12
    model.refresh()
    model.refresh()

    with qtbot.waitSignal(model.settled):
        while executor.waiting:
            _work(qtbot, executor)

    assert model.rowCount() == 12
    assert [kind for kind, _ in source.asked].count("ids") == 1


def test_changed_rows_are_shown_without_an_empty_moment(qtbot: QtBot, make_table: MakeTable) -> None:
    executor, source = ByHand(), FakeSource(MILLION)
    table = make_table(source, executor, loaded=False)
    model = table.table_model
    model.load()
    while executor.waiting:
        _work(qtbot, executor)
    source.changed[MILLION] = Bought(MILLION, "Renamed", "", "", *_day_and_price(source))
    seen = set()
    model.refresh()
    while executor.waiting:
        seen.add(model.cell(0, 1).text)
        _work(qtbot, executor)

    assert seen <= {"Thing 1000000", "Renamed"}
    assert model.cell(0, 1).text == "Renamed"


def _day_and_price(source: FakeSource) -> tuple[object, object]:
    row = source.rows([1])[0]
    return row.bought, row.price


def test_a_record_that_vanished_meanwhile_leaves_an_empty_row_until_the_next_load(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(MILLION)
    table = make_table(source)
    source.removed.add(499_990)
    table.verticalScrollBar().setValue(500_000 * table.row_height)
    table.viewport().repaint()
    row = MILLION - 499_990

    qtbot.waitUntil(lambda: table.table_model.cell(row, 1).state is CellState.GONE)
    assert table.table_model.cell(row - 1, 1).text == "Thing 499991"


def test_a_value_that_cannot_be_shown_is_logged_once_and_marked(
    qtbot: QtBot, make_table: MakeTable, expected_log: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("The column shop of row 50 cannot be shown")
    source = FakeSource(50)
    asked = []

    def value(row: Bought, key: str) -> object:
        if key == "shop":
            asked.append(row.id)
            raise ZeroDivisionError
        return getattr(row, key)

    monkeypatch.setattr(source, "value", value)
    table = make_table(source)
    table.viewport().repaint()
    model = table.table_model
    shop = model.column_of("shop")

    assert len(asked) > 5
    assert model.cell(3, shop).state is CellState.FAILED
    assert model.cell(3, 1).text == "Thing 47"
    assert "log" in model.data(model.index(3, shop), Qt.ItemDataRole.AccessibleTextRole)


def test_a_read_that_fails_is_told_and_leaves_what_was_shown(
    qtbot: QtBot, make_table: MakeTable, expected_log: Callable[..., None]
) -> None:
    source = FakeSource(50)
    table = make_table(source)
    source.failing = DiskFailure("The disk cannot be read.")

    with qtbot.waitSignal(table.table_model.failed) as failed:
        table.table_model.refresh()

    assert failed.args == [source.failing]
    assert table.table_model.rowCount() == 50
    source.failing = None
    source.count = 51
    with qtbot.waitSignal(table.table_model.settled):
        table.table_model.refresh()
    assert shown_texts(table)[0] == "Thing 51"


def test_rows_that_cannot_be_fetched_are_marked_and_not_asked_for_again_and_again(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(MILLION)
    table = make_table(source)
    source.failing = DiskFailure("The disk cannot be read.")
    with qtbot.waitSignal(table.table_model.failed):
        table.verticalScrollBar().setValue(500_000 * table.row_height)
        table.viewport().repaint()
    asked = len(source.asked)

    for _ in range(3):
        table.viewport().repaint()
        QApplication.processEvents()

    assert len(source.asked) == asked
    assert table.table_model.cell(500_000, 1).state is CellState.FAILED


def test_cells_tell_value_alignment_and_what_to_say_aloud(make_table: MakeTable) -> None:
    model = make_table(FakeSource(8)).table_model
    paid, price = model.column_of("paid_with"), model.column_of("price")
    without = next(row for row in range(8) if model.row_at(row).paid_with == "")

    assert model.data(model.index(without, paid)) == "—"
    assert model.data(model.index(without, paid), Qt.ItemDataRole.AccessibleTextRole) == "none"
    assert model.data(model.index(0, price), VALUE_ROLE) == model.row_at(0).price
    assert model.data(model.index(0, price)) == "−$4.44"
    assert Qt.AlignmentFlag.AlignRight in model.data(model.index(0, price), Qt.ItemDataRole.TextAlignmentRole)


def test_headings_say_aloud_how_the_table_is_sorted(make_table: MakeTable) -> None:
    model = make_table(FakeSource(8), sort="bought").table_model
    across = Qt.Orientation.Horizontal

    assert model.headerData(0, across) == "Bought"
    assert model.headerData(0, across, Qt.ItemDataRole.AccessibleTextRole) == "Bought, sorted, descending"
    assert model.headerData(1, across, Qt.ItemDataRole.AccessibleTextRole) is None


def test_a_column_knows_where_it_stands_and_how_it_is_sorted_first() -> None:
    assert Column("p", "P", "money").align == "right"
    assert Column("r", "R", "receipt").align == "centre"
    assert Column("n", "N", "name").align == "left"
    assert Column("d", "D", "date").descending_first
    assert not Column("n", "N", "name").descending_first
    assert Column("s", "S", supporting=True).muted
    assert not Column("s", "S").muted


def test_what_arrives_for_a_table_that_is_gone_is_dropped(qtbot: QtBot, make_table: MakeTable) -> None:
    executor = ByHand()
    table = make_table(FakeSource(1000), executor, loaded=False)
    model = table.table_model
    model.load()
    executor.run()
    table.hide()
    shiboken6.delete(model)

    QApplication.processEvents()

    assert executor.waiting == []


def test_a_closed_table_reads_nothing_more(qtbot: QtBot, make_table: MakeTable) -> None:
    source = FakeSource(1_000_000)
    table = make_table(source)
    table.table_model.close()
    source.asked.clear()

    table.verticalScrollBar().setValue(500_000 * table.row_height)
    table.viewport().repaint()
    QApplication.processEvents()

    assert source.asked == []
    assert not table.table_model.busy


def test_reads_on_real_threads_arrive_on_the_window_s_own(qtbot: QtBot, make_table: MakeTable) -> None:
    with ThreadPoolExecutor(2) as pool:
        source = FakeSource(100_000)
        table = make_table(source, pool)
        threads = set()
        table.table_model.settled.connect(lambda: threads.add(threading.current_thread()))
        for wanted in (7, 11, 13, 1000):
            table.table_model.set_filter(wanted)

        qtbot.waitUntil(lambda: not table.table_model.busy)
        table.viewport().repaint()
        qtbot.waitUntil(lambda: shows_rows(table))

        assert table.table_model.rowCount() == 100
        assert threads == {threading.main_thread()}
        table.table_model.readers.close()
