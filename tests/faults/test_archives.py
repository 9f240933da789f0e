"""Backups that were cut, flipped or otherwise altered: refused, with nothing changed, or put back exactly."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.services import backup
from tests.faults.conftest import Count, Tell
from tests.faults.staging import Stage, State
from tests.helpers.backups import state

ARCHIVES, SHORT_ARCHIVES = 20_000, 250
SNAPSHOTS, SHORT_SNAPSHOTS = 2_000, 50
LOCKED = 20
VERIFIED = 10
"""Every so many of them are verified by themselves too; a restore verifies all of them before it begins."""

PASSPHRASE = "correct horse"


def mutated(data: bytes, source: Random) -> bytes:
    """Return a copy that was cut, or that has one to four flips or stretches overwritten, cut out or doubled.

    Half of the changes are near the end, where a zip has its directory.
    """
    if source.random() < 0.1:
        return data[: source.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(source.randint(1, 4)):
        near_end = max(0, len(changed) - source.randrange(1, 3000))
        at = source.choice([source.randrange(len(changed)), near_end])
        length = source.randint(1, 40)
        way = source.randrange(5)
        if way < 2:
            changed[at] ^= 1 << source.randrange(8)
        elif way == 2:
            changed[at : at + length] = source.randbytes(length)
        elif way == 3:
            del changed[at : at + length]
        else:
            changed[at:at] = changed[at : at + length]
    return bytes(changed)


class Target:
    """A ledger that altered backups are put in the place of."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._template = stage.ledger
        self._ledger = folder / "ledger"
        self._wanted = stage.new
        self._renew()

    def _renew(self) -> None:
        shutil.rmtree(self._ledger, ignore_errors=True)
        shutil.copytree(self._template, self._ledger)
        self._before = everything(self._ledger)

    def outcome(self, path: Path, passphrase: str | None = None) -> str:
        """Restore a backup, and return what came of it."""
        try:
            backup.restore(path, self._ledger, passphrase=passphrase)
        except (backup.Unfit, backup.Locked, backup.WrongPassphrase, backup.NothingThere) as refusal:
            said = str(refusal)
        else:
            said = ""
        if said:
            assert re.fullmatch(r"[^\n]+\.", said), "a refusal is told in a sentence"
            assert everything(self._ledger) == self._before, "a refused backup has changed something"
            return "refused"
        found: State = state(self._ledger)
        assert found[0] == self._wanted[0]
        assert found[1].items() >= self._wanted[1].items()
        self._renew()
        return "restored exactly"


def everything(ledger: Path) -> dict[str, bytes]:
    """Return all files of a ledger but its lock."""
    found = {
        path.relative_to(ledger).as_posix(): path.read_bytes() for path in ledger.rglob("*") if path.is_file()
    }
    found.pop("lock", None)
    return found


def sweep(
    images: int, spoil: Callable[[], Path], target: Target, passphrase: str | None = None
) -> Counter[str]:
    """Try so many spoilt backups, and count what came of them."""
    counts = Counter[str]()
    for number in range(images):
        path = spoil()
        outcome = target.outcome(path, passphrase)
        counts[outcome] += 1
        if number % VERIFIED == 0:
            # An altered attachment that the ledger has does not keep a backup from being restored.
            assert outcome == "restored exactly" or not backup.verify(path, passphrase=passphrase).ok
    return counts


def say(counts: Counter[str], what: str, tell: Tell, count: Count) -> None:
    count("archives altered", counts.total())
    listed = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(counts.items()))
    tell(f"{counts.total():,} {what}: {listed}, nothing changed by any that was refused")


def test_altered_archives(
    stage: Stage, tmp_path: Path, how_many: int | None, tell: Tell, count: Count
) -> None:
    data, source = stage.place("restore").read_bytes(), Random(5)
    path = tmp_path / "altered.counterfoil"

    def spoil() -> Path:
        path.write_bytes(mutated(data, source))
        return path

    counts = sweep(SHORT_ARCHIVES if how_many else ARCHIVES, spoil, Target(stage, tmp_path))
    assert counts["refused"] > counts.total() // 2
    say(counts, "altered archives", tell, count)


def test_altered_folders(
    stage: Stage, tmp_path: Path, how_many: int | None, tell: Tell, count: Count
) -> None:
    folder, source = tmp_path / "backups", Random(6)

    def spoil() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(stage.place("folder"), folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
        chosen = source.choice(files)
        chosen.write_bytes(mutated(chosen.read_bytes(), source))
        return next(folder.glob("*.snapshot"))

    counts = sweep(SHORT_SNAPSHOTS if how_many else SNAPSHOTS, spoil, Target(stage, tmp_path))
    assert counts["refused"] > counts.total() // 2
    say(counts, "altered folders of backups", tell, count)


@pytest.mark.long
def test_altered_archives_with_a_passphrase(stage: Stage, tmp_path: Path, tell: Tell, count: Count) -> None:
    locked = tmp_path / "locked.counterfoil"
    backup.write_out(next(stage.place("folder").glob("*.snapshot")), locked, passphrase=PASSPHRASE)
    data, source = locked.read_bytes(), Random(7)
    path = tmp_path / "altered.counterfoil"

    def spoil() -> Path:
        path.write_bytes(mutated(data, source))
        return path

    counts = sweep(LOCKED, spoil, Target(stage, tmp_path), PASSPHRASE)
    say(counts, "altered archives with a passphrase", tell, count)


def test_archives_of_something_else(stage: Stage, tmp_path: Path, tell: Tell) -> None:
    target = Target(stage, tmp_path)
    source = Random(8)
    foreign = tmp_path / "foreign.counterfoil"
    kinds = {
        "nothing": b"",
        "noise": source.randbytes(50_000),
        "a database": (stage.ledger / "counterfoil.db").read_bytes(),
        "a list of a folder of backups": next(stage.place("folder").glob("*.snapshot")).read_bytes(),
        "a picture": b"\x89PNG\r\n\x1a\n" + source.randbytes(1000),
        "two archives": stage.place("restore").read_bytes()[:-22] + b"PK\x05\x06" + bytes(18),
    }
    for data in kinds.values():
        foreign.write_bytes(data)
        assert target.outcome(foreign) == "refused"
    tell(f"{len(kinds)} files of another sort: refused")


@pytest.mark.skipif(
    not (shutil.which("unzip") and shutil.which("sqlite3")), reason="unzip or sqlite3 is not installed"
)
def test_unzip_and_the_sqlite3_shell_accept_what_is_written(stage: Stage, tmp_path: Path) -> None:
    archive = str(stage.place("restore"))
    subprocess.run(["unzip", "-tq", archive], check=True, capture_output=True)
    subprocess.run(["unzip", "-q", archive, "-d", str(tmp_path)], check=True, capture_output=True)
    for database in (tmp_path / "counterfoil.db", stage.ledger / "counterfoil.db"):
        shell = subprocess.run(
            [
                "sqlite3",
                "-readonly",
                str(database),
                "PRAGMA integrity_check; SELECT count(*) FROM purchases;",
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        assert shell.stdout.split()[0] == "ok"
        assert int(shell.stdout.split()[1]) >= 4
