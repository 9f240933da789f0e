"""The review of which receipt goes to which purchase: a table, and what can be done with its current row."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.purchases import Purchase
from app.ui import formats
from app.ui.attachments.receipts.file_picture import FilePicture
from app.ui.attachments.receipts.plan import Line, Plan, day_of, words_of
from app.ui.attachments.receipts.purchase_field import PurchaseField
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, default, primary, set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label


class ReviewStage(QWidget):
    """Shows a `Plan` and lets every line of it be changed."""

    accepted = Signal()
    cancelled = Signal()
    again = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.plan = Plan(())
        self.table = GridView(
            (
                GridColumn(tr("File"), 210, strong=True, grows=1),
                GridColumn(tr("Purchase"), 210, grows=1),
                GridColumn(tr("Why"), 330, quiet=True),
            ),
            tr("Receipts and their purchases"),
        )
        self.table.row_moved.connect(self._show_line)
        self.picture = FilePicture(session)
        self._counted = Label("", tone="secondary", tabular=True)
        self._file = ElidedLabel("", "heading", mode=Qt.TextElideMode.ElideMiddle)
        self.field = PurchaseField(session)
        self.field.picked.connect(self._give)
        self.new = default(tr("New purchase…"), "plus")
        self.leave_out = default(tr("Leave out"), "x")
        self.new.clicked.connect(self._new_purchase)
        self.leave_out.clicked.connect(self._leave_out)
        self.add = primary("")
        self._lay_out()

    def show_plan(self, plan: Plan) -> None:
        """Begin with what was guessed."""
        self.plan = plan
        first = next((row for row, line in enumerate(plan.lines) if not line.purchase_id), 0)
        self._show(first)

    def focus_first(self) -> None:
        """Begin in the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self) -> int:
        """Return the current row."""
        return max(0, self.table.currentIndex().row())

    # -- what becomes of a line

    def _give(self, purchase_id: int, name: str) -> None:
        row = self.row()
        self.plan.give(row, purchase_id, name)
        self._show(self.plan.next_open(row))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_out(self) -> None:
        row = self.row()
        self.plan.leave_out(row)
        self._show(self.plan.next_open(row))

    def _new_purchase(self) -> None:
        from app.ui.purchases.form.dialog import PurchaseDialog
        from app.ui.purchases.lists import NameBook
        from app.ui.records.purpose import Purpose

        row, session = self.row(), self._session
        line = self.plan.lines[row]
        book = NameBook(session.ledger, session.bridge, self)
        dialog = PurchaseDialog(session, book, Purpose.NEW, self._prefilled(line.path), self.window())
        dialog.saved.connect(
            lambda id: self._created(row, int(id), dialog.form.name.text().strip() or line.path.name)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(book.deleteLater)
        dialog.open()

    def _prefilled(self, path: Path) -> Purchase:
        """Return a purchase with what the file's name says about it."""
        ledger = self._session.ledger
        day = day_of(path) or ledger.today()
        return Purchase(words_of(path), 0, ledger.profile.currency, day)

    def _created(self, row: int, id: int, name: str) -> None:
        self.plan.give(row, id, name, tr("Recorded just now."))
        self._show(self.plan.next_open(row))

    # -- showing

    def _show(self, row: int) -> None:
        """Show the plan anew, with a row as the current one."""
        self.table.show_rows([_cells(line) for line in self.plan.lines])
        self.table.go_to(row, 0)
        self._show_line(row)
        ready, all_files = len(self.plan.pairs()), len(self.plan.lines)
        text = tr("{n} of {all} receipts have a purchase")
        self._counted.setText(text.format(n=formats.count(ready), all=formats.count(all_files)))
        self.add.setText(tr_n("Add {n} receipt", "Add {n} receipts", ready))
        self.add.setEnabled(ready > 0)

    def _show_line(self, row: int) -> None:
        if row < len(self.plan.lines):
            line = self.plan.lines[row]
            self._file.setText(line.path.name)
            self.picture.show_file(line.path)
            self.field.show_name(line.name)
            self.leave_out.setEnabled(bool(line.purchase_id))

    def _lay_out(self) -> None:
        look = theme.current()
        space = look.space("l")
        words = Label(tr("&Goes to"), tone="secondary")
        words.setBuddy(self.field)
        line = QHBoxLayout()
        line.setSpacing(look.space("s"))
        line.addWidget(words)
        line.addWidget(self.field, 1)
        for made in (self.new, self.leave_out):
            line.addWidget(made)
            made.setAutoDefault(False)
        holder = QVBoxLayout()
        holder.setSpacing(look.space("s"))
        holder.addWidget(self._file)
        holder.addLayout(line)
        box = QDialogButtonBox()
        box.addButton(self.add, QDialogButtonBox.ButtonRole.AcceptRole)
        other = box.addButton(tr("Choose other files…"), QDialogButtonBox.ButtonRole.ActionRole)
        cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for made in (other, cancel):
            set_kind(made, ButtonKind.DEFAULT)
            made.setAutoDefault(False)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(partial(self.accepted.emit))
        other.clicked.connect(partial(self.again.emit))
        cancel.clicked.connect(partial(self.cancelled.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(look.space("m"))
        column.addWidget(self._counted)
        upper = QHBoxLayout()
        upper.setSpacing(look.space("m"))
        upper.addWidget(Card(self.table), 1)
        upper.addWidget(self.picture)
        column.addLayout(upper, 1)
        column.addLayout(holder)
        column.addWidget(box)


def _cells(line: Line) -> tuple[GridCell, ...]:
    purchase = GridCell(line.name) if line.purchase_id else GridCell(tr("None: left out"), quiet=True)
    return GridCell(line.path.name), purchase, GridCell(line.why)
