"""What was tried and what came of it is printed at the end of the run."""

from collections.abc import Callable

import pytest

from tests.faults.harness import Rehearsal, rehearse

SHORT_POINTS = 3

_COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Add a line to the summary of the run: what was tried, how often, and what came of it."""
    return request.config.stash.setdefault(_COUNTS, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts = config.stash.get(_COUNTS, [])
    if counts:
        terminalreporter.section("faults")
        for line in counts:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def rehearsals(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rehearsal]:
    made: dict[str, Rehearsal] = {}

    def get(work: str) -> Rehearsal:
        if work not in made:
            made[work] = rehearse(work, tmp_path_factory.mktemp(work))
        return made[work]

    return get


@pytest.fixture
def how_many(request: pytest.FixtureRequest) -> int | None:
    """How many points of a sweep to try: a few, or with --long every single one."""
    return None if request.config.getoption("--long") else SHORT_POINTS
