"""The rows that cannot be imported: where, which value, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.importing.report import RowError
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import GridView
from app.ui.i18n import tr

MOST = 1_000
"""So many errors are listed in a window; files of reports have more."""


class ErrorTable(GridView):
    """A row for each error of a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns("line"), tr("Problems"), parent)
        self._errors: Sequence[RowError] = ()

    def show_errors(self, errors: Sequence[RowError], row_word: str) -> None:
        """List errors; `row_word` is what their line numbers count."""
        self._errors = errors[:MOST]
        rows = [
            (
                GridCell(formats.count(error.line)),
                GridCell(error.column or tr("whole row")),
                GridCell(" ".join(error.value.split()) or formats.NO_VALUE),
                GridCell(error.reason),
            )
            for error in self._errors
        ]
        self.show_rows(rows, _columns(row_word))

    def error_at(self, row: int) -> RowError:
        """Return the error of a row."""
        return self._errors[row]


def _columns(row_word: str) -> tuple[GridColumn, ...]:
    words = {"line": tr("Line"), "row": tr("Row"), "item": tr("Item")}
    return (
        GridColumn(words.get(row_word, tr("Line")), 90, right=True, fits=True),
        GridColumn(tr("Column"), 180, quiet=True, fits=True),
        GridColumn(tr("Value"), 180, strong=True, fits=True),
        GridColumn(tr("What is wrong"), 260, grows=1),
    )
