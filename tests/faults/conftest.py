"""What was tried and what came of it is printed at the end of the run."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.faults.harness import Rehearsal, rehearse
from tests.faults.staging import Stage, make_stage
from tests.faults.tracing import warm_program

SHORT_POINTS = 3

Tell = Callable[[str], None]
Count = Callable[[str, int], None]

_LINES = pytest.StashKey[list[str]]()
_COUNTS = pytest.StashKey[Counter[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Add a line to the summary of the run: what was tried, how often, and what came of it."""
    return request.config.stash.setdefault(_LINES, []).append


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    """Add to a sum that the summary ends with: kills, system calls, images, archives, flips."""
    counts = request.config.stash.setdefault(_COUNTS, Counter())

    def add(what: str, how_many: int) -> None:
        counts[what] += how_many

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(_LINES, [])
    if not lines:
        return
    terminalreporter.section("faults")
    for line in lines:
        terminalreporter.line(line)
    counts = config.stash.get(_COUNTS, Counter())
    terminalreporter.line("in all: " + ", ".join(f"{counts[what]:,} {what}" for what in sorted(counts)))


@pytest.fixture(scope="session", autouse=True)
def _warm_program_ends() -> Iterator[None]:
    """End the warm program, if any test asked for it."""
    yield
    if warm_program.cache_info().currsize:
        warm_program().close()


@pytest.fixture(scope="session")
def rehearsals(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rehearsal]:
    made: dict[str, Rehearsal] = {}

    def get(work: str) -> Rehearsal:
        if work not in made:
            made[work] = rehearse(work, tmp_path_factory.mktemp(work))
        return made[work]

    return get


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return make_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def how_many(request: pytest.FixtureRequest) -> int | None:
    """How many points of a sweep to try: a few, or with --long every single one."""
    return None if request.config.getoption("--long") else SHORT_POINTS
