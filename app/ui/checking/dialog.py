"""The dialog of a check: its progress, then what is wrong and what mends it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import Refused
from app.services import check, job_kinds
from app.services.attachments.reattaching import Reattached, reattach
from app.services.check import Finding, Way
from app.services.jobs import Cancelled, Job
from app.services.ledger import EnvironmentProblem, Interrupted
from app.services.newest_backup import newest_backup
from app.ui.checking.finding_row import FindingRow
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default, primary
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.paragraph import Paragraph

_WIDTH, _HEIGHT = 720, 480
_STOPPED = (Cancelled, Interrupted)


class CheckDialog(QDialog):
    """Checks the ledger at once, and again after every repair. Closing it stops what runs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Check ledger"))
        self._session = session
        self._job: Job | None = None
        self._alive = True
        self.findings: list[Finding] = []
        self.rows: list[FindingRow] = []
        self.heading = Label("", "subtitle", wrap=True)
        self.words = Paragraph("")
        self.outcome = Notice("", NoticeKind.INFO)
        self.outcome.hide()
        self.progress = ProgressPanel()
        self._list = QVBoxLayout()
        self.again_button = default(tr("Check again"), "refresh-cw")
        self.all_button = primary(tr("Repair all"), "wrench")
        self.close_button = default(tr("Close"))
        self.again_button.clicked.connect(self.begin)
        self.all_button.clicked.connect(self._mend_all)
        session.bridge.job_changed.connect(self._follow)
        self.finished.connect(self._stop)
        self._build()
        self.begin()

    def begin(self) -> None:
        """Look for damage."""
        self._start(
            tr("Checking the ledger"),
            lambda: self._session.bridge.start_job(
                tr("Checking the ledger"),
                lambda context: check.find(self._session.ledger, context),
                self._show,
                self._failed,
                job_kinds.CHECK,
            ),
        )

    # -- what runs

    def _start(self, name: str, start: Callable[[], Job]) -> None:
        self.heading.setText(name)
        self.words.set_text(tr("Every byte of the database and of every attached file is read."))
        self._set_busy(True)
        self.progress.start(name)
        self._job = start()

    def _follow(self, job: Job) -> None:
        if self._alive and self._job is not None and job.id == self._job.id:
            self.progress.follow(job)

    def _stop(self) -> None:
        self._alive = False
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: BaseException) -> None:
        if not self._alive:
            return
        self._job = None
        self._set_busy(False)
        if isinstance(error, Refused | EnvironmentProblem):
            self._tell(str(error), NoticeKind.DANGER)
        elif not isinstance(error, _STOPPED):
            self.reject()
            self._session.bridge.show_error(error)

    # -- what was found

    def _show(self, found: list[Finding]) -> None:
        if not self._alive:
            return
        self._job = None
        self.findings = found
        self._set_busy(False)
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [FindingRow(finding) for finding in found]
        for place, row in enumerate(self.rows):
            row.wanted.connect(partial(self._mend_one, row.finding))
            self._list.insertWidget(place, row)
        self.all_button.setVisible(len(self._mendable()) > 1)
        if not found:
            self.heading.setText(tr("The ledger is in order"))
            self.words.set_text(
                tr(
                    "The database, what refers to what in it, all totals and every attached file are as they should be."
                )
            )
            self._session.notify(tr("The ledger is in order"))
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.heading.setText(tr_n("{n} problem was found", "{n} problems were found", len(found)))
        self.words.set_text(tr("Nothing has been changed yet. Each says what mends it."))
        self._first_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_button(self) -> QWidget:
        return next((row.buttons[0] for row in self.rows if row.buttons), self.close_button)

    def _mend_one(self, finding: Finding, way: Way) -> None:
        self.outcome.hide()
        if way is Way.MEND:
            self._mend([finding])
        elif way is Way.FILES:
            self._choose_backup()
        elif way is Way.RESTORE:
            self.accept()
            self._session.bridge.read(
                lambda _interrupt: newest_backup(self._session.ledger.path), self._session.restore
            )
        else:
            self.accept()
            self._session.salvage(finding.what)

    def _mend_all(self) -> None:
        self.outcome.hide()
        self._mend(self._mendable())

    def _mendable(self) -> list[Finding]:
        """Return what can be mended without a choice: not what a restore would mend better."""
        return [one for one in self.findings if one.mendable and Way.RESTORE not in check.ways(one)]

    def _mend(self, findings: list[Finding]) -> None:
        self._set_busy(True)
        self.progress.start(tr("Repairing"))
        command = check.mend(self._session.ledger, findings)
        self._session.bridge.run_command(command, lambda _change: self._mended(), self._failed)

    def _mended(self) -> None:
        if self._alive:
            self.begin()

    def _choose_backup(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Take the files from a backup"),
            "",
            tr("Backups") + " (*.counterfoil *.snapshot)",
        )
        if not chosen:
            return
        name = tr("Bringing files back")
        self._start(
            name,
            lambda: self._session.bridge.start_job(
                name,
                lambda context: reattach(self._session.ledger, Path(chosen), context),
                self._brought_back,
                self._failed,
                job_kinds.CHECK,
            ),
        )

    def _brought_back(self, done: Reattached) -> None:
        if not self._alive:
            return
        words = tr_n("{n} file is there again.", "{n} files are there again.", done.back)
        if done.missing:
            more = tr_n(
                "This backup does not have {n} more.", "This backup does not have {n} more.", done.missing
            )
            words = f"{words} {more}"
        self._tell(words, NoticeKind.INFO)
        self.begin()

    def _tell(self, text: str, kind: NoticeKind) -> None:
        self.outcome.set(text, kind)
        self.outcome.show()

    # -- looks

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self._area.setVisible(not busy and bool(self.findings))
        self.again_button.setEnabled(not busy)
        self.all_button.setVisible(not busy and len(self._mendable()) > 1)
        self.close_button.setText(tr("Cancel") if busy else tr("Close"))

    def _build(self) -> None:
        look = theme.current()
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        buttons = QDialogButtonBox()
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.again_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.all_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        for button in (self.close_button, self.again_button, self.all_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        edge = look.space("l")
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.space("m"))
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addWidget(self.outcome)
        column.addWidget(self.progress)
        column.addWidget(self._area, 1)
        column.addStretch()
        column.addWidget(buttons)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))
