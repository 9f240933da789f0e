"""The tab of the settings with the ledger's owner."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.problems import Problem
from app.services import profile as profiles
from app.services.changes import Command
from app.ui.session import Session
from app.ui.settings.profile_form import ProfileForm
from app.ui.settings.tab import SettingsTab


class ProfileTab(SettingsTab):
    """Saves the profile, which can be undone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._ledger = session.ledger
        self.form = ProfileForm(session.ledger.profile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.setFocusProxy(self.form.name)

    def show_problems(self) -> bool:
        """Show what is wrong with the profile as it is entered."""
        return self.form.show_problems(self.form.problems())

    def command(self) -> Command | None:
        """Save the profile if it was changed."""
        wanted = self.form.profile()
        return None if wanted == self._ledger.profile else profiles.save(wanted)

    def show_refusal(self, problems: Sequence[Problem]) -> bool:
        """Show why the profile was refused."""
        return self.form.show_problems(problems)
