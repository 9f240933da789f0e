"""The filter bar and its chips."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.filter_bar import FilterBar

CATEGORY = Chip("category", "Category is", "Electronics")
YEAR = Chip("year", "Bought in", "2025")


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.resize(1000, 60)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def _chip(bar: FilterBar, key: str) -> ChipButton:
    found = bar.chip_button(key)
    assert found is not None
    return found


def test_typing_tells_each_change(bar: FilterBar, qtbot: QtBot) -> None:
    heard: list[str] = []
    bar.text_changed.connect(heard.append)
    qtbot.keyClicks(bar.field, "lap")
    assert heard == ["l", "la", "lap"]
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert heard[-1] == ""


def test_clear_filters_is_there_when_there_is_something_to_clear(bar: FilterBar, qtbot: QtBot) -> None:
    clear = bar.clear_button()
    assert clear.isHidden()
    bar.set_chips([CATEGORY])
    assert clear.isVisible()
    bar.set_chips([])
    assert clear.isHidden()
    bar.set_text("lap")
    with qtbot.waitSignal(bar.clear_requested):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_add_filter_asks_for_more(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.add_requested):
        bar.add_button.click()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_edits_a_chip(bar: FilterBar, qtbot: QtBot, key: Qt.Key) -> None:
    bar.set_chips([CATEGORY, YEAR])
    with qtbot.waitSignal(bar.chip_edit_requested) as caught:
        qtbot.keyClick(_chip(bar, "year"), key)
    assert caught.args == ["year"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_a_chip(bar: FilterBar, qtbot: QtBot, key: Qt.Key) -> None:
    bar.set_chips([CATEGORY, YEAR])
    with qtbot.waitSignal(bar.chip_removed) as caught:
        qtbot.keyClick(_chip(bar, "category"), key)
    assert caught.args == ["category"]


def test_the_cross_removes_and_the_words_edit(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_chips([CATEGORY])
    chip = _chip(bar, "category")
    removed: list[str] = []
    edited: list[str] = []
    bar.chip_removed.connect(removed.append)
    bar.chip_edit_requested.connect(edited.append)
    middle = chip.height() // 2
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, middle))
    assert (removed, edited) == (["category"], [])
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, middle))
    assert (removed, edited) == (["category"], ["category"])


def test_a_press_on_the_words_that_ends_on_the_cross_removes_nothing(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_chips([CATEGORY])
    chip = _chip(bar, "category")
    removed: list[str] = []
    bar.chip_removed.connect(removed.append)
    qtbot.mousePress(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    qtbot.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, 14))
    assert removed == []


def test_the_focus_goes_to_the_neighbour_of_a_removed_chip(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_chips([CATEGORY, YEAR])
    _chip(bar, "year").setFocus()
    qtbot.waitUntil(lambda: _chip(bar, "year").hasFocus())
    bar.set_chips([CATEGORY])
    qtbot.waitUntil(lambda: _chip(bar, "category").hasFocus())
    bar.set_chips([])
    qtbot.waitUntil(bar.field.hasFocus)


def test_tab_goes_through_the_bar_from_left_to_right(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_chips([CATEGORY, YEAR])
    bar.focus_field()
    stops = [_chip(bar, "category"), _chip(bar, "year"), bar.add_button, bar.clear_button()]
    for stop in stops:
        qtbot.keyClick(bar.window().focusWidget(), Qt.Key.Key_Tab)
        assert bar.window().focusWidget() is stop


def test_a_chip_says_what_it_is_and_what_keys_do(bar: FilterBar) -> None:
    bar.set_chips([CATEGORY])
    chip = _chip(bar, "category")
    assert chip.accessibleName() == "Category is Electronics"
    assert "Delete" in chip.accessibleDescription()
    assert bar.chips() == [CATEGORY]
    assert bar.chip_button("brand") is None


def test_a_narrow_bar_begins_a_second_line(bar: FilterBar) -> None:
    bar.set_chips([CATEGORY, YEAR])
    wide, narrow = bar.heightForWidth(1000), bar.heightForWidth(420)
    assert narrow >= wide + 28


def test_a_long_value_does_not_fill_the_bar(bar: FilterBar) -> None:
    bar.set_chips([Chip("brand", "Brand is", "Long " * 100)])
    assert _chip(bar, "brand").sizeHint().width() < 400
    assert not bar.grab().isNull()


def test_ctrl_f_selects_what_was_typed(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_text("laptop")
    bar.focus_field()
    qtbot.waitUntil(bar.field.hasFocus)
    assert bar.field.selectedText() == "laptop"
    assert bar.text() == "laptop"
