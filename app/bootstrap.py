"""The composition root: decides between the window and the command line, and sets up what both need."""

import gc
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_HELP = """\
Counterfoil keeps what you buy, what you owe and how your practice is doing, on your own disk.

usage: counterfoil [--ledger DIR] [FOLDER]        open the window
       counterfoil --sample                       open the window on a fresh sample ledger
       counterfoil [--ledger DIR] FILE.counterfoil    restore a backup in the window
       counterfoil [--ledger DIR] [--json] COMMAND …

commands, which need no display:
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0 done, 1 refused or partly failed, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_up_logging()
    if _wants_window(given):
        return _open_window(given)
    from app.cli.main import run

    return run(given, _HELP)


def set_up_logging() -> None:
    """Send log records to a rotating file in the platform's log folder; without a folder, to nowhere."""
    from logging.handlers import RotatingFileHandler

    from app.services.paths import log_folder

    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        log_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            log_folder() / "counterfoil.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # What a migration does is said by its outcome.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _wants_window(given: Sequence[str]) -> bool:
    """Tell whether the words ask for the window: no command among them, and no call for help."""
    words = iter(given)
    for word in words:
        if word in ("-h", "--help", "--version", "--json"):
            return False
        if word == "--ledger":
            next(words, None)
        elif not word.startswith("-"):
            return Path(word).exists() or os.sep in word
        elif word != "--sample" and not word.startswith("--ledger="):
            return False
    return True


def _is_backup(path: Path) -> bool:
    """Tell whether a file is called as the files of backups are."""
    from app.domain.backups import ARCHIVE_ENDING

    return path.suffix.lower() == ARCHIVE_ENDING and not path.is_dir()


def _open_window(given: Sequence[str]) -> int:
    # Nothing of what a start loads and makes is garbage: to look for some takes a tenth of the time to the first paint.
    gc.disable()
    from app.ui.display import display_problem

    problem = display_problem()
    if problem is not None:
        sys.stderr.write(f"counterfoil: {problem}\n")
        return 1
    # Before Qt: PySide6 reads the source of every module that is imported after it, and SQLAlchemy's is long.
    import app.services.ledger  # noqa: F401
    from app.ui.application import WindowOptions, run_window

    ledger: Path | None = None
    backup: Path | None = None
    sample = False
    words = iter(given)
    for word in words:
        if word == "--sample":
            sample = True
        elif word == "--ledger":
            named = next(words, None)
            if named is None:
                sys.stderr.write("counterfoil: --ledger needs a folder after it.\n")
                return 2
            ledger = Path(named)
        elif word.startswith("--ledger="):
            ledger = Path(word.removeprefix("--ledger="))
        elif _is_backup(Path(word)):
            backup = Path(word).absolute()
        else:
            ledger = Path(word)
    return run_window(WindowOptions(ledger=ledger, sample=sample, backup=backup))
