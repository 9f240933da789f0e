"""The export dialog: what, which rows, which columns, how written, where to; then progress, then what came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services import kinds
from app.services.exporting import ExportReport, export_file
from app.services.exporting.choices import Offer
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Interrupted
from app.ui.dialogs.progress import ProgressPanel
from app.ui.exporting.done import DonePage
from app.ui.exporting.form import ExportForm
from app.ui.i18n import tr
from app.ui.kinds import words_for
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.label import Label

_WIDTH = 720


class ExportDialog(QDialog):
    """Writes records to a file. Esc and Cancel stop an export that runs; what was at the place then stays."""

    def __init__(self, session: Session, offer: Offer, folder: Path | None = None) -> None:
        super().__init__(session.window)
        self._session = session
        self._job: Job | None = None
        self._report: ExportReport | None = None
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer = offer
        self.form = self._new_form(offer, folder)
        self.progress = ProgressPanel()
        self.done_page = DonePage()
        self._stack = QStackedWidget()
        self._working = self._working_page()
        for page in (self.form, self._working, self.done_page):
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
        self._lay_out()
        # Only a button inside its dialog can become the default one.
        self.export_button.setDefault(True)

    @property
    def running(self) -> bool:
        """Whether an export runs."""
        return self._job is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first question."""
        super().showEvent(event)
        self.form.focus_first()

    def reject(self) -> None:
        """Stop the export that runs, or close."""
        if self._job is None:
            super().reject()
            return
        self.cancel_button.setEnabled(False)
        self._job.cancel()

    def _new_form(self, offer: Offer, folder: Path | None = None) -> ExportForm:
        form = ExportForm(self._session, offer, folder)
        form.kind_chosen.connect(self._ask_about)
        return form

    def _ask_about(self, key: str) -> None:
        """Ask about another kind of record, of which the page showed nothing, or again about the page's own."""
        before, own = self.form, self._offer.kind.key == key
        self.form = self._new_form(self._offer if own else Offer(kinds.exporting(key)))
        self._stack.insertWidget(0, self.form)
        self._stack.setCurrentWidget(self.form)
        self._stack.removeWidget(before)
        before.deleteLater()
        self.form.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        margin = look.space("xl")
        column.setContentsMargins(margin, look.px(20), margin, look.space("l"))
        column.setSpacing(look.space("l"))
        column.addWidget(self._stack, 1)
        column.addWidget(self._box)
        room = self.screen().availableGeometry().width()
        self.resize(min(look.px(_WIDTH), room - 2 * margin), self.sizeHint().height())

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
        target = self.form.target()
        if target is None:
            return
        options = self.form.options()
        self.form.show_problem("")
        self.form.remember()
        self._stack.setCurrentWidget(self._working)
        self.progress.start(target.name)
        self.export_button.setEnabled(False)
        ledger = self._session.ledger

        def run(context: JobContext) -> ExportReport:
            return export_file(ledger, target, options, context)

        self._job = self._session.bridge.start_job(
            tr("Exporting {file}").format(file=target.name), run, self._done, self._failed
        )
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            self.progress.follow(job)

    def _done(self, report: ExportReport) -> None:
        self._job = None
        self._report = report
        counted = words_for(self.form.kind.key).counted(report.rows)
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
        for page in (self.form, self._working):
            self._stack.removeWidget(page)
            page.hide()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self._stack.setCurrentWidget(self.form)
        self.export_button.setEnabled(True)
        self.cancel_button.setEnabled(True)
        if isinstance(error, Cancelled | Interrupted):
            self.form.show_problem(tr("The export was cancelled; nothing was written."), "warning")
        elif isinstance(error, Refused | EnvironmentProblem):
            self.form.show_problem(str(error))
        else:
            self._session.bridge.show_error(error)
        self.form.focus_target()

    def _open_file(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._report.path))

    def _open_folder(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._report.path).parent)))
