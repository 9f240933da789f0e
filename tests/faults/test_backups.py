"""Backups and restores that are killed or fail at any system call: the old ledger is there, or the new one."""

import shutil
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import Count, Tell
from tests.faults.staging import WORKS, Stage, judge_stage
from tests.faults.tracing import (
    CHANGING_CALLS,
    FILE_CALLS,
    Call,
    Outcome,
    calls_of_all,
    failing,
    following,
    needs_strace,
    spread,
    warm_program,
)

SHORT_SAMPLE = 8


def run(work: str, stage: Stage, strace: Sequence[str] = ()) -> Outcome:
    arguments = [work, str(stage.ledger), str(stage.place(work))]
    return warm_program().run("backup_child", arguments, strace, stage.folder / "config")


@pytest.fixture(scope="module")
def calls(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Call]]:
    """The system calls by which each work touches files, as strace counts them."""
    known: dict[str, list[Call]] = {}

    def get(work: str) -> list[Call]:
        if work not in known:
            place = tmp_path_factory.mktemp("counted")
            outcome = run(work, stage.copy(place / "stage"), following(FILE_CALLS, place / "trace"))
            assert outcome.said == ["begun", "done"], outcome
            known[work] = calls_of_all(place / "trace")
        return known[work]

    return get


@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_moment(
    work: str, stage: Stage, tmp_path: Path, how_many: int | None, tell: Tell, count: Count
) -> None:
    moments = how_many or 100
    source = Random(work)
    done = 0
    for moment in range(moments):
        tried = stage.copy(tmp_path / str(moment))
        arguments = [work, str(tried.ledger), str(tried.place(work))]
        with warm_program().running("backup_child", arguments, home=tried.folder / "config") as (
            child,
            _ended,
        ):
            assert child.said.readline() == "begun\n"
            threading.Event().wait(source.random() * 0.3)
            child.send(signal.SIGKILL)
        done += judge_stage(work, tried)
        if work != "create" or not tried.place(work).exists():
            assert run(work, tried).said == ["begun", "done"]
        shutil.rmtree(tried.folder)
    count("kills", moments)
    tell(f"kill -9 at {moments} random moments of {work}: {done} were done, {moments - done} not")


@needs_strace
@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_call(
    work: str,
    stage: Stage,
    calls: Callable[[str], list[Call]],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
    count: Count,
) -> None:
    tried = spread(calls(work), how_many and SHORT_SAMPLE)
    done = missed = 0
    for call, number in tried:
        copy = stage.copy(tmp_path / f"{call}-{number}")
        outcome = run(work, copy, failing(call, f"signal=KILL:when={number}"))
        assert (outcome.problems, outcome.complained) == ([], "")
        missed += not outcome.was_killed
        done += judge_stage(work, copy)
        shutil.rmtree(copy.folder)
    count("kills", len(tried) - missed)
    count("system calls", len(tried) - missed)
    tell(
        f"kill -9 at {len(tried)} of {len(calls(work))} calls of {work}: {done} were done, {missed} not reached"
    )
    assert missed <= len(tried) // 10, "the calls are not the same from run to run"


@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("work", WORKS)
def test_failing_at_any_call(
    work: str,
    error: str,
    stage: Stage,
    calls: Callable[[str], list[Call]],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
    count: Count,
) -> None:
    possible = [call for call in calls(work) if error == "EIO" or call[0] in CHANGING_CALLS]
    tried = spread(possible, how_many and SHORT_SAMPLE)
    told = 0
    for call, number in tried:
        copy = stage.copy(tmp_path / f"{call}-{number}")
        outcome = run(work, copy, failing(call, f"error={error}:when={number}"))
        assert (outcome.status, outcome.complained) == (0, ""), f"{call} {number}"
        # What failed once works when it is tried again, without a new start.
        assert outcome.said[-1] == "done", f"{call} {number}: {outcome.said}"
        assert all(problem.endswith(".") for problem in outcome.problems)
        assert judge_stage(work, copy), "it was said to be done"
        told += bool(outcome.problems)
        shutil.rmtree(copy.folder)
    count("system calls", len(tried))
    tell(
        f"{error} at {len(tried)} of {len(possible)} calls of {work}: {told} told, done when tried again, nothing lost"
    )


@needs_strace
@pytest.mark.parametrize("work", WORKS)
def test_a_disk_that_stays_full(
    work: str,
    stage: Stage,
    calls: Callable[[str], list[Call]],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
    count: Count,
) -> None:
    possible = [call for call in calls(work) if call[0] in ("write", "pwrite64")]
    tried = spread(possible, how_many)
    told = 0
    for call, number in tried:
        copy = stage.copy(tmp_path / f"{call}-{number}")
        outcome = run(work, copy, failing(call, f"error=ENOSPC:when={number}+"))
        assert (outcome.status, outcome.complained) == (0, ""), f"{call} {number}"
        told += bool(outcome.problems)
        done = judge_stage(work, copy)
        assert done or outcome.said[-1] != "done", "it was said to be done"
        shutil.rmtree(copy.folder)
    count("system calls", len(tried))
    tell(f"disk full from {len(tried)} of {len(possible)} writes of {work} on: {told} told, nothing lost")
