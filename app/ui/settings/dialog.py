"""The settings dialog: profile and appearance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services import profile as profiles
from app.services.changes import Change
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.settings.appearance_form import AppearanceForm
from app.ui.settings.profile_form import ProfileForm
from app.ui.theme import theme
from app.ui.widgets.button import default, primary
from app.ui.widgets.notice import Notice, NoticeKind

_WIDTH = 520


class SettingsDialog(QDialog):
    """Save stores the profile, which can be undone; Cancel brings the former appearance back."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self._session = session
        self.profile_form = ProfileForm(session.ledger.profile)
        self.appearance_form = AppearanceForm(session.preferences)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(_padded(self.profile_form), tr("&Profile"))
        self.tabs.addTab(_padded(self.appearance_form), tr("&Appearance"))
        self._problem = Notice("", NoticeKind.DANGER)
        self._problem.hide()
        self.save_button = primary(tr("Save"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = default(tr("Cancel"))
        cancel.setAutoDefault(False)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("l"), look.space("s"), look.space("l"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(self.tabs, 1)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self.setMinimumWidth(look.px(_WIDTH))
        # Only a button that is in the dialog already can become its default.
        self.save_button.setDefault(True)
        self.rejected.connect(self.appearance_form.restore)
        self.profile_form.name.setFocus()

    def save(self) -> None:
        """Store the profile if it was changed, then close; show what is wrong at its field."""
        if self.profile_form.show_problems(self.profile_form.problems()):
            self.tabs.setCurrentIndex(0)
            return
        wanted = self.profile_form.profile()
        if wanted == self._session.ledger.profile:
            self.accept()
            return
        self.save_button.setEnabled(False)
        self._session.bridge.run_command(profiles.save(wanted), self._saved, self._refused)

    def _saved(self, _change: Change) -> None:
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Refused) and self.profile_form.show_problems(error.problems):
            return
        if isinstance(error, Refused | EnvironmentProblem):
            self._problem.set(str(error))
            self._problem.show()
        else:
            self._session.bridge.show_error(error)


def _padded(form: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.current().space("l"), 0, 0)
    column.addWidget(form)
    column.addStretch()
    return page
