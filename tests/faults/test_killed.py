"""kill -9 at any moment: the ledger opens again and has a change whole or not at all."""

import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.services import purchases
from app.services.ledger import is_ledger
from tests.faults.harness import Rehearsal, judge, run_to_end, running, writing_calls
from tests.faults.tracing import failing, needs_strace, spread
from tests.helpers.ledgers import damage, opened

LONGEST_WAIT = {"import": 0.5, "migrate": 0.3}
"""How long a kill waits at most, in seconds; the other works end sooner."""


@pytest.mark.parametrize("work", ["edit", "import", "attach", "migrate"])
def test_killed_at_any_moment(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
    count: Callable[[str, int], None],
) -> None:
    rehearsal = rehearsals(work)
    source = Random(work)
    moments = how_many or 100
    whole = 0
    for moment in range(moments):
        folder = rehearsal.copy(tmp_path / str(moment))
        with running(work, folder) as (child, ended):
            if work != "migrate":
                assert child.said.readline() == "opened\n"
            acknowledged = 0
            for _ in range(source.randrange(max(1, len(rehearsal.states) - 1))):
                acknowledged += child.said.readline().startswith("stored")
            threading.Event().wait(source.random() * LONGEST_WAIT.get(work, 0.02))
            child.send(signal.SIGKILL)
            acknowledged += sum(line.startswith("stored") for line in child.said)
        assert ended in (["", -signal.SIGKILL], ["", 0])
        whole += judge(folder, rehearsal, acknowledged)
        shutil.rmtree(folder)
    count("kills", moments)
    tell(
        f"kill -9 at {moments} random moments of {work}: {whole} had the change under way, {moments - whole} not"
    )


@needs_strace
@pytest.mark.parametrize(
    "work", ["edit", pytest.param("merge", marks=pytest.mark.long), "import", "attach", "migrate"]
)
def test_killed_at_any_call_that_writes(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
    count: Callable[[str, int], None],
) -> None:
    rehearsal = rehearsals(work)
    calls = rehearsal.calls()
    tried = spread(calls, how_many)
    whole = missed = 0
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / f"{call}-{number}")
        outcome = run_to_end(work, folder, failing(call, f"signal=KILL:when={number}"))
        missed += not outcome.was_killed
        assert (outcome.problems, outcome.complained) == ([], "")
        whole += judge(folder, rehearsal, outcome.acknowledged)
        shutil.rmtree(folder)
    count("kills", len(tried) - missed)
    count("system calls", len(tried) - missed)
    assert missed <= len(tried) // 10, "the calls are not the same from run to run"
    tell(
        f"kill -9 at {len(tried)} of {len(calls)} writing calls of {work}:"
        f" {whole} had the change under way, {missed} not reached"
    )


@needs_strace
def test_killed_while_a_ledger_is_made(
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
    count: Callable[[str, int], None],
) -> None:
    calls = writing_calls("create", tmp_path / "counted", tmp_path / "trace")
    tried = spread(calls, how_many and 1)
    made = 0
    for call, number in tried:
        folder = tmp_path / f"{call}-{number}"
        run_to_end("create", folder, failing(call, f"signal=KILL:when={number}"))
        made += is_ledger(folder)
        if not is_ledger(folder):
            assert run_to_end("create", folder).status == 0
        with opened(folder) as ledger:
            assert damage(ledger) == []
            assert purchases.count(ledger) == 66
        shutil.rmtree(folder)
    count("kills", len(tried))
    count("system calls", len(tried))
    tell(f"kill -9 at {len(tried)} of {len(calls)} writing calls of making a ledger: {made} were made")
