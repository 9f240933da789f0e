"""A folder of backups: the next one costs what changed, each restores alone, and what nobody needs can go."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.backups import Retention
from app.services import backup, purchases
from app.services.backup import creating
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import EnvironmentProblem, Ledger
from app.storage.backup import folder_writing
from tests.helpers.backups import names, state
from tests.helpers.ledgers import bought

NONE = Retention(1, 0, 0, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_each_snapshot_restores_alone(furnished: Ledger, folder: Path, tmp_path: Path) -> None:
    first = backup.create(furnished, folder)
    furnished.run(purchases.add(bought("Newcomer")))
    second = backup.create(furnished, folder)
    assert second.written < first.written
    for made, count in ((first, 4), (second, 5)):
        assert backup.verify(made.path).ok
        elsewhere = tmp_path / f"elsewhere-{count}"
        backup.restore(made.path, elsewhere)
        assert len(state(elsewhere)[0]["purchases"]) == count
        assert len(state(elsewhere)[1]) == 3
    assert backup.verify(folder).path == second.path, "a folder stands for its newest"


def test_a_snapshot_can_be_written_out_as_one_file(furnished: Ledger, folder: Path, tmp_path: Path) -> None:
    made = backup.create(furnished, folder)
    backup.write_out(made.path, tmp_path / "one.counterfoil")
    shutil.rmtree(folder)
    backup.restore(tmp_path / "one.counterfoil", tmp_path / "elsewhere")
    assert len(state(tmp_path / "elsewhere")[0]["purchases"]) == 4


def test_nothing_changed_costs_only_the_list(furnished: Ledger, folder: Path) -> None:
    backup.create(furnished, folder)
    before = size(folder)
    made = backup.create(furnished, folder)
    assert size(folder) - before == made.written == made.path.stat().st_size


def test_a_list_without_its_data_is_told(furnished: Ledger, folder: Path, tmp_path: Path) -> None:
    made = backup.create(furnished, folder)
    alone = shutil.copy(made.path, tmp_path)
    (problem,) = backup.verify(Path(alone)).problems
    assert "only the list of a backup" in problem


def test_lost_and_altered_data_are_told_and_the_newest_good_one_is_kept(
    furnished: Ledger, folder: Path
) -> None:
    good = backup.create(furnished, folder)
    for number in range(3):
        furnished.run(purchases.add(bought(f"Item {number}")))
        bad = backup.create(furnished, folder)
        pack = folder / "counterfoil-data" / "packs" / f"{bad.path.stem}.pack"
        pack.write_bytes(b"x" * pack.stat().st_size)
        assert not backup.verify(bad.path).ok
    backup.prune(folder, NONE, "UTC")
    assert {path.name for path in folder.glob("*.snapshot")} == {good.path.name, bad.path.name}
    assert backup.verify(good.path).ok
    next((folder / "counterfoil-data" / "files").rglob("?" * 64)).unlink()
    assert "missing from counterfoil-data" in backup.verify(good.path).problems[0]
    backup.create(furnished, folder)
    assert backup.verify(good.path).ok, "the next backup writes what the folder lacks"


def test_a_folder_whose_backups_have_gone_is_told(furnished: Ledger, folder: Path) -> None:
    backup.create(furnished, folder)
    shutil.rmtree(folder)
    for _ in range(2):
        with pytest.raises(backup.NothingThere, match="are not there"):
            backup.create(furnished, folder)
        folder.mkdir(exist_ok=True)
    assert names(folder) == set(), "an empty folder is never backed up into as if it were new"
    assert backup.create(furnished, folder, anew=True).path.exists()


def test_a_name_without_a_folder_above_it_is_told(furnished: Ledger, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="There is no folder"):
        backup.create(furnished, tmp_path / "gone" / "backups")
    assert backup.create(furnished, tmp_path / "fresh").path.parent == tmp_path / "fresh"


def test_backups_are_listed_newest_first(furnished: Ledger, folder: Path, archive: Path) -> None:
    made = [backup.create(furnished, folder) for _ in range(2)]
    shutil.copy(archive, folder)
    (folder / "odd.counterfoil").write_bytes(b"odd")
    found = backup.listing(folder)
    assert [one.path.name for one in found] == [
        made[1].path.name,
        made[0].path.name,
        archive.name,
        "odd.counterfoil",
    ]
    assert found[3].trouble
    assert found[0].files == 4
    with pytest.raises(backup.NothingThere):
        backup.listing(folder / "gone")


def test_thinning_out_keeps_what_the_rest_needs(
    furnished: Ledger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        furnished.run(purchases.add(bought(f"Item {number}")))
        backup.create(furnished, folder)
    before = size(folder)
    done = backup.prune(folder, Retention(2, 0, 0, 0), "UTC")
    assert len(done.removed) == 4
    assert size(folder) <= before - done.bytes
    for one in backup.listing(folder):
        assert backup.verify(one.path).ok
    assert backup.prune(folder, Retention(2, 0, 0, 0), "UTC") == backup.Pruned((), 0)


def test_a_sweep_that_is_cut_short_leaves_every_snapshot_whole(
    furnished: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        furnished.run(purchases.add(bought(f"Item {number}", notes="long " * 2000)))
        backup.create(furnished, folder)

    class Impatient(JobContext):
        left = 0

        def check(self) -> None:
            self.left -= 1
            if self.left < 0:
                raise Cancelled

    for stops_at in range(20):
        job = Impatient()
        job.left = stops_at
        try:
            backup.prune(folder, NONE, "UTC", job)
        except Cancelled:
            assert all(backup.verify(one.path).ok for one in backup.listing(folder))
        else:
            break
    assert len(backup.listing(folder)) == 1
    assert backup.verify(folder).ok


def test_nothing_is_swept_while_a_list_cannot_be_read(furnished: Ledger, folder: Path) -> None:
    made = [backup.create(furnished, folder) for _ in range(2)]
    made[0].path.write_bytes(b"odd")
    before = names(folder)
    with pytest.raises(backup.Unfit):
        backup.prune(folder, NONE, "UTC")
    assert names(folder) == before


def test_what_a_crash_left_goes_with_the_next_sweep(
    furnished: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.create(furnished, folder)
    whole = names(folder)
    furnished.run(purchases.add(bought("Newcomer")))

    def crash(*_: object) -> bytes:
        raise EnvironmentProblem("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(folder_writing, "list_bytes", crash)
        with pytest.raises(EnvironmentProblem):
            backup.create(furnished, folder)
    assert names(folder) > whole
    assert len(backup.listing(folder)) == 1
    backup.prune(folder, Retention(), "UTC")
    assert names(folder) == whole


def test_a_clock_that_is_set_back_overwrites_nothing(
    furnished: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backup.create(furnished, folder)
    furnished.run(purchases.add(bought("Newcomer")))

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return first.created_at

    monkeypatch.setattr(creating, "datetime", Stopped)
    second = backup.create(furnished, folder)
    assert second.path != first.path
    assert second.created_at - first.created_at < timedelta(seconds=1)
    assert backup.verify(first.path).ok
    assert backup.verify(second.path).ok
