"""The restore wizard as a state machine without Qt: where one is, what is known, what may come next.

Pages draw it and tell it what the user chose. What takes time (verifying, the rehearsal, the restore) is done
elsewhere, and its result is handed in with the `take_` methods. Whatever changes what would be restored makes results
that were begun before invalid, so that nothing is restored that was not shown.
"""

from enum import StrEnum
from pathlib import Path

from app.services.backup.rehearsing import Rehearsal
from app.services.backup.restoring import Restored
from app.services.backup.verifying import Verified


class Step(StrEnum):
    """The steps of the wizard, in their order."""

    CHOOSE = "choose"
    VERIFY = "verify"
    PREVIEW = "preview"
    RESTORE = "restore"
    DONE = "done"


STEPS = (Step.CHOOSE, Step.VERIFY, Step.PREVIEW, Step.RESTORE)
"""The steps that are listed; being done is the end of the last one."""


class WrongStep(RuntimeError):
    """The flow was told something that its step does not allow: a mistake in the program."""


class RestoreFlow:
    """One walk through the wizard. `target` is the folder of the ledger that is replaced, or where it will be."""

    def __init__(self, target: Path) -> None:
        self.step = Step.CHOOSE
        self.target = target
        self.backup: Path | None = None
        self.passphrase: str | None = None
        self.locked = False
        """Whether the backup can only be opened with a passphrase."""
        self.verified: Verified | None = None
        self.rehearsal: Rehearsal | None = None
        self.keep_present = True
        """Whether the backup of the present state, which every restore makes first, is kept afterwards."""
        self.restored: Restored | None = None
        self.revision = 0
        """Changes whenever a result that is on its way would no longer be true."""

    # -- choosing

    def choose(self, backup: Path | None) -> None:
        """Take another backup, None for none; nothing is known of it yet."""
        self._be_before_restore()
        self.backup = backup
        self.locked = False
        self.passphrase = None
        self._changed()

    def ask_passphrase(self) -> None:
        """Return to the first step: the backup is locked, and no passphrase or a wrong one was given."""
        self._be_before_restore()
        self.locked = True
        self.passphrase = None
        self._changed()
        self.step = Step.CHOOSE

    def set_passphrase(self, passphrase: str) -> None:
        """Take what was typed, "" for nothing."""
        self._be_before_restore()
        if (passphrase or None) != self.passphrase:
            self.passphrase = passphrase or None
            self._changed()

    def set_target(self, folder: Path) -> None:
        """Say where the ledger goes."""
        self._be_before_restore()
        if folder != self.target:
            self.target = folder
            self._changed()

    def refuse(self) -> None:
        """Return to the first step: the backup cannot be used."""
        self._be_before_restore()
        self._changed()
        self.step = Step.CHOOSE

    # -- what was found

    def take_verified(self, verified: Verified, revision: int) -> bool:
        """Take what verifying found; tells whether it is still true and good enough to go on."""
        if revision != self.revision or self.step is not Step.VERIFY or not verified.ok:
            return False
        self.verified = verified
        return True

    def take_rehearsal(self, rehearsal: Rehearsal, revision: int) -> bool:
        """Take the result of a rehearsal that began at a revision; tells whether it is still true."""
        if revision != self.revision or self.step is not Step.PREVIEW:
            return False
        self.rehearsal = rehearsal
        return True

    # -- the restore

    def stop(self) -> None:
        """Return from a restore that was cancelled or failed; nothing was changed by it."""
        if self.step is not Step.RESTORE:
            raise WrongStep("No restore runs.")
        self.step = Step.PREVIEW

    def take_restored(self, restored: Restored) -> None:
        """End with what the restore did."""
        if self.step is not Step.RESTORE:
            raise WrongStep("No restore runs.")
        self.restored = restored
        self.step = Step.DONE

    # -- moving

    @property
    def can_go_on(self) -> bool:
        """Whether this step has all that it needs."""
        if self.step is Step.CHOOSE:
            return self.backup is not None and (not self.locked or self.passphrase is not None)
        if self.step is Step.VERIFY:
            return self.verified is not None
        return self.step is Step.PREVIEW and self.rehearsal is not None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step before that can be changed."""
        return self.step in (Step.VERIFY, Step.PREVIEW)

    def next(self) -> Step:
        """Go to the next step."""
        if not self.can_go_on:
            raise WrongStep(f"The step {self.step.value!r} is not complete.")
        self.step = STEPS[STEPS.index(self.step) + 1]
        return self.step

    def back(self) -> Step:
        """Go back to what can be chosen; verifying is no place to stay at."""
        if not self.can_go_back:
            raise WrongStep(f"There is no way back from {self.step.value!r}.")
        self.step = Step.CHOOSE
        return self.step

    def can_reach(self, step: Step) -> bool:
        """Tell whether one can go to a step directly."""
        return step is Step.CHOOSE and self.can_go_back

    def _changed(self) -> None:
        self.revision += 1
        self.verified = None
        self.rehearsal = None

    def _be_before_restore(self) -> None:
        if self.step in (Step.RESTORE, Step.DONE):
            raise WrongStep("The restore has begun.")
