"""How a table of a ledger page looks: rows, columns, headings, and the row under the mouse."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QMenu, QTableView, QWidget

from app.domain.columns import Column
from app.ui.tables.delegate import CellDelegate
from app.ui.tables.header import LedgerHeader
from app.ui.tables.ids import Span, covers
from app.ui.tables.layout import ColumnLayout
from app.ui.tables.menus import columns_menu, heading_menu
from app.ui.tables.model import LazyTableModel
from app.ui.theme.theme import current

_RING = 2


class RowTable(QTableView):
    """A table of rows, not of cells, whose columns are arranged by the user.

    `columns_changed` tells that `saved_state` is worth saving. What is selected is the subclass's to say.
    """

    columns_changed = Signal()
    said = Signal(str)

    def __init__(self, model: LazyTableModel, parent: QWidget | None, *, dense: bool) -> None:
        super().__init__(parent)
        self.table_model = model
        self.row_height = 0
        self._dense = dense
        self._hover_row = -1
        self._active = False
        self._by_keyboard = False
        self._head = LedgerHeader(self, self)
        self._columns = ColumnLayout(model.columns, self._head)
        self.cells = CellDelegate(self)
        self._set_manners()

    def show_model(self) -> None:
        """Show the model; called once, when everything that the table tells about it is in place."""
        self.setModel(self.table_model)
        self._columns.reset()
        self._head.sectionClicked.connect(self._heading_clicked)
        self._head.customContextMenuRequested.connect(self._show_heading_menu)
        self.restyle()
        current().changed.connect(self.restyle)

    def selected_spans(self) -> Sequence[Span]:
        """Return the selected runs of rows, in order."""
        return ()

    def _set_manners(self) -> None:
        self.setHorizontalHeader(self._head)
        self.setItemDelegate(self.cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)

    def setSelectionModel(self, model: QItemSelectionModel) -> None:
        """Take over a selection model; headers get empty ones, or each repaint would go through every row."""
        super().setSelectionModel(model)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSelectionModel(QItemSelectionModel(self.model(), header))

    # -- columns

    def column(self, logical: int) -> Column:
        """Return a column by its place in the declaration."""
        return self.table_model.columns[logical]

    def shown_columns(self) -> list[Column]:
        """Return the visible columns from left to right."""
        return [self.column(logical) for logical in self._columns.shown()]

    def paddings(self, logical: int) -> tuple[int, int]:
        """Return the room at the left and right of a column's cells."""
        return self._columns.paddings(logical)

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; the last one that is left stays."""
        if shown or len(self.shown_columns()) > 1:
            self._head.setSectionHidden(self.table_model.column_of(key), not shown)
            self._columns_changed()

    def reset_columns(self) -> None:
        """Show the columns as they were at first."""
        self._columns.reset()
        self._columns_changed()

    def sorted_by(self) -> tuple[str, bool]:
        """Return the key of the column that the rows are sorted by, and whether downwards."""
        return self.table_model.query.sort, self.table_model.query.descending

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort the rows by a column."""
        self.table_model.set_sort(key, descending)
        self.columns_changed.emit()

    def columns_menu(self, parent: QWidget | None = None) -> QMenu:
        """Return a menu that sorts the table and chooses its columns, as it is now."""
        return columns_menu(self, parent or self)

    def saved_state(self) -> dict[str, Any]:
        """Return columns and order as plain JSON values."""
        key, descending = self.sorted_by()
        return {"columns": self._columns.state(), "sort": key, "descending": descending}

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Take over what `saved_state` returned earlier, as far as it fits; call it before the model's first load."""
        self._columns.restore(saved.get("columns"))
        at = self.table_model.column_of(str(saved.get("sort")))
        if at >= 0 and self.column(at).sortable:
            self.table_model.set_sort(self.column(at).key, saved.get("descending") is True)
        self._spread()

    def resizing_ended(self) -> None:
        """Share out the room anew after a column was resized or moved by hand."""
        self._columns_changed()

    def _columns_changed(self) -> None:
        self._spread()
        self.columns_changed.emit()

    def _spread(self) -> None:
        self._columns.apply(self.viewport().width())
        self.viewport().update()

    def _heading_clicked(self, logical: int) -> None:
        column, (key, descending) = self.column(logical), self.sorted_by()
        if column.sortable:
            self.sort_by(
                column.key, descending=not descending if key == column.key else column.descending_first
            )

    def _show_heading_menu(self, point: QPoint) -> None:
        logical = self._head.logicalIndexAt(point)
        menu = heading_menu(self, self.column(logical), self) if logical >= 0 else self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._head.mapToGlobal(point))

    # -- drawing

    def restyle(self) -> None:
        """Take over the fonts, colours and sizes of the theme."""
        theme = current()
        self.cells.restyle(theme)
        self._head.restyle(theme)
        self._columns.restyle(theme)
        before, bar = self.row_height, self.verticalScrollBar()
        self.row_height = theme.size("rowDense") if self._dense else theme.row_height
        if before != self.row_height:
            top = bar.value() // before if before else 0
            self.verticalHeader().setDefaultSectionSize(self.row_height)
            self.settle_layout()
            bar.setValue(top * self.row_height)
        self._spread()

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and last row on the screen; the last is before the first where there are none."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, self.rowAt(0)), last if last >= 0 else self.table_model.rowCount() - 1

    def settle_layout(self) -> None:
        """Bring the scroll bars up to date with the rows at once."""
        self.executeDelayedItemsLayout()
        self.updateGeometries()

    def row_fill(self, row: int) -> QColor | None:
        """Return what a row is filled with: selected, under the mouse, or None for the paper."""
        if covers(self.selected_spans(), row):
            return current().color("selection" if self._active else "selectionInactive")
        return current().color("hover") if row == self._hover_row else None

    def rings(self, row: int, logical: int) -> bool:
        """Tell whether a cell has the ring around it that shows the keyboard's place."""
        index = self.currentIndex()
        return self._by_keyboard and self._active and (index.row(), index.column()) == (row, logical)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows on the screen, and have those fetched that are not there yet.

        All in one go: for each cell that Qt has painted it hands over to other threads and back, which takes long
        while one of them is busy.
        """
        first, last = self.visible_rows()
        self.table_model.show_window(first, last)
        focus = QApplication.focusWidget()
        self._active = focus is not None and (focus is self or self.isAncestorOf(focus))
        area = event.rect()
        places = [
            (logical, self.columnViewportPosition(logical), self.columnWidth(logical))
            for logical in self._columns.shown()
        ]
        painter = QPainter(self.viewport())
        try:
            for row in range(first, last + 1):
                top = self.rowViewportPosition(row)
                if top <= area.bottom() and top + self.row_height > area.top():
                    self._paint_row(painter, row, top, places)
        finally:
            painter.end()
        if self.cells.painter.misaligned:
            self.cells.painter.misaligned = False
            self.viewport().update()

    def _paint_row(self, painter: QPainter, row: int, top: int, places: list[tuple[int, int, int]]) -> None:
        """Paint a row: fill and hairline across the table, its cells, and the ring on the current one."""
        model, theme = self.table_model, current()
        width, height = self.viewport().width(), self.row_height
        fill = self.row_fill(row)
        if fill is not None:
            painter.fillRect(0, top, width, height, fill)
        painter.fillRect(0, top + height - 1, width, 1, theme.color("border"))
        for logical, x, size in places:
            if x < width and x + size > 0:
                left, right = self.paddings(logical)
                inside = QRect(x + left, top, size - left - right, height - 1)
                self.cells.painter.paint(painter, inside, self.column(logical), model.cell(row, logical), row)
                if self.rings(row, logical):
                    _paint_ring(painter, QRect(x, top, size, height - 1), theme.color("focus"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room anew, before it is found that there is something to scroll."""
        self._spread()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the mouse."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Put out the row under the mouse when that leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; another row is then under the mouse."""
        super().scrollContentsBy(dx, dy)
        viewport = self.viewport()
        if viewport.underMouse():
            self._hover(self.rowAt(viewport.mapFromGlobal(QCursor.pos()).y()))

    def _hover(self, row: int) -> None:
        if row != self._hover_row:
            before, self._hover_row = self._hover_row, row
            for changed in (before, row):
                if changed >= 0:
                    top = self.rowViewportPosition(changed)
                    self.viewport().update(0, top, self.viewport().width(), self.row_height)


def _paint_ring(painter: QPainter, rect: QRect, color: QColor) -> None:
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    painter.fillRect(x, y, width, _RING, color)
    painter.fillRect(x, y + height - _RING, width, _RING, color)
    painter.fillRect(x, y, _RING, height, color)
    painter.fillRect(x + width - _RING, y, _RING, height, color)
