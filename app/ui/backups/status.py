"""The end of the status bar: when the ledger was backed up last."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from app.services import job_kinds
from app.services.backup import LastBackup, latest
from app.services.jobs import Job
from app.ui.backups import words
from app.ui.backups.commands import PAGE
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import icons
from app.ui.widgets.label import set_property

_AGAIN_MS = 60_000


class BackupStatus(QPushButton):
    """Says "Last backup 2 days ago · 45 files · 12 MB"; a click shows the page of backups."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        set_property(self, "kind", "flat")
        set_property(self, "bar", "true")
        icons.bind(self, "archive", gap=True)
        self._restyle()
        session.theme.changed.connect(self._restyle)
        self.clicked.connect(lambda: session.show_page(PAGE))
        session.bridge.job_changed.connect(self._follow)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.look)
        self._again.start()
        self.setText(tr("No backup yet"))
        self.look()

    def look(self) -> None:
        """Look when the last backup was made."""
        path = self._session.ledger.path
        self._session.bridge.read(lambda _interrupt: latest.of(path), self._show, key="backups.status")

    def _show(self, last: LastBackup | None) -> None:
        ledger = self._session.ledger
        self.setText(words.last_backup(last, ledger.now().astimezone(ledger.profile.zone)))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(tr("Shows the page of backups"))

    def _restyle(self) -> None:
        self.setFont(self._session.theme.num_font("small"))

    def _follow(self, job: Job) -> None:
        if job.terms == job_kinds.BACKUP and job.state.is_over:
            self.look()
