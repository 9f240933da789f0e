"""Tags typed into one field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.widgets.chip import ChipButton
from app.ui.widgets.form import FormField
from app.ui.widgets.tag_editor import TagEditor

# The list of known tags pops up while one types; the offscreen platform complains of it.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard$")


@pytest.fixture
def editor(qtbot: QtBot) -> TagEditor:
    made = TagEditor(["office", "tax 2025"])
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def _line(editor: TagEditor) -> QLineEdit:
    found = editor.findChild(QLineEdit)
    assert found is not None
    return found


def _chips(editor: TagEditor) -> list[ChipButton]:
    return [chip for chip in editor.findChildren(ChipButton) if not chip.isHidden()]


def test_enter_and_comma_end_a_tag(editor: TagEditor, qtbot: QtBot) -> None:
    line = _line(editor)
    qtbot.keyClicks(line, "tax  2025")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "office,")
    assert editor.tags() == ("tax 2025", "office")
    assert [chip.chip.value for chip in _chips(editor)] == ["tax 2025", "office"]
    assert line.text() == ""


def test_what_is_being_typed_counts(editor: TagEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(_line(editor), "gift")
    assert editor.tags() == ("gift",)


def test_several_pasted_tags_are_several(editor: TagEditor) -> None:
    line = _line(editor)
    line.setText("a, b; c")
    line.textEdited.emit(line.text())
    assert editor.tags() == ("a", "b", "c")


def test_a_tag_is_there_once(editor: TagEditor, qtbot: QtBot) -> None:
    editor.set_tags(["Office"])
    qtbot.keyClicks(_line(editor), "office,")
    assert editor.tags() == ("Office",)


def test_backspace_in_the_empty_field_removes_the_last(editor: TagEditor, qtbot: QtBot) -> None:
    editor.set_tags(["a", "b"])
    with qtbot.waitSignal(editor.tags_changed):
        qtbot.keyClick(_line(editor), Qt.Key.Key_Backspace)
    assert editor.tags() == ("a",)


def test_left_goes_to_the_chips_and_delete_removes(editor: TagEditor, qtbot: QtBot) -> None:
    editor.set_tags(["a", "b"])
    line = _line(editor)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    last = _chips(editor)[-1]
    qtbot.waitUntil(last.hasFocus)
    qtbot.keyClick(last, Qt.Key.Key_Delete)
    assert editor.tags() == ("a",)
    qtbot.waitUntil(line.hasFocus)


def test_leaving_the_field_ends_a_tag(editor: TagEditor, qtbot: QtBot) -> None:
    line = _line(editor)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "gift")
    line.clearFocus()
    assert [chip.chip.value for chip in _chips(editor)] == ["gift"]


def test_known_tags_are_offered(editor: TagEditor) -> None:
    editor.set_known(["garden"])
    completer = _line(editor).completer()
    completer.setCompletionPrefix("den")
    assert completer.currentCompletion() == "garden"


def test_many_tags_make_the_field_higher(editor: TagEditor) -> None:
    one_line = editor.heightForWidth(300)
    editor.set_tags([f"tag number {n}" for n in range(12)])
    assert editor.heightForWidth(300) > one_line * 2


def test_the_label_names_the_line_edit(qtbot: QtBot) -> None:
    editor = TagEditor()
    field = FormField("Tags", editor)
    qtbot.addWidget(field)
    field.set_error("Too many tags.")
    assert _line(editor).accessibleName() == "Tags"
    assert not editor.grab().isNull()
