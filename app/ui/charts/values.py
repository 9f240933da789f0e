"""The table of a chart: the same values, exact, to be read and copied."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import GridView
from app.ui.i18n import tr
from app.ui.theme import theme

Cell = tuple[str, str]
"""A value as it is shown, and as a spreadsheet reads it."""

NO_CELL: Cell = (formats.NO_VALUE, "")
_FIRST, _OTHER = 110, 100
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


class Values(Sequence[Sequence[GridCell]]):
    """The rows of a table, each made when it is looked at; `titles` are those of the columns."""

    def __init__(
        self, titles: Sequence[str] = (), count: int = 0, row: Callable[[int], Sequence[Cell]] | None = None
    ) -> None:
        self.titles = list(titles)
        self._count = count
        self._row = row

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: int) -> Sequence[GridCell]:  # type: ignore[override]
        return [GridCell(shown) for shown, _plain in self.cells(at)]

    def cells(self, at: int) -> Sequence[Cell]:
        """Return both forms of the values of a row."""
        return self._row(at) if self._row is not None else ()

    def tab_separated(self) -> str:
        """Return everything as lines of text with tabs between, the titles first."""
        rows = [[plain for _shown, plain in self.cells(at)] for at in range(len(self))]
        lines = ("\t".join(text.translate(_BREAKS) for text in row) for row in [self.titles, *rows])
        return "\n".join([*lines, ""])


class ValueTable(GridView):
    """Shows the values of a chart; Copy puts all of them on the clipboard."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__((), name, parent)
        self.values = Values()
        theme.current().changed.connect(self._take_ground)
        self._take_ground()

    def show_values(self, values: Values) -> None:
        """Show other values; the current cell stays where it was."""
        current, scrolled = self.currentIndex(), self.verticalScrollBar().value()
        self.values = values
        columns = [
            GridColumn(title, _OTHER if at else _FIRST, right=at > 0, strong=at == 0, grows=1)
            for at, title in enumerate(values.titles)
        ]
        self.show_rows(values, columns)
        if current.isValid() and current.row() < len(values) and current.column() < len(columns):
            self.setCurrentIndex(self.grid.index(current.row(), current.column()))
        self.verticalScrollBar().setValue(scrolled)

    def copy(self) -> None:
        """Put all values on the clipboard."""
        QGuiApplication.clipboard().setText(self.values.tab_separated())

    def event(self, event: QEvent) -> bool:
        """Keep the key of Copy from the window, which knows nothing of this table."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.matches(QKeySequence.StandardKey.Copy))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the key of the platform."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_ground(self) -> None:
        """Lie on a card, which in the dark is lighter than a page."""
        self.setStyleSheet(f"QTableView {{ background: {theme.current().color('raised').name()}; }}")


def table_name(heading: str) -> str:
    """Return what the table of a chart is called for screen readers."""
    return tr("{chart}, values").format(chart=heading)
