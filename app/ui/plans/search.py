"""The search for the best plan, which runs as a job whenever its result is asked for and out of date."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.debts.search import BestFound, best
from app.services import plans
from app.services.jobs import Cancelled, Job, JobContext
from app.ui.i18n import tr
from app.ui.plans import model
from app.ui.plans.desk import PlanDesk
from app.ui.plans.strategy_rows import search_words
from app.ui.session import Session

_SETTLED_MS = 700
"""The search begins when the plan has not been changed for so long."""


class BestSearch(QObject):
    """Searches for the best plan while the strategy "Best found" is shown; `changed` tells how it stands."""

    changed = Signal()

    def __init__(self, session: Session, desk: PlanDesk) -> None:
        super().__init__(desk)
        self._session = session
        self._desk = desk
        self._job: Job | None = None
        self._stopped = False
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._start)
        desk.edited.connect(self._plan_changed)
        session.bridge.job_changed.connect(self._told)

    @property
    def is_running(self) -> bool:
        """Whether a search runs."""
        return self._job is not None

    @property
    def is_busy(self) -> bool:
        """Whether a search runs, or will begin by itself."""
        return self.is_running or self._settled.isActive()

    @property
    def is_wanted(self) -> bool:
        """Whether the user has asked for the best plan, and it is not there."""
        return self._is_shown() and self._desk.best is None

    def words(self) -> str:
        """Return how the search stands, in words."""
        tried = self._job.context.done if self._job else 0
        return search_words(self._desk.best, running=self.is_busy, tried=tried)

    def again(self) -> None:
        """Search although the last search was stopped."""
        self._stopped = False
        self._start()

    def stop(self) -> None:
        """Stop what runs."""
        self._settled.stop()
        if self._job is not None:
            self._job.cancel()

    def _is_shown(self) -> bool:
        scenario = self._desk.scenario
        return scenario is not None and model.BEST in (*self._desk.compared, scenario.strategy)

    def _plan_changed(self) -> None:
        if self._desk.best is None and self._job is not None:
            self._job.cancel()
            self._job = None
        if not self.is_wanted:
            self._stopped = False
            self._settled.stop()
        elif self._job is None and not self._stopped:
            self._settled.start()
        self.changed.emit()

    def _start(self) -> None:
        scenario = self._desk.scenario
        if scenario is None or not self.is_wanted or self._job is not None:
            return

        def run(context: JobContext) -> BestFound:
            return best(plans.input_of(scenario), context.progress, context.check)

        self._job = self._session.bridge.start_job(
            tr("Searching for the best plan"), run, self._found(scenario), self._failed
        )
        self.changed.emit()

    def _found(self, scenario: object) -> Callable[[BestFound], None]:
        def take(found: BestFound) -> None:
            self._job = None
            if self._desk.best is None and self._desk.is_same_question(scenario):
                self._desk.take_best(found)
            self.changed.emit()

        return take

    def _failed(self, error: BaseException) -> None:
        from app.domain.problems import Refused

        if self._job is None:
            # It was stopped because the plan is another one now; a newer search may wait already.
            return
        self._job = None
        self._stopped = True
        if not isinstance(error, Cancelled | Refused):
            self._session.bridge.show_error(error)
        self.changed.emit()

    def _told(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            self.changed.emit()
