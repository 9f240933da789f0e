"""The import of a file of rates: progress, then what came of it."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services import exchange_rates
from app.services.exchange_rates import RateReport
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Interrupted
from app.ui import formats
from app.ui.dialogs.grid_view import Card
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr, tr_n
from app.ui.importing.error_table import ErrorTable
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_WIDTH, _HEIGHT = 720, 360


def open_import(session: Session, path: Path, parent: QWidget | None = None) -> "RateImport":
    """Import a file of rates in a dialog of its own."""
    dialog = RateImport(session, path, parent)
    dialog.open()
    return dialog


class RateImport(QDialog):
    """Runs the import as a job; closing it meanwhile cancels that, and then nothing is kept."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent or session.window)
        self._session = session
        self.setWindowTitle(tr("Import exchange rates"))
        look = theme.current()
        self.progress = ProgressPanel()
        self.heading = Label("", "subtitle", wrap=True)
        self.facts = Label("", wrap=True, tabular=True)
        self.notice = Notice("", NoticeKind.WARNING)
        self.errors = ErrorTable()
        self._errors_card = Card(self.errors)
        result = QWidget()
        inner = QVBoxLayout(result)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.space("m"))
        for part in (self.heading, self.facts, self.notice):
            inner.addWidget(part)
        inner.addWidget(self._errors_card, 1)
        inner.addStretch()
        self._result = result
        self._stack = QStackedWidget()
        self._stack.addWidget(self.progress)
        self._stack.addWidget(result)
        self.button = default(tr("Cancel"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[look.space("l")] * 4)
        column.setSpacing(look.space("l"))
        column.addWidget(self._stack, 1)
        column.addWidget(buttons)
        # As large as a report with errors: a window that grows while it is being placed goes astray.
        self.setMinimumSize(look.px(_WIDTH), look.px(_HEIGHT))
        name = tr("Importing {file}").format(file=path.name)
        self.progress.start(name, in_bytes=True)
        session.bridge.job_changed.connect(self._follow)
        ledger = session.ledger

        def run(context: JobContext) -> RateReport:
            return exchange_rates.import_rates(ledger, path, context)

        self._job: Job | None = session.bridge.start_job(name, run, self._done, self._failed)

    def reject(self) -> None:
        """Cancel the import where it still runs, and close."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    # -- inside

    def _follow(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            self.progress.follow(job)

    def _done(self, report: RateReport) -> None:
        self.heading.setText(_heading(report))
        self.facts.setText("\n".join(_facts(report)))
        self.facts.setVisible(bool(self.facts.text()))
        failed = tr_n("{n} cell could not be read.", "{n} cells could not be read.", report.failed)
        self.notice.set(failed, NoticeKind.WARNING)
        self.notice.setVisible(bool(report.failed))
        self.errors.show_errors(report.errors, "line")
        self._errors_card.setVisible(bool(report.failed))
        self._finish()
        self._session.notify(self.heading.text())

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled | Interrupted):
            self._job = None
            super().reject()
            return
        if not isinstance(error, Refused | EnvironmentProblem):
            self._session.bridge.show_error(error)
            self._job = None
            super().reject()
            return
        self.heading.setText(tr("Nothing was imported"))
        self.facts.hide()
        self.notice.set(str(error), NoticeKind.DANGER)
        self._errors_card.hide()
        self._finish()

    def _finish(self) -> None:
        self._job = None
        self._stack.setCurrentWidget(self._result)
        self.button.setText(tr("Close"))
        self.button.setFocus()
        self.setAccessibleDescription(f"{self.heading.text()} {self.facts.text()}")


def _heading(report: RateReport) -> str:
    if report.added or report.changed:
        return tr_n("Imported {n} rate", "Imported {n} rates", report.added + report.changed)
    if report.same:
        return tr("All of these rates were there already")
    return tr("No rates were imported")


def _facts(report: RateReport) -> list[str]:
    said = []
    if report.first and report.last:
        between = tr("{currencies}, {days}").format(
            currencies=_codes(report.currencies), days=formats.date_range(report.first, report.last)
        )
        said.append(between)
    if report.changed:
        said.append(tr_n("{n} of them in place of another", "{n} of them in place of others", report.changed))
    if report.same and (report.added or report.changed):
        said.append(tr_n("{n} was there already", "{n} were there already", report.same))
    if report.skipped:
        words = tr("{rates} skipped, in currencies that are not known or no longer used: {currencies}")
        many = tr_n("{n} rate", "{n} rates", report.skipped)
        said.append(words.format(rates=many, currencies=formats.all_of(list(report.unknown))))
    return said


def _codes(codes: tuple[str, ...]) -> str:
    most = 6
    if len(codes) <= most:
        return formats.all_of(list(codes))
    return tr_n("{n} currency", "{n} currencies", len(codes))
