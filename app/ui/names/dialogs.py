"""Adding a name, and merging several into one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services import names
from app.services.changes import Change
from app.services.names import NameKind, NameRow
from app.ui.i18n import tr, tr_n
from app.ui.names.kinds import counted, new_text
from app.ui.names.source import web_page
from app.ui.records.entries import TextEntry
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label


class AddDialog(QDialog):
    """Asks for a new name, and for its web page where the kind has one."""

    def __init__(self, session: Session, kind: NameKind) -> None:
        super().__init__(session.window)
        self._session = session
        self._kind = kind
        self._saving = False
        self.setWindowTitle(new_text(kind))
        self.name = TextEntry(tr("Name"), required=tr("Enter a name."))
        self.url = TextEntry(tr("Web page"), hint="https://", optional=True)
        self.url.setVisible(kind.has_url)
        save = _lay_out(self, self.name, [self.url], tr("Add"))
        save.clicked.connect(self.save)

    def reject(self) -> None:
        """Close, unless the name is just being saved."""
        if not self._saving:
            super().reject()

    def save(self) -> None:
        """Add the name and close; or show what is wrong."""
        if self._saving:
            return
        if not self.name.check():
            self.name.focus_and_announce()
            return
        try:
            url = web_page(self.url.text())
        except ValueError as problem:
            self.url.set_error(str(problem))
            self.url.focus_and_announce()
            return
        try:
            command = names.add(self._kind, self.name.text(), url)
        except Refused as refusal:
            self._failed(refusal)
            return
        self._saving = True
        self._session.bridge.run_command(command, self._added, self._failed)

    def _added(self, _change: Change) -> None:
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, Refused):
            self.name.set_error(str(error))
            self.name.focus_and_announce()
        else:
            self._session.bridge.show_error(error)


class MergeDialog(QDialog):
    """Asks which of several names stays."""

    def __init__(self, session: Session, kind: NameKind, rows: Sequence[NameRow]) -> None:
        super().__init__(session.window)
        self._rows = sorted(rows, key=lambda row: -row.count)
        self.setWindowTitle(tr("Merge {names}").format(names=counted(kind, len(rows))))
        self.choice = QComboBox()
        for row in self._rows:
            self.choice.addItem(row.name, row.id)
        self._words = Label("", tone="secondary", wrap=True)
        self.choice.currentIndexChanged.connect(self._tell)
        save = _lay_out(self, FormField(tr("This one stays"), self.choice), [self._words], tr("Merge"))
        save.clicked.connect(self.accept)
        self._tell()

    def into(self) -> int:
        """Return the id of the name that stays."""
        return int(self.choice.currentData())

    def _tell(self) -> None:
        others = [row for row in self._rows if row.id != self.into()]
        moved = sum(row.count for row in others)
        gone = ", ".join(f"“{row.name}”" for row in others[:4])
        if len(others) > 4:
            gone += tr_n(" and {n} more", " and {n} more", len(others) - 4)
        purchases = tr_n("{n} purchase", "{n} purchases", moved)
        text = tr("{gone} will be gone; {purchases} will say “{name}” instead. Undo takes it back.")
        self._words.setText(text.format(gone=gone, purchases=purchases, name=self.choice.currentText()))


def _lay_out(dialog: QDialog, first: FormField, others: Sequence[QWidget], verb: str) -> QPushButton:
    """Put a field, other widgets and buttons into a dialog, and return the button that does it."""
    look = theme.current()
    buttons = QDialogButtonBox()
    save = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
    set_kind(save, ButtonKind.PRIMARY)
    cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    set_kind(cancel, ButtonKind.DEFAULT)
    cancel.setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(look.space("m"))
    for widget in (first, *others):
        column.addWidget(widget)
    column.addStretch()
    column.addWidget(buttons)
    # Only a button that is in the dialog already can become its default.
    save.setDefault(True)
    dialog.setMinimumWidth(look.px(420))
    first.field.setFocus(Qt.FocusReason.OtherFocusReason)
    return save
