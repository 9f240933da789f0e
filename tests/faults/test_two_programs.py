"""Two programs at one ledger, one of them stopped while it writes, or dead: told in words, and nothing lost."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from app.services import backup
from app.services.ledger import open_ledger
from app.storage.errors import LedgerInUse
from tests.faults.conftest import Count, Tell
from tests.faults.harness import Rehearsal, judge, running
from tests.faults.staging import Stage, judge_stage
from tests.faults.tracing import warm_program

MOMENTS, SHORT_MOMENTS = 60, 2


def test_stopped_while_another_program_comes(
    rehearsals: Callable[[str], Rehearsal], tmp_path: Path, how_many: int | None, tell: Tell, count: Count
) -> None:
    rehearsal = rehearsals("edit")
    moments = SHORT_MOMENTS if how_many else MOMENTS
    for moment in range(moments):
        folder = rehearsal.copy(tmp_path / str(moment))
        with running("edit", folder) as (child, ended):
            assert child.said.readline() == "opened\n"
            for _ in range(moment % (len(rehearsal.states) - 2)):
                child.said.readline()
            child.send(signal.SIGSTOP)
            with pytest.raises(LedgerInUse, match=r"\.$"):
                open_ledger(folder)
            with pytest.raises(LedgerInUse, match=r"\.$"):
                backup.restore(folder / "any.counterfoil", folder)
            if moment % 2:
                child.send(signal.SIGCONT)
            else:
                child.send(signal.SIGKILL)
        acknowledged = len(rehearsal.states) - 1 if moment % 2 else None
        assert ended == ["", 0] if moment % 2 else ended[1] == -signal.SIGKILL
        if acknowledged is not None:
            judge(folder, rehearsal, acknowledged)
        else:
            open_ledger(folder).close()
    count("programs stopped", moments)
    tell(f"stopped at {moments} moments of edit: nobody else got in meanwhile, and nothing was lost")


def test_a_restore_that_is_stopped_keeps_others_out(stage: Stage, tmp_path: Path) -> None:
    tried = stage.copy(tmp_path / "stage")
    arguments = ["restore", str(tried.ledger), str(tried.place("restore"))]
    with warm_program().running("backup_child", arguments, home=tmp_path / "config") as (child, ended):
        assert child.said.readline() == "begun\n"
        while not (tried.ledger / "restoring").exists() and child.is_alive:
            continue
        child.send(signal.SIGSTOP)
        if (tried.ledger / "restoring").exists():
            with pytest.raises(LedgerInUse, match=r"\.$"):
                open_ledger(tried.ledger)
        child.send(signal.SIGCONT)
    assert ended == ["", 0]
    assert judge_stage("restore", tried)


def test_two_backups_to_one_folder_at_once(stage: Stage, tmp_path: Path) -> None:
    tried = stage.copy(tmp_path / "stage")
    arguments = ["folder", str(tried.ledger), str(tried.place("folder"))]
    lock = tried.place("folder") / "counterfoil-data" / "lock"
    with warm_program().running("backup_child", arguments, home=tmp_path / "config") as (child, ended):
        child.said.readline()
        child.send(signal.SIGSTOP)
        assert lock.exists()
        ledger = open_ledger(tried.ledger, read_only=True)
        try:
            made = backup.create(ledger, tried.place("folder"))
        except LedgerInUse as refusal:
            made = None
            said = str(refusal)
        finally:
            ledger.close()
        child.send(signal.SIGCONT)
    assert ended == ["", 0]
    good = [one for one in backup.listing(tried.place("folder")) if backup.verify(one.path).ok]
    assert len(good) == (2 if made is None else 3)
    assert made is not None or said.endswith(".")
