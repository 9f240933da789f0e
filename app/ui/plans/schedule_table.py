"""The card with the schedule: a table that scrolls both ways and gives its rows to the clipboard."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.ui import formats
from app.ui.dialogs.grid_view import Card
from app.ui.i18n import tr, tr_n
from app.ui.plans import words
from app.ui.plans.model import PlanView
from app.ui.plans.schedule_model import ScheduleModel
from app.ui.theme import icons, theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label, plain_tip

Index = QModelIndex | QPersistentModelIndex
_PADDING, _BETWEEN = 14, 12
_MONTH, _NAME = 92, 120
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class ScheduleTable(QTableView):
    """Months as rows. `said` carries what was copied, in words."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = ScheduleModel()
        self.by_keyboard = False
        self.hovered = -1
        self.setAccessibleName(tr("Schedule"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(_Header(self))
        self.setItemDelegate(_Delegate(self))
        self.setModel(self.months)
        self.setProperty("ground", "raised")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_view(self, view: PlanView) -> None:
        """Show the schedule of the chosen strategy; the place in it stays."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.months.show(view)
        self._spread()
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self.viewport().update()

    def copy(self) -> None:
        """Put the selected months on the clipboard as tab-separated lines; all of them where none is selected."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = chosen or range(self.months.rowCount())
        QGuiApplication.clipboard().setText(self.months.as_text(rows))
        self.said.emit(tr_n("Copied {n} month", "Copied {n} months", len(rows)))

    def has_rows(self) -> bool:
        """Whether there is anything to copy."""
        return self.months.rowCount() > 0

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy and to select."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("&Copy"), self.copy)
        icons.bind(copy, "copy")
        menu.addAction(tr("Select &all"), self.selectAll)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows no ring."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the mouse."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Put out the row under the mouse when that leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first month, and show where the keyboard is when it came here by a key."""
        self.by_keyboard = event.reason() in _KEYS
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.months.rowCount():
            self.setCurrentIndex(self.months.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the selection as that of a table without the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        self._spread()

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _spread(self) -> None:
        count = self.months.columnCount()
        look = theme.current()
        widths = [look.px(_MONTH), *(self._width(column) for column in range(1, count))]
        widths[-1] += _PADDING - _BETWEEN
        more = max(self.viewport().width() - sum(widths), 0) // max(count - 1, 1)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + (more if column else 0))

    def _width(self, column: int) -> int:
        """What a column needs: its largest amount stands at its start or, for balances that grow, at its end."""
        look, months = theme.current(), self.months
        head = QFontMetrics(look.font("small")).horizontalAdvance(months.titles()[column]) + 8
        strong = QFontMetrics(look.num_font("bodyStrong"))
        last = months.rowCount() - 1
        sampled = {0, last // 2, last} if last >= 0 else set()
        texts = [months.text(row, column) for row in sampled]
        widest = max((strong.horizontalAdvance(text) for text in texts), default=0)
        return max(widest, min(head, look.px(_NAME))) + 2 * _BETWEEN

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().size("rowCompact"))
        self._spread()
        self.viewport().update()


class _Header(QHeaderView):
    """Headings on the ground of the card, set to the right above figures; names that are cut have a tooltip."""

    def __init__(self, view: ScheduleTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The height of a row of headings."""
        return QSize(super().sizeHint().width(), theme.current().size("headerRow"))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole name of a debt."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.logicalIndexAt(event.pos())
            if at > 0:
                QToolTip.showText(event.globalPos(), plain_tip(self._view.months.titles()[at]), self)
                return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        look = theme.current()
        painter.fillRect(rect, look.color("raised"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        font = look.font("small")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.color("textSecondary"))
        inside = _inside(rect, logical, self.count())
        text = self._view.months.titles()[logical]
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, _RIGHT if logical else _LEFT, shown)


class _Delegate(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, view: ScheduleTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, view, rect = theme.current(), self._view, option.rect
        months, row, column = view.months, index.row(), index.column()
        selected = view.selectionModel().isRowSelected(row, QModelIndex())
        if selected:
            painter.fillRect(rect, look.color("selection" if view.hasFocus() else "selectionInactive"))
        elif row == view.hovered:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        text = months.text(row, column)
        painter.setFont(look.num_font("bodyStrong" if months.is_strong(row, column) else "body"))
        quiet = text == formats.NO_VALUE or column == len(months.debts) + 2
        painter.setPen(look.color("textSecondary" if quiet else "text"))
        painter.drawText(_inside(rect, column, months.columnCount()), _RIGHT if column else _LEFT, text)
        if view.by_keyboard and view.hasFocus() and index == view.currentIndex():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))


class ScheduleCard(QWidget):
    """Heading, what the schedule is of, and the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ScheduleTable()
        self._caption = ElidedLabel("", tone="secondary", tabular=True)
        head = QHBoxLayout()
        head.setContentsMargins(_PADDING, 12, _PADDING, 4)
        head.setSpacing(10)
        head.addWidget(Label(tr("Schedule"), "heading"))
        head.addWidget(self._caption, 1)
        inside = QWidget()
        inside.setProperty("ground", "raised")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 1)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(inside))

    def show_view(self, view: PlanView) -> None:
        """Show the schedule of the chosen strategy."""
        self._caption.setText(words.schedule_caption(view))
        self.table.show_view(view)

    def caption(self) -> str:
        """Return what stands beside the heading."""
        return self._caption.text()


def _inside(rect: QRect, column: int, count: int) -> QRect:
    left = _PADDING if column == 0 else 4
    return rect.adjusted(left, 0, -_PADDING if column == count - 1 else -_BETWEEN, -1)
