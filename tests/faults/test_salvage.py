"""A salvage that is killed, or meets a full disk, at any system call: the damaged ledger is there, or the saved one."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from app.services import check, purchases
from app.services.salvage import salvage
from app.services.sample import make_sample
from app.storage.backup.recovery import recover
from tests.helpers.ledgers import opened

ROOT = Path(__file__).parents[2]
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "mkdir", "unlink", "unlinkat", "rmdir")
DAMAGE = 100
PURCHASES = 66


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "ledger"
    make_sample(folder, today=date(2026, 11, 20))
    shutil.rmtree(folder / "uploads")
    with (folder / "counterfoil.db").open("r+b") as file:
        file.write(bytes(DAMAGE))
    return folder


def run(folder: Path, strace: Sequence[str] = ()) -> "subprocess.CompletedProcess[str]":
    command = [*strace, sys.executable, "-B", "-m", "tests.faults.salvage_child", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def calls(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """Every call by which a salvage changes the disk, as (name, how many of its name came before, and itself)."""
    place = tmp_path_factory.mktemp("traced")
    folder, trace = Path(shutil.copytree(template, place / "ledger")), place / "trace"
    run(folder, ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}"])
    numbers: Counter[str] = Counter()
    found = []
    for line in trace.read_text().splitlines():
        match = re.match(r"^\d+ +(\w+)\(", line)
        if match:
            numbers[match[1]] += 1
            found.append((match[1], numbers[match[1]]))
    return found


def chosen(calls: list[tuple[str, int]], number: int, *, every: bool) -> list[tuple[str, int]]:
    return calls if every else calls[:: max(1, len(calls) // number)] + calls[-2:]


def failing(call: str, number: int, fault: str) -> list[str]:
    return [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:{fault}:when={number}",
    ]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def judge(folder: Path, before: str) -> str:
    """Return whether the damaged ledger or the saved one is there; anything else fails. Then save what is not."""
    recover(folder)
    if digest(folder / "counterfoil.db") == before:
        outcome = "damaged"
        assert salvage(folder).is_whole
    else:
        outcome = "saved"
        kept = list(folder.glob("damaged-*/counterfoil.db"))
        assert [digest(path) for path in kept] == [before]
    with opened(folder) as ledger:
        assert purchases.count(ledger) == PURCHASES
        assert [one.what for one in check.find(ledger) if one.where == "counterfoil.db"] == []
    return outcome


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_a_salvage_that_is_cut_off_leaves_the_damaged_ledger_or_the_saved_one(
    fault: str,
    every: bool,
    template: Path,
    calls: list[tuple[str, int]],
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    before = digest(template / "counterfoil.db")
    outcomes: Counter[str] = Counter()
    tried = chosen(calls, 4, every=every)
    for call, number in tried:
        folder = Path(shutil.copytree(template, tmp_path / f"{call}-{number}"))
        ended = run(folder, failing(call, number, fault))
        assert "Traceback" not in ended.stderr, ended.stderr
        outcomes[judge(folder, before)] += 1
        shutil.rmtree(folder)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    tell(f"{fault} at {len(tried)} of {len(calls)} calls of a salvage: {told}, nothing lost")
