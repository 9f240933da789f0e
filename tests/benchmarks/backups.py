"""Backups to a folder beside restic's, on the same tree: a ledger of 190 MB with 2,000 receipts."""

import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from app.services import backup
from app.services.backup import restoring, verifying
from app.services.ledger import open_ledger
from app.storage.attachments.store import UPLOADS, AttachmentStore
from app.storage.database import DATABASE_NAME
from tests.benchmarks.harness import Benchmark, Result, medians
from tests.benchmarks.ledgers import cache, folder_of

ROWS = 305_000
RECEIPTS = 2_000
CHANGED = 0.01
RUNS = 10
RECEIPT_BYTES = (20_000, 120_000)

FIRST, SECOND, NEW_BYTES, VERIFY, WHOLE_VERIFY, RESTORE = (
    "first backup to a folder",
    "second backup",
    "new bytes of the second backup",
    "verify every byte of it",
    "the same with the integrity of the database",
    "restore it",
)
GOALS = {FIRST: 0.9, SECOND: 0.75, NEW_BYTES: 1.05, VERIFY: 0.5, WHOLE_VERIFY: None, RESTORE: 0.7}
NOTES = {
    FIRST: "A database of 190 MB and 2,000 receipts of 20 to 120 kB. Ours runs in the program that is open; restic"
    " is started anew for each step, as it always is.",
    SECOND: "After 1 % of the purchases, in ten runs, and 1 % of the receipts were changed.",
    VERIFY: "restic's is “check --read-data”.",
    RESTORE: "Ours without the check of the database's integrity, but with every file flushed to the disk.",
}
_FILE = "INSERT INTO files (sha256, size, media_type, state, checked_at, text) VALUES (?, ?, 'image/jpeg', ?, 0, '')"
_CHANGE = "UPDATE purchases SET notes = 'changed since the first backup' WHERE id BETWEEN ? AND ?"

Figures = dict[str, float]


def backups(rounds: int) -> Iterator[Result]:
    """Back a large ledger up twice, verify the second backup, and restore it."""
    if shutil.which("restic") is None:
        yield Result("backups: restic, which they are measured beside, is not installed", 0.0)
        return
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        tree = Tree(Path(scratch))
        figures: dict[str, list[Figures]] = {"ours": [], "theirs": []}

        def turn(name: str, act: Callable[[Tree, Path], Figures]) -> float:
            with tempfile.TemporaryDirectory(dir=scratch) as place:
                figures[name].append(act(tree, Path(place)))
            return 0.0

        medians(rounds, [lambda: turn("ours", ours), lambda: turn("theirs", theirs)])
    for work, goal in GOALS.items():
        mine, other = (
            statistics.median(one[work] for one in figures[name][1:]) for name in ("ours", "theirs")
        )
        yield Result(
            work,
            mine,
            unit="bytes" if work == NEW_BYTES else "s",
            baseline=other,
            against="restic on the same tree",
            goal=goal,
            note=NOTES.get(work, ""),
        )


class Tree:
    """A ledger that can be as it is at its first backup, and as it is at its second."""

    def __init__(self, scratch: Path) -> None:
        self.ledger = scratch / "tree" / "ledger"
        shutil.copytree(folder_of(ROWS), self.ledger)
        self._database = self.ledger / DATABASE_NAME
        self._states = (scratch / "first.db", scratch / "second.db")
        self._late: list[tuple[Path, bytes]] = []
        source = random.Random(1)
        with closing(sqlite3.connect(self._database)) as raw:
            late = int(RECEIPTS * CHANGED)
            self._receive(raw, source, RECEIPTS - late)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(self._database, self._states[0])
            self._late = self._receive(raw, source, late)
            length = int(ROWS * CHANGED / RUNS)
            for run in range(RUNS):
                start = 1 + run * ROWS // RUNS
                raw.execute(_CHANGE, (start, start + length - 1))
            raw.commit()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self._database, self._states[1])

    def _receive(
        self, raw: sqlite3.Connection, source: random.Random, number: int
    ) -> list[tuple[Path, bytes]]:
        store = AttachmentStore(self.ledger / UPLOADS)
        received = []
        for _ in range(number):
            content = source.randbytes(source.randint(*RECEIPT_BYTES))
            digest = sha256(content).hexdigest()
            place = store.place(digest)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            raw.execute(_FILE, (digest, len(content), "AVAILABLE"))
            received.append((place, content))
        raw.commit()
        return received

    def become(self, state: int) -> None:
        """Be as at the first (0) or the second (1) backup."""
        for log in self.ledger.glob(f"{DATABASE_NAME}-*"):
            log.unlink()
        shutil.copyfile(self._states[state], self._database)
        for place, content in self._late:
            place.write_bytes(content) if state else place.unlink(missing_ok=True)
        os.sync()


def ours(tree: Tree, place: Path) -> Figures:
    """Measure our own backups."""
    found: Figures = {}
    folder = place / "backups"
    with patch.dict(os.environ, {"XDG_CONFIG_HOME": str(place / "config")}):
        for state, work in enumerate((FIRST, SECOND)):
            tree.become(state)
            before = _bytes_in(folder)
            ledger = open_ledger(tree.ledger, read_only=True)
            found[work] = _seconds(lambda ledger=ledger: backup.create(ledger, folder))  # type: ignore[misc]
            ledger.close()
            found[NEW_BYTES] = _bytes_in(folder) - before
        found[WHOLE_VERIFY] = _seconds(lambda: backup.verify(folder))
        with (
            patch.object(verifying, "troubles", lambda *_: iter(())),
            patch.object(restoring, "troubles", lambda *_: iter(())),
        ):
            found[VERIFY] = _seconds(lambda: backup.verify(folder))
            found[RESTORE] = _seconds(lambda: backup.restore(folder, place / "restored"))
    return found


def theirs(tree: Tree, place: Path) -> Figures:
    """Measure restic's."""
    found: Figures = {}
    repository = place / "repository"
    environment = {
        **os.environ,
        "RESTIC_REPOSITORY": str(repository),
        "RESTIC_PASSWORD": "benchmark",
        "RESTIC_CACHE_DIR": str(place / "cache"),
    }

    def run(*arguments: str) -> float:
        command = ["restic", "--quiet", *arguments]
        return _seconds(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))

    run("init", "--repository-version", "2")
    for state, work in enumerate((FIRST, SECOND)):
        tree.become(state)
        before = _bytes_in(repository)
        found[work] = run("backup", str(tree.ledger))
        found[NEW_BYTES] = _bytes_in(repository) - before
    found[VERIFY] = found[WHOLE_VERIFY] = run("check", "--read-data")
    found[RESTORE] = run("restore", "latest", "--target", str(place / "restored"))
    return found


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


BENCHMARKS = [Benchmark("backup", backups)]
