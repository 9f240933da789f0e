"""A damaged ledger is saved as far as it can be, and what was damaged is kept."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.domain.attachments import Owner, OwnerKind
from app.domain.problems import Refused
from app.services import attachments, check, purchases
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import LedgerInUse, NoLedger, open_ledger
from app.services.salvage import Salvaged, salvage
from app.services.sample import make_sample
from tests.helpers.files import attach, pdf_bytes, stored_files, written
from tests.helpers.ledgers import bought, contents, new_ledger, opened

PAGE = 4096
DERIVED = ("purchase_search", "files", "alembic_version")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "ledger"
    make_sample(folder, today=date(2026, 11, 20))
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "ledger"))


def root_of(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "counterfoil.db")) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(found[0])


def overwrite(folder: Path, page: int, data: bytes = bytes(PAGE)) -> None:
    with (folder / "counterfoil.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(data)


def outcome(done: Salvaged, table: str) -> object:
    return next(one for one in done.tables if one.table == table)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in ("lock", "counterfoil.db-shm"))


def test_a_sound_ledger_comes_out_as_it_went_in(folder: Path) -> None:
    with opened(folder) as ledger:
        before = contents(ledger)
    done = salvage(folder)
    assert done.is_whole
    assert (done.kept / "counterfoil.db").is_file()
    with opened(folder) as ledger:
        assert contents(ledger) == before
        assert check.find(ledger) == []


def test_what_refers_to_lost_rows_lets_go_of_them(folder: Path) -> None:
    overwrite(folder, root_of(folder, "retailers"))
    done = salvage(folder)
    assert not done.is_whole
    with opened(folder) as ledger:
        assert check.find(ledger) == []
        assert purchases.count(ledger) == 66
    lost, bound = outcome(done, "retailers"), outcome(done, "purchases")
    assert (lost.read, lost.lost) == (0, 27)  # type: ignore[attr-defined]
    assert bound.references > 0  # type: ignore[attr-defined]
    assert bound.read == 66  # type: ignore[attr-defined]


def test_rows_that_are_nothing_alone_are_written_down(folder: Path) -> None:
    overwrite(folder, root_of(folder, "debts"))
    done = salvage(folder)
    kept = [json.loads(line) for line in (done.kept / "rows-set-aside.jsonl").read_text().splitlines()]
    assert outcome(done, "payments").aside == 48  # type: ignore[attr-defined]
    assert sum(line["table"] == "payments" for line in kept) == 48
    with opened(folder) as ledger:
        assert check.find(ledger) == []


def test_a_lost_profile_is_made_anew(folder: Path) -> None:
    overwrite(folder, root_of(folder, "profile"))
    assert outcome(salvage(folder), "profile").lost == 1  # type: ignore[attr-defined]
    with opened(folder) as ledger:
        assert ledger.profile.name == ""
        assert ledger.profile.currency == "USD"


def test_bytes_whose_record_was_lost_stay(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as ledger:
        id = ledger.run(purchases.add(bought())).result
        attach(ledger, Owner(OwnerKind.PURCHASE, id), written(tmp_path / "a.pdf", pdf_bytes(["Receipt"])))
    held = stored_files(folder)
    overwrite(folder, root_of(folder, "attachments"))
    salvage(folder)
    with opened(folder):
        assert stored_files(folder) == held
    with opened(folder) as ledger:
        assert stored_files(folder) == held
        found = attachments.verify_all(ledger, JobContext())
    assert [finding.what for finding in found] == ["No record refers to this file."]


@pytest.mark.parametrize("data", [b"", b"hello", bytes(40 * PAGE)])
def test_a_file_with_nothing_in_it_is_left_alone(folder: Path, data: bytes) -> None:
    (folder / "counterfoil.db").write_bytes(data)
    for log in folder.glob("counterfoil.db-*"):
        log.unlink()
    before = files_in(folder)
    with pytest.raises(
        Refused, match=r"Nothing can be read of the database in .*ledger, so nothing was changed"
    ):
        salvage(folder)
    assert files_in(folder) == before
    assert (folder / "counterfoil.db").read_bytes() == data


def test_cancelling_leaves_everything_as_it_was(folder: Path) -> None:
    before, data = files_in(folder), (folder / "counterfoil.db").read_bytes()
    for calls in (1, 2, 3, 4):
        context = StoppedAfter(calls)
        with pytest.raises(Cancelled):
            salvage(folder, context)
        assert files_in(folder) == before
        assert (folder / "counterfoil.db").read_bytes() == data


class StoppedAfter(JobContext):
    """Is cancelled at the given look at whether to go on."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._left = calls

    def check(self) -> None:
        self._left -= 1
        if not self._left:
            self.cancel()
        super().check()


def test_a_ledger_that_is_open_or_not_there_is_left_alone(folder: Path, tmp_path: Path) -> None:
    ledger = open_ledger(folder)
    try:
        with pytest.raises(LedgerInUse):
            salvage(folder)
    finally:
        ledger.close()
    with pytest.raises(NoLedger):
        salvage(tmp_path)
