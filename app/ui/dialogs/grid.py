"""Small tables of a dialog: plain rows in memory, with single cells that can be marked as wrong or doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui import formats
from app.ui.i18n import tr
from app.ui.widgets.label import plain_tip
from app.ui.widgets.pill import PillKind

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Mark(StrEnum):
    """How a cell is marked, never by colour alone: each has an icon and a sentence."""

    NONE = ""
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its heading, least width in pixels at 100 % text size, and how its cells are set.

    `grows` is its share of spare width; one that `fits` is as wide as its cells need, but not wider than `width`.
    `strong` cells stand out, `quiet` ones stand back, `small` ones are set in the smaller type.
    """

    title: str
    width: int = 100
    right: bool = False
    strong: bool = False
    quiet: bool = False
    grows: int = 0
    fits: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text, and a mark with the sentence that explains it; a `quiet` one stands back.

    One with a `pill` shows its text as a pill of that kind, one with a `tone` in that colour ("danger", "success").
    """

    text: str = ""
    mark: Mark = Mark.NONE
    reason: str = ""
    quiet: bool = False
    pill: PillKind | None = None
    tone: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        words = self.text if self.text and self.text != formats.NO_VALUE else tr("none")
        return tr("{value}: {reason}").format(value=words, reason=self.reason) if self.reason else words


Row = Sequence[GridCell]


class GridModel(QAbstractTableModel):
    """Rows of cells that are replaced as a whole."""

    def __init__(self, columns: Sequence[GridColumn] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row], columns: Sequence[GridColumn] | None = None) -> None:
        """Show other rows, and other columns where given."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self._rows = rows
        self.endResetModel()

    def cell(self, row: int, column: int) -> GridCell:
        """Return a cell."""
        return self._rows[row][column]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, tooltip or what a screen reader says of a cell."""
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.reason or cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None
