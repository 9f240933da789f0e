"""Leads through a restore: holds the wizard while the window and the ledger below it come and go."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.problems import Refused
from app.services import backup
from app.services.backup import BackupSettings, Restored, automatic, points
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Ledger, is_ledger
from app.ui.backups.done_page import restored_text
from app.ui.backups.wizard import RestoreWizard
from app.ui.backups.work import Work
from app.ui.i18n import tr


class Surroundings(Protocol):
    """What a restore asks of the program around it."""

    def report(self, error: BaseException) -> None:
        """Deal with an error that is a bug."""

    def present(self) -> tuple[QWidget, Ledger | None]:
        """Return the window, and the ledger that is open in it."""

    def set_aside(self, then: Callable[[], object]) -> None:
        """Close the ledger, with an empty window in the place of its own, and go on once it is closed."""

    def come_back(
        self, path: Path, then: Callable[[Ledger], object], failed: Callable[[BaseException], None]
    ) -> None:
        """Open the ledger of a folder in the window's place."""

    def notify(self, text: str) -> None:
        """Say in the window what was done."""

    def show_welcome(self, problem: str = "") -> None:
        """Show the welcome page with a sentence about what went wrong."""


class RestoreDesk(QObject):
    """One restore at a time. Lives as long as the program; `close` stops what runs."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._work = Work(self)
        self._work.job_changed.connect(self._follow)
        self._job: Job | None = None
        self._cancelled = False
        self._schedule: BackupSettings | None = None
        self.wizard: RestoreWizard | None = None

    def open(self, target: Path, path: Path | None = None) -> None:
        """Show the wizard over the window, for the ledger in a folder, with a backup where one is chosen already."""
        if self.wizard is not None:
            self.wizard.activateWindow()
            return
        window, ledger = self._around.present()
        replaces = ledger is not None or is_ledger(target)
        self.wizard = wizard = RestoreWizard(self._work, target, ledger, window, replaces=replaces)
        wizard.restore_wanted.connect(self._begin)
        wizard.cancel_wanted.connect(self._cancel)
        wizard.undo_wanted.connect(self._undo)
        wizard.broken.connect(self._around.report)
        wizard.finished.connect(self._forget)
        wizard.show()
        if path is not None:
            wizard.begin_with(path)

    def move_to(self, window: QWidget) -> None:
        """Keep the wizard over the window that has come."""
        wizard = self.wizard
        if wizard is not None and wizard.parentWidget() is not window:
            place = wizard.pos()
            wizard.setParent(window, wizard.windowFlags())
            wizard.move(place)
            wizard.show()

    def close(self) -> None:
        """Stop what runs; the program ends."""
        self._work.close()

    def _begin(self) -> None:
        wizard = self._present_wizard()
        self._cancelled = False
        _window, ledger = self._around.present()
        self._schedule = None
        if ledger is None:
            self._restore(wizard)
        else:
            self._schedule = automatic.read(ledger)
            wizard.let_go()
            self._around.set_aside(partial(self._restore, wizard))

    def _restore(self, wizard: RestoreWizard) -> None:
        flow = wizard.flow
        path, target, passphrase = flow.backup, flow.target, flow.passphrase
        was_there = is_ledger(target)
        if path is None:
            raise RuntimeError("No backup was chosen.")
        if self._cancelled:
            self._failed(Cancelled(), was_there=was_there)
            return

        def run(context: JobContext) -> Restored:
            return backup.restore(path, target, context, passphrase)

        name = tr("Restoring {backup}").format(backup=path.name)
        self._job = self._work.start(name, run, self._restored, partial(self._failed, was_there=was_there))

    def _cancel(self) -> None:
        self._cancelled = True
        if self._job is not None:
            self._job.cancel()

    def _follow(self, job: Job) -> None:
        if self.wizard is not None and self._job is not None and job.id == self._job.id:
            self.wizard.follow_restore(job)

    def _restored(self, restored: Restored) -> None:
        self._job = None
        target = self._present_wizard().flow.target
        self._around.come_back(target, partial(self._show, restored), self._lost)

    def _show(self, restored: Restored, ledger: Ledger) -> None:
        wizard = self._present_wizard()
        can_undo = restored.restore_point is not None and restored.restore_point.is_file()
        if can_undo and not wizard.flow.keep_present:
            can_undo = False
            self._drop(ledger.path, restored)
        self._go_on_backing_up(ledger)
        wizard.take_restored(restored, can_undo=can_undo)
        self._around.notify(restored_text(restored, ledger.profile.zone))

    def _go_on_backing_up(self, ledger: Ledger) -> None:
        """Keep the automatic backups as they were: an old backup must not silently end them."""
        before = self._schedule
        if before is None or not before.folder or before == automatic.read(ledger):
            return
        saved = ledger.submit(automatic.save(ledger, before))
        self._work.watch(saved, lambda _change: None, self._report_bug)

    def _drop(self, ledger: Path, restored: Restored) -> None:
        point = restored.restore_point
        if point is not None:
            self._work.read(lambda: points.drop_point(ledger, point), lambda _none: None, self._report_bug)

    def _report_bug(self, error: BaseException) -> None:
        """Report what is a bug; that the disk is in the way will be told where it matters."""
        if not isinstance(error, EnvironmentProblem):
            self._around.report(error)

    def _failed(self, error: BaseException, *, was_there: bool) -> None:
        self._job = None
        wizard = self._present_wizard()
        _window, ledger = self._around.present()
        if was_there and ledger is None and wizard.was_open:
            self._around.come_back(wizard.flow.target, partial(wizard.restore_failed, error), self._lost)
        else:
            wizard.restore_failed(error, ledger)

    def _lost(self, error: BaseException) -> None:
        """The ledger cannot be opened after all."""
        if self.wizard is not None:
            self.wizard.abandon()
        if not isinstance(error, Refused | EnvironmentProblem):
            self._around.report(error)
            error = Refused(tr("The ledger could not be opened because of an error in the program."))
        self._around.show_welcome(str(error))

    def _undo(self) -> None:
        wizard = self._present_wizard()
        target = wizard.flow.target
        restored = wizard.flow.restored
        wizard.accept()
        if restored is not None and restored.restore_point is not None:
            self.open(target, restored.restore_point)

    def _forget(self, _result: int) -> None:
        if self.wizard is not None:
            self.wizard.deleteLater()
            self.wizard = None

    def _present_wizard(self) -> RestoreWizard:
        if self.wizard is None:
            raise RuntimeError("No restore is under way.")
        return self.wizard
