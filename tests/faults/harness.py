"""Runs the child program with faults put in its way, and looks at the ledger that it leaves behind."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from app.domain.profile import Profile
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import attachments, names, purchases
from app.services.jobs import JobContext
from app.services.ledger import Ledger, create_ledger
from app.services.names import NameKind
from app.services.sample.many_purchases import many_purchases
from app.storage.purchases import reading
from tests.faults.child import SOURCE_FOLDER, SOURCES, STEPS_OF
from tests.helpers.files import pdf_bytes, written
from tests.helpers.ledgers import add_all, bought, contents, damage, opened

ROOT = Path(__file__).parents[2]
WRITING_CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
FILE_CALLS = ("pwrite64", "fdatasync", "fsync", "write", "mkdir", "rename", "unlink")
"""By these files are written and named too, which not only the thread does that writes to the database."""
_CALL = re.compile(r"^(\d+) +(\w+)\(")

State = tuple[Any, ...]


@dataclass
class Rehearsal:
    """A piece of work with the ledger it starts from and every state that it passes through."""

    work: str
    template: Path
    states: list[State] = field(default_factory=list)
    _calls: list[tuple[str, int]] = field(default_factory=list)

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.template, folder)
        return folder

    def calls(self) -> list[tuple[str, int]]:
        """Return the system calls by which the work writes."""
        if not self._calls:
            beside = self.template.parent
            count = file_calls if self.work == "attach" else writing_calls
            self._calls = count(self.work, self.copy(beside / "counted"), beside / "trace")
        return self._calls


def rehearse(work: str, folder: Path) -> Rehearsal:
    """Do the work undisturbed, and note the states."""
    template = folder / "template"
    create_ledger(template, Profile(currency="USD"))
    with opened(template) as ledger:
        before = many_purchases(400 if work == "merge" else 5, 2, date(2026, 1, 1))
        ledger.run(add_all([list(islice(before, 400))]))
    if work == "attach":
        for number, name in enumerate(SOURCES):
            content = pdf_bytes([f"receipt {number}"]) if name.endswith(".pdf") else name.encode() * 300_000
            written(template / SOURCE_FOLDER / name, content)
    shutil.copytree(template, folder / "rehearsal")
    rehearsal = Rehearsal(work, template)
    with opened(folder / "rehearsal") as ledger:
        rehearsal.states.append(state_of(ledger))
        for step in STEPS_OF[work]():
            step(ledger)
            rehearsal.states.append(state_of(ledger))
    return rehearsal


def state_of(ledger: Ledger) -> State:
    """Return everything in a ledger that does not hang on chance or on the clock."""
    ids = purchases.ids(ledger, PurchaseFilter(), SortBy("name"))
    kept = ledger.read(lambda reader: list(reading.get_many(reader, ids)))
    timeless = [
        replace(
            one,
            uuid=None,
            updated_at=None,
            covers=tuple(replace(cover, uuid=None) for cover in one.covers),
            refunds=tuple(replace(refund, uuid=None) for refund in one.refunds),
        )
        for one in kept
    ]
    listed = [names.listing(ledger, kind) for kind in NameKind]
    return timeless, listed, contents(ledger)["purchase_search"], ledger.read(_attached)


def _attached(reader: Any) -> list[tuple[Any, ...]]:
    query = """
        SELECT attachments.id, purchase_id, name, kind, sha256, state
        FROM attachments JOIN files ON files.id = file_id ORDER BY attachments.id
    """
    return [tuple(row) for row in reader.exec_driver_sql(query)]


def judge(folder: Path, rehearsal: Rehearsal, acknowledged: int) -> bool:
    """Check the ledger that was left behind, and tell whether the change that was under way is in it.

    It has to open, to be sound, to hold every acknowledged change and the next one whole or not at all, and to take
    further changes.
    """
    with opened(folder) as ledger:
        assert damage(ledger) == []
        # A crash may leave bytes that no record came to refer to; no record may be without its bytes.
        left = [finding.what for finding in attachments.verify_all(ledger, JobContext())]
        assert set(left) <= {"No record refers to this file."}
        found = state_of(ledger)
        possible = rehearsal.states[acknowledged : acknowledged + 2]
        assert found in possible, (
            f"after {acknowledged} changes the ledger is in none of the two states it may be in"
        )
        ledger.run(purchases.add(bought("Afterwards")))
        assert purchases.count(ledger, PurchaseFilter(text="afterwards")) == 1
        return found != possible[0]


@contextmanager
def running(work: str, folder: Path, strace: Sequence[str] = ()) -> Iterator["subprocess.Popen[str]"]:
    """Run the child for the length of the block, under strace where options for it are given."""
    # Not with --seccomp-bpf, which is quicker but delivers no signals.
    traced = ["strace", "-f", "-qqq", *strace] if strace else []
    child = subprocess.Popen(
        [*traced, sys.executable, "-m", "tests.faults.child", work, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


@dataclass
class Outcome:
    """What a child said before it ended, and how."""

    said: list[str]
    complained: str
    status: int

    @property
    def acknowledged(self) -> int:
        return sum(line.startswith("stored") for line in self.said)

    @property
    def problems(self) -> list[str]:
        return [line for line in self.said if line.startswith("problem")]


def run_to_end(work: str, folder: Path, strace: Sequence[str] = ()) -> Outcome:
    """Run the child until it ends or is killed."""
    with running(work, folder, strace) as child:
        said, complained = child.communicate(timeout=120)
    return Outcome(said.splitlines(), complained, child.returncode)


def writing_calls(work: str, folder: Path, trace: Path) -> list[tuple[str, int]]:
    """Do the work undisturbed, and return every system call by which its busiest thread writes, in order.

    A call is its name and which one of that name it is, as strace counts them in each thread.
    """
    outcome = run_to_end(work, folder, ["-o", str(trace), "-e", f"trace={','.join(WRITING_CALLS)}"])
    assert outcome.status == 0, outcome.complained
    made = _traced(trace)
    ((busiest, _),) = Counter(thread for thread, _ in made).most_common(1)
    seen: Counter[str] = Counter()
    found = []
    for thread, call in made:
        if thread == busiest:
            seen[call] += 1
            found.append((call, seen[call]))
    return found


def file_calls(work: str, folder: Path, trace: Path) -> list[tuple[str, int]]:
    """Like `writing_calls`, with the calls of every thread by which files are written."""
    outcome = run_to_end(work, folder, ["-o", str(trace), "-e", f"trace={','.join(FILE_CALLS)}"])
    assert outcome.status == 0, outcome.complained
    seen = Counter(_traced(trace))
    most = {call: max(n for (_, other), n in seen.items() if other == call) for _, call in seen}
    return [(call, number) for call in sorted(most) for number in range(1, most[call] + 1)]


def _traced(trace: Path) -> list[tuple[str, str]]:
    """Return thread and name of every call in a trace."""
    matches = (_CALL.match(line) for line in trace.read_text().splitlines())
    return [(match[1], match[2]) for match in matches if match]


def spread(points: Sequence[tuple[str, int]], wanted: int | None) -> list[tuple[str, int]]:
    """Return all the points of a sweep, or so many of them evenly spread."""
    if wanted is None or len(points) <= wanted:
        return list(points)
    return [points[(2 * position + 1) * len(points) // (2 * wanted)] for position in range(wanted)]


def failing(call: str, fault: str) -> list[str]:
    """Return the options by which strace lets a system call fail: `signal=KILL:when=3`, `error=ENOSPC:when=2..4`."""
    return ["-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}"]
