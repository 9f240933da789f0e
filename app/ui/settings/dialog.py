"""The settings dialog: a tab for each subject, the profile first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services.changes import Change, Command
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.settings.appearance_form import AppearanceForm
from app.ui.settings.profile_tab import ProfileTab
from app.ui.settings.tab import SettingsTab, SettingsTabSpec
from app.ui.theme import theme
from app.ui.widgets.button import default, primary
from app.ui.widgets.notice import Notice, NoticeKind

_WIDTH = 560


class SettingsDialog(QDialog):
    """Save stores what was changed, tab after tab; Cancel brings the former appearance back."""

    def __init__(self, session: Session, tab: str = "profile") -> None:
        super().__init__(session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self._session = session
        self._waiting: list[tuple[SettingsTab, Command]] = []
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._made: dict[str, SettingsTab] = {}
        for spec in sorted((*_own_tabs(), *session.settings), key=lambda spec: spec.order):
            made = spec.make(session)
            self._made[spec.id] = made
            self.tabs.addTab(_padded(made), spec.title)
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
        self.rejected.connect(self._restore)
        self.show_tab(tab)

    def tab(self, id: str) -> SettingsTab:
        """Return a tab. Raises `KeyError`."""
        return self._made[id]

    def show_tab(self, id: str) -> None:
        """Turn to a tab, the focus in it."""
        shown = self._made[id]
        self.tabs.setCurrentIndex(list(self._made).index(id))
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store what was changed, then close; show what is wrong at its field, and then store nothing."""
        for id, tab in self._made.items():
            if tab.show_problems():
                self.tabs.setCurrentIndex(list(self._made).index(id))
                return
        wanted = [(tab, tab.command()) for tab in self._made.values()]
        self._waiting = [(tab, command) for tab, command in wanted if command is not None]
        self.save_button.setEnabled(False)
        self._save_next()

    def _save_next(self) -> None:
        if not self._waiting:
            self.accept()
            return
        tab, command = self._waiting.pop(0)
        self._session.bridge.run_command(command, self._saved, lambda error: self._refused(tab, error))

    def _saved(self, _change: Change) -> None:
        self._save_next()

    def _refused(self, tab: SettingsTab, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Refused) and tab.show_refusal(error.problems):
            self.tabs.setCurrentIndex(list(self._made.values()).index(tab))
            return
        if isinstance(error, Refused | EnvironmentProblem):
            self._problem.set(str(error))
            self._problem.show()
        else:
            self._session.bridge.show_error(error)

    def _restore(self) -> None:
        for tab in self._made.values():
            tab.restore()


def _own_tabs() -> tuple[SettingsTabSpec, ...]:
    return (
        SettingsTabSpec("profile", tr("&Profile"), ProfileTab, 0),
        SettingsTabSpec(
            "appearance", tr("&Appearance"), lambda session: AppearanceForm(session.preferences), 10
        ),
    )


def _padded(form: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.current().space("l"), 0, 0)
    wants_room = form.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding
    column.addWidget(form, int(wants_room))
    column.addStretch(0)
    return page
