"""A disk that is full, gives errors or may only be read: told in words, and everything works again after it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.services import attachments
from app.services.jobs import JobContext
from tests.faults.harness import (
    Rehearsal,
    judge,
    migration_calls,
    only_in,
    rehearse,
    run_to_end,
    state_of,
    writing_calls,
)
from tests.faults.tracing import CHANGING_CALLS, failing, needs_strace, spread
from tests.helpers.ledgers import damage, opened

pytestmark = needs_strace

SENTENCES = {
    "ENOSPC": ("DiskFull", "is full. Nothing was changed; free some space and try again."),
    "EIO": ("DiskFailure", "gave an error. Check the disk and open the ledger again."),
}


@pytest.mark.parametrize(
    ("work", "error"),
    [
        ("edit", "ENOSPC"),
        pytest.param("import", "ENOSPC", marks=pytest.mark.long),
        pytest.param("import", "EIO", marks=pytest.mark.long),
        ("edit", "EIO"),
    ],
)
def test_a_write_that_fails_once_is_told_and_works_when_tried_again(
    work: str,
    error: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals(work)
    calls = [(call, number) for call, number in rehearsal.calls() if call != "unlink"]
    told = 0
    tried = spread(calls, how_many)
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / f"{call}-{number}")
        outcome = run_to_end(work, folder, failing(call, f"error={error}:when={number}"))
        assert (outcome.status, outcome.complained) == (0, "")
        # SQLite says only of a write whether the disk was full.
        kind, sentence = SENTENCES[error if call == "pwrite64" else "EIO"]
        assert all(problem.startswith(f"problem {kind}") for problem in outcome.problems)
        assert all(problem.endswith(sentence) for problem in outcome.problems)
        assert outcome.acknowledged == len(rehearsal.states) - 1
        told += bool(outcome.problems)
        with opened(folder) as ledger:
            assert damage(ledger) == []
            assert state_of(ledger) == rehearsal.states[-1]
    tell(
        f"{error} at {len(tried)} of {len(calls)} writing calls of {work}: {told} told, nothing lost or done twice"
    )


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_file_that_cannot_be_written_is_told_and_attached_when_tried_again(
    error: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals("attach")
    calls = [(call, number) for call, number in rehearsal.calls() if call != "unlink"]
    told = 0
    tried = spread(calls, how_many)
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / f"{call}-{number}")
        outcome = run_to_end("attach", folder, failing(call, f"error={error}:when={number}"))
        assert (outcome.status, outcome.complained) == (0, "")
        for problem in outcome.problems:
            # SQLite says only of a write whether the disk was full.
            assert problem.startswith(("problem DiskFull: ", "problem DiskFailure: "))
            assert problem.endswith(
                (*(sentence for _, sentence in SENTENCES.values()), "the disk and try again.")
            )
        told += bool(outcome.problems)
        assert not list((folder / "uploads").glob(".*"))
        with opened(folder) as ledger:
            assert damage(ledger) == []
            assert attachments.verify_all(ledger, JobContext()) == []
            assert state_of(ledger) == rehearsal.states[-1]
    tell(
        f"{error} at {len(tried)} of {len(calls)} calls of attach: {told} told, nothing lost, nothing left behind"
    )


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_migration_that_fails_is_told_and_done_when_tried_again(
    error: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
    count: Callable[[str, int], None],
) -> None:
    rehearsal = rehearsals("migrate")
    counted = migration_calls(rehearsal.copy(tmp_path / "counted"), tmp_path / "trace")
    calls = [(call, number) for call, number in counted if error == "EIO" or call in CHANGING_CALLS]
    told = 0
    tried = spread(calls, how_many and 8)
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / f"{call}-{number}")
        fault = failing(call, f"error={error}:when={number}")
        outcome = run_to_end("migrate", folder, [*fault, *only_in(folder)])
        assert (outcome.status, outcome.complained) == (0, ""), f"{call} {number}: {outcome}"
        assert all(problem.endswith(".") for problem in outcome.problems)
        assert outcome.said[-2:] == ["opened", "closed"]
        told += bool(outcome.problems)
        judge(folder, rehearsal, 0)
        shutil.rmtree(folder)
    count("system calls", len(tried))
    tell(f"{error} at {len(tried)} of {len(calls)} calls of migrate: {told} told, done when tried again")


@pytest.mark.parametrize("call", ["write", "pwrite64", "mkdir", "rename"])
def test_a_disk_that_stays_full_leaves_the_files_that_were_attached(
    call: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals("attach")
    calls = [one for one in rehearsal.calls() if one[0] == call]
    stopped = 0
    tried = spread(calls, how_many and 1)
    for _, number in tried:
        folder = rehearsal.copy(tmp_path / str(number))
        outcome = run_to_end("attach", folder, failing(call, f"error=ENOSPC:when={number}+"))
        assert outcome.complained == ""
        stopped += outcome.status == 1
        judge(folder, rehearsal, outcome.acknowledged)
    tell(f"disk full from {len(tried)} of {len(calls)} {call} of attach on: {stopped} stopped, nothing lost")


@pytest.mark.parametrize("work", ["edit", pytest.param("import", marks=pytest.mark.long)])
def test_a_disk_that_stays_full_leaves_what_was_acknowledged(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals(work)
    calls = [(call, number) for call, number in rehearsal.calls() if call == "pwrite64"]
    stopped = 0
    tried = spread(calls, how_many)
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / str(number))
        outcome = run_to_end(work, folder, failing(call, f"error=ENOSPC:when={number}+"))
        assert outcome.complained == ""
        stopped += outcome.status == 1
        assert not judge(folder, rehearsal, outcome.acknowledged)
    tell(f"disk full from {len(tried)} of {len(calls)} writes of {work} on: {stopped} stopped, nothing lost")


@pytest.mark.parametrize("error", ["EROFS", pytest.param("EACCES", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", ["lock", "counterfoil.db", "counterfoil.db-wal"])
def test_a_folder_that_may_only_be_read_is_told_in_words(
    name: str, error: str, rehearsals: Callable[[str], Rehearsal], tmp_path: Path
) -> None:
    rehearsal = rehearsals("edit")
    folder = rehearsal.copy(tmp_path / "ledger")
    outcome = run_to_end(
        "edit", folder, [*failing("openat", f"error={error}:when=1+"), "-P", str(folder / name)]
    )
    assert (outcome.status, outcome.complained) == (1, "")
    assert len(outcome.problems) > 0
    for problem in outcome.problems:
        assert problem.startswith("problem NotWritable: ")
        assert str(folder) in problem
        assert problem.endswith(".")
    assert not judge(folder, rehearsal, outcome.acknowledged)


@pytest.mark.parametrize(("call", "error"), [("mkdir", "EROFS"), ("mkdir", "ENOSPC")])
def test_a_ledger_that_cannot_be_made_is_told_in_words(call: str, error: str, tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    outcome = run_to_end("create", folder, [*failing(call, f"error={error}:when=1+"), "-P", str(folder)])
    assert (outcome.status, outcome.complained) == (1, "")
    assert all(str(folder) in problem for problem in outcome.problems)
    assert not folder.exists()


def test_a_disk_that_fills_up_while_a_ledger_is_made_leaves_none(
    tmp_path: Path, how_many: int | None, tell: Callable[[str], None]
) -> None:
    calls = writing_calls("create", tmp_path / "counted", tmp_path / "trace")
    writes = [number for call, number in calls if call == "pwrite64"]
    tried = spread([("pwrite64", number) for number in writes], how_many and 1)
    for call, number in tried:
        folder = tmp_path / str(number)
        outcome = run_to_end("create", folder, failing(call, f"error=ENOSPC:when={number}+"))
        assert outcome.complained == ""
        assert outcome.problems == [] or all("is full" in problem for problem in outcome.problems)
        assert bool(outcome.acknowledged) == (folder / "counterfoil.db").exists()
        assert not list(folder.glob(".*"))
    tell(f"disk full from {len(tried)} of {len(writes)} writes of making a ledger on: whole or not there")


def test_rehearsing_gives_the_same_states_every_time(tmp_path: Path) -> None:
    first, second = (rehearse("edit", tmp_path / name) for name in ("first", "second"))
    assert first.states == second.states
    assert len({str(state) for state in first.states}) > len(first.states) // 2
