"""The files that could not be added, each with its reason."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.label import Label


class FailedFilesDialog(QDialog):
    """Lists files that stayed outside."""

    def __init__(self, failed: Sequence[tuple[Path, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Not added"))
        look = theme.current()
        self.table = GridView(
            (GridColumn(tr("File"), 260, strong=True), GridColumn(tr("Reason"), 300, grows=1)),
            tr("Files that were not added"),
        )
        self.table.show_rows([(GridCell(path.name), GridCell(reason)) for path, reason in failed])
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(close, ButtonKind.DEFAULT)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(look.space("m"))
        column.addWidget(
            Label(tr_n("{n} file was not added", "{n} files were not added", len(failed)), "subtitle")
        )
        column.addWidget(Card(self.table), 1)
        column.addWidget(buttons)
        self.resize(look.px(720), look.px(360))
