"""Which file goes to which purchase: what was guessed, and what the user made of it. Knows nothing of Qt."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.domain.attachments import Owner, OwnerKind
from app.services.attachments import ReceiptMatch
from app.services.jobs import JobContext
from app.ui.attachments.receipts.endings import ENDINGS
from app.ui.i18n import tr

MOST_FILES = 20_000
"""More files than this are not looked at in one go."""

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_BETWEEN_WORDS = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A file, the purchase that it is going to (0 for none) by id and name, and why."""

    path: Path
    purchase_id: int = 0
    name: str = ""
    why: str = ""


class Plan:
    """The files in the order in which they were found."""

    def __init__(self, matches: Sequence[ReceiptMatch]) -> None:
        self._lines = [Line(match.path, match.purchase_id or 0, match.name, match.why) for match in matches]

    @property
    def lines(self) -> Sequence[Line]:
        """All lines."""
        return self._lines

    def give(self, row: int, purchase_id: int, name: str, why: str = "") -> None:
        """Send a file to a purchase."""
        words = why or tr("Chosen by you.")
        self._lines[row] = replace(self._lines[row], purchase_id=purchase_id, name=name, why=words)

    def leave_out(self, row: int) -> None:
        """Send a file nowhere."""
        self._lines[row] = replace(self._lines[row], purchase_id=0, name="", why=tr("Left out."))

    def next_open(self, row: int) -> int:
        """Return the first row behind one whose file goes nowhere yet, or the row itself where there is none."""
        rows = range(row + 1, len(self._lines))
        return next((at for at in rows if not self._lines[at].purchase_id), row)

    def pairs(self) -> list[tuple[Path, Owner]]:
        """Return what is to be attached where."""
        return [
            (line.path, Owner(OwnerKind.PURCHASE, line.purchase_id))
            for line in self._lines
            if line.purchase_id
        ]


def collect(paths: Sequence[Path], context: JobContext) -> list[Path]:
    """Return the files among the paths, and the pictures and PDFs in the folders among them, each once.

    Hidden files and folders are passed over. At most `MOST_FILES` are returned. Raises `Cancelled`.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files_in(path) if path.is_dir() else (path,):
            context.check()
            found.setdefault(file)
            if len(found) >= MOST_FILES:
                return list(found)
    return list(found)


def _files_in(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(ENDINGS):
                yield Path(here) / name


def words_of(path: Path) -> str:
    """Return what the name of a file says a purchase may be called."""
    plain = _DAY.sub(" ", path.stem)
    return _BETWEEN_WORDS.sub(" ", plain).strip()


def day_of(path: Path) -> date | None:
    """Return the day in the name of a file, such as "2026-03-14 receipt.pdf"."""
    found = _DAY.search(path.stem)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
