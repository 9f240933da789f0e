"""The payments and balances of a debt, the latest first, to be looked at, changed and deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.debts import BalanceEntry, BalanceSource, Payment
from app.ui import formats
from app.ui.debts.detail.facts import Detail
from app.ui.debts.words import amount, source_name
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import tool_button
from app.ui.widgets.label import Label

_ROW, _MOST_ROWS, _SIDE = 42, 6, 8
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words: what it was and when at the left, what was paid or owed at the right."""

    entry: BalanceEntry
    payment: Payment | None
    title: str
    below: str
    figure: str
    figure_below: str

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        return ", ".join(part for part in (self.title, self.below, self.figure, self.figure_below) if part)


def lines_of(detail: Detail) -> list[Line]:
    """Return the history of a debt as lines, the latest first."""
    return [_line(detail, entry) for entry in reversed(detail.history)]


def _line(detail: Detail, entry: BalanceEntry) -> Line:
    debt = detail.debt
    payment = detail.payments.get(entry.payment_id) if entry.payment_id is not None else None
    title, day = source_name(entry.source), formats.date(entry.recorded_on)
    if payment is None:
        return Line(entry, None, title, day, amount(entry.balance, debt), "")
    below = f"{day} · {payment.note}" if payment.note else day
    left = tr("leaves {amount}").format(amount=amount(entry.balance, debt))
    return Line(entry, payment, title, below, amount(-payment.amount, debt), left)


class HistoryList(QWidget):
    """The list with its heading and buttons. Enter changes an entry, Del deletes it.

    The signals carry the `Line` that is meant.
    """

    change_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, lines: Sequence[Line], *, can_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_change = can_change
        self.list = _Lines()
        self.list.setObjectName("history")
        self.list.show_lines(lines)
        self._change = tool_button("pencil", tr("Change this entry (Enter)"), compact=True)
        self._delete = tool_button("trash-2", tr("Delete this entry (Del)"), compact=True)
        self._change.clicked.connect(self._ask_change)
        self._delete.clicked.connect(self._ask_delete)
        self._change.setObjectName("history_change")
        self._delete.setObjectName("history_delete")
        self.list.changed.connect(self._ask_change)
        self.list.deleted.connect(self._ask_delete)
        self.list.currentRowChanged.connect(self._enable)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._lay_out()
        self._enable()

    def line(self) -> Line | None:
        """Return the current line."""
        found = self.list.currentIndex().data(_LINE)
        return found if isinstance(found, Line) else None

    def _can_delete(self) -> bool:
        line = self.line()
        return self._can_change and line is not None and line.entry.source is not BalanceSource.OPENING

    def _enable(self) -> None:
        self._change.setEnabled(self._can_change and self.line() is not None)
        self._delete.setEnabled(self._can_delete())

    def _ask_change(self) -> None:
        line = self.line()
        if self._can_change and line is not None:
            self.change_requested.emit(line)

    def _ask_delete(self) -> None:
        if self._can_delete():
            self.delete_requested.emit(self.line())

    def _show_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        change = menu.addAction(tr("&Change…"))
        change.setEnabled(self._can_change and self.line() is not None)
        change.triggered.connect(self._ask_change)
        delete = menu.addAction(tr("&Delete"))
        delete.setEnabled(self._can_delete())
        delete.triggered.connect(self._ask_delete)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(point))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.current().space("xs"))
        head.addWidget(Label(tr("Payments and balances"), "heading"), 1)
        head.addWidget(self._change)
        head.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("xs"))
        column.addLayout(head)
        column.addWidget(self.list)


class _Lines(QListWidget):
    """The lines; as high as a few of them. `stepped` carries the place of the line that the keyboard is on."""

    changed = Signal()
    deleted = Signal()
    stepped = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Payments and balances"))
        self.setProperty("ground", "surfaceAlt")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(_LineDelegate(self))
        self.itemDoubleClicked.connect(lambda _item: self.changed.emit())
        theme.current().changed.connect(self._restyle)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setToolTip("")
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes, Del deletes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.changed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at a line."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        self._tell_place()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell where the new line is."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._tell_place()

    def _tell_place(self) -> None:
        self.stepped.emit(self.visualRect(self.currentIndex()))

    def _restyle(self) -> None:
        rows = min(max(self.count(), 1), _MOST_ROWS)
        self.setFixedHeight(rows * theme.current().px(_ROW) + 2 * self.frameWidth())
        self.viewport().update()


class _LineDelegate(QStyledItemDelegate):
    """Paints a line in two rows of text."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height of a row of two lines."""
        return QSize(0, theme.current().px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint fill, hairline and texts."""
        line: Line = index.data(_LINE)
        look, box = theme.current(), QRect(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            active = state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Active
            painter.fillRect(box, look.color("selection" if active else "selectionInactive"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("hover"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.color("border"))
        inside = box.adjusted(_SIDE, look.px(4), -_SIDE, -look.px(4))
        half = inside.height() // 2
        upper = QRect(inside.x(), inside.y(), inside.width(), half)
        lower = QRect(inside.x(), inside.y() + half, inside.width(), inside.height() - half)
        body, small = look.num_font("body"), look.num_font("small")
        self._pair(painter, upper, line.title, line.figure, body, "text")
        self._pair(painter, lower, line.below, line.figure_below, small, "textSecondary")
        painter.restore()

    @staticmethod
    def _pair(painter: QPainter, box: QRect, left: str, right: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(theme.current().color(color))
        metrics = painter.fontMetrics()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, int(flags | Qt.AlignmentFlag.AlignRight), right)
        room = box.width() - metrics.horizontalAdvance(right) - (_SIDE if right else 0)
        shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(flags | Qt.AlignmentFlag.AlignLeft), shown)
