"""Cut, copy, paste and select all for text fields: what these actions do where the page has no say."""

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

TextWidget = QLineEdit | QPlainTextEdit | QTextEdit


def focused_text() -> TextWidget | None:
    """Return the text field that has the focus, if one has."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QComboBox | QAbstractSpinBox):
        focused = focused.lineEdit()
    return focused if isinstance(focused, TextWidget) else None


def selectable_label() -> QLabel | None:
    """Return the label with a text selection that has the focus, if one has."""
    focused: QWidget | None = QApplication.focusWidget()
    return focused if isinstance(focused, QLabel) and focused.hasSelectedText() else None


def has_selection() -> bool:
    """Tell whether some text is selected in the focused field or label."""
    field = focused_text()
    if isinstance(field, QLineEdit):
        return field.hasSelectedText()
    if field is not None:
        return field.textCursor().hasSelection()
    return selectable_label() is not None


def can_change() -> bool:
    """Tell whether the focused field can be typed into."""
    field = focused_text()
    return field is not None and not field.isReadOnly()


def copy() -> None:
    """Copy the selected text."""
    field, label = focused_text(), selectable_label()
    if field is not None:
        field.copy()
    elif label is not None:
        QApplication.clipboard().setText(label.selectedText())


def cut() -> None:
    """Cut the selected text."""
    field = focused_text()
    if field is not None:
        field.cut()


def paste() -> None:
    """Paste into the focused field."""
    field = focused_text()
    if field is not None:
        field.paste()


def select_all() -> None:
    """Select all text of the focused field."""
    field = focused_text()
    if field is not None:
        field.selectAll()
