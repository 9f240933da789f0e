"""The table of strategies: one is chosen like a radio button, with the keys or a click."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
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
    QKeyEvent,
    QMouseEvent,
    QPainter,
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
    QWidget,
)

from app.ui.i18n import tr
from app.ui.plans.lines import paint_swatch
from app.ui.plans.strategy_rows import Col, StrategyModel, StrategyRow
from app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
PADDING = 14
_BETWEEN, _CLOSE = 20, 12
_RADIO, _SWATCH, _GAP = 16, 22, 9
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class StrategyTable(QTableView):
    """As high as its rows. `chosen` carries the key of the strategy that the user follows from now on."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategies = StrategyModel()
        self.by_keyboard = False
        self.hovered = -1
        self.setAccessibleName(tr("Strategies"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(_Header(self))
        self.setItemDelegate(_Delegate(self))
        self.setModel(self.strategies)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_rows(self, rows: list[StrategyRow], chosen: str) -> None:
        """Show other rows, with one of the strategies chosen."""
        spanned = [not row.figures for row in self.strategies.rows]
        others = self.strategies.show(rows, chosen)
        if others or spanned != [not row.figures for row in rows]:
            self.clearSpans()
            for at, row in enumerate(rows):
                if not row.figures:
                    self.setSpan(at, Col.DEBT_FREE, 1, len(Col) - 1)
        if others:
            self._fit()
        self._spread()
        at = self.strategies.row_of(chosen)
        if at != self.currentIndex().row():
            self.setCurrentIndex(self.strategies.index(at, 0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Up, Down, Home and End, as among radio buttons."""
        last = self.strategies.rowCount() - 1
        at = self.strategies.row_of(self.strategies.chosen)
        to = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.by_keyboard = True
        if 0 <= to <= last:
            self.chosen.emit(self.strategies.rows[to].key)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the strategy that is clicked."""
        self.by_keyboard = False
        super().mousePressEvent(event)
        at = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.chosen.emit(self.strategies.rows[at].key)

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
        """Show where the keyboard is when it came here by a key."""
        self.by_keyboard = event.reason() in _KEYS
        super().focusInEvent(event)
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
        """Share out the width; where it is short, the total paid is left out, which follows from the interest."""
        look, room = theme.current(), self.viewport().width()
        widths = self._figure_widths()
        least = max((self._least_name(row) for row in self.strategies.rows), default=0)
        short = room < least + sum(widths) + len(widths) * look.px(_BETWEEN) + PADDING
        self.setColumnHidden(Col.TOTAL, short)
        if short:
            widths[Col.TOTAL - 1] = 0
        between = look.px(_CLOSE if short else _BETWEEN)
        shown = len(widths) - short
        spare = room - sum(widths) - shown * between - PADDING
        # What the names do not need is shared out between the figures, as far as they look well apart.
        names = max((self._name_width(row) for row in self.strategies.rows), default=least)
        more = max(min((spare - names) // shown, look.px(18)), 0)
        self.setColumnWidth(0, max(spare - more * shown, least))
        for column, width in enumerate(widths, 1):
            if width:
                self.setColumnWidth(column, width + between + more + (PADDING if column == Col.SOONER else 0))

    def _figure_widths(self) -> list[int]:
        strategies = self.strategies
        metrics = QFontMetrics(theme.current().num_font("bodyStrong"))
        widths = []
        for column in range(1, len(Col)):
            texts = [row.figures[column - 1] for row in strategies.rows if row.figures]
            title = str(strategies.headerData(column, Qt.Orientation.Horizontal))
            widths.append(max(metrics.horizontalAdvance(text) for text in [title, *texts]))
        return widths

    def _least_name(self, row: StrategyRow) -> int:
        look = theme.current()
        title = QFontMetrics(look.font("bodyStrong")).horizontalAdvance(row.title)
        return PADDING + look.px(_RADIO) + _SWATCH + 2 * _GAP + title + 8

    def _name_width(self, row: StrategyRow) -> int:
        said = QFontMetrics(theme.current().font("body")).horizontalAdvance(f" · {row.words}")
        return self._least_name(row) + said + _BETWEEN

    def _fit(self) -> None:
        look = theme.current()
        height = look.size("headerRow") + self.strategies.rowCount() * look.size("rowCompact")
        if self.horizontalScrollBar().isVisible():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)

    def updateGeometries(self) -> None:
        """Make room for the scroll bar where the columns need one."""
        super().updateGeometries()
        self._fit()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().size("rowCompact"))
        self._fit()
        self._spread()
        self.viewport().update()


class _Header(QHeaderView):
    """Headings on the ground of the card, aligned like their columns."""

    def __init__(self, view: StrategyTable) -> None:
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

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        look = theme.current()
        painter.fillRect(rect, look.color("raised"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        font = look.font("small")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.color("textSecondary"))
        last = logical == len(Col) - 1
        inside = rect.adjusted(PADDING if logical == 0 else 0, 0, -PADDING if last else 0, -1)
        text = str(self.model().headerData(logical, Qt.Orientation.Horizontal))
        painter.drawText(inside, _RIGHT if logical else _LEFT, text)


class _Delegate(QStyledItemDelegate):
    """Paints a strategy's radio button, swatch and name, and its figures."""

    def __init__(self, view: StrategyTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, view, rect = theme.current(), self._view, option.rect
        row, column = view.strategies.rows[index.row()], index.column()
        chosen = row.key == view.strategies.chosen
        painter.save()
        ground = "selection" if chosen else "hover" if index.row() == view.hovered else "raised"
        painter.fillRect(rect, look.color(ground))
        if index.row() < view.strategies.rowCount() - 1:
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        inside = rect.adjusted(PADDING if column == 0 else 0, 0, -PADDING if column == Col.SOONER else 0, -1)
        if column == Col.STRATEGY:
            self._paint_name(painter, inside.adjusted(0, 0, -8, 0), row, chosen=chosen)
        elif not row.figures:
            self._paint_sentence(painter, inside.adjusted(0, 0, -PADDING, 0), row)
        else:
            self._paint_figure(painter, inside, row, column)
        if chosen and view.by_keyboard and view.hasFocus():
            self._paint_ring(painter, index.row(), rect)
        painter.restore()

    def _paint_ring(self, painter: QPainter, at: int, rect: QRect) -> None:
        view = self._view
        whole = QRect(
            view.columnViewportPosition(0), rect.y(), view.horizontalHeader().length(), rect.height() - 1
        )
        painter.setClipRect(rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("focus"), 2))
        painter.drawRect(whole.adjusted(1, 1, -1, -1))

    def _paint_name(self, painter: QPainter, rect: QRect, row: StrategyRow, *, chosen: bool) -> None:
        look = theme.current()
        side = look.px(_RADIO)
        corner = QPoint(rect.x(), rect.y() + (rect.height() - side) // 2)
        _paint_radio(painter, QRect(corner, QSize(side, side)), chosen=chosen)
        left = rect.x() + side + _GAP
        paint_swatch(painter, QRect(left, rect.y(), _SWATCH, rect.height()), row.key)
        words = rect.adjusted(side + _SWATCH + 2 * _GAP, 0, 0, 0)
        font = look.font("bodyStrong")
        painter.setFont(font)
        painter.setPen(look.color("text"))
        metrics = QFontMetrics(font)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, title)
        rest = words.adjusted(metrics.horizontalAdvance(title), 0, 0, 0)
        painter.setFont(look.num_font("body"))
        painter.setPen(look.color("textSecondary"))
        said = painter.fontMetrics().elidedText(f" · {row.words}", Qt.TextElideMode.ElideRight, rest.width())
        if rest.width() > look.px(30):
            painter.drawText(rest, _LEFT, said)

    def _paint_figure(self, painter: QPainter, rect: QRect, row: StrategyRow, column: int) -> None:
        look = theme.current()
        strong = column == Col.AGAINST and row.better is not None
        painter.setFont(look.num_font("bodyStrong" if strong else "body"))
        color = "text"
        if strong:
            color = "success" if row.better else "danger"
        painter.setPen(look.color(color))
        painter.drawText(rect, _RIGHT, row.figures[column - 1])

    def _paint_sentence(self, painter: QPainter, rect: QRect, row: StrategyRow) -> None:
        look = theme.current()
        painter.setFont(look.num_font("body"))
        painter.setPen(look.color("danger" if row.wrong else "textSecondary"))
        if row.wrong:
            side = look.px(14)
            icon = look.icons.pixmap("trending-up", "danger", side, painter.device().devicePixelRatio())
            painter.drawPixmap(rect.x(), rect.y() + (rect.height() - side) // 2, icon)
            rect = rect.adjusted(side + 6, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(row.sentence, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LEFT, shown)


def _paint_radio(painter: QPainter, rect: QRect, *, chosen: bool) -> None:
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    circle = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(look.color("surface"))
    painter.setPen(QPen(look.color("accent" if chosen else "borderControl"), 1))
    painter.drawEllipse(circle)
    if chosen:
        inset = rect.width() * 0.22
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
