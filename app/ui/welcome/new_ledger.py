"""The form of a new ledger: its owner, and the folder it is kept in."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.services.ledger import is_ledger
from app.services.paths import default_ledger
from app.services.region import guess_country, guess_currency, guess_timezone
from app.ui.i18n import tr
from app.ui.settings.profile_form import ProfileForm
from app.ui.shell import Shell
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_TRIED = 1000


class NewLedgerForm(QWidget):
    """Makes and opens the ledger when `submit` is called; `working` tells when it begins (True) and fails (False)."""

    working = Signal(bool)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        country = guess_country()
        guessed = Profile(country=country, currency=guess_currency(country), timezone=guess_timezone())
        self.profile_form = ProfileForm(guessed, follow_country=True)
        self.folder = QLineEdit(str(free_folder(default_ledger())))
        self.change = default(tr("Change…"))
        self.change.clicked.connect(self._choose_folder)
        self.folder_field = FormField(
            tr("Fol&der"), self.folder, help_text=tr("A folder of its own for the database.")
        )
        self.folder.textEdited.connect(self.folder_field.clear_message)
        self._lay_out()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.profile_form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what was entered, then make and open the ledger."""
        if self.profile_form.show_problems(self.profile_form.problems()):
            return
        entered = self.folder.text().strip()
        folder = Path(entered).expanduser()
        if not entered or not folder.is_absolute():
            self._refuse_folder(
                tr("Enter the whole path of a folder, such as {path}.").format(path=default_ledger())
            )
            return
        self.folder_field.clear_message()
        self.working.emit(True)
        self._shell.create_ledger(folder, self.profile_form.profile(), self._failed)

    def _failed(self, error: BaseException) -> None:
        self.working.emit(False)
        problems = error.problems if isinstance(error, Refused) else ()
        if not self.profile_form.show_problems(problems):
            self._refuse_folder(str(error))

    def _refuse_folder(self, sentence: str) -> None:
        self.folder_field.set_error(sentence)
        self.folder_field.focus_and_announce()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose a folder for the ledger"), str(Path(self.folder.text()).parent)
        )
        if not chosen:
            return
        # A ledger wants a folder of its own: beside other files it gets one of its own inside.
        folder = Path(chosen)
        inside = folder / tr("Counterfoil") if any(folder.iterdir()) else folder
        self.folder.setText(str(inside))
        self.folder_field.clear_message()

    def _lay_out(self) -> None:
        look = theme.current()
        where = QHBoxLayout()
        where.setSpacing(look.space("s"))
        where.addWidget(self.folder_field, 1)
        beside = QVBoxLayout()
        beside.setSpacing(look.space("xs"))
        beside.addWidget(Label(" "))
        beside.addWidget(self.change)
        beside.addStretch()
        where.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self.profile_form)
        column.addLayout(where)


def free_folder(wanted: Path) -> Path:
    """Return `wanted`, or a folder beside it with a number, so that it holds no ledger yet."""
    if not is_ledger(wanted):
        return wanted
    for number in range(2, _TRIED):
        beside = wanted.with_name(f"{wanted.name}-{number}")
        if not is_ledger(beside):
            return beside
    return wanted
