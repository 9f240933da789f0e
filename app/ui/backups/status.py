"""The end of the status bar: when the ledger was backed up last."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.services import job_kinds
from app.services.backup import LastBackup, latest
from app.services.jobs import Job
from app.ui.backups import words
from app.ui.backups.commands import PAGE
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.widgets.label import set_property
from app.ui.widgets.status import StatusText

_AGAIN_MS = 60_000


class BackupStatus(QPushButton):
    """Says "Last backup 2 days ago · 45 files · 12 MB"; a click shows the page of backups."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        set_property(self, "kind", "flat")
        set_property(self, "bar", "true")
        self._said = StatusText("", "archive")
        self._said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.addWidget(self._said)
        self.clicked.connect(lambda: session.show_page(PAGE))
        session.bridge.job_changed.connect(self._follow)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.look)
        self._again.start()
        self._say(tr("No backup yet"))
        self.look()

    def said(self) -> str:
        """Return what is said."""
        return self._said.text()

    def sizeHint(self) -> QSize:
        """As wide as the words need."""
        return self._inner()

    def minimumSizeHint(self) -> QSize:
        """As wide as the words need."""
        return self._inner()

    def look(self) -> None:
        """Look when the last backup was made."""
        path = self._session.ledger.path
        self._session.bridge.read(lambda _interrupt: latest.of(path), self._show, key="backups.status")

    def _show(self, last: LastBackup | None) -> None:
        ledger = self._session.ledger
        self._say(words.last_backup(last, ledger.now().astimezone(ledger.profile.zone)))

    def _say(self, text: str) -> None:
        self._said.set(text)
        self.updateGeometry()
        self.setAccessibleName(text)
        self.setAccessibleDescription(tr("Shows the page of backups"))

    def _inner(self) -> QSize:
        inner = self.layout()
        return QSize(0, 0) if inner is None else inner.sizeHint()

    def _follow(self, job: Job) -> None:
        if job.terms == job_kinds.BACKUP and job.state.is_over:
            self.look()
