"""Runs by itself what comes round, while the window is open; and pauses that."""

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.problems import Refused
from app.services.changes import Area, Change
from app.services.jobs import Cancelled
from app.services.ledger import EnvironmentProblem, Interrupt, Interrupted
from app.ui.i18n import tr
from app.ui.later import after_first_page
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.due_jobs import DueJob

_FIRST_MS = 3_000
_EVERY_MS = 5 * 60_000
_FIRST_WAIT, _LONGEST_WAIT = 5 * 60.0, 4 * 3600.0


class Schedule(QObject):
    """Asks every few minutes what is due, and starts it as a job. `changed` tells that it was paused or resumed.

    What failed is told once, and tried again after pauses that grow.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self._session = session
        self.paused = False
        self._running: set[str] = set()
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.bridge.changed.connect(self._take_change)
        QTimer.singleShot(_FIRST_MS, self, self.look)
        after_first_page(self, self._read_pause)

    def look(self) -> None:
        """Ask what is due, and start it."""
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> "list[DueJob]":
            from app.services import due_jobs

            return due_jobs.due_now(ledger)

        self._session.bridge.read(read, self._start, key="jobs.due")

    def switch(self) -> None:
        """Pause the schedule, or resume it; what was due meanwhile is then caught up."""
        from app.services import due_jobs

        pause = not self.paused

        def done(_change: Change) -> None:
            said = tr("The schedule is paused") if pause else tr("The schedule goes on")
            self._session.notify(said)
            if not pause:
                self._not_before.clear()
                self.look()

        self._session.bridge.run_command(due_jobs.pause(paused=pause), done)

    def _start(self, due: "list[DueJob]") -> None:
        for job in due:
            if job.name in self._running or monotonic() < self._not_before.get(job.name, 0.0):
                continue
            self._running.add(job.name)
            self._session.bridge.start_job(
                job.name,
                partial(job.run, self._session.ledger),
                partial(self._done, job),
                partial(self._failed, job),
                job.terms,
            )

    def _done(self, job: "DueJob", result: object) -> None:
        self._running.discard(job.name)
        self._failures.pop(job.name, None)
        self._not_before.pop(job.name, None)
        from app.services.backup import Created
        from app.ui.backups.commands import tell_left_out

        if isinstance(result, Created):
            tell_left_out(self._session, result)

    def _failed(self, job: "DueJob", error: BaseException) -> None:
        self._running.discard(job.name)
        failures = self._failures[job.name] = self._failures.get(job.name, 0) + 1
        wait = min(_FIRST_WAIT * 2 ** (failures - 1), _LONGEST_WAIT)
        if isinstance(error, Cancelled | Interrupted):
            wait = _LONGEST_WAIT
        self._not_before[job.name] = monotonic() + wait
        if failures == 1:
            self._tell(job, error)

    def _tell(self, job: "DueJob", error: BaseException) -> None:
        if isinstance(error, Refused | EnvironmentProblem | OSError | TimeoutError):
            said = tr("The scheduled job “{job}” failed: {why}").format(job=job.name, why=str(error))
            if job.terms.kind == "backup":
                said = tr("The automatic backup could not be made: {why}").format(why=str(error))
            self._session.notices.show_problem(said, tr("Show jobs"), lambda: self._session.show_page("jobs"))
        else:
            self._session.bridge.show_error(error)

    def _take_change(self, change: Change) -> None:
        if Area.SETTINGS in change.areas:
            self._read_pause()

    def _read_pause(self) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> bool:
            from app.services import due_jobs

            return due_jobs.is_paused(ledger)

        self._session.bridge.read(read, self._take_pause, key="jobs.paused")

    def _take_pause(self, paused: bool) -> None:
        if paused != self.paused:
            self.paused = paused
            self._session.actions.refresh_soon()
            self.changed.emit()
