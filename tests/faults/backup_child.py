"""Makes or restores a backup and says what came of it: `python -m tests.faults.backup_child WORK LEDGER BACKUP`.

Everything is done once in a place of its own before, so that no module is loaded while faults are put in the way.
What the tests look at lies between two looks for files that are never there.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.services import backup
from app.services.ledger import EnvironmentProblem, create_ledger, open_ledger
from tests.helpers.backups import furnish

BEGIN, END = "no-such-file-begin", "no-such-file-end"


def create(ledger: Path, target: Path) -> None:
    opened = open_ledger(ledger, read_only=True)
    try:
        backup.create(opened, target)
    finally:
        opened.close()


def restore(ledger: Path, source: Path) -> None:
    backup.restore(source, ledger)


def warm_up(folder: Path) -> None:
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


def main() -> None:
    work, ledger, place = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder))
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    Path(BEGIN).exists()
    try:
        (restore if work == "restore" else create)(ledger, place)
        said = "done"
    except (EnvironmentProblem, Refused) as problem:
        said = f"problem {type(problem).__name__}: {problem}"
    Path(END).exists()
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
