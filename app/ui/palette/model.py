"""The palette's lines as a Qt model: headings that cannot be reached, and entries."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.i18n import tr
from app.ui.palette.entries import Entry, EntryGroup

LINE_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """Groups of entries, one after the other; empty groups have no heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Entry | str] = []

    def set_groups(self, groups: Sequence[EntryGroup]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._lines = []
        for group in groups:
            if group.entries:
                self._lines.append(group.title)
                self._lines.extend(group.entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Return the entry of a row, None for a heading."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Entry) else None

    def row_of(self, title: str) -> int:
        """Return the first row with an entry of this title, -1 when there is none."""
        for row, line in enumerate(self._lines):
            if isinstance(line, Entry) and line.title == title:
                return row
        return -1

    def next_row(self, row: int, step: int) -> int:
        """Return the next row with an entry, round the end; -1 when there is none."""
        for distance in range(1, len(self._lines) + 1):
            at = (row + distance * step) % len(self._lines)
            if self.entry(at) is not None:
                return at
        return -1

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be reached."""
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate and screen readers ask for."""
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        title = line if isinstance(line, str) else line.title
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line) if isinstance(line, Entry) else title
        return None


def spoken(entry: Entry) -> str:
    """Return what a screen reader says for an entry."""
    more = entry.keys or entry.detail
    return tr("{title}, {more}").format(title=entry.title, more=more) if more else entry.title
