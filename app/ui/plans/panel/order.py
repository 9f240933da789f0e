"""In which order the debts are paid off, and when each is."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.model import PlanView
from app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HEIGHT = 44
_CIRCLE = 20
_GAP = 10
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A debt in the payoff order: its name, what is owed at which rate, and when it is paid off ("" for never)."""

    name: str
    owed: str
    when: str


class _OrderModel(QAbstractListModel):
    """The debts in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OrderRow] = []
        self.movable = False

    def show(self, rows: list[OrderRow], *, movable: bool) -> bool:
        """Show other rows; tell whether their number changed."""
        self.movable = movable
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return True
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        return False

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many debts there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a debt's name, or all of its row for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ends = tr("paid off {month}").format(month=row.when) if row.when else tr("never paid off")
            return f"{index.row() + 1}. {row.name}, {row.owed}, {ends}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Debts can be dragged where the order is the user's own."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not self.movable:
            return flags
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """Debts are moved."""
        return Qt.DropAction.MoveAction


class OrderList(QListView):
    """The payoff order. Where it is the user's own, debts are dragged, or moved with Alt+Up and Alt+Down.

    `moved` carries the place of a debt and the one that it is to have.
    """

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._order = _OrderModel()
        self.setModel(self._order)
        self.setItemDelegate(_OrderDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "raised")
        self.setAccessibleName(tr("Payoff order"))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        theme.current().changed.connect(self._fit)
        self._fit()

    def show_view(self, view: PlanView) -> None:
        """Show the order of the chosen strategy."""
        plan, currency = view.chosen.plan, view.scenario.currency
        movable = plan.strategy == model.CUSTOM
        rows = []
        for at in plan.order:
            debt, payoff = plan.input.debts[at], plan.payoffs[at]
            owed = tr("{amount} at {rate}").format(
                amount=words.money(debt.balance, currency), rate=words.rate(debt.apr)
            )
            rows.append(
                OrderRow(debt.name, owed, "" if payoff is None else words.month(plan.month(max(payoff, 1))))
            )
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if movable else mode.NoDragDrop)
        self.setToolTip(
            tr("Drag debts, or move them with Alt+Up and Alt+Down")
            if movable
            else tr("Choose the strategy My order to change this")
        )
        self.setAccessibleDescription(self.toolTip())
        if self._order.show(rows, movable=movable):
            self._fit()
        self.viewport().update()

    def row(self, at: int) -> OrderRow:
        """Return what a line says."""
        return self._order.rows[at]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current debt with Alt+Up and Alt+Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        at = self.currentIndex().row()
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self._order.movable and 0 <= at + step < self._order.rowCount() and at >= 0:
                self._move(at, at + step)
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged debt to where it was dropped."""
        at = self.currentIndex().row()
        point = event.position().toPoint()
        under = self.indexAt(point)
        to = under.row() if under.isValid() else self._order.rowCount()
        if under.isValid() and point.y() > self.visualRect(under).center().y():
            to += 1
        if to > at:
            to -= 1
        # The rows are set anew by whoever hears of the move: Qt must not take the dragged one away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if at >= 0 and to != at:
            self._move(at, to)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first debt."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._order.rowCount():
            self.setCurrentIndex(self._order.index(0))

    def _move(self, at: int, to: int) -> None:
        self.moved.emit(at, to)
        self.selectionModel().setCurrentIndex(
            self._order.index(to), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _fit(self) -> None:
        self.setFixedHeight(self._order.rowCount() * theme.current().px(_HEIGHT) + 2)
        self.scheduleDelayedItemsLayout()


class _OrderDelegate(QStyledItemDelegate):
    """Paints a number in a circle, name and balance, and the month of the payoff."""

    def __init__(self, view: OrderList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines of text."""
        return QSize(100, theme.current().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one debt."""
        look, row, rect = theme.current(), self._view.row(index.row()), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = index.row() == self._view.currentIndex().row() and self._view.hasFocus()
        if current:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(rect.x(), rect.y(), rect.width(), 1, look.color("border"))
        side = look.px(_CIRCLE)
        circle = QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accentSoft"))
        painter.drawEllipse(circle)
        painter.setFont(look.num_font("caption"))
        painter.setPen(look.color("accent"))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))
        self._paint_words(painter, rect.adjusted(side + _GAP, 5, 0, -4), row)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: OrderRow) -> None:
        look = theme.current()
        upper = QRect(rect.x(), rect.y(), rect.width(), rect.height() // 2)
        lower = upper.translated(0, rect.height() // 2)
        small = look.num_font("small")
        painter.setFont(small)
        metrics = painter.fontMetrics()
        when = row.when or tr("never")
        label = tr("paid off")
        width = max(metrics.horizontalAdvance(when), metrics.horizontalAdvance(label)) + 8
        painter.setPen(look.color("textSecondary"))
        painter.drawText(upper, _RIGHT, label)
        room = rect.width() - width
        owed = metrics.elidedText(row.owed, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, _LEFT, owed)
        painter.setPen(look.color("text" if row.when else "danger"))
        painter.drawText(lower, _RIGHT, when)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text"))
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, _LEFT, name)
