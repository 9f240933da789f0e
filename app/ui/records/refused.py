"""What a bulk edit could not change, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.label import Label

_SHOWN = 1000


class RefusedDialog(QDialog):
    """Lists the records that stayed as they are; `heading` says how many, and of what kind."""

    def __init__(self, refused: Sequence[tuple[int, str, str]], heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Not changed"))
        look = theme.current()
        count = len(refused)
        table = QTableWidget(min(count, _SHOWN), 2)
        table.setAccessibleName(heading)
        table.setHorizontalHeaderLabels([tr("Product"), tr("Reason")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.row_height)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, look.px(200))
        for row, (_id, name, reason) in enumerate(refused[:_SHOWN]):
            table.setItem(row, 0, QTableWidgetItem(name))
            cell = QTableWidgetItem(reason)
            cell.setToolTip(reason)
            table.setItem(row, 1, cell)
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(close, ButtonKind.DEFAULT)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(Label(heading, "subtitle"))
        column.addWidget(table, 1)
        if count > _SHOWN:
            rest = tr_n("and {n} more", "and {n} more", count - _SHOWN)
            column.addWidget(Label(rest, tone="secondary"))
        column.addWidget(buttons)
        self.resize(look.px(720), look.px(400))
