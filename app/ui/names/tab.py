"""One tab of the page: the table of one kind of names."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.names import NameKind, NameRow
from app.ui.names.kinds import plural
from app.ui.names.source import NameEditing, NameSource, columns_of
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable


class NamesTab(QWidget):
    """The names of one kind. `purchases_wanted` carries the id of a name whose purchases are to be shown."""

    purchases_wanted = Signal(object)
    changed = Signal()

    def __init__(self, session: Session, kind: NameKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._loaded = False
        self.model = LazyTableModel(
            columns_of(kind),
            NameSource(session.ledger, kind),
            session.bridge.readers,
            query=TableQuery("", "name", False),
            editing=None if session.ledger.read_only else NameEditing(session.ledger, kind),
            parent=self,
        )
        self.table = LedgerTable(self.model, plural(kind))
        self.table.opened.connect(self.purchases_wanted)
        self.table.clicked.connect(self._clicked)
        self.table.selection_changed.connect(self.changed)
        self.table.current_changed.connect(lambda _id: self.changed.emit())
        self.table.said.connect(session.notify)
        self.model.counted.connect(self.changed)
        self.model.failed.connect(session.bridge.show_error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def load(self) -> None:
        """Show the names as they are now."""
        if self._loaded:
            self.model.refresh()
        else:
            self._loaded = True
            self.model.load()

    def set_filter(self, text: str) -> None:
        """Show the names that contain these words."""
        self.model.set_filter(text)

    def selected(self) -> list[NameRow]:
        """Return the selected names, as far as they are in memory."""
        rows = (row for start, stop in self.table.selected_spans() for row in range(start, stop))
        return [found for row in rows if (found := self.model.row_at(row)) is not None]

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if self.model.columns[index.column()].key == "count" and isinstance(row, NameRow) and row.count:
            self.purchases_wanted.emit(row.id)
