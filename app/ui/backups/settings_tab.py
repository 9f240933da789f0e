"""The tab of the settings that says when to back up, where to, and what to keep."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QVBoxLayout

from app.domain.backups import Retention
from app.domain.problems import Problem
from app.domain.recurrence import Every
from app.services.backup import BackupSettings, automatic
from app.services.changes import Command
from app.ui.backups import words
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.settings.tab import SettingsTab
from app.ui.theme import theme
from app.ui.widgets.fields import NumberField
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_MOST = 10_000


class BackupsTab(SettingsTab):
    """How often, to which folder, and how many backups are kept there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._before = automatic.read(session.ledger)
        self.every = QComboBox()
        for every in Every:
            self.every.addItem(words.every(every), every)
        self.every.setCurrentIndex(self.every.findData(self._before.every))
        self.every.currentIndexChanged.connect(lambda _at: self._clear())
        self.every_field = FormField(
            tr("Back up by &itself"),
            self.every,
            help_text=tr(
                "While the program is open; what a closed day left out is caught up at the next start."
            ),
        )
        self.folder = PathField(tr("&Folder"), tr("B&rowse…"))
        self.folder.set_path(Path(self._before.folder) if self._before.folder else None)
        self.folder.set_help(tr("On another disk if possible. Only what changed takes up room there."))
        self.folder.browse_wanted.connect(self._browse)
        self.folder.browse.setAutoDefault(False)
        self.folder.field.editingFinished.connect(self.show_problems)
        kept = self._before.retention
        self.keep = {
            "last": _number(kept.last),
            "daily": _number(kept.daily),
            "weekly": _number(kept.weekly),
            "monthly": _number(kept.monthly),
        }
        self.fields = {
            key: FormField(text, self.keep[key])
            for key, text in (
                ("last", tr("&Latest")),
                ("daily", tr("&Days")),
                ("weekly", tr("&Weeks")),
                ("monthly", tr("&Months")),
            )
        }
        for number in self.keep.values():
            number.valueChanged.connect(lambda _value: self._clear())
        self._lay_out()
        self.setFocusProxy(self.every)
        self.setEnabled(not session.ledger.read_only)

    def show_problems(self) -> bool:
        """Show at the fields what keeps the settings from being saved."""
        self._clear()
        return self.show_refusal(automatic.check_settings(self.settings(), self._session.ledger.path))

    def command(self) -> Command | None:
        """Save the settings if they were changed."""
        wanted = self.settings()
        return None if wanted == self._before else automatic.save(self._session.ledger, wanted)

    def show_refusal(self, problems: Sequence[Problem]) -> bool:
        """Show why the settings were refused."""
        for problem in problems:
            if problem.field == "folder":
                self.folder.show_message(problem.reason, "error")
            elif problem.field in self.fields:
                self.fields[problem.field].set_error(problem.reason)
        return bool(problems)

    def settings(self) -> BackupSettings:
        """Return the settings as they are entered."""
        folder = self.folder.path()
        kept = Retention(**{key: number.value() for key, number in self.keep.items()})
        return BackupSettings(Every(self.every.currentData()), str(folder) if folder else "", kept)

    def _clear(self) -> None:
        self.folder.show_message("")
        for field in self.fields.values():
            field.clear_message()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose a folder for backups, on another disk if possible"), self.folder.field.text()
        )
        if chosen:
            self.folder.set_path(Path(chosen))
            self.show_problems()

    def _lay_out(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self.every_field)
        column.addWidget(self.folder)
        column.addWidget(Label(tr("Keep"), "bodyStrong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space("l"))
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(self.fields), 1)
        column.addLayout(grid)
        column.addWidget(
            Paragraph(
                tr(
                    "The latest ones, and the newest of so many days, weeks and months. "
                    "The newest good backup is never removed, nor are backups in files."
                ),
                "small",
            )
        )
        column.addStretch()


def _number(value: int) -> NumberField:
    made = NumberField(0, _MOST)
    made.setValue(value)
    made.setMinimumWidth(theme.current().px(84))
    return made
