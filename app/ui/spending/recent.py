"""Short lists of what was bought last and which warranties began last."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.spending import RecentCover
from app.domain.warranties import CoverStatus
from app.services.purchases import PurchaseRow
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import PADDING, Card, GridView
from app.ui.i18n import tr
from app.ui.purchases.words import cover_kind_name, warranty_name
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_LEAST = 4
_HEAD, _AROUND = 44, 4


class _List(GridView):
    """Rows that a click or Enter opens."""

    opened = Signal(int)

    def __init__(self, columns: Sequence[GridColumn], name: str) -> None:
        super().__init__(columns, name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        theme.current().changed.connect(self._take_ground)
        self._take_ground()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row that the keyboard is at."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())

    def _take_ground(self) -> None:
        """Lie on a card, which in the dark is lighter than a page."""
        self.setStyleSheet(f"QTableView {{ background: {theme.current().color('raised').name()}; }}")


class RecentCard(QWidget):
    """A heading, a grey line and a list; `opened` carries the id of the record of a row."""

    opened = Signal(int)

    def __init__(self, heading: str, columns: Sequence[GridColumn], empty: str) -> None:
        super().__init__()
        self._ids: Sequence[int] = ()
        self.list = _List(columns, heading)
        self.list.opened.connect(lambda row: self.opened.emit(self._ids[row]))
        self._caption = ElidedLabel("", "small", "secondary")
        self._empty = Label(empty, tone="secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 10, PADDING, 10)
        head.setSpacing(10)
        head.addWidget(Label(heading, "heading"))
        head.addWidget(self._caption, 1)
        inside = QWidget()
        inside.setProperty("ground", "raised")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 1)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(inside))
        self.setFocusProxy(self.list)
        self._fit()
        theme.current().changed.connect(self._fit)

    def texts(self) -> list[list[str]]:
        """Return what the rows say."""
        grid = self.list.grid
        columns = range(grid.columnCount())
        return [[grid.cell(row, column).text for column in columns] for row in range(grid.rowCount())]

    def _show_rows(self, ids: Sequence[int], rows: Sequence[Sequence[GridCell]], caption: str) -> None:
        at = self.list.currentIndex().row()
        self._ids = ids
        self.list.show_rows(rows)
        if 0 <= at < len(rows):
            self.list.go_to(at, 0)
        self._caption.setText(caption if rows else "")
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        rows = max(self.list.grid.rowCount(), _LEAST)
        height = look.px(_HEAD) + look.size("headerRow") + rows * look.size("rowCompact")
        self.setFixedHeight(height + _AROUND)


class RecentPurchases(RecentCard):
    """What was bought last in the period."""

    def __init__(self) -> None:
        columns = (
            GridColumn(tr("Product"), 130, strong=True, grows=1),
            GridColumn(tr("Retailer"), 160, quiet=True, fits=True),
            GridColumn(tr("Bought on"), 120, fits=True),
            GridColumn(tr("Price"), 130, right=True, fits=True),
        )
        super().__init__(tr("Recent purchases"), columns, tr("Nothing was bought in this period"))

    def show_purchases(self, found: Sequence[PurchaseRow], *, as_paid: bool = False) -> None:
        """Show others; `as_paid` says that prices are in several currencies."""
        rows = [
            (
                GridCell(row.name),
                GridCell(row.retailer or formats.NO_VALUE),
                GridCell(formats.date(row.purchased_on)),
                GridCell(formats.money(row.net)),
            )
            for row in found
        ]
        caption = (
            tr("The latest of the period, as they were paid") if as_paid else tr("The latest of the period")
        )
        self._show_rows([row.id for row in found], rows, caption)


class RecentWarranties(RecentCard):
    """Which warranties of the period's purchases began last."""

    def __init__(self) -> None:
        columns = (
            GridColumn(tr("Product"), 130, strong=True, grows=1),
            GridColumn(tr("Kind"), 110, quiet=True, fits=True),
            GridColumn(tr("From"), 120, fits=True),
            GridColumn(tr("Until"), 120, right=True, fits=True),
        )
        super().__init__(tr("Recent warranties"), columns, tr("No warranties in this period"))

    def show_covers(self, found: Sequence[RecentCover]) -> None:
        """Show others."""
        rows = [
            (
                GridCell(cover.product),
                GridCell(cover_kind_name(cover.kind)),
                GridCell(formats.date(cover.starts_on)),
                GridCell(_until(cover)),
            )
            for cover in found
        ]
        ids = [cover.id for cover in found]
        self._show_rows(ids, rows, tr("Those that began last, in any currency"))


def _until(cover: RecentCover) -> str:
    if cover.voided:
        return warranty_name(CoverStatus.VOIDED)
    return formats.date(cover.ends_on) if cover.ends_on else tr("Lifetime")
