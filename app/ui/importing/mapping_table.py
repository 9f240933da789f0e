"""The table in which every column of a file is given a field, or none."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from app.services.importing.flow import ColumnView
from app.services.importing.mapping import Target
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import GridView
from app.ui.i18n import tr
from app.ui.theme import theme

_COMBO = 2
_ROW = 38
_SEPARATOR = " · "


class MappingTable(GridView):
    """A row for each column of the file: its name, some of its values, and the field it becomes.

    `mapped` carries the column's name and the key of its field, "" for none.
    """

    mapped = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            GridColumn(tr("Column in the file"), 180, strong=True, grows=1),
            GridColumn(tr("Its first values"), 220, quiet=True, grows=2),
            GridColumn(tr("Becomes"), 210),
        )
        super().__init__(columns, tr("Columns of the file and the fields they become"), parent)
        self._offered: Sequence[Target] = ()
        self._targets = QStandardItemModel(self)
        self._shown: list[ColumnView] = []
        self._combos: dict[int, QComboBox] = {}

    def show_targets(self, targets: Sequence[Target]) -> None:
        """Offer these fields; what was shown before is shown anew where they are others."""
        if targets != self._offered:
            self._offered = targets
            self._targets = _target_model(targets, self)
            self._shown = []

    def show_columns(self, columns: Sequence[ColumnView]) -> None:
        """Show the columns of a file, or only what became of them where the file is the same."""
        before, self._shown = self._shown, list(columns)
        if [(column.header, column.values) for column in before] != [
            (column.header, column.values) for column in columns
        ]:
            self._combos.clear()
            self.show_rows(
                [
                    (GridCell(column.header), GridCell(_SEPARATOR.join(column.values)), GridCell())
                    for column in columns
                ]
            )
        for row, combo in self._combos.items():
            combo.setCurrentIndex(combo.findData(columns[row].target))
        self._make_visible_combos()

    def combo(self, header: str) -> QComboBox:
        """Return the list of fields of a column."""
        return self._combo([column.header for column in self._shown].index(header))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list of fields of the current row with Space or F2."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F2) and row >= 0:
            combo = self._combo(row)
            combo.setFocus(Qt.FocusReason.OtherFocusReason)
            combo.showPopup()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the table, not change a field by accident; keep the focused field in view."""
        if isinstance(watched, QComboBox):
            if event.type() == QEvent.Type.Wheel:
                event.ignore()
                return True
            if event.type() == QEvent.Type.FocusIn:
                row = next(row for row, combo in self._combos.items() if combo is watched)
                self._combo(min(row + 1, len(self._shown) - 1))
                self.scrollTo(self.grid.index(row, 0))
        return super().eventFilter(watched, event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Make the fields of rows that come into view."""
        super().scrollContentsBy(dx, dy)
        self._make_visible_combos()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the fields of rows that come into view."""
        super().resizeEvent(event)
        self._make_visible_combos()

    def _make_visible_combos(self) -> None:
        """Make what is seen and the row after it, so that Tab finds its way; hundreds at once would be felt."""
        if not self._shown:
            return
        first, last = max(0, self.rowAt(0)), self.rowAt(self.viewport().height() - 1)
        for row in range(first, min(last + 2 if last >= 0 else len(self._shown), len(self._shown))):
            self._combo(row)

    def _combo(self, row: int) -> QComboBox:
        if row not in self._combos:
            self._combos[row] = self._make_combo(row)
            above = [other for other in self._combos if other < row]
            self.setTabOrder(self._combos[max(above)] if above else self, self._combos[row])
        return self._combos[row]

    def _make_combo(self, row: int) -> QComboBox:
        column = self._shown[row]
        combo = QComboBox()
        combo.setModel(self._targets)
        combo.setCurrentIndex(combo.findData(column.target))
        combo.setMaxVisibleItems(16)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setAccessibleName(tr("“{column}” becomes").format(column=column.header))
        combo.installEventFilter(self)
        combo.activated.connect(lambda _at: self.mapped.emit(column.header, combo.currentData()))
        self.setIndexWidget(self.grid.index(row, _COMBO), _Holder(combo))
        return combo

    def _restyle(self) -> None:
        super()._restyle()
        self.verticalHeader().setDefaultSectionSize(theme.current().px(_ROW))


class _Holder(QWidget):
    """Keeps a field inside its cell, with some room around it."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        inner.setParent(self)
        self._inner = inner
        self.setFocusProxy(inner)

    def resizeEvent(self, event: object) -> None:
        """Centre the field."""
        height = min(self._inner.sizeHint().height(), self.height() - 4)
        self._inner.setGeometry(8, (self.height() - height) // 2, self.width() - 16, height)


def _target_model(targets: Sequence[Target], parent: QObject) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for key, title in (("", tr("Not imported")), *((target.key, tr(target.title)) for target in targets)):
        item = QStandardItem(title)
        item.setData(key, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model
