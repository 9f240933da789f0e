"""Asks for a file to back up to, and for a passphrase where it is to be locked."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.backups import ARCHIVE_ENDING
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default, primary
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_FOLDER_KEY = "backups.file_folder"
_WIDTH = 540


class FileDialog(QDialog):
    """Asks where to, and whether to lock it.

    `begin` is called with the file, the passphrase, and where a recovery sheet goes, both None for none.
    """

    def __init__(
        self,
        session: Session,
        title: str,
        line: str,
        name: str,
        verb: str,
        begin: Callable[[Path, str | None, Path | None], object],
    ) -> None:
        super().__init__(session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._session = session
        self._begin = begin
        self.place = PathField(tr("&File"), tr("B&rowse…"))
        self.place.set_path(self._folder() / f"{name}{ARCHIVE_ENDING}")
        self.place.browse_wanted.connect(self._browse)
        self.lock = QCheckBox(tr("&Lock with a passphrase"))
        self.lock.toggled.connect(self._show_fields)
        self.passphrase, self.again = _secret(), _secret()
        self.first_field = FormField(tr("&Passphrase"), self.passphrase)
        self.again_field = FormField(tr("Passphrase &again"), self.again)
        self.sheet = QCheckBox(tr("Save a recovery &sheet to print"))
        self.sheet.setToolTip(tr("A page with a key that opens the backup when the passphrase is lost"))
        self.sheet.setChecked(True)
        self.warning = Notice(
            tr(
                "Without the passphrase or the recovery sheet nobody can open this backup, and nobody can bring"
                " it back. Keep both safe, apart from the backup."
            ),
            NoticeKind.WARNING,
        )
        for field in (self.passphrase, self.again):
            field.textEdited.connect(self._clear)
        self.go = primary(verb)
        self._lay_out(title, line)
        self._show_fields(shown=False)
        self.go.setDefault(True)

    def accept(self) -> None:
        """Check what was entered, then begin."""
        target = self._target()
        if target is None:
            return
        passphrase: str | None = None
        sheet: Path | None = None
        if self.lock.isChecked():
            passphrase = self._passphrase()
            if passphrase is None:
                return
            if self.sheet.isChecked():
                sheet = self._ask_for_sheet(target)
                if sheet is None:
                    return
        self._session.state.put(_FOLDER_KEY, str(target.parent))
        super().accept()
        self._begin(target, passphrase, sheet)

    def _target(self) -> Path | None:
        path = self.place.path()
        sentence = ""
        if path is None:
            sentence = tr("Enter a name for the file, or choose a place.")
        elif not path.is_absolute():
            sentence = tr("Enter the whole path, beginning with a folder, or choose a place.")
        elif path.is_dir():
            sentence = tr("This is a folder. Add a file name to it.")
        else:
            path = (
                path if path.suffix.lower() == ARCHIVE_ENDING else path.with_name(path.name + ARCHIVE_ENDING)
            )
            if path.exists():
                sentence = tr("There is a file of this name already. Choose another name.")
            elif path.resolve().is_relative_to(self._session.ledger.path.resolve()):
                sentence = tr("This folder lies in the ledger's own; choose another one.")
            elif not path.parent.is_dir():
                sentence = tr("There is no such folder. Make it first, or choose another.")
        if not sentence:
            return path
        self.place.show_message(sentence, "error")
        self.place.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return None

    def _passphrase(self) -> str | None:
        if not self.passphrase.text():
            self.first_field.set_error(tr("Enter a passphrase, or take the lock off."))
            self.first_field.focus_and_announce()
            return None
        if self.passphrase.text() != self.again.text():
            self.again_field.set_error(tr("The two passphrases differ. Type it once more."))
            self.again_field.focus_and_announce()
            return None
        return self.passphrase.text()

    def _ask_for_sheet(self, target: Path) -> Path | None:
        """Ask where the recovery sheet goes; None when the user thought better of it."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Save the recovery sheet, apart from the backup"),
            str(Path.home() / tr("{backup} recovery sheet.pdf").format(backup=target.stem)),
            tr("PDF files (*.pdf)"),
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")

    def _clear(self) -> None:
        self.first_field.clear_message()
        self.again_field.clear_message()

    def _show_fields(self, shown: bool) -> None:
        for piece in (self.first_field, self.again_field, self.sheet, self.warning):
            piece.setVisible(shown)
        self._take_height()
        if shown:
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_height(self) -> None:
        """Be as high as the words need at this width; a dialog by itself does not ask those that wrap."""
        inner = self.layout()
        if inner is not None:
            width = max(self.width(), self.minimumWidth())
            self.setMinimumHeight(inner.totalHeightForWidth(width))
            self.resize(width, self.minimumHeight())

    def _browse(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            self.windowTitle(),
            str(self.place.path() or self._folder()),
            tr("Backups ({patterns})").format(patterns=f"*{ARCHIVE_ENDING}"),
        )
        if chosen:
            self.place.set_path(Path(chosen))
            self.place.show_message("")

    def _folder(self) -> Path:
        before = self._session.state.get(_FOLDER_KEY)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        for folder in (before, documents):
            if isinstance(folder, str) and folder and Path(folder).is_dir():
                return Path(folder)
        return Path.home()

    def _lay_out(self, title: str, line: str) -> None:
        look = theme.current()
        box = QDialogButtonBox()
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = default(tr("Cancel"))
        cancel.setAutoDefault(False)
        self.place.browse.setAutoDefault(False)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        pieces: tuple[QWidget, ...] = (
            Label(title, "subtitle"),
            Label(line, "body", "secondary", wrap=True),
            self.place,
            self.lock,
            self.first_field,
            self.again_field,
            self.sheet,
            self.warning,
        )
        for piece in pieces:
            column.addWidget(piece)
        column.addStretch(1)
        column.addWidget(box)
        self.setMinimumWidth(look.px(_WIDTH))


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
