"""The list behind the warning of a restore: which records go, come back and change, by their names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.services.backup.sections import SectionChange
from app.ui.backups.words import section_name
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label

_WIDTH, _HEIGHT = 560, 420


class ChangesList(QDialog):
    """One line for each record whose name is known, and one for how many more there are."""

    def __init__(self, changes: Sequence[SectionChange], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What the restore changes"))
        self.table = GridView(
            (
                GridColumn(tr("Section"), 150, strong=True, fits=True),
                GridColumn(tr("Becomes"), 130, fits=True),
                GridColumn(tr("Name"), 200, grows=1),
            ),
            tr("What the restore changes"),
        )
        self.table.show_rows([row for one in changes for row in _rows(one)])
        look = theme.current()
        box = QDialogButtonBox()
        box.addButton(default(tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(Label(tr("What the restore changes"), "subtitle"))
        column.addWidget(Card(self.table), 1)
        column.addWidget(box)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _rows(one: SectionChange) -> list[list[GridCell]]:
    section = GridCell(section_name(one.section))
    rows = []
    for count, names, word in (
        (one.removed, one.removed_names, GridCell(tr("removed"), tone="danger")),
        (one.comes_back, one.comes_back_names, GridCell(tr("comes back"), tone="success")),
        (one.changed, one.changed_names, GridCell(tr("as it was then"))),
    ):
        rows += [[section, word, GridCell(name)] for name in names]
        more = count - len(names)
        if more:
            words = tr_n("{n} more", "{n} more", more) if names else tr_n("{n} record", "{n} records", more)
            rows.append([section, word, GridCell(words, quiet=True)])
    return rows
