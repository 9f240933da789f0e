"""Runs the child program with faults put in its way, and looks at the ledger that it leaves behind."""

import shutil
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
from app.storage.database import DATABASE_NAME, SCHEMA_VERSION
from app.storage.purchases import reading
from tests.faults.child import STEPS_OF, furnish_sources
from tests.faults.tracing import (
    FILE_CALLS,
    Call,
    Outcome,
    Running,
    calls_of_all,
    calls_of_busiest,
    following,
    warm_program,
)
from tests.helpers.ledgers import add_all, bought, contents, damage, opened
from tests.helpers.old_ledgers import make_first_schema

WRITING_CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
NAMING_CALLS = ("pwrite64", "fdatasync", "fsync", "write", "mkdir", "rename", "unlink")
"""By these files are written and named too, which not only the thread does that writes to the database."""
State = tuple[Any, ...]


@dataclass
class Rehearsal:
    """A piece of work with the ledger it starts from and every state that it passes through."""

    work: str
    template: Path
    states: list[State] = field(default_factory=list)
    _calls: list[Call] = field(default_factory=list)

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.template, folder)
        return folder

    def calls(self) -> list[Call]:
        """Return the system calls by which the work writes."""
        if not self._calls:
            beside = self.template.parent
            count = file_calls if self.work in ("attach", "migrate") else writing_calls
            self._calls = count(self.work, self.copy(beside / "counted"), beside / "trace")
        return self._calls


def rehearse(work: str, folder: Path) -> Rehearsal:
    """Do the work undisturbed, and note the states."""
    template = folder / "template"
    if work == "migrate":
        make_first_schema(template, 300)
    else:
        create_ledger(template, Profile(currency="USD"))
        with opened(template) as ledger:
            before = many_purchases(400 if work == "merge" else 5, 2, date(2026, 1, 1))
            ledger.run(add_all([list(islice(before, 400))]))
    if work == "attach":
        furnish_sources(template)
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
def running(work: str, folder: Path) -> Iterator[tuple[Running, list[str | int]]]:
    """Run the child for the length of the block, and see it end."""
    with warm_program().running("child", [work, str(folder)]) as begun:
        yield begun


def run_to_end(work: str, folder: Path, strace: Sequence[str] = ()) -> Outcome:
    """Run the child until it ends or is killed."""
    return warm_program().run("child", [work, str(folder)], strace)


def writing_calls(work: str, folder: Path, trace: Path) -> list[Call]:
    """Do the work undisturbed, and return every system call by which its busiest thread writes, in order."""
    outcome = run_to_end(work, folder, following(WRITING_CALLS, trace))
    assert outcome.status == 0, outcome.complained
    return calls_of_busiest(trace)


def file_calls(work: str, folder: Path, trace: Path) -> list[Call]:
    """Like `writing_calls`, with the calls of every thread by which files are written, or in a migration touched."""
    followed = FILE_CALLS if work == "migrate" else NAMING_CALLS
    outcome = run_to_end(work, folder, following(followed, trace))
    assert outcome.status == 0, outcome.complained
    return calls_of_all(trace)


def only_in(folder: Path) -> list[str]:
    """Return the options by which strace looks only at a ledger's own files, not at those of the program."""
    copy = f"{DATABASE_NAME}.before-schema-{SCHEMA_VERSION}"
    names = ("lock", DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm", copy, f".{copy}.part")
    places = [folder, *(folder / name for name in names)]
    return [part for place in places for part in ("-P", str(place))]


def migration_calls(folder: Path, trace: Path) -> list[Call]:
    """Bring an older ledger up to date, and return every system call that touches its files."""
    outcome = run_to_end("migrate", folder, [*following(FILE_CALLS, trace), *only_in(folder)])
    assert outcome.status == 0, outcome.complained
    return calls_of_all(trace)
