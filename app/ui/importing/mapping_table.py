"""The table in which every column of a file is given a field, or none."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from app.services.importing.flow import ColumnView
from app.services.importing.mapping import TARGETS
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
        self._targets = _target_model(self)
        self._combos: list[QComboBox] = []
        self._headers: list[str] = []

    def show_columns(self, columns: Sequence[ColumnView]) -> None:
        """Show the columns of a file, or only what became of them where the file is the same."""
        if [column.header for column in columns] != self._headers:
            self._headers = [column.header for column in columns]
            self.show_rows(
                [
                    (GridCell(column.header), GridCell(_SEPARATOR.join(column.values)), GridCell())
                    for column in columns
                ]
            )
            self._combos = [self._make_combo(row) for row in range(len(columns))]
        for combo, column in zip(self._combos, columns, strict=True):
            combo.setCurrentIndex(combo.findData(column.target))

    def combo(self, header: str) -> QComboBox:
        """Return the list of fields of a column."""
        return self._combos[self._headers.index(header)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list of fields of the current row with Space or F2."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F2) and 0 <= row < len(self._combos):
            self._combos[row].setFocus(Qt.FocusReason.OtherFocusReason)
            self._combos[row].showPopup()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the table, not change a field by accident."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QComboBox):
            self.scrollTo(self.grid.index(self._combos.index(watched), 0))
        return super().eventFilter(watched, event)

    def _make_combo(self, row: int) -> QComboBox:
        combo = QComboBox()
        combo.setModel(self._targets)
        combo.setProperty("compact", "true")
        combo.setMaxVisibleItems(16)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setAccessibleName(tr("“{column}” becomes").format(column=self._headers[row]))
        combo.installEventFilter(self)
        combo.activated.connect(lambda _at: self.mapped.emit(self._headers[row], combo.currentData()))
        holder = _Holder(combo)
        self.setIndexWidget(self.grid.index(row, _COMBO), holder)
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


def _target_model(parent: QObject) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for key, title in (("", tr("Not imported")), *((target.key, tr(target.title)) for target in TARGETS)):
        item = QStandardItem(title)
        item.setData(key, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model
