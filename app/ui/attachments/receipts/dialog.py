"""Data > Add receipts…: choose files or a folder, see which purchase each goes to, and add them in one step."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout

from app.services import attachments, job_kinds
from app.services.attachments import AttachReport, ReceiptMatch
from app.services.jobs import Cancelled, Job, JobContext
from app.ui import formats
from app.ui.attachments.acts import tell_failed
from app.ui.attachments.receipts.choosing import ChooseStage
from app.ui.attachments.receipts.endings import ENDINGS
from app.ui.attachments.receipts.plan import Plan, collect
from app.ui.attachments.receipts.review import ReviewStage
from app.ui.attachments.receipts.waiting import WaitStage
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.window.drops import local_files

T = TypeVar("T")

_SIZE = (1040, 640)
_FOLDER = "attachments.folder"


class ReceiptsDialog(QDialog):
    """Goes from choosing through matching and review to adding. Nothing is in the ledger before the last step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self._session = session
        self._job: Job | None = None
        self.setWindowTitle(tr("Add receipts"))
        self.setAcceptDrops(True)
        self.choose = ChooseStage()
        self.wait = WaitStage()
        self.review = ReviewStage(session)
        self._stages = QStackedWidget()
        for stage in (self.choose, self.wait, self.review):
            self._stages.addWidget(stage)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stages)
        self.choose.files_wanted.connect(self._choose_files)
        self.choose.folder_wanted.connect(self._choose_folder)
        self.choose.cancelled.connect(self.reject)
        self.wait.cancelled.connect(self._cancel)
        self.review.cancelled.connect(self.reject)
        self.review.again.connect(lambda: self._show(self.choose))
        self.review.accepted.connect(self._add)
        session.bridge.job_changed.connect(self._follow)
        look = theme.current()
        room = self.screen().availableGeometry()
        self.resize(min(look.px(_SIZE[0]), room.width() - 40), min(look.px(_SIZE[1]), room.height() - 60))
        self._show(self.choose)

    @property
    def stage(self) -> object:
        """The step that is shown."""
        return self._stages.currentWidget()

    def take(self, paths: Sequence[Path]) -> None:
        """Match files, and what is in folders, with purchases."""
        ledger, chosen = self._session.ledger, list(paths)

        def work(context: JobContext) -> list[ReceiptMatch]:
            return attachments.match_receipts(ledger, collect(chosen, context), context)

        self.wait.start(tr("Reading the receipts"), tr("Nothing is added to your ledger yet."))
        self._run(tr("Reading receipts"), work, self._matched)

    def reject(self) -> None:
        """Close; what is just running is cancelled, and nothing of it stays."""
        self._cancel()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files while no job runs."""
        if self._job is None and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Match what was dropped."""
        files = local_files(event.mimeData())
        if self._job is None and files:
            event.acceptProposedAction()
            self.take(files)

    # -- choosing

    def _choose_files(self) -> None:
        kinds = " ".join(f"*{ending}" for ending in ENDINGS)
        filters = tr("Pictures and PDFs ({kinds})").format(kinds=kinds) + ";;" + tr("All files (*)")
        chosen, _filter = QFileDialog.getOpenFileNames(self, tr("Choose receipts"), self._folder(), filters)
        if chosen:
            self._session.state.put(_FOLDER, str(Path(chosen[0]).parent))
            self.take([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder of receipts"), self._folder())
        if chosen:
            self._session.state.put(_FOLDER, chosen)
            self.take([Path(chosen)])

    def _folder(self) -> str:
        remembered = self._session.state.get(_FOLDER, "")
        return remembered if isinstance(remembered, str) else ""

    # -- matching and adding

    def _matched(self, matches: list[ReceiptMatch]) -> None:
        if not matches:
            self.choose.say(tr("There are no pictures or PDFs in what you chose."))
            self._show(self.choose)
            return
        self.review.show_plan(Plan(matches))
        self._show(self.review)

    def _add(self) -> None:
        ledger, pairs = self._session.ledger, self.review.plan.pairs()

        def work(context: JobContext) -> AttachReport:
            return attachments.import_receipts(ledger, pairs, context)

        self.wait.start(
            tr_n("Adding {n} receipt", "Adding {n} receipts", len(pairs)),
            tr("They are added in one step at the end. Cancel leaves your ledger as it is."),
        )
        self._run(tr("Adding receipts"), work, lambda report: self._added(len(pairs), report))

    def _added(self, wanted: int, report: AttachReport) -> None:
        text = tr("{n} of {all} receipts added")
        self._session.notify(text.format(n=formats.count(report.added), all=formats.count(wanted)))
        self.accept()
        tell_failed(self._session, wanted, report, tr("{n} of {all} receipts could not be added"))

    def _run(self, name: str, work: Callable[[JobContext], T], then: Callable[[T], None]) -> None:
        before = self.stage if self.stage is not self.wait else self.choose

        def done(result: T) -> None:
            self._job = None
            then(result)

        def failed(error: BaseException) -> None:
            self._job = None
            if self.isVisible():
                self._show(before)
            if not isinstance(error, Cancelled):
                self._session.bridge.show_error(error)

        self._show(self.wait)
        self._job = self._session.bridge.start_job(name, work, done, failed, terms=job_kinds.RECEIPTS)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.wait.show_stopping()

    def _follow(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            self.wait.progress.follow(job)

    def _show(self, stage: object) -> None:
        for part in (self.choose, self.wait, self.review):
            if part is stage:
                self._stages.setCurrentWidget(part)
                part.focus_first()
