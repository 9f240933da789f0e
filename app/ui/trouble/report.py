"""What a salvage saved, and what it could not."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.salvage import Salvaged, TableOutcome
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.button import default, primary
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_HEIGHT = 320


class SalvageReport(QWidget):
    """A table of what became of each kind of record, and where the damaged files are kept."""

    def __init__(self, done: Salvaged) -> None:
        super().__init__()
        look = theme.current()
        self.table = GridView(
            (
                GridColumn(tr("Records"), 140, strong=True, grows=1),
                GridColumn(tr("Saved"), 90, right=True),
                GridColumn(tr("Not readable"), 120, right=True),
                GridColumn(tr("Set aside"), 90, right=True),
                GridColumn(tr("Changed"), 90, right=True),
            ),
            tr("What was saved"),
        )
        # What was lost is what people look for first.
        self.table.show_rows(
            [_cells(table) for table in sorted(done.tables, key=lambda table: table.is_whole)]
        )
        self.open_button = primary(tr("Open the ledger"), "book-open")
        self.show_button = default(tr("Show the damaged files"), "folder-open")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(
            Label(tr_n("{n} row was saved", "{n} rows were saved", done.rows), "title", wrap=True)
        )
        column.addWidget(Paragraph(_words(done)))
        card = Card(self.table)
        card.setMinimumHeight(look.px(_HEIGHT))
        column.addWidget(card)
        column.addWidget(
            ElidedLabel(
                tr("The damaged files are kept in {folder}").format(folder=done.kept), "small", "secondary"
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addStretch()
        row.addWidget(self.open_button)
        column.addLayout(row)


def _words(done: Salvaged) -> str:
    if done.is_whole:
        return tr("Nothing was lost, as far as can be known.")
    return tr(
        "What could not be read is lost, unless a backup has it. Rows that do not fit any more are written down beside "
        "the damaged files; changed ones let go of something that was lost, or of a value."
    )


def _cells(table: TableOutcome) -> list[GridCell]:
    lost = tr("unknown") if table.lost is None else _count(table.lost)
    return [
        GridCell(_name(table.table)),
        GridCell(formats.count(table.read)),
        GridCell(lost, tone="" if table.lost == 0 else "danger"),
        GridCell(_count(table.aside)),
        GridCell(_count(table.references + table.damaged)),
    ]


def _count(number: int) -> str:
    return formats.count(number) if number else "–"


def _name(table: str) -> str:
    names = {
        "attachments": tr("Attachments"),
        "balance_entries": tr("Balances"),
        "brands": tr("Brands"),
        "categories": tr("Categories"),
        "claims": tr("Claims"),
        "covers": tr("Warranties"),
        "debts": tr("Debts"),
        "exchange_rates": tr("Exchange rates"),
        "files": tr("Files"),
        "import_mappings": tr("Import mappings"),
        "jobs": tr("Job history"),
        "payments": tr("Payments"),
        "profile": tr("Profile"),
        "purchase_tags": tr("Tags of purchases"),
        "purchases": tr("Purchases"),
        "refunds": tr("Refunds"),
        "retailers": tr("Retailers"),
        "saved_filters": tr("Saved filters"),
        "scenarios": tr("Scenarios"),
        "settings": tr("Settings"),
        "snoozes": tr("Snoozed reminders"),
        "tags": tr("Tags"),
    }
    return names.get(table, table)
