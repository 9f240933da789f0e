"""The tab of the settings that says when to remind of what is due."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout

from app.domain.due_kinds import DueKind
from app.domain.problems import Problem
from app.domain.reminder_settings import LONGEST, ReminderSettings, check_settings
from app.services import reminders
from app.services.changes import Command
from app.ui.due.words import kind_icon, kind_name
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.settings.tab import SettingsTab
from app.ui.theme import icons, theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_BETWEEN = re.compile(r"[\s,;]+")


class RemindersForm(SettingsTab):
    """How many days before, of which kinds, and whether something appears by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._ledger = session.ledger
        before = session.ledger.reminders
        self.days = QLineEdit(", ".join(str(day) for day in before.days))
        self.field = FormField(
            tr("&Days before"),
            self.days,
            help_text=tr(
                "Numbers of days with commas between them. The earliest is also what counts as ending soon."
                " Leave it empty for no reminders."
            ),
        )
        self.days.editingFinished.connect(self.show_problems)
        self.notify = QCheckBox(tr("Let a notice appear by &itself"))
        self.notify.setToolTip(tr("At most once a day, when the program starts or the day changes"))
        self.notify.setChecked(before.notify)
        self.kinds: dict[DueKind, QCheckBox] = {}
        for kind in DueKind:
            box = QCheckBox(kind_name(kind))
            icons.bind(box, kind_icon(kind))
            box.setChecked(kind in before.kinds)
            self.kinds[kind] = box
        self._lay_out()
        self.setFocusProxy(self.days)
        self.setEnabled(not session.ledger.read_only)

    def show_problems(self) -> bool:
        """Show at the field what is wrong with the days."""
        try:
            problems = check_settings(self.settings())
        except ValueError as problem:
            return self.show_refusal([Problem("days", str(problem), self.days.text())])
        if not problems:
            self.field.clear_message()
        return self.show_refusal(problems)

    def command(self) -> Command | None:
        """Save the settings if they were changed."""
        wanted = self.settings()
        return None if wanted == self._ledger.reminders else reminders.save(wanted)

    def show_refusal(self, problems: Sequence[Problem]) -> bool:
        """Show why the settings were refused."""
        for problem in problems:
            self.field.set_error(problem.reason)
        return bool(problems)

    def settings(self) -> ReminderSettings:
        """Return the settings as they are entered. Raises `ValueError` with a sentence."""
        kinds = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        return ReminderSettings(_days(self.days.text()), kinds, self.notify.isChecked())

    def _lay_out(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self.field)
        column.addWidget(Label(tr("Remind of"), "bodyStrong"))
        kinds = QVBoxLayout()
        kinds.setSpacing(look.space("s"))
        for box in self.kinds.values():
            kinds.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(kinds)
        column.addSpacing(look.space("s"))
        column.addWidget(self.notify, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()


def _days(text: str) -> tuple[int, ...]:
    """Return the numbers in a text, the largest first and each once. Raises `ValueError` with a sentence."""
    words = [word for word in _BETWEEN.split(text) if word]
    if not all(word.isdecimal() and len(word) <= len(str(LONGEST)) for word in words):
        sentence = tr("Enter numbers of days from 0 to {most}, for example 30, 7, 1.")
        raise ValueError(sentence.format(most=LONGEST))
    return tuple(sorted({int(word) for word in words}, reverse=True))
