"""kill -9 at any moment: the ledger opens again and has a change whole or not at all."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.services import purchases
from app.services.ledger import is_ledger
from tests.faults.harness import (
    Rehearsal,
    failing,
    judge,
    run_to_end,
    running,
    spread,
    writing_calls,
)
from tests.helpers.ledgers import damage, opened


@pytest.mark.parametrize("work", ["edit", "import", "attach"])
def test_killed_at_any_moment(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals(work)
    source = Random(work)
    moments = how_many or 60
    whole = 0
    for moment in range(moments):
        folder = rehearsal.copy(tmp_path / str(moment))
        with running(work, folder) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "opened\n"
            acknowledged = 0
            for _ in range(source.randrange(len(rehearsal.states) - 1)):
                acknowledged += child.stdout.readline().startswith("stored")
            threading.Event().wait(source.random() * (0.5 if work == "import" else 0.02))
            child.kill()
            acknowledged += sum(line.startswith("stored") for line in child.communicate()[0].splitlines())
        whole += judge(folder, rehearsal, acknowledged)
    tell(
        f"kill -9 at {moments} random moments of {work}: {whole} had the change under way, {moments - whole} not"
    )


@pytest.mark.parametrize("work", ["edit", pytest.param("merge", marks=pytest.mark.long), "import", "attach"])
def test_killed_at_any_call_that_writes(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Callable[[str], None],
) -> None:
    rehearsal = rehearsals(work)
    calls = rehearsal.calls()
    tried = spread(calls, how_many)
    whole = 0
    for call, number in tried:
        folder = rehearsal.copy(tmp_path / f"{call}-{number}")
        outcome = run_to_end(work, folder, failing(call, f"signal=KILL:when={number}"))
        assert outcome.status == -signal.SIGKILL
        assert outcome.problems == []
        whole += judge(folder, rehearsal, outcome.acknowledged)
    tell(f"kill -9 at {len(tried)} of {len(calls)} writing calls of {work}: {whole} had the change under way")


def test_killed_while_a_ledger_is_made(
    tmp_path: Path, how_many: int | None, tell: Callable[[str], None]
) -> None:
    calls = writing_calls("create", tmp_path / "counted", tmp_path / "trace")
    tried = spread(calls, how_many)
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
    tell(f"kill -9 at {len(tried)} of {len(calls)} writing calls of making a ledger: {made} were made")
