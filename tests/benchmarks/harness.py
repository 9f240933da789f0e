"""Measures our work beside a baseline, in turn and in the same run, and puts the figures into a table."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
Unit = Literal["s", "bytes"]


@dataclass(frozen=True)
class Result:
    """One line of the table: medians of our work and of its baseline, in seconds or bytes, and the goal.

    `goal` is the ratio to stay below; with `limit`, in the unit itself, there is no baseline. `note` says what a
    reader has to know.
    """

    work: str
    ours: float
    unit: Unit = "s"
    baseline: float | None = None
    against: str = ""
    goal: float | None = None
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline our work takes."""
        return None if self.baseline is None else self.ours / self.baseline

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, or None where there is none."""
        if self.goal is not None and self.ratio is not None:
            return self.ratio <= self.goal
        return None if self.limit is None else self.ours <= self.limit


@dataclass(frozen=True)
class Benchmark:
    """Some work to be measured: a name to choose it by, and what measures it, given how many rounds to take."""

    name: str
    run: Callable[[int], Iterator[Result]]


def medians(rounds: int, acts: Sequence[Callable[[], float | None]]) -> list[float]:
    """Run acts in turn, and return the median of each in seconds.

    An act that returns a figure has measured itself. The first turn warms up and does not count.
    """
    figures: list[list[float]] = [[] for _ in acts]
    for turn in range(rounds + 1):
        for act, kept in zip(acts, figures, strict=True):
            gc.collect()
            started = time.perf_counter()
            measured = act()
            elapsed = time.perf_counter() - started
            if turn:
                kept.append(elapsed if measured is None else measured)
    return [statistics.median(kept) for kept in figures]


def process_figures(code: str, *arguments: str, environment: dict[str, str] | None = None) -> list[float]:
    """Run a piece of Python in a process of its own, and return the figures that it prints on its last line."""
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise RuntimeError(ended.stderr)
    return [float(figure) for figure in ended.stdout.splitlines()[-1].split()]


def process_seconds(command: Sequence[str], environment: dict[str, str] | None = None) -> float:
    """Run a program and return how long it took from start to end."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - started


def peak_memory() -> float:
    """Return the most memory in bytes that this process has had at a time."""
    # Not ru_maxrss: there a process inherits the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return float(line.split()[1]) * 1024


def shown(figure: float, unit: Unit) -> str:
    """Return a figure in the unit that suits its size."""
    if unit == "bytes":
        return f"{figure / 2**20:,.0f} MB"
    if figure < 0.001:
        return f"{figure * 1_000_000:,.0f} µs"
    return f"{figure * 1000:,.1f} ms" if figure < 1 else f"{figure:,.2f} s"


def cells(result: Result) -> list[str]:
    """Return a result as the cells of a table."""
    goal = ""
    if result.goal is not None:
        goal = f"≤ {result.goal:g} ×"
    elif result.limit is not None:
        goal = f"≤ {shown(result.limit, result.unit)}"
    return [
        result.work,
        shown(result.ours, result.unit),
        "" if result.baseline is None else shown(result.baseline, result.unit),
        result.against,
        "" if result.ratio is None else f"{result.ratio:.2f} ×",
        goal,
        {True: "met", False: "missed", None: ""}[result.met],
    ]


HEADINGS = ["Work", "Ours", "Baseline", "What the baseline is", "Ratio", "Goal", ""]


def text_table(results: Sequence[Result]) -> str:
    """Return results as a table for the terminal."""
    rows = [HEADINGS, *map(cells, results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def markdown_table(results: Sequence[Result]) -> str:
    """Return results as a table in Markdown, followed by what has to be known about single lines."""
    lines = ["| " + " | ".join(row) + " |" for row in (HEADINGS, *map(cells, results))]
    lines.insert(1, "| --- | ---: | ---: | --- | ---: | --- | --- |")
    notes = dict.fromkeys(f"- {result.work}: {result.note}" for result in results if result.note)
    return "\n".join([*lines, "", *notes])
