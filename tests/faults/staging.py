"""A ledger that has moved on since its backups, and what may be left of it when a backup or a restore is cut off."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.services import backup, purchases
from app.storage.backup.recovery import JOURNAL, STAGING
from tests.helpers.backups import furnish, state, uploads
from tests.helpers.ledgers import Tables, bought, damage, new_ledger, opened

WORKS = ("create", "folder", "restore")
CRASHED = "crashed-ledger"

State = tuple[Tables, dict[str, bytes]]
"""Every row of a ledger, and every attached file."""


@dataclass
class Stage:
    """A ledger that has moved on since its backups, what it holds, and what the backups do."""

    folder: Path
    old: State
    new: State

    def copy(self, folder: Path, *, crashed: bool = False) -> "Stage":
        """Return a copy; a crashed one is as a program leaves it that was killed: its log is not in the database."""
        shutil.copytree(self.folder, folder)
        if not crashed:
            shutil.rmtree(folder / CRASHED)
            return Stage(folder, self.old, self.new)
        shutil.rmtree(folder / "ledger")
        (folder / CRASHED).rename(folder / "ledger")
        return Stage(folder, self.old, self.new)

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger"

    def place(self, work: str) -> Path:
        """Return what the child is given beside the ledger."""
        return (
            self.folder
            / {"create": "made.counterfoil", "folder": "backups", "restore": "mine.counterfoil"}[work]
        )


def make_stage(folder: Path) -> Stage:
    """Make a stage in an empty folder."""
    with new_ledger(folder / "ledger") as ledger:
        furnish(ledger, folder / "receipts")
        backup.create(ledger, folder / "mine.counterfoil")
        backup.create(ledger, folder / "backups")
    new = state(folder / "ledger")
    # One attachment is lost, so that the restore has one to bring back.
    next((folder / "ledger" / "uploads").rglob("?" * 64)).unlink()
    with opened(folder / "ledger") as ledger:
        ledger.run(purchases.add(bought("Newcomer")))
        shutil.copytree(folder / "ledger", folder / CRASHED, ignore=shutil.ignore_patterns("*-shm", "lock"))
    assert (folder / CRASHED / "counterfoil.db-wal").stat().st_size
    return Stage(folder, state(folder / "ledger"), new)


def judge_stage(work: str, stage: Stage) -> bool:
    """Check what was left behind, and tell whether the work was done."""
    if work == "restore":
        with opened(stage.ledger) as ledger:
            assert damage(ledger) == [] or not_all_there(stage)
        found = state(stage.ledger)
        assert not (stage.ledger / JOURNAL).exists()
        assert not (stage.ledger / STAGING).exists()
        done = bool(found[0] == stage.new[0])
        assert done or found[0] == stage.old[0], "neither the old ledger nor the new one"
        assert set(found[1].items()) >= set((stage.new if done else stage.old)[1].items())
        for point in backup.restore_points(stage.ledger):
            assert backup.verify(point).ok
        return done
    assert state(stage.ledger) == stage.old
    good = [one for one in backup.listing(stage.folder / "backups") if backup.verify(one.path).ok]
    assert len(good) == len(backup.listing(stage.folder / "backups")) >= 1
    if work == "folder":
        # One whose last flush failed is told as not made, and made again.
        return len(good) > 1
    target = stage.place("create")
    assert not target.exists() or backup.verify(target).ok
    return target.exists()


def not_all_there(stage: Stage) -> bool:
    """Tell whether the ledger is the old one, which lacks an attachment."""
    return len(uploads(stage.ledger)) < len(stage.new[1])
