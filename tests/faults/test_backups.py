"""Backups and restores that are killed or fail at any system call: the old ledger is there, or the new one."""

import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.services import backup, purchases
from app.storage.backup.recovery import JOURNAL, STAGING
from tests.faults.backup_child import BEGIN, END
from tests.faults.harness import ROOT, failing, spread
from tests.helpers.backups import furnish, state, uploads
from tests.helpers.ledgers import bought, damage, new_ledger, opened

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
CALLS = (
    *("openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate"),
    *("rename", "unlink", "mkdir", "rmdir", "chmod", "getdents64"),
)
"""What touches files; a call of another sort cannot leave anything half-done."""

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
WORKS = ("create", "folder", "restore")
Tell = Callable[[str], None]


@dataclass
class Stage:
    """A ledger that has moved on since its backups, what it holds, and what the backups do."""

    folder: Path
    old: Any
    new: Any

    def copy(self, folder: Path) -> "Stage":
        shutil.copytree(self.folder, folder)
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


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("stage")
    with new_ledger(folder / "ledger") as ledger:
        furnish(ledger, folder / "receipts")
        backup.create(ledger, folder / "mine.counterfoil")
        backup.create(ledger, folder / "backups")
    new = state(folder / "ledger")
    with opened(folder / "ledger") as ledger:
        ledger.run(purchases.add(bought("Newcomer")))
    # One attachment is lost, so that the restore has one to bring back.
    next((folder / "ledger" / "uploads").rglob("?" * 64)).unlink()
    return Stage(folder, state(folder / "ledger"), new)


def run(work: str, stage: Stage, strace: Sequence[str] = ()) -> "subprocess.CompletedProcess[str]":
    traced = ["strace", "-qqq", *strace] if strace else []
    command = [*traced, sys.executable, "-m", "tests.faults.backup_child", work]
    return subprocess.run(
        [*command, str(stage.ledger), str(stage.place(work))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def calls(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[tuple[str, int]]]:
    """The system calls by which each work touches files, as strace counts them."""
    known: dict[str, list[tuple[str, int]]] = {}

    def get(work: str) -> list[tuple[str, int]]:
        if work not in known:
            place = tmp_path_factory.mktemp("counted")
            trace = place / "trace"
            followed = ",".join([*CALLS, "newfstatat", "stat"])
            outcome = run(work, stage.copy(place / "stage"), ["-o", str(trace), "-e", f"trace={followed}"])
            assert outcome.stdout == "begun\ndone\n", outcome.stderr
            known[work] = between_marks(trace.read_text(errors="replace").splitlines())
        return known[work]

    return get


def between_marks(lines: Sequence[str]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    inside = False
    for line in lines:
        match = _CALL.match(line)
        if match is None:
            continue
        seen[match.group(1)] += 1
        if BEGIN in line:
            inside = True
        elif END in line:
            break
        elif inside and match.group(1) in CALLS:
            found.append((match.group(1), seen[match.group(1)]))
    assert found
    return found


def judge(work: str, stage: Stage) -> bool:
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
        return len(good) == 2
    target = stage.place("create")
    assert not target.exists() or backup.verify(target).ok
    return target.exists()


def not_all_there(stage: Stage) -> bool:
    """Tell whether the ledger is the old one, which lacks an attachment."""
    return len(uploads(stage.ledger)) < len(stage.new[1])


@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_moment(
    work: str, stage: Stage, tmp_path: Path, how_many: int | None, tell: Tell
) -> None:
    moments = how_many or 70
    source = Random(work)
    done = 0
    for moment in range(moments):
        tried = stage.copy(tmp_path / str(moment))
        child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.faults.backup_child",
                work,
                str(tried.ledger),
                str(tried.place(work)),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            threading.Event().wait(source.random() * (0.1 if work == "restore" else 0.03))
        finally:
            child.kill()
            child.communicate()
        done += judge(work, tried)
        again = "made again" if work == "create" and tried.place(work).exists() else run(work, tried).stdout
        assert again in ("made again", "begun\ndone\n")
    tell(f"kill -9 at {moments} random moments of {work}: {done} were done, {moments - done} not")


@needs_strace
@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_call(
    work: str,
    stage: Stage,
    calls: Callable[[str], list[tuple[str, int]]],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
) -> None:
    tried = spread(calls(work), how_many)
    done = missed = 0
    for call, number in tried:
        copy = stage.copy(tmp_path / f"{call}-{number}")
        outcome = run(work, copy, failing(call, f"signal=KILL:when={number}"))
        if outcome.returncode == -signal.SIGKILL and outcome.stdout:
            done += judge(work, copy)
        else:
            missed += 1
        shutil.rmtree(copy.folder)
    tell(f"kill -9 at {len(tried)} of {len(calls(work))} calls of {work}: {done} were done, {missed} missed")
    assert missed <= len(tried) // 4, "the calls are not the same from run to run"


@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", pytest.param("EIO", marks=pytest.mark.long)])
@pytest.mark.parametrize("work", WORKS)
def test_failing_at_any_call(
    work: str,
    error: str,
    stage: Stage,
    calls: Callable[[str], list[tuple[str, int]]],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
) -> None:
    writing = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "openat", "mkdir", "rename"}
    possible = [call for call in calls(work) if error == "EIO" or call[0] in writing]
    tried = spread(possible, how_many)
    told = missed = 0
    for call, number in tried:
        copy = stage.copy(tmp_path / f"{call}-{number}")
        outcome = run(work, copy, failing(call, f"error={error}:when={number}"))
        if not outcome.stdout:
            missed += 1
            continue
        assert outcome.returncode == 0, f"{call} {number}: {outcome.stderr}"
        said = outcome.stdout.splitlines()[-1]
        assert said.startswith(("done", "problem ")), said
        done = judge(work, copy)
        assert done or said != "done", "it was said to be done"
        told += said != "done"
        shutil.rmtree(copy.folder)
    tell(
        f"{error} at {len(tried)} of {len(possible)} calls of {work}: {told} told, {missed} missed, nothing lost"
    )
    assert missed <= len(tried) // 4, "the calls are not the same from run to run"
