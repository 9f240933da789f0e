"""Runs pieces of work in copies of a warm program, with strace putting faults in their way."""

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

ROOT = Path(__file__).parents[2]
Call = tuple[str, int]

FILE_CALLS = (
    *("openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate"),
    *("rename", "unlink", "mkdir", "rmdir", "chmod", "getdents64", "link", "utimensat"),
)
"""What touches files; a call of another sort cannot leave anything half-done."""

CHANGING_CALLS = (
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "unlink",
    "mkdir",
)
"""Those that a full disk lets fail, and those that say so late."""

_CALL = re.compile(r"^(\d+) +(\w+)\(")


@functools.cache
def why_no_tracing() -> str:
    """Return what keeps strace from being used here, nothing where it can be."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-o", os.devnull, "-e", "trace=none", "true"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"strace may not be used here: {tried.stderr.strip()}"


needs_strace = pytest.mark.skipif(bool(why_no_tracing()), reason=why_no_tracing() or "strace works")


@dataclass
class Outcome:
    """What a copy said before it ended, how it ended, and what it complained of."""

    said: list[str]
    complained: str
    status: int

    @property
    def acknowledged(self) -> int:
        return sum(line.startswith("stored") for line in self.said)

    @property
    def problems(self) -> list[str]:
        return [line for line in self.said if line.startswith("problem")]

    @property
    def was_killed(self) -> bool:
        return self.status == -signal.SIGKILL


@dataclass
class Running:
    """A copy at work; its lines can be read as they come."""

    process: int
    said: TextIO

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.process, number)

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return False
        return True


class WarmProgram:
    """The program that is ready to do a piece of work in a copy of itself. One copy at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.warm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def run(
        self, program: str, arguments: Sequence[str], strace: Sequence[str] = (), home: Path | None = None
    ) -> Outcome:
        """Do a piece of work to its end, or until a fault ends it."""
        said: list[str] = []
        with self.running(program, arguments, strace, home) as (running, ended):
            said += running.said.read().splitlines()
        return Outcome(said, *ended)

    @contextmanager
    def running(
        self, program: str, arguments: Sequence[str], strace: Sequence[str] = (), home: Path | None = None
    ) -> Iterator[tuple[Running, list[str | int]]]:
        """Begin a piece of work, and see it end; what it complained of and its status are in the list then.

        `home` is the folder of what it keeps for its user, where that has to be the same for every point of a sweep.
        """
        with tempfile.TemporaryDirectory() as folder:
            said, complained = Path(folder) / "said", Path(folder) / "complained"
            os.mkfifo(said)
            complained.touch()
            environment = {**os.environ, **({} if home is None else {"XDG_CONFIG_HOME": str(home)})}
            request = {"program": program, "arguments": list(arguments), "environment": environment}
            self._say({**request, "said": str(said), "complained": str(complained)})
            ended: list[str | int] = []
            with said.open(encoding="utf-8") as lines:
                running = Running(int(self._hear()), lines)
                tracer = _attach(running.process, strace) if strace else None
                try:
                    running.send(signal.SIGCONT)
                    yield running, ended
                except BaseException:
                    running.send(signal.SIGKILL)
                    raise
                finally:
                    lines.read()
                    status = int(self._hear())
                    if tracer is not None:
                        tracer.communicate()
                    ended += [complained.read_text(), status]

    def _say(self, request: dict[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the warm program has ended"
        return line


def _attach(process: int, options: Sequence[str]) -> "subprocess.Popen[str]":
    tracer = subprocess.Popen(
        ["strace", "-f", *options, "-p", str(process)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    assert "attached" in line, line
    return tracer


@functools.cache
def warm_program() -> WarmProgram:
    """Return the one program of this run; whoever asked for it closes it at the end of the run."""
    return WarmProgram()


def failing(call: str, fault: str) -> list[str]:
    """Return the options by which strace lets a system call fail: `signal=KILL:when=3`, `error=ENOSPC:when=2..4`."""
    return ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{fault}"]


def following(calls: Sequence[str], trace: Path) -> list[str]:
    """Return the options by which strace writes system calls down."""
    return ["-o", str(trace), "-e", f"trace={','.join(calls)}"]


def calls_of_busiest(trace: Path) -> list[Call]:
    """Return the calls in a trace that the thread with the most of them made, in order.

    A call is its name and which one of that name it is, as strace counts them in each thread.
    """
    made = _traced(trace)
    ((busiest, _),) = Counter(thread for thread, _ in made).most_common(1)
    seen: Counter[str] = Counter()
    found = []
    for thread, call in made:
        if thread == busiest:
            seen[call] += 1
            found.append((call, seen[call]))
    return found


def calls_of_all(trace: Path) -> list[Call]:
    """Like `calls_of_busiest`, with the calls of every thread."""
    seen = Counter(_traced(trace))
    most = {call: max(n for (_, other), n in seen.items() if other == call) for _, call in seen}
    return [(call, number) for call in sorted(most) for number in range(1, most[call] + 1)]


def _traced(trace: Path) -> list[tuple[str, str]]:
    """Return thread and name of every call in a trace."""
    matches = (_CALL.match(line) for line in trace.read_text(errors="replace").splitlines())
    return [(match[1], match[2]) for match in matches if match]


def spread(points: Sequence[Call], wanted: int | None) -> list[Call]:
    """Return all the points of a sweep, or so many of them evenly spread."""
    if wanted is None or len(points) <= wanted:
        return list(points)
    return [points[(2 * position + 1) * len(points) // (2 * wanted)] for position in range(wanted)]
