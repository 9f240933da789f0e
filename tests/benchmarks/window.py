"""The window with a million purchases: jumps, keystrokes, select all, and that it never stops answering."""

from collections.abc import Iterator

from tests.benchmarks.harness import Benchmark, Result, process_figures
from tests.benchmarks.ledgers import HUGE, LARGE, SMALL, copy_of
from tests.benchmarks.start import nobodys_home

TASK = "import sys; from tests.benchmarks.in_window import main; main()"
TWO_FRAMES = 0.033
LONGEST_GAP = 0.05


def measured(task: str, rows: int) -> list[float]:
    """Run a task in a window of its own, and return its figures."""
    with copy_of(rows) as folder, nobodys_home() as home:
        return process_figures(TASK, task, str(folder), home["HOME"], environment=home)


def table(rounds: int) -> Iterator[Result]:
    """Jump, type and select in a table of a million rows. Each task repeats itself; `rounds` is not needed."""
    usual, longest, repaint = measured("jump", HUGE)
    yield Result(
        "jump to any row of 1,000,000",
        usual,
        baseline=repaint,
        against="painting the same page from memory",
        limit=TWO_FRAMES,
    )
    yield Result("the longest of 60 such jumps", longest)
    usual, longest = measured("keystroke", HUGE)
    yield Result("keystroke to filtered rows on the screen, 1,000,000", usual)
    yield Result("the longest of 5 such keystrokes", longest)
    selected, painted = measured("select", HUGE)
    yield Result("select all of 1,000,000", selected, limit=TWO_FRAMES)
    yield Result("painting with all selected", painted, limit=TWO_FRAMES)


def answering(rounds: int) -> Iterator[Result]:
    """The longest time that the event loop stood still while much went on in the background."""
    works = ("an export of 100,000 rows", "an import of 100,000 rows", "a bulk edit of 200,000 rows")
    for work, gap in zip(works, measured("watchdog", LARGE), strict=True):
        yield Result(f"longest stop of the window during {work}", gap, limit=LONGEST_GAP)
    adding, took, looking = measured("receipts", SMALL)
    yield Result("longest stop of the window while 2,000 receipts are added", adding, limit=LONGEST_GAP)
    yield Result("adding 2,000 receipts to one purchase", took)
    yield Result(
        "longest stop of the window while their previews are looked through", looking, limit=LONGEST_GAP
    )


BENCHMARKS = [Benchmark("table", table), Benchmark("answering", answering)]
