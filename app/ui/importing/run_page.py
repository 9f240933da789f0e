"""The fourth step: the import runs."""

from PySide6.QtCore import Qt

from app.services.jobs import Job
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr
from app.ui.widgets.label import Label


class RunPage(WizardPage):
    """Progress, rate and time left. Cancelling takes everything back."""

    def __init__(self) -> None:
        super().__init__(
            tr("Importing"),
            tr("Everything is written in one step at the end. Cancel leaves your ledger as it is."),
        )
        self.progress = ProgressPanel()
        self._stopping = Label("", "body", "secondary")
        self.body.addSpacing(12)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._stopping)
        self.body.addStretch(1)

    def start(self, name: str, rows: int | None) -> None:
        """Begin with a file of so many rows."""
        self._stopping.setText("")
        self.progress.start(name, rows)

    def follow(self, job: Job) -> None:
        """Show how the job stands."""
        self.progress.follow(job)

    def show_stopping(self) -> None:
        """Say that the import is being taken back."""
        self._stopping.setText(tr("Taking back what was begun…"))

    def focus_first(self) -> None:
        """Nothing is to be entered here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
