"""The status bar: what was done, the job that runs, and at the right the ledger's name and size, or what was added."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QWidget

from app.services.jobs import Job, JobState
from app.ui import formats
from app.ui.i18n import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.button import flat
from app.ui.widgets.label import plain_tip
from app.ui.widgets.status import JobProgress, StatusText

_SAID_MS = 12_000


class StatusBar(QStatusBar):
    """Shows one job at a time, the oldest that runs; its Cancel reaches that one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._theme = theme
        self._jobs: dict[int, Job] = {}
        self.text = StatusText(tr("Ready"))
        self.progress = JobProgress()
        self.failure = StatusText("", "circle-alert")
        self.show_failure = flat(tr("Show"))
        self.ledger = StatusText("", "book-text")
        self._show: Callable[[], object] | None = None
        self.show_failure.setProperty("bar", "true")
        self.show_failure.clicked.connect(self._show_clicked)
        self.progress.cancel_requested.connect(self._cancel_shown)
        self.progress.appeared.connect(self._give_way)
        self._forget = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._forget.timeout.connect(self._be_ready)
        self._lay_out()
        self._drop_failure()
        self._restyle()
        theme.changed.connect(self._restyle)

    def say(self, text: str, icon: str = "check") -> None:
        """Show and announce what was done; after a while the bar says "Ready" again."""
        self.text.set(text, icon)
        self._forget.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.text, text))

    def say_partly_failed(self, text: str, show: Callable[[], object]) -> None:
        """Say that a part failed until the user has looked at it."""
        self._show = show
        self.failure.set(text)
        self.failure.show()
        self.show_failure.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.failure, text))

    def take_job(self, job: Job) -> None:
        """Follow a job."""
        if job.state.is_over:
            self._jobs.pop(job.id, None)
            if job.state is JobState.CANCELLED:
                self.say(tr("Cancelled: {job}").format(job=job.name), "circle-x")
        else:
            self._jobs[job.id] = job
        shown = self._shown()
        if shown is None:
            self.progress.finish()
            self.text.show()
        else:
            context = shown.context
            self.progress.set_job(shown.name, context.done, context.total, context.text)

    def show_ledger(self, name: str, size: int) -> None:
        """Name the ledger and its size in bytes."""
        self.ledger.set(tr("{ledger} · {size}").format(ledger=name, size=formats.file_size(size)))
        self._right.setToolTip(plain_tip(self.ledger.text()))

    def add_to_end(self, widget: QWidget) -> None:
        """Put a widget at the right end; what the ledger is called is then said by the tooltip there."""
        self.ledger.hide()
        self._end.addWidget(widget)

    def _lay_out(self) -> None:
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(12)
        for piece in (self.text, self.progress, self.failure, self.show_failure):
            row.addWidget(piece)
        row.addStretch()
        self._right = QWidget()
        self._end = QHBoxLayout(self._right)
        self._end.setContentsMargins(0, 0, 10, 0)
        self._end.addWidget(self.ledger)
        self.addWidget(left, 1)
        self.addPermanentWidget(self._right)

    def _shown(self) -> Job | None:
        return self._jobs[min(self._jobs)] if self._jobs else None

    def _give_way(self) -> None:
        self.text.hide()

    def _cancel_shown(self) -> None:
        shown = self._shown()
        if shown is not None:
            shown.cancel()

    def _show_clicked(self) -> None:
        show = self._show
        self._drop_failure()
        if show is not None:
            show()

    def _drop_failure(self) -> None:
        self._show = None
        self.failure.hide()
        self.show_failure.hide()

    def _be_ready(self) -> None:
        self.text.set(tr("Ready"), "check")

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("statusBar"))
