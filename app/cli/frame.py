"""What every command has in common: its words, the ledger it works on, and how a job is run for it."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.cli.output import Output, ProgressLine
from app.services.jobs import JobContext
from app.services.ledger import Ledger, open_ledger
from app.services.paths import default_ledger

T = TypeVar("T")


class UsageError(Exception):
    """The words of the command are wrong; exit status 2."""


@dataclass(frozen=True)
class CommandLine:
    """One command: its name, a line of help, its arguments, and what it does (returning the exit status)."""

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[["Call"], int]


@dataclass(frozen=True)
class Call:
    """One call of a command: its arguments, and where its answer goes."""

    arguments: argparse.Namespace
    output: Output

    @property
    def ledger_path(self) -> Path:
        """The folder of the ledger that is meant."""
        named = self.arguments.ledger
        return Path(named).expanduser() if named else default_ledger()

    @contextmanager
    def ledger(self, *, writing: bool = False) -> Iterator[Ledger]:
        """Open the ledger for the block. Raises `EnvironmentProblem`."""
        ledger = open_ledger(self.ledger_path, read_only=not writing)
        try:
            yield ledger
        finally:
            ledger.close()

    def with_progress(self, name: str, work: Callable[[JobContext], T]) -> T:
        """Run work that tells its progress, and shows it on a terminal. A Ctrl+C cancels it and is passed on."""
        line = ProgressLine(name)
        context = JobContext(lambda running: line.show(running.done, running.total))
        try:
            return work(context)
        except KeyboardInterrupt:
            context.cancel()
            raise
        finally:
            line.end()


def day(text: str) -> date:
    """Read a date of the command line. Raises `argparse.ArgumentTypeError` with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it as 2025-03-31") from None


def key_value(text: str) -> tuple[str, str]:
    """Read `KEY=VALUE`. Raises `argparse.ArgumentTypeError` with a sentence."""
    key, mark, value = text.partition("=")
    if not mark or not key:
        raise argparse.ArgumentTypeError(f"“{text}” is not a condition; write it as KEY=VALUE")
    return key, value


def natural(text: str) -> int:
    """Read a whole number of 0 or more. Raises `argparse.ArgumentTypeError` with a sentence."""
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of 0 or more")
    return int(text)
