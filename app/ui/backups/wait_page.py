"""Steps of a restore in which the program works: verifying, and the restore itself."""

from PySide6.QtCore import Qt

from app.services.jobs import Job
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr
from app.ui.widgets.label import Label


class WaitPage(WizardPage):
    """Progress, rate and time left."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__(title, line)
        self.progress = ProgressPanel()
        self._stopping = Label("", "body", "secondary")
        self.body.addSpacing(12)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._stopping)
        self.body.addStretch(1)

    def start(self, name: str) -> None:
        """Begin with work of this name."""
        self._stopping.setText("")
        self.progress.start(name, in_bytes=True)

    def follow(self, job: Job) -> None:
        """Show how the job stands."""
        self.progress.follow(job)

    def show_stopping(self) -> None:
        """Say that what was begun is being taken back."""
        self._stopping.setText(tr("Taking back what was begun…"))

    def focus_first(self) -> None:
        """Nothing is to be entered here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
