"""Files that were cut, overwritten or flipped: told in words, never a crash, and never made worse by looking."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest

from app.domain.purchases import PurchaseFilter, SortBy
from app.services import check, names, purchases
from app.services.ledger import EnvironmentProblem, Ledger, open_ledger
from app.services.names import NameKind
from app.services.sample import make_sample
from tests.helpers.ledgers import bought, opened

PAGE = 4096
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "ledger"
    make_sample(folder, today=TODAY)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "ledger")
    return tmp_path / "ledger"


def use(ledger: Ledger) -> None:
    """Do everything that a person does with a ledger: look at all of it, search, check, change, undo."""
    ids = purchases.ids(ledger, PurchaseFilter(), SortBy())
    purchases.rows(ledger, ids)
    for id in ids:
        purchases.get(ledger, id)
    purchases.totals(ledger, PurchaseFilter())
    purchases.first_ids(ledger, PurchaseFilter(text="monitor"), SortBy(), 10)
    for kind in NameKind:
        names.listing(ledger, kind)
    check.find(ledger)
    ledger.run(purchases.add(bought("Afterwards")))
    ledger.run(purchases.bulk_edit(list(ids), {"status": "RETURNED", "retailer": "Elsewhere"}, ("seen",)))
    ledger.undo().result()


def outcome_of(folder: Path) -> str:
    """Open and use a ledger, and return in words what came of it. Everything but what is told in words is a bug."""
    try:
        ledger = open_ledger(folder)
    except EnvironmentProblem as problem:
        return f"refused as {in_words(problem)}"
    try:
        found = check.find(ledger)
        use(ledger)
    except EnvironmentProblem as problem:
        return f"told as {in_words(problem)}"
    finally:
        ledger.close()
    return "found by the check" if found else "not noticed"


def in_words(problem: EnvironmentProblem) -> str:
    assert re.fullmatch(r"[^\n]+\.", str(problem)), "a problem is told in a sentence"
    return type(problem).__name__


def say_counts(tell: Callable[[str], None], what: str, counts: Counter[str]) -> None:
    tell(f"{what}: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))


def test_a_database_that_was_cut(folder: Path, how_many: int | None, tell: Callable[[str], None]) -> None:
    database = folder / "counterfoil.db"
    whole = database.read_bytes()
    source = Random(1)
    sizes = [
        0,
        1,
        15,
        16,
        99,
        100,
        512,
        PAGE - 1,
        PAGE,
        PAGE + 1,
        2 * PAGE,
        len(whole) - PAGE,
        len(whole) - 1,
    ]
    sizes += [source.randrange(len(whole)) for _ in range(10 if how_many else 300)]
    counts = Counter[str]()
    for size in sizes:
        database.write_bytes(whole[:size])
        outcome = outcome_of(folder)
        counts[outcome] += 1
        # All but a few bytes of the last page can be missing without harm.
        assert outcome.startswith(("refused", "told")) or size > len(whole) - PAGE
    say_counts(tell, f"database cut at {len(sizes)} places", counts)


def test_a_database_with_overwritten_pages(
    folder: Path, how_many: int | None, tell: Callable[[str], None]
) -> None:
    database = folder / "counterfoil.db"
    whole = database.read_bytes()
    source = Random(2)
    pages = list(range(1, len(whole) // PAGE))
    counts = Counter[str]()
    for page in source.sample(pages, 15) if how_many else pages:
        for filling in (b"\0" * PAGE, source.randbytes(PAGE)):
            broken = bytearray(whole)
            broken[page * PAGE : (page + 1) * PAGE] = filling
            database.write_bytes(broken)
            counts[outcome_of(folder)] += 1
    assert counts.total() > counts["not noticed"] * 3
    say_counts(tell, "database with a page overwritten", counts)


def test_a_database_with_flipped_bits(
    folder: Path, how_many: int | None, tell: Callable[[str], None]
) -> None:
    database = folder / "counterfoil.db"
    whole = database.read_bytes()
    source = Random(3)
    counts = Counter[str]()
    for _ in range(60 if how_many else 3_000):
        broken = bytearray(whole)
        broken[source.randrange(len(whole))] ^= 1 << source.randrange(8)
        database.write_bytes(broken)
        try:
            counts[outcome_of(folder)] += 1
        except (TypeError, ValueError, LookupError):
            # A flip can make any value of another one; a few of those are taken for bugs of the program.
            counts["taken for a bug"] += 1
    say_counts(tell, "database with one bit flipped", counts)
    assert counts.total() >= counts["taken for a bug"] * 100


@contextmanager
def left_with_a_log(folder: Path) -> Iterator[Path]:
    """Leave the ledger as a killed program does: with a change that is only in the log."""
    script = (
        "import os, sys; from pathlib import Path; from app.services.ledger import open_ledger;"
        "from app.services import purchases; from tests.helpers.ledgers import bought;"
        "ledger = open_ledger(Path(sys.argv[1]));"
        "[ledger.run(purchases.add(bought(f'Logged {n}'))) for n in range(5)]; os._exit(9)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=Path(__file__).parents[2], check=False
    )
    assert ended.returncode == 9
    yield folder / "counterfoil.db-wal"


def test_a_log_that_was_cut_or_flipped_loses_only_what_it_held(
    folder: Path, how_many: int | None, tell: Callable[[str], None]
) -> None:
    with left_with_a_log(folder) as log:
        whole, database = log.read_bytes(), (folder / "counterfoil.db").read_bytes()
    source = Random(4)
    kept = Counter[str]()
    for number in range(20 if how_many else 500):
        broken = bytearray(whole)
        if number % 2:
            broken[source.randrange(len(whole))] ^= 1 << source.randrange(8)
        else:
            del broken[source.randrange(len(whole)) :]
        (folder / "counterfoil.db").write_bytes(database)
        (folder / "counterfoil.db-shm").unlink(missing_ok=True)
        log.write_bytes(broken)
        with opened(folder) as ledger:
            assert check.find(ledger) == []
            count = purchases.count(ledger, PurchaseFilter(text="logged"))
            assert purchases.count(ledger) == 66 + count
            kept[f"with {count} of 5 changes"] += 1
    say_counts(tell, "log cut or flipped", kept)


@pytest.mark.parametrize("filling", [b"", b"garbage" * 100_000, b"\0" * 400_000])
def test_a_database_replaced_while_it_is_open(folder: Path, tmp_path: Path, filling: bytes) -> None:
    """A program that syncs folders may do this."""
    (tmp_path / "garbage").write_bytes(filling)
    ledger = open_ledger(folder)
    try:
        # In another process: closing the file here would drop SQLite's locks on it.
        subprocess.run(["cp", str(tmp_path / "garbage"), str(folder / "counterfoil.db")], check=True)
        with pytest.raises(EnvironmentProblem, match=r"\.$"):
            use(ledger)
    finally:
        ledger.close()
    with pytest.raises(EnvironmentProblem, match=r"\.$"):
        open_ledger(folder)


def test_a_folder_that_goes_while_it_is_open(folder: Path) -> None:
    ledger = open_ledger(folder)
    try:
        shutil.rmtree(folder)
        with pytest.raises(EnvironmentProblem, match=r"\.$"):
            use(ledger)
    finally:
        ledger.close()
    with pytest.raises(EnvironmentProblem, match="no ledger in"):
        open_ledger(folder)
