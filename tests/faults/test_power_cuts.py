"""A power cut at any moment, with whatever was not flushed yet lost or half there: what was acknowledged is there."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.services.ledger import EnvironmentProblem
from tests.faults.conftest import Count, Tell
from tests.faults.harness import Rehearsal, judge
from tests.faults.power import Flush, Recording, photograph
from tests.faults.power_trace import options, recorded
from tests.faults.staging import WORKS, Stage, judge_stage
from tests.faults.tracing import needs_strace, warm_program

pytestmark = needs_strace

IMAGES, SHORT_IMAGES = 300, 6
LEDGER_WORKS = ("edit", "import", "attach", "migrate")


def record(program: str, work: str, arguments: list[str], folder: Path, beside: Path) -> Recording:
    """Do a piece of work in a folder, and return its recording."""
    before = photograph(folder)
    trace = beside / "trace"
    outcome = warm_program().run(program, [work, *arguments], options(trace), beside / "config")
    assert (outcome.status, outcome.problems, outcome.complained) == (0, [], "")
    made = recorded(folder, trace, before)
    trace.unlink()
    _whole, said = made.cut(len(made.steps), Random(0))
    assert said == outcome.said
    return made


@pytest.mark.parametrize("work", LEDGER_WORKS)
def test_a_ledger(
    work: str,
    rehearsals: Callable[[str], Rehearsal],
    tmp_path: Path,
    how_many: int | None,
    tell: Tell,
    count: Count,
) -> None:
    rehearsal = rehearsals(work)
    folder = rehearsal.copy(tmp_path / "recorded")
    recording = record("child", work, [str(folder)], folder, tmp_path)
    source = Random(work)
    images = SHORT_IMAGES if how_many else IMAGES
    whole = 0
    for number in range(images):
        disk, said = recording.cut(source.randint(0, len(recording.steps)), source)
        image = tmp_path / str(number)
        disk.put(image)
        whole += judge(image, rehearsal, sum(line.startswith("stored") for line in said))
        shutil.rmtree(image)
    count("images after power cuts", images)
    tell(f"power cut in {images} ways during {work}: {whole} had the change under way, nothing lost")


@pytest.mark.parametrize("work", WORKS)
def test_a_backup(
    work: str, stage: Stage, tmp_path: Path, how_many: int | None, tell: Tell, count: Count
) -> None:
    # As a program leaves it that was killed: with a log beside the database.
    before = stage.copy(tmp_path / "recorded", crashed=True)
    arguments = [str(before.ledger), str(before.place(work))]
    recording = record("backup_child", work, arguments, before.folder, tmp_path)
    source = Random(work)
    images = SHORT_IMAGES if how_many else IMAGES
    done = 0
    for number in range(images):
        disk, said = recording.cut(source.randint(0, len(recording.steps)), source)
        image = Stage(tmp_path / str(number), stage.old, stage.new)
        disk.put(image.folder)
        is_done = judge_stage(work, image)
        assert is_done or "done" not in said, "it was said to be done"
        done += is_done
        shutil.rmtree(image.folder)
    count("images after power cuts", images)
    tell(f"power cut in {images} ways during {work}: {done} were done, nothing lost")


def test_what_was_never_flushed_would_be_missed(
    rehearsals: Callable[[str], Rehearsal], tmp_path: Path
) -> None:
    """The simulation itself: with a program that never flushes, it finds what is lost."""
    rehearsal = rehearsals("edit")
    folder = rehearsal.copy(tmp_path / "recorded")
    recording = record("child", "edit", [str(folder)], folder, tmp_path)
    careless = Recording(recording.before, [step for step in recording.steps if not isinstance(step, Flush)])
    source = Random(1)
    lost = 0
    for number in range(8):
        disk, said = careless.cut(len(careless.steps), source)
        disk.put(tmp_path / str(number))
        acknowledged = sum(line.startswith("stored") for line in said)
        try:
            judge(tmp_path / str(number), rehearsal, acknowledged)
        except (AssertionError, EnvironmentProblem):
            lost += 1
    assert lost
