"""The restore wizard: asks the flow what to show, and has done in the background what takes time."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.problems import Refused
from app.services import backup
from app.services.backup import Listed, Locked, Rehearsal, Restored, Verified, WrongPassphrase, points
from app.services.backup.flow import STEPS, RestoreFlow, Step
from app.services.jobs import Cancelled, Job, JobContext
from app.services.ledger import EnvironmentProblem, Interrupted, Ledger, is_ledger
from app.ui import formats
from app.ui.backups import known, words
from app.ui.backups.changes_list import ChangesList
from app.ui.backups.choose_page import ChoosePage
from app.ui.backups.done_page import DonePage
from app.ui.backups.preview_page import PreviewPage
from app.ui.backups.wait_page import WaitPage
from app.ui.backups.work import Work
from app.ui.dialogs.wizard import WizardDialog
from app.ui.i18n import tr

_STOPPED = (Cancelled, Interrupted)


class RestoreWizard(WizardDialog):
    """Puts a backup in the place of a ledger. Nothing is written before the button that is named for it.

    `ledger` is the open one that is replaced; None where there is none, or none that can be read. Whoever listens to
    `restore_wanted` lets go of the ledger, restores, and hands in the outcome; `cancel_wanted` asks to stop that,
    `undo_wanted` to go back to what was there before, and `broken` carries an error that is a bug.
    """

    restore_wanted = Signal()
    cancel_wanted = Signal()
    undo_wanted = Signal()
    broken = Signal(object)

    def __init__(
        self, work: Work, target: Path, ledger: Ledger | None, parent: QWidget, *, replaces: bool
    ) -> None:
        super().__init__(tr("Restore from a backup"), parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._work = work
        self._ledger = ledger
        self._replaces = replaces
        self.was_open = ledger is not None
        """Whether the ledger was open in the window when the wizard began."""
        self._zone: dt.tzinfo | None = ledger.profile.zone if ledger is not None else None
        self._present_size = 0
        self._job: Job | None = None
        self._alive = True
        self.flow = RestoreFlow(target)
        self.choose_page = ChoosePage(asks_target=not replaces)
        self.verify_page = WaitPage(
            tr("Verifying the backup"), tr("Every checksum, and the database inside. Nothing is changed.")
        )
        self.preview_page = PreviewPage(replaces=replaces)
        self.restore_page = WaitPage(
            tr("Restoring"),
            tr(
                "The new ledger is made ready beside the old one and swapped in at the end. Cancel changes nothing."
            ),
        )
        self.done_page = DonePage()
        self._by_step = {
            Step.CHOOSE: self.choose_page,
            Step.VERIFY: self.verify_page,
            Step.PREVIEW: self.preview_page,
            Step.RESTORE: self.restore_page,
            Step.DONE: self.done_page,
        }
        for page in self._by_step.values():
            self.add_page(page)
        self.choose_page.target.set_path(target)
        self._connect()
        self._draw()
        self.show_page(self.choose_page)
        self._look_for_backups()

    def begin_with(self, path: Path) -> None:
        """Begin with a backup that was chosen already: it is verified at once."""
        self.choose_page.choose(path)
        self._next()

    def reject(self) -> None:
        """Stop the restore that runs, or leave; nothing is written in either case."""
        if self.flow.step is Step.RESTORE:
            self.restore_page.show_stopping()
            self.cancel_button.setEnabled(False)
            self.cancel_wanted.emit()
            return
        self.stop_looking()
        super().reject()

    def stop_looking(self) -> None:
        """Stop verifying or comparing."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # -- what the restore tells

    def let_go(self) -> None:
        """Forget the ledger, which is closed now."""
        self._ledger = None

    def abandon(self) -> None:
        """Leave, whatever is shown: there is nothing left to go on with."""
        self.stop_looking()
        super().reject()

    def follow_restore(self, job: Job) -> None:
        """Show how the restore stands."""
        self.restore_page.follow(job)

    def take_restored(self, restored: Restored, *, can_undo: bool) -> None:
        """Show what the restore did."""
        self.flow.take_restored(restored)
        self.done_page.show_restored(restored, can_undo=can_undo, zone=self._zone)
        self._arrive()

    def restore_failed(self, error: BaseException, ledger: Ledger | None) -> None:
        """Say why the restore did not happen; `ledger` is as it was, and open again where it was open."""
        self._ledger = ledger
        self.flow.stop()
        if isinstance(error, _STOPPED):
            self._arrive()
            self.set_hint(tr("The restore was cancelled; nothing was changed."))
        else:
            self._refuse(error)

    # -- choosing

    def _look_for_backups(self) -> None:
        ledger = self._ledger
        if ledger is not None:
            self._work.read(lambda: known.backups(ledger), self._show_known, self._not_known)

    def _show_known(self, found: Sequence[Listed]) -> None:
        if self._alive:
            self.choose_page.show_known(found, self._zone)

    def _not_known(self, error: BaseException) -> None:
        if self._alive and not isinstance(error, (*_STOPPED, Refused, EnvironmentProblem)):
            self.broken.emit(error)

    def _choose(self, path: Path | None) -> None:
        self.flow.choose(path)
        self.choose_page.show_locked(locked=False)
        self._draw()

    def _type_passphrase(self, text: str) -> None:
        self.flow.set_passphrase(text)
        self._draw()

    def _type_target(self, path: Path | None) -> None:
        if path is not None:
            self.flow.set_target(path)

    def _target_is_fine(self) -> bool:
        if self._replaces:
            return True
        folder = self.choose_page.target.path()
        if folder is None or not folder.is_absolute():
            sentence = tr("Enter the whole path of a folder.")
        elif is_ledger(folder):
            sentence = tr("There is a ledger in this folder already. Choose another one.")
        else:
            return True
        self.choose_page.target.show_message(sentence, "error")
        self.choose_page.target.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    # -- moving

    def _next(self) -> None:
        if self.flow.step is Step.DONE:
            self.accept()
        elif self.flow.can_go_on and (self.flow.step is not Step.CHOOSE or self._target_is_fine()):
            self.flow.next()
            self._arrive()

    def _back(self) -> None:
        if self.flow.can_go_back:
            self.stop_looking()
            self.flow.back()
            self._arrive()

    def _go_to(self, place: int) -> None:
        if self.flow.can_reach(STEPS[place]):
            self._back()

    def _arrive(self) -> None:
        """Begin what the present step does, and show it."""
        step = self.flow.step
        self.cancel_button.setEnabled(True)
        if step is Step.VERIFY and self.flow.verified is not None:
            self.flow.next()
            step = self.flow.step
        if step is Step.VERIFY:
            self._start_verifying()
        elif step is Step.PREVIEW and self.flow.rehearsal is None:
            self._start_rehearsal()
        elif step is Step.RESTORE:
            self.restore_page.start(tr("Restoring {backup}").format(backup=self._backup().name))
        self.show_page(self._by_step[step])
        self._draw()
        if step is Step.RESTORE:
            self.restore_wanted.emit()

    # -- verifying and comparing

    def _start_verifying(self) -> None:
        path, passphrase, revision = self._backup(), self.flow.passphrase, self.flow.revision
        name = tr("Verifying {backup}").format(backup=path.name)
        self.verify_page.start(name)

        def run(context: JobContext) -> Verified:
            return backup.verify(path, context, passphrase)

        self._job = self._work.start(
            name,
            run,
            lambda found: self._take_verified(found, revision),
            lambda error: self._failed(error, revision),
        )

    def _take_verified(self, found: Verified, revision: int) -> None:
        if not self._alive or revision != self.flow.revision or self.flow.step is not Step.VERIFY:
            return
        self._job = None
        if self.flow.take_verified(found, revision):
            self._next()
        else:
            self._refuse(Refused(words.damage(found)))

    def _start_rehearsal(self) -> None:
        path, passphrase, revision = self._backup(), self.flow.passphrase, self.flow.revision
        ledger = self._ledger
        self.preview_page.show_waiting()

        def run(context: JobContext) -> tuple[Rehearsal, int]:
            size = points.present_size(ledger) if ledger is not None else 0
            return backup.rehearse(path, ledger, context, passphrase), size

        self._job = self._work.start(
            tr("Comparing {backup}").format(backup=path.name),
            run,
            lambda found: self._take_rehearsal(found, revision),
            lambda error: self._failed(error, revision),
        )

    def _take_rehearsal(self, found: tuple[Rehearsal, int], revision: int) -> None:
        rehearsal, self._present_size = found
        if not self._alive or not self.flow.take_rehearsal(rehearsal, revision):
            return
        self._job = None
        self.preview_page.show_flow(self.flow, self._now_text(), self._present_size, self._zone)
        self.preview_page.focus_first()
        self._draw()

    def _failed(self, error: BaseException, revision: int) -> None:
        if not self._alive or revision != self.flow.revision or isinstance(error, _STOPPED):
            return
        self._job = None
        self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        """Tell at the first step why the backup cannot be restored."""
        if isinstance(error, Locked | WrongPassphrase):
            before = self.flow.passphrase
            self.flow.ask_passphrase()
            self.choose_page.show_locked(locked=True, refusal=str(error) if before is not None else "")
            self._arrive()
            return
        self.flow.refuse()
        self._arrive()
        if isinstance(error, Refused | EnvironmentProblem | OSError):
            self.choose_page.show_problem(str(error))
        else:
            self.broken.emit(error)

    # -- drawing

    def _connect(self) -> None:
        self.finished.connect(self._leave)
        self.next_wanted.connect(self._next)
        self.back_wanted.connect(self._back)
        self.step_wanted.connect(self._go_to)
        self.choose_page.chosen.connect(self._choose)
        self.choose_page.go_on_wanted.connect(self._next)
        self.choose_page.passphrase_typed.connect(self._type_passphrase)
        self.choose_page.target_typed.connect(self._type_target)
        self.preview_page.keep_chosen.connect(self._keep)
        self.preview_page.list_wanted.connect(self._show_list)
        self.done_page.undo_wanted.connect(self.undo_wanted)
        self._work.job_changed.connect(self._follow)

    def _leave(self, _result: int) -> None:
        self._alive = False
        self._work.job_changed.disconnect(self._follow)

    def _follow(self, job: Job) -> None:
        if self._job is not None and job.id == self._job.id:
            page = self.verify_page if self.flow.step is Step.VERIFY else self.preview_page
            page.follow(job)

    def _keep(self, chosen: bool) -> None:
        self.flow.keep_present = chosen

    def _show_list(self) -> None:
        ChangesList(self.preview_page.changes, self).open()

    def _backup(self) -> Path:
        if self.flow.backup is None:
            raise RuntimeError("No backup was chosen.")
        return self.flow.backup

    def _now_text(self) -> str:
        if self._ledger is not None:
            return formats.date_time(self._ledger.now().astimezone(self._zone))
        return tr("Cannot be read") if self._replaces else tr("None yet")

    def _draw(self) -> None:
        flow = self.flow
        self.show_steps(words.step_views(flow, self._zone))
        self.set_hint("")
        self.set_buttons(
            words.next_text(flow),
            can_go_on=flow.can_go_on or flow.step is Step.DONE,
            can_go_back=flow.can_go_back,
            cancel_text="-" if flow.step is Step.DONE else "",
            by_enter=flow.step is not Step.PREVIEW,
        )
