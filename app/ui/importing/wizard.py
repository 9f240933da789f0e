"""The import wizard: asks the flow what to show, and has done in the background what takes time."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.problems import Refused
from app.services import job_kinds, kinds
from app.services.importing.flow import STEPS, ImportFlow, Step
from app.services.importing.inspection import FileFacts, look_into
from app.services.importing.kind import ImportKind
from app.services.importing.readers import ReadOptions
from app.services.importing.recognition import recognised_kind
from app.services.importing.rehearsal import Rehearsal, rehearse
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Interrupt, Interrupted
from app.ui.dialogs.wizard import WizardDialog
from app.ui.i18n import tr
from app.ui.importing import wording
from app.ui.importing.aftermath import Aftermath
from app.ui.importing.columns_page import ColumnsPage
from app.ui.importing.file_page import FOLDER_KEY, FilePage
from app.ui.importing.mapping_desk import MappingDesk
from app.ui.importing.preview_page import PreviewPage
from app.ui.importing.report_page import ReportPage
from app.ui.importing.run_page import RunPage
from app.ui.session import Session

_STOPPED = (Cancelled, Interrupted)


class ImportWizard(WizardDialog):
    """Brings records in from a file. Nothing is written before the button that is named for it."""

    def __init__(self, session: Session, path: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(tr("Import"), parent or session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.flow = ImportFlow(session.ledger.profile.currency)
        self._kind: ImportKind | None = None
        self._looking: Interrupt | None = None
        self._rehearsal: Job | None = None
        self._import: Job | None = None
        self.file_page = FilePage(session)
        self.columns_page = ColumnsPage()
        self.preview_page = PreviewPage()
        self.run_page = RunPage()
        self.report_page = ReportPage()
        self._by_step = {
            Step.FILE: self.file_page,
            Step.COLUMNS: self.columns_page,
            Step.PREVIEW: self.preview_page,
            Step.RUN: self.run_page,
            Step.REPORT: self.report_page,
        }
        for page in self._by_step.values():
            self.add_page(page)
        self.desk = MappingDesk(session, self.flow, self.columns_page, self._mapping_changed)
        self.aftermath = Aftermath(session, self.flow, self.report_page, self)
        self._connect()
        self._draw()
        self.show_page(self.file_page)
        if path is not None:
            self.file_page.choose(path)

    @property
    def running(self) -> bool:
        """Whether an import runs."""
        return self._import is not None

    def reject(self) -> None:
        """Stop the import that runs, or leave; nothing is written in either case."""
        if self._import is not None:
            self.run_page.show_stopping()
            self.cancel_button.setEnabled(False)
            self._import.cancel()
            return
        self._stop_rehearsal()
        super().reject()

    # -- the file

    def _look_into(self, path: Path, read: ReadOptions | None = None, kind: ImportKind | None = None) -> None:
        self.flow.drop_file()
        self.file_page.show_busy(path)
        self._draw()
        options = read or ReadOptions()
        self._looking = self._session.bridge.read(
            lambda interrupt: look_into(
                kind or recognised_kind(kinds.imported(), path, options), path, options, interrupt
            ),
            self._take_file,
            self._file_failed,
            key=self,
        )

    def _forget_file(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self.flow.drop_file()
        self._draw()

    def _read_otherwise(self, options: ReadOptions) -> None:
        path = self.file_page.place.path()
        if path is not None:
            self._look_into(path, options, self._kind)

    def _read_as(self, key: str) -> None:
        """Look into the file again, for another kind of record."""
        facts = self.flow.facts
        if facts is not None and key != facts.plan.kind.key:
            self._kind = kinds.importing(key)
            self._look_into(facts.path, facts.options, self._kind)

    def _look_into_new(self, path: Path) -> None:
        """Look into a file of which nothing is known yet."""
        self._kind = None
        self._look_into(path)

    def _take_file(self, facts: FileFacts) -> None:
        if not self._alive or self.flow.step is not Step.FILE:
            return
        self.flow.take_file(facts)
        self._session.state.put(FOLDER_KEY, str(facts.path.absolute().parent))
        self._show_file(facts)
        self.desk.take_file()
        self._draw()

    def _show_file(self, facts: FileFacts) -> None:
        self.file_page.show_file(facts, self.flow.currency, asks_currency=self.flow.asks_currency)

    def _file_failed(self, error: BaseException) -> None:
        if not self._alive or isinstance(error, _STOPPED):
            return
        self.file_page.show_nothing()
        if isinstance(error, Refused | EnvironmentProblem | OSError):
            self.file_page.show_problem(str(error))
        else:
            self._session.bridge.show_error(error)
        self._draw()

    # -- moving

    def _next(self) -> None:
        if self.flow.step is Step.REPORT:
            self.accept()
        elif self.flow.can_go_on:
            self.flow.next()
            self._arrive()

    def _back(self) -> None:
        if self.flow.can_go_back:
            self.flow.back()
            self._arrive()

    def _go_to(self, place: int) -> None:
        if self.flow.can_reach(STEPS[place]):
            self.flow.go_to(STEPS[place])
            self._arrive()

    def _arrive(self) -> None:
        """Begin what the present step does, and show it."""
        step = self.flow.step
        if step is Step.FILE and self.flow.facts is not None:
            self._show_file(self.flow.facts)
        elif step is Step.COLUMNS:
            self.columns_page.show_flow(self.flow)
        elif step is Step.PREVIEW:
            self._show_preview()
        elif step is Step.RUN:
            self._start_import()
        self.show_page(self._by_step[step])
        self._draw()

    # -- the rehearsal

    def _show_preview(self) -> None:
        self.preview_page.show_flow(self.flow)
        if self.flow.preview is None:
            self._start_rehearsal()

    def _start_rehearsal(self) -> None:
        self._stop_rehearsal()
        facts = self.flow.facts
        if facts is not None:
            self.preview_page.show_waiting(None if facts.more else facts.rows, in_bytes=not facts.sheet)
        ledger, options, revision = self._session.ledger, self.flow.options(), self.flow.revision
        path = self.flow.path

        def run(context: JobContext) -> Rehearsal:
            return rehearse(ledger, path, options, context)

        self._rehearsal = self._session.bridge.start_job(
            tr("Trying out the import of {file}").format(file=path.name),
            run,
            partial(self._take_rehearsal, revision),
            self._rehearsal_failed,
        )

    def _stop_rehearsal(self) -> None:
        if self._rehearsal is not None:
            self._rehearsal.cancel()
            self._rehearsal = None

    def _take_rehearsal(self, revision: int, rehearsal: Rehearsal) -> None:
        if not self._alive or not self.flow.take_preview(rehearsal, revision):
            return
        self._rehearsal = None
        self.preview_page.show_flow(self.flow)
        if self.flow.step is Step.PREVIEW:
            self.preview_page.focus_first()
        self._draw()

    def _rehearsal_failed(self, error: BaseException) -> None:
        if not self._alive or isinstance(error, _STOPPED):
            return
        self._rehearsal = None
        self._back_to_file(error)

    def _back_to_file(self, error: BaseException) -> None:
        """Tell at the file's field why it cannot be imported."""
        self.flow.go_to(Step.FILE)
        self.flow.drop_file()
        self._arrive()
        self._file_failed(error)

    # -- the import

    def _start_import(self) -> None:
        ledger, options, path = self._session.ledger, self.flow.options(), self.flow.path
        rows = self.flow.preview.report.rows if self.flow.preview is not None else None
        name = tr("Importing {file}").format(file=path.name)
        self.run_page.start(name, rows)

        def run(context: JobContext) -> ImportReport:
            return import_file(ledger, path, options, context)

        self._import = self._session.bridge.start_job(
            name, run, self._take_report, self._import_failed, job_kinds.IMPORT
        )

    def _take_report(self, report: ImportReport) -> None:
        self._import = None
        if not self._alive:
            return
        self.flow.take_report(report)
        self.aftermath.take_report(report)
        self._arrive()

    def _import_failed(self, error: BaseException) -> None:
        self._import = None
        if not self._alive:
            return
        self.cancel_button.setEnabled(True)
        self.flow.stop()
        if isinstance(error, _STOPPED):
            self._arrive()
            self.set_hint(tr("The import was cancelled; nothing was changed."))
        elif isinstance(error, Refused | EnvironmentProblem):
            self._back_to_file(error)
        else:
            self._arrive()
            self._session.bridge.show_error(error)

    # -- drawing

    def _connect(self) -> None:
        self._alive = True
        self.finished.connect(self._leave)
        self.next_wanted.connect(self._next)
        self.back_wanted.connect(self._back)
        self.step_wanted.connect(self._go_to)
        self.file_page.file_wanted.connect(self._look_into_new)
        self.file_page.kind_chosen.connect(self._read_as)
        self.file_page.options_changed.connect(self._read_otherwise)
        self.file_page.path_changed.connect(self._forget_file)
        self.file_page.currency_chosen.connect(self._choose_currency)
        self.columns_page.currency_chosen.connect(self._choose_currency)
        self.preview_page.duplicates_chosen.connect(self._choose_duplicates)
        self.preview_page.all_or_nothing_chosen.connect(self._choose_all_or_nothing)
        self._session.bridge.job_changed.connect(self._follow)

    def _leave(self, _result: int) -> None:
        self._alive = False
        self._session.bridge.job_changed.disconnect(self._follow)

    def _follow(self, job: Job) -> None:
        if self._import is not None and job.id == self._import.id:
            self.run_page.follow(job)
        elif self._rehearsal is not None and job.id == self._rehearsal.id:
            self.preview_page.follow(job)

    def _choose_currency(self, currency: str) -> None:
        self.flow.set_currency(currency)
        self._draw()

    def _choose_duplicates(self, policy: str) -> None:
        self.flow.set_duplicates(policy)
        self._show_preview()
        self._draw()

    def _choose_all_or_nothing(self, chosen: bool) -> None:
        if chosen != self.flow.all_or_nothing:
            self.flow.set_all_or_nothing(chosen)
            self.preview_page.show_flow(self.flow)
            self._draw()

    def _mapping_changed(self) -> None:
        self.columns_page.show_flow(self.flow)
        self._draw()

    def _draw(self) -> None:
        flow = self.flow
        self.show_steps(wording.step_views(flow))
        self.set_hint(wording.hint(flow))
        if flow.step is Step.REPORT:
            self.set_buttons(tr("Close"), can_go_on=True, can_go_back=False, cancel_text="-")
        elif flow.step is Step.RUN:
            self.set_buttons("", can_go_on=False, can_go_back=False)
        else:
            self.set_buttons(wording.next_text(flow), can_go_on=flow.can_go_on, can_go_back=flow.can_go_back)
