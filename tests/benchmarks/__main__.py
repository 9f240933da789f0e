"""Measure speed: `python -m tests.benchmarks [--rounds N] [NAME ...]`.

Prints one table. When everything was measured, it is kept in docs/benchmarks.md with the date and the machine.
"""

import argparse
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import backups, files, lists, plans, start, window
from tests.benchmarks.harness import ROOT, Result, cells, markdown_table, text_table

BENCHMARKS = [
    *start.BENCHMARKS,
    *window.BENCHMARKS,
    *lists.BENCHMARKS,
    *files.BENCHMARKS,
    *plans.BENCHMARKS,
    *backups.BENCHMARKS,
]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
FEWEST_ROUNDS = 5


def machine() -> str:
    """Return in one line what the figures were measured on."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        models = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        processor = models[0].partition(":")[2].strip() if models else processor
    parts = [
        f"{os.cpu_count()} × {processor}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"PySide6 {version('PySide6-Essentials')}",
    ]
    return ", ".join(parts)


def document(results: Sequence[Result], rounds: int) -> str:
    """Return docs/benchmarks.md."""
    day = datetime.now(UTC).date().isoformat()
    return f"""# Benchmarks

Measured on {day} by `packaging/dev bench` on {machine()}; medians of {rounds} rounds after one that
warms up, our work and its baseline in turn. Goals are to be ahead of; no test depends on them.

{markdown_table(results)}
"""


def main(arguments: Sequence[str]) -> int:
    """Measure what the command line names, or everything; return the exit status."""
    names = [benchmark.name for benchmark in BENCHMARKS]
    parser = argparse.ArgumentParser(prog="packaging/dev bench", description="Measure speed.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only some of: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS, help="how often to measure")
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.names) - set(names))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names)}")
    results: list[Result] = []
    for benchmark in BENCHMARKS:
        if given.names and benchmark.name not in given.names:
            continue
        for result in benchmark.run(given.rounds):
            results.append(result)
            print("  ".join(filter(None, cells(result))), file=sys.stderr, flush=True)
    print(text_table(results))
    if not given.names and given.rounds >= FEWEST_ROUNDS:
        DOCUMENT.write_text(document(results, given.rounds), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
