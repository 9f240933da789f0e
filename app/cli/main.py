"""The command line: finds the command, runs it, and turns what goes wrong into one sentence and an exit status."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from app import __version__
from app.cli.frame import Call, CommandLine, UsageError
from app.cli.output import Output
from app.domain.problems import Refused
from app.services.jobs import Cancelled
from app.services.ledger import EnvironmentProblem, Interrupted

_log = logging.getLogger(__name__)

COMMANDS = {
    "new": "make an empty ledger",
    "demo": "make the sample ledger",
    "import": "bring records in from a file",
    "export": "write records to a file",
    "list": "list records",
    "summary": "spending and warranties in figures",
    "plan": "payoff plans of debts compared",
    "due": "what ends or is to be paid soon",
    "backup": "make, list, verify and restore backups",
    "check": "look for damage in the ledger",
    "run-due": "run the jobs that are due",
}
"""The commands and what each does. A command's module is loaded only when it is called."""

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def run(given: Sequence[str], heading: str) -> int:
    """Run the command that the words name and return the exit status."""
    try:
        return _run(given, heading)
    except UsageError as error:
        return _fail(str(error), WRONG_USAGE)
    except (Refused, EnvironmentProblem) as problem:
        return _fail(str(problem), REFUSED)
    except (KeyboardInterrupt, Cancelled, Interrupted):
        return _fail("Interrupted; nothing was changed.", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception:  # noqa: BLE001 - the last net: a sentence for the user, the rest for the log
        _log.exception("a command failed")
        return _fail("Something went wrong inside the program; the log says where.", REFUSED)


def _run(given: Sequence[str], heading: str) -> int:
    name, before, after = _split(given)
    if name is None:
        sys.stdout.write(_overview(heading) if "--version" not in before else f"counterfoil {__version__}\n")
        return DONE
    if name not in COMMANDS:
        raise UsageError(f"“{name}” is not a command; use one of {', '.join(COMMANDS)}.")
    command = load(name)
    arguments = parser_of(command).parse_args([*before, *after])
    return command.run(Call(arguments, Output(arguments.json)))


def load(name: str) -> CommandLine:
    """Return a command by its name."""
    module = import_module(f"app.cli.commands.{name.replace('-', '_')}_command")
    command: CommandLine = module.COMMAND
    return command


def parser_of(command: CommandLine) -> argparse.ArgumentParser:
    """Return the parser of one command's words, the ones that all commands know included."""
    parser = _Parser(prog=f"counterfoil {command.name}", description=command.summary, allow_abbrev=False)
    parser.add_argument("--ledger", metavar="DIR", help="the ledger's folder, otherwise the user's own")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    command.arguments(parser)
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """Refuse wrong words with one sentence instead of a page of usage."""
        raise UsageError(f"{message}. See “{self.prog} --help”.")


def _split(given: Sequence[str]) -> tuple[str | None, list[str], list[str]]:
    """Split the words into the command and those before and after it."""
    position = 0
    while position < len(given):
        word = given[position]
        if word == "--ledger":
            position += 2
        elif word.startswith("-"):
            position += 1
        else:
            return word, list(given[:position]), list(given[position + 1 :])
    return None, list(given), []


def _overview(heading: str) -> str:
    lines = [f"  {name:<9}{summary}" for name, summary in COMMANDS.items()]
    return heading + "\n".join(lines) + "\n\nSee “counterfoil COMMAND --help” for the words of each.\n"


def _fail(sentence: str, status: int) -> int:
    sys.stderr.write(f"counterfoil: {sentence}\n")
    return status
