"""The page of jobs: those that run with their progress, above the history of those that ended."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.services.changes import Change
from app.services.jobs import Job
from app.ui.i18n import tr, tr_n
from app.ui.jobs.schedule import Schedule
from app.ui.jobs.source import JOB_COLUMNS, JobSource
from app.ui.pages import Page
from app.ui.records.footer import Footer
from app.ui.records.pane import rule
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.status import JobProgress

_TABLE_KEY = "jobs.table"


class JobsPage(Page):
    """Shows every job; one that runs can be cancelled here as in the status bar."""

    def __init__(self, session: Session, schedule: Schedule) -> None:
        super().__init__(session)
        self._loaded = False
        self._schedule = schedule
        self.pause = default("", "pause")
        self.pause.clicked.connect(schedule.switch)
        self.pause.setEnabled(not session.ledger.read_only)
        self.paused = Notice(tr("The schedule is paused: nothing runs by itself."), NoticeKind.WARNING)
        self._source = JobSource(session.ledger)
        self.table = self._make_table()
        self.running = Running()
        self.footer = Footer()
        self._empty = EmptyState(
            tr("No jobs yet"),
            tr(
                "Imports, exports, backups and whatever else takes a while are listed here, with how they ended."
            ),
            "history",
        )
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = PageHeader(tr("Jobs"))
        header.add_control(self.pause)
        column.addWidget(header)
        column.addWidget(self._noted())
        column.addWidget(self.running)
        column.addWidget(rule())
        column.addWidget(self._rows, 1)
        column.addWidget(self.footer)
        self._connect()
        self._show_pause()
        for job in session.ledger.jobs.running():
            self.running.take(job)

    def refresh(self, change: Change | None) -> None:
        """Show the history anew."""
        if self._loaded:
            self.table.table_model.refresh()
        else:
            self._loaded = True
            self.table.table_model.load()

    def focus_first(self) -> None:
        """Go on in the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """The jobs that run, the table."""
        return [self.running, self.table]

    def leave(self) -> None:
        """Remember the columns."""
        self.session.state.put(_TABLE_KEY, self.table.saved_state())

    def _make_table(self) -> LedgerTable:
        model = LazyTableModel(
            JOB_COLUMNS,
            self._source,
            self.session.bridge.readers,
            query=TableQuery(None, "started_at", True),
            parent=self,
        )
        table = LedgerTable(model, tr("Jobs"))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        remembered = self.session.state.get(_TABLE_KEY)
        if isinstance(remembered, dict):
            table.restore(remembered)
        return table

    def _connect(self) -> None:
        session, model = self.session, self.table.table_model
        session.bridge.job_changed.connect(self.running.take)
        self._schedule.changed.connect(self._show_pause)
        session.actions.handle("edit.copy", "jobs", self.table.copy, lambda: self._selected() > 0)
        session.actions.handle("edit.select_all", "jobs", self.table.selectAll)
        model.counted.connect(self._show_counts)
        model.settled.connect(self._show_counts)
        model.failed.connect(session.bridge.show_error)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.said.connect(session.notify)
        self.table.customContextMenuRequested.connect(self._show_context_menu)

    def _noted(self) -> QWidget:
        """Return the notice with the margins of the page around it."""
        look = theme.current()
        self._note_row = QWidget()
        row = QVBoxLayout(self._note_row)
        row.setContentsMargins(look.space("xl"), 0, look.space("xl"), look.space("m"))
        row.addWidget(self.paused)
        return self._note_row

    def _show_pause(self) -> None:
        paused = self._schedule.paused
        self.pause.setText(tr("Resume the schedule") if paused else tr("Pause the schedule"))
        self._note_row.setVisible(paused)

    def _selected(self) -> int:
        return self.table.selected_count()

    def _selection_changed(self, *_arguments: object) -> None:
        self._show_counts()
        self.session.actions.refresh_soon()

    def _show_counts(self) -> None:
        model = self.table.table_model
        shown = model.rowCount()
        self._rows.setCurrentWidget(self.table if shown or not model.complete else self._empty)
        if model.complete:
            self.footer.show_counts(shown, shown, tr_n("{n} job", "{n} jobs", shown), self._selected())

    def _show_context_menu(self, point: QPoint) -> None:
        menu = self.session.actions.context_menu(self, ["edit.copy", "edit.select_all", "", "jobs.pause"])
        menu.popup(self.table.viewport().mapToGlobal(point))


class Running(QFrame):
    """The jobs that run, a line each with its progress and Cancel; not there while none does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Running jobs"))
        self._lines: dict[int, JobProgress] = {}
        look = theme.current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.space("xl"), look.space("s"), look.space("xl"), look.space("s"))
        self._column.setSpacing(look.space("s"))
        self.hide()

    def take(self, job: Job) -> None:
        """Follow a job."""
        if job.state.is_over:
            line = self._lines.pop(job.id, None)
            if line is not None:
                line.finish()
                self._column.removeWidget(line)
                line.deleteLater()
        else:
            self._line(job).set_job(job.name, job.context.done, job.context.total, job.context.text)
        self.setVisible(bool(self._lines))

    def _line(self, job: Job) -> JobProgress:
        if job.id not in self._lines:
            line = self._lines[job.id] = JobProgress()
            line.cancel_requested.connect(job.cancel)
            self._column.addWidget(line)
        return self._lines[job.id]
