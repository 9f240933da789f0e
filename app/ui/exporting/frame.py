"""A dialog that writes a file: questions, then progress, then what came of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services import job_kinds
from app.services.exporting import ExportReport
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Interrupted
from app.ui.dialogs.progress import ProgressPanel
from app.ui.exporting.done import DonePage
from app.ui.exporting.place import FilePlace
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.label import Label

Writer = Callable[[Path, JobContext], ExportReport]
"""Writes what was chosen to a file; runs on a job's thread."""


class Questions(Protocol):
    """A form that asks what is written, how and where to."""

    place: FilePlace

    @property
    def page(self) -> QWidget:
        """The form itself."""

    def writer(self) -> Writer:
        """Return what writes that which is chosen now."""

    def counted(self, report: ExportReport) -> str:
        """Return how much was written in words, such as “3 purchases”."""

    def remember(self) -> None:
        """Keep the choices for the next time."""

    def focus_first(self) -> None:
        """Put the focus on the first question."""


class WritingDialog(QDialog):
    """Asks, writes a file and offers to open it.

    Esc and Cancel stop an export that runs; what was at the place then stays.
    """

    def __init__(self, session: Session, title: str, questions: Questions, width: int) -> None:
        super().__init__(session.window)
        self._session = session
        self._questions = questions
        self._job: Job | None = None
        self._report: ExportReport | None = None
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.progress = ProgressPanel()
        self.done_page = DonePage()
        self._stack = QStackedWidget()
        self._working = self._working_page()
        for page in (questions.page, self._working, self.done_page):
            self._stack.addWidget(page)
        self._box = QDialogButtonBox()
        self.export_button = button(tr("Export"), ButtonKind.PRIMARY)
        self._box.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self._box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self.cancel_button, ButtonKind.DEFAULT)
        self.cancel_button.setAutoDefault(False)
        self.export_button.clicked.connect(self._export_or_close)
        self.cancel_button.clicked.connect(self.reject)
        self.done_page.open_button.clicked.connect(self._open_file)
        self.done_page.folder_button.clicked.connect(self._open_folder)
        session.bridge.job_changed.connect(self._follow)
        self._lay_out(width)
        # Only a button inside its dialog can become the default one.
        self.export_button.setDefault(True)

    @property
    def running(self) -> bool:
        """Whether an export runs."""
        return self._job is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first question."""
        super().showEvent(event)
        self._questions.focus_first()

    def reject(self) -> None:
        """Stop the export that runs, or close."""
        if self._job is None:
            super().reject()
            return
        self.cancel_button.setEnabled(False)
        self._job.cancel()

    def ask_instead(self, questions: Questions) -> None:
        """Put another form in the place of the one that is there."""
        before, self._questions = self._questions, questions
        self._stack.insertWidget(0, questions.page)
        self._stack.setCurrentWidget(questions.page)
        self._stack.removeWidget(before.page)
        before.page.deleteLater()

    def _lay_out(self, width: int) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        margin = look.space("xl")
        column.setContentsMargins(margin, look.px(20), margin, look.space("l"))
        column.setSpacing(look.space("l"))
        column.addWidget(self._stack, 1)
        column.addWidget(self._box)
        room = self.screen().availableGeometry().width()
        self.resize(min(look.px(width), room - 2 * margin), self.sizeHint().height())

    def _working_page(self) -> QWidget:
        page = QFrame()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("l"))
        column.addWidget(Label(tr("Exporting"), "subtitle"))
        column.addWidget(self.progress)
        column.addStretch(1)
        return page

    def _export_or_close(self) -> None:
        if self._report is not None:
            self.accept()
            return
        target = self._questions.place.target()
        if target is None:
            return
        write = self._questions.writer()
        self._questions.place.show_problem("")
        self._questions.remember()
        self._stack.setCurrentWidget(self._working)
        self.progress.start(target.name)
        self.export_button.setEnabled(False)
        self._job = self._session.bridge.start_job(
            tr("Exporting {file}").format(file=target.name),
            lambda context: write(target, context),
            self._done,
            self._failed,
            job_kinds.EXPORT,
        )
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            self.progress.follow(job)

    def _done(self, report: ExportReport) -> None:
        self._job = None
        self._report = report
        counted = self._questions.counted(report)
        self.done_page.show_report(report, counted)
        self._stack.setCurrentWidget(self.done_page)
        self.export_button.setText(tr("Close"))
        self.export_button.setEnabled(True)
        self.cancel_button.hide()
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shrink()
        self._session.notify(
            tr("Exported {records} to {file}").format(records=counted, file=Path(report.path).name)
        )

    def _shrink(self) -> None:
        """Take no more room than the result needs."""
        for page in (self._questions.page, self._working):
            self._stack.removeWidget(page)
            page.hide()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def _failed(self, error: BaseException) -> None:
        self._job = None
        place = self._questions.place
        self._stack.setCurrentWidget(self._questions.page)
        self.export_button.setEnabled(True)
        self.cancel_button.setEnabled(True)
        if isinstance(error, Cancelled | Interrupted):
            place.show_problem(tr("The export was cancelled; nothing was written."), "warning")
        elif isinstance(error, Refused | EnvironmentProblem):
            place.show_problem(str(error))
        else:
            self._session.bridge.show_error(error)
        place.focus()

    def _open_file(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._report.path))

    def _open_folder(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._report.path).parent)))
