"""Opening and making ledgers, on a worker thread: what is slow or can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.profile import Profile
from app.services import job_history, settings
from app.services.ledger import (
    Ledger,
    LedgerInUse,
    NoLedger,
    create_ledger,
    is_ledger,
    open_ledger,
)
from app.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger that is open now, with its settings, and the kinds of jobs that the end of the program cut off."""

    ledger: Ledger
    values: Mapping[str, Any]
    interrupted: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AlreadyOpen:
    """The ledger is open in another window, which has come to the front."""

    path: Path


Outcome = Opened | AlreadyOpen


def open_here(path: Path, backup: Path | None = None) -> Outcome:
    """Open the ledger in a folder. Raises `EnvironmentProblem`.

    When another window has it, that window is asked to come to the front, and to restore `backup` where one is
    given; only when it does not answer is the ledger in use a problem for the user.
    """
    if not is_ledger(path):
        raise NoLedger(
            tr("There is no ledger in {path}. Choose a folder that holds a file counterfoil.db.").format(
                path=path
            )
        )
    try:
        ledger = open_ledger(path)
    except LedgerInUse:
        from app.ui.single_instance import call_window

        if call_window(path, backup):
            return AlreadyOpen(path)
        raise
    try:
        interrupted = job_history.mark_interrupted(ledger)
        job_history.follow(ledger)
        return Opened(ledger, settings.read_all(ledger), interrupted)
    except BaseException:
        ledger.close()
        raise


def create_and_open(path: Path, profile: Profile) -> Outcome:
    """Make a ledger in a folder and open it. Raises `Refused` and `EnvironmentProblem`."""
    create_ledger(path, profile)
    return open_here(path)


def open_sample(path: Path) -> Outcome:
    """Open the sample ledger, which is made first when it is not there. Raises `EnvironmentProblem`."""
    if not is_ledger(path):
        from app.services.sample import make_sample

        make_sample(path)
    return open_here(path)
