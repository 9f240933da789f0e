"""A salvage that runs: its progress, and the button that stops it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.jobs import Job, JobRunner
from app.services.salvage import salvage
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr
from app.ui.tables.readers import Readers
from app.ui.theme import theme
from app.ui.widgets.button import default


class Salvaging(QWidget):
    """Runs a salvage of the ledger in a folder; `done` carries what it did, `failed` what it raised."""

    done = Signal(object)
    failed = Signal(object)
    _stepped = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._runner: JobRunner | None = None
        self._job: Job | None = None
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="salvage")
        self._results = Readers(self._threads, self)
        self.progress = ProgressPanel()
        self.cancel_button = default(tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        self._stepped.connect(self.progress.follow, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("l"))
        column.addWidget(self.progress)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel_button)
        column.addLayout(row)

    def begin(self) -> None:
        """Start."""
        self.cancel_button.setEnabled(True)
        self.progress.start(tr("Saving what can still be read"))
        self._runner = JobRunner(1)
        self._runner.subscribe(self._stepped.emit)
        self._job = self._runner.start("Salvage", lambda context: salvage(self._path, context))
        self._results.watch(self._job.future, self._ended, self)

    def find_backup(self, then: Callable[[Path | None], object]) -> None:
        """Look for the newest backup of the ledger, where one is known of; that may be on a slow disk."""
        from app.services.newest_backup import newest_backup

        def found(future: "Future[Path | None]") -> None:
            then(None if future.exception() else future.result())

        self._results.start(lambda: newest_backup(self._path), found, self)

    def stop(self) -> None:
        """Cancel what runs, wait for it, and tell nobody."""
        self._results.close()
        self._close_runner()
        self._threads.shutdown(wait=True)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def _ended(self, future: "Future[Any]") -> None:
        self._close_runner()
        error = future.exception()
        if error is None:
            self.done.emit(future.result())
        else:
            self.failed.emit(error)

    def _close_runner(self) -> None:
        if self._runner is not None:
            self._runner.close()
            self._runner = None
