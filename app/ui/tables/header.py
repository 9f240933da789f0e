"""The headings of a table: quiet until a column is sorted, and as wide as their columns leave room."""

from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.columns import Column
from app.ui.i18n import tr
from app.ui.tables.painting import Face
from app.ui.theme.theme import Theme, current

_ARROW = 12
_ARROW_GAP = 5
_NARROWEST = 56
_LEAST = 3


class Headed(Protocol):
    """What the header asks of its table."""

    def column(self, logical: int) -> Column:
        """Return a column."""

    def paddings(self, logical: int) -> tuple[int, int]:
        """Return the room at the left and right of a column's cells."""

    def sorted_by(self) -> tuple[str, bool]:
        """Return the key of the sorted column and whether it is sorted downwards."""

    def resizing_ended(self) -> None:
        """Learn that the user let go of a column's edge, or of a column."""


class LedgerHeader(QHeaderView):
    """Paints headings aligned like their columns; the sorted one is dark and semibold with an arrow."""

    def __init__(self, table: Headed, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setResizeContentsPrecision(0)
        self.setSortIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restyle(current())

    def restyle(self, theme: Theme) -> None:
        """Take over the fonts, colours and sizes of the theme."""
        small = theme.font("small")
        small.setWeight(QFont.Weight.Medium)
        strong = QFont(small)
        strong.setWeight(QFont.Weight.DemiBold)
        self._plain = Face(small, theme.color("textSecondary"))
        self._sorted = Face(strong, theme.color("text"))
        self._theme = theme
        self.setMinimumSectionSize(theme.px(_NARROWEST))
        self.setFixedHeight(theme.size("headerRow"))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the size of a row of headings."""
        return QSize(super().sizeHint().width(), self._theme.size("headerRow"))

    def sectionSizeFromContents(self, logical: int) -> QSize:
        """Return the size that shows a whole heading and its arrow."""
        title = self._sorted.width(tr(self._table.column(logical).title))
        width = title + _ARROW_GAP + self._theme.px(_ARROW) + sum(self._table.paddings(logical))
        return QSize(width, self._theme.size("headerRow"))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        theme, column = self._theme, self._table.column(logical)
        hovered = column.sortable and self._is_under_mouse(rect)
        painter.fillRect(rect, theme.color("hover" if hovered else "surfaceAlt"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("border"))
        left, right = self._table.paddings(logical)
        inside = rect.adjusted(left, 0, -right, -1)
        key, descending = self._table.sorted_by()
        if key == column.key:
            # The arrow may reach into the padding, so that it never costs a short heading its last letters.
            at_right = column.align == "right"
            wider = inside.adjusted(_LEAST - left if at_right else 0, 0, 0 if at_right else right - _LEAST, 0)
            self._paint_sorted(painter, wider, column, descending)
        else:
            self._paint_title(painter, self._plain, inside, tr(column.title), column.align)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lay the columns out anew once an edge was let go."""
        super().mouseReleaseEvent(event)
        self._table.resizing_ended()

    def _paint_sorted(self, painter: QPainter, inside: QRect, column: Column, descending: bool) -> None:
        """Paint a heading with its arrow: after the text, or before it where that is aligned right."""
        side = self._theme.px(_ARROW)
        title = self._sorted.fitted(tr(column.title), max(0, inside.width() - side - _ARROW_GAP))
        width = self._sorted.width(title) + _ARROW_GAP + side
        spare = max(0, inside.width() - width)
        x = inside.x() + {"left": 0, "right": spare, "centre": spare // 2}[column.align]
        at_right = column.align == "right"
        text_x, arrow_x = (x + side + _ARROW_GAP, x) if at_right else (x, x + width - side)
        text = QRect(text_x, inside.y(), width - side - _ARROW_GAP, inside.height())
        self._paint_title(painter, self._sorted, text, title, "left")
        arrow = "arrow-down" if descending else "arrow-up"
        picture = self._theme.icons.pixmap(arrow, "text", side, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(arrow_x, inside.y() + (inside.height() - side + 1) // 2), picture)

    def _paint_title(self, painter: QPainter, face: Face, inside: QRect, title: str, align: str) -> None:
        shown = face.fitted(title, inside.width())
        spare = max(0, inside.width() - face.width(shown))
        x = inside.x() + {"left": 0, "right": spare, "centre": spare // 2}[align]
        metrics = face.metrics
        painter.setFont(face.font)
        painter.setPen(face.pen)
        painter.drawText(
            x, inside.y() + (inside.height() - metrics.height() + 1) // 2 + metrics.ascent(), shown
        )

    def _is_under_mouse(self, rect: QRect) -> bool:
        viewport = self.viewport()
        return viewport.underMouse() and rect.contains(viewport.mapFromGlobal(QCursor.pos()))
