"""Shows a `GridModel` in a card: rounded corners, hairlines, and marked cells with a border and an icon."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.dialogs.grid import GridCell, GridColumn, GridModel, Mark
from app.ui.theme import theme
from app.ui.widgets.pill import paint_pill, pill_size, usual_icon

PADDING = 14
_MEASURED, _LONGEST = 200, 100
_ICON, _ICON_GAP = 14, 6
_MARKS = {
    Mark.ERROR: ("circle-alert", "danger", "dangerSoft"),
    Mark.WARNING: ("triangle-alert", "warning", "warningSoft"),
}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class GridView(QTableView):
    """A read-only table whose current cell can be moved with the arrow keys; Tab leaves it, Enter is the dialog's.

    `row_moved` carries the row of the current cell when that changed.
    """

    row_moved = Signal(int)

    def __init__(self, columns: Sequence[GridColumn], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = GridModel(columns)
        self.by_keyboard = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(_GridHeader(self))
        self.setItemDelegate(_GridDelegate(self))
        self.setModel(self.grid)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_rows(
        self, rows: Sequence[Sequence[GridCell]], columns: Sequence[GridColumn] | None = None
    ) -> None:
        """Show other rows, and other columns where given."""
        self.grid.show(rows, columns)
        self._spread()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        index = self.grid.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell of a move to another row."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            # The fill is that of whole rows, of which Qt paints only the two cells anew.
            self.viewport().update()
        if current.isValid() and current.row() != previous.row():
            self.row_moved.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first cell, and show where the keyboard is when it came here by a key."""
        keys = (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.by_keyboard = event.reason() in keys
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.grid.rowCount():
            self.go_to(0, 0)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no ring after a click."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.by_keyboard = False
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        columns = self.grid.columns
        widths = [self._width(at, column) for at, column in enumerate(columns)]
        spare = self.viewport().width() - sum(widths)
        shares = sum(column.grows for column in columns)
        for at, column in enumerate(columns):
            more = spare * column.grows // shares if spare > 0 and shares else 0
            self.setColumnWidth(at, widths[at] + more)

    def _width(self, at: int, column: GridColumn) -> int:
        look = theme.current()
        most = look.px(column.width)
        if not column.fits:
            return most
        metrics = QFontMetrics(look.num_font("body"))
        widest = metrics.horizontalAdvance(column.title)
        for row in range(min(self.grid.rowCount(), _MEASURED)):
            cell = self.grid.cell(row, at)
            widest = max(widest, self._cell_width(cell, metrics))
        return min(most, widest + 2 * PADDING + 2)

    def _cell_width(self, cell: GridCell, metrics: QFontMetrics) -> int:
        if cell.pill is not None:
            return pill_size(cell.text, usual_icon(cell.pill)).width()
        mark = 0 if cell.mark is Mark.NONE else theme.current().px(_ICON) + _ICON_GAP
        return metrics.horizontalAdvance(cell.text[:_LONGEST]) + mark

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().size("rowCompact"))
        self._spread()
        self.viewport().update()


class _GridHeader(QHeaderView):
    """Headings aligned like their columns."""

    def __init__(self, view: GridView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The height of a row of headings."""
        return QSize(super().sizeHint().width(), theme.current().size("headerRow"))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        look, column = theme.current(), self._view.grid.columns[logical]
        painter.fillRect(rect, look.color("surfaceAlt"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        font = look.font("small")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.color("textSecondary"))
        inside = rect.adjusted(PADDING, 0, -PADDING, -1)
        title = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, _RIGHT if column.right else _LEFT, title)


class _GridDelegate(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint fill, hairline, mark and text of a cell."""
        look, view = theme.current(), self._view
        rect, cell = option.rect, view.grid.cell(index.row(), index.column())
        column = view.grid.columns[index.column()]
        if index.row() == view.currentIndex().row():
            painter.fillRect(rect, look.color("selection" if view.hasFocus() else "selectionInactive"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        inside = rect.adjusted(PADDING, 0, -PADDING, -1)
        if cell.mark is not Mark.NONE:
            inside = self._paint_mark(painter, rect, inside, cell.mark)
        if cell.pill is None:
            self._paint_text(painter, inside, column, cell)
        else:
            paint_pill(painter, inside, cell.pill, cell.text, usual_icon(cell.pill))
        if view.by_keyboard and view.hasFocus() and index == view.currentIndex():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _paint_mark(self, painter: QPainter, rect: QRect, inside: QRect, mark: Mark) -> QRect:
        look = theme.current()
        icon, ink, fill = _MARKS[mark]
        frame = QRectF(rect).adjusted(3.5, 2.5, -3.5, -3.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color(ink), 1))
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(frame, 4, 4)
        painter.restore()
        side = look.px(_ICON)
        picture = look.icons.pixmap(icon, ink, side, painter.device().devicePixelRatio())
        painter.drawPixmap(inside.x() - 4, inside.y() + (inside.height() - side + 1) // 2, picture)
        return inside.adjusted(side + _ICON_GAP - 4, 0, 4, 0)

    def _paint_text(self, painter: QPainter, inside: QRect, column: GridColumn, cell: GridCell) -> None:
        look = theme.current()
        font = look.num_font("small" if column.small else "body")
        if cell.tone:
            font.setWeight(QFont.Weight.DemiBold)
        elif column.strong and not cell.quiet:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        quiet = cell.mark is Mark.NONE and (column.quiet or cell.quiet)
        color = cell.tone or ("textSecondary" if quiet else "text")
        painter.setPen(look.color(color))
        line = " ".join(cell.text.split()) if "\n" in cell.text else cell.text
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, _RIGHT if column.right and cell.mark is Mark.NONE else _LEFT, shown)


class Card(QFrame):
    """A frame with the corners of a card around a view that reaches to its edges."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(inner)
        self._corners = _Corners(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners on top."""
        super().resizeEvent(event)
        self._corners.setGeometry(self.rect())
        self._corners.raise_()


class _Corners(QWidget):
    """Rounds off the corners of what lies below, which a style sheet cannot."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground outside the corners, then the border."""
        look = theme.current()
        radius = look.radius("card")
        whole = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outside, shape = QPainterPath(), QPainterPath()
        outside.addRect(whole)
        shape.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(outside.subtracted(shape), look.color("surface"))
        painter.setPen(QPen(look.color("border"), 1))
        painter.drawPath(shape)
