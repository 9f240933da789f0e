"""Asks for another name of a file."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from app.domain.attachments import LONGEST_NAME, Attachment
from app.domain.problems import Refused
from app.services import attachments
from app.services.changes import Change
from app.ui.i18n import tr
from app.ui.records.entries import TextEntry
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind

_WIDTH = 400


class RenameDialog(QDialog):
    """One field; it stays open until the name is saved."""

    def __init__(self, session: Session, file: Attachment) -> None:
        super().__init__(session.window)
        self._session = session
        self._file = file
        self._saving = False
        self.setWindowTitle(tr("Rename file"))
        self.name = TextEntry(tr("Name"), required=tr("Enter a name for the file."))
        self.name.set_text(file.name)
        self.name.line.setMaxLength(LONGEST_NAME)
        buttons = QDialogButtonBox()
        save = buttons.addButton(tr("Rename"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(save, ButtonKind.PRIMARY)
        cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(look.space("l"))
        column.addWidget(self.name)
        column.addWidget(buttons)
        save.setDefault(True)
        self.setMinimumWidth(look.px(_WIDTH))
        self._select_stem()

    def reject(self) -> None:
        """Close, unless the name is just being saved."""
        if not self._saving:
            super().reject()

    def save(self) -> None:
        """Save the name and close; or show what is wrong."""
        if self._saving:
            return
        if not self.name.check():
            self.name.focus_and_announce()
            return
        try:
            command = attachments.rename(self._file.id, self.name.text())
        except Refused as refusal:
            self._failed(refusal)
            return
        self._saving = True
        self._session.bridge.run_command(command, self._renamed, self._failed)

    def _renamed(self, _change: Change) -> None:
        self._saving = False
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, Refused):
            self.name.set_error(str(error))
            self.name.focus_and_announce()
        else:
            self._session.bridge.show_error(error)

    def _select_stem(self) -> None:
        """Select the name without its ending, which mostly stays."""
        stem, dot, _ending = self._file.name.rpartition(".")
        self.name.line.setFocus()
        self.name.line.setSelection(0, len(stem) if dot else len(self._file.name))
