"""The fields that open over a cell, whatever kind they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.columns import Column
from app.ui.theme.theme import current

# What the style sheet's border and padding and the field itself leave free beside a text.
_FRAME = 8


def make_editor(column: Column, parent: QWidget, paddings: tuple[int, int]) -> QWidget:
    """Return the usual editor of a column: a text field whose text stands where the cell's stood."""
    field = QLineEdit(parent)
    left, right = paddings
    field.setTextMargins(max(0, left - _FRAME), 0, max(0, right - _FRAME), 0)
    if column.align == "right":
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setFont(current().num_font("body"))
    elif column.kind == "date":
        field.setFont(current().num_font("body"))
    return field


def editor_text(editor: QWidget) -> str:
    """Return what is typed or chosen in an editor: a text field, a combo box, or one that has `text()`."""
    if isinstance(editor, QComboBox):
        data = editor.currentData()
        return data if isinstance(data, str) and not editor.isEditable() else editor.currentText()
    return str(editor.text())  # type: ignore[attr-defined]


def set_editor_text(editor: QWidget, text: str) -> None:
    """Put a cell's text into its editor, ready to be typed over."""
    if isinstance(editor, QComboBox):
        at = editor.findData(text)
        editor.setCurrentIndex(at if at >= 0 else editor.findText(text))
        if editor.isEditable():
            editor.setCurrentText(text)
        return
    editor.setText(text)  # type: ignore[attr-defined]
    if isinstance(editor, QLineEdit):
        editor.selectAll()


def mark_problem(editor: QWidget, problem: str) -> None:
    """Show that what is in an editor cannot be saved, and why; an empty text takes the mark away."""
    editor.setProperty("state", "error" if problem else "")
    border = f"border: 2px solid {current().color('danger').name()};" if problem else ""
    editor.setStyleSheet(border)
    editor.setToolTip("")
    editor.setAccessibleDescription(problem)
