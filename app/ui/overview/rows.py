"""A short list on a card: rows of icon, words, perhaps a bar, a day and a pill, that a click or Enter opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.charts.focus import came_by_key
from app.ui.tables.cells import PillSpec
from app.ui.theme import theme
from app.ui.widgets.pill import PillKind, paint_pill, pill_size

ROW = 33
_SIDE, _GAP, _ICON, _TRACK = 16, 12, 16, 6
_BAR = 128
_LEAST_WORDS = 190
_BAR_COLORS = {PillKind.BAD: "danger", PillKind.WARN: "warning"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a strong title, quiet words after it, `elapsed` (0 to 1) as a bar, a day, an amount or a pill."""

    icon: str
    title: str
    detail: str = ""
    elapsed: float | None = None
    day: str = ""
    amount: str = ""
    pill: PillSpec | None = None

    @property
    def spoken(self) -> str:
        """The line as a screen reader reads it."""
        parts = (self.title, self.detail, self.day, self.amount, self.pill.text if self.pill else "")
        return ", ".join(part for part in parts if part)


class RowModel(QAbstractListModel):
    """The rows of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, for screen readers and for finding a row by its first letters."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class RowList(QListView):
    """The list itself, as high as so many lines; `opened` carries the number of a row."""

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = RowModel()
        self.by_keyboard = False
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "raised")
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        theme.current().changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the keyboard stays at the same line."""
        if list(rows) == list(self.rows.rows):
            return
        at = self.currentIndex().row()
        self.rows.show(rows)
        if rows and at >= 0:
            self.setCurrentIndex(self.rows.index(min(at, len(rows) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row that the keyboard is at."""
        self.by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: all rows are in sight."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at a row."""
        self.by_keyboard = came_by_key(event)
        if not self.currentIndex().isValid() and self.rows.rows:
            self.setCurrentIndex(self.rows.index(0))
        super().focusInEvent(event)

    def _restyle(self) -> None:
        self.setStyleSheet(f"QListView {{ background: {theme.current().color('raised').name()}; }}")
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """Paints the rows, their parts in columns."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The height of a line."""
        return QSize(option.rect.width(), theme.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        look, view = theme.current(), self._view
        rows = view.rows.rows
        row, rect = rows[index.row()], option.rect
        focused = view.hasFocus() and index.row() == view.currentIndex().row()
        if rect.contains(view.viewport().mapFromGlobal(view.cursor().pos())):
            painter.fillRect(rect, look.color("hover"))
        if focused:
            painter.fillRect(rect, look.color("selection"))
        painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), look.color("border"))
        self._paint_parts(painter, rect.adjusted(_SIDE, 1, -_SIDE, 0), row, _Columns(rows, rect.width()))
        if focused and view.by_keyboard:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_parts(self, painter: QPainter, inside: QRect, row: Row, columns: "_Columns") -> None:
        look = theme.current()
        side = look.px(_ICON)
        picture = look.icons.pixmap(row.icon, "textSecondary", side, painter.device().devicePixelRatio())
        painter.drawPixmap(inside.x(), inside.y() + (inside.height() - side) // 2, picture)
        right = inside.right() + 1
        if columns.pill:
            if row.pill is not None:
                width = min(pill_size(row.pill.text, row.pill.icon).width(), columns.pill)
                place = QRect(right - width, inside.y(), width, inside.height())
                paint_pill(painter, place, row.pill.kind, row.pill.text, row.pill.icon)
            right -= columns.pill + _GAP
        painter.setFont(look.num_font("body"))
        parts = [(row.day, columns.day, "textSecondary"), (row.amount, columns.amount, "text")]
        # What ends a row stands at the edge: the pill beside its day, or else the amount.
        for text, width, color in parts if columns.pill else reversed(parts):
            if width:
                painter.setPen(look.color(color))
                painter.drawText(QRect(right - width, inside.y(), width, inside.height()), _RIGHT, text)
                right -= width + _GAP
        if columns.bar:
            if row.elapsed is not None:
                kind = row.pill.kind if row.pill else PillKind.OK
                _paint_bar(
                    painter, QRect(right - columns.bar, inside.y(), columns.bar, inside.height()), row, kind
                )
            right -= columns.bar + _GAP
        left = inside.x() + side + _GAP - 2
        _paint_words(painter, QRect(left, inside.y(), right - left, inside.height()), row)


class _Columns:
    """How wide the parts are, so that they stand below each other; what there is no room for is left out."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        look = theme.current()
        metrics = QFontMetrics(look.num_font("body"))
        self.pill = max(
            (pill_size(row.pill.text, row.pill.icon).width() for row in rows if row.pill), default=0
        )
        self.day = max(metrics.horizontalAdvance(row.day) for row in rows)
        self.amount = max(metrics.horizontalAdvance(row.amount) for row in rows)
        taken = sum(part + _GAP for part in (self.pill, self.day, self.amount) if part)
        room = width - 2 * _SIDE - look.px(_ICON) - _GAP - taken - look.px(_LEAST_WORDS)
        has_bar = any(row.elapsed is not None for row in rows)
        self.bar = min(look.px(_BAR), room - _GAP) if has_bar and room - _GAP >= look.px(_BAR) // 2 else 0


def _paint_bar(painter: QPainter, rect: QRect, row: Row, kind: PillKind) -> None:
    look = theme.current()
    height = look.px(_TRACK)
    track = QRectF(rect.x(), rect.center().y() - height / 2 + 0.5, rect.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("border"))
    painter.drawRoundedRect(track, height / 2, height / 2)
    filled = QRectF(track)
    filled.setWidth(max(track.width() * min(max(row.elapsed or 0.0, 0.0), 1.0), height))
    painter.setBrush(look.color(_BAR_COLORS.get(kind, "accent")))
    painter.drawRoundedRect(filled, height / 2, height / 2)
    painter.restore()


def _paint_words(painter: QPainter, rect: QRect, row: Row) -> None:
    look = theme.current()
    strong = look.font("body")
    strong.setWeight(QFont.Weight.Medium)
    painter.setFont(strong)
    painter.setPen(look.color("text"))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _LEFT, title)
    taken = metrics.horizontalAdvance(title)
    if row.detail and title == row.title:
        painter.setFont(look.font("body"))
        painter.setPen(look.color("textSecondary"))
        rest = rect.adjusted(taken, 0, 0, 0)
        text = painter.fontMetrics().elidedText(f" · {row.detail}", Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, _LEFT, text)
