"""A program of its own that saves a damaged ledger: `python -m tests.faults.salvage_child FOLDER`."""

import logging
import os
import sys
from pathlib import Path

from app.services.ledger import EnvironmentProblem
from app.services.salvage import salvage


def main() -> None:
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        done = salvage(Path(sys.argv[1]))
    except EnvironmentProblem as problem:
        say(f"problem {type(problem).__name__}: {problem}")
        raise SystemExit(1) from problem
    say(f"saved {done.rows}")


def say(line: str) -> None:
    # Not by the call that files are written with: tests let that one fail.
    os.writev(sys.stdout.fileno(), [f"{line}\n".encode()])


if __name__ == "__main__":
    main()
