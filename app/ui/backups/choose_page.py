"""The first step of a restore: which backup, its passphrase where it is locked, and on a new machine where to."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from app.domain.backups import ARCHIVE_ENDING, SNAPSHOT_ENDING
from app.services.backup import Listed
from app.ui.backups import words
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr
from app.ui.importing.drop_area import DropArea
from app.ui.theme import theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label


class ChoosePage(WizardPage):
    """A path, a place to drop a file, and the backups that are known.

    `chosen` carries a path, None while one is being typed; `go_on_wanted` tells of a double click on a backup,
    `passphrase_typed` what was typed, `target_typed` the
    folder that the ledger is to go to.
    """

    chosen = Signal(object)
    go_on_wanted = Signal()
    passphrase_typed = Signal(str)
    target_typed = Signal(object)

    def __init__(self, *, asks_target: bool) -> None:
        super().__init__(
            tr("Choose a backup"),
            tr("Nothing is written before you choose Restore.")
            if asks_target
            else tr("Your ledger stays as it is until you choose Restore."),
        )
        self._known: Sequence[Listed] = ()
        self.place = PathField(tr("&Backup"), tr("B&rowse…"))
        self.place.browse_wanted.connect(self._browse)
        self.place.edited.connect(lambda: self.chosen.emit(self.place.path()))
        self.area = DropArea()
        self.area.invite(
            tr("Drop a backup here"),
            tr("A file that ends in .counterfoil, or a snapshot in a folder of backups"),
        )
        self.area.dropped.connect(self.choose)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.textEdited.connect(self._passphrase_edited)
        self.passphrase_field = FormField(
            tr("&Passphrase"),
            self.passphrase,
            help_text=tr("This backup is locked. The key of its recovery sheet opens it too."),
        )
        self.target = PathField(tr("&Where the ledger goes"), tr("C&hange…"))
        self.target.browse_wanted.connect(self._choose_target)
        self.target.edited.connect(lambda: self.target_typed.emit(self.target.path()))
        self.target.set_help(tr("A folder of its own."))
        self.target.setVisible(asks_target)
        self.known = GridView(
            (
                GridColumn(tr("Made"), 170, strong=True),
                GridColumn(tr("Size"), 100, right=True),
                GridColumn(tr("Files"), 80, right=True),
                GridColumn(tr("Backup"), 220, quiet=True, grows=1),
            ),
            tr("Backups that are there"),
        )
        self.known.row_moved.connect(self._take_known)
        self.known.clicked.connect(lambda index: self.choose(self._known[index.row()].path))
        self.known.doubleClicked.connect(lambda _index: self.go_on_wanted.emit())
        self._lay_out()
        self.show_locked(locked=False)

    def choose(self, path: Path) -> None:
        """Take a backup, as if the user had chosen it."""
        self.place.set_path(path)
        self.place.show_message("")
        self.chosen.emit(path)

    def show_problem(self, sentence: str) -> None:
        """Say at the field why a backup cannot be restored."""
        self.place.show_message(sentence, "error")
        self.place.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_locked(self, *, locked: bool, refusal: str = "") -> None:
        """Ask for the passphrase, or no more; `refusal` says why the one before was not right."""
        self.passphrase_field.setVisible(locked)
        if not locked:
            self.passphrase.clear()
            self.passphrase_field.clear_message()
        elif refusal:
            self.passphrase_field.set_error(refusal)
            self.passphrase.selectAll()

    def show_known(self, known: Sequence[Listed], zone: dt.tzinfo | None) -> None:
        """Offer the backups that are known of."""
        self._known = known
        self._below.setVisible(bool(known))
        self.known.show_rows([_cells(one, zone) for one in known])

    def focus_first(self) -> None:
        """Begin in the field of the path, or where the passphrase is asked for."""
        first = self.passphrase if not self.passphrase_field.isHidden() else self.place.field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_known(self, row: int) -> None:
        if self.known.hasFocus() or self.known.underMouse():
            self.choose(self._known[row].path)

    def _passphrase_edited(self, text: str) -> None:
        self.passphrase_field.clear_message()
        self.passphrase_typed.emit(text)

    def _browse(self) -> None:
        patterns = f"*{ARCHIVE_ENDING} *{SNAPSHOT_ENDING}"
        start = self.place.path() or Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            tr("Choose a backup"),
            str(start),
            tr("Backups ({patterns});;All files (*)").format(patterns=patterns),
        )
        if chosen:
            self.choose(Path(chosen))

    def _choose_target(self) -> None:
        before = self.target.path() or Path.home()
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose a folder for the ledger"), str(before.parent)
        )
        if chosen:
            # A ledger wants a folder of its own: beside other files it gets one of its own inside.
            folder = Path(chosen)
            inside = folder / tr("Counterfoil") if any(folder.iterdir()) else folder
            self.target.set_path(inside)
            self.target.show_message("")
            self.target_typed.emit(inside)

    def _lay_out(self) -> None:
        look = theme.current()
        self._below = QWidget()
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, look.space("s"), 0, 0)
        column.setSpacing(look.space("s"))
        column.addWidget(Label(tr("Backups that are there"), "bodyStrong"))
        column.addWidget(Card(self.known), 1)
        self._below.hide()
        for piece in (self.place, self.passphrase_field, self.area, self.target):
            self.body.addWidget(piece)
        self.body.addWidget(self._below, 1)
        self.body.addStretch()


def _cells(one: Listed, zone: dt.tzinfo | None) -> list[GridCell]:
    from app.ui import formats

    return [
        GridCell(words.moment(one.created_at, zone)),
        GridCell(formats.NO_VALUE if one.bytes is None else formats.file_size(one.bytes)),
        GridCell(formats.NO_VALUE if one.files is None else formats.count(one.files)),
        GridCell(one.trouble or one.path.name, reason=str(one.path)),
    ]
