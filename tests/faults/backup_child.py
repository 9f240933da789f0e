"""Makes or restores a backup and says what came of it; where something was in the way, it tries once more.

`tests.faults.warm` runs it. Everything is done once in a place of its own before, so that no module is loaded while
faults are put in the way.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.services import backup
from app.services.ledger import EnvironmentProblem, create_ledger, open_ledger
from tests.faults.child import say
from tests.helpers.backups import furnish


def create(ledger: Path, target: Path) -> None:
    opened = open_ledger(ledger, read_only=True)
    try:
        backup.create(opened, target)
    finally:
        opened.close()


def restore(ledger: Path, source: Path) -> None:
    backup.restore(source, ledger)


def warm_up(folder: Path) -> None:
    folder = folder / "backups-of"
    folder.mkdir()
    create_ledger(folder / "ledger", Profile(currency="EUR"))
    ledger = open_ledger(folder / "ledger")
    furnish(ledger, folder / "receipts")
    ledger.close()
    create(folder / "ledger", folder / "one.counterfoil")
    create(folder / "ledger", folder / "backups")
    create(folder / "ledger", folder / "backups")
    with contextlib.suppress(EnvironmentProblem):
        create(folder / "ledger", folder / "gone" / "one.counterfoil")
    for path in list((folder / "ledger" / "uploads").rglob("?" * 64)):
        path.unlink()
    restore(folder / "ledger", folder / "one.counterfoil")
    restore(folder / "ledger", folder / "backups")


def main(arguments: Sequence[str]) -> None:
    work, ledger, place = arguments[0], Path(arguments[1]), Path(arguments[2])
    say("begun")
    for _ in range(2):
        try:
            (restore if work == "restore" else create)(ledger, place)
        except (EnvironmentProblem, Refused) as problem:
            say(f"problem {type(problem).__name__}: {problem}")
        else:
            say("done")
            return
