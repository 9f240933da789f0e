"""Edits the cells of a table in place, and tells what they leave out."""

import html
import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.domain.columns import Column
from app.domain.problems import Refused
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr
from app.ui.tables.cells import CellState, spoken
from app.ui.tables.editors import editor_text, make_editor, mark_problem, set_editor_text
from app.ui.tables.model import Index
from app.ui.tables.painting import CellPainter
from app.ui.theme.theme import Theme, current

if TYPE_CHECKING:
    from app.ui.tables.base import RowTable

EditorMaker = Callable[[Column, Any, QWidget], QWidget | None]
"""Makes the editor of a cell from its column, its row and its parent; None for the usual text field."""

_Hint = QAbstractItemDelegate.EndEditHint

_log = logging.getLogger(__name__)


class CellDelegate(QStyledItemDelegate):
    """Measures cells with a `CellPainter`, and keeps an editor open until what is in it was saved.

    Set `editor_for` to give columns editors of their own, such as a list of names.
    """

    def __init__(self, table: "RowTable") -> None:
        super().__init__(table)
        self._table = table
        self._open: dict[QWidget, _Edit] = {}
        self.editor_for: EditorMaker | None = None
        self.restyle(current())

    def restyle(self, theme: Theme) -> None:
        """Take over the fonts and colours of the theme."""
        self.painter = CellPainter(theme)

    # -- cells

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size that shows a whole cell."""
        model, logical = self._table.table_model, index.column()
        width = self.painter.width(model.columns[logical], model.cell(index.row(), logical))
        return QSize(width + sum(self._table.paddings(logical)), self._table.row_height)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole text of a cell that is cut short, and what is wrong with a marked one."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = self.tip(index.row(), index.column(), view.visualRect(index))
        if text:
            QToolTip.showText(
                event.globalPos(), f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>", view
            )
        else:
            QToolTip.hideText()
        return True

    def tip(self, row: int, logical: int, rect: QRect) -> str:
        """Return what is to be told about a cell that does not tell it itself, or an empty text."""
        model = self._table.table_model
        column, cell = model.columns[logical], model.cell(row, logical)
        if cell.state is CellState.FAILED:
            return spoken(cell)
        if cell.state is not CellState.READY or column.kind == "receipt":
            return ""
        cut = self.painter.width(column, cell) > rect.width() - sum(self._table.paddings(logical))
        return cell.text if cut else ""

    # -- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the editor of a cell. The table is not refreshed until it closes."""
        model = self._table.table_model
        column, row = model.columns[index.column()], model.row_at(index.row())
        editor = self.editor_for(column, row, parent) if self.editor_for is not None else None
        editor = editor or make_editor(column, parent, self._table.paddings(index.column()))
        editor.setAccessibleName(tr(column.title))
        self._open[editor] = _Edit(column, row)
        model.hold()
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into a new editor; what was typed since is never overwritten."""
        edit, editing = self._open[editor], self._table.table_model.editing
        if edit.started or editing is None:
            return
        edit.started = True
        set_editor_text(editor, editing.edit_text(edit.row, edit.column.key))
        edit.before = editor_text(editor)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Save what is in an editor that the view is leaving."""
        self.submit(editor, _Hint.NoHint)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the editor over its cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Take an editor away and let the table be refreshed again."""
        if self._open.pop(editor, None) is not None:
            self._table.table_model.release()
        super().destroyEditor(editor, index)

    def keeps_open(self, editor: QWidget) -> bool:
        """Tell whether an editor must stay because what is in it is not saved yet."""
        edit = self._open.get(editor)
        return edit is not None and (edit.saving or bool(edit.problem))

    def submit(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Save what is in an editor, then close it; or show what is wrong with it and leave it open."""
        edit, model = self._open.get(editor), self._table.table_model
        if edit is None or edit.saving or model.editing is None:
            return
        text = editor_text(editor)
        if text == edit.before:
            self._say(editor, edit, "")
            self.closeEditor.emit(editor, hint)
            return
        self._say(editor, edit, model.editing.problem(edit.row, edit.column.key, text))
        if not edit.problem:
            edit.saving = True
            future = model.editing.edit(edit.row.id, edit.column.key, text)
            model.readers.watch(future, partial(self._saved, editor, hint), self)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab save, Esc gives up, and so does nothing else: leaving the editor saves too."""
        if not isinstance(editor, QWidget) or editor not in self._open:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(editor, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
            return False
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and self._was_left(editor):
            self.submit(editor, _Hint.NoHint)
        return False

    def _key_pressed(self, editor: QWidget, event: QKeyEvent) -> bool:
        key = event.key()
        hints = {
            Qt.Key.Key_Return: _Hint.NoHint,
            Qt.Key.Key_Enter: _Hint.NoHint,
            Qt.Key.Key_Tab: _Hint.EditNextItem,
            Qt.Key.Key_Backtab: _Hint.EditPreviousItem,
        }
        if key == Qt.Key.Key_Escape:
            self._open[editor].problem = ""
            self._open[editor].saving = False
            self.closeEditor.emit(editor, _Hint.RevertModelCache)
            return True
        if key in hints:
            self.submit(editor, hints[Qt.Key(key)])
            return True
        return False

    def _was_left(self, editor: QWidget) -> bool:
        """Whether the focus went elsewhere, not only to a list that the editor opened or to another program."""
        focus = QApplication.focusWidget()
        if focus is None or QApplication.activePopupWidget() is not None:
            return False
        return focus is not editor and not editor.isAncestorOf(focus)

    def _saved(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint, future: "Future[Any]") -> None:
        error, edit = future.exception(), self._open.get(editor)
        if edit is None or not shiboken6.isValid(editor):
            if error is not None:
                self._table.said.emit(_sentence(error))
            return
        if error is not None:
            edit.saving = False
            self._say(editor, edit, _sentence(error))
            return
        self._table.table_model.reload_row(edit.row.id, partial(self._close, editor, hint))

    def _close(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        edit = self._open.get(editor)
        if edit is not None and shiboken6.isValid(editor):
            edit.saving = False
            self.closeEditor.emit(editor, hint)

    def _say(self, editor: QWidget, edit: "_Edit", problem: str) -> None:
        edit.problem = problem
        mark_problem(editor, problem)
        if problem:
            below = editor.mapToGlobal(QPoint(0, editor.height() - 8))
            QToolTip.showText(below, f"<p>{html.escape(problem)}</p>", editor)


class _Edit:
    """One open editor: its column and row, what it held at first, and how far its saving has come."""

    def __init__(self, column: Column, row: Any) -> None:
        self.column = column
        self.row = row
        self.before = ""
        self.started = False
        self.saving = False
        self.problem = ""


def _sentence(error: BaseException) -> str:
    """What to tell about an edit that failed."""
    if isinstance(error, Refused | EnvironmentProblem):
        return str(error)
    _log.error("A cell could not be saved.", exc_info=error)
    return tr("This could not be saved. The old value is still there; try again.")
